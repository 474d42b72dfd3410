/**
 * Between the link and the database: the latest snapshot of each call waits here for its turn. What somebody must see at
 * once (a telephone rings, is answered, falls silent) goes at once, everything else with the next batch.
 */
import type { Logger } from 'pino'
import type { DeviceState, ExchangeCall } from '../exchange/link.ts'

export interface DeviceChange {
  readonly extension: string
  readonly state: DeviceState
  readonly at: Date
}

export interface Takers {
  readonly calls: (batch: readonly ExchangeCall[]) => Promise<void>
  readonly devices: (changes: readonly DeviceChange[]) => Promise<void>
  readonly log: Logger
}

export interface InboxPace {
  /** Revisions of the same call that come within this time are one. */
  readonly gatherMs: number
  /** A call that rings nowhere yet: its first telephone is usually dialled in this time. */
  readonly announceMs: number
  readonly retryMs: number
}

const usualPace: InboxPace = { gatherMs: 50, announceMs: 250, retryMs: 1000 }
const mostAtOnce = 500
/** A call that cannot be written this often is left out, so that it does not hold up all others. */
const attempts = 3
/** Longer than any outage a house works through; beyond it the oldest finished calls are given up, and the log says so. */
const mostWaiting = 50_000

export class Inbox {
  readonly #takers: Takers
  readonly #pace: InboxPace
  #calls = new Map<string, ExchangeCall>()
  #devices = new Map<string, DeviceChange>()
  /** What consoles know of each call that goes on, so that a change of it is told at once. */
  readonly #phases = new Map<string, string>()
  readonly #failures = new Map<string, number>()
  #timer: NodeJS.Timeout | undefined
  #dueAt = 0
  #running: Promise<void> | null = null
  #stopped = false

  constructor(takers: Takers, pace: Partial<InboxPace> = {}) {
    this.#takers = takers
    this.#pace = { ...usualPace, ...pace }
  }

