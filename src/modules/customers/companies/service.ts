import { may } from '../../../kernel/authorize.ts'
import type { RouteAnswer, RouteInput } from '../../../kernel/contract.ts'
import { DomainError, fail } from '../../../kernel/errors.ts'
import { newId } from '../../../kernel/ids.ts'
import { showNumber } from '../../../kernel/telephone/number.ts'
import { type Ctx, command, mustBeVersion, query, type Work } from '../../../kernel/work/command.ts'
import type { customers } from '../contract.ts'
import { type Lens, lensOf } from '../house.ts'
import { decodePlace, encodePlace, mostCounted, soughtOf } from '../lists/paging.ts'
import { giveTo } from '../ownership/give.ts'
import { enteredPhones, journalPhones, samePhones } from '../phones/entered.ts'
import { addPhones, phoneById, phonesOf, removePhones } from '../phones/store.ts'
import { mayEdit, seesInFull } from '../policy.ts'
import { type CustomerAnswer, presentCompanyRow } from '../present.ts'
import {
  addCompany,
  blankCompany,
  companyCard,
  companyChanges,
  companyInput,
  lockedCompany,
  storedCompany,
} from './company.ts'
import * as store from './store.ts'

type ListQuery = RouteInput<typeof customers.list>['query']
type Filters = Pick<ListQuery, 'q' | 'grade' | 'owner' | 'tag' | 'state'>

export function filterOf(ctx: Ctx, asked: Filters): store.CompanyFilter {
  const { employeeId } = ctx.actor
  return {
    siteId: ctx.siteId,
    me: employeeId,
    sought: soughtOf(asked.q),
    grade: asked.grade ?? null,
    // Whoever is no employee owns nothing: the id nobody has.
    owner:
      asked.owner === 'me' ? (employeeId ?? '00000000-0000-0000-0000-000000000000') : (asked.owner ?? null),
    tag: asked.tag ?? null,
    state: asked.state,
  }
}

export function listCan(ctx: Ctx) {
  return {
    create: may(ctx, 'customer.write'),
    import: may(ctx, 'customer.import'),
    export: may(ctx, 'customer.export'),
    merge: may(ctx, 'customer.merge'),
  }
}

export async function list(
  ctx: Ctx,
  input: RouteInput<typeof customers.list>,
): Promise<RouteAnswer<typeof customers.list>> {
  const { cursor, limit, sort } = input.query
  const sql = query(ctx)
  const filter = filterOf(ctx, input.query)
  const after = cursor === undefined ? null : decodePlace(cursor)
  const [rows, count, lens] = await Promise.all([
    sql.all(store.companyPage(filter, sort, after, limit + 1)),
    cursor === undefined ? sql.one(store.companyCount(filter)) : undefined,
    lensOf(ctx, sql),
  ])
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  return {
    items: shown.map((row) => presentCompanyRow(row, lens)),
    next: rows.length > limit && last !== undefined ? encodePlace(store.placeOf(last, sort)) : null,
    ...(count === undefined
      ? {}
      : { total: Math.min(count.n, mostCounted), totalIsFloor: count.n > mostCounted }),
    can: listCan(ctx),
  }
}

export async function read(ctx: Ctx, input: RouteInput<typeof customers.read>): Promise<CustomerAnswer> {
  const sql = query(ctx)
  return await companyCard(sql, ctx.siteId, await lensOf(ctx, sql), input.params.id)
}

export async function create(ctx: Ctx, input: RouteInput<typeof customers.create>): Promise<CustomerAnswer> {
  const { id = newId(), mine, phones = [], ...given } = input.body
  return command(ctx, async (work) => {
    const lens = await lensOf(ctx, work)
    const one = storedCompany(id, companyInput({ ...blankCompany, name: given.name }, given))
    const entered = enteredPhones(phones, [])
    if (mine && lens.viewer.employeeId === null) throw new DomainError('customer.owner-unknown')
    addCompany(work, one, entered)
    if (mine && lens.viewer.employeeId !== null)
      giveTo(
        work,
        lens,
        { id, name: one.name, ownerId: null, version: 1 },
        {
          employeeId: lens.viewer.employeeId,
          name: ctx.actor.name,
          reason: '',
          action: 'customer.claimed',
        },
      )
    return id
  }).then((made) => answer(ctx, made))
}

