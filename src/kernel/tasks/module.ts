import type { FoyerModule } from '../module.ts'
import { taskErrors } from './contract.ts'
import { routes } from './http.ts'
import { taskMatrix } from './policy.ts'
import { freeTasks } from './settings.ts'

export const tasksModule: FoyerModule = {
  name: 'tasks',
  routes,
  grants: taskMatrix,
  errors: taskErrors,
  constraints: { task_pkey: 'entity.exists' },
  settings: [freeTasks],
  taskKinds: { 'task.free': { notify: true, link: () => '/todo' } },
  live: { task: { action: 'task.watch' } },
}
