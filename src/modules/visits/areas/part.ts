/** What the module of visits takes over from here. */
import type { TaskKind } from '../../../kernel/tasks/kind.ts'
import { approvalTask } from './ask.ts'
import { areaErrors } from './contract.ts'
import { escortTask } from './escort.ts'
import { areaQuestions, endAgreements } from './follower.ts'
import { areaRoutes } from './http.ts'
import { areaGrants } from './policy.ts'
import { escortSetting } from './settings.ts'

export const areasPart = {
  routes: areaRoutes,
  grants: areaGrants,
  errors: areaErrors,
  constraints: {
    area_pkey: 'entity.exists',
    area_name: 'area.exists',
    area_approval_open: 'transition.refused',
    area_approval_transition: 'transition.refused',
  },
  taskKinds: {
    [approvalTask]: { notify: true, settledBySubject: true, link: () => '/host/areas' },
    [escortTask]: {
      notify: true,
      settledBySubject: true,
      link: ({ subjectId }) => `/host?visit=${subjectId}`,
    },
  } satisfies Record<string, TaskKind>,
  live: { area: { action: 'area.read', link: () => '/areas' } },
  settings: [escortSetting],
  followers: [areaQuestions],
  cron: [{ name: 'areas-agreements-end', schedule: '* * * * *', run: endAgreements }],
}
