/** Leases of pass numbers and what a device keeps; statements only. */
import { type RawStatement, raw } from '../../../kernel/db/sql.ts'
import { selectVisit, type VisitRow } from '../store.ts'
import type { Stock } from './rules.ts'

/** One lease at a time for a site: two devices counting at once would both take the last ones. */
export function lockLeases(siteId: string): RawStatement<unknown> {
  return raw("select pg_advisory_xact_lock(hashtextextended('pass_lease ' || $1, 0))", [siteId])
}

/** Expired, or another person's on this device: whoever signs in does not hold what somebody else had in hand. */
export function clearLeases(
  siteId: string,
  device: string,
  actorId: string,
  now: Date,
): RawStatement<unknown> {
  return raw(
    'delete from pass_lease where site_id = $1 and (until <= $4 or (device = $2 and actor_id <> $3))',
    [siteId, device, actorId, now],
  )
}

export function giveBack(siteId: string, device: string): RawStatement<{ number: string }> {
  return raw('delete from pass_lease where site_id = $1 and device = $2 returning number', [siteId, device])
}

export function keepLeases(siteId: string, device: string, until: Date): RawStatement<unknown> {
  return raw('update pass_lease set until = $3 where site_id = $1 and device = $2', [siteId, device, until])
}

export function stockFor(siteId: string, device: string): RawStatement<Stock> {
  return raw(
    `select count(*)::int as free, count(l.number)::int as leased,
       (count(*) filter (where l.device = $2))::int as own
     from pass p left join pass_lease l on l.site_id = p.site_id and l.number = p.number
     where p.site_id = $1 and p.status = 'in_stock'`,
    [siteId, device],
  )
}

/** From the top, because the server hands out from the bottom. */
export function leaseMore(
  siteId: string,
  device: string,
  actorId: string,
  until: Date,
  n: number,
): RawStatement<{ number: string }> {
  return raw(
    `insert into pass_lease (site_id, number, device, actor_id, until)
     select p.site_id, p.number, $2, $3, $4 from pass p
     where p.site_id = $1 and p.status = 'in_stock'
       and not exists (select 1 from pass_lease l where l.site_id = p.site_id and l.number = p.number)
     order by p.number desc limit $5 returning number`,
    [siteId, device, actorId, until, n],
  )
}

export function leasedNumbers(siteId: string, device: string): RawStatement<{ number: string }> {
  return raw(
    `select l.number from pass_lease l join pass p on p.site_id = l.site_id and p.number = l.number
     where l.site_id = $1 and l.device = $2 and p.status = 'in_stock' order by l.number`,
    [siteId, device],
  )
}

/** More than a device can show; a house with more visitors than this needs its server. */
const most = 3000

/** Inside whatever the day; expected until the end of tomorrow, for an outage over night; left today. */
export function dayForDevice(siteId: string, from: Date, to: Date): RawStatement<VisitRow> {
  return raw(
    `(${selectVisit} where v.site_id = $1 and v.status in ('held', 'asking', 'admitted', 'with_host', 'signed_off')
        order by v.status_at limit ${most})
     union all
     (${selectVisit} where v.site_id = $1 and v.status = 'expected' and v.expected_at >= $2 and v.expected_at < $3
        order by v.expected_at limit ${most})
     union all
     (${selectVisit} where v.site_id = $1 and v.status = 'left' and v.left_at >= $2 order by v.left_at desc limit 200)`,
    [siteId, from, to],
  )
}
