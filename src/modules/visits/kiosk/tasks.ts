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
