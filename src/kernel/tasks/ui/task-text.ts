import { useTranslation } from 'react-i18next'
import type { Task } from './queries.ts'

/** Posts every house has; a department's name comes with the task. */
export const fixedPosts = ['desk', 'gate', 'duty_manager', 'office_admin', 'agent', 'technician'] as const

/** The words for a task and for who owns it. */
export function useTaskText() {
  const { t } = useTranslation()
  return {
    title: (task: Pick<Task, 'kind' | 'facts'>) =>
      t([`task.${task.kind}`, 'todo.unknownKind'], { ...task.facts }),
    owner: (owner: Task['owner']) =>
      owner.name ??
      (owner.kind === 'post' ? t([`todo.post.${owner.id}`, 'todo.post.other']) : t('todo.someone')),
  }
}
