import type { NewTask } from '../../../kernel/work/command.ts'
import { plus, type TaskSubject } from '../tasks.ts'

export const outByDoor = 'visit.out-by-door'

/** V18: somebody went out by a door; the gate takes back pass and slip, or finds out who used them. */
export function outByDoorTask(visit: TaskSubject, door: string, now: Date): NewTask {
  return {
    kind: outByDoor,
    subject: { entity: 'visit', id: visit.id },
    facts: { visitorName: visit.visitorName, number: visit.number, door },
    owner: { kind: 'post', id: 'gate' },
    dueAt: plus(now, 5),
    ladder: [{ afterMinutes: 15, owner: { kind: 'post', id: 'duty_manager' } }],
  }
}
