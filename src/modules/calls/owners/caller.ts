/** Who is to be called back, as typed: number read, person recognised (C5: one person is one contact). */
import { DomainError } from '../../../kernel/errors.ts'
import type { Work } from '../../../kernel/work/command.ts'
import { cardOfContact, cardOfCustomer, phoneNumber, recogniseContact } from '../../customers/public.ts'

/** @throws DomainError `call.number-invalid` naming the field */
export function phoneOf(typed: string, path: string): string {
  if (typed.trim() === '') return ''
  const read = phoneNumber(typed)
  if (read === null) throw new DomainError('call.number-invalid', {}, [{ path, code: 'phone' }])
  return read.number
}

interface Typed {
  readonly callerName: string
  readonly organisation: string
  readonly phone: string
  readonly contactId: string | null
  readonly customerId: string | null
}

/** Ids the site does not know are left out; a name with a number belongs to somebody. */
export async function callerOf(
  work: Work,
  typed: Typed,
): Promise<{ contactId: string | null; customerId: string | null }> {
  const { siteId } = work.ctx
  const [contact, customer] = await Promise.all([
    typed.contactId === null ? undefined : work.maybe(cardOfContact(siteId, typed.contactId)),
    typed.customerId === null ? undefined : work.maybe(cardOfCustomer(siteId, typed.customerId)),
  ])
  const customerId = customer?.customerId ?? contact?.customerId ?? null
  if (contact !== undefined) return { contactId: contact.contactId, customerId }
  if (typed.callerName === '' || typed.phone === '') return { contactId: null, customerId }
  const contactId = await recogniseContact(work, {
    siteId,
    name: typed.callerName,
    number: typed.phone,
    organisation: typed.organisation,
    origin: 'call',
    at: work.now,
    by: work.ctx.actor.employeeId ?? work.ctx.actor.id,
  })
  const card = await work.maybe(cardOfContact(siteId, contactId))
  return { contactId, customerId: customerId ?? card?.customerId ?? null }
}
