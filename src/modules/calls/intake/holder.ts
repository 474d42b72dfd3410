/** One site's link, while this node holds it: what it hears goes to the records, what it is ordered goes out. */
import { hostname } from 'node:os'
import { type Kernel, systemCtx } from '../../../kernel/kernel.ts'
import { command } from '../../../kernel/work/command.ts'
import { employeesWithExtension } from '../../directory/public.ts'
import type {
  ExchangeAddress,
  ExchangeCall,
  ExchangeLink,
  ExchangeListener,
  LinkState,
} from '../exchange/link.ts'
import { deviceChanged } from '../lines/device.ts'
import { rulesSetting } from '../settings.ts'
import { Orders } from './carry-out.ts'
import { Inbox, type InboxPace } from './inbox.ts'
import { applyCalls, exchangeActor, type Holding } from './records/apply.ts'
import { unheard } from './records/lost.ts'
import type { Colleague, Site } from './records/reading.ts'
import { reasonOf } from './rules.ts'
import * as store from './store.ts'

/** Opens a link to an exchange; the driver's own function, or a test's. */
export type OpenLink = (address: ExchangeAddress, listener: ExchangeListener) => ExchangeLink

export interface HolderOptions {
  readonly openLink: OpenLink
  /** After the link is up the exchange lists its calls; what it has not named by then is gone. */
  readonly listedMs: number
  readonly pace: Partial<InboxPace>
}

const nodeName = `${hostname()}:${process.pid}`
/** A colleague who changed the telephone is known by then at the latest; a journal entry says it at once. */
const colleaguesMs = 60_000

export class Holder {
  readonly #kernel: Kernel
  readonly #siteId: string
  readonly #options: HolderOptions
  readonly #told = new Map<string, Set<string>>()
  #link: ExchangeLink | undefined
  #inbox: Inbox | undefined
  #orders: Orders | undefined
  #term = 0
  #prefix = ''
  #said: LinkState = 'stopped'
  #states: Promise<void> = Promise.resolve()
  #listed: NodeJS.Timeout | undefined
  #colleagues = new Map<string, Colleague | null>()
  #colleaguesAt = 0
  #ended = false

  constructor(kernel: Kernel, siteId: string, options: HolderOptions) {
    this.#kernel = kernel
    this.#siteId = siteId
    this.#options = options
  }

