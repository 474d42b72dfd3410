import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { OwnerBox } from '../../../../kernel/tasks/ui/owner-box.tsx'
import { Button } from '../../../../ui-kit/button.tsx'
import { call } from '../../../../ui-kit/client.ts'
import { DescriptionList } from '../../../../ui-kit/description-list.tsx'
import { Field } from '../../../../ui-kit/field.tsx'
import { TextArea } from '../../../../ui-kit/inputs.tsx'
import { useUiLanguage, useZone } from '../../../../ui-kit/language.ts'
import { Masked } from '../../../../ui-kit/masked.tsx'
import { Panel } from '../../../../ui-kit/panel.tsx'
import { ProblemNotice } from '../../../../ui-kit/problem-notice.tsx'
import { RadioCards } from '../../../../ui-kit/radio-cards.tsx'
import { Skeleton } from '../../../../ui-kit/skeleton.tsx'
import { showToast } from '../../../../ui-kit/toast.tsx'
import { formatDateTime, formatTime } from '../../../../ui-kit/zone-time.ts'
import { type MessageCard, messages } from '../../messages/contract.ts'
import { DialButton } from '../lamps/dial-button.tsx'
import css from '../log/log.module.css'
import { callKeys, messageQuery } from '../queries.ts'
import { MessageStatusChip } from './message-table.tsx'

type Act = 'done' | 'report' | 'forward' | 'withdraw'
type Owner = { kind: 'person' | 'post'; id: string }

