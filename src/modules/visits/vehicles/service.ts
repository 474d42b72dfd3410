/** Vehicles: plate, driver, place, in and out; each a change of its visit, under the visit's lock (V19). */
import type { FastifyReply } from 'fastify'
import { zoneOf } from '../../../kernel/calendar/site-day.ts'
import type { RouteInput } from '../../../kernel/contract.ts'
import { DomainError, fail } from '../../../kernel/errors.ts'
import { newId } from '../../../kernel/ids.ts'
import { type Ctx, command, query, type Work } from '../../../kernel/work/command.ts'
import { allDriversTold } from '../important/departure.ts'
import { normalisePhone } from '../people.ts'
import { insideStatuses } from '../rules.ts'
import { merge, type Step, stepAnswering } from '../step.ts'
import type { VisitPatch, VisitRow } from '../store.ts'
import { heldColumns, standsStill } from '../watch-list/screen.ts'
import type { Vehicle, vehicles } from './contract.ts'
import { vehicleSheet } from './excel.ts'
import { everyVehicle, presentVehicle } from './reading.ts'
import { freePlace, readPlate, showPlate } from './rules.ts'
import { parkingSetting } from './settings.ts'
import * as store from './store.ts'

/** @throws DomainError `input.invalid` naming the field, for what is no plate and was not stated to be another one */
export function mustBePlate(text: string, foreign: boolean, path = 'plate'): string {
  const read = readPlate(text, foreign)
  if (read === null) throw new DomainError('input.invalid', {}, [{ path, code: 'plate' }])
  return read.plate
}

function shown(ctx: Ctx, row: store.VehicleRow, visit: VisitRow): Vehicle {
  const { number, visitor_name, organisation, host_id, host_name, status } = visit
  return presentVehicle(ctx, {
    ...row,
    visit_number: number,
    visitor_name,
    organisation,
    host_id,
    host_name,
    visit_status: status,
  })
}

/** The visit itself tells of its first car: board, slip and register know no other. */
function mirrored(visit: VisitRow, before: string, row: store.VehicleRow): VisitPatch {
  if (visit.plate !== before) return {}
  return {
    plate: row.plate,
    parking_place: row.place,
    driver_name: row.driver_name,
    driver_phone: row.driver_phone,
    vehicle_in_at: row.in_at,
    vehicle_out_at: row.out_at,
  }
}

export async function add(ctx: Ctx, { params, body }: RouteInput<typeof vehicles.add>): Promise<Vehicle> {
  const plate = mustBePlate(body.plate, body.foreign)
  const driverPhone = normalisePhone(body.driverPhone, 'driverPhone')
  const id = newId()
  const made = (at: Date, inside: boolean): store.VehicleRow => ({
    id,
    visit_id: params.id,
    plate,
    driver_name: body.driverName,
    driver_phone: driverPhone,
    place: '',
    holds_place: false,
    in_at: inside ? at : null,
    out_at: null,
    driver_told_at: null,
    created_at: at,
  })
  let row: store.VehicleRow | undefined
  return stepAnswering(
    ctx,
    params.id,
    'edit',
    async ({ work, visit }) => {
      const there = await work.all(store.vehiclesOf(ctx.siteId, [visit.id]))
      if (there.some((one) => one.plate === plate))
        throw new DomainError('vehicle.exists', { plate: showPlate(plate) })
      row = made(work.now, insideStatuses.includes(visit.status))
      const { driver_name: driverName, in_at: inAt } = row
      work.write(
        store.insertVehicle({
          id,
          siteId: ctx.siteId,
          visitId: visit.id,
          plate,
          driverName,
          driverPhone,
          inAt,
          at: work.now,
        }),
      )
      const patch = visit.plate === '' ? mirrored({ ...visit, plate }, plate, row) : {}
      return {
        ...(await screenedCar(work, visit, row, patch)),
        action: 'visit.vehicle-added',
        data: { plate: showPlate(plate) },
      }
    },
    (after) => shown(ctx, row ?? made(after.updated_at, false), after),
  )
}

/** V12: a car, and who drives it, are held against the watch list like the visitor. */
async function screenedCar(work: Work, visit: VisitRow, row: store.VehicleRow, patch: VisitPatch) {
  const cars = { plates: [row.plate], drivers: [{ name: row.driver_name, phone: row.driver_phone }] }
  const after = merge(visit, { ...patch, version: visit.version + 1 })
  if (!(await standsStill(work, after, 'edited', cars))) return { patch }
  return { to: heldColumns.status, patch: { ...patch, hold_reason: heldColumns.hold_reason } }
}

interface Done {
  /** Another plate, another driver: the list is asked again. */
  readonly screened?: boolean
  readonly row: store.VehicleRow
  readonly action: string
  readonly data?: Readonly<Record<string, unknown>>
  readonly patch?: VisitPatch
}

async function change(
  ctx: Ctx,
  id: string,
  use: (at: Step, row: store.VehicleRow) => Promise<Done>,
): Promise<Vehicle> {
  const found = await query(ctx).maybe(store.findVehicle(ctx.siteId, id))
  if (found === undefined) return fail('entity.not-found')
  let row = found
  return stepAnswering(
    ctx,
    found.visit_id,
    'edit',
    async (at) => {
      const locked = await at.work.maybe(store.lockVehicle(ctx.siteId, id))
      if (locked === undefined) return fail('entity.not-found')
      const done = await use(at, locked)
      row = done.row
      at.work.write(store.updateVehicle(id, row))
      const patch = { ...mirrored(at.visit, locked.plate, row), ...done.patch }
      return {
        ...(done.screened === true ? await screenedCar(at.work, at.visit, row, patch) : { patch }),
        action: done.action,
        data: { plate: showPlate(row.plate), ...done.data },
      }
    },
    (after) => shown(ctx, row, after),
  )
}

