import type { RouteAnswer, RouteInput } from '../../../kernel/contract.ts'
import { fail } from '../../../kernel/errors.ts'
import { newId } from '../../../kernel/ids.ts'
import { showNumber } from '../../../kernel/telephone/number.ts'
import { type Ctx, command, mustBeVersion, query, type Work } from '../../../kernel/work/command.ts'
import { listCan } from '../companies/service.ts'
import { type Lens, lensOf } from '../house.ts'
import { decodePlace, encodePlace, mostCounted, soughtOf } from '../lists/paging.ts'
import { enteredPhones, journalPhones, samePhones } from '../phones/entered.ts'
import { addPhones, phoneById, phonesOf, removePhones } from '../phones/store.ts'
import { mayEdit, seesInFull } from '../policy.ts'
import { type ContactAnswer, presentContactRow, subjectOfContact } from '../present.ts'
import {
  addContact,
  blankContact,
  companyOf,
  contactCardOf,
  contactChanges,
  contactInput,
  lockedContact,
  storedContact,
} from './contact.ts'
import type { contacts } from './contract.ts'
import * as store from './store.ts'

export async function list(
  ctx: Ctx,
  input: RouteInput<typeof contacts.list>,
): Promise<RouteAnswer<typeof contacts.list>> {
  const { q, customerId, grade, owner, tag, vip, state, sort, cursor, limit } = input.query
  const sql = query(ctx)
  const { employeeId } = ctx.actor
  const filter: store.ContactFilter = {
    siteId: ctx.siteId,
    me: employeeId,
    sought: soughtOf(q),
    customerId: customerId ?? null,
    grade: grade ?? null,
    owner: owner === 'me' ? (employeeId ?? '00000000-0000-0000-0000-000000000000') : (owner ?? null),
    tag: tag ?? null,
    vip: vip ?? null,
    state,
  }
  const after = cursor === undefined ? null : decodePlace(cursor)
  const [rows, count, lens] = await Promise.all([
    sql.all(store.contactPage(filter, sort, after, limit + 1)),
    cursor === undefined ? sql.one(store.contactCount(filter)) : undefined,
    lensOf(ctx, sql),
  ])
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  return {
    items: shown.map((row) => presentContactRow(row, lens)),
    next: rows.length > limit && last !== undefined ? encodePlace(store.placeOf(last, sort)) : null,
    ...(count === undefined
      ? {}
      : { total: Math.min(count.n, mostCounted), totalIsFloor: count.n > mostCounted }),
    can: listCan(ctx),
  }
}

export async function read(ctx: Ctx, input: RouteInput<typeof contacts.read>): Promise<ContactAnswer> {
  return answer(ctx, input.params.id)
}

async function answer(ctx: Ctx, id: string): Promise<ContactAnswer> {
  const sql = query(ctx)
  return await contactCardOf(sql, ctx.siteId, await lensOf(ctx, sql), id)
}

export async function create(ctx: Ctx, input: RouteInput<typeof contacts.create>): Promise<ContactAnswer> {
  const { id = newId(), phones = [], ...given } = input.body
  const made = await command(ctx, async (work) => {
    const customerId = given.customerId == null ? null : await companyOf(work, given.customerId)
    const one = storedContact(
      id,
      contactInput({ ...blankContact, name: given.name }, { ...given, customerId }),
    )
    addContact(work, one, enteredPhones(phones, []), 'manual')
    return id
  })
  return answer(ctx, made)
}

export async function edit(ctx: Ctx, input: RouteInput<typeof contacts.edit>): Promise<ContactAnswer> {
  const { version, phones, ...patch } = input.body
  const id = await command(ctx, async (work) => {
    const lens = await lensOf(ctx, work)
    const row = await editable(work, lens, input.params.id, version)
    const before = await work.all(phonesOf([row.id], []))
    const customerId = patch.customerId == null ? patch.customerId : await companyOf(work, patch.customerId)
    const one = storedContact(row.id, contactInput(row, { ...patch, customerId }))
    const entered = phones === undefined ? undefined : enteredPhones(phones, before)
    const { was, is, any } = contactChanges(row, one)
    const renumbered = entered !== undefined && !samePhones(before, entered)
    if (!any && !renumbered) return row.id
    if (entered !== undefined && renumbered) {
      was.phones = journalPhones(before)
      is.phones = journalPhones(entered)
      work.write(removePhones({ contactId: row.id }))
      work.write(addPhones(ctx.siteId, { contactId: row.id }, entered))
    }
    work.write(store.updateContact(one, work.now))
    work.journal({
      entity: 'contact',
      entityId: row.id,
      action: 'contact.edited',
      version: row.version + 1,
      before: was,
      after: is,
      data: { people: row.ownerId === null ? [] : [row.ownerId] },
    })
    return row.id
  })
  return answer(ctx, id)
}

/** @throws DomainError `entity.not-found`, `auth.forbidden` for somebody else's, `edit.stale` */
async function editable(work: Work, lens: Lens, id: string, version: number): Promise<store.ContactRow> {
  const row = await lockedContact(work, lens, id)
  if (!mayEdit(lens.viewer, subjectOfContact(row))) fail('auth.forbidden', { action: 'customer.write' })
  mustBeVersion(row.version, version)
  return row
}

type VersionInput = { params: { id: string }; body: { version: number } }

export const deactivate = (ctx: Ctx, input: VersionInput) => setActive(ctx, input, false)
export const activate = (ctx: Ctx, input: VersionInput) => setActive(ctx, input, true)

async function setActive(ctx: Ctx, input: VersionInput, active: boolean): Promise<ContactAnswer> {
  const id = await command(ctx, async (work) => {
    const lens = await lensOf(ctx, work)
    const row = await editable(work, lens, input.params.id, input.body.version)
    if (row.active === active) return row.id
    work.write(store.setContactActive(row.id, active, work.now))
    work.journal({
      entity: 'contact',
      entityId: row.id,
      action: active ? 'contact.activated' : 'contact.deactivated',
      version: row.version + 1,
      before: { active: row.active },
      after: { active },
      data: { people: row.ownerId === null ? [] : [row.ownerId] },
    })
    return row.id
  })
  return answer(ctx, id)
}

/** G5: who looked at what. The value itself is not written down, nor kept as a remembered answer. */
export async function reveal(
  ctx: Ctx,
  input: RouteInput<typeof contacts.reveal>,
): Promise<{ value: string }> {
  const { phoneId } = input.body
  return command({ ...ctx, idempotency: null }, async (work) => {
    const lens = await lensOf(ctx, work)
    const [row, phone] = await Promise.all([
      work.maybe(store.contactById(ctx.siteId, lens.viewer.employeeId, input.params.id)),
      phoneId === null ? undefined : work.maybe(phoneById(ctx.siteId, phoneId)),
    ])
    if (row === undefined || (phoneId !== null && phone?.contactId !== row.id))
      return fail('entity.not-found')
    if (!seesInFull(lens.viewer, subjectOfContact(row))) fail('auth.forbidden', { action: 'customer.reveal' })
    work.journal({
      entity: 'contact',
      entityId: row.id,
      action: 'contact.revealed',
      data: phone === undefined ? { field: 'email' } : { phoneId: phone.id, label: phone.label },
    })
    return { value: phone === undefined ? (row.email ?? '') : showNumber(phone.number) }
  })
}