/** One message: who, what, for whom, how far it got; the next step as one button (C10). */
export function MessageRecord({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useTranslation()
  const query = useQuery(messageQuery(id))
  const { data } = query
  return (
    <Panel
      title={data?.number ?? t('messages.record')}
      aside={data ? <MessageStatusChip message={data} /> : null}
      onClose={onClose}
    >
      <ProblemNotice fault={query.error} onRetry={() => void query.refetch()} />
      {query.isPending ? <Skeleton rows={6} /> : null}
      {data ? <Record message={data} /> : null}
    </Panel>
  )
}

function Record({ message }: { message: MessageCard & { timeline: readonly Line[] } }) {
  const { t } = useTranslation()
  const zone = useZone()
  const language = useUiLanguage()
  const when = (instant: string | null, name: string) =>
    instant === null ? null : `${formatDateTime(instant, zone, language)} ${name}`
  return (
    <div className={css.record}>
      <p className={css.matterLarge}>{message.matter}</p>
      <DescriptionList
        rows={[
          [t('messages.column.from'), [message.callerName, message.organisation].filter(Boolean).join(' · ')],
          [
            t('messages.phone'),
            message.phoneMasked === '' ? null : (
              <Masked
                key="phone"
                masked={message.phoneMasked}
                label={t('messages.phone')}
                onReveal={
                  message.can.reveal === true
                    ? async () =>
                        (await call(messages.reveal, { params: { id: message.id }, body: {} })).phone
                    : undefined
                }
              />
            ),
          ],
          [t('messages.column.to'), message.toName],
          [t('messages.column.takenBy'), when(message.takenAt, message.takenByName)],
          [t('messages.seenAt'), when(message.seenAt, message.seenByName)],
          [t('messages.doneAt'), when(message.doneAt, message.doneByName)],
          [t('messages.doneNote'), message.doneNote],
          [t('messages.reportedAt'), when(message.reportedAt, message.reportedByName)],
          [t('messages.reportedNote'), message.reportedNote],
          [t('messages.reportBack'), t(message.reportBack ? 'messages.yes' : 'messages.no')],
        ]}
      />
      <Acts message={message} />
      <section className={css.part}>
        <h3>{t('messages.course')}</h3>
        <ol className={css.lines}>
          {message.timeline.map((line) => (
            <li key={`${line.at} ${line.action}`}>
              <span className={css.figure}>{formatTime(line.at, zone, language)}</span>
              <span>
                {t(`messages.action.${line.action.replace(/^message\./, '')}`, { defaultValue: line.action })}
                <span className={css.quiet}>{line.actorName}</span>
              </span>
            </li>
          ))}
        </ol>
      </section>
    </div>
  )
}

interface Line {
  readonly at: string
  readonly action: string
  readonly actorName: string
}

function useMessageAct() {
  const client = useQueryClient()
  const { t } = useTranslation()
  return useMutation({
    mutationFn: (send: () => Promise<MessageCard>) => send(),
    onSuccess: (answer) => {
      void client.invalidateQueries({ queryKey: callKeys.messages })
      showToast({
        text: t('messages.changed', { number: answer.number, state: t(`messages.state.${answer.status}`) }),
        undo:
          answer.can.undo === true
            ? () =>
                void call(messages.undo, { params: { id: answer.id }, body: {} }).then(() =>
                  client.invalidateQueries({ queryKey: callKeys.messages }),
                )
            : undefined,
      })
    },
  })
}

function Acts({ message }: { message: MessageCard }) {
  const { t } = useTranslation()
  const [form, setForm] = useState<Act | null>(null)
  const act = useMessageAct()
  const params = { id: message.id }
  const { can } = message
  const send = (run: () => Promise<MessageCard>) => act.mutate(run, { onSuccess: () => setForm(null) })
  return (
    <>
      <ProblemNotice fault={act.error} />
      <div className={css.tools}>
        {can.see ? (
          <Button
            kind="primary"
            icon="eye"
            busy={act.isPending}
            onClick={() => send(() => call(messages.see, { params, body: {} }))}
          >
            {t('messages.act.see')}
          </Button>
        ) : null}
        {(['done', 'report', 'forward', 'withdraw'] as const).map((name) =>
          can[name] ? (
            <Button
              key={name}
              kind={name === 'report' || (name === 'done' && !can.see) ? 'primary' : 'quiet'}
              pressed={form === name}
              onClick={() => setForm(form === name ? null : name)}
            >
              {t(`messages.act.${name}`)}
            </Button>
          ) : null,
        )}
        {can.dial && message.phoneMasked !== '' ? (
          <DialButton whom={{ messageId: message.id }} name={message.callerName} />
        ) : null}
        <Link to="/print/messages/$id" params={{ id: message.id }} className={css.link}>
          {t('messages.print')}
        </Link>
      </div>
      {form === null ? null : (
        <ActForm
          key={form}
          act={form}
          busy={act.isPending}
          onSend={(note, how, to) => {
            if (form === 'done') send(() => call(messages.done, { params, body: { note } }))
            if (form === 'report') send(() => call(messages.report, { params, body: { how, note } }))
            if (form === 'withdraw') send(() => call(messages.withdraw, { params, body: { note } }))
            if (form === 'forward' && to) send(() => call(messages.forward, { params, body: { to, note } }))
          }}
        />
      )}
    </>
  )
}

const ways = ['phone', 'in-person', 'chat', 'e-mail', 'not-wanted'] as const
type Way = (typeof ways)[number]

function ActForm({
  act,
  busy,
  onSend,
}: {
  act: Act
  busy: boolean
  onSend: (note: string, how: Way, to: Owner | null) => void
}) {
  const { t } = useTranslation()
  const [note, setNote] = useState('')
  const [how, setHow] = useState<Way>('phone')
  const [to, setTo] = useState<{ owner: Owner | null; text: string }>({ owner: null, text: '' })
  const needsNote = act === 'withdraw'
  return (
    <form
      className={css.record}
      onSubmit={(event) => {
        event.preventDefault()
        onSend(note, how, to.owner)
      }}
    >
      {act === 'forward' ? (
        <Field label={t('messages.forwardTo')} required>
          <OwnerBox
            autoFocus
            text={to.text}
            onTextChange={(text) => setTo({ owner: null, text })}
            onPick={(owner, text) => setTo({ owner, text })}
          />
        </Field>
      ) : null}
      {act === 'report' ? (
        <Field label={t('messages.how')} group>
          <RadioCards
            value={how}
            onChange={setHow}
            columns={2}
            options={ways.map((value) => ({ value, label: t(`messages.way.${value}`) }))}
          />
        </Field>
      ) : null}
      <Field label={t(`messages.noteOf.${act}`)} required={needsNote}>
        <TextArea value={note} onChange={setNote} rows={3} autoFocus={act !== 'forward'} maxLength={4000} />
      </Field>
      <Button
        type="submit"
        kind="primary"
        busy={busy}
        disabled={(needsNote && note.trim() === '') || (act === 'forward' && to.owner === null)}
      >
        {t(`messages.act.${act}`)}
      </Button>
    </form>
  )
}
