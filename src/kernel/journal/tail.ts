import type { Logger } from 'pino'
import type { Sql } from '../db/sql.ts'
import type { JournalEntry, Position } from './entry.ts'
import { horizon, settledAfter } from './store.ts'

export interface Tail {
  /** Called for every settled entry in order, on every node. Listeners must be quick and must not throw. */
  listen(listener: (entry: JournalEntry) => void): () => void
  /** Where this node has read to. */
  position(): Position | undefined
  start(): Promise<void>
  stop(): Promise<void>
}

const pauseMs = 100
const batch = 1000

/** Reads committed entries about every 100 ms; no broker and no NOTIFY, which would serialise commits (design §1.3). */
export function journalTail(sql: Sql, log: Logger): Tail {
  const listeners = new Set<(entry: JournalEntry) => void>()
  let at: Position | undefined
  let timer: NodeJS.Timeout | undefined
  let running: Promise<void> = Promise.resolve()
  let stopped = false

  async function read(): Promise<number> {
    at ??= await horizon(sql)
    const entries = await sql.all(settledAfter(at, batch))
    for (const entry of entries) {
      for (const listener of listeners) {
        try {
          listener(entry)
        } catch (error) {
          log.error({ err: error, action: entry.action }, 'a journal listener failed')
        }
      }
      at = { xid: entry.xid, id: entry.id }
    }
    return entries.length
  }

  function loop(): void {
    if (stopped) return
    running = read()
      .catch((error: unknown) => {
        log.warn({ err: error }, 'the journal could not be read; trying again')
        return 0
      })
      .then((count) => {
        if (!stopped) timer = setTimeout(loop, count === batch ? 0 : pauseMs)
      })
  }

  return {
    listen(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    position: () => at,
    async start() {
      at = await horizon(sql)
      loop()
    },
    async stop() {
      stopped = true
      clearTimeout(timer)
      await running
    },
  }
}
