/** What is read of important guests (V7). */
import { may } from '../../../kernel/authorize.ts'
import { dayAt, zoneOf } from '../../../kernel/calendar/site-day.ts'
import type { RouteAnswer, RouteInput } from '../../../kernel/contract.ts'
import { fail } from '../../../kernel/errors.ts'
import { type Ctx, query } from '../../../kernel/work/command.ts'
import { houseOf, lensOf } from '../house.ts'
import { type Lens, presentCard } from '../present.ts'
import { findVisit, type VisitRow } from '../store.ts'
import { presentVehicle } from '../vehicles/reading.ts'
import { type VehicleRow, vehiclesOf } from '../vehicles/store.ts'
import { executivesFor } from './attendance.ts'
import type { important, Reception } from './contract.ts'
import { type Course, mayTakeBack, mayWarn, possibleSteps, receptionSteps } from './rules.ts'
import * as store from './store.ts'

export function courseOf(
  visit: VisitRow,
  row: Pick<store.ReceptionRow, 'warned_at' | 'acknowledged_at'> | undefined,
  vehicles: readonly VehicleRow[],
): Course {
  return {
    status: visit.status,
    warned: row?.warned_at != null,
    acknowledged: row?.acknowledged_at != null,
    ledIn: visit.led_in_at !== null,
    leaving: visit.leaving_at !== null,
    gateTold: visit.gate_told_at !== null,
    driverTold: visit.driver_told_at !== null,
    car: vehicles.some((one) => one.out_at === null) || visit.driver_phone !== '',
  }
}

export function lastStep(row: store.ReceptionRow | undefined) {
  const step = receptionSteps.find((one) => one === row?.last_step)
  if (row === undefined || step === undefined || row.last_step_at === null || row.last_step_by === null)
    return null
  return { step, at: row.last_step_at, by: row.last_step_by }
}

export function presentReception(
  ctx: Ctx,
  lens: Lens,
  visit: VisitRow,
  row: store.ReceptionRow | undefined,
  vehicles: readonly VehicleRow[],
): Reception {
  const made = (at: Date | null | undefined, byName: string | undefined) =>
    at == null ? null : { at: at.toISOString(), byName: byName ?? '' }
  const last = lastStep(row)
  const registers = may(ctx, 'visit.register')
  return {
    visit: presentCard(visit, lens),
    warned: made(row?.warned_at, row?.warned_by_name),
    parkingWish: row?.parking_wish ?? '',
    parkingPlace: [...new Set(vehicles.map((one) => one.place).filter((one) => one !== ''))].join(' '),
    vehicles: vehicles.map((one) =>
      presentVehicle(ctx, {
        ...one,
        ...visit,
        id: one.id,
        plate: one.plate,
        created_at: one.created_at,
        driver_name: one.driver_name,
        driver_phone: one.driver_phone,
        visit_number: visit.number,
        visit_status: visit.status,
      }),
    ),
    acknowledged: made(row?.acknowledged_at, row?.acknowledged_by_name),
    ledIn: made(visit.led_in_at, row?.led_in_by_name),
    leaving: made(visit.leaving_at, row?.leaving_by_name),
    gateTold: made(visit.gate_told_at, row?.gate_told_by_name),
    driverTold: made(visit.driver_told_at, row?.driver_told_by_name),
    note: visit.note,
    steps: registers ? possibleSteps(courseOf(visit, row, vehicles)) : [],
    undo:
      registers && last !== null && mayTakeBack(last, lens.viewer.id, lens.now, lens.undoMinutes)
        ? last.step
        : null,
  }
}

export async function list(ctx: Ctx): Promise<RouteAnswer<typeof important.list>> {
  const sql = query(ctx)
  const now = ctx.kernel.clock.now()
  const [house, zone] = await Promise.all([houseOf(ctx), zoneOf(sql, ctx.siteId)])
  const { from, to } = dayAt(zone, now)
  const categories = [...house.categories.values()].filter((one) => one.important).map((one) => one.key)
  const [rows, lens] = await Promise.all([
    sql.all(store.importantVisits(ctx.siteId, categories, from, to)),
    lensOf(ctx, sql, house, now),
  ])
  const ids = rows.map((row) => row.id)
  const [receptions, vehicles] = await Promise.all([
    sql.all(store.receptionsOf(ctx.siteId, ids)),
    sql.all(vehiclesOf(ctx.siteId, ids)),
  ])
  return {
    now: now.toISOString(),
    items: rows.map((visit) =>
      presentReception(
        ctx,
        lens,
        visit,
        receptions.find((one) => one.visit_id === visit.id),
        vehicles.filter((one) => one.visit_id === visit.id),
      ),
    ),
  }
}

export async function get(ctx: Ctx, { params }: RouteInput<typeof important.get>): Promise<Reception> {
  const sql = query(ctx)
  const house = await houseOf(ctx)
  const [visit, lens, [row], vehicles] = await Promise.all([
    sql.maybe(findVisit(ctx.siteId, params.id)),
    lensOf(ctx, sql, house, ctx.kernel.clock.now()),
    sql.all(store.receptionsOf(ctx.siteId, [params.id])),
    sql.all(vehiclesOf(ctx.siteId, [params.id])),
  ])
  if (visit === undefined) return fail('entity.not-found')
  return presentReception(ctx, lens, visit, row, vehicles)
}

/** Whom the caller may speak for; the caller first. */
export async function executives(ctx: Ctx): Promise<RouteAnswer<typeof important.executives>> {
  const all = await executivesFor(ctx.kernel, query(ctx), ctx.siteId)
  const { employeeId } = ctx.actor
  const who = {
    employeeId,
    atDesk: may(ctx, 'visit.register'),
    director: (ctx.actor.roles.get(ctx.siteId) ?? []).includes('director'),
  }
  const items = all.flatMap(({ executive, secretaries, listed }) =>
    executive !== null && mayWarn(who, { id: executive.id, secretaries, listed })
      ? [
          {
            id: executive.id,
            name: executive.name,
            department: executive.departmentName ?? '',
            mine: executive.id === employeeId || secretaries.includes(employeeId ?? ''),
          },
        ]
      : [],
  )
  if (who.director && employeeId !== null && !items.some((one) => one.id === employeeId))
    items.unshift({ id: employeeId, name: ctx.actor.name, department: '', mine: true })
  return {
    items: items.sort(
      (a, b) => Number(b.id === employeeId) - Number(a.id === employeeId) || Number(b.mine) - Number(a.mine),
    ),
  }
}
