/** PURE: who may do what with a message. The matrix says what a role may at all; this looks at the record. */
import { allows } from '../../../kernel/transitions.ts'
import { answersFor, type Viewer } from '../owners/policy.ts'
import { mayUndo } from '../owners/rules.ts'
import { type MessageCommand, type MessageStatus, messageCommands, messageTransitions } from './rules.ts'

export interface Subject {
  readonly status: MessageStatus
  readonly previous_status: string | null
  readonly status_at: Date
  readonly status_by: string
  readonly to_kind: 'person' | 'post'
  readonly to_id: string
  readonly taken_by: string
  readonly report_back: boolean
  readonly phone: string
}

/** The recipient, a colleague of the post, or whoever stands in for the recipient. */
function receives(viewer: Viewer, message: Subject): boolean {
  return answersFor(viewer, { kind: message.to_kind, id: message.to_id })
}

export function maySee(viewer: Viewer, message: Subject): boolean {
  return viewer.readsMessages || receives(viewer, message) || message.taken_by === viewer.id
}

/** May this person give this command, whatever the state? */
export function mayCommand(viewer: Viewer, message: Subject, command: MessageCommand): boolean {
  switch (command) {
    // That somebody else has read it is not what the caller was promised.
    case 'see':
      return receives(viewer, message)
    // On the telephone the colleague says "done" to the desk.
    case 'done':
      return receives(viewer, message) || viewer.atDesk
    case 'forward':
    case 'report':
      return receives(viewer, message) || viewer.atDesk || message.taken_by === viewer.id
    case 'withdraw':
      return viewer.atDesk || message.taken_by === viewer.id
    case 'undo':
      return viewer.id === message.status_by
    // By the product itself, when the line is free.
    case 'present':
      return false
  }
}

/** G5: whoever has to ring the caller; not everybody who reads the board. */
export function mayReveal(viewer: Viewer, message: Subject): boolean {
  return receives(viewer, message) || message.taken_by === viewer.id || viewer.atDesk
}

/** The `can` of an answer: table, person and, for undo, the record itself. */
export function permitted(
  viewer: Viewer,
  message: Subject,
  now: Date,
  undoMinutes: number,
): Partial<Record<MessageCommand | 'reveal' | 'dial', true>> {
  const can: Partial<Record<MessageCommand | 'reveal' | 'dial', true>> = {}
  for (const command of messageCommands) {
    if (!allows(messageTransitions, message.status, command) || !mayCommand(viewer, message, command))
      continue
    if (command === 'report' && !message.report_back) continue
    if (command === 'undo' && !mayUndo(message, viewer.id, now, undoMinutes)) continue
    can[command] = true
  }
  if (message.phone !== '' && mayReveal(viewer, message)) {
    can.reveal = true
    if (viewer.dials) can.dial = true
  }
  return can
}
