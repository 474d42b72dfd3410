/** Whose guest it is, and who comes when they do not: secretary, director's office (V7). */
import type { Sql } from '../../../kernel/db/sql.ts'
import type { Kernel } from '../../../kernel/kernel.ts'
import { type Attended, executivesOf, secretariesOf, staffNumbered } from '../../directory/public.ts'
import { type Important, importantSetting } from './settings.ts'

export interface Attendance {
  readonly executive: Attended | null
  /** Employee ids, the directory's own first. */
  readonly secretaries: readonly string[]
  readonly listed: boolean
  /** Employee id of the director's office. */
  readonly office: string | null
  readonly rules: Important
}

export async function attendanceOf(
  kernel: Kernel,
  sql: Sql,
  siteId: string,
  executiveId: string | null,
): Promise<Attendance> {
  const rules = await kernel.settings.get(siteId, importantSetting)
  const [executive] = executiveId === null ? [] : await sql.all(secretariesOf(siteId, [executiveId]))
  const listed = rules.executives.find((one) => one.staffNumber === executive?.number)
  const numbers = [...(listed?.secretaries ?? []), ...(rules.office === '' ? [] : [rules.office])]
  const staff = numbers.length === 0 ? [] : await sql.all(staffNumbered(siteId, numbers))
  const named = (listed?.secretaries ?? []).flatMap(
    (number) => staff.find((one) => one.number === number)?.id ?? [],
  )
  const own = executive?.secretaryId ?? null
  return {
    executive: executive ?? null,
    secretaries: [...new Set([...(own === null ? [] : [own]), ...named])].filter((id) => id !== executiveId),
    listed: listed !== undefined,
    office: staff.find((one) => one.number === rules.office)?.id ?? null,
    rules,
  }
}

/** Those for whom somebody may warn the gate: with a secretary in the directory, or in the setting. */
export async function executivesFor(kernel: Kernel, sql: Sql, siteId: string): Promise<Attendance[]> {
  const rules = await kernel.settings.get(siteId, importantSetting)
  const people = await sql.all(
    executivesOf(
      siteId,
      rules.executives.map((one) => one.staffNumber),
    ),
  )
  return Promise.all(people.map((one) => attendanceOf(kernel, sql, siteId, one.id)))
}
