import { may } from '../../../kernel/authorize.ts'
import type { Sql } from '../../../kernel/db/sql.ts'
import { fail } from '../../../kernel/errors.ts'
import { newId } from '../../../kernel/ids.ts'
import { type Ctx, command, mustBeVersion, query, type Work } from '../../../kernel/work/command.ts'
import { withBelow } from '../departments/service.ts'
import { wanted } from '../names.ts'
import { seesMobile } from '../policy.ts'
import { maskMobile, showMobile } from '../rules.ts'
import { hiddenDepartments, isHidden } from '../scope.ts'
import {
  blankEmployee,
  changes,
  type EmployeePatch,
  facts,
  merged,
  mustBeKnown,
  storedEmployee,
} from './person.ts'
import * as store from './store.ts'

export interface ListQuery {
  readonly q?: string | undefined
  readonly departmentId?: string | undefined
  readonly state: 'active' | 'inactive' | 'all'
  readonly lineWorker?: boolean | undefined
  readonly language?: string | undefined
  readonly dialect?: string | undefined
}

async function filterOf(ctx: Ctx, asked: ListQuery): Promise<store.EmployeeFilter> {
  const hidden = await hiddenDepartments(ctx)
  return {
    siteId: ctx.siteId,
    state: asked.state,
    departmentIds: asked.departmentId === undefined ? null : await withBelow(ctx, asked.departmentId),
    lineWorker: asked.lineWorker ?? null,
    language: asked.language ?? null,
    dialect: asked.dialect ?? null,
    hidden,
  }
}

export async function list(
  ctx: Ctx,
  input: { query: ListQuery & { cursor?: string | undefined; limit: number } },
) {
  const { q, cursor, limit } = input.query
  const filter = await filterOf(ctx, input.query)
  const can = { manage: may(ctx, 'directory.manage'), import: may(ctx, 'directory.manage') }
  if (q !== undefined && q !== '') {
    const want = wanted(q)
    const rows =
      want.kind === 'nothing' ? [] : await query(ctx).all(store.searchEmployees(filter, want, limit))
    return { items: rows.map((row) => present(ctx, row)), next: null, can }
  }
  const [rows, count] = await Promise.all([
    query(ctx).all(store.employeesPage(filter, cursor === undefined ? null : position(cursor), limit + 1)),
    cursor === undefined ? query(ctx).one(store.countEmployees(filter)) : undefined,
  ])
  const items = rows.slice(0, limit)
  const last = items.at(-1)
  return {
    items: items.map((row) => present(ctx, row)),
    next: rows.length > limit && last !== undefined ? cursorOf(last) : null,
    ...(count === undefined
      ? {}
      : { total: Math.min(count.n, store.mostCounted), totalIsFloor: count.n > store.mostCounted }),
    can,
  }
}

/** Every row of the filtered list, page by page, for the Excel file. */
export async function* everyRow(ctx: Ctx, asked: ListQuery) {
  const filter = await filterOf(ctx, asked)
  const want = asked.q === undefined ? undefined : wanted(asked.q)
  if (want !== undefined && want.kind !== 'nothing') {
    yield* await query(ctx).all(store.searchEmployees(filter, want, 1000))
    return
  }
  for (let after: ReturnType<typeof position> | null = null; ; ) {
    const rows: store.EmployeeRow[] = await query(ctx).all(store.employeesPage(filter, after, 2000))
    yield* rows
    const last = rows.at(-1)
    if (last === undefined || rows.length < 2000) return
    after = { pinyin: last.pinyin, id: last.id }
  }
}

const cursorOf = (row: store.EmployeeRow) =>
  Buffer.from(JSON.stringify([row.pinyin, row.id])).toString('base64url')

function position(cursor: string): { pinyin: string; id: string } {
  try {
    const found: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'))
    if (Array.isArray(found) && typeof found[0] === 'string' && /^[0-9a-f-]{36}$/.test(String(found[1]))) {
      return { pinyin: found[0], id: String(found[1]) }
    }
  } catch {
    // Not ours: refused below.
  }
  return fail('input.invalid', {}, [{ path: 'cursor', code: 'pattern' }])
}

export async function find(ctx: Ctx, input: { query: { q: string; limit: number } }) {
  const want = wanted(input.query.q)
  if (want.kind === 'nothing') return { items: [] }
  const filter = await filterOf(ctx, { state: 'active' })
  const rows = await query(ctx).all(store.searchEmployees(filter, want, input.query.limit))
  return {
    items: rows.map((row) => ({
      id: row.id,
      name: row.name,
      departmentId: row.departmentId,
      departmentName: row.departmentName,
      title: row.title,
      extension: row.extension,
      mobile: maskMobile(row.mobile),
      floor: row.floor,
      room: row.room,
      lineWorker: row.lineWorker,
    })),
  }
}

