/** SQL of vehicles and parking places (V19). */
import { type RawStatement, raw } from '../../../kernel/db/sql.ts'

export interface VehicleRow {
  readonly id: string
  readonly visit_id: string
  readonly plate: string
  readonly driver_name: string
  readonly driver_phone: string
  readonly place: string
  readonly holds_place: boolean
  readonly in_at: Date | null
  readonly out_at: Date | null
  readonly driver_told_at: Date | null
  readonly created_at: Date
}

const columns = `c.id, c.visit_id, c.plate, c.driver_name, c.driver_phone, c.place, c.holds_place, c.in_at, c.out_at,
  c.driver_told_at, c.created_at`

export function vehiclesOf(siteId: string, visitIds: readonly string[]): RawStatement<VehicleRow> {
  return raw(
    `select ${columns} from visit_vehicle c where c.site_id = $1 and c.visit_id = any($2::uuid[]) order by c.created_at, c.id`,
    [siteId, visitIds],
  )
}

export function findVehicle(siteId: string, id: string): RawStatement<VehicleRow> {
  return raw(`select ${columns} from visit_vehicle c where c.site_id = $1 and c.id = $2`, [siteId, id])
}

/** Locked behind its visit, always in that order. */
export function lockVehicle(siteId: string, id: string): RawStatement<VehicleRow> {
  return raw(`select ${columns} from visit_vehicle c where c.site_id = $1 and c.id = $2 for update`, [
    siteId,
    id,
  ])
}

export interface NewVehicle {
  readonly id: string
  readonly siteId: string
  readonly visitId: string
  readonly plate: string
  readonly driverName: string
  readonly driverPhone: string
  readonly inAt: Date | null
  readonly at: Date
}

