import { hostname } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import { leadership } from '../db/leadership.ts'
import { newId } from '../ids.ts'
import type { Kernel } from '../kernel.ts'
import { nodePrefix } from './store.ts'

/** A node is alive while PostgreSQL sees the connection that holds the lock of its id. */
export interface LiveNode {
  /** Never used twice, so that what is free under it stays free. */
  readonly id: string
  /** From now on the node counts as dead: called when its last job has ended. */
  stop(): Promise<void>
}

/** @returns when the lock is held: no job may be begun before */
export async function liveNode(kernel: Pick<Kernel, 'plainPool' | 'log'>, beatMs: number): Promise<LiveNode> {
  const id = `${nodePrefix}${hostname()} ${process.pid} ${newId()}`
  const wanted = new Set([id])
  const stopping = new AbortController()
  const locks = leadership(kernel.plainPool, () =>
    kernel.log.warn({ node: id }, 'the connection that shows this node alive broke; it is made anew'),
  )
  if (!(await locks.hold(wanted)).has(id)) throw new Error(`another process holds the lock of ${id}`)

  async function beat(): Promise<void> {
    while (!stopping.signal.aborted) {
      await sleep(beatMs, undefined, { signal: stopping.signal }).catch(() => undefined)
      if (stopping.signal.aborted) return
      await locks
        .hold(wanted)
        .catch((error: unknown) =>
          kernel.log.warn({ err: error, node: id }, 'this node cannot show it is alive'),
        )
    }
  }
  const beating = beat()

  return {
    id,
    async stop() {
      stopping.abort()
      await beating
      await locks.close()
    },
  }
}
