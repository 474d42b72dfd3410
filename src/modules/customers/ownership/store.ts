/** Statements of ownership, its history and transfers (C5). */
import { type RawStatement, raw } from '../../../kernel/db/sql.ts'
import type { TransferStatus } from '../rules.ts'

export interface OwnershipRow {
  readonly ownerName: string
  readonly since: Date
  readonly until: Date | null
  readonly reason: string
  readonly byName: string
}

export function ownershipsOf(customerId: string): RawStatement<OwnershipRow> {
  return raw(
    `select owner_name as "ownerName", since, until, reason, by_name as "byName" from customer_ownership
     where customer_id = $1 order by since desc, until desc nulls first limit 50`,
    [customerId],
  )
}

export interface NewOwner {
  readonly id: string
  readonly siteId: string
  readonly customerId: string
  readonly ownerId: string
  readonly ownerName: string
  readonly since: Date
  readonly reason: string
  readonly byId: string
  readonly byName: string
}

export function closeOwnership(customerId: string, until: Date): RawStatement<unknown> {
  return raw('update customer_ownership set until = $2 where customer_id = $1 and until is null', [
    customerId,
    until,
  ])
}

export function openOwnership(one: NewOwner): RawStatement<unknown> {
  return raw(
    `insert into customer_ownership (id, site_id, customer_id, owner_id, owner_name, since, reason, by_id, by_name)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      one.id,
      one.siteId,
      one.customerId,
      one.ownerId,
      one.ownerName,
      one.since,
      one.reason,
      one.byId,
      one.byName,
    ],
  )
}

export function setOwner(
  customerId: string,
  owner: { id: string; since: Date; lockedUntil: string | null } | null,
  now: Date,
): RawStatement<unknown> {
  return raw(
    `update customer set owner_id = $2, owner_since = $3, owner_locked_until = $4, updated_at = $5, version = version + 1
     where id = $1`,
    [customerId, owner?.id ?? null, owner?.since ?? null, owner?.lockedUntil ?? null, now],
  )
}

export function clearTeam(customerId: string): RawStatement<unknown> {
  return raw('delete from customer_team where customer_id = $1', [customerId])
}

export function addTeam(
  siteId: string,
  customerId: string,
  members: readonly { readonly employeeId: string; readonly duty: string }[],
  first = 0,
): RawStatement<unknown> {
  return raw(
    `insert into customer_team (customer_id, employee_id, site_id, duty, position)
     select $2, m.id, $1, m.duty, $3 + (m.place - 1)::smallint
     from unnest($4::uuid[], $5::text[]) with ordinality as m (id, duty, place) on conflict do nothing`,
    [siteId, customerId, first, members.map(({ employeeId }) => employeeId), members.map(({ duty }) => duty)],
  )
}

/** Of the given ids, those who work at the site. */
export function activeEmployees(
  siteId: string,
  ids: readonly string[],
): RawStatement<{ id: string; name: string }> {
  return raw('select id, name from employee where site_id = $1 and id = any($2::uuid[]) and active', [
    siteId,
    ids,
  ])
}

export interface TransferRow {
  readonly id: string
  readonly siteId: string
  readonly customerId: string
  readonly customerName: string
  readonly status: TransferStatus
  readonly fromId: string | null
  readonly fromName: string
  readonly fromDepartmentId: string | null
  readonly toId: string
  readonly toName: string
  readonly reason: string
  readonly lockUntil: string | null
  readonly fromSince: Date | null
  readonly fromLockedUntil: string | null
  readonly askedAt: Date
  readonly askedBy: string
  readonly askedByName: string
  readonly decidedAt: Date | null
  readonly decidedBy: string | null
  readonly decidedByName: string
  readonly answer: string
  readonly version: number
}

const columns = `t.id, t.site_id as "siteId", t.customer_id as "customerId", k.name as "customerName", t.status,
  t.from_id as "fromId", t.from_name as "fromName", f.department_id as "fromDepartmentId", t.to_id as "toId",
  t.to_name as "toName", t.reason, t.lock_until as "lockUntil", t.from_since as "fromSince",
  t.from_locked_until as "fromLockedUntil", t.asked_at as "askedAt", t.asked_by as "askedBy",
  t.asked_by_name as "askedByName", t.decided_at as "decidedAt", t.decided_by as "decidedBy",
  t.decided_by_name as "decidedByName", t.answer, t.version`
const source = `customer_transfer t join customer k on k.id = t.customer_id left join employee f on f.id = t.from_id`

export function openTransfer(customerId: string): RawStatement<TransferRow> {
  return raw(`select ${columns} from ${source} where t.customer_id = $1 and t.status = 'asked'`, [customerId])
}

export function transferById(siteId: string, id: string): RawStatement<TransferRow> {
  return raw(`select ${columns} from ${source} where t.site_id = $1 and t.id = $2`, [siteId, id])
}

export function lockTransfer(siteId: string, id: string): RawStatement<TransferRow> {
  return raw(`select ${columns} from ${source} where t.site_id = $1 and t.id = $2 for update of t`, [
    siteId,
    id,
  ])
}

/** Decided or withdrawn after this one was asked: what an undo would step over. */
export function laterTransfer(customerId: string, id: string, askedAt: Date): RawStatement<{ id: string }> {
  return raw(
    `select id from customer_transfer where customer_id = $1 and id <> $2
       and (asked_at > $3 or status = 'asked') limit 1`,
    [customerId, id, askedAt],
  )
}

export interface TransferFilter {
  readonly siteId: string
  readonly status: TransferStatus | null
  /** With `all` every transfer of the site; else those of the viewer or their departments. */
  readonly all: boolean
  readonly self: string
  readonly employeeId: string | null
  readonly departments: readonly string[]
  readonly after: { readonly at: Date; readonly id: string } | null
  readonly limit: number
}

export function transferPage(filter: TransferFilter): RawStatement<TransferRow> {
  return raw(
    `select ${columns} from ${source}
     where t.site_id = $1 and ($2::text is null or t.status = $2)
       and ($3::boolean or t.asked_by = $4 or t.to_id = $5::uuid or t.from_id = $5
         or f.department_id = any($6::uuid[]))
       and ($7::timestamptz is null or (t.asked_at, t.id) < ($7, $8::uuid))
     order by t.asked_at desc, t.id desc limit $9`,
    [
      filter.siteId,
      filter.status,
      filter.all,
      filter.self,
      filter.employeeId,
      filter.departments,
      filter.after?.at ?? null,
      filter.after?.id ?? null,
      filter.limit,
    ],
  )
}

export interface NewTransfer {
  readonly id: string
  readonly siteId: string
  readonly customerId: string
  readonly fromId: string | null
  readonly fromName: string
  readonly toId: string
  readonly toName: string
  readonly reason: string
  readonly lockUntil: string | null
  readonly askedAt: Date
  readonly askedBy: string
  readonly askedByName: string
}

export function insertTransfer(one: NewTransfer): RawStatement<unknown> {
  return raw(
    `insert into customer_transfer (id, site_id, customer_id, status, from_id, from_name, to_id, to_name, reason,
       lock_until, asked_at, asked_by, asked_by_name)
     values ($1, $2, $3, 'asked', $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
    [
      one.id,
      one.siteId,
      one.customerId,
      one.fromId,
      one.fromName,
      one.toId,
      one.toName,
      one.reason,
      one.lockUntil,
      one.askedAt,
      one.askedBy,
      one.askedByName,
    ],
  )
}

/** The status the decision was made on is part of the condition. */
export function moveTransfer(
  id: string,
  from: TransferStatus,
  to: TransferStatus,
  decision: {
    readonly at: Date | null
    readonly by: string | null
    readonly byName: string
    readonly answer: string
    readonly fromSince: Date | null
    readonly fromLockedUntil: string | null
  },
): RawStatement<unknown> {
  return raw(
    `update customer_transfer set status = $3, decided_at = $4, decided_by = $5, decided_by_name = $6, answer = $7,
       from_since = $8, from_locked_until = $9, version = version + 1 where id = $1 and status = $2`,
    [
      id,
      from,
      to,
      decision.at,
      decision.by,
      decision.byName,
      decision.answer,
      decision.fromSince,
      decision.fromLockedUntil,
    ],
  )
}

/** Customers whose protection ends soon, for the reminder; with their owner still in the house. */
export interface EndingLock {
  readonly id: string
  readonly name: string
  readonly ownerId: string
  readonly lockedUntil: string
}

export function locksEnding(siteId: string, from: string, to: string): RawStatement<EndingLock> {
  return raw(
    `select k.id, k.name, k.owner_id as "ownerId", k.owner_locked_until as "lockedUntil"
     from customer k join employee e on e.id = k.owner_id and e.active
     where k.site_id = $1 and k.owner_locked_until >= $2 and k.owner_locked_until <= $3 and k.active
       and k.merged_into is null
       and not exists (select 1 from task t where t.subject_entity = 'customer' and t.subject_id = k.id::text
         and t.kind = 'customer.lock-ending' and t.facts->>'until' = k.owner_locked_until::text)
     order by k.owner_locked_until, k.id limit 200`,
    [siteId, from, to],
  )
}

/** Run out: locked, so that two nodes release each once. */
export function locksEnded(siteId: string, today: string): RawStatement<EndingLock & { version: number }> {
  return raw(
    `select id, name, owner_id as "ownerId", owner_locked_until as "lockedUntil", version from customer
     where site_id = $1 and owner_id is not null and owner_locked_until < $2 and merged_into is null
     order by id limit 200 for update skip locked`,
    [siteId, today],
  )
}

export function ownedBy(siteId: string, employeeId: string): RawStatement<{ n: number }> {
  return raw(
    `select count(*)::int as n from customer where site_id = $1 and owner_id = $2 and merged_into is null and active`,
    [siteId, employeeId],
  )
}

/** Whether such a task stands open already. */
export function openTaskOf(entity: string, id: string, kind: string): RawStatement<{ id: string }> {
  return raw(
    `select id from task where subject_entity = $1 and subject_id = $2 and kind = $3 and status = 'open' limit 1`,
    [entity, id, kind],
  )
}
