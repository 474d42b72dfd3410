/** Orders to the exchange, written in the command's transaction; the node that holds the link carries them out. */
import { failWith } from '../../../kernel/errors.ts'
import { newId } from '../../../kernel/ids.ts'
import type { Work } from '../../../kernel/work/command.ts'
import { phoneNumber } from '../../customers/public.ts'
import { callErrors } from '../card/contract.ts'
import { dialled } from './rules.ts'
import * as store from './store.ts'

const fail = failWith(callErrors)

export interface TransferOrder {
  readonly callId: string
  /** Its result is set when the exchange says at once that it cannot be done. */
  readonly hopId: string
  /** Extension, or a number outside the house as `phoneNumber` reads it. */
  readonly to: string
  readonly kind: 'blind' | 'attended'
}

/**
 * The exchange hands the caller on (C3). Carried out within about 100 ms, or never.
 * @returns the order's id
 * @throws DomainError `exchange.not-connected` without a link, or when the call is not one of the exchange's
 */
export async function orderTransfer(work: Work, order: TransferOrder): Promise<string> {
  const { phone, prefix } = await phoneOnCall(work, order.callId)
  const to = asDialled(order.to, prefix)
  return writeOrder(work, {
    kind: 'transfer',
    callId: order.callId,
    hopId: order.hopId,
    payload: { exchangeId: phone.exchangeId, extension: phone.extension, to, kind: order.kind },
  })
}

/**
 * The exchange ends the colleague's part of the call.
 * @throws DomainError `exchange.not-connected` as `orderTransfer`
 */
export async function orderHangUp(work: Work, callId: string): Promise<string> {
  const { phone } = await phoneOnCall(work, callId)
  return writeOrder(work, {
    kind: 'hang-up',
    callId,
    payload: { exchangeId: phone.exchangeId, extension: phone.extension },
  })
}

/** As the exchange's dial plan wants it; what `phoneNumber` cannot read goes as it is, and the driver refuses what is no number. */
export function asDialled(number: string, prefix: string): string {
  const read = phoneNumber(number)
  return read === null ? number : dialled(read.number, read.kind, prefix)
}

async function phoneOnCall(work: Work, callId: string) {
  const { siteId, actor } = work.ctx
  const [link, phone] = await Promise.all([
    work.maybe(store.linkOf(siteId)),
    work.maybe(store.phoneOnCall(siteId, callId, actor.employeeId)),
  ])
  if (link?.state !== 'up' || !link.enabled) return fail('exchange.not-connected')
  if (phone === undefined || phone.extension === '') return fail('exchange.not-connected')
  return { phone, prefix: link.address.outsidePrefix ?? '' }
}

export interface NewOrder {
  readonly id?: string | undefined
  readonly kind: 'dial' | 'transfer' | 'hang-up'
  readonly callId?: string | null
  readonly hopId?: string | null
  readonly callbackId?: string | null
  readonly payload: Readonly<Record<string, string>>
}

/** The journal entry is what wakes the node that holds the link. Numbers stay in the row. */
export function writeOrder(work: Work, order: NewOrder): string {
  const { actor, siteId } = work.ctx
  const id = order.id ?? newId()
  const { kind, callId = null, hopId = null, callbackId = null } = order
  work.write(
    store.insertOrder({
      id,
      siteId,
      kind,
      callId,
      hopId,
      callbackId,
      payload: order.payload,
      at: work.now,
      byId: actor.employeeId,
      byName: actor.name,
    }),
  )
  work.journal({
    entity: 'exchange',
    entityId: id,
    action: 'exchange.ordered',
    after: { kind, status: 'asked' },
    data: { callId, hopId, callbackId, people: actor.employeeId === null ? [] : [actor.employeeId] },
  })
  return id
}
