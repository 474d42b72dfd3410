/** Who is on the line: numbers read, contacts recognised, colleagues found. */
import type { Sql } from '../../kernel/db/sql.ts'
import { DomainError } from '../../kernel/errors.ts'
import { tidy } from '../../kernel/find/spelling.ts'
import type { Work } from '../../kernel/work/command.ts'
import {
  type CallerCard,
  cardsByNumber,
  phoneNumber,
  recogniseContact,
  touchContact,
} from '../customers/public.ts'
import { byHand } from './routing/store.ts'
import { type CallRow, reachedAt } from './row.ts'
import type { CallPatch } from './store.ts'

/**
 * @returns '' for nothing typed
 * @throws DomainError `call.number-invalid` at `path` when it is no telephone number
 */
export function readNumber(text: string, path: string): string {
  return text === '' ? '' : numberOf(text, path).number
}

export function numberOf(text: string, path: string) {
  const read = phoneNumber(text)
  if (read === null) throw new DomainError('call.number-invalid', {}, [{ path, code: 'phone' }])
  return read
}

/** What of a card goes onto the record; what somebody took down already stays. */
export function columnsOf(
  card: CallerCard,
): Pick<CallRow, 'contact_id' | 'customer_id' | 'contact_name' | 'organisation'> {
  return {
    contact_id: card.contactId,
    customer_id: card.customerId,
    contact_name: card.contactName,
    organisation: card.customerName,
  }
}

/**
 * The record begins with who has the number: one contact → that one; several of one company → the company. An extension
 * of the house → the colleague.
 */
export async function recogniseCaller(
  sql: Sql,
  siteId: string,
  from: { readonly number: string; readonly extension: string },
): Promise<Partial<CallRow>> {
  if (from.extension !== '') {
    const colleague = await sql.maybe(byHand(siteId, null, from.extension))
    return colleague?.name == null ? {} : { contact_name: colleague.name }
  }
  if (from.number === '') return {}
  const cards = await sql.all(cardsByNumber(siteId, from.number))
  const [first, second] = cards
  if (first === undefined) return {}
  if (second === undefined) return columnsOf(first)
  const contacts = cards.filter(({ contactId }) => contactId !== null)
  if (contacts.length === 1 && contacts[0] !== undefined) return columnsOf(contacts[0])
  const companies = new Set(cards.map(({ customerId }) => customerId))
  return companies.size === 1 && first.customerId !== null
    ? { customer_id: first.customerId, organisation: first.customerName }
    : {}
}

/** Of a record that nobody's contact is on yet: the person is found or made, so that the next call knows them (C5). */
export async function learnContact(work: Work, call: CallRow): Promise<CallPatch> {
  const concerns = [call.handler_id, call.wanted_id].filter((id) => id !== null)
  const at = call.started_at
  if (call.contact_id !== null) {
    await touchContact(work, { siteId: call.site_id, id: call.contact_id, at, concerns })
    return {}
  }
  const name = tidy(call.contact_name)
  const phone = reachedAt(call)
  const somebody = name !== '' && (phone !== '' || call.organisation !== '')
  const nobody = call.direction === 'internal' || call.outcome === 'wrong-number' || call.private
  if (!somebody || nobody) return {}
  const id = await recogniseContact(work, {
    siteId: call.site_id,
    name,
    number: phone === '' ? null : phone,
    organisation: call.organisation,
    origin: 'call',
    at,
    by: work.ctx.actor.employeeId ?? work.ctx.actor.id,
    concerns,
  })
  return { contact_id: id }
}