  /** @returns the version of the setup it runs with; undefined when there is nothing to run any more */
  async start(): Promise<number | undefined> {
    const kernel = this.#kernel
    const taken = await kernel.sql.maybe(store.takeLink(this.#siteId, nodeName))
    if (taken === undefined || this.#ended) return undefined
    this.#term = taken.term
    this.#prefix = taken.address.outsidePrefix ?? ''
    const secret = await kernel.secrets.decrypt(taken.secretSealed).catch((error: unknown) => {
      kernel.log.error({ err: error }, 'the secret of the exchange cannot be read; enter it again')
    })
    if (secret === undefined) {
      this.#state('down', 'failed')
      return taken.version
    }
    this.#inbox = new Inbox(
      { calls: (batch) => this.#apply(batch), devices: (changes) => this.#devices(changes), log: kernel.log },
      this.#options.pace,
    )
    const inbox = this.#inbox
    const link = this.#options.openLink(
      { ...taken.address, secret },
      {
        call: (call) => inbox.call(call),
        device: (extension, state, at) => inbox.device({ extension, state, at: new Date(at) }),
        link: (state, reason) => this.#state(state, reason),
      },
    )
    this.#link = link
    this.#orders = new Orders(kernel, this.#siteId, link)
    if (this.#ended) return undefined
    link.start()
    return taken.version
  }

  /** @param lost another node may hold the link already: nothing more is written */
  async stop(lost = false): Promise<void> {
    this.#ended = true
    clearTimeout(this.#listed)
    if (lost) this.#inbox?.drop()
    await this.#link?.stop().catch(() => undefined)
    await this.#orders?.stop()
    if (!lost) await this.#inbox?.stop()
    await this.#states
  }

  /** After `stop`: every call still on the line is closed as lost. */
  async closeAll(): Promise<void> {
    for (;;) {
      const calls = await unheard(this.#kernel.sql, this.#siteId, this.#term + 1)
      if (calls.length === 0) return
      await this.#apply(calls)
    }
  }

  /** Orders that wait, and those that waited too long. */
  look(): void {
    this.#orders?.look()
  }

  forgetColleagues(): void {
    this.#colleaguesAt = 0
  }

  /** For tests: everything heard so far stands in the database. */
  async settled(): Promise<void> {
    await this.#inbox?.flush()
    await this.#states
  }

  async #apply(batch: readonly ExchangeCall[]): Promise<void> {
    const kernel = this.#kernel
    const holding: Holding = { kernel, siteId: this.#siteId, term: this.#term, told: this.#told }
    const rules = await kernel.settings.get(this.#siteId, rulesSetting)
    await this.#learnColleagues(batch)
    const site: Site = {
      desk: new Set(rules.deskExtensions),
      cadenceSeconds: rules.ringCadenceSeconds,
      prefix: this.#prefix,
      colleague: (extension) => (extension === null ? null : (this.#colleagues.get(extension) ?? null)),
    }
    await applyCalls(holding, batch, site, rules)
  }

  /** Whose telephones these are; a telephone that several share is nobody's in particular. */
  async #learnColleagues(batch: readonly ExchangeCall[]): Promise<void> {
    const now = performance.now()
    if (this.#colleaguesAt === 0 || now - this.#colleaguesAt > colleaguesMs) {
      this.#colleagues = new Map()
      this.#colleaguesAt = now
    }
    const wanted = new Set(
      batch.flatMap((call) => [
        call.callerExtension,
        ...call.legs.flatMap(({ extension, sentBy }) => [extension, sentBy]),
        ...call.transfers.flatMap(({ by, to }) => [by, to]),
      ]),
    )
    const unknown = [...wanted].filter((one) => one !== null && !this.#colleagues.has(one)) as string[]
    if (unknown.length === 0) return
    const found = await this.#kernel.sql.all(employeesWithExtension(this.#siteId, unknown))
    for (const extension of unknown) {
      const people = found.filter((one) => one.extension === extension)
      const [only] = people
      this.#colleagues.set(
        extension,
        people.length === 1 && only !== undefined ? { id: only.id, name: only.name } : null,
      )
    }
  }

  async #devices(changes: Parameters<typeof deviceChanged>[1]): Promise<void> {
    await command(systemCtx(this.#kernel, this.#siteId, exchangeActor), (work) =>
      deviceChanged(work, changes),
    )
  }

  #state(state: LinkState, reason: string | null): void {
    clearTimeout(this.#listed)
    if (state === 'up') this.#listed = setTimeout(() => void this.#closeUnheard(), this.#options.listedMs)
    // Trying again is no news while it is known to be down, and why.
    if (state === 'connecting' && this.#said !== 'stopped') return
    this.#said = state
    this.#states = this.#states
      .then(() => this.#write(state, reasonOf(reason)))
      .catch((error: unknown) =>
        this.#kernel.log.warn({ err: error }, 'the state of the exchange was not written'),
      )
  }

  async #write(state: LinkState, reason: string | null): Promise<void> {
    const siteId = this.#siteId
    await command(systemCtx(this.#kernel, siteId, exchangeActor), async (work) => {
      const row = await work.maybe(store.lockLink(siteId))
      if (row === undefined || row.term !== this.#term) return
      if (row.state === state && row.reason === reason) return
      work.write(store.setState(siteId, this.#term, state, reason, work.now))
      work.journal({
        entity: 'exchange',
        entityId: siteId,
        action: 'exchange.state-changed',
        version: row.version,
        before: { state: row.state, reason: row.reason },
        after: { state, reason, node: nodeName },
      })
    })
  }

  /** Calls of holders before, that the exchange did not name when it was asked: nobody is on the line any more. */
  async #closeUnheard(): Promise<void> {
    if (this.#ended || this.#inbox === undefined) return
    try {
      await this.#inbox.flush()
      for (const call of await unheard(this.#kernel.sql, this.#siteId, this.#term)) this.#inbox.call(call)
    } catch (error) {
      this.#kernel.log.warn({ err: error }, 'calls nobody hears of were not closed')
      if (!this.#ended) this.#listed = setTimeout(() => void this.#closeUnheard(), this.#options.listedMs)
    }
  }
}