export function insertVehicle(one: NewVehicle): RawStatement<unknown> {
  return raw(
    `insert into visit_vehicle (id, site_id, visit_id, plate, driver_name, driver_phone, in_at, created_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [one.id, one.siteId, one.visitId, one.plate, one.driverName, one.driverPhone, one.inAt, one.at],
  )
}

export function updateVehicle(
  id: string,
  patch: Omit<VehicleRow, 'id' | 'visit_id' | 'created_at'>,
): RawStatement<unknown> {
  return raw(
    `update visit_vehicle set plate = $2, driver_name = $3, driver_phone = $4, place = $5, holds_place = $6, in_at = $7,
       out_at = $8, driver_told_at = $9 where id = $1`,
    [
      id,
      patch.plate,
      patch.driver_name,
      patch.driver_phone,
      patch.place,
      patch.holds_place,
      patch.in_at,
      patch.out_at,
      patch.driver_told_at,
    ],
  )
}

/** A place for the first car of a visit that is only being written down. */
export function placeFirst(visitId: string, plate: string, place: string): RawStatement<unknown> {
  return raw(
    `update visit_vehicle set place = $3, holds_place = true where visit_id = $1 and plate = $2 and out_at is null`,
    [visitId, plate, place],
  )
}

/** V7: whoever tells the guest's drivers tells them all; taken back, nobody has been told then. */
export function driversTold(visitId: string, at: Date | null, before: Date | null): RawStatement<unknown> {
  return raw(
    `update visit_vehicle set driver_told_at = $2
     where visit_id = $1 and out_at is null and driver_told_at is not distinct from $3`,
    [visitId, at, before],
  )
}

/** Until the end of the transaction nobody else of the site chooses a place. */
export function lockPlaces(siteId: string): RawStatement<unknown> {
  return raw("select pg_advisory_xact_lock(hashtextextended('parking ' || $1, 0))", [siteId])
}

export function takenPlaces(
  siteId: string,
): RawStatement<{ place: string; plate: string; visit_id: string }> {
  return raw('select place, plate, visit_id from visit_vehicle where site_id = $1 and holds_place', [siteId])
}

export interface ListedVehicle extends VehicleRow {
  readonly visit_number: number
  readonly visitor_name: string
  readonly organisation: string
  readonly host_id: string | null
  readonly host_name: string
  readonly visit_status: string
}

export interface VehicleFilter {
  readonly siteId: string
  readonly state: 'inside' | 'expected' | 'all'
  readonly tail: string | null
  readonly visitId: string | null
  /** Normalised piece of a plate. */
  readonly fragment: string | null
  readonly from: Date | null
  readonly to: Date | null
}

function where(filter: VehicleFilter): { text: string; values: unknown[] } {
  const values: unknown[] = [filter.siteId]
  const parts = ['c.site_id = $1']
  const add = (build: (n: string) => string, value: unknown) => {
    values.push(value)
    parts.push(build(`$${values.length}`))
  }
  if (filter.state === 'inside') parts.push('c.in_at is not null and c.out_at is null')
  if (filter.state === 'expected') parts.push("c.in_at is null and v.status = 'expected'")
  if (filter.tail !== null) add((n) => `right(c.plate, length(${n}::text)) = ${n}::text`, filter.tail)
  if (filter.visitId !== null) add((n) => `c.visit_id = ${n}`, filter.visitId)
  if (filter.fragment !== null) add((n) => `c.fragments @> array[${n}::text]`, filter.fragment)
  if (filter.from !== null) add((n) => `coalesce(c.in_at, v.expected_at, c.created_at) >= ${n}`, filter.from)
  if (filter.to !== null) add((n) => `coalesce(c.in_at, v.expected_at, c.created_at) < ${n}`, filter.to)
  return { text: parts.join(' and '), values }
}

const listed = `select ${columns}, v.number as visit_number, v.visitor_name, v.organisation, v.host_id, v.host_name,
  v.status as visit_status from visit_vehicle c join visit v on v.id = c.visit_id`

export function vehiclePage(
  filter: VehicleFilter,
  after: { readonly at: Date; readonly id: string } | null,
  limit: number,
): RawStatement<ListedVehicle> {
  const { text, values } = where(filter)
  let place = ''
  if (after !== null) {
    values.push(after.at, after.id)
    place = ` and (c.created_at, c.id) < ($${values.length - 1}, $${values.length}::uuid)`
  }
  values.push(limit)
  return raw(
    `${listed} where ${text}${place} order by c.created_at desc, c.id desc limit $${values.length}`,
    values,
  )
}

export const mostCounted = 10_000

export function vehicleCount(filter: VehicleFilter): RawStatement<{ n: number }> {
  const { text, values } = where(filter)
  return raw(
    `select count(*)::int as n from (select 1 from visit_vehicle c join visit v on v.id = c.visit_id
       where ${text} limit ${mostCounted + 1}) counted`,
    values,
  )
}

/** The car at the barrier: expected today, inside, else whoever came with it last. */
export function knownByPlate(
  siteId: string,
  plate: string,
  from: Date,
  to: Date,
): RawStatement<ListedVehicle> {
  return raw(
    `${listed} where c.site_id = $1 and c.fragments @> array[$2::text] and c.plate = $2
     order by (v.status = 'expected' and v.expected_at >= $3 and v.expected_at < $4) desc,
       (c.in_at is not null and c.out_at is null) desc, c.created_at desc limit 3`,
    [siteId, plate, from, to],
  )
}

export interface PlateVisitor {
  readonly id: string
  readonly name: string
  readonly organisation: string
  readonly phone: string
  readonly visits: number
  readonly last_kind: string | null
  readonly last_host_id: string | null
  readonly last_host_name: string | null
  readonly last_purpose: string | null
}

/** Whoever came with this plate last: through their visit, as plates change hands. */
export function visitorByPlate(siteId: string, plate: string): RawStatement<PlateVisitor> {
  return raw(
    `select p.id, p.name, p.organisation, p.phone, p.visits, v.kind as last_kind, v.host_id as last_host_id,
       v.host_name as last_host_name, v.purpose as last_purpose
     from visit_vehicle c join visit v on v.id = c.visit_id join visitor p on p.id = v.visitor_id
     where c.site_id = $1 and c.fragments @> array[$2::text] and c.plate = $2 and c.in_at is not null and not v.emergency
     order by c.created_at desc limit 1`,
    [siteId, plate],
  )
}
