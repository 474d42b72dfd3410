/** Staff lists (员工花名册) into departments and employees: repeatable by staff number, undone line by line. */
import type { Checked, Importer, ImportRow, LineProblem } from '../../../kernel/imports/importer.ts'
import type { Work } from '../../../kernel/work/command.ts'
import { type DepartmentRow, departmentRows } from '../departments/store.ts'
import { candidates, type EmployeeRow } from '../employees/store.ts'
import { employeeColumns } from '../sheets/columns.ts'
import { applyLines } from './apply.ts'
import { meant, readLine, type StaffLine } from './line.ts'
import { findPath } from './paths.ts'
import { undoLines } from './undo.ts'

/** Shared by all lines of one check: who is where, so that a deputy may stand further down in the file. */
export interface Plan {
  readonly lines: ReadonlyMap<number, PlannedLine>
  /** Line → employee, of those stored already; grows while lines are stored. */
  readonly idOfLine: Map<number, string>
}

/** An employee of the house, or a line of this file. */
export type Ref = { readonly id: string } | { readonly line: number }

export interface PlannedLine {
  readonly said: StaffLine
  readonly known: EmployeeRow | null
  readonly secretary: Ref | null
  readonly deputy: Ref | null
  readonly head: Ref | null
  readonly plan: Plan
}

export const employeeImporter: Importer<PlannedLine> = {
  kind: 'employees',
  action: 'directory.manage',
  fields: employeeColumns.map(({ key, zh, en, aliases }) => ({
    key,
    required: key === 'name',
    aliases: [zh, en, ...aliases],
  })),
  check: checkLines,
  apply: applyLines,
  undo: undoLines,
}

async function checkLines(work: Work, rows: readonly ImportRow[]): Promise<readonly Checked<PlannedLine>[]> {
  const { siteId } = work.ctx
  const read = rows.map((row) => ({ row, ...readLine(row) }))
  const lines = read.flatMap((one) => ('line' in one ? [one.line] : []))
  const named = lines.flatMap(({ secretary, deputy, head }) => [secretary, deputy, head])
  const others = [...new Set(named.filter((text): text is string => typeof text === 'string'))]
  const [departments, people] = await Promise.all([
    work.all(departmentRows(siteId)),
    work.all(
      candidates(siteId, {
        numbers: [...new Set([...lines.flatMap(({ number }) => number ?? []), ...others])],
        names: [...new Set([...lines.map(({ name }) => name), ...others])],
      }),
    ),
  ])
  const planned = new Map<number, PlannedLine>()
  const plan: Plan = { lines: planned, idOfLine: new Map() }
  const look = lookup(lines, people)
  const seen = new Seen()
  const context = { departments, people: groupPeople(people), plan, look, seen }
  return read.map((one): Checked<PlannedLine> => {
    if ('problems' in one) return { line: one.row.line, ok: false, problems: one.problems }
    const result = planLine(one.line, context)
    if (Array.isArray(result)) return { line: one.row.line, ok: false, problems: result }
    planned.set(one.line.line, result)
    if (result.known !== null) plan.idOfLine.set(one.line.line, result.known.id)
    return { line: one.row.line, ok: true, value: result, expect: expected(result, departments) }
  })
}

interface Context {
  readonly departments: readonly DepartmentRow[]
  readonly people: {
    readonly byName: ReadonlyMap<string, EmployeeRow[]>
    readonly byNumber: ReadonlyMap<string, EmployeeRow>
  }
  readonly plan: Plan
  readonly look: (text: string) => Ref | 'unknown' | 'ambiguous'
  readonly seen: Seen
}

