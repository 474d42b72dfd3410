import { useMutation } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../../ui-kit/button.tsx'
import { call } from '../../../../ui-kit/client.ts'
import { DescriptionList } from '../../../../ui-kit/description-list.tsx'
import { useSpoken, useUiLanguage, useZone } from '../../../../ui-kit/language.ts'
import { Masked } from '../../../../ui-kit/masked.tsx'
import { Panel } from '../../../../ui-kit/panel.tsx'
import { ProblemNotice } from '../../../../ui-kit/problem-notice.tsx'
import { useProblemText } from '../../../../ui-kit/problem-text.ts'
import { Skeleton } from '../../../../ui-kit/skeleton.tsx'
import { showToast } from '../../../../ui-kit/toast.tsx'
import { formatDateTime, formatTime } from '../../../../ui-kit/zone-time.ts'
import { ContactCard } from '../../../customers/ui/public.tsx'
import type { CallDetail } from '../../card/contract.ts'
import { calls } from '../../contract.ts'
import { useCall, useCallOptions } from '../queries.ts'
import css from './log.module.css'
import { Duration, OutcomeChip } from './words.tsx'

/** One call as it was: who, why, how it was led, what the exchange measured, what was promised (C2, C3, C4). */
export function CallRecord({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useTranslation()
  const query = useCall(id)
  const { data } = query
  return (
    <Panel
      title={data?.number ?? t('calls.log.recordTitle')}
      aside={data ? <OutcomeChip card={data} /> : null}
      onClose={onClose}
    >
      <ProblemNotice fault={query.error} onRetry={() => void query.refetch()} />
      {query.isPending ? <Skeleton rows={8} /> : null}
      {data ? <Record record={data} /> : null}
    </Panel>
  )
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className={css.part}>
      <h3>{title}</h3>
      {children}
    </section>
  )
}

function Record({ record }: { record: CallDetail }) {
  const { t } = useTranslation()
  const spoken = useSpoken()
  const zone = useZone()
  const language = useUiLanguage()
  const { data: options } = useCallOptions()
  const route = options?.routes.find(({ key }) => key === record.route)
  const reveal = async (which: 'caller' | 'phone') =>
    (await call(calls.reveal, { params: { id: record.id }, body: {} }))[which]
  const masked = (value: string, which: 'caller' | 'phone') =>
    value === '' ? null : (
      <Masked
        masked={value}
        label={t('calls.log.column.phone')}
        onReveal={record.can.reveal === true ? () => reveal(which) : undefined}
      />
    )
  return (
    <div className={css.record}>
      <DescriptionList
        rows={[
          [t('calls.log.record.time'), formatDateTime(record.startedAt, zone, language)],
          [t('calls.log.record.direction'), t(`calls.log.direction.${record.direction}`)],
          [t('calls.log.column.caller'), record.contactName || record.callerShown],
          [t('calls.log.record.organisation'), record.organisation],
          [t('calls.log.record.callerNumber'), masked(record.callerMasked, 'caller')],
          [t('calls.log.record.contactPhone'), masked(record.phoneMasked, 'phone')],
          [t('calls.log.record.dialled'), record.dialled],
          [t('calls.log.column.reason'), record.reason],
          [t('calls.log.filter.route'), route === undefined ? null : spoken(route.name)],
          [
            t('calls.log.column.wanted'),
            [record.wantedName, record.departmentName].filter(Boolean).join(' · '),
          ],
          [
            t('calls.log.record.ring'),
            record.ringSeconds === null
              ? null
              : t('calls.log.record.ringOf', {
                  seconds: record.ringSeconds.toFixed(1),
                  rings: record.rings ?? 0,
                }),
          ],
          [
            t('calls.log.column.talk'),
            record.answeredAt === null ? null : <Duration key="talk" seconds={record.talkSeconds} />,
          ],
          [t('calls.log.column.handler'), record.handlerName],
          [
            t('calls.log.column.outcome'),
            record.outcome === null ? null : <OutcomeChip key="outcome" card={record} />,
          ],
          [t('calls.log.record.note'), record.outcomeNote],
        ]}
      />
      <div className={css.tools}>
        {record.status === 'closed' || record.status === 'missed' ? null : (
          <Link to="/" search={{ call: record.id }} className={css.link}>
            {t('calls.log.record.toConsole')}
          </Link>
        )}
        <Link to="/print/calls/$id" params={{ id: record.id }} className={css.link}>
          {t('calls.log.print')}
        </Link>
        {record.can.markPrivate === true ? <MarkPrivate record={record} /> : null}
      </div>
      {record.contactId === null ? null : (
        <Part title={t('calls.log.record.toContact')}>
          <ContactCard contactId={record.contactId} />
        </Part>
      )}
      {record.hops.length === 0 ? null : <Hops record={record} />}
      {record.legs.length === 0 ? null : <Legs record={record} />}
      <Promises record={record} />
      <Part title={t('calls.log.record.course')}>
        <ol className={css.lines}>
          {record.timeline.map((line) => (
            <li key={`${line.at} ${line.action}`}>
              <span className={css.figure}>{formatTime(line.at, zone, language)}</span>
              <span>
                {t(`calls.log.action.${line.action.replace(/^call\./, '')}`, { defaultValue: line.action })}
                <span className={css.quiet}>{line.actorName}</span>
              </span>
            </li>
          ))}
        </ol>
      </Part>
    </div>
  )
}

