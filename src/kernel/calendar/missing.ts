/** G6: a year nobody has data for is reported in time, so that no deadline is refused by surprise on the last of December. */
import { systemActor } from '../actor.ts'
import { raw } from '../db/sql.ts'
import { type Kernel, systemCtx } from '../kernel.ts'
import { command } from '../work/command.ts'
import { shiftDay } from './wall-clock.ts'

/** Published in November for the year after; six weeks leave time to enter it. */
const aheadDays = 42
const dueDays = 14

export const missingYearTask = 'calendar.year-missing'

interface Gap {
  readonly siteId: string
  readonly year: number
}

/** Opens one task per site and missing year for the office administration; an open or settled one is not repeated. */
export async function reportMissingYears(kernel: Kernel): Promise<number> {
  const now = kernel.clock.now()
  const year = Number(shiftDay(now.toISOString().slice(0, 10), aheadDays).slice(0, 4))
  const gaps = await kernel.sql.all<Gap>(
    raw(
      `select s.id as "siteId", y.year::int as year
       from site s cross join generate_series(extract(year from $1::timestamptz)::int, $2::int) as y(year)
       where not exists (select 1 from calendar_year k where k.site_id = s.id and k.year = y.year)
         and not exists (select 1 from task t where t.kind = $3 and t.subject_id = s.id::text || ':' || y.year)`,
      [now, year, missingYearTask],
    ),
  )
  for (const gap of gaps) {
    await command(systemCtx(kernel, gap.siteId, systemActor), async (work) => {
      const id = `${gap.siteId}:${gap.year}`
      work.openTask({
        kind: missingYearTask,
        subject: { entity: 'calendar', id },
        facts: { year: gap.year },
        owner: { kind: 'post', id: 'office_admin' },
        dueAt: new Date(work.now.getTime() + dueDays * 86_400_000),
      })
      work.journal({ entity: 'calendar', entityId: id, action: 'year-missing', after: { year: gap.year } })
    })
  }
  return gaps.length
}