export async function read(ctx: Ctx, input: { params: { id: string } }) {
  return present(ctx, await visible(ctx, query(ctx), input.params.id))
}

export async function create(
  ctx: Ctx,
  input: { body: EmployeePatch & { name: string; id?: string | undefined } },
) {
  return command(ctx, async (work) => {
    const { id = newId(), ...given } = input.body
    const blank = {
      id,
      pinyin: '',
      departmentName: null,
      secretaryName: null,
      deputyName: null,
      active: true,
      version: 1,
    }
    const one = storedEmployee(id, merged({ ...blankRow, ...blank, name: given.name }, given))
    await mustBeKnown(work, one)
    await work.run(store.insertEmployee(ctx.siteId, one, work.now))
    work.journal({
      entity: 'employee',
      entityId: id,
      action: 'employee.created',
      version: 1,
      after: facts(one),
      data: { people: [id] },
    })
    return present(ctx, await work.one(store.employeeById(ctx.siteId, id)))
  })
}

const blankRow = { ...blankEmployee, languages: [], dialects: [] }

export async function edit(
  ctx: Ctx,
  input: { params: { id: string }; body: EmployeePatch & { version: number } },
) {
  return command(ctx, async (work) => {
    const { version, ...patch } = input.body
    const row = await locked(work, input.params.id)
    mustBeVersion(row.version, version)
    const one = storedEmployee(row.id, merged(row, patch))
    const { was, is, any } = changes(row, one)
    if (!any) return present(ctx, row)
    await mustBeKnown(work, one)
    await work.run(store.updateEmployee(one))
    work.journal({
      entity: 'employee',
      entityId: row.id,
      action: 'employee.edited',
      version: row.version + 1,
      before: was,
      after: is,
      data: { people: [row.id] },
    })
    return present(ctx, await work.one(store.employeeById(ctx.siteId, row.id)))
  })
}

type VersionInput = { params: { id: string }; body: { version: number } }

export const deactivate = (ctx: Ctx, input: VersionInput) => setActive(ctx, input, false)
export const reactivate = (ctx: Ctx, input: VersionInput) => setActive(ctx, input, true)

async function setActive(ctx: Ctx, input: VersionInput, active: boolean) {
  return command(ctx, async (work) => {
    const row = await locked(work, input.params.id)
    mustBeVersion(row.version, input.body.version)
    if (row.active === active) return present(ctx, row)
    work.write(store.setActive(row.id, active))
    work.journal({
      entity: 'employee',
      entityId: row.id,
      action: active ? 'employee.reactivated' : 'employee.deactivated',
      version: row.version + 1,
      before: { active: row.active },
      after: { active },
      data: { people: [row.id] },
    })
    return present(ctx, { ...row, active, version: row.version + 1 })
  })
}

/** G5: who looked at whose number. The number itself is not written down, nor kept as a remembered answer. */
export async function reveal(ctx: Ctx, input: { params: { id: string } }) {
  return command({ ...ctx, idempotency: null }, async (work) => {
    const row = await visible(ctx, work, input.params.id)
    work.journal({
      entity: 'employee',
      entityId: row.id,
      action: 'employee.revealed',
      data: { fields: ['mobile'] },
    })
    return { mobile: showMobile(row.mobile) }
  })
}

/** @throws DomainError `entity.not-found` also for whom the caller may not find (E1) */
async function visible(ctx: Ctx, sql: Sql, id: string): Promise<store.EmployeeRow> {
  const [row, hidden] = await Promise.all([
    sql.maybe(store.employeeById(ctx.siteId, id)),
    hiddenDepartments(ctx, sql),
  ])
  return row === undefined || isHidden(hidden, row.departmentId) ? fail('entity.not-found') : row
}

async function locked(work: Work, id: string): Promise<store.EmployeeRow> {
  return (await work.maybe(store.lockEmployee(work.ctx.siteId, id))) ?? fail('entity.not-found')
}

function present(ctx: Ctx, row: store.EmployeeRow) {
  const full = seesMobile(ctx, row.id)
  return {
    ...row,
    mobile: full ? showMobile(row.mobile) : maskMobile(row.mobile),
    masked: !full && row.mobile !== null,
    can: { edit: may(ctx, 'directory.manage'), reveal: may(ctx, 'directory.reveal') },
  }
}
