import { useTranslation } from 'react-i18next'
import { Button } from '../../../ui-kit/button.tsx'
import { cx } from '../../../ui-kit/cx.ts'
import { Icon } from '../../../ui-kit/icon.tsx'
import { RunningTime } from '../../../ui-kit/running-time.tsx'
import { useSession } from '../../../ui-kit/session.ts'
import { StatusChip } from '../../../ui-kit/status-chip.tsx'
import { formatDateTime } from '../../../ui-kit/zone-time.ts'
import type { Task } from './queries.ts'
import { type FormName, TaskForm } from './task-forms.tsx'
import { useTaskText } from './task-text.ts'
import css from './todo.module.css'
import type { TaskActs } from './use-task-acts.ts'

export interface TaskCardProps {
  task: Task
  acts: TaskActs
  selected: boolean
  form: FormName | null
  onSelect: () => void
  onOpen: () => void
  onForm: (form: FormName | null) => void
  large: boolean
}

/** One promise: what, whose, until when; what may be done with it shows on the chosen one. */
export function TaskCard(props: TaskCardProps) {
  const { task, acts, selected, form, onForm, large } = props
  const words = useTaskText()
  const size = large ? 'large' : 'normal'
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the title is the button for the keyboard
    <li className={cx(css.task, selected && css.selected)} onClick={props.onSelect}>
      <div className={css.head}>
        <button
          type="button"
          className={cx(css.title, large && css.large)}
          data-task={task.id}
          aria-current={selected || undefined}
          onFocus={props.onSelect}
          // A finger has no way to choose first: there the title only chooses, and opening is an act of its own.
          onClick={large ? props.onSelect : props.onOpen}
        >
          {words.title(task)}
        </button>
        <TaskTime task={task} />
      </div>
      <TaskFacts task={task} />
      {selected && form === null ? (
        <ActRow
          task={task}
          acts={acts}
          onForm={onForm}
          onOpen={large ? props.onOpen : undefined}
          size={size}
        />
      ) : null}
      {selected && form !== null ? (
        <TaskForm name={form} task={task} acts={acts} onClose={() => onForm(null)} />
      ) : null}
    </li>
  )
}

function TaskTime({ task }: { task: Task }) {
  const { t, i18n } = useTranslation()
  const { site } = useSession()
  const language = i18n.language === 'en' ? 'en' : 'zh'
  if (task.status === 'open') return <RunningTime until={task.dueAt} warnBefore={15 * 60} />
  return (
    <span className={css.settledAt}>
      {task.status === 'cancelled' ? <StatusChip tone="neutral">{t('todo.cancelled')}</StatusChip> : null}
      {formatDateTime(task.settledAt ?? task.dueAt, site.zone, language)}
    </span>
  )
}

function TaskFacts({ task }: { task: Task }) {
  const { t } = useTranslation()
  const words = useTaskText()
  const note = typeof task.facts.note === 'string' ? task.facts.note : ''
  return (
    <div className={css.facts}>
      <span className={css.owner}>
        <Icon name={task.owner.kind === 'post' ? 'group' : 'user'} size={16} label={t('todo.owner')} />
        {words.owner(task.owner)}
      </span>
      {task.status === 'open' && task.escalations > 0 ? (
        <StatusChip tone="alarm">{t('todo.escalated', { count: task.escalations })}</StatusChip>
      ) : null}
      {note === '' ? null : <p className={css.note}>{note}</p>}
      {task.note === null ? null : (
        <p className={css.note}>{t('todo.said', { name: task.note.by, text: task.note.text })}</p>
      )}
      {task.outcome === null ? null : (
        <p className={css.outcome}>
          <Icon name="check" size={16} />
          {t('todo.settledWith', { name: task.settledBy ?? '', outcome: task.outcome })}
        </p>
      )}
    </div>
  )
}

function ActRow({
  task,
  acts,
  onForm,
  onOpen,
  size,
}: Pick<TaskCardProps, 'task' | 'acts' | 'onForm'> & {
  onOpen: (() => void) | undefined
  size: 'normal' | 'large'
}) {
  const { t } = useTranslation()
  const { can } = task
  const busy = acts.busy === task.id
  const opens = onOpen !== undefined && task.link !== null && task.subject.entity !== 'task'
  if (!opens && !Object.values(can).some(Boolean)) return null
  return (
    <div className={css.buttons}>
      {opens ? (
        <Button size={size} onClick={onOpen}>
          {t('todo.act.view')}
        </Button>
      ) : null}
      {can.settle ? (
        <Button size={size} kind="primary" keyHint="d" busy={busy} onClick={() => onForm('settle')}>
          {t('todo.act.settle')}
        </Button>
      ) : null}
      {can.takeOver ? (
        <Button size={size} keyHint="t" busy={busy} onClick={() => void acts.takeOver(task)}>
          {t('todo.act.takeOver')}
        </Button>
      ) : null}
      {can.handOn ? (
        <Button size={size} keyHint="h" busy={busy} onClick={() => onForm('handOn')}>
          {t('todo.act.handOn')}
        </Button>
      ) : null}
      {can.postpone ? (
        <Button size={size} keyHint="p" busy={busy} onClick={() => onForm('postpone')}>
          {t('todo.act.postpone')}
        </Button>
      ) : null}
      {can.reopen ? (
        <Button size={size} icon="back" busy={busy} onClick={() => void acts.reopen(task)}>
          {t('todo.act.reopen')}
        </Button>
      ) : null}
    </div>
  )
}
