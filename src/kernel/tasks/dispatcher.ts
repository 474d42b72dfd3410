import { systemActor } from '../actor.ts'
import { raw } from '../db/sql.ts'
import { type Kernel, systemCtx } from '../kernel.ts'
import { command, type Work } from '../work/command.ts'
import { type Fired, fire, nextMoment } from './rules.ts'
import { nextDueTask, postponeFailedTask, type TaskRow, updateTask } from './store.ts'

/**
 * Fires one due task, in one transaction (G2). A crash before the commit leaves the task due, so it fires after the
 * restart; after the commit it is not due any more, so it fires once.
 * @returns false when nothing is due
 */
export async function dispatchOne(kernel: Kernel): Promise<boolean> {
  let current: TaskRow | undefined
  try {
    // The site is known only once the row is locked, so the journal frame is corrected through a nested context.
    const site = await peekSite(kernel)
    if (site === undefined) return false
    return await command(systemCtx(kernel, site, systemActor), async (work) => {
      current = await work.maybe(nextDueTask(work.now))
      if (current === undefined) return false
      if (current.siteId !== site) return true
      await fireTask(work, current)
      return true
    })
  } catch (error) {
    if (current === undefined) throw error
    kernel.log.error({ err: error, task: current.id, kind: current.kind }, 'a task could not be fired')
    const text = error instanceof Error ? error.message : String(error)
    await kernel.sql.run(postponeFailedTask(current.id, new Date(kernel.clock.now().getTime() + 30_000), text))
    return true
  }
}

async function peekSite(kernel: Kernel): Promise<string | undefined> {
  const row = await kernel.sql.maybe<{ siteId: string }>(
    raw(
      `select site_id as "siteId" from task where status = 'open' and next_at <= $1 order by next_at limit 1
       for update skip locked`,
      [kernel.clock.now()],
    ),
  )
  return row?.siteId
}

async function fireTask(work: Work, task: TaskRow): Promise<void> {
  const fired = fire(task, work.now)
  if (fired === null) {
    work.write(patch(task, task.level, task.reminded, null))
    return
  }
  const kind = work.ctx.kernel.modules.taskKinds.get(task.kind)
  const done = kind?.onFire === undefined ? 'continue' : await kind.onFire(work, task, fired)
  if (done === 'handled') return
  work.write(patch(task, fired.level, true, fired))
  work.journal({
    entity: 'task',
    entityId: task.id,
    action: `task.${fired.event}`,
    before: fired.owner === null ? null : { owner: { kind: task.ownerKind, id: task.ownerId } },
    after: fired.owner === null ? null : { owner: fired.owner },
    data: { kind: task.kind, subject: { entity: task.subjectEntity, id: task.subjectId }, people: people(task, fired) },
  })
}

function people(task: TaskRow, fired: Fired): string[] {
  const owners = [{ kind: task.ownerKind, id: task.ownerId }, ...(fired.owner === null ? [] : [fired.owner])]
  return owners.filter((owner) => owner.kind === 'person').map((owner) => owner.id)
}

function patch(task: TaskRow, level: number, reminded: boolean, fired: Fired | null) {
  return updateTask(task.id, {
    status: 'open',
    owner: fired?.owner ?? { kind: task.ownerKind, id: task.ownerId },
    level,
    nextAt: nextMoment({ ...task, level, reminded }),
    dueAt: task.dueAt,
    outcome: null,
    settled: null,
  })
}

export interface Dispatcher {
  start(): void
  stop(): Promise<void>
}

/** One loop per node; `skip locked` shares the work between nodes. */
export function taskDispatcher(kernel: Kernel, pauseMs = 500): Dispatcher {
  let stopped = false
  let timer: NodeJS.Timeout | undefined
  let running: Promise<void> = Promise.resolve()

  async function drain(): Promise<void> {
    try {
      while (!stopped && (await dispatchOne(kernel))) {
        // until nothing is due
      }
    } catch (error) {
      kernel.log.warn({ err: error }, 'the task dispatcher will try again')
    }
    if (!stopped) timer = setTimeout(loop, pauseMs)
  }

  function loop(): void {
    running = drain()
  }

  return {
    start: loop,
    async stop() {
      stopped = true
      clearTimeout(timer)
      await running
    },
  }
}

/** For tests and the command line: everything due now, once. */
export async function dispatchAll(kernel: Kernel): Promise<number> {
  let count = 0
  while (await dispatchOne(kernel)) count += 1
  return count
}

