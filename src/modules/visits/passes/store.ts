import { type RawStatement, raw } from '../../../kernel/db/sql.ts'

export interface PassRow {
  readonly number: string
  readonly status: 'in_stock' | 'issued' | 'missing' | 'void'
  readonly visit_id: string | null
  readonly visitor_name: string | null
  readonly issued_at: Date | null
  readonly version: number
}

/** Who asks: a number leased to a device (visits/offline) is free for that device and its person only. */
export interface PassHolder {
  readonly device: string | null
  readonly actorId: string
  readonly now: Date
}

/** The named number if it is free, else the lowest free one; `skip locked` gives two gates two numbers. */
export function freePass(
  siteId: string,
  wanted: string | null,
  { device, actorId, now }: PassHolder,
): RawStatement<{ number: string }> {
  return wanted === null
    ? raw(
        `select number from pass p where site_id = $1 and status = 'in_stock' and not exists (
           select 1 from pass_lease l where l.site_id = p.site_id and l.number = p.number and l.until > $2)
         order by number limit 1 for update skip locked`,
        [siteId, now],
      )
    : raw(
        `select number from pass p where site_id = $1 and number = $2 and status = 'in_stock' and not exists (
           select 1 from pass_lease l where l.site_id = p.site_id and l.number = p.number and l.until > $3
             and l.device is distinct from $4 and l.actor_id <> $5)
         for update skip locked`,
        [siteId, wanted, now, device, actorId],
      )
}

export function markIssued(siteId: string, number: string, visitId: string, at: Date): RawStatement<unknown> {
  return raw(
    `update pass set status = 'issued', visit_id = $3, issued_at = $4, reason = '', version = version + 1
     where site_id = $1 and number = $2`,
    [siteId, number, visitId, at],
  )
}

/** Back in stock, or missing and void until found (V11). Only the visit's own: a number issued again stays issued. */
export function markBack(
  siteId: string,
  number: string,
  visitId: string,
  missing: boolean,
): RawStatement<unknown> {
  return raw(
    `update pass set status = $4, issued_at = null, version = version + 1,
       visit_id = case when $4 = 'missing' then visit_id end
     where site_id = $1 and number = $2 and visit_id = $3`,
    [siteId, number, visitId, missing ? 'missing' : 'in_stock'],
  )
}

export function lockPass(siteId: string, number: string): RawStatement<PassRow> {
  return raw(
    `select p.number, p.status, p.visit_id, v.visitor_name, p.issued_at, p.version
     from pass p left join visit v on v.id = p.visit_id
     where p.site_id = $1 and p.number = $2 for update of p`,
    [siteId, number],
  )
}

export function passPage(siteId: string, status: string | null): RawStatement<PassRow> {
  return raw(
    `select p.number, p.status, p.visit_id, v.visitor_name, p.issued_at, p.version
     from pass p left join visit v on v.id = p.visit_id
     where p.site_id = $1 and ($2::text is null or p.status = $2) order by p.number limit 2000`,
    [siteId, status],
  )
}

export function passCounts(siteId: string): RawStatement<{ status: PassRow['status']; n: number }> {
  return raw('select status, count(*)::int as n from pass where site_id = $1 group by status', [siteId])
}

/** @returns rows for the numbers that were new */
export function addPasses(siteId: string, numbers: readonly string[]): RawStatement<{ number: string }> {
  return raw(
    `insert into pass (site_id, number) select $1, unnest($2::text[]) on conflict do nothing returning number`,
    [siteId, numbers],
  )
}

export function setPass(
  siteId: string,
  number: string,
  status: 'in_stock' | 'void',
  reason: string,
): RawStatement<unknown> {
  return raw(
    `update pass set status = $3, visit_id = null, issued_at = null, reason = $4, version = version + 1
     where site_id = $1 and number = $2`,
    [siteId, number, status, reason],
  )
}

/** The visit that holds the number now. */
export function visitOfPass(
  siteId: string,
  number: string,
): RawStatement<{ visit_id: string | null; status: PassRow['status'] }> {
  return raw('select visit_id, status from pass where site_id = $1 and number = $2', [siteId, number])
}

/** A row when both came as members of one group: its one pass is everybody's (V22). */
export function sameGroup(one: string, other: string): RawStatement<{ id: string }> {
  return raw(
    'select a.id from visit a join visit b on b.group_id = a.group_id and b.site_id = a.site_id where a.id = $1 and b.id = $2',
    [one, other],
  )
}
