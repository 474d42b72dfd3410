import { newId } from '../../../kernel/ids.ts'
import type { Applied } from '../../../kernel/imports/importer.ts'
import type { Work } from '../../../kernel/work/command.ts'
import { addDepartment } from '../departments/service.ts'
import { lockTree, setHead } from '../departments/store.ts'
import {
  blankEmployee,
  changes,
  type EmployeePatch,
  facts,
  merged,
  storedEmployee,
} from '../employees/person.ts'
import { insertEmployee, link, setActive, updateEmployee } from '../employees/store.ts'
import type { PlannedLine, Ref } from './importer.ts'
import { findPath } from './paths.ts'
import { type Before, fieldsOf } from './undo.ts'

interface Node {
  readonly id: string
  readonly name: string
  readonly parentId: string | null
  headId: string | null
}

/** One chunk. The tree is locked: two imports at once must not make the same department twice. */
export async function applyLines(
  work: Work,
  values: readonly { readonly line: number; readonly value: PlannedLine }[],
): Promise<readonly Applied[]> {
  const nodes: Node[] = [...(await work.all(lockTree(work.ctx.siteId)))].map(
    ({ id, name, parentId, headId }) => ({
      id,
      name,
      parentId,
      headId,
    }),
  )
  const applied: Applied[] = []
  for (const { value } of values) applied.push(applyLine(work, value, nodes))
  linkEarlier(work, values, nodes)
  return applied
}

function applyLine(work: Work, one: PlannedLine, nodes: Node[]): Applied {
  const { said, known, plan } = one
  const made: string[] = []
  const departmentId = said.department === undefined ? undefined : place(work, said.department, nodes, made)
  const idOf = (ref: Ref | null) =>
    ref === null ? undefined : 'id' in ref ? ref.id : plan.idOfLine.get(ref.line)
  const {
    line: _line,
    department: _department,
    secretary: _s,
    deputy: _d,
    head: _head,
    active: _active,
    ...fields
  } = said
  // Who stands on a staff list works here, unless the list says otherwise.
  const active = said.active ?? true
  const patch: EmployeePatch = {
    ...fields,
    departmentId,
    secretaryId: idOf(one.secretary),
    deputyId: idOf(one.deputy),
  }
  const id = known?.id ?? newId()
  plan.idOfLine.set(said.line, id)
  const before: Before = { departments: made, fields: null, version: 1, head: null }
  if (known === null) {
    const given = Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined))
    const stored = storedEmployee(id, { ...blankEmployee, ...given, name: said.name })
    work.write(insertEmployee(work.ctx.siteId, stored, work.now))
    work.journal({
      entity: 'employee',
      entityId: id,
      action: 'employee.created',
      version: 1,
      after: facts(stored),
      data: { import: true },
    })
    if (!active) work.write(setActive(id, false))
    const head = lead(work, one, departmentId ?? null, id, nodes)
    return { result: 'created', entityId: id, before: { ...before, version: active ? 1 : 2, head } }
  }
  const stored = storedEmployee(id, merged(known, patch))
  const { was, is, any } = changes(known, stored)
  const turned = active !== known.active
  let version = known.version
  if (any) {
    version += 1
    work.write(updateEmployee(stored))
  }
  if (turned) {
    version += 1
    work.write(setActive(id, active))
  }
  if (any || turned) {
    work.journal({
      entity: 'employee',
      entityId: id,
      action: 'employee.edited',
      version,
      before: turned ? { ...was, active: known.active } : was,
      after: turned ? { ...is, active } : is,
      data: { people: [id], import: true },
    })
  }
  const head = lead(work, one, departmentId ?? known.departmentId, id, nodes)
  if (!any && !turned && head === null && made.length === 0) return { result: 'unchanged', entityId: id }
  return {
    result: 'updated',
    entityId: id,
    before: { departments: made, fields: fieldsOf(known), version, head },
  }
}

/** The department of a path; what is missing of it is made. */
function place(work: Work, path: readonly string[], nodes: Node[], made: string[]): string {
  const found = findPath(nodes, path)
  if (found !== undefined) return found.id
  let parentId: string | null = null
  for (const name of path) {
    const at: Node | undefined = nodes.find((node) => node.name === name && node.parentId === parentId)
    if (at !== undefined) {
      parentId = at.id
      continue
    }
    const id = addDepartment(work, { name, parentId, headId: null, deputyId: null, extension: null })
    nodes.push({ id, name, parentId, headId: null })
    made.push(id)
    parentId = id
  }
  return parentId ?? ''
}

/** @returns what to put back, or null when nothing changed */
function lead(
  work: Work,
  one: PlannedLine,
  departmentId: string | null,
  id: string,
  nodes: readonly Node[],
): Before['head'] {
  const { head, plan, said } = one
  if (head === null || departmentId === null) return null
  const headId = 'id' in head ? head.id : head.line === said.line ? id : plan.idOfLine.get(head.line)
  const node = nodes.find((candidate) => candidate.id === departmentId)
  // A head further down in the file is set by its own line's turn (linkEarlier).
  if (node === undefined || headId === undefined || node.headId === headId) return null
  const was = node.headId
  setDepartmentHead(work, node, headId)
  return { departmentId, was, is: headId }
}

function setDepartmentHead(work: Work, node: Node, headId: string): void {
  work.write(setHead(node.id, headId))
  work.journal({
    entity: 'department',
    entityId: node.id,
    action: 'department.edited',
    before: { headId: node.headId },
    after: { headId },
    data: { import: true },
  })
  node.headId = headId
}

/** Lines stored before that name somebody of this chunk as deputy, secretary or head get the link now. */
function linkEarlier(
  work: Work,
  values: readonly { readonly line: number; readonly value: PlannedLine }[],
  nodes: readonly Node[],
): void {
  const [first] = values
  if (first === undefined) return
  const { plan } = first.value
  const here = new Set(values.map(({ line }) => line))
  const later = (ref: Ref | null, line: number): string | undefined =>
    ref !== null && 'line' in ref && here.has(ref.line) && ref.line > line
      ? plan.idOfLine.get(ref.line)
      : undefined
  for (const [line, one] of plan.lines) {
    const id = plan.idOfLine.get(line)
    if (id === undefined) continue
    const [secretaryId, deputyId] = [later(one.secretary, line), later(one.deputy, line)]
    const headId = later(one.head, line)
    const path = one.said.department
    const departmentId = path === undefined ? one.known?.departmentId : findPath(nodes, path)?.id
    const node = nodes.find((candidate) => candidate.id === departmentId)
    if (headId !== undefined && node !== undefined && node.headId !== headId)
      setDepartmentHead(work, node, headId)
    if (secretaryId !== undefined || deputyId !== undefined)
      work.write(link(id, secretaryId ?? null, deputyId ?? null))
  }
}
