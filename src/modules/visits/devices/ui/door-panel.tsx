import { useInfiniteQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { RouteAnswer } from '../../../../kernel/contract.ts'
import { Button } from '../../../../ui-kit/button.tsx'
import { call } from '../../../../ui-kit/client.ts'
import { Empty } from '../../../../ui-kit/empty.tsx'
import { Field } from '../../../../ui-kit/field.tsx'
import { SelectNative, TextInput } from '../../../../ui-kit/inputs.tsx'
import { useUiLanguage, useZone } from '../../../../ui-kit/language.ts'
import { Panel } from '../../../../ui-kit/panel.tsx'
import { ProblemNotice } from '../../../../ui-kit/problem-notice.tsx'
import { Skeleton } from '../../../../ui-kit/skeleton.tsx'
import { StatusChip } from '../../../../ui-kit/status-chip.tsx'
import { formatDateTime } from '../../../../ui-kit/zone-time.ts'
import css from '../../ui/desk/passes.module.css'
import { type Door, doors } from '../contract.ts'
import { opens } from '../rules.ts'
import own from './devices.module.css'

type DoorEvent = RouteAnswer<typeof doors.events>['items'][number]

/** One door: would this pass open it, and what came from it. */
export function DoorPanel({ door, onClose }: { door: Door; onClose: () => void }) {
  const { t } = useTranslation()
  const pages = useInfiniteQuery({
    queryKey: ['doors', 'events', door.id],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      call(
        doors.events,
        { params: { id: door.id }, query: { limit: 20, ...(pageParam ? { cursor: pageParam } : {}) } },
        { signal },
      ),
    getNextPageParam: (page) => page.next ?? undefined,
  })
  const items = pages.data?.pages.flatMap((page) => page.items) ?? []
  return (
    <Panel title={door.name} onClose={onClose}>
      {door.archived ? null : <DoorTest door={door} />}
      <h3>{t('devices.events.title')}</h3>
      <ProblemNotice fault={pages.error} onRetry={() => void pages.refetch()} />
      {pages.isPending ? <Skeleton rows={3} /> : null}
      {pages.data && items.length === 0 ? <Empty icon="door" title={t('devices.events.empty')} /> : null}
      <ul className={own.events}>
        {items.map((event) => (
          <EventLine key={event.id} event={event} />
        ))}
      </ul>
      {pages.hasNextPage ? (
        <Button kind="quiet" busy={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
          {t('devices.events.more')}
        </Button>
      ) : null}
    </Panel>
  )
}

/** Older than this on arrival, the controller was cut off meanwhile. */
const lateMs = 60_000

function EventLine({ event }: { event: DoorEvent }) {
  const { t } = useTranslation()
  const zone = useZone()
  const language = useUiLanguage()
  const late = Date.parse(event.receivedAt) - Date.parse(event.at) > lateMs
  return (
    <li className={own.event}>
      <span>
        <StatusChip tone={opens(event.verdict, event.direction) ? 'good' : 'alarm'}>
          {t(`devices.verdict.${event.verdict}`)}
        </StatusChip>{' '}
        {t(`devices.direction.${event.direction}`)} · {t(`devices.result.${event.result}`)}
      </span>
      <span className={css.note}>
        {formatDateTime(event.at, zone, language)} ·{' '}
        {event.passNumber
          ? t('devices.events.number', { number: event.passNumber })
          : t('devices.events.noNumber')}
        {late
          ? ` · ${t('devices.events.late', { time: formatDateTime(event.receivedAt, zone, language) })}`
          : ''}
      </span>
    </li>
  )
}

function DoorTest({ door }: { door: Door }) {
  const { t } = useTranslation()
  const [passNumber, setNumber] = useState('')
  const [direction, setDirection] = useState<'in' | 'out'>(door.direction === 'out' ? 'out' : 'in')
  const [said, setSaid] = useState<RouteAnswer<typeof doors.test> | null>(null)
  const [fault, setFault] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)

  async function send(event: FormEvent) {
    event.preventDefault()
    if (busy || !passNumber.trim()) return
    setBusy(true)
    setSaid(null)
    setFault(null)
    try {
      setSaid(await call(doors.test, { params: { id: door.id }, body: { passNumber, direction } }))
    } catch (problem) {
      setFault(problem)
    }
    setBusy(false)
  }

  return (
    <form className={css.form} noValidate onSubmit={(event) => void send(event)}>
      <h3>{t('devices.test.title')}</h3>
      {fault ? <ProblemNotice fault={fault} /> : null}
      <Field label={t('devices.test.number')}>
        <TextInput value={passNumber} onChange={setNumber} maxLength={20} />
      </Field>
      {door.direction === 'both' ? (
        <Field label={t('devices.direction.label')}>
          <SelectNative
            value={direction}
            onChange={(value) => setDirection(value === 'out' ? 'out' : 'in')}
            options={[
              { value: 'in', label: t('devices.direction.in') },
              { value: 'out', label: t('devices.direction.out') },
            ]}
          />
        </Field>
      ) : null}
      <Button type="submit" kind="quiet" busy={busy}>
        {t('devices.test.send')}
      </Button>
      <p role="status">
        {said ? (
          <StatusChip tone={said.opens ? 'good' : 'alarm'}>
            {t(said.opens ? 'devices.test.opens' : 'devices.test.stays')} ·{' '}
            {t(`devices.verdict.${said.verdict}`)}
          </StatusChip>
        ) : null}
      </p>
    </form>
  )
}
