import { setTimeout as sleep } from 'node:timers/promises'
import type { Kernel } from '../kernel.ts'
import { type FreedJob, freeJobsOf, unheldNodes } from './store.ts'

/**
 * Looks in a row that must find a node's lock free. One is not enough: a restart of PostgreSQL or a broken line takes
 * the lock of a node that lives, and it needs some seconds to come back.
 */
export const looksUntilDead = 6

export interface DeadNodes {
  /** @returns the jobs that are free again */
  look(): Promise<readonly FreedJob[]>
}

/** The library frees the jobs of a killed process after four hours only, and a promise would wait as long (G2). */
export function deadNodes(kernel: Pick<Kernel, 'sql' | 'log'>, own: string): DeadNodes {
  let missed: ReadonlyMap<string, number> = new Map()
  return {
    async look() {
      const before = missed
      // What this node cannot see says nothing about the others: a failed look starts the count anew.
      missed = new Map()
      const unheld = await kernel.sql.all(unheldNodes(own))
      missed = new Map(unheld.map(({ id }) => [id, (before.get(id) ?? 0) + 1]))
      const dead = [...missed].flatMap(([id, looks]) => (looks >= looksUntilDead ? [id] : []))
      if (dead.length === 0) return []
      const freed = await kernel.sql.all(freeJobsOf(dead))
      if (freed.length > 0)
        kernel.log.warn({ nodes: dead, jobs: freed }, 'jobs of a dead node are free again')
      const spent = freed.filter((job) => job.attempts >= job.most)
      if (spent.length > 0) kernel.log.error({ jobs: spent }, 'the last attempt of a job died with its node')
      return freed
    },
  }
}

/** Looks at once, then again and again. */
export function watchDeadNodes(kernel: Kernel, own: string, lookMs: number): { stop(): Promise<void> } {
  const stopping = new AbortController()
  const found = deadNodes(kernel, own)

  async function run(): Promise<void> {
    while (!stopping.signal.aborted) {
      await found
        .look()
        .catch((error: unknown) => kernel.log.warn({ err: error }, 'dead nodes will be looked for again'))
      await sleep(lookMs, undefined, { signal: stopping.signal }).catch(() => undefined)
    }
  }
  const running = run()

  return {
    async stop() {
      stopping.abort()
      await running
    },
  }
}