/** 转接记录: time, target, result (C3). */
function Hops({ record }: { record: CallDetail }) {
  const { t } = useTranslation()
  const zone = useZone()
  const language = useUiLanguage()
  return (
    <Part title={t('calls.log.record.hops')}>
      <ol className={css.lines}>
        {record.hops.map((hop) => (
          <li key={hop.id}>
            <span className={css.figure}>{formatTime(hop.startedAt, zone, language)}</span>
            <span>
              {[hop.name, hop.extension].filter(Boolean).join(' ')} —{' '}
              {hop.result === 'trying'
                ? t('calls.log.record.trying')
                : hop.result === 'cancelled'
                  ? t('calls.log.record.cancelled')
                  : t(`calls.figures.hop.${hop.result}`)}
              {hop.seconds === null
                ? null
                : ` · ${t('calls.log.record.seconds', { count: Math.round(hop.seconds) })}`}
              <span className={css.quiet}>
                {[hop.byName, hop.measured ? t('calls.log.record.measured') : '', hop.note]
                  .filter(Boolean)
                  .join(' · ')}
              </span>
            </span>
          </li>
        ))}
      </ol>
    </Part>
  )
}

const legResults = [
  'ringing',
  'answered',
  'busy',
  'no-answer',
  'rejected',
  'elsewhere',
  'forwarded',
  'cancelled',
  'failed',
]

function Legs({ record }: { record: CallDetail }) {
  const { t } = useTranslation()
  return (
    <Part title={t('calls.log.record.legs')}>
      <ul className={css.lines}>
        {record.legs.map((leg, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: legs have no id of their own and are replaced as a whole
          <li key={index}>
            <span className={css.figure}>{leg.extension ?? leg.number ?? '—'}</span>
            <span>
              {leg.name} {legResults.includes(leg.result) ? t(`calls.log.leg.${leg.result}`) : leg.result}
              {leg.ringSeconds === null
                ? null
                : ` · ${t('calls.log.record.rang', { seconds: leg.ringSeconds.toFixed(1) })}`}
              {leg.talkSeconds > 0 ? (
                <>
                  {' · '}
                  <Duration seconds={leg.talkSeconds} />
                </>
              ) : null}
            </span>
          </li>
        ))}
      </ul>
    </Part>
  )
}

function Promises({ record }: { record: CallDetail }) {
  const { t } = useTranslation()
  const zone = useZone()
  const language = useUiLanguage()
  if (record.messages.length + record.callbacks.length === 0) return null
  return (
    <Part title={t('calls.log.record.promises')}>
      <ul className={css.lines}>
        {record.messages.map((message) => (
          <li key={message.id}>
            <Link to="/messages" search={{ message: message.id }} className={css.link}>
              {message.number}
            </Link>
            <span>
              {message.toName}
              <span className={css.quiet}>{message.matter}</span>
            </span>
          </li>
        ))}
        {record.callbacks.map((callback) => (
          <li key={callback.id}>
            <Link to="/callbacks" search={{ callback: callback.id }} className={css.link}>
              {callback.number}
            </Link>
            <span>
              {callback.ownerName}
              <span className={css.quiet}>
                {t('calls.log.record.due', { at: formatDateTime(callback.dueAt, zone, language) })}
              </span>
            </span>
          </li>
        ))}
      </ul>
    </Part>
  )
}

/** C12: the colleague says so; the quality report lists it when it was long. */
function MarkPrivate({ record }: { record: CallDetail }) {
  const { t } = useTranslation()
  const { problemText } = useProblemText()
  const mark = useMutation({
    mutationFn: (value: boolean) =>
      call(calls.markPrivate, { params: { id: record.id }, body: { private: value } }),
    onError: (fault) => showToast({ text: problemText(fault), tone: 'alarm', seconds: 8 }),
    onSuccess: (answer) =>
      showToast({
        text: t(answer.private ? 'calls.log.record.markedPrivate' : 'calls.log.record.unmarkedPrivate'),
        undo: () => mark.mutate(!answer.private),
      }),
  })
  return (
    <Button busy={mark.isPending} onClick={() => mark.mutate(!record.private)}>
      {t(record.private ? 'calls.log.record.notPrivate' : 'calls.log.record.markPrivate')}
    </Button>
  )
}
