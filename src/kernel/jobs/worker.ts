import { type Runner, run, runMigrations, type TaskList } from 'graphile-worker'
import type { Kernel } from '../kernel.ts'

/** A job of graphile-worker: tried again with growing pauses until it succeeds or its attempts are used up. */
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

/** Starts the worker of this node with every module's jobs and cron items. */
export async function startWorker(kernel: Kernel): Promise<{ stop(): Promise<void> }> {
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
  const runner: Runner = await run({
    pgPool: kernel.plainPool,
    taskList,
    crontab: cron.join('\n'),
    concurrency: 4,
    noHandleSignals: true,
    pollInterval: 1000,
    logger: quiet(kernel),
  })
  return { stop: () => runner.stop().catch(() => undefined) }
}
