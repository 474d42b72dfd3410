/** Click-to-dial (C15): one's own telephone rings, then the other's. The server knows the number behind a masked one (G5). */
import { may } from '../../../kernel/authorize.ts'
import type { RouteAnswer, RouteInput } from '../../../kernel/contract.ts'
import { DomainError, fail, failWith } from '../../../kernel/errors.ts'
import { maskNumber } from '../../../kernel/telephone/mask.ts'
import { type Ctx, command, query, type Work } from '../../../kernel/work/command.ts'
import { cardOfContact, numbersToDial } from '../../customers/public.ts'
import { employeeCard } from '../../directory/public.ts'
import { mayReveal as mayRevealCallback } from '../callbacks/policy.ts'
import { findCallback } from '../callbacks/store.ts'
import { callErrors } from '../card/contract.ts'
import { viewerOf as callViewer } from '../house.ts'
import { mayReveal as mayRevealMessage } from '../messages/policy.ts'
import { findMessage } from '../messages/store.ts'
import { viewerOf } from '../owners/owner.ts'
import { numberOf } from '../people.ts'
import { maySee, maySeeParty } from '../policy.ts'
import { reachedAt } from '../row.ts'
import { involvedIn } from '../step.ts'
import { findCall } from '../store.ts'
import type { exchange } from './contract.ts'
import { asDialled, writeOrder } from './order.ts'
import * as store from './store.ts'

const refuse = failWith(callErrors)

type Body = RouteInput<typeof exchange.dial>['body']
type OrderAnswer = RouteAnswer<typeof exchange.dial>

/** Whom the call is for; what the record of the call begins with. */
interface Party {
  readonly number: string
  readonly contactId?: string | null
  readonly customerId?: string | null
  readonly name?: string
  readonly organisation?: string
}

export async function dial(ctx: Ctx, { body }: { body: Body }): Promise<OrderAnswer> {
  mustNameOne(body)
  return command(ctx, async (work) => {
    const { employeeId } = ctx.actor
    const [link, self, party] = await Promise.all([
      work.maybe(store.linkOf(ctx.siteId)),
      employeeId === null ? undefined : work.maybe(employeeCard(ctx.siteId, employeeId)),
      partyOf(ctx, work, body),
    ])
    const extension = self?.extension ?? ''
    if (extension === '') return refuse('line.no-extension')
    if (party.number === '' || party.number === extension)
      return refuse('call.number-invalid', {}, [{ path: 'number', code: 'phone' }])
    if (link?.state !== 'up' || !link.enabled) return refuse('exchange.not-connected')
    const { name = '', organisation = '', contactId = null, customerId = null } = party
    const id = writeOrder(work, {
      id: body.id,
      kind: 'dial',
      callbackId: body.callbackId ?? null,
      payload: {
        extension,
        number: asDialled(party.number, link.address.outsidePrefix ?? ''),
        showAs: name || organisation || maskNumber(party.number),
        name,
        organisation,
        ...(contactId === null ? {} : { contactId }),
        ...(customerId === null ? {} : { customerId }),
      },
    })
    return { id, status: 'asked', result: null, callId: null }
  })
}

const ways = ['number', 'contactId', 'employeeId', 'callbackId', 'messageId', 'callId'] as const

function mustNameOne(body: Body): void {
  const named = ways.filter((way) => body[way] !== undefined && body[way] !== '')
  if (named.length === 1) return
  throw new DomainError('input.invalid', {}, [{ path: named[1] ?? 'number', code: 'exactly-one' }])
}

async function partyOf(ctx: Ctx, work: Work, body: Body): Promise<Party> {
  const { siteId } = ctx
  if (body.number !== undefined) return { number: numberOf(body.number, 'number').number }
  if (body.employeeId !== undefined) {
    const colleague = await work.maybe(employeeCard(siteId, body.employeeId))
    if (colleague === undefined) return fail('entity.not-found')
    return { number: colleague.extension ?? colleague.mobile ?? '', name: colleague.name }
  }
  if (body.contactId !== undefined) return await contact(ctx, work, body.contactId)
  if (body.callbackId !== undefined) {
    const [row, viewer] = await Promise.all([
      work.maybe(findCallback(siteId, body.callbackId)),
      viewerOf(ctx, work),
    ])
    if (row === undefined || !may(ctx, 'callback.use') || !mayRevealCallback(viewer, row))
      return fail('entity.not-found')
    return { ...namedIn(row), number: row.phone }
  }
  if (body.messageId !== undefined) {
    const [row, viewer] = await Promise.all([
      work.maybe(findMessage(siteId, body.messageId)),
      viewerOf(ctx, work),
    ])
    if (row === undefined || !may(ctx, 'message.act') || !mayRevealMessage(viewer, row))
      return fail('entity.not-found')
    return { ...namedIn(row), number: row.phone }
  }
  return await fromCall(ctx, work, body.callId ?? '')
}

function namedIn(row: {
  contact_id: string | null
  customer_id: string | null
  caller_name: string
  organisation: string
}): Omit<Party, 'number'> {
  return {
    contactId: row.contact_id,
    customerId: row.customer_id,
    name: row.caller_name,
    organisation: row.organisation,
  }
}

async function contact(ctx: Ctx, work: Work, id: string): Promise<Party> {
  if (!may(ctx, 'customer.read')) return fail('entity.not-found')
  const [card, numbers] = await Promise.all([
    work.maybe(cardOfContact(ctx.siteId, id)),
    work.all(numbersToDial(ctx.siteId, id, ctx.actor.employeeId)),
  ])
  const [first] = numbers
  if (card === undefined) return fail('entity.not-found')
  // Whose contact it is, or whoever sees every record in full.
  if (first !== undefined && !first.own && !may(ctx, 'customer.read-all')) return fail('entity.not-found')
  return {
    number: first?.number ?? '',
    contactId: card.contactId,
    customerId: card.customerId,
    name: card.contactName,
    organisation: card.customerName,
  }
}

async function fromCall(ctx: Ctx, work: Work, id: string): Promise<Party> {
  const row = await work.maybe(findCall(ctx.siteId, id))
  const viewer = callViewer(ctx)
  if (row === undefined) return fail('entity.not-found')
  const involved = await involvedIn(work, viewer, row)
  if (!maySee(viewer, row, involved) || !maySeeParty(viewer, row, involved)) return fail('entity.not-found')
  return {
    number: row.direction === 'internal' ? row.caller_extension : reachedAt(row),
    contactId: row.contact_id,
    customerId: row.customer_id,
    name: row.contact_name || row.caller_shown,
    organisation: row.organisation,
  }
}

/** One's own orders; another's are nobody's business. */
export async function order(
  ctx: Ctx,
  { params }: RouteInput<typeof exchange.order>,
): Promise<RouteAnswer<typeof exchange.order>> {
  const row = await query(ctx).maybe(store.findOrder(ctx.siteId, params.id))
  const mine = row !== undefined && ctx.actor.employeeId !== null && row.byId === ctx.actor.employeeId
  if (row === undefined || !mine) return fail('entity.not-found')
  const { id, status, result, callId } = row
  return { id, status, result, callId }
}
