import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { Column } from '../../../ui-kit/column.tsx'
import { StatusChip } from '../../../ui-kit/status-chip.tsx'
import { type Task, useTaskSummary } from './queries.ts'
import { TaskList } from './task-list.tsx'
import css from './todo.module.css'

/**
 * The desk's third column: one's own tasks and those of one's posts, by due time (G2).
 * @param onOpen opens the subject beside the board; true when it did, otherwise its address is opened
 */
export function TodoColumn({ onOpen }: { onOpen?: ((task: Task) => boolean) | undefined }) {
  const { t } = useTranslation()
  const { data } = useTaskSummary('mine')
  return (
    <Column
      title={
        <Link to="/todo" className={css.heading}>
          {t('todo.title')}
        </Link>
      }
      count={data?.open}
      aside={
        data && data.overdue > 0 ? (
          <StatusChip tone="alarm">{t('todo.overdue', { count: data.overdue })}</StatusChip>
        ) : null
      }
      plain
    >
      <TaskList whose="mine" status="open" onOpen={onOpen} />
    </Column>
  )
}