function planLine(said: StaffLine, context: Context): PlannedLine | LineProblem[] {
  const problems: LineProblem[] = []
  const { byName, byNumber } = context.people
  const withNumber = said.number === undefined ? undefined : byNumber.get(said.number)
  const possible = [...(withNumber === undefined ? [] : [withNumber]), ...(byName.get(said.name) ?? [])]
  const departmentId =
    said.department === undefined ? undefined : (findPath(context.departments, said.department)?.id ?? null)
  const found = meant(said, departmentId, possible)
  if (found === 'ambiguous') problems.push({ field: 'name', code: 'ambiguous', value: said.name })
  const known = typeof found === 'string' ? null : (possible.find((one) => one.id === found.id) ?? null)
  const field = context.seen.before(said, known?.id)
  if (field !== undefined) problems.push({ field, code: 'duplicate', value: said[field] ?? '' })
  const ref = (field: 'secretary' | 'deputy' | 'head') => {
    const text = said[field]
    if (text === undefined) return null
    if (text === true) return { line: said.line }
    const who = context.look(text)
    if (typeof who === 'string') {
      problems.push({ field, code: who, value: text })
      return null
    }
    if (field !== 'head' && ('line' in who ? who.line === said.line : who.id === known?.id)) {
      problems.push({ field, code: 'invalid', value: text })
    }
    return who
  }
  const [secretary, deputy, head] = [ref('secretary'), ref('deputy'), ref('head')]
  if (said.head !== undefined && said.department === undefined && (known?.departmentId ?? null) === null) {
    problems.push({ field: 'department', code: 'required' })
  }
  return problems.length > 0 ? problems : { said, known, secretary, deputy, head, plan: context.plan }
}

/** Two lines of the file that mean one person. */
class Seen {
  readonly #keys = new Set<string>()

  before(said: StaffLine, knownId: string | undefined): 'number' | 'name' | undefined {
    const keys = [
      said.number === undefined
        ? `name ${[said.name, said.mobile, said.email, said.extension, said.department?.join('/')].join('\t')}`
        : `number ${said.number}`,
      ...(knownId === undefined ? [] : [`id ${knownId}`]),
    ]
    const again = keys.some((key) => this.#keys.has(key))
    for (const key of keys) this.#keys.add(key)
    if (!again) return undefined
    return said.number === undefined ? 'name' : 'number'
  }
}

function groupPeople(people: readonly EmployeeRow[]) {
  const byNumber = new Map(people.flatMap((one) => (one.number === null ? [] : [[one.number, one] as const])))
  return { byName: Map.groupBy(people, (one) => one.name), byNumber }
}

/** Finds whom a cell names: lines of the file first (the list is the newer truth), then the house's active people. */
function lookup(lines: readonly StaffLine[], people: readonly EmployeeRow[]) {
  const byNumber = new Map(
    lines.flatMap((one) => (one.number === undefined ? [] : [[one.number, one.line] as const])),
  )
  const byName = Map.groupBy(lines, (one) => one.name)
  return (text: string): Ref | 'unknown' | 'ambiguous' => {
    const numbered = byNumber.get(text)
    if (numbered !== undefined) return { line: numbered }
    const inFile = byName.get(text) ?? []
    if (inFile.length > 1) return 'ambiguous'
    if (inFile[0] !== undefined) return { line: inFile[0].line }
    const stored = people.filter((one) => one.active && (one.number === text || one.name === text))
    if (stored.length > 1) return 'ambiguous'
    return stored[0] === undefined ? 'unknown' : { id: stored[0].id }
  }
}

function expected(
  one: PlannedLine,
  departments: readonly DepartmentRow[],
): 'created' | 'updated' | 'unchanged' {
  if (one.known === null) return 'created'
  const { said, known } = one
  const same = (
    key:
      | 'number'
      | 'name'
      | 'title'
      | 'extension'
      | 'mobile'
      | 'email'
      | 'floor'
      | 'room'
      | 'lineWorker'
      | 'language',
  ) => said[key] === undefined || said[key] === known[key]
  const keys = [
    'number',
    'name',
    'title',
    'extension',
    'mobile',
    'email',
    'floor',
    'room',
    'lineWorker',
    'language',
  ] as const
  const listed = (key: 'languages' | 'dialects') =>
    said[key] === undefined || said[key].join() === known[key].join()
  const placed =
    said.department === undefined || findPath(departments, said.department)?.id === known.departmentId
  const stays = (said.active ?? true) === known.active
  return stays && keys.every(same) && listed('languages') && listed('dialects') && placed
    ? 'unchanged'
    : 'updated'
}
