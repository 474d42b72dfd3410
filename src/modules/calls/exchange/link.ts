/**
 * What the house and a telephone exchange say to each other, whatever the make (C15). A driver (Asterisk is the first)
 * turns its exchange's events into snapshots of whole calls; the module records them. PURE: types only.
 */

export type LegResult =
  | 'ringing'
  | 'answered'
  | 'busy'
  | 'no-answer'
  | 'rejected'
  /** Somebody else took the call, or a phone sent it on by itself. */
  | 'elsewhere'
  | 'forwarded'
  /** The caller gave up, or whoever dialled stopped dialling. */
  | 'cancelled'
  /** No such phone, not registered, congestion. */
  | 'failed'

/** One phone that was rung for the call; in the order they began. */
export interface ExchangeLeg {
  /** The exchange's own id of the channel. */
  readonly id: string
  /** Of the phone by its device, never by the number it shows; null for an outside line. */
  readonly extension: string | null
  /** Dialled number of an outside leg, else the extension. */
  readonly number: string | null
  /** What made it ring. `originate`: the colleague's own phone of a click-to-dial. */
  readonly cause: 'dial' | 'blind-transfer' | 'consultation' | 'pickup' | 'queue' | 'redirect' | 'originate'
  /**
   * Extension that sent the call here: whoever transferred, consulted or forwarded; in a chain of the dial plan (busy →
   * manager) the extension before, which did not take it.
   */
  readonly sentBy: string | null
  readonly beganAt: string
  /** First sound at that phone; null when it never rang. */
  readonly ringingAt: string | null
  readonly answeredAt: string | null
  readonly endedAt: string | null
  readonly result: LegResult
  /**
   * Seconds with three decimals, from the exchange's clock when it sends one; null while it rings, when it never rang,
   * or when part of the ringing was not heard.
   */
  readonly ringSeconds: number | null
  /** Counted from the cadence of the setting; null where `ringSeconds` is. */
  readonly rings: number | null
  /** Finished stretches of talk; a talk that goes on is added when it ends or pauses. Time on hold is part of it. */
  readonly talkSeconds: number
  /** Of the talk, how long one side had put the other on hold. */
  readonly heldSeconds: number
}

export interface ExchangeTransfer {
  readonly at: string
  readonly kind: 'blind' | 'attended'
  /** Extension that handed the call on. */
  readonly by: string | null
  /** Number it was handed to. */
  readonly to: string | null
  /** What became of it: the result of the leg it led to; `ringing` while open. */
  readonly result: LegResult
}

export type ExchangeOutcome =
  | 'open'
  | 'answered'
  /** Caller hung up before anybody answered. */
  | 'abandoned'
  | 'busy'
  | 'no-answer'
  | 'rejected'
  | 'failed'
  /** Vanished while the exchange could not be heard; closed honestly, its end unknown. */
  | 'lost'

/** A whole call as known now. The same `id` comes again with a higher `revision` whenever something changed. */
export interface ExchangeCall {
  /** Stable over the life of the call and unique for the exchange, also over its restarts. */
  readonly id: string
  readonly revision: number
  /** Set when the call turned out to be part of another (a consultation that became a transfer): drop it for that one. */
  readonly mergedInto: string | null
  readonly direction: 'in' | 'out' | 'internal'
  readonly callerNumber: string | null
  readonly callerName: string | null
  /** Extension of the caller for calls from inside. */
  readonly callerExtension: string | null
  readonly dialled: string | null
  readonly queue: string | null
  readonly startedAt: string
  readonly ringingAt: string | null
  /** First answer by a person; a voice menu or queue greeting is not one. */
  readonly answeredAt: string | null
  readonly answeredBy: string | null
  readonly endedAt: string | null
  readonly endedBy: 'caller' | 'callee' | 'exchange' | null
  readonly outcome: ExchangeOutcome
  readonly legs: readonly ExchangeLeg[]
  readonly transfers: readonly ExchangeTransfer[]
  /**
   * Made up from a list of channels, because the call (or a part of it) began while the exchange was not heard: times and
   * legs before that are missing, so a fuller record of the same id is to be completed, not replaced.
   */
  readonly rebuilt?: true
}

export type DeviceState = 'idle' | 'ringing' | 'in-use' | 'on-hold' | 'unavailable' | 'unknown'

export type LinkState = 'connecting' | 'up' | 'down' | 'refused' | 'stopped'

/** What a link hears. Calls come in the order the exchange told them. */
export interface ExchangeListener {
  call(call: ExchangeCall): void
  device(extension: string, state: DeviceState, at: string): void
  /** `reason` is for the log and the settings screen: `login-refused`, `connection-refused`, `timeout`, `shutdown` … */
  link(state: LinkState, reason: string | null, at: string): void
}

export type OrderResult =
  | { readonly ok: true; readonly callId: string | null }
  | {
      readonly ok: false
      readonly reason:
        | 'busy'
        | 'no-answer'
        | 'rejected'
        | 'unknown-extension'
        | 'not-allowed'
        | 'not-connected'
        | 'no-such-call'
        | 'timeout'
        | 'failed'
    }

/** A connection to one exchange; reconnects by itself until stopped. */
export interface ExchangeLink {
  readonly state: LinkState
  start(): void
  stop(): Promise<void>
  /** Rings the colleague's phone, then dials (click-to-dial). `orderId` is known to the caller before the exchange answers. */
  dial(order: {
    orderId: string
    extension: string
    number: string
    showAs: string | null
  }): Promise<OrderResult>
  /** Hands the outside party of the call on; attended lets the colleague speak first. */
  transfer(order: {
    callId: string
    extension: string
    to: string
    kind: 'blind' | 'attended'
  }): Promise<OrderResult>
  hangUp(order: { callId: string; extension: string }): Promise<OrderResult>
}

/** How to reach one exchange; a site setting (`calls.exchange`). */
export interface ExchangeAddress {
  readonly host: string
  readonly port: number
  readonly username: string
  readonly secret: string
  readonly login: 'md5' | 'plain'
  readonly tls: boolean
  /** Contexts of the dial plan: where colleagues' calls start, and which channels are outside lines (`PJSIP/trunk`). */
  readonly context: string
  readonly technology: string
  readonly trunks: readonly string[]
  /** Ring cadence: seconds of one ring with its pause (China: 1 on, 4 off = 5). */
  readonly ringCadenceSeconds: number
  readonly keepAliveSeconds: number
}
