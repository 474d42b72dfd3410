/**
 * Orders go out from the node that holds the link, each at most once: an order is marked as sent before it is sent. If
 * this node dies in between, it is told as failed with "not known" and never sent again; a caller rung twice is worse
 * than a button to be pressed again.
 */
import { type Kernel, systemCtx } from '../../../kernel/kernel.ts'
import { command, type Work } from '../../../kernel/work/command.ts'
import type { ExchangeLink, OrderResult } from '../exchange/link.ts'
import { endHop } from '../store.ts'
import { exchangeActor } from './records/apply.ts'
import { orderSeconds, refusalOfHop, silentSeconds } from './rules.ts'
import * as store from './store.ts'

export class Orders {
  readonly #kernel: Kernel
  readonly #siteId: string
  readonly #link: ExchangeLink
  readonly #under = new Set<Promise<void>>()
  #looking: Promise<void> | null = null
  #again = false
  #stopped = false

  constructor(kernel: Kernel, siteId: string, link: ExchangeLink) {
    this.#kernel = kernel
    this.#siteId = siteId
    this.#link = link
  }

  /** Something may be waiting. Quick, and never twice at once. */
  look(): void {
    if (this.#stopped) return
    if (this.#looking !== null) {
      this.#again = true
      return
    }
    this.#looking = this.#take()
      .catch((error: unknown) => this.#kernel.log.warn({ err: error }, 'orders to the exchange wait'))
      .then(() => {
        this.#looking = null
        if (!this.#again) return
        this.#again = false
        this.look()
      })
  }

  async stop(): Promise<void> {
    this.#stopped = true
    await this.#looking
    await Promise.all(this.#under)
  }

  async #take(): Promise<void> {
    const since = new Date(this.#kernel.clock.now().getTime() - orderSeconds * 1000)
    for (const order of await this.#kernel.sql.all(store.takeOrders(this.#siteId, since))) {
      const done = this.#carryOut(order)
        .catch((error: unknown) =>
          this.#kernel.log.error({ err: error, order: order.id }, 'an order went wrong'),
        )
        .finally(() => this.#under.delete(done))
      this.#under.add(done)
    }
  }

  async #carryOut(order: store.OrderRow): Promise<void> {
    await endOrder(this.#kernel, order, await send(this.#link, order))
  }
}

async function send(link: ExchangeLink, { id, kind, payload }: store.OrderRow): Promise<OrderResult> {
  const { extension = '', exchangeId = '', to = '', number = '' } = payload
  if (kind === 'dial') return link.dial({ orderId: id, extension, number, showAs: payload.showAs ?? null })
  if (kind === 'hang-up') return link.hangUp({ callId: exchangeId, extension })
  return link.transfer({
    callId: exchangeId,
    extension,
    to,
    kind: payload.kind === 'attended' ? 'attended' : 'blind',
  })
}

export type OrderEnd =
  | OrderResult
  /** Nobody sent it in time; it was sent and nobody heard what became of it. */
  | { readonly ok: false; readonly reason: 'too-late' | 'not-known' }

/** Result, journal, and the hop it was for: a try that the exchange refused at once is over. */
async function endOrder(kernel: Kernel, order: store.OrderRow, end: OrderEnd): Promise<void> {
  await command(systemCtx(kernel, order.siteId, exchangeActor), async (work) => {
    const row = await work.maybe(store.lockOrder(order.siteId, order.id))
    if (row === undefined || row.status === 'done' || row.status === 'failed') return
    const status = end.ok ? 'done' : 'failed'
    const result = end.ok ? 'ok' : end.reason
    const exchangeId = end.ok ? end.callId : null
    const call =
      row.callId === null && exchangeId !== null
        ? await work.maybe(store.callOfExchange(row.siteId, exchangeId))
        : undefined
    work.write(store.endOrder(row.id, status, result, call?.id ?? null, work.now))
    work.journal({
      entity: 'exchange',
      entityId: row.id,
      action: end.ok ? 'exchange.carried-out' : 'exchange.order-failed',
      before: { status: row.status },
      after: { kind: row.kind, status, result },
      data: { callId: row.callId ?? call?.id ?? null, hopId: row.hopId, people: [row.byId] },
    })
    if (!end.ok && row.hopId !== null && row.callId !== null) await overForHop(work, row, result)
  })
}

async function overForHop(work: Work, order: store.OrderRow, reason: string): Promise<void> {
  const { hopId, callId } = order
  if (hopId === null || callId === null) return
  const hop = await work.maybe(store.openHop(hopId))
  if (hop === undefined) return
  const result = refusalOfHop(reason)
  const seconds = Math.max(0, work.now.getTime() - hop.startedAt.getTime()) / 1000
  work.write(endHop(hopId, { result, ended_at: work.now, seconds, measured: true, note: reason }))
  work.journal({
    entity: 'call',
    entityId: callId,
    action: 'call.hop-ended',
    after: { result },
    data: {
      hopId,
      target: hop.targetName,
      extension: hop.targetExtension,
      result,
      reason,
      people: [order.byId],
    },
  })
}

/** Every node does it: an order must not wait for ever because no node holds the link. */
export async function failStale(kernel: Kernel): Promise<void> {
  const now = kernel.clock.now().getTime()
  const asked = new Date(now - orderSeconds * 1000)
  const sent = new Date(now - silentSeconds * 1000)
  for (const order of await kernel.sql.all(store.staleOrders(asked, sent)))
    await endOrder(kernel, order, { ok: false, reason: order.status === 'asked' ? 'too-late' : 'not-known' })
}
