/** What a group promises: one question, one reminder, one signature for all, however many they are (V5, V10, V18). */
import type { Owner } from '../../../kernel/tasks/rules.ts'
import type { NewTask } from '../../../kernel/work/command.ts'
import type { Timings } from '../settings.ts'
import { plus } from '../tasks.ts'
import type { GroupRow } from './store.ts'

const desk: Owner = { kind: 'post', id: 'desk' }
const dutyManager: Owner = { kind: 'post', id: 'duty_manager' }

const hostOrDesk = (group: GroupRow): Owner =>
  group.host_id === null ? desk : { kind: 'person', id: group.host_id }

const base = (group: GroupRow, people: number) => ({
  subject: { entity: 'visit-group', id: group.id },
  facts: { title: group.title, people, hostName: group.host_name },
})

export function groupConsentTask(group: GroupRow, people: number, now: Date, timings: Timings): NewTask {
  const { consentMinutes } = timings
  return {
    ...base(group, people),
    kind: 'group.consent',
    owner: hostOrDesk(group),
    dueAt: plus(now, consentMinutes),
    ladder:
      group.host_id === null
        ? [{ afterMinutes: consentMinutes, owner: dutyManager }]
        : [
            { afterMinutes: 0, owner: desk },
            { afterMinutes: consentMinutes * 2, owner: dutyManager },
          ],
  }
}

export function groupOverstayTask(group: GroupRow, people: number, until: Date, timings: Timings): NewTask {
  const grace = timings.overstayGraceMinutes
  return {
    ...base(group, people),
    kind: 'group.overstay',
    owner: hostOrDesk(group),
    dueAt: plus(until, grace),
    ladder: [
      { afterMinutes: Math.max(grace, 15), owner: group.host_id === null ? dutyManager : desk },
      { afterMinutes: Math.max(grace, 15) * 2, owner: dutyManager },
    ],
  }
}

export function groupSignatureTask(
  group: GroupRow,
  people: number,
  due: { dueAt: Date; remindAt: Date },
): NewTask {
  return {
    ...base(group, people),
    kind: 'group.late-signature',
    owner: hostOrDesk(group),
    ...due,
    ladder: [{ afterMinutes: 60, owner: dutyManager }],
  }
}
