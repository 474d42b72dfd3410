import { EventEmitter } from 'node:events'
import { type Runner, run, runMigrations, type TaskList, type WorkerEvents } from 'graphile-worker'
import type { Kernel } from '../kernel.ts'
import { watchDeadNodes } from './dead-nodes.ts'
import { type LiveNode, liveNode } from './node.ts'

/**
 * A job of graphile-worker: tried again with growing pauses until it succeeds or its attempts are used up. An attempt
 * that died with its node counts and is made up for, so a handler may run again after it has done its work.
 */
export type JobHandler = (
  kernel: Kernel,
  payload: unknown,
  info: { readonly attempt: number; readonly lastAttempt: boolean },
) => Promise<void>

export async function prepareJobs(kernel: Kernel): Promise<void> {
  await runMigrations({ pgPool: kernel.plainPool, logger: quiet(kernel) })
}

function quiet(kernel: Kernel) {
  return {
    scope: () => quiet(kernel),
    error: (message: string) => kernel.log.error(message),
    warn: (message: string) => kernel.log.warn(message),
    info: (message: string) => kernel.log.debug(message),
    debug: () => undefined,
  } as never
}

interface Pace {
  readonly beatMs: number
  readonly lookMs: number
}

/** Starts the worker of this node with every module's jobs and cron items, and takes up what dead nodes left. */
export async function startWorker(
  kernel: Kernel,
  { beatMs, lookMs }: Pace = { beatMs: 1000, lookMs: 5000 },
): Promise<{ readonly node: string; stop(): Promise<void> }> {
  const node = await liveNode(kernel, beatMs)
  const runner = await runJobs(kernel, node).catch(async (error: unknown) => {
    await node.stop()
    throw error
  })
  const watch = watchDeadNodes(kernel, node.id, lookMs)
  return {
    node: node.id,
    async stop() {
      await watch.stop()
      await runner.stop().catch(() => undefined)
      await node.stop()
    },
  }
}

async function runJobs(kernel: Kernel, node: LiveNode): Promise<Runner> {
  const taskList: TaskList = {}
  for (const [name, handler] of kernel.modules.jobs) {
    taskList[name] = async (payload, helpers) => {
      const { attempts, max_attempts: most } = helpers.job
      await handler(kernel, payload, { attempt: attempts, lastAttempt: attempts >= most })
    }
  }
  const cron: string[] = []
  for (const module of kernel.modules.list) {
    for (const item of module.cron ?? []) {
      taskList[item.name] = () => item.run(kernel)
      // What runs every few minutes anyway is not made up for: a night off would queue it a thousand times.
      const missed = item.schedule.startsWith('*') ? '' : 'fill=1d&'
      cron.push(`${item.schedule} ${item.name} ?${missed}max=3`)
    }
  }
  const events: WorkerEvents = new EventEmitter()
  // The library makes up an id of its own, which nobody could tell dead from alive. Jobs are locked under this one.
  events.on('pool:create', ({ workerPool }) => {
    workerPool.id = node.id
  })
  return await run({
    events,
    pgPool: kernel.plainPool,
    taskList,
    crontab: cron.join('\n'),
    concurrency: 4,
    noHandleSignals: true,
    pollInterval: 1000,
    logger: quiet(kernel),
  })
}
