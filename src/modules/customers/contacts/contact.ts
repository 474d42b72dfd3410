/** What a contact is made of: entered, stored, compared; used by form, import and merge alike. */
import type { Sql } from '../../../kernel/db/sql.ts'
import { DomainError, fail } from '../../../kernel/errors.ts'
import { spellingOf } from '../../../kernel/find/spelling.ts'
import type { Work } from '../../../kernel/work/command.ts'
import { companyById, currentCompany, teamOf } from '../companies/store.ts'
import { type Lens, selfOf } from '../house.ts'
import { mergesInto } from '../merges/store.ts'
import { journalPhones } from '../phones/entered.ts'
import { addPhones, type NewPhone, phonesOf } from '../phones/store.ts'
import { type ContactAnswer, maskEmail, presentContact } from '../present.ts'
import { promisesOf } from '../promises/store.ts'
import { currentContact } from '../recognise/store.ts'
import { plain } from '../rules.ts'
import * as store from './store.ts'

export interface ContactInput {
  readonly name: string
  readonly customerId: string | null
  readonly organisation: string
  readonly sex: 'female' | 'male' | null
  readonly title: string
  readonly email: string | null
  readonly language: string
  readonly dialect: string
  readonly vip: boolean
  readonly note: string
  readonly tags: readonly string[]
}
/** Fields a request left out are `undefined` there. */
export type ContactPatch = { readonly [K in keyof ContactInput]?: ContactInput[K] | undefined }

export const contactFields = [
  'name',
  'customerId',
  'organisation',
  'sex',
  'title',
  'email',
  'language',
  'dialect',
  'vip',
  'note',
  'tags',
] as const satisfies readonly (keyof ContactInput)[]

export const blankContact: Omit<ContactInput, 'name'> = {
  customerId: null,
  organisation: '',
  sex: null,
  title: '',
  email: null,
  language: '',
  dialect: '',
  vip: false,
  note: '',
  tags: [],
}

export function contactInput(before: ContactInput, patch: ContactPatch): ContactInput {
  const input: Record<string, unknown> = {}
  for (const key of contactFields) input[key] = patch[key] === undefined ? before[key] : patch[key]
  return { ...before, ...input }
}

/** With a company behind it, what was told of the organisation is no longer needed: the company has a name. */
export function storedContact(id: string, input: ContactInput): store.StoredContact {
  const name = plain(input.name)
  const organisation = input.customerId === null ? plain(input.organisation) : ''
  return {
    id,
    customerId: input.customerId,
    name,
    ...spellingOf(name, ...(organisation === '' ? [] : [organisation])),
    organisation,
    sex: input.sex,
    title: plain(input.title),
    email: input.email === null || input.email.trim() === '' ? null : input.email.trim().toLowerCase(),
    language: input.language,
    dialect: plain(input.dialect),
    vip: input.vip,
    note: input.note.trim(),
    tags: [...new Set(input.tags.map(plain))],
  }
}

/** Fields that differ; the address masked, because the journal cannot be erased (G5). */
export function contactChanges(before: ContactInput, after: ContactInput) {
  const [was, is]: [Record<string, unknown>, Record<string, unknown>] = [{}, {}]
  for (const key of contactFields) {
    if (JSON.stringify(before[key]) === JSON.stringify(after[key])) continue
    was[key] = key === 'email' ? maskEmail(before.email) : before[key]
    is[key] = key === 'email' ? maskEmail(after.email) : after[key]
  }
  return { was, is, any: Object.keys(is).length > 0 }
}

/** Insert, numbers and journal entry, in the caller's transaction. */
export function addContact(
  work: Work,
  one: store.StoredContact,
  phones: readonly NewPhone[],
  origin: 'manual' | 'import',
  data = {},
): void {
  const { siteId } = work.ctx
  work.write(store.insertContact(siteId, one, origin, work.now, selfOf(work.ctx)))
  if (phones.length > 0) work.write(addPhones(siteId, { contactId: one.id }, phones))
  const { is } = contactChanges({ ...blankContact, name: '' }, one)
  work.journal({
    entity: 'contact',
    entityId: one.id,
    action: 'contact.created',
    version: 1,
    after: { ...is, origin, ...(phones.length > 0 ? { phones: journalPhones(phones) } : {}) },
    data,
  })
}

/** @throws DomainError `customer.unknown`; a merged company's id leads to the one kept */
export async function companyOf(work: Work, customerId: string): Promise<string> {
  const found = await work.maybe(currentCompany(work.ctx.siteId, customerId))
  if (found === undefined)
    throw new DomainError('customer.unknown', {}, [{ path: 'customerId', code: 'unknown' }])
  return found.id
}

/** @throws DomainError `entity.not-found` */
export async function contactCardOf(
  sql: Sql,
  siteId: string,
  lens: Lens,
  askedId: string,
): Promise<ContactAnswer> {
  const { employeeId } = lens.viewer
  const { id } = (await sql.maybe(currentContact(siteId, askedId))) ?? fail('entity.not-found')
  const [row, phones, promises, merges] = await Promise.all([
    sql.one(store.contactById(siteId, employeeId, id)),
    sql.all(phonesOf([id], [])),
    sql.all(promisesOf(null, [id])),
    sql.all(mergesInto(siteId, id)),
  ])
  const [company, team] =
    row.customerId === null
      ? [undefined, []]
      : await Promise.all([
          sql.maybe(companyById(siteId, employeeId, row.customerId)),
          sql.all(teamOf(row.customerId)),
        ])
  return presentContact(row, { phones, company, team, promises, merges }, lens)
}

/** Sent together, answered in order: the rows as they are under the lock. */
export async function lockedContacts(
  work: Work,
  me: string | null,
  ids: readonly string[],
): Promise<store.ContactRow[]> {
  const { siteId } = work.ctx
  const [, rows] = await Promise.all([
    work.run(store.lockContacts(siteId, ids)),
    work.all(store.contactsByIds(siteId, me, ids)),
  ])
  return rows
}

/** @throws DomainError `entity.not-found`, also for one merged away */
export async function lockedContact(work: Work, lens: Lens, id: string): Promise<store.ContactRow> {
  const [row] = await lockedContacts(work, lens.viewer.employeeId, [id])
  return row === undefined || row.mergedInto !== null ? fail('entity.not-found') : row
}
