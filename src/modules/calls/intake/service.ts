/**
 * Exactly one node of the cluster holds a site's link to its exchange (C15): two would each record every call, and each
 * carry out every order. The others stand by and take over as soon as the lock of a dead one is free.
 */
import { leadership } from '../../../kernel/db/leadership.ts'
import type { JournalEntry } from '../../../kernel/journal/entry.ts'
import type { Kernel } from '../../../kernel/kernel.ts'
import type { Service } from '../../../kernel/module.ts'
import { asteriskLink } from '../exchange/asterisk.ts'
import { failStale } from './carry-out.ts'
import { Holder, type HolderOptions } from './holder.ts'
import * as store from './store.ts'

export interface IntakeOptions extends HolderOptions {
  readonly lookMs: number
}

export interface Intake extends Service {
  /** Sites whose link this node holds. */
  holding(): readonly string[]
  settled(): Promise<void>
}

interface Running {
  readonly holder: Holder
  readonly version: number | undefined
}

export function exchangeIntake(kernel: Kernel, options: Partial<IntakeOptions> = {}): Intake {
  const { lookMs = 1000 } = options
  const holderOptions: HolderOptions = {
    openLink: (address, listener) =>
      asteriskLink(address, listener, { log: (text) => kernel.log.info({ exchange: text }, 'exchange') }),
    listedMs: 15_000,
    pace: {},
    ...options,
  }
  const running = new Map<string, Running>()
  const locks = leadership(kernel.plainPool, () => void letGo([...running.keys()], true))
  let woken = false
  let wake = () => {}
  let looking: Promise<void> = Promise.resolve()
  let unlisten = () => {}
  let stopped = true

  async function letGo(siteIds: readonly string[], lost: boolean): Promise<void> {
    await Promise.all(
      siteIds.map(async (siteId) => {
        const one = running.get(siteId)
        running.delete(siteId)
        await one?.holder.stop(lost)
      }),
    )
  }

  async function look(): Promise<void> {
    const wanted = new Map(
      (await kernel.sql.all(store.enabledLinks())).map((row) => [row.siteId, row.version]),
    )
    // Stopped before the lock is given up: the next holder must find the exchange's line free.
    const other = [...running].filter(([siteId, { version }]) => wanted.get(siteId) !== version)
    for (const [siteId, { holder }] of other) {
      await letGo([siteId], false)
      // Switched off: nobody will say any more how these calls end.
      if (!wanted.has(siteId)) await holder.closeAll()
    }
    const held = await locks.hold(new Set([...wanted.keys()].map((siteId) => `exchange ${siteId}`)))
    for (const siteId of wanted.keys()) {
      if (stopped || running.has(siteId) || !held.has(`exchange ${siteId}`)) continue
      const holder = new Holder(kernel, siteId, holderOptions)
      running.set(siteId, { holder, version: wanted.get(siteId) })
      const version = await holder.start()
      if (version !== undefined) running.set(siteId, { holder, version })
      else await letGo([siteId], true)
    }
    for (const { holder } of running.values()) holder.look()
    await failStale(kernel)
  }

  async function run(): Promise<void> {
    while (!stopped) {
      woken = false
      await look().catch((error: unknown) =>
        kernel.log.warn({ err: error }, 'the link to the exchange will be tried again'),
      )
      if (stopped || woken) continue
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, lookMs)
        wake = () => {
          clearTimeout(timer)
          resolve()
        }
      })
    }
  }

  function lookNow(): void {
    woken = true
    wake()
  }

  function heard(entry: JournalEntry): void {
    if (entry.entity === 'employee') for (const { holder } of running.values()) holder.forgetColleagues()
    if (entry.entity !== 'exchange' || entry.siteId === null) return
    if (entry.action === 'exchange.ordered') running.get(entry.siteId)?.holder.look()
    if (entry.action === 'exchange.changed') lookNow()
  }

  return {
    start() {
      stopped = false
      unlisten = kernel.tail.listen(heard)
      looking = run()
    },
    async stop() {
      stopped = true
      unlisten()
      lookNow()
      await looking
      await letGo([...running.keys()], false)
      await locks.close()
    },
    holding: () => [...running.keys()],
    async settled() {
      await Promise.all([...running.values()].map(({ holder }) => holder.settled()))
    },
  }
}
