/** One person known from visits and calls is one person (C5): find or create, whoever comes first. */
import { systemActor } from '../../../kernel/actor.ts'
import type { Sql } from '../../../kernel/db/sql.ts'
import { spellingOf } from '../../../kernel/find/spelling.ts'
import { newId } from '../../../kernel/ids.ts'
import type { NewEntry } from '../../../kernel/journal/entry.ts'
import { insertEntries } from '../../../kernel/journal/store.ts'
import { maskNumber } from '../../../kernel/telephone/mask.ts'
import { type TelephoneNumber, telephoneNumber } from '../../../kernel/telephone/number.ts'
import type { Work } from '../../../kernel/work/command.ts'
import { addPhones } from '../phones/store.ts'
import { betterName, companyKey, meantByNumber, plain, sexSaid, surnameOnly } from '../rules.ts'
import * as store from './store.ts'

export interface Seen {
  readonly siteId: string
  /** '' when it was not said. */
  readonly name: string
  /** In any spelling; extensions of the house are nobody's own. */
  readonly number: string | null
  readonly organisation: string
  readonly origin: 'visit' | 'call'
  readonly sex?: 'female' | 'male' | null
  /** When the person was here or on the telephone. */
  readonly at: Date
  /** Employee or account that recorded it; written into `created_by`. */
  readonly by: string
  /** Employees whose visitor or caller it was: they see the record in full from now on. */
  readonly concerns?: readonly string[]
}

/** Inside the caller's transaction, which stays locked for others asking about the same person. @returns the contact's id */
export async function recognise(sql: Sql, seen: Seen): Promise<string> {
  const name = plain(seen.name)
  const organisation = plain(seen.organisation)
  const read = seen.number === null ? null : telephoneNumber(seen.number)
  const number = read?.kind === 'extension' ? null : read
  if (name === '' && number === null) throw new Error('neither name nor number: nobody to recognise')
  const { siteId } = seen
  const keys = [`${siteId}|name|${name.toLowerCase()}|${companyKey(organisation || '-')}`]
  if (number !== null) keys.push(`${siteId}|number|${number.number}`)
  await sql.run(store.lockKeys(keys))
  const [withNumber, companies] = await Promise.all([
    number === null ? [] : sql.all(store.contactsWithNumber(siteId, number.number)),
    organisation === '' ? [] : sql.all(store.customersCalled(siteId, organisation, companyKey(organisation))),
  ])
  const known =
    meantByNumber(withNumber, name, number?.kind === 'mobile') ??
    (await namesake(sql, { siteId, name, organisation, hasNumber: number !== null }, companies))
  const told = {
    ...seen,
    name,
    organisation,
    customerId: companies.length === 1 ? (companies[0]?.id ?? null) : null,
  }
  const id = known === undefined ? await create(sql, told, number) : await learn(sql, known, told, number)
  const people = [...new Set(seen.concerns ?? [])]
  if (people.length > 0) await sql.run(store.concern(siteId, id, people, seen.at))
  return id
}

interface Told extends Seen {
  /** The one company of that name. */
  readonly customerId: string | null
}

/**
 * By name and organisation, where no number tells: of two namesakes nobody can say which. Somebody telling a number is
 * the namesake only when that one has none yet, and a form of address alone is nobody.
 */
async function namesake(
  sql: Sql,
  told: { siteId: string; name: string; organisation: string; hasNumber: boolean },
  companies: readonly { id: string }[],
): Promise<store.KnownContact | undefined> {
  const { siteId, name, organisation, hasNumber } = told
  if (name === '') return undefined
  if (hasNumber && (organisation === '' || surnameOnly(name) !== null)) return undefined
  const ids = companies.map(({ id }) => id)
  const found = await sql.all(store.contactsNamed(siteId, name, organisation, ids))
  const possible = hasNumber || organisation === '' ? found.filter((one) => !one.hasPhone) : found
  return possible.length === 1 || organisation === '' ? possible[0] : undefined
}

async function create(sql: Sql, told: Told, number: TelephoneNumber | null): Promise<string> {
  const id = newId()
  const name = told.name || maskNumber(number?.number ?? '')
  const { pinyin, initials, terms } = spellingOf(name, told.organisation)
  const now = nowOf(sql, told)
  const sex = told.sex ?? sexSaid(name)
  await sql.run(store.insertRecognised({ ...told, id, name, pinyin, initials, terms, sex, now, by: told.by }))
  if (number !== null) await sql.run(addPhones(told.siteId, { contactId: id }, [{ ...number, label: '' }]))
  await note(sql, told, {
    entity: 'contact',
    entityId: id,
    action: 'contact.created',
    version: 1,
    after: {
      name,
      organisation: told.organisation,
      customerId: told.customerId,
      origin: told.origin,
      ...(number === null ? {} : { phones: [maskNumber(number.number)] }),
    },
  })
  return id
}

async function learn(
  sql: Sql,
  known: store.KnownContact,
  told: Told,
  number: TelephoneNumber | null,
): Promise<string> {
  const is = {
    name: betterName(known.name, told.name) ? told.name : known.name,
    organisation: known.organisation || (known.customerId === null ? told.organisation : ''),
    customerId: known.customerId ?? told.customerId,
    sex: known.sex ?? told.sex ?? sexSaid(told.name),
  }
  const changed = (['name', 'organisation', 'customerId', 'sex'] as const).filter(
    (key) => is[key] !== known[key],
  )
  if (changed.length > 0) {
    const { pinyin, initials, terms } = spellingOf(is.name, is.organisation)
    await sql.run(store.improveContact(known.id, { ...is, pinyin, initials, terms }, nowOf(sql, told)))
    await note(sql, told, {
      entity: 'contact',
      entityId: known.id,
      action: 'contact.learned',
      version: known.version + 1,
      before: Object.fromEntries(changed.map((key) => [key, known[key]])),
      after: Object.fromEntries(changed.map((key) => [key, is[key]])),
    })
  }
  if (number !== null)
    await sql.run(addPhones(told.siteId, { contactId: known.id }, [{ ...number, label: '' }], 50))
  await sql.run(store.seen(told.siteId, known.id, told.at))
  return known.id
}

function isWork(sql: Sql): sql is Work {
  return 'journal' in sql
}

const nowOf = (sql: Sql, told: Told) => (isWork(sql) ? sql.now : told.at)

/** Followers have no unit of work: what they change is the product's own doing, and says whose news it was. */
async function note(sql: Sql, told: Told, entry: NewEntry): Promise<void> {
  if (isWork(sql)) {
    sql.journal(entry)
    return
  }
  const frame = { at: told.at, siteId: told.siteId, actor: systemActor, requestId: newId() }
  await sql.run(insertEntries(frame, [{ ...entry, data: { ...entry.data, by: told.by } }]))
}
