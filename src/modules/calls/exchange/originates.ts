/**
 * Click-to-dial orders under way. OriginateResponse tells whether the colleague's own phone answered, but says `0` for
 * busy, rejected and unknown alike: the end of that phone's leg tells which.
 */
import type { Message } from './framing.ts'
import type { LegResult, OrderResult } from './link.ts'

interface Order {
  readonly settle: (result: OrderResult) => void
  readonly timer: NodeJS.Timeout
}

export class Originates {
  readonly #orders = new Map<string, Order>()
  readonly #timeoutMs: number

  constructor(timeoutMs: number) {
    this.#timeoutMs = timeoutMs
  }

  /** Under which OriginateResponse comes back. */
  actionId(orderId: string): string {
    return `dial-${orderId}`
  }

  has(orderId: string): boolean {
    return this.#orders.has(orderId)
  }

  /** What will become of the order; it never rejects. */
  expect(orderId: string): Promise<OrderResult> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.#settle(orderId, { ok: false, reason: 'timeout' }), this.#timeoutMs)
      this.#orders.set(orderId, { settle: resolve, timer })
    })
  }

  /** OriginateResponse; `legResult` tells what became of the phone with that channel, null when none was made. */
  answered(message: Message, legResult: (channelId: string) => LegResult | null): void {
    const actionId = message.get('ActionID') ?? ''
    const orderId = actionId.startsWith('dial-') ? actionId.slice('dial-'.length) : ''
    if (!this.#orders.has(orderId)) return
    if (message.get('Response') === 'Success') this.#settle(orderId, { ok: true, callId: orderId })
    else this.#settle(orderId, { ok: false, reason: reasonOf(message.get('Reason'), legResult(orderId)) })
  }

  disconnected(): void {
    for (const orderId of [...this.#orders.keys()])
      this.#settle(orderId, { ok: false, reason: 'not-connected' })
  }

  forget(orderId: string): void {
    const order = this.#orders.get(orderId)
    if (order) clearTimeout(order.timer)
    this.#orders.delete(orderId)
  }

  #settle(orderId: string, result: OrderResult): void {
    const order = this.#orders.get(orderId)
    this.forget(orderId)
    order?.settle(result)
  }
}

function reasonOf(
  reason: string | undefined,
  leg: LegResult | null,
): Exclude<OrderResult, { ok: true }>['reason'] {
  if (leg === 'busy' || leg === 'rejected') return leg
  // OriginateResponse may come before the hang-up of a phone that nobody answered.
  if (leg === 'no-answer' || leg === 'cancelled' || leg === 'ringing' || reason === '3') return 'no-answer'
  if (leg === null) return reason === '5' ? 'busy' : 'unknown-extension'
  return 'failed'
}
