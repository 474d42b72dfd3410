/** Standing permits in the single window (V22, C5): by holder, pinyin, organisation, number, plate. */
import { may } from '../../../kernel/authorize.ts'
import type { Found } from '../../../kernel/find/finder.ts'
import type { Wanted } from '../../../kernel/find/wanted.ts'
import { type Ctx, query } from '../../../kernel/work/command.ts'
import { normalisePlate } from '../vehicles/rules.ts'
import { numberOfPermit, permitNumber } from './present.ts'
import { permitsMeant } from './store.ts'

/** The beginning of a name or of its letters says more than a part of the organisation. */
function scoreOf(wanted: Wanted, name: string, whole: boolean): number {
  if (whole) return 1
  return name.startsWith(wanted.text) ? 0.8 : 0.5
}

export async function findPermits(ctx: Ctx, wanted: Wanted, limit: number): Promise<readonly Found[]> {
  if (!may(ctx, 'permit.manage') && !may(ctx, 'visit.register')) return []
  const number =
    wanted.recordPrefix === 'P' || wanted.recordPrefix === '' ? numberOfPermit(wanted.text) : null
  const rows = await query(ctx).all(
    permitsMeant(ctx.siteId, {
      number,
      text: wanted.text,
      plate: normalisePlate(wanted.text),
      // G5: a document is looked for through the visits, where each look is written down.
      indexes: [],
    }),
  )
  return rows.slice(0, limit).map((row) => ({
    entity: 'permit',
    id: row.id,
    label: row.name,
    detail: [permitNumber(row.number), row.organisation].filter(Boolean).join(' · '),
    marks: [],
    link: `/permits?permit=${row.id}`,
    score: scoreOf(wanted, row.name, row.whole),
    seenAt: null,
    extension: null,
  }))
}
