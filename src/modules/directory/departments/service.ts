import { may } from '../../../kernel/authorize.ts'
import { fail, failWith } from '../../../kernel/errors.ts'
import { newId } from '../../../kernel/ids.ts'
import { type Ctx, command, mustBeVersion, query, type Work } from '../../../kernel/work/command.ts'
import { directoryErrors } from '../contract.ts'
import { countKnown } from '../employees/store.ts'
import { extensionOf } from '../phone.ts'
import { tooDeep, wouldCycle } from '../rules.ts'
import { hiddenDepartments, isHidden } from '../scope.ts'
import * as store from './store.ts'

const refuse = failWith(directoryErrors)

export async function list(ctx: Ctx) {
  const [rows, hidden] = await Promise.all([
    query(ctx).all(store.departmentRows(ctx.siteId)),
    hiddenDepartments(ctx),
  ])
  const items = rows.filter(({ id }) => !isHidden(hidden, id))
  return { items, can: { manage: may(ctx, 'directory.manage') } }
}

/** A department and everything below it; null when there is no such department. */
export async function withBelow(ctx: Ctx, id: string): Promise<string[]> {
  const rows = await query(ctx).all(store.departmentRows(ctx.siteId))
  const ids = new Set([id])
  // Children may stand before their parents in the list: go on until nothing is added.
  for (let size = 0; size !== ids.size; ) {
    size = ids.size
    for (const row of rows) if (row.parentId !== null && ids.has(row.parentId)) ids.add(row.id)
  }
  return [...ids]
}

export interface DepartmentInput {
  readonly name: string
  readonly parentId: string | null
  readonly headId: string | null
  readonly deputyId: string | null
  readonly extension: string | null
  /** A company of its own in the house (E1). */
  readonly tenant?: boolean
}

export async function create(ctx: Ctx, input: { body: DepartmentInput }) {
  return command(ctx, async (work) => {
    const { body } = input
    const nodes = await tree(work)
    if (body.parentId !== null && !nodes.has(body.parentId)) refuse('department.unknown')
    if (tooDeep(nodes, null, body.parentId)) refuse('department.too-deep')
    await mustBePeople(work, [body.headId, body.deputyId])
    return { id: addDepartment(work, { ...body, extension: extension(body.extension) }), version: 1 }
  })
}

/** Insert and journal entry; the caller has looked at the tree. @returns the id */
export function addDepartment(work: Work, one: DepartmentInput, id: string = newId()): string {
  work.write(store.insertDepartment(work.ctx.siteId, { id, ...one }, work.now))
  work.journal({
    entity: 'department',
    entityId: id,
    action: 'department.created',
    version: 1,
    after: { ...one },
  })
  return id
}

interface DepartmentPatch {
  readonly version: number
  readonly name?: string | undefined
  readonly headId?: string | null | undefined
  readonly deputyId?: string | null | undefined
  readonly extension?: string | null | undefined
  readonly active?: boolean | undefined
  readonly tenant?: boolean | undefined
}

export async function edit(ctx: Ctx, input: { params: { id: string }; body: DepartmentPatch }) {
  return command(ctx, async (work) => {
    const { version, ...patch } = input.body
    const row = (await tree(work)).get(input.params.id) ?? fail('entity.not-found')
    mustBeVersion(row.version, version)
    const after = {
      id: row.id,
      name: patch.name ?? row.name,
      headId: patch.headId === undefined ? row.headId : patch.headId,
      deputyId: patch.deputyId === undefined ? row.deputyId : patch.deputyId,
      extension: patch.extension === undefined ? row.extension : extension(patch.extension),
      active: patch.active ?? row.active,
      tenant: patch.tenant ?? row.tenant,
    }
    const changed = (['name', 'headId', 'deputyId', 'extension', 'active', 'tenant'] as const).filter(
      (key) => row[key] !== after[key],
    )
    if (changed.length === 0) return { id: row.id, version: row.version }
    await mustBePeople(work, [after.headId, after.deputyId])
    work.write(store.updateDepartment(after))
    work.journal({
      entity: 'department',
      entityId: row.id,
      action: 'department.edited',
      version: row.version + 1,
      before: Object.fromEntries(changed.map((key) => [key, row[key]])),
      after: Object.fromEntries(changed.map((key) => [key, after[key]])),
    })
    return { id: row.id, version: row.version + 1 }
  })
}

export async function move(
  ctx: Ctx,
  input: { params: { id: string }; body: { version: number; parentId: string | null } },
) {
  return command(ctx, async (work) => {
    const { parentId } = input.body
    const nodes = await tree(work)
    const row = nodes.get(input.params.id) ?? fail('entity.not-found')
    mustBeVersion(row.version, input.body.version)
    if (row.parentId === parentId) return { id: row.id, version: row.version }
    if (parentId !== null && !nodes.has(parentId)) refuse('department.unknown')
    if (wouldCycle(nodes, row.id, parentId)) refuse('department.cycle')
    if (tooDeep(nodes, row.id, parentId)) refuse('department.too-deep')
    work.write(store.moveDepartment(row.id, parentId))
    work.journal({
      entity: 'department',
      entityId: row.id,
      action: 'department.moved',
      version: row.version + 1,
      before: { parentId: row.parentId },
      after: { parentId },
    })
    return { id: row.id, version: row.version + 1 }
  })
}

export async function remove(ctx: Ctx, input: { params: { id: string }; body: { version: number } }) {
  return command(ctx, async (work) => {
    const nodes = await tree(work)
    const row = nodes.get(input.params.id) ?? fail('entity.not-found')
    mustBeVersion(row.version, input.body.version)
    const child = [...nodes.values()].some((node) => node.parentId === row.id)
    // Former employees count too: their records name the department they were in (G4).
    if (child || (await work.maybe(store.anyMember(row.id))) !== undefined) refuse('department.not-empty')
    work.write(store.deleteDepartment(row.id))
    const { name, parentId, headId, deputyId } = row
    work.journal({
      entity: 'department',
      entityId: row.id,
      action: 'department.removed',
      before: { name, parentId, headId, deputyId },
    })
    return { id: row.id }
  })
}

async function tree(work: Work): Promise<Map<string, store.DepartmentRow>> {
  const rows = await work.all(store.lockTree(work.ctx.siteId))
  return new Map(rows.map((row) => [row.id, row]))
}

function extension(text: string | null): string | null {
  if (text === null || text === '') return null
  return extensionOf(text) ?? fail('input.invalid', {}, [{ path: 'extension', code: 'extension' }])
}

async function mustBePeople(work: Work, ids: readonly (string | null)[]): Promise<void> {
  const people = [...new Set(ids.filter((id) => id !== null))]
  if (people.length === 0) return
  const known = await work.one(countKnown(work.ctx.siteId, people, []))
  if (known.people < people.length) refuse('employee.unknown')
}
