import type { Work } from '../work/command.ts'
import type { Fired } from './rules.ts'
import type { TaskRow } from './store.ts'

/** What a module adds to one kind of task. */
export interface TaskKind {
  /**
   * Runs inside the dispatcher's transaction when the task falls due. Returning `handled` leaves the task to the
   * module (it settled it or will); otherwise the ladder goes on.
   */
  readonly onFire?: (work: Work, task: TaskRow, fired: Fired) => Promise<'handled' | 'continue'>
  /** The owner is told when such a task is opened, reminded, overdue, escalated. */
  readonly notify: boolean
  /** Where the interface opens the subject: `/visits/:id`. */
  readonly link?: (task: Pick<TaskRow, 'subjectId'>) => string
  /** Settled by the module's own command only; the to-do list then offers no "done" button. */
  readonly settledBySubject?: boolean
}
