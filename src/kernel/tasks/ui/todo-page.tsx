import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../ui-kit/button.tsx'
import { useKeys } from '../../../ui-kit/keys.ts'
import { useCan } from '../../../ui-kit/session.ts'
import { StatusChip } from '../../../ui-kit/status-chip.tsx'
import { Tabs } from '../../../ui-kit/tabs.tsx'
import { NewTask } from './new-task.tsx'
import { type Status, useTaskSummary, type Whose } from './queries.ts'
import { TaskList } from './task-list.tsx'
import css from './todo.module.css'

const views = {
  mine: { whose: 'mine', status: 'open' },
  all: { whose: 'all', status: 'open' },
  settled: { whose: 'mine', status: 'settled' },
  allSettled: { whose: 'all', status: 'settled' },
} as const satisfies Record<string, { whose: Whose; status: Status }>
type View = keyof typeof views

/** Everything promised and not yet done, by due time; and what became of the rest (G2). */
export function TodoPage({ large = false }: { large?: boolean }) {
  const { t } = useTranslation()
  const readAll = useCan('task.read-all')
  const [view, setView] = useState<View>('mine')
  const [making, setMaking] = useState(false)
  const { whose, status } = views[view]
  const mine = useTaskSummary('mine').data
  const shown: View[] = readAll ? ['mine', 'all', 'settled', 'allSettled'] : ['mine', 'settled']
  useKeys({ n: { label: t('todo.new'), run: () => setMaking(true) } })
  return (
    <div className={making ? css.pageWithPanel : css.page}>
      <div className={css.main}>
        <header className={css.pageHead}>
          <h1>{t('todo.title')}</h1>
          {mine && mine.overdue > 0 ? (
            <StatusChip tone="alarm">{t('todo.overdue', { count: mine.overdue })}</StatusChip>
          ) : null}
          {mine && mine.dueSoon > 0 ? (
            <StatusChip tone="waiting">{t('todo.dueSoon', { count: mine.dueSoon })}</StatusChip>
          ) : null}
          <Button
            kind="primary"
            icon="plus"
            keyHint={large ? undefined : 'n'}
            size={large ? 'large' : 'normal'}
            onClick={() => setMaking(true)}
          >
            {t('todo.new')}
          </Button>
        </header>
        <Tabs
          value={view}
          onChange={setView}
          label={t('todo.views')}
          size={large ? 'large' : 'normal'}
          tabs={shown.map((value) => ({
            value,
            label: t(`todo.view.${value}`),
            ...(value === 'mine' && mine ? { count: mine.open } : {}),
          }))}
        >
          <TaskList key={view} whose={whose} status={status} large={large} />
        </Tabs>
      </div>
      {making ? <NewTask onClose={() => setMaking(false)} /> : null}
    </div>
  )
}

/** On a phone or tablet: big targets. */
export function TodoPageLarge() {
  return <TodoPage large />
}
