/** What is read of vehicles: the list, the places, the car at the barrier (V19). */
import { may } from '../../../kernel/authorize.ts'
import { dayAt, startOfDay, startOfNextDay, zoneOf } from '../../../kernel/calendar/site-day.ts'
import type { RouteAnswer, RouteInput } from '../../../kernel/contract.ts'
import { DomainError } from '../../../kernel/errors.ts'
import { maskNumber } from '../../../kernel/telephone/mask.ts'
import { type Ctx, query } from '../../../kernel/work/command.ts'
import { visitNumber } from '../present.ts'
import { insideStatuses, type VisitStatus } from '../rules.ts'
import type { Vehicle, vehicles } from './contract.ts'
import { normalisePlate, readPlate, showPlate } from './rules.ts'
import { parkingSetting } from './settings.ts'
import * as store from './store.ts'

export function presentVehicle(ctx: Ctx, row: store.ListedVehicle): Vehicle {
  const status = row.visit_status as VisitStatus
  const registers = may(ctx, 'visit.register')
  const isInside = row.in_at !== null && row.out_at === null
  const alive = insideStatuses.includes(status) || status === 'expected'
  return {
    id: row.id,
    visitId: row.visit_id,
    visitNumber: visitNumber(row.visit_number),
    visitStatus: status,
    visitorName: row.visitor_name,
    organisation: row.organisation,
    hostName: row.host_name,
    plate: showPlate(row.plate),
    kind: readPlate(row.plate)?.kind ?? null,
    driverName: row.driver_name,
    driverPhone: row.driver_phone === '' || registers ? row.driver_phone : maskNumber(row.driver_phone),
    place: row.place,
    inAt: row.in_at?.toISOString() ?? null,
    outAt: row.out_at?.toISOString() ?? null,
    driverToldAt: row.driver_told_at?.toISOString() ?? null,
    can: {
      edit: registers && (alive || status === 'left'),
      in: registers && insideStatuses.includes(status) && !isInside,
      out: may(ctx, 'visit.release') && isInside && (alive || status === 'left'),
      place: registers && alive && row.out_at === null,
      tell:
        registers &&
        isInside &&
        alive &&
        row.driver_told_at === null &&
        (row.driver_name !== '' || row.driver_phone !== ''),
    },
  }
}

type Filter = Pick<
  RouteInput<typeof vehicles.list>['query'],
  'state' | 'plate' | 'tail' | 'visitId' | 'from' | 'to'
>

async function filterOf(ctx: Ctx, asked: Filter): Promise<store.VehicleFilter> {
  const zone = await zoneOf(query(ctx), ctx.siteId)
  const fragment = normalisePlate(asked.plate ?? '')
  return {
    siteId: ctx.siteId,
    state: asked.state,
    tail: normalisePlate(asked.tail ?? '') || null,
    visitId: asked.visitId ?? null,
    fragment: fragment.length < 2 ? null : fragment,
    from: asked.from === undefined ? null : startOfDay(zone, asked.from),
    to: asked.to === undefined ? null : startOfNextDay(zone, asked.to),
  }
}

interface Place {
  readonly at: Date
  readonly id: string
}

/** @throws DomainError `input.invalid` for a cursor that is not ours */
export function placeIn(cursor: string): Place {
  const [at, id] = Buffer.from(cursor, 'base64url').toString('utf8').split('|')
  const instant = new Date(at ?? '')
  if (Number.isNaN(instant.getTime()) || id === undefined || !/^[0-9a-f-]{36}$/.test(id))
    throw new DomainError('input.invalid', {}, [{ path: 'cursor', code: 'pattern' }])
  return { at: instant, id }
}

export function cursorOf(at: Date, id: string): string {
  return Buffer.from(`${at.toISOString()}|${id}`).toString('base64url')
}

export async function list(
  ctx: Ctx,
  input: RouteInput<typeof vehicles.list>,
): Promise<RouteAnswer<typeof vehicles.list>> {
  const { cursor, limit } = input.query
  const filter = await filterOf(ctx, input.query)
  const sql = query(ctx)
  const [rows, counted] = await Promise.all([
    sql.all(store.vehiclePage(filter, cursor === undefined ? null : placeIn(cursor), limit + 1)),
    cursor === undefined ? sql.one(store.vehicleCount(filter)) : undefined,
  ])
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  return {
    items: shown.map((row) => presentVehicle(ctx, row)),
    next: rows.length > limit && last !== undefined ? cursorOf(last.created_at, last.id) : null,
    ...(counted === undefined
      ? {}
      : { total: Math.min(counted.n, store.mostCounted), totalIsFloor: counted.n > store.mostCounted }),
  }
}

/** Every row of a filter, page by page. */
export async function* everyVehicle(ctx: Ctx, asked: Filter): AsyncGenerator<store.ListedVehicle> {
  const filter = await filterOf(ctx, asked)
  let after: Place | null = null
  for (;;) {
    const rows: store.ListedVehicle[] = await query(ctx).all(store.vehiclePage(filter, after, 2000))
    yield* rows
    const last = rows.at(-1)
    if (last === undefined || rows.length < 2000) return
    after = { at: last.created_at, id: last.id }
  }
}

export async function places(ctx: Ctx): Promise<RouteAnswer<typeof vehicles.places>> {
  const [{ lots }, taken] = await Promise.all([
    ctx.kernel.settings.get(ctx.siteId, parkingSetting),
    query(ctx).all(store.takenPlaces(ctx.siteId)),
  ])
  const by = new Map(taken.map((one) => [one.place, one]))
  return {
    lots: lots.map((lot) => ({
      key: lot.key,
      name: lot.name,
      places: lot.places.map((number) => ({
        number,
        reserved: lot.reserved.includes(number),
        plate: showPlate(by.get(number)?.plate ?? ''),
        visitId: by.get(number)?.visit_id ?? null,
      })),
    })),
  }
}

export async function known(
  ctx: Ctx,
  input: RouteInput<typeof vehicles.known>,
): Promise<RouteAnswer<typeof vehicles.known>> {
  const plate = normalisePlate(input.query.plate)
  const read = readPlate(plate)
  const sql = query(ctx)
  const { from, to } = dayAt(await zoneOf(sql, ctx.siteId), ctx.kernel.clock.now())
  const [rows, visitor] = await Promise.all([
    sql.all(store.knownByPlate(ctx.siteId, plate, from, to)),
    sql.maybe(store.visitorByPlate(ctx.siteId, plate)),
  ])
  const today = rows.filter(
    (row) => row.visit_status === 'expected' || (row.in_at !== null && row.out_at === null),
  )
  return {
    plate: showPlate(plate),
    valid: read !== null,
    kind: read?.kind ?? null,
    items: today.map((row) => presentVehicle(ctx, row)),
    visitor:
      visitor === undefined
        ? null
        : {
            id: visitor.id,
            name: visitor.name,
            organisation: visitor.organisation,
            phoneMasked: visitor.phone === '' ? '' : maskNumber(visitor.phone),
            visits: visitor.visits,
            lastKind: visitor.last_kind ?? '',
            lastHostId: visitor.last_host_id,
            lastHostName: visitor.last_host_name ?? '',
            lastPurpose: visitor.last_purpose ?? '',
          },
  }
}
