/** PURE: who may do what with a promise to call back. The matrix says what a role may at all; this looks at the record. */
import { allows } from '../../../kernel/transitions.ts'
import { answersFor, type Viewer } from '../owners/policy.ts'
import { mayUndo } from '../owners/rules.ts'
import { type CallbackCommand, type CallbackStatus, callbackCommands, callbackTransitions } from './rules.ts'

export interface Subject {
  readonly status: CallbackStatus
  readonly previous_status: string | null
  readonly status_at: Date
  readonly status_by: string
  readonly owner_kind: 'person' | 'post'
  readonly owner_id: string
  readonly taken_by: string | null
  readonly promised_by: string
  readonly attempts: number
}

function owes(viewer: Viewer, callback: Subject): boolean {
  return answersFor(viewer, { kind: callback.owner_kind, id: callback.owner_id })
}

function hasIt(viewer: Viewer, callback: Subject): boolean {
  return callback.taken_by !== null && callback.taken_by === viewer.employeeId
}

export function maySee(viewer: Viewer, callback: Subject): boolean {
  return (
    viewer.readsCallbacks ||
    owes(viewer, callback) ||
    hasIt(viewer, callback) ||
    callback.promised_by === viewer.id
  )
}

/**
 * G1: the call is made by whoever has it. Until somebody has, the owner or a colleague of the post may make it without
 * taking it first; anybody else of the desk takes it, so that the record names them.
 */
export function makesIt(viewer: Viewer, callback: Subject): boolean {
  return callback.status === 'taken' ? hasIt(viewer, callback) : owes(viewer, callback)
}

/** May this person give this command, whatever the state? */
export function mayCommand(viewer: Viewer, callback: Subject, command: CallbackCommand): boolean {
  switch (command) {
    // Accounts without a person own nothing.
    case 'take':
      return viewer.employeeId !== null && (owes(viewer, callback) || viewer.atDesk)
    case 'release':
      return hasIt(viewer, callback)
    case 'attempt':
    case 'keep':
    case 'giveUp':
      return makesIt(viewer, callback)
    case 'handOver':
      return owes(viewer, callback) || hasIt(viewer, callback) || viewer.atDesk
    case 'withdraw':
      return (
        owes(viewer, callback) ||
        hasIt(viewer, callback) ||
        viewer.atDesk ||
        callback.promised_by === viewer.id
      )
    case 'undo':
      return viewer.id === callback.status_by
  }
}

/** The `can` of an answer: table, person and, for undo and giving up, the record itself. */
export function permitted(
  viewer: Viewer,
  callback: Subject,
  now: Date,
  undoMinutes: number,
): Partial<Record<CallbackCommand | 'reveal' | 'dial', true>> {
  const can: Partial<Record<CallbackCommand | 'reveal' | 'dial', true>> = {}
  for (const command of callbackCommands) {
    if (!allows(callbackTransitions, callback.status, command) || !mayCommand(viewer, callback, command))
      continue
    if (command === 'giveUp' && callback.attempts === 0) continue
    if (command === 'undo' && !mayUndo(callback, viewer.id, now, undoMinutes)) continue
    can[command] = true
  }
  if (mayReveal(viewer, callback)) {
    can.reveal = true
    if (viewer.dials) can.dial = true
  }
  return can
}

/** G5: whoever makes the call, promised it, or works at the desk; not everybody who reads the list. */
export function mayReveal(viewer: Viewer, callback: Subject): boolean {
  return (
    owes(viewer, callback) ||
    hasIt(viewer, callback) ||
    callback.promised_by === viewer.id ||
    (viewer.atDesk && viewer.readsCallbacks)
  )
}
