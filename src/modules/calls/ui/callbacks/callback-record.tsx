import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../../ui-kit/button.tsx'
import { call } from '../../../../ui-kit/client.ts'
import { DescriptionList } from '../../../../ui-kit/description-list.tsx'
import { useKeys } from '../../../../ui-kit/keys.ts'
import { useSpoken, useUiLanguage, useZone } from '../../../../ui-kit/language.ts'
import { Masked } from '../../../../ui-kit/masked.tsx'
import { Panel } from '../../../../ui-kit/panel.tsx'
import { ProblemNotice } from '../../../../ui-kit/problem-notice.tsx'
import { RunningTime } from '../../../../ui-kit/running-time.tsx'
import { Skeleton } from '../../../../ui-kit/skeleton.tsx'
import { showToast } from '../../../../ui-kit/toast.tsx'
import { formatDateTime, formatTime } from '../../../../ui-kit/zone-time.ts'
import { type CallbackCard, type CallbackDetail, callbacks } from '../../callbacks/contract.ts'
import { DialButton } from '../lamps/dial-button.tsx'
import css from '../log/log.module.css'
import { type CallbackForm, CallbackForms } from './callback-forms.tsx'
import { CallbackStatusChip, isOpen } from './callback-table.tsx'
import { callbackKey } from './key.ts'

/** One promise: whom to call, what about, what to say; take it, try, keep it (C4, C7, C14). */
export function CallbackRecord({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useTranslation()
  const query = useQuery({
    queryKey: [...callbackKey, 'detail', id],
    queryFn: async ({ signal }): Promise<CallbackDetail> =>
      await call(callbacks.get, { params: { id } }, { signal }),
  })
  const { data } = query
  return (
    <Panel
      title={data?.number ?? t('callbacks.record')}
      aside={data ? <CallbackStatusChip callback={data} /> : null}
      onClose={onClose}
    >
      <ProblemNotice fault={query.error} onRetry={() => void query.refetch()} />
      {query.isPending ? <Skeleton rows={6} /> : null}
      {data ? <Record callback={data} /> : null}
    </Panel>
  )
}

function useCallbackAct() {
  const client = useQueryClient()
  const { t } = useTranslation()
  const fresh = () => client.invalidateQueries({ queryKey: callbackKey })
  return useMutation({
    mutationFn: (send: () => Promise<CallbackCard>) => send(),
    onSettled: fresh,
    onSuccess: (answer) =>
      showToast({
        text: t('callbacks.changed', {
          number: answer.number,
          state: t(`callbacks.state.${answer.status}`),
        }),
        undo:
          answer.can.undo === true
            ? () => void call(callbacks.undo, { params: { id: answer.id }, body: {} }).then(fresh, fresh)
            : undefined,
      }),
  })
}

function Record({ callback }: { callback: CallbackDetail }) {
  const { t } = useTranslation()
  const spoken = useSpoken()
  const zone = useZone()
  const language = useUiLanguage()
  const [form, setForm] = useState<CallbackForm | null>(null)
  const act = useCallbackAct()
  const params = { id: callback.id }
  const { can } = callback
  const send = (run: () => Promise<CallbackCard>) => act.mutate(run, { onSuccess: () => setForm(null) })
  const take = () => send(() => call(callbacks.take, { params, body: {} }))
  useKeys(
    { t: { label: t('callbacks.act.take'), run: take } },
    { layer: 'panel', enabled: can.take === true && !act.isPending },
  )
  return (
    <div className={css.record}>
      {callback.words.map((word) => (
        <blockquote key={word.key} className={css.say}>
          {spoken(word)}
          {spoken(word.note) ? <footer className={css.quiet}>{spoken(word.note)}</footer> : null}
        </blockquote>
      ))}
      <DescriptionList
        rows={[
          [
            t('callbacks.column.due'),
            <>
              {formatDateTime(callback.dueAt, zone, language)}{' '}
              {isOpen(callback) ? <RunningTime until={callback.dueAt} warnBefore={300} /> : null}
            </>,
          ],
          [
            t('callbacks.column.who'),
            [callback.callerName, callback.organisation].filter(Boolean).join(' · '),
          ],
          [
            t('callbacks.column.phone'),
            <Masked
              key="phone"
              masked={callback.phoneMasked}
              label={t('callbacks.column.phone')}
              onReveal={
                can.reveal === true
                  ? async () => (await call(callbacks.reveal, { params, body: {} })).phone
                  : undefined
              }
            />,
          ],
          [t('callbacks.column.matter'), callback.matter],
          [t('callbacks.column.kind'), t(`callbacks.kind.${callback.kind}`)],
          [t('callbacks.column.owner'), callback.ownerName],
          [t('callbacks.takenBy'), callback.takenByName],
          [
            t('callbacks.promisedBy'),
            `${formatDateTime(callback.promisedAt, zone, language)} ${callback.promisedByName}`,
          ],
          [t('callbacks.result'), callback.resultNote],
          [
            t('callbacks.satisfaction'),
            callback.satisfaction === null ? null : t('callbacks.score', { score: callback.satisfaction }),
          ],
          ...callback.answers.map((one) => [spoken(one.question), one.answer] as const),
        ]}
      />
      <ProblemNotice fault={act.error} />
      <div className={css.tools}>
        {can.take ? (
          <Button kind="primary" icon="phone" keyHint="t" busy={act.isPending} onClick={take}>
            {t('callbacks.act.take')}
          </Button>
        ) : null}
        {can.dial ? <DialButton whom={{ callbackId: callback.id }} name={callback.callerName} /> : null}
        {(['keep', 'attempt', 'handOver', 'giveUp', 'withdraw'] as const).map((name) =>
          can[name] ? (
            <Button
              key={name}
              kind={name === 'keep' && !can.take ? 'primary' : 'quiet'}
              pressed={form === name}
              onClick={() => setForm(form === name ? null : name)}
            >
              {t(`callbacks.act.${name}`)}
            </Button>
          ) : null,
        )}
        {can.release ? (
          <Button onClick={() => send(() => call(callbacks.release, { params, body: {} }))}>
            {t('callbacks.act.release')}
          </Button>
        ) : null}
      </div>
      {form === null ? null : (
        <CallbackForms key={form} form={form} callback={callback} busy={act.isPending} onSend={send} />
      )}
      {callback.tries.length === 0 ? null : (
        <section className={css.part}>
          <h3>{t('callbacks.tries')}</h3>
          <ol className={css.lines}>
            {callback.tries.map((one) => (
              <li key={one.at}>
                <span className={css.figure}>{formatTime(one.at, zone, language)}</span>
                <span>
                  {t(`callbacks.attempt.${one.result}`)} {one.note}
                  <span className={css.quiet}>{one.byName}</span>
                </span>
              </li>
            ))}
          </ol>
        </section>
      )}
      <section className={css.part}>
        <h3>{t('callbacks.course')}</h3>
        <ol className={css.lines}>
          {callback.timeline.map((line) => (
            <li key={`${line.at} ${line.action}`}>
              <span className={css.figure}>{formatTime(line.at, zone, language)}</span>
              <span>
                {t(`callbacks.action.${line.action.replace(/^callback\./, '')}`, {
                  defaultValue: line.action,
                })}
                <span className={css.quiet}>{line.actorName}</span>
              </span>
            </li>
          ))}
        </ol>
      </section>
    </div>
  )
}