export async function edit(ctx: Ctx, { params, body }: RouteInput<typeof vehicles.edit>): Promise<Vehicle> {
  const plate = body.plate === undefined ? undefined : mustBePlate(body.plate, body.foreign === true)
  const phone = body.driverPhone === undefined ? undefined : normalisePhone(body.driverPhone, 'driverPhone')
  return change(ctx, params.id, async ({ work, visit }, row) => {
    if (plate !== undefined && plate !== row.plate) {
      const there = await work.all(store.vehiclesOf(ctx.siteId, [visit.id]))
      if (there.some((one) => one.plate === plate))
        throw new DomainError('vehicle.exists', { plate: showPlate(plate) })
    }
    return {
      row: {
        ...row,
        plate: plate ?? row.plate,
        driver_name: body.driverName ?? row.driver_name,
        driver_phone: phone ?? row.driver_phone,
      },
      action: 'visit.vehicle-edited',
      screened: true,
      data: { before: showPlate(row.plate) },
    }
  })
}

/**
 * The next free place, chosen under the lock of the site's places.
 * @throws DomainError `parking.full`
 */
async function takePlace(work: Work, siteId: string, important: boolean): Promise<string> {
  const { lots } = await work.ctx.kernel.settings.get(siteId, parkingSetting)
  await work.run(store.lockPlaces(siteId))
  const taken = await work.all(store.takenPlaces(siteId))
  const place = freePlace(lots, new Set(taken.map((one) => one.place)), important)
  if (place === null) throw new DomainError('parking.full')
  return place
}

export async function place(ctx: Ctx, { params, body }: RouteInput<typeof vehicles.place>): Promise<Vehicle> {
  return change(ctx, params.id, async ({ work, house, visit }, row) => {
    if (body.place === null)
      return {
        row: { ...row, place: '', holds_place: false },
        action: 'visit.place-freed',
        data: { place: row.place },
      }
    if (row.out_at !== null) throw new DomainError('vehicle.not-inside')
    const important = house.categories.get(visit.category)?.important ?? false
    const wanted = body.place ?? (await takePlace(work, ctx.siteId, important))
    const { lots } = await ctx.kernel.settings.get(ctx.siteId, parkingSetting)
    // A house that has listed no places writes down what it likes.
    if (lots.length > 0 && !lots.some((lot) => lot.places.includes(wanted)))
      throw new DomainError('parking.unknown', {}, [{ path: 'place', code: 'unknown' }])
    return {
      row: { ...row, place: wanted, holds_place: true },
      action: 'visit.place-assigned',
      data: { place: wanted },
    }
  })
}

/** Also for one marked as out by mistake. */
export async function carIn(ctx: Ctx, { params }: RouteInput<typeof vehicles.in>): Promise<Vehicle> {
  return change(ctx, params.id, async ({ work, visit }, row) => {
    if (!insideStatuses.includes(visit.status) || (row.in_at !== null && row.out_at === null))
      throw new DomainError('vehicle.inside', { plate: showPlate(row.plate) })
    return { row: { ...row, in_at: row.in_at ?? work.now, out_at: null }, action: 'visit.vehicle-in' }
  })
}

export async function carOut(ctx: Ctx, { params }: RouteInput<typeof vehicles.out>): Promise<Vehicle> {
  return change(ctx, params.id, async ({ work }, row) => {
    if (row.in_at === null || row.out_at !== null)
      throw new DomainError('vehicle.not-inside', { plate: showPlate(row.plate) })
    return { row: { ...row, out_at: work.now, holds_place: false }, action: 'visit.vehicle-out' }
  })
}

/** V7, V19: told one by one; with the last of an important guest's drivers the departure goes on. */
export async function told(ctx: Ctx, { params }: RouteInput<typeof vehicles.told>): Promise<Vehicle> {
  return change(ctx, params.id, async (at, row) => {
    const { work, visit } = at
    if (row.in_at === null || row.out_at !== null)
      throw new DomainError('vehicle.not-inside', { plate: showPlate(row.plate) })
    const others = await work.all(store.vehiclesOf(ctx.siteId, [visit.id]))
    const last = others.every(
      (one) => one.id === row.id || one.out_at !== null || one.driver_told_at !== null,
    )
    const due = visit.gate_told_at !== null && visit.driver_told_at === null && last
    return {
      row: { ...row, driver_told_at: row.driver_told_at ?? work.now },
      action: 'visit.vehicle-driver-told',
      data: { driverName: row.driver_name },
      ...(due ? { patch: await allDriversTold(at) } : {}),
    }
  })
}

const mostExported = 100_000

export async function exportVehicles(
  ctx: Ctx,
  input: RouteInput<typeof vehicles.export>,
  http: { readonly reply: FastifyReply },
): Promise<string> {
  const zone = await zoneOf(query(ctx), ctx.siteId)
  const rows: Vehicle[] = []
  for await (const row of everyVehicle(ctx, input.query)) {
    rows.push(presentVehicle(ctx, row))
    if (rows.length > mostExported) throw new DomainError('visit.too-many-rows', { most: mostExported })
  }
  const { name, content } = await vehicleSheet(rows, input.query.language, zone)
  await command({ ...ctx, idempotency: null }, async (work) => {
    work.journal({
      entity: 'visit',
      entityId: 'vehicles',
      action: 'visit.exported',
      data: { form: 'vehicles', rows: rows.length },
    })
  })
  await http.reply
    .type('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet')
    .header(
      'content-disposition',
      `attachment; filename="vehicles.xlsx"; filename*=UTF-8''${encodeURIComponent(name)}.xlsx`,
    )
    .send(content)
  return ''
}
