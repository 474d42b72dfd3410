import { type FormEvent, type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../ui-kit/button.tsx'
import { serverNow } from '../../../ui-kit/clock.ts'
import { Field } from '../../../ui-kit/field.tsx'
import { DateTimeInput, TextInput } from '../../../ui-kit/inputs.tsx'
import { useKeys } from '../../../ui-kit/keys.ts'
import { useSession } from '../../../ui-kit/session.ts'
import { fromWall, toWall } from '../../../ui-kit/zone-time.ts'
import { OwnerBox } from './owner-box.tsx'
import type { Owner, Task } from './queries.ts'
import css from './todo.module.css'
import type { TaskActs } from './use-task-acts.ts'

export type FormName = 'settle' | 'handOn' | 'postpone'

export interface TaskFormProps {
  task: Task
  acts: TaskActs
  onClose: () => void
}

/** Under the task, not over it: one or two answers, Enter does it, Esc leaves it. */
export function TaskForm({ name, ...props }: TaskFormProps & { name: FormName }) {
  if (name === 'settle') return <SettleForm {...props} />
  return name === 'handOn' ? <HandOnForm {...props} /> : <PostponeForm {...props} />
}

function Frame(props: {
  label: string
  run: string
  busy: boolean
  ready: boolean
  onRun: () => void
  onClose: () => void
  children: ReactNode
}) {
  const { t } = useTranslation()
  useKeys({ Escape: { label: t('todo.act.leave'), run: props.onClose } }, { layer: 'panel' })
  function submit(event: FormEvent) {
    event.preventDefault()
    if (props.ready && !props.busy) props.onRun()
  }
  return (
    <form className={css.form} aria-label={props.label} onSubmit={submit}>
      {props.children}
      <div className={css.buttons}>
        <Button type="submit" kind="primary" busy={props.busy} disabled={!props.ready}>
          {props.run}
        </Button>
        <Button kind="plain" onClick={props.onClose}>
          {t('todo.act.leave')}
        </Button>
      </div>
    </form>
  )
}

function useRun(onClose: () => void) {
  return async (act: Promise<boolean>) => {
    if (await act) onClose()
  }
}

function SettleForm({ task, acts, onClose }: TaskFormProps) {
  const { t } = useTranslation()
  const [outcome, setOutcome] = useState('')
  const run = useRun(onClose)
  return (
    <Frame
      label={t('todo.act.settle')}
      run={t('todo.act.settle')}
      busy={acts.busy === task.id}
      ready={outcome.trim() !== ''}
      onRun={() => void run(acts.settle(task, outcome.trim()))}
      onClose={onClose}
    >
      <Field label={t('todo.outcome')} required hint={t('todo.outcomeHint')}>
        <TextInput value={outcome} onChange={setOutcome} maxLength={200} autoFocus />
      </Field>
    </Frame>
  )
}

function HandOnForm({ task, acts, onClose }: TaskFormProps) {
  const { t } = useTranslation()
  const [text, setText] = useState('')
  const [to, setTo] = useState<Owner | null>(null)
  const [note, setNote] = useState('')
  const run = useRun(onClose)
  return (
    <Frame
      label={t('todo.act.handOn')}
      run={t('todo.act.handOn')}
      busy={acts.busy === task.id}
      ready={to !== null}
      onRun={() => to && void run(acts.handOn(task, to, note.trim()))}
      onClose={onClose}
    >
      <Field label={t('todo.handTo')} required>
        <OwnerBox
          text={text}
          onTextChange={(next) => {
            setText(next)
            setTo(null)
          }}
          onPick={(owner, name) => {
            setText(name)
            setTo(owner)
          }}
          autoFocus
        />
      </Field>
      <Field label={t('todo.note')}>
        <TextInput value={note} onChange={setNote} maxLength={200} />
      </Field>
    </Frame>
  )
}

const quick = [15, 30, 60] as const

function PostponeForm({ task, acts, onClose }: TaskFormProps) {
  const { t } = useTranslation()
  const { site } = useSession()
  const [wall, setWall] = useState(() => toWall(task.dueAt, site.zone))
  const [reason, setReason] = useState('')
  const run = useRun(onClose)
  return (
    <Frame
      label={t('todo.act.postpone')}
      run={t('todo.act.postpone')}
      busy={acts.busy === task.id}
      ready={wall !== '' && reason.trim() !== ''}
      onRun={() => void run(acts.postpone(task, fromWall(wall, site.zone), reason.trim()))}
      onClose={onClose}
    >
      <div className={css.quick}>
        {quick.map((minutes) => (
          <Button key={minutes} onClick={() => setWall(toWall(serverNow() + minutes * 60_000, site.zone))}>
            {t('todo.inMinutes', { count: minutes })}
          </Button>
        ))}
      </div>
      <Field label={t('todo.due')} required>
        <DateTimeInput value={wall} onChange={setWall} />
      </Field>
      <Field label={t('todo.reason')} required>
        <TextInput value={reason} onChange={setReason} maxLength={200} autoFocus />
      </Field>
    </Frame>
  )
}
