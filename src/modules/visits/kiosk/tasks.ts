import type { NewTask } from '../../../kernel/work/command.ts'
import { plus } from '../tasks.ts'

/** Somebody stands before the kiosk and cannot go on (G1). */
export function helpTask(kiosk: { id: string; name: string; place: string }, now: Date): NewTask {
  return {
    kind: 'kiosk.help',
    subject: { entity: 'kiosk', id: kiosk.id },
    facts: { name: kiosk.name, place: kiosk.place },
    owner: { kind: 'post', id: 'desk' },
    dueAt: plus(now, 2),
    ladder: [{ afterMinutes: 5, owner: { kind: 'post', id: 'duty_manager' } }],
  }
}

/** Registered at the kiosk while the server was away, and refused by it afterwards (G2). */
export function unsentTask(
  kiosk: { id: string; name: string },
  said: { visitorName: string; organisation: string; hostName: string; occurredAt: string },
  now: Date,
): NewTask {
  const { visitorName, organisation, hostName, occurredAt } = said
  return {
    kind: 'kiosk.unsent',
    subject: { entity: 'kiosk', id: kiosk.id },
    facts: { name: kiosk.name, visitorName, organisation, hostName, at: occurredAt },
    owner: { kind: 'post', id: 'desk' },
    dueAt: plus(now, 15),
    ladder: [{ afterMinutes: 30, owner: { kind: 'post', id: 'duty_manager' } }],
  }
}
