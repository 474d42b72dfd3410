/** PURE: row → what the interface gets. Decisions travel as `can`; the interface never recomputes them. */
import { maskNumber } from '../../kernel/telephone/mask.ts'
import type { CallCard, CallDetail } from './card/contract.ts'
import type { Lens } from './house.ts'
import { mayReveal, maySee, maySeeParty, permitted } from './policy.ts'
import { callNumber, otherParty, reachedAt } from './row.ts'
import { answeredLate } from './rules.ts'
import type { CallRow, HopRow, LegRow } from './store.ts'

const iso = (at: Date | null): string | null => at?.toISOString() ?? null
const masked = (number: string) => (number === '' ? '' : maskNumber(number))

export interface Around {
  /** The contact or company is a VIP. */
  readonly vip?: boolean
  /** The viewer was rung, tried, left a message, or owes the callback. */
  readonly involved?: boolean
}

function canOf(row: CallRow, lens: Lens, involved: boolean): CallCard['can'] {
  const { viewer, now, rules } = lens
  const can: CallCard['can'] = { ...permitted(viewer, row, now, rules.undoMinutes) }
  const reached = reachedAt(row) !== ''
  if (reached && mayReveal(viewer, row, involved)) can.reveal = true
  if (reached && viewer.dials && maySeeParty(viewer, row, involved)) can.dial = true
  // Only the exchange can move a call, and only while somebody is on the line.
  if (can.hop && row.source === 'exchange') can.transfer = true
  if (mayMarkPrivate(row, lens, involved)) can.markPrivate = true
  return can
}

/** C12: the colleague says so of their own call; the desk of a call it speaks itself. */
export function mayMarkPrivate(row: CallRow, lens: Lens, involved: boolean): boolean {
  const { employeeId } = lens.viewer
  return employeeId !== null && (row.handler_id === employeeId || row.wanted_id === employeeId || involved)
}

export function presentCard(row: CallRow, lens: Lens, around: Around = {}): CallCard {
  const { vip = false, involved = false } = around
  const shown = maySeeParty(lens.viewer, row, involved)
  const party = (text: string) => (shown ? text : '')
  return {
    id: row.id,
    number: callNumber(row.number),
    version: row.version,
    status: row.status,
    direction: row.direction,
    source: row.source,
    callerMasked: party(masked(otherParty(row))),
    callerShown: party(row.caller_shown),
    callerExtension: row.caller_extension,
    dialled: row.direction === 'out' ? party(masked(row.dialled)) : row.dialled,
    contactId: shown ? row.contact_id : null,
    customerId: shown ? row.customer_id : null,
    contactName: party(row.contact_name),
    organisation: party(row.organisation),
    phoneMasked: party(masked(row.contact_phone)),
    reason: party(row.reason),
    route: row.route,
    wantedId: row.wanted_id,
    wantedName: row.wanted_name,
    departmentId: row.department_id,
    departmentName: row.department_name,
    situations: row.situations,
    private: row.private,
    handlerId: row.handler_id,
    handlerName: row.handler_name,
    startedAt: row.started_at.toISOString(),
    ringingAt: iso(row.ringing_at),
    answeredAt: iso(row.answered_at),
    endedAt: iso(row.ended_at),
    ringSeconds: row.ring_seconds,
    rings: row.rings,
    late: isLate(row, lens),
    talkSeconds: row.talk_seconds,
    outcome: row.outcome,
    outcomeNote: party(row.outcome_note),
    outcomeByName: row.outcome_by_name,
    vip: shown && vip,
    can: maySee(lens.viewer, row, involved) ? canOf(row, lens, involved) : {},
  }
}

/** C1: decided by the rings measured; while it still rings, by how long it has. */
export function isLate(row: CallRow, lens: Lens): boolean {
  const { answerRings, ringCadenceSeconds } = lens.rules
  if (row.status === 'ringing' && row.ringing_at !== null)
    return (lens.now.getTime() - row.ringing_at.getTime()) / 1000 >= answerRings * ringCadenceSeconds
  return row.direction === 'in' && answeredLate(row.rings, answerRings)
}

export function presentHop(row: HopRow): CallDetail['hops'][number] {
  return {
    id: row.id,
    step: row.step,
    kind: row.target_kind,
    targetId: row.target_id,
    name: row.target_name,
    extension: row.target_extension,
    toldCaller: row.told_caller,
    startedAt: row.started_at.toISOString(),
    endedAt: iso(row.ended_at),
    seconds: row.seconds,
    result: row.result,
    measured: row.measured,
    note: row.note,
    byName: row.by_name,
  }
}

export function presentLeg(row: LegRow): CallDetail['legs'][number] {
  return {
    extension: row.extension,
    number: row.number === null ? null : maskNumber(row.number),
    name: row.employee_name,
    cause: row.cause,
    sentBy: row.sent_by,
    ringingAt: iso(row.ringing_at),
    answeredAt: iso(row.answered_at),
    endedAt: iso(row.ended_at),
    result: row.result,
    ringSeconds: row.ring_seconds,
    rings: row.rings,
    talkSeconds: row.talk_seconds,
    heldSeconds: row.held_seconds,
  }
}
