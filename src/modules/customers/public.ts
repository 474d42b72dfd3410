/**
 * What operations modules may ask of the customers (C5, S10). Everything is of one site. Numbers are in full here and
 * must be masked before they are shown (G5).
 */
import type { Sql, Statement } from '../../kernel/db/sql.ts'
import {
  type NumberOptions,
  showNumber as show,
  type TelephoneNumber,
  telephoneNumber,
} from '../../kernel/telephone/number.ts'
import type { CallerCard } from './cards/card.ts'
import * as cards from './cards/store.ts'
import { knownFromVisits } from './personal/store.ts'
import * as phones from './phones/store.ts'
import { recognise, type Seen } from './recognise/service.ts'
import { concern, currentContact, seen } from './recognise/store.ts'
import { companyKey } from './rules.ts'
import { sameRecord } from './timeline/store.ts'

export type { CallerCard }

/** PURE. See `telephoneNumber` of kernel/telephone: one form for every spelling, null when it is no number. */
export function phoneNumber(text: string, options?: NumberOptions): TelephoneNumber | null {
  return telephoneNumber(text, options)
}

/** PURE. In groups for the eye: `138 1234 5678`, `0755-6666 8000`. */
export function showNumber(number: string): string {
  return show(number)
}

/**
 * Cards of those who have the number (as `phoneNumber` reads it), at most five: people before companies, the one seen
 * last first. C5, C15.
 */
export function cardsByNumber(siteId: string, number: string): Statement<CallerCard> {
  return cards.cardsByNumber(siteId, number)
}

/** One row, or none for an id the site does not know; the id of a merged contact gives the one kept. */
export function cardOfContact(siteId: string, id: string): Statement<CallerCard> {
  return cards.cardOfContact(siteId, id)
}

/** Where the contact is called, own numbers first; `own`: the employee has to do with them (G5). */
export function numbersToDial(
  siteId: string,
  contactId: string,
  employeeId: string | null,
): Statement<{ number: string; own: boolean }> {
  return phones.numbersToDial(siteId, contactId, employeeId)
}

/** As `cardOfContact`, of a company; `contactId` is null. */
export function cardOfCustomer(siteId: string, id: string): Statement<CallerCard> {
  return cards.cardOfCustomer(siteId, id)
}

/**
 * Finds the contact a visit or a call is about, or creates it, inside the caller's transaction (a `Work` or a follower's
 * `Sql`); others asking about the same person wait for its end. Same number and a name that does not contradict → that
 * one; no number → namesake of the same organisation. A company of that name is linked, the contact counts as seen.
 * @returns the contact's id
 * @throws Error when neither a name nor a number is given
 */
export function recogniseContact(sql: Sql, input: Seen): Promise<string> {
  return recognise(sql, input)
}

/**
 * The contact was here or on the telephone once more. `concerns`: employees whose visitor or caller it was; they see the
 * record in full from now on (G5). Not an edit: the version stays.
 */
export async function touchContact(
  sql: Sql,
  input: {
    readonly siteId: string
    readonly id: string
    readonly at: Date
    readonly concerns?: readonly string[]
  },
): Promise<void> {
  const kept = await sql.maybe(currentContact(input.siteId, input.id))
  if (kept === undefined) return
  await sql.run(seen(input.siteId, kept.id, input.at))
  const people = [...new Set(input.concerns ?? [])]
  if (people.length > 0) await sql.run(concern(input.siteId, kept.id, people, input.at))
}

/**
 * The ids a contact and a company stand for: their own and all merged into them. What happened under the others is theirs,
 * too (C5: one person is one person). null for null; empty for an unknown id.
 */
export async function sameParties(
  sql: Sql,
  siteId: string,
  asked: { readonly contactId?: string | null | undefined; readonly customerId?: string | null | undefined },
): Promise<{
  readonly contactIds: readonly string[] | null
  readonly customerIds: readonly string[] | null
}> {
  const idsOf = async (table: 'customer' | 'contact', id: string | null | undefined) =>
    id == null ? null : (await sql.all(sameRecord(table, siteId, id))).map((row) => row.id)
  const [contactIds, customerIds] = await Promise.all([
    idsOf('contact', asked.contactId),
    idsOf('customer', asked.customerId),
  ])
  return { contactIds, customerIds }
}

/** V6: the active colleague whose customer a visitor is, by the contact or the organisation they name; no row: nobody's. */
export function ownerOfVisitor(
  siteId: string,
  contactId: string | null,
  organisation: string,
): Statement<{ ownerId: string }> {
  return cards.ownerOf(siteId, contactId, { name: organisation, key: companyKey(organisation) })
}

/** G5: of these contacts those the house knows from visits alone and has not seen since: their time ends with the visits'. */
export function contactsKnownFromVisits(
  siteId: string,
  ids: readonly string[],
  notSeenSince: Date,
): Statement<{ id: string }> {
  return knownFromVisits(siteId, ids, notSeenSince)
}
