import { z } from 'zod'
import type { UndoLine } from '../../../kernel/imports/importer.ts'
import type { Work } from '../../../kernel/work/command.ts'
import { anyMember, deleteDepartment, lockTree, setHead } from '../departments/store.ts'
import { fieldNames, merged, storedEmployee } from '../employees/person.ts'
import {
  type EmployeeRow,
  lockEmployees,
  releaseEmployee,
  setActive,
  updateEmployee,
} from '../employees/store.ts'

const fields = z.object({
  number: z.string().nullable(),
  name: z.string(),
  departmentId: z.string().nullable(),
  title: z.string().nullable(),
  extension: z.string().nullable(),
  mobile: z.string().nullable(),
  email: z.string().nullable(),
  floor: z.string().nullable(),
  room: z.string().nullable(),
  lineWorker: z.boolean(),
  languages: z.array(z.string()),
  dialects: z.array(z.string()),
  secretaryId: z.string().nullable(),
  deputyId: z.string().nullable(),
  language: z.enum(['zh', 'en']),
  active: z.boolean(),
})

/** What a line of a run needs to be taken back. */
const before = z.object({
  /** Departments the line made. */
  departments: z.array(z.string()),
  /** As they were; null for a line that made the employee. */
  fields: fields.nullable(),
  /** Version the run left behind: another one means that somebody has worked on the record since. */
  version: z.int(),
  head: z.object({ departmentId: z.string(), was: z.string().nullable(), is: z.string() }).nullable(),
})
export type Before = z.infer<typeof before>

export function fieldsOf(row: EmployeeRow): z.infer<typeof fields> {
  return fields.parse(row)
}

/**
 * New employees are closed and let go of their staff number, not deleted: somebody may have visited them meanwhile, and
 * records stay (G4). The mended file finds them again. Changed ones get back what they had.
 */
export async function undoLines(work: Work, lines: readonly UndoLine[]) {
  const { siteId } = work.ctx
  const wanted = lines.map((line) => ({ line, before: before.parse(line.before) }))
  const rows = await work.all(
    lockEmployees(
      siteId,
      lines.map(({ entityId }) => entityId),
    ),
  )
  const byId = new Map(rows.map((row) => [row.id, row]))
  const [undone, kept]: [string[], string[]] = [[], []]
  for (const one of wanted) {
    const row = byId.get(one.line.entityId)
    if (row === undefined || row.version !== one.before.version) kept.push(one.line.entityId)
    else {
      await putBack(work, row, one.before)
      undone.push(row.id)
    }
  }
  const gone = new Set(undone)
  await undoDepartments(
    work,
    wanted.filter(({ line }) => gone.has(line.entityId)).map((one) => one.before),
  )
  return { undone, kept }
}

/** Run at once and not with the commit: whether a department is empty is asked afterwards. */
async function putBack(work: Work, row: EmployeeRow, was: Before): Promise<void> {
  let version = row.version + 1
  if (was.fields === null) {
    await work.run(releaseEmployee(row.id))
    work.journal({
      entity: 'employee',
      entityId: row.id,
      action: 'employee.import-undone',
      version,
      before: { active: row.active, number: row.number, departmentId: row.departmentId },
      after: { active: false, number: null, departmentId: null },
    })
    return
  }
  const { active, ...given } = was.fields
  const stored = storedEmployee(row.id, merged(row, given))
  const changed = fieldNames.filter(
    (key) => JSON.stringify(row[key]) !== JSON.stringify(stored[key]) && key !== 'mobile',
  )
  await work.run(updateEmployee(stored))
  if (active !== row.active) {
    version += 1
    await work.run(setActive(row.id, active))
  }
  work.journal({
    entity: 'employee',
    entityId: row.id,
    action: 'employee.import-undone',
    version,
    before: Object.fromEntries(changed.map((key) => [key, row[key]])),
    after: Object.fromEntries(changed.map((key) => [key, stored[key]])),
    data: { people: [row.id] },
  })
}

async function undoDepartments(work: Work, all: readonly Before[]): Promise<void> {
  const heads = all.flatMap(({ head }) => head ?? [])
  const made = all.flatMap(({ departments }) => departments)
  if (heads.length + made.length === 0) return
  const nodes = new Map((await work.all(lockTree(work.ctx.siteId))).map((row) => [row.id, { ...row }]))
  for (const { departmentId, was, is } of heads) {
    const node = nodes.get(departmentId)
    if (node?.headId !== is) continue
    work.write(setHead(departmentId, was))
    work.journal({
      entity: 'department',
      entityId: departmentId,
      action: 'department.edited',
      before: { headId: is },
      after: { headId: was },
    })
  }
  for (const id of made.toReversed()) {
    const node = nodes.get(id)
    const parent = [...nodes.values()].some((one) => one.parentId === id)
    if (node === undefined || parent || node.version > 1 || (await work.maybe(anyMember(id))) !== undefined)
      continue
    work.write(deleteDepartment(id))
    nodes.delete(id)
    work.journal({
      entity: 'department',
      entityId: id,
      action: 'department.removed',
      before: { name: node.name, parentId: node.parentId },
    })
  }
}
