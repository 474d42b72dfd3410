/** What a company is made of: entered, stored, compared; used by form, import and merge alike. */

import type { Sql } from '../../../kernel/db/sql.ts'
import { fail } from '../../../kernel/errors.ts'
import { spellingOf } from '../../../kernel/find/spelling.ts'
import type { Work } from '../../../kernel/work/command.ts'
import { peopleOf } from '../contacts/store.ts'
import { type Lens, selfOf } from '../house.ts'
import { mergesInto } from '../merges/store.ts'
import { openTransfer, ownershipsOf } from '../ownership/store.ts'
import { journalPhones } from '../phones/entered.ts'
import { addPhones, type NewPhone, phonesOf } from '../phones/store.ts'
import { type CustomerAnswer, presentCompany } from '../present.ts'
import { promisesOf } from '../promises/store.ts'
import { companyKey, type Grade, plain } from '../rules.ts'
import * as store from './store.ts'

export interface CompanyInput {
  readonly name: string
  readonly shortName: string
  readonly grade: Grade
  readonly industry: string
  readonly address: string
  readonly website: string
  readonly note: string
  readonly tags: readonly string[]
}
/** Fields a request left out are `undefined` there. */
export type CompanyPatch = { readonly [K in keyof CompanyInput]?: CompanyInput[K] | undefined }

export const companyFields = [
  'name',
  'shortName',
  'grade',
  'industry',
  'address',
  'website',
  'note',
  'tags',
] as const satisfies readonly (keyof CompanyInput)[]

export const blankCompany: Omit<CompanyInput, 'name'> = {
  shortName: '',
  grade: 'normal',
  industry: '',
  address: '',
  website: '',
  note: '',
  tags: [],
}

export function companyInput(before: CompanyInput, patch: CompanyPatch): CompanyInput {
  const input: Record<string, unknown> = {}
  for (const key of companyFields) input[key] = patch[key] === undefined ? before[key] : patch[key]
  return { ...before, ...input }
}

export function storedCompany(id: string, input: CompanyInput): store.StoredCompany {
  const [name, shortName] = [plain(input.name), plain(input.shortName)]
  return {
    id,
    name,
    shortName,
    ...spellingOf(name, ...(shortName === '' ? [] : [shortName])),
    key: companyKey(name),
    grade: input.grade,
    industry: plain(input.industry),
    address: plain(input.address),
    website: plain(input.website),
    note: input.note.trim(),
    tags: [...new Set(input.tags.map(plain))],
  }
}

/** Fields that differ, as the journal keeps them. */
export function companyChanges(before: CompanyInput, after: CompanyInput) {
  const [was, is]: [Record<string, unknown>, Record<string, unknown>] = [{}, {}]
  for (const key of companyFields) {
    if (JSON.stringify(before[key]) === JSON.stringify(after[key])) continue
    was[key] = before[key]
    is[key] = after[key]
  }
  return { was, is, any: Object.keys(is).length > 0 }
}

/** Insert, numbers and journal entry, in the caller's transaction. */
export function addCompany(
  work: Work,
  one: store.StoredCompany,
  phones: readonly NewPhone[],
  data = {},
): void {
  const { siteId } = work.ctx
  work.write(store.insertCompany(siteId, one, work.now, selfOf(work.ctx)))
  if (phones.length > 0) work.write(addPhones(siteId, { customerId: one.id }, phones))
  const { was: _, is } = companyChanges({ ...blankCompany, name: '' }, one)
  work.journal({
    entity: 'customer',
    entityId: one.id,
    action: 'customer.created',
    version: 1,
    after: { ...is, ...(phones.length > 0 ? { phones: journalPhones(phones) } : {}) },
    data,
  })
}

/**
 * The whole card, read as it stands now.
 * @throws DomainError `entity.not-found`
 */
export async function companyCard(
  sql: Sql,
  siteId: string,
  lens: Lens,
  askedId: string,
): Promise<CustomerAnswer> {
  const { employeeId } = lens.viewer
  const { id } = (await sql.maybe(store.currentCompany(siteId, askedId))) ?? fail('entity.not-found')
  const [row, phones, people, team, ownerships, transfer, merges] = await Promise.all([
    sql.one(store.companyById(siteId, employeeId, id)),
    sql.all(phonesOf([], [id])),
    sql.all(peopleOf(siteId, employeeId, id)),
    sql.all(store.teamOf(id)),
    sql.all(ownershipsOf(id)),
    sql.maybe(openTransfer(id)),
    sql.all(mergesInto(siteId, id)),
  ])
  const promises = await sql.all(
    promisesOf(
      id,
      people.map((one) => one.id),
    ),
  )
  return presentCompany(row, { phones, people, team, ownerships, transfer, promises, merges }, lens)
}

/** Sent together, answered in order: the rows as they are under the lock. */
export async function lockedCompanies(
  work: Work,
  me: string | null,
  ids: readonly string[],
): Promise<store.CompanyRow[]> {
  const { siteId } = work.ctx
  const [, rows] = await Promise.all([
    work.run(store.lockCompanies(siteId, ids)),
    work.all(store.companiesByIds(siteId, me, ids)),
  ])
  return rows
}

/** @throws DomainError `entity.not-found`, also for one merged away: commands go to the record kept */
export async function lockedCompany(work: Work, lens: Lens, id: string): Promise<store.CompanyRow> {
  const [row] = await lockedCompanies(work, lens.viewer.employeeId, [id])
  return row === undefined || row.mergedInto !== null ? fail('entity.not-found') : row
}
