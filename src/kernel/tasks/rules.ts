/**
 * Tasks (design §1.3, G1–G3): everything that must happen later. PURE: the dispatcher asks what is due and applies it.
 */
import { transitions } from '../transitions.ts'

export type Owner = { readonly kind: 'person' | 'post'; readonly id: string }

export interface LadderStep {
  /** Minutes after `dueAt`. */
  readonly afterMinutes: number
  readonly owner: Owner
}

export type TaskStatus = 'open' | 'done' | 'cancelled'
export type TaskCommand = 'settle' | 'cancel' | 'takeOver' | 'handOn' | 'postpone' | 'reopen'

export const taskTable = transitions<TaskStatus, TaskCommand>({
  open: { settle: ['done'], cancel: ['cancelled'], takeOver: ['open'], handOn: ['open'], postpone: ['open'] },
  done: { reopen: ['open'] },
  cancelled: {},
})

export interface Timing {
  readonly dueAt: Date
  readonly remindAt: Date | null
  /** 0 nothing fired; 1 due fired; 1 + n: the n-th step of the ladder fired. */
  readonly level: number
  readonly reminded: boolean
  readonly ladder: readonly LadderStep[]
}

/** The next moment at which the dispatcher must look at the task; `null` when nothing more will fire. */
export function nextMoment(task: Timing): Date | null {
  if (task.level === 0) {
    return !task.reminded && task.remindAt !== null && task.remindAt < task.dueAt ? task.remindAt : task.dueAt
  }
  const step = task.ladder[task.level - 1]
  return step === undefined ? null : plusMinutes(task.dueAt, step.afterMinutes)
}

export interface Fired {
  readonly event: 'reminded' | 'overdue' | 'escalated'
  readonly level: number
  readonly owner: Owner | null
}

/**
 * What fires at `now`. A task that slept through several moments (restart) fires once: the latest of them, so nobody
 * gets a reminder for something already overdue, nor three escalations in a row (G2).
 */
export function fire(task: Timing, now: Date): Fired | null {
  const moment = nextMoment(task)
  if (moment === null || moment > now) return null
  if (task.dueAt > now) return { event: 'reminded', level: 0, owner: null }
  let level = Math.max(task.level, 1)
  let owner: Owner | null = null
  for (let step = task.ladder[level - 1]; step !== undefined; step = task.ladder[level - 1]) {
    if (plusMinutes(task.dueAt, step.afterMinutes) > now) break
    owner = step.owner
    level += 1
  }
  return { event: owner === null ? 'overdue' : 'escalated', level, owner }
}

function plusMinutes(at: Date, minutes: number): Date {
  return new Date(at.getTime() + minutes * 60_000)
}

/** A task settled by mistake can be taken up again this long. */
const undoMinutes = 10

export function mayStillUndo(settledAt: Date, now: Date): boolean {
  return now.getTime() - settledAt.getTime() <= undoMinutes * 60_000
}

/** Whether the reminder's moment is over; a reopened or postponed task is not reminded of the past. */
export function timingAt(task: Omit<Timing, 'reminded'>, now: Date): Timing {
  return { ...task, reminded: task.remindAt === null || task.remindAt <= now }
}

export function sameOwner(a: Owner, b: Owner): boolean {
  return a.kind === b.kind && a.id === b.id
}
