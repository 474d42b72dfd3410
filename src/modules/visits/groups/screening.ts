/** V12: every member is held against the watch list; a held one waits and does not stop the others. */
import type { Ctx, Work } from '../../../kernel/work/command.ts'
import type { VisitRow } from '../store.ts'
import { heldColumns, standsStill } from '../watch-list/screen.ts'

/** @returns visit id → why it stands still; the reason is for those who may know it */
export async function holdsFor(
  _ctx: Ctx,
  work: Work,
  rows: readonly VisitRow[],
): Promise<ReadonlyMap<string, string>> {
  const still = await Promise.all(rows.map((row) => standsStill(work, row, 'checked-in')))
  return new Map(rows.filter((_, i) => still[i]).map((row) => [row.id, heldColumns.hold_reason]))
}
