import type { Work } from '../work/command.ts'
import type { Fired, Owner } from './rules.ts'
import type { TaskRow } from './store.ts'

/** What a module adds to one kind of task. */
export interface TaskKind {
  /**
   * Runs inside the dispatcher's transaction at every moment of the task: `fired.event` tells the reminder from the due
   * time. Returning `handled` says that the module settled the task or wants nobody told; otherwise the owner changes
   * as the ladder says and the journal tells of it. It is not called again for the same moment. A throw is tried again
   * later and never holds up other tasks.
   */
  readonly onFire?: (work: Work, task: TaskRow, fired: Fired) => Promise<'handled' | 'continue'>
  /**
   * The owner is told when such a task is opened, reminded, overdue, escalated; `'when-due'`: not when it is opened,
   * because nothing is to be done unless its time comes.
   */
  readonly notify: boolean | 'when-due'
  /** Where the interface opens the subject: `/visits/:id`. */
  readonly link?: (task: Pick<TaskRow, 'subjectId'>) => string
  /** Settled by the module's own command only; the to-do list then offers no "done" button. */
  readonly settledBySubject?: boolean
}

/** Somebody a task may be handed to. */
export interface OwnerFound extends Owner {
  readonly name: string
  /** Department, title: what tells two of one name apart. */
  readonly detail: string
}