  call(call: ExchangeCall): void {
    if (this.#stopped) return
    const waiting = this.#calls.get(call.id)
    if (waiting !== undefined && waiting.revision > call.revision) return
    this.#calls.set(call.id, call)
    if (this.#calls.size > mostWaiting) this.#giveUpOldest()
    this.#schedule(this.#delay(call))
  }

  device(change: DeviceChange): void {
    this.#devices.set(change.extension, change)
    this.#schedule(this.#pace.gatherMs)
  }

  /** Resolves when everything told so far is written, or nothing more can be. */
  async flush(): Promise<void> {
    while (!this.#stopped && (this.#running !== null || this.#calls.size + this.#devices.size > 0)) {
      clearTimeout(this.#timer)
      this.#timer = undefined
      await (this.#running ?? this.#work())
    }
  }

  /** What is waiting is tried once more; then nothing is written any more. */
  async stop(): Promise<void> {
    clearTimeout(this.#timer)
    await this.#running
    clearTimeout(this.#timer)
    await this.#once().catch(() => undefined)
    this.#stopped = true
  }

  /** Another node speaks for the exchange now: nothing is written any more. */
  drop(): void {
    this.#stopped = true
    clearTimeout(this.#timer)
    this.#calls.clear()
    this.#devices.clear()
  }

  #delay(call: ExchangeCall): number {
    const phase = phaseOf(call)
    const known = this.#phases.get(call.id)
    if (call.endedAt !== null || call.mergedInto !== null) this.#phases.delete(call.id)
    else this.#phases.set(call.id, phase)
    if (phase === '') return known === undefined ? this.#pace.announceMs : this.#pace.gatherMs
    return phase === known ? this.#pace.gatherMs : 0
  }

  #schedule(ms: number): void {
    if (this.#stopped || this.#running !== null) return
    const dueAt = performance.now() + ms
    if (this.#timer !== undefined && this.#dueAt <= dueAt) return
    clearTimeout(this.#timer)
    this.#dueAt = dueAt
    this.#timer = setTimeout(() => {
      this.#timer = undefined
      void this.#work()
    }, ms)
  }

  async #work(): Promise<void> {
    let pause = 0
    this.#running = this.#once().catch((error: unknown) => {
      this.#takers.log.warn({ err: error }, 'calls of the exchange could not be written; trying again')
      pause = this.#pace.retryMs
    })
    await this.#running
    this.#running = null
    // What came meanwhile has waited long enough already.
    if (this.#calls.size + this.#devices.size > 0) this.#schedule(pause)
  }

  async #once(): Promise<void> {
    const devices = this.#devices
    this.#devices = new Map()
    const calls = [...this.#calls.values()].slice(0, mostAtOnce)
    for (const { id } of calls) this.#calls.delete(id)
    // Lamps go first: messages that wait for a free line must not wait for a call that cannot be written.
    try {
      if (devices.size > 0) await this.#takers.devices([...devices.values()])
    } catch (error) {
      if (isOutage(error)) {
        for (const [key, change] of devices) if (!this.#devices.has(key)) this.#devices.set(key, change)
        this.#putBack(calls)
        throw error
      }
      this.#takers.log.error({ err: error }, 'lamps of the exchange could not be written')
    }
    await this.#write(calls)
  }

  async #write(calls: readonly ExchangeCall[]): Promise<void> {
    if (calls.length === 0) return
    try {
      await this.#takers.calls(calls)
      for (const { id } of calls) this.#failures.delete(id)
    } catch (error) {
      if (isOutage(error)) {
        this.#putBack(calls)
        throw error
      }
      await this.#singly(calls, error)
    }
  }

  /** One of them is the trouble: the others must not suffer for it. Parts come after the calls they went into. */
  async #singly(calls: readonly ExchangeCall[], first: unknown): Promise<void> {
    const ordered = calls.toSorted((a, b) => Number(a.mergedInto !== null) - Number(b.mergedInto !== null))
    for (const [n, call] of ordered.entries()) {
      try {
        if (calls.length === 1) throw first
        await this.#takers.calls([call])
      } catch (error) {
        if (isOutage(error)) {
          this.#putBack(ordered.slice(n))
          throw error
        }
        const failed = (this.#failures.get(call.id) ?? 0) + 1
        this.#failures.set(call.id, failed)
        this.#takers.log.error(
          { err: error, call: call.id, failed },
          'a call of the exchange could not be written',
        )
        if (failed < attempts) this.#putBack([call])
        else this.#failures.delete(call.id)
      }
    }
  }

  /** Unless something newer came meanwhile. */
  #putBack(calls: readonly ExchangeCall[]): void {
    const newer = this.#calls
    this.#calls = new Map(calls.map((call) => [call.id, call]))
    for (const [id, call] of newer) this.#calls.set(id, call)
  }

  #giveUpOldest(): void {
    for (const [id, call] of this.#calls) {
      if (call.endedAt === null) continue
      this.#calls.delete(id)
      this.#takers.log.error({ call: id }, 'too many calls wait to be written; the oldest was given up')
      return
    }
  }
}

/** What a console must hear of at once. */
function phaseOf(call: ExchangeCall): string {
  if (call.endedAt !== null || call.mergedInto !== null) return 'ended'
  const ringing = call.legs.filter(
    ({ ringingAt, cause }) => ringingAt !== null && cause !== 'originate',
  ).length
  const tried = call.transfers.map(({ result }) => result).join()
  return ringing === 0 && call.answeredAt === null && tried === ''
    ? ''
    : `${ringing} ${call.answeredAt !== null} ${tried}`
}

/** The database is away or too busy, and the same batch may be written later. */
function isOutage(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const code = 'code' in error && typeof error.code === 'string' ? error.code : ''
  if (/^(08|53|57|40)/.test(code) || /^E(CONN|TIMEDOUT|PIPE|HOST|NET|AI_)/.test(code)) return true
  return /timeout exceeded when trying to connect|connection (terminated|ended)|pool after calling end|not queryable/i.test(
    error.message,
  )
}
