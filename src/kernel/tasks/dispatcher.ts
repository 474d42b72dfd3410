import { systemActor } from '../actor.ts'
import { raw } from '../db/sql.ts'
import { type Kernel, systemCtx } from '../kernel.ts'
import { type RovingWork, rovingCommand, type Work } from '../work/command.ts'
import { type Fired, fire, nextMoment } from './rules.ts'
import { advanceTask, deferTask, nextDueTask, postponeFailedTask, setOwner, type TaskRow } from './store.ts'

/** A handler that takes longer is taken for stuck: rolled back, shown as a failure, tried again later. */
const handlerMs = 30_000
const busyMs = 2_000

/**
 * Fires one due task, in one transaction (G2). A crash before the commit leaves the task due, so it fires after the
 * restart; after the commit it is not due any more, so it fires once.
 * @returns false when nothing is due
 */
export async function dispatchOne(kernel: Kernel): Promise<boolean> {
  let current: TaskRow | undefined
  try {
    return await rovingCommand(systemCtx(kernel, '', systemActor), async (work) => {
      current = await lockNext(work)
      if (current === undefined) return false
      work.enter(current.siteId)
      await inTime(fireTask(work, current))
      return true
    })
  } catch (error) {
    if (current === undefined) throw error
    await putOff(kernel, current, error)
    return true
  }
}

/**
 * A command locks its subject first and its tasks with the commit, the dispatcher the other way round: whoever waits
 * here gives up before PostgreSQL would have to break a deadlock after a second.
 */
async function lockNext(work: RovingWork): Promise<TaskRow | undefined> {
  const [, task] = await Promise.all([
    work.run(raw("set local lock_timeout = '250ms'")),
    work.maybe(nextDueTask(work.now)),
  ])
  return task
}

async function putOff(kernel: Kernel, task: TaskRow, error: unknown): Promise<void> {
  const now = kernel.clock.now()
  if (error instanceof Error && 'code' in error && error.code === '55P03') {
    await kernel.sql.run(deferTask(task, new Date(now.getTime() + busyMs)))
    return
  }
  kernel.log.error({ err: error, task: task.id, kind: task.kind }, 'a task could not be fired')
  const text = error instanceof Error ? error.message : String(error)
  await kernel.sql.run(postponeFailedTask(task, now, text))
}

async function inTime(handled: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no end within ${handlerMs / 1000} s`)), handlerMs)
  })
  try {
    await Promise.race([handled, late])
  } finally {
    clearTimeout(timer)
  }
}

async function fireTask(work: Work, task: TaskRow): Promise<void> {
  const fired = fire(task, work.now)
  const after = fired === null ? task : { ...task, level: fired.level, reminded: true }
  // Written in any case: a handler that says `handled` and settles nothing must not be called again at once, for ever.
  work.write(advanceTask(task.id, after.level, nextMoment(after)))
  if (fired === null) return
  const kind = work.ctx.kernel.modules.taskKinds.get(task.kind)
  const done = kind?.onFire === undefined ? 'continue' : await kind.onFire(work, task, fired)
  if (done === 'handled') return
  if (fired.owner !== null) work.write(setOwner(task.id, fired.owner))
  work.journal({
    entity: 'task',
    entityId: task.id,
    action: `task.${fired.event}`,
    before: fired.owner === null ? null : { owner: { kind: task.ownerKind, id: task.ownerId } },
    after: fired.owner === null ? null : { owner: fired.owner },
    data: {
      kind: task.kind,
      subject: { entity: task.subjectEntity, id: task.subjectId },
      people: people(task, fired),
    },
  })
}

function people(task: TaskRow, fired: Fired): string[] {
  const owners = [{ kind: task.ownerKind, id: task.ownerId }, ...(fired.owner === null ? [] : [fired.owner])]
  return owners.filter((owner) => owner.kind === 'person').map((owner) => owner.id)
}

export interface Dispatcher {
  start(): void
  stop(): Promise<void>
}

/** `skip locked` shares the work between lanes and nodes; two lanes, so that one slow handler holds up no other task. */
export function taskDispatcher(kernel: Kernel, pauseMs = 500, lanes = 2): Dispatcher {
  const stopping = new AbortController()
  let running: Promise<unknown> = Promise.resolve()

  async function lane(): Promise<void> {
    while (!stopping.signal.aborted) {
      const more = await dispatchOne(kernel).catch((error: unknown) => {
        kernel.log.warn({ err: error }, 'the task dispatcher will try again')
        return false
      })
      if (!more) await pause(pauseMs, stopping.signal)
    }
  }

  return {
    start() {
      running = Promise.all(Array.from({ length: lanes }, lane))
    },
    async stop() {
      stopping.abort()
      await running
    },
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve()
    const done = () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', done)
      resolve()
    }
    const timer = setTimeout(done, ms)
    signal.addEventListener('abort', done)
  })
}

/** For tests and the command line: everything due now, once. */
export async function dispatchAll(kernel: Kernel): Promise<number> {
  let count = 0
  while (await dispatchOne(kernel)) count += 1
  return count
}
