/** What the journal tells of calls at the exchange: a line for what somebody must see, none for every revision. */
import type { NewEntry } from '../../../../kernel/journal/entry.ts'
import { maskNumber } from '../../../../kernel/telephone/mask.ts'
import type { Work } from '../../../../kernel/work/command.ts'
import { withdrawCallbacksOf } from '../../callbacks/write.ts'
import { callNumber, otherParty } from '../../row.ts'
import type { CallRow, HopRow } from '../../store.ts'
import { untilOutcome } from '../../tasks.ts'
import type { Told } from './apply.ts'
import type { Site } from './reading.ts'
import type { Step } from './status.ts'

export class Entries {
  /** Phones whose ringing this batch tells of, by call; kept only when the batch was written. */
  readonly rang = new Map<string, Set<string>>()
  readonly #work: Work
  readonly #site: Site
  readonly #told: ReadonlyMap<string, ReadonlySet<string>>
  readonly #entries: NewEntry[] = []

  constructor(work: Work, site: Site, told: ReadonlyMap<string, ReadonlySet<string>>) {
    this.#work = work
    this.#site = site
    this.#told = told
  }

  /** After the rows: the first entry carries the news of the tasks. */
  write(): void {
    for (const entry of this.#entries) this.#work.journal(entry)
  }

  add(told: Told, row: CallRow, { row: now }: Step): void {
    this.#rang(told, now)
    const handed = now.handler_extension !== row.handler_extension || now.handler_id !== row.handler_id
    const isAnswer = now.answered_at !== null && (row.status === 'ringing' || row.status === 'missed')
    if (now.direction !== 'out' ? isAnswer || handed : isAnswer)
      this.#put(told, now, 'call.answered', row, {
        status: 'open',
        handler: now.handler_name || now.handler_extension,
        answeredAt: now.answered_at,
        ringSeconds: now.ring_seconds,
        rings: now.rings,
      })
    if (now.ended_at !== null && row.ended_at === null) this.#ended(told, row, now)
  }

  #rang(told: Told, now: CallRow): void {
    const { call, legs, before } = told
    const known = this.#told.get(call.id)
    const ringing = legs.filter(
      (leg) => leg.ringingAt !== null && leg.cause !== 'originate' && known?.has(leg.channel) !== true,
    )
    this.rang.set(call.id, new Set([...(known ?? []), ...ringing.map(({ channel }) => channel)]))
    // The call itself was told already, by this holder or by the one before, and no other phone has begun to ring.
    if (before !== null && (ringing.length === 0 || known === undefined)) return
    const at = ringing.map(({ extension, number }) => extension ?? maskNumber(number ?? ''))
    const people = ringing.flatMap(({ extension }) => this.#site.colleague(extension)?.id ?? [])
    this.#put(
      told,
      now,
      'call.rang',
      null,
      before === null
        ? {
            status: 'ringing',
            direction: now.direction,
            caller: maskNumber(otherParty(now)) || now.caller_extension,
            name: now.contact_name || now.caller_shown,
            organisation: now.organisation,
          }
        : {},
      { extensions: at },
      people,
    )
  }

  #ended(told: Told, row: CallRow, now: CallRow): void {
    const action =
      now.status === row.status || now.status === 'after'
        ? 'call.hung-up'
        : now.status === 'missed'
          ? 'call.missed'
          : 'call.closed'
    this.#put(told, now, action, row, {
      status: now.status,
      outcome: now.outcome,
      endedAt: now.ended_at,
      endedBy: now.ended_by,
      ringSeconds: now.ring_seconds,
      rings: now.rings,
      talkSeconds: now.talk_seconds,
      exchange: now.exchange_outcome,
    })
  }

  #put(
    told: Told,
    row: CallRow,
    action: string,
    before: CallRow | null,
    after: Readonly<Record<string, unknown>>,
    data: Readonly<Record<string, unknown>> = {},
    people: readonly string[] = [],
  ): void {
    const { legs } = told
    const concerned = [
      row.handler_id,
      row.wanted_id,
      this.#site.colleague(row.caller_extension || null)?.id ?? null,
      ...legs
        .filter(({ endedAt }) => endedAt === null)
        .map((leg) => this.#site.colleague(leg.extension)?.id ?? null),
      ...people,
    ]
    this.#entries.push({
      entity: 'call',
      entityId: row.id,
      action,
      version: row.version,
      before: before === null ? null : { status: before.status },
      after,
      data: {
        number: callNumber(row.number),
        ...data,
        people: [...new Set(concerned.filter((id) => id !== null))],
      },
    })
  }

  hop(told: Told, row: CallRow, action: 'call.tried' | 'call.hop-ended', hop: HopRow): void {
    const { id, target_name: name, target_extension: extension, result, seconds, by_name: by } = hop
    this.#put(
      told,
      row,
      action,
      null,
      {},
      { hopId: id, name, extension, result, seconds, by, measured: true },
    )
  }

  other(entry: NewEntry): void {
    this.#entries.push(entry)
  }

  /** Taken for missed while the exchange could not be heard: what was owed for that is owed no more. */
  async foundAfterAll(row: CallRow): Promise<void> {
    const note = 'answered after all, as the exchange says'
    this.#work.settleTasks({ entity: 'call', id: row.id }, untilOutcome, note)
    await withdrawCallbacksOf(this.#work, row.id, note)
  }
}
