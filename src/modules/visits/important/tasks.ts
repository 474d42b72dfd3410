/** The promises around an important guest (V7): each step has somebody who owes it and somebody after them. */
import type { LadderStep, Owner } from '../../../kernel/tasks/rules.ts'
import type { NewTask, Work } from '../../../kernel/work/command.ts'
import { visitNumber } from '../present.ts'
import { plus, type TaskSubject } from '../tasks.ts'
import type { Attendance } from './attendance.ts'
import type { Important } from './settings.ts'

const desk: Owner = { kind: 'post', id: 'desk' }
const gate: Owner = { kind: 'post', id: 'gate' }
const dutyManager: Owner = { kind: 'post', id: 'duty_manager' }

function task(
  kind: string,
  visit: TaskSubject,
  owner: Owner,
  dueAt: Date,
  ladder: readonly LadderStep[],
  more: Readonly<Record<string, unknown>> = {},
): NewTask {
  return {
    kind,
    subject: { entity: 'visit', id: visit.id },
    facts: {
      number: visitNumber(visit.number),
      visitorName: visit.visitorName,
      hostName: visit.hostName,
      ...more,
    },
    owner,
    dueAt,
    ladder,
  }
}

const then = (minutes: number, ...owners: readonly Owner[]): LadderStep[] =>
  owners.map((owner, at) => ({ afterMinutes: minutes * (at + 1), owner }))

/** The executive's word has reached the gate when somebody there says so. */
export function warningTask(visit: TaskSubject, now: Date, rules: Important, plates: string): NewTask {
  const due = plus(now, rules.gateMinutes)
  return task('visit.warning', visit, gate, due, then(rules.gateMinutes, desk, dutyManager), { plates })
}

/** The guest is here: the desk leads in, the host comes at once, the secretary sees to it. */
export function openArrival(work: Work, visit: TaskSubject, attendance: Attendance): void {
  const { rules, secretaries, office } = attendance
  const person = (id: string): Owner => ({ kind: 'person', id })
  work.openTask(
    task(
      'visit.lead-in',
      visit,
      desk,
      plus(work.now, rules.leadInMinutes),
      then(rules.leadInMinutes, dutyManager),
    ),
  )
  const due = plus(work.now, rules.comeMinutes)
  const [first] = secretaries
  const above = [
    ...(first === undefined ? [] : [person(first)]),
    ...(office === null ? [] : [person(office)]),
    dutyManager,
  ]
  if (visit.hostId !== null) {
    const next = above.filter((owner) => owner.id !== visit.hostId)
    work.openTask(
      task('visit.guest-here', visit, person(visit.hostId), due, then(rules.comeMinutes, ...next)),
    )
  }
  const watching = secretaries.length > 0 ? secretaries : office === null ? [] : [office]
  for (const id of watching.filter((one) => one !== visit.hostId)) {
    const next = office === null || office === id ? [dutyManager] : [person(office), dutyManager]
    work.openTask(task('visit.guest-office', visit, person(id), due, then(rules.comeMinutes, ...next)))
  }
}

/** Desk → gate → driver → out: whoever is next owes it. */
export function departureTask(
  kind: 'visit.gate-told' | 'visit.driver-told' | 'visit.car-out',
  visit: TaskSubject,
  now: Date,
  rules: Important,
): NewTask {
  const minutes = kind === 'visit.car-out' ? rules.departureMinutes * 5 : rules.departureMinutes
  return task(kind, visit, gate, plus(now, minutes), then(minutes, desk, dutyManager))
}