/** After the commit: owner, team and people come with names that other tables have. */
async function answer(ctx: Ctx, id: string): Promise<CustomerAnswer> {
  const sql = query(ctx)
  return await companyCard(sql, ctx.siteId, await lensOf(ctx, sql), id)
}

export async function edit(ctx: Ctx, input: RouteInput<typeof customers.edit>): Promise<CustomerAnswer> {
  const { version, phones, ...patch } = input.body
  const id = await command(ctx, async (work) => {
    const lens = await lensOf(ctx, work)
    const row = await editable(work, lens, input.params.id, version)
    const before = await work.all(phonesOf([], [row.id]))
    const one = storedCompany(row.id, companyInput(row, patch))
    const entered = phones === undefined ? undefined : enteredPhones(phones, before)
    const { was, is, any } = companyChanges(row, one)
    const renumbered = entered !== undefined && !samePhones(before, entered)
    if (!any && !renumbered) return row.id
    if (entered !== undefined && renumbered) {
      was.phones = journalPhones(before)
      is.phones = journalPhones(entered)
      work.write(removePhones({ customerId: row.id }))
      work.write(addPhones(ctx.siteId, { customerId: row.id }, entered))
    }
    work.write(store.updateCompany(one, work.now))
    work.journal({
      entity: 'customer',
      entityId: row.id,
      action: 'customer.edited',
      version: row.version + 1,
      before: was,
      after: is,
      data: { people: row.ownerId === null ? [] : [row.ownerId] },
    })
    return row.id
  })
  return answer(ctx, id)
}

/** @throws DomainError `entity.not-found`, `auth.forbidden` for somebody else's customer, `edit.stale` */
async function editable(work: Work, lens: Lens, id: string, version: number): Promise<store.CompanyRow> {
  const row = await lockedCompany(work, lens, id)
  if (!mayEdit(lens.viewer, row)) fail('auth.forbidden', { action: 'customer.write' })
  mustBeVersion(row.version, version)
  return row
}

export const deactivate = (ctx: Ctx, input: RouteInput<typeof customers.deactivate>) =>
  setActive(ctx, input, false)
export const activate = (ctx: Ctx, input: RouteInput<typeof customers.activate>) =>
  setActive(ctx, input, true)

async function setActive(
  ctx: Ctx,
  input: { params: { id: string }; body: { version: number } },
  active: boolean,
): Promise<CustomerAnswer> {
  const id = await command(ctx, async (work) => {
    const lens = await lensOf(ctx, work)
    const row = await editable(work, lens, input.params.id, input.body.version)
    if (row.active === active) return row.id
    work.write(store.setCompanyActive(row.id, active, work.now))
    work.journal({
      entity: 'customer',
      entityId: row.id,
      action: active ? 'customer.activated' : 'customer.deactivated',
      version: row.version + 1,
      before: { active: row.active },
      after: { active },
      data: { people: row.ownerId === null ? [] : [row.ownerId] },
    })
    return row.id
  })
  return answer(ctx, id)
}

/** G5: who looked at which number. The number itself is not written down, nor kept as a remembered answer. */
export async function reveal(
  ctx: Ctx,
  input: RouteInput<typeof customers.reveal>,
): Promise<{ value: string }> {
  return command({ ...ctx, idempotency: null }, async (work) => {
    const lens = await lensOf(ctx, work)
    const [row, phone] = await Promise.all([
      work.maybe(store.companyById(ctx.siteId, lens.viewer.employeeId, input.params.id)),
      work.maybe(phoneById(ctx.siteId, input.body.phoneId)),
    ])
    if (row === undefined || phone?.customerId !== row.id) return fail('entity.not-found')
    if (!seesInFull(lens.viewer, row)) fail('auth.forbidden', { action: 'customer.reveal' })
    work.journal({
      entity: 'customer',
      entityId: row.id,
      action: 'customer.revealed',
      data: { phoneId: phone.id, label: phone.label },
    })
    return { value: showNumber(phone.number) }
  })
}

export async function tags(
  ctx: Ctx,
  input: RouteInput<typeof customers.tags>,
): Promise<RouteAnswer<typeof customers.tags>> {
  return { items: await query(ctx).all(store.tagsInUse(ctx.siteId, input.query.q)) }
}
