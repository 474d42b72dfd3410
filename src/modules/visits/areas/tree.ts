/** The tree of areas: read, added, changed (V9). */
import type { RouteAnswer, RouteInput } from '../../../kernel/contract.ts'
import { DomainError, fail } from '../../../kernel/errors.ts'
import { newId } from '../../../kernel/ids.ts'
import { fixedPosts } from '../../../kernel/tasks/policy.ts'
import { type Ctx, command, mustBeVersion, query, type Work } from '../../../kernel/work/command.ts'
import { departmentNames, employeeCard } from '../../directory/public.ts'
import type { AreaNode } from './check.ts'
import type { Area, AreaFields, areas } from './contract.ts'
import { makesCircle } from './rules.ts'
import * as store from './store.ts'

function presentArea(row: store.AreaRow): Area {
  const { responsible_kind: kind, responsible_id: id } = row
  return {
    id: row.id,
    version: row.version,
    parentId: row.parent_id,
    name: { zh: row.name_zh, en: row.name_en },
    restricted: row.restricted,
    responsible: kind === null || id === null ? null : { kind, id, name: row.responsible_name },
    way: { zh: row.way_zh, en: row.way_en },
    note: row.note,
    order: row.position,
    archived: row.archived,
  }
}

export const nodesOf = (rows: readonly store.AreaRow[]): AreaNode[] =>
  rows
    .filter(({ archived }) => !archived)
    .map((row) => ({
      id: row.id,
      parentId: row.parent_id,
      zh: row.name_zh,
      en: row.name_en,
      restricted: row.restricted,
    }))

export async function list(
  ctx: Ctx,
  input: RouteInput<typeof areas.list>,
): Promise<RouteAnswer<typeof areas.list>> {
  const rows = await query(ctx).all(store.areaRows(ctx.siteId, input.query.archived === 'true'))
  return { items: rows.map(presentArea) }
}

/** @throws DomainError `area.responsible-unknown` */
async function responsibleOf(
  work: Work,
  asked: AreaFields['responsible'],
): Promise<Pick<store.AreaRow, 'responsible_kind' | 'responsible_id' | 'responsible_name'>> {
  if (asked === null) return { responsible_kind: null, responsible_id: null, responsible_name: '' }
  const { kind, id } = asked
  const { siteId } = work.ctx
  const uuid = /^[0-9a-f-]{36}$/.test(id)
  let name: string | undefined
  if (kind === 'post') {
    // A post that a role staffs: a task of it reaches somebody.
    name = fixedPosts.includes(id) ? '' : undefined
  } else if (uuid && kind === 'person') {
    name = (await work.maybe(employeeCard(siteId, id)))?.name
  } else if (uuid) {
    name = (await work.maybe(departmentNames(siteId, [id])))?.name
  }
  if (name === undefined)
    throw new DomainError('area.responsible-unknown', {}, [{ path: 'responsible', code: 'unknown' }])
  return { responsible_kind: kind, responsible_id: id, responsible_name: name }
}

function mustFit(tree: readonly store.AreaRow[], row: store.AreaRow): void {
  const others = tree.filter((one) => one.id !== row.id && !one.archived)
  if (row.parent_id !== null && !others.some(({ id }) => id === row.parent_id))
    throw new DomainError('area.unknown', {}, [{ path: 'parentId', code: 'unknown' }])
  if (
    makesCircle(
      tree.map((one) => ({ id: one.id, parentId: one.parent_id })),
      row.id,
      row.parent_id,
    )
  )
    throw new DomainError('area.circle', {}, [{ path: 'parentId', code: 'circle' }])
  // A visit names its areas by either name: no word may mean two places.
  const names = new Set(others.flatMap((one) => [one.name_zh, one.name_en]).filter(Boolean))
  if (!row.archived && (names.has(row.name_zh) || names.has(row.name_en)))
    throw new DomainError('area.exists', {}, [{ path: 'name', code: 'exists' }])
}

export async function add(ctx: Ctx, { body }: Pick<RouteInput<typeof areas.add>, 'body'>): Promise<Area> {
  return command(ctx, async (work) => {
    const [tree, responsible] = await Promise.all([
      work.all(store.lockAreas(ctx.siteId)),
      responsibleOf(work, body.responsible),
    ])
    const row: store.AreaRow = {
      id: body.id ?? newId(),
      version: 1,
      parent_id: body.parentId,
      name_zh: body.name.zh,
      name_en: body.name.en,
      restricted: body.restricted,
      ...responsible,
      way_zh: body.way.zh,
      way_en: body.way.en,
      note: body.note,
      position: body.order,
      archived: false,
    }
    if (tree.some(({ id }) => id === row.id)) throw new DomainError('area.exists')
    mustFit(tree, row)
    write(work, row, [row.name_zh, row.name_en])
    work.journal({ entity: 'area', entityId: row.id, action: 'area.added', version: 1, after: { ...row } })
    return presentArea(row)
  })
}

export async function edit(
  ctx: Ctx,
  { params, body }: Pick<RouteInput<typeof areas.edit>, 'params' | 'body'>,
): Promise<Area> {
  return command(ctx, async (work) => {
    const tree = await work.all(store.lockAreas(ctx.siteId))
    const before = tree.find(({ id }) => id === params.id)
    if (before === undefined) return fail('entity.not-found')
    mustBeVersion(before.version, body.version)
    const after: store.AreaRow = {
      ...before,
      version: before.version + 1,
      parent_id: body.parentId === undefined ? before.parent_id : body.parentId,
      name_zh: body.name?.zh ?? before.name_zh,
      name_en: body.name?.en ?? before.name_en,
      restricted: body.restricted ?? before.restricted,
      ...(body.responsible === undefined ? {} : await responsibleOf(work, body.responsible)),
      way_zh: body.way?.zh ?? before.way_zh,
      way_en: body.way?.en ?? before.way_en,
      note: body.note ?? before.note,
      position: body.order ?? before.position,
      archived: body.archived ?? before.archived,
    }
    if (after.archived && tree.some((one) => one.parent_id === after.id && !one.archived))
      throw new DomainError('area.has-children')
    mustFit(tree, after)
    for (const statement of store.renamed(ctx.siteId, before, after)) work.write(statement)
    write(work, after, [before.name_zh, before.name_en, after.name_zh, after.name_en])
    work.journal({
      entity: 'area',
      entityId: after.id,
      action: after.archived && !before.archived ? 'area.archived' : 'area.edited',
      version: after.version,
      before: { ...before },
      after: { ...after },
    })
    return presentArea(after)
  })
}

function write(work: Work, row: store.AreaRow, names: readonly string[]): void {
  work.write(store.saveArea(row, work.ctx.siteId, work.now))
  work.write(store.recount(work.ctx.siteId, [...new Set(names.filter(Boolean))]))
}
