/** Groups and tours: a part of the module of visits with routes, tasks and notices of its own (V22). */
import type { FoyerModule } from '../../../kernel/module.ts'
import { groupErrors } from './contract.ts'
import { groupRoutes } from './http.ts'
import { groupNotices } from './notices.ts'
import { groupsSetting } from './settings.ts'

export const groupsModule: FoyerModule = {
  name: 'visit-groups',
  routes: groupRoutes,
  errors: groupErrors,
  settings: [groupsSetting],
  notices: groupNotices,
  constraints: {
    visit_group_pkey: 'entity.exists',
    visit_group_counted_out_came_in: 'group.counted-too-many',
  },
  taskKinds: {
    'group.consent': {
      notify: true,
      settledBySubject: true,
      link: ({ subjectId }) => `/host/groups/${subjectId}`,
    },
    'group.overstay': {
      notify: 'when-due',
      settledBySubject: true,
      link: ({ subjectId }) => `/groups/${subjectId}`,
    },
    'group.late-signature': {
      notify: true,
      settledBySubject: true,
      link: ({ subjectId }) => `/host/groups/${subjectId}`,
    },
  },
  live: { 'visit-group': { action: 'visit.read', link: (id) => `/groups/${id}` } },
}
