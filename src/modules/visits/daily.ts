/** End of the day (V3, V18): who did not come, who is still inside. Once per site and day, whichever node comes first. */
import { systemActor } from '../../kernel/actor.ts'
import { loadCalendar } from '../../kernel/calendar/load.ts'
import { closingOf } from '../../kernel/calendar/rules.ts'
import { dayAt } from '../../kernel/calendar/site-day.ts'
import { raw } from '../../kernel/db/sql.ts'
import { DomainError } from '../../kernel/errors.ts'
import { type Kernel, systemCtx } from '../../kernel/kernel.ts'
import { command, type Work } from '../../kernel/work/command.ts'
import { sites } from '../identity/public.ts'
import { stillInsideTask } from './tasks.ts'

/** Without working hours (weekend, unknown year) the day ends here, local time. */
const lateHour = 20

export async function closeDays(kernel: Kernel): Promise<void> {
  for (const site of await kernel.sql.all(sites())) {
    await command(systemCtx(kernel, site.id, systemActor), (work) => closeDay(work, site.zone))
  }
}

async function closeDay(work: Work, zone: string): Promise<void> {
  const { siteId } = work.ctx
  const today = dayAt(zone, work.now)
  if (work.now < (await endOf(work, today))) return
  const claimed = await work.run(
    raw(
      `insert into visit_day_closed (site_id, day, closed_at, no_shows, still_inside) values ($1, $2, $3, 0, 0)
       on conflict do nothing`,
      [siteId, today.day, work.now],
    ),
  )
  if (claimed === 0) return
  // Who is announced for the evening has not missed anything yet; tomorrow's closing looks again.
  const missed = await work.all<{ id: string; host_id: string | null; version: number }>(
    raw(
      `update visit set status = 'no_show', previous_status = 'expected', status_at = $3, status_by = 'system',
         version = version + 1, updated_at = $3
       where site_id = $1 and status = 'expected' and expected_at < $2
         and coalesce(valid_until, expected_at) < $2 returning id, host_id, version`,
      [siteId, work.now, work.now],
    ),
  )
  for (const visit of missed) {
    work.journal({
      entity: 'visit',
      entityId: visit.id,
      action: 'visit.no-show',
      version: visit.version,
      before: { status: 'expected' },
      after: { status: 'no_show' },
      data: { people: visit.host_id === null ? [] : [visit.host_id] },
    })
    work.cancelTasks({ entity: 'visit', id: visit.id }, ['visit.warning'], 'did not come')
  }
  const inside = await work.one<{ people: number }>(
    raw(
      `select coalesce(sum(party_size), 0)::int as people from visit where site_id = $1
         and status in ('held', 'asking', 'admitted', 'with_host', 'signed_off')`,
      [siteId],
    ),
  )
  if (inside.people > 0) work.openTask(stillInsideTask(siteId, today.day, inside.people, work.now))
  work.write(
    raw('update visit_day_closed set no_shows = $3, still_inside = $4 where site_id = $1 and day = $2', [
      siteId,
      today.day,
      missed.length,
      inside.people,
    ]),
  )
  work.journal({
    entity: 'visit-day',
    entityId: today.day,
    action: 'visit-day.closed',
    after: { noShows: missed.length, stillInside: inside.people },
  })
}

/** Closing time of the site's calendar; what the calendar does not know ends late, so that nobody is given up early. */
async function endOf(work: Work, today: { day: string; from: Date }): Promise<Date> {
  const late = new Date(today.from.getTime() + lateHour * 3_600_000)
  try {
    const closing = closingOf(await loadCalendar(work, work.ctx.siteId), today.day)
    return closing === undefined || closing < late ? late : closing
  } catch (error) {
    if (error instanceof DomainError && error.code.startsWith('calendar.')) return late
    throw error
  }
}
