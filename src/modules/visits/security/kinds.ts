/** Task kinds of an alarm (V16). */
import type { TaskKind } from '../../../kernel/tasks/kind.ts'
import { markEscalated } from './store.ts'

const link: NonNullable<TaskKind['link']> = ({ subjectId }) => `/incidents?incident=${subjectId}`

export const incidentTaskKinds: Readonly<Record<string, TaskKind>> = {
  'incident.alarm': {
    // Everybody concerned is told by the incident's own notice; the supervisor when it comes to them.
    notify: 'when-due',
    settledBySubject: true,
    link,
    async onFire(work, task, fired) {
      if (fired.event === 'escalated') {
        work.write(markEscalated(task.siteId, task.subjectId, work.now))
        work.journal({ entity: 'incident', entityId: task.subjectId, action: 'incident.escalated' })
      }
      return 'continue'
    },
  },
  'incident.report': { notify: 'when-due', settledBySubject: true, link },
}
