import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { v7 } from 'uuid'
import { Button } from '../../../ui-kit/button.tsx'
import { call } from '../../../ui-kit/client.ts'
import { serverNow } from '../../../ui-kit/clock.ts'
import { useDraft } from '../../../ui-kit/drafts.ts'
import { Field } from '../../../ui-kit/field.tsx'
import { DateTimeInput, TextArea, TextInput } from '../../../ui-kit/inputs.tsx'
import { Panel } from '../../../ui-kit/panel.tsx'
import { ProblemNotice } from '../../../ui-kit/problem-notice.tsx'
import { useProblemText } from '../../../ui-kit/problem-text.ts'
import { useSession } from '../../../ui-kit/session.ts'
import { showToast } from '../../../ui-kit/toast.tsx'
import { fromWall, toWall } from '../../../ui-kit/zone-time.ts'
import { tasks } from '../contract.ts'
import { OwnerBox } from './owner-box.tsx'
import { type Owner, useRenewTasks } from './queries.ts'
import css from './todo.module.css'

const quick = [15, 30, 60] as const

/** A promise made at the desk: what, until when, by whom. */
export function NewTask({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  const { site, user } = useSession()
  const { fieldTexts } = useProblemText()
  const renew = useRenewTasks()
  const draft = useDraft('tasks.new', { title: '', note: '', wall: '', ownerText: '' })
  const [owner, setOwner] = useState<Owner | null>(null)
  const [fault, setFault] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)
  const id = useRef(v7())
  const { title, note, wall, ownerText } = draft.value
  const errors = fieldTexts(fault)
  // Somebody was typed but not chosen: sending it would quietly give the task to oneself.
  const ownerOpen = ownerText.trim() !== '' && owner === null
  const ready = title.trim() !== '' && wall !== '' && !ownerOpen

  async function send() {
    setBusy(true)
    setFault(null)
    try {
      await call(tasks.open, {
        body: {
          id: id.current,
          title: title.trim(),
          dueAt: fromWall(wall, site.zone),
          ...(note.trim() === '' ? {} : { note: note.trim() }),
          ...(owner === null ? {} : { owner }),
        },
      })
      showToast({ text: t('todo.done.open', { task: title.trim() }) })
      draft.clear()
      void renew()
      onClose()
    } catch (caught) {
      setFault(caught)
    } finally {
      setBusy(false)
    }
  }

  return (
    <Panel
      title={t('todo.new')}
      onClose={onClose}
      footer={
        <Button kind="primary" type="submit" form="new-task" busy={busy} disabled={!ready}>
          {t('todo.act.open')}
        </Button>
      }
    >
      <form
        id="new-task"
        className={css.newTask}
        onSubmit={(event) => {
          event.preventDefault()
          if (ready && !busy) void send()
        }}
      >
        <ProblemNotice fault={fault} />
        <Field label={t('todo.what')} required error={errors.title}>
          <TextInput
            value={title}
            onChange={(next) => draft.patch({ title: next })}
            maxLength={200}
            autoFocus
          />
        </Field>
        <div className={css.quick}>
          {quick.map((minutes) => (
            <Button
              key={minutes}
              onClick={() => draft.patch({ wall: toWall(serverNow() + minutes * 60_000, site.zone) })}
            >
              {t('todo.inMinutes', { count: minutes })}
            </Button>
          ))}
        </div>
        <Field label={t('todo.due')} required error={errors.dueAt}>
          <DateTimeInput value={wall} onChange={(next) => draft.patch({ wall: next })} />
        </Field>
        <Field
          label={t('todo.owner')}
          hint={user.employeeId === null ? undefined : t('todo.ownerSelf')}
          error={errors['owner.id'] ?? errors.owner}
        >
          <OwnerBox
            text={ownerText}
            onTextChange={(next) => {
              draft.patch({ ownerText: next })
              setOwner(null)
            }}
            onPick={(picked, name) => {
              draft.patch({ ownerText: name })
              setOwner(picked)
            }}
          />
        </Field>
        <Field label={t('todo.note')} error={errors.note}>
          <TextArea value={note} onChange={(next) => draft.patch({ note: next })} rows={3} maxLength={4000} />
        </Field>
      </form>
    </Panel>
  )
}
