/** The promises a visit makes (G2): who owes what, until when, and who is told next. */
import type { LadderStep, Owner } from '../../kernel/tasks/rules.ts'
import type { NewTask, Work } from '../../kernel/work/command.ts'
import { visitNumber } from './present.ts'
import type { Timings } from './settings.ts'

const desk: Owner = { kind: 'post', id: 'desk' }
const gate: Owner = { kind: 'post', id: 'gate' }
const dutyManager: Owner = { kind: 'post', id: 'duty_manager' }

/** What the texts of a visit's tasks mention; names only. */
export interface TaskSubject {
  readonly id: string
  readonly number: number
  readonly visitorName: string
  readonly organisation: string
  readonly hostName: string
  /** Host, or whoever receives instead; without one the desk looks after the guest. */
  readonly hostId: string | null
}

function facts(visit: TaskSubject, more: Readonly<Record<string, unknown>> = {}) {
  return {
    number: visitNumber(visit.number),
    visitorName: visit.visitorName,
    organisation: visit.organisation,
    hostName: visit.hostName,
    ...more,
  }
}

function subject(visit: TaskSubject) {
  return { entity: 'visit', id: visit.id }
}

function hostOrDesk(visit: TaskSubject): Owner {
  return visit.hostId === null ? desk : { kind: 'person', id: visit.hostId }
}

/** After the host comes the desk, unless the desk owns it already. */
function thenDesk(visit: TaskSubject, afterMinutes: number): LadderStep[] {
  return visit.hostId === null
    ? [{ afterMinutes, owner: dutyManager }]
    : [
        { afterMinutes, owner: desk },
        { afterMinutes: afterMinutes * 2, owner: dutyManager },
      ]
}

export function plus(at: Date, minutes: number): Date {
  return new Date(at.getTime() + minutes * 60_000)
}

/** V5: the asked one has this long; when it falls due the next is asked (`consent.ts`). */
export function consentTask(visit: TaskSubject, asked: Owner, dueAt: Date): NewTask {
  return { kind: 'visit.consent', subject: subject(visit), facts: facts(visit), owner: asked, dueAt }
}

/** V5: nobody answered; the desk decides with the visitor. */
export function unansweredTask(visit: TaskSubject, now: Date): NewTask {
  return {
    kind: 'visit.unanswered',
    subject: subject(visit),
    facts: facts(visit),
    owner: desk,
    dueAt: plus(now, 5),
    ladder: [{ afterMinutes: 10, owner: dutyManager }],
  }
}

/** V5, V6: the list came to its end with nobody looking: the visitor still stands there and hears the courteous wording. */
export function turnAwayTask(visit: TaskSubject, now: Date): NewTask {
  return {
    kind: 'visit.turn-away',
    subject: subject(visit),
    facts: facts(visit),
    owner: desk,
    dueAt: plus(now, 5),
    ladder: [{ afterMinutes: 10, owner: dutyManager }],
  }
}

/** V17: the host is reminded when the guest has waited long enough, then the desk looks after the guest. */
export function waitingTask(visit: TaskSubject, from: Date, timings: Timings): NewTask {
  const { waitingMinutes } = timings
  return {
    kind: 'visit.waiting',
    subject: subject(visit),
    facts: facts(visit, { minutes: waitingMinutes }),
    owner: hostOrDesk(visit),
    dueAt: plus(from, waitingMinutes),
    ladder: thenDesk(visit, waitingMinutes),
  }
}

/** V18: still inside past the validity. */
export function overstayTask(visit: TaskSubject, validUntil: Date, timings: Timings): NewTask {
  const grace = timings.overstayGraceMinutes
  return {
    kind: 'visit.overstay',
    subject: subject(visit),
    facts: facts(visit),
    owner: hostOrDesk(visit),
    dueAt: plus(validUntil, grace),
    ladder: thenDesk(visit, Math.max(grace, 15)),
  }
}

/** V10: released on the host's word; the signature is owed. After the due time the head of the department is told. */
export function lateSignatureTask(
  visit: TaskSubject,
  dueAt: Date,
  remindAt: Date,
  head: string | null,
): NewTask {
  const next: Owner = head === null || head === visit.hostId ? dutyManager : { kind: 'person', id: head }
  return {
    kind: 'visit.late-signature',
    subject: subject(visit),
    facts: facts(visit),
    owner: hostOrDesk(visit),
    dueAt,
    remindAt,
    ladder: [{ afterMinutes: 60, owner: next }],
  }
}

/** V11: the number is void until the pass is found. */
export function passMissingTask(visit: TaskSubject, passNumber: string, now: Date): NewTask {
  return {
    kind: 'visit.pass-missing',
    subject: subject(visit),
    facts: facts(visit, { passNumber }),
    owner: gate,
    dueAt: plus(now, 24 * 60),
    ladder: [{ afterMinutes: 24 * 60, owner: dutyManager }],
  }
}

/** V18: the day ends and people are still inside. */
export function stillInsideTask(siteId: string, day: string, people: number, now: Date): NewTask {
  return {
    kind: 'visit.still-inside',
    subject: { entity: 'visit-day', id: `${siteId}:${day}` },
    facts: { day, people },
    owner: dutyManager,
    dueAt: plus(now, 30),
    ladder: [],
  }
}

/** V12: the list was hit; whoever may know compares and decides. */
export function watchTask(visit: TaskSubject, post: string, now: Date): NewTask {
  return {
    kind: 'visit.watch-hit',
    subject: subject(visit),
    facts: facts(visit),
    owner: { kind: 'post', id: post },
    dueAt: plus(now, 5),
    ladder: [],
  }
}

/** V12: somebody suspicious was refused; the post answers for what follows. */
export function suspiciousTask(visit: TaskSubject, post: string, now: Date): NewTask {
  return {
    kind: 'visit.suspicious',
    subject: subject(visit),
    facts: facts(visit),
    owner: { kind: 'post', id: post },
    dueAt: plus(now, 60),
    ladder: [],
  }
}

/** Everything that only matters while the guest is inside. */
export const staying = [
  'visit.waiting',
  'visit.overstay',
  'visit.lead-in',
  'visit.guest-here',
  'visit.guest-office',
  'visit.gate-told',
  'visit.driver-told',
  'visit.car-out',
  'visit.out-by-door',
  'visit.escort',
] as const
/** Settled when the host has the guest (V7). */
export const withHost = ['visit.lead-in', 'visit.guest-here', 'visit.guest-office'] as const
export const asking = ['visit.consent', 'visit.unanswered', 'visit.warning'] as const

/** The visitor is in: somebody looks after the waiting, somebody after the end. */
export function openStay(
  work: Work,
  visit: TaskSubject,
  readyAt: Date,
  validUntil: Date,
  timings: Timings,
): void {
  work.openTask(waitingTask(visit, readyAt, timings))
  work.openTask(overstayTask(visit, validUntil, timings))
}
