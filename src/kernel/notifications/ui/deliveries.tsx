import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../ui-kit/button.tsx'
import { call } from '../../../ui-kit/client.ts'
import { Empty } from '../../../ui-kit/empty.tsx'
import { ErrorNotice } from '../../../ui-kit/error-notice.tsx'
import { useLiveInvalidate } from '../../../ui-kit/live.ts'
import { Pager } from '../../../ui-kit/pager.tsx'
import { ProblemNotice } from '../../../ui-kit/problem-notice.tsx'
import { useSession } from '../../../ui-kit/session.ts'
import { Skeleton } from '../../../ui-kit/skeleton.tsx'
import { StatusChip, type Tone } from '../../../ui-kit/status-chip.tsx'
import { Tabs } from '../../../ui-kit/tabs.tsx'
import { showToast } from '../../../ui-kit/toast.tsx'
import { formatDateTime } from '../../../ui-kit/zone-time.ts'
import type { RouteAnswer } from '../../contract.ts'
import { deliveryRoutes } from '../contract.ts'
import { ChannelLog } from './channels/channel-log.tsx'
import css from './notifications.module.css'
import { useNoticeText } from './use-notice-text.ts'

type Delivery = RouteAnswer<typeof deliveryRoutes.list>['items'][number]
type Status = Delivery['status']

const pageSize = 50
const tones: Record<Status, Tone> = { queued: 'waiting', sent: 'good', failed: 'alarm' }

/** What left the house, and above all what could not (G2): by mail, and through robots and webhooks. */
export function Deliveries() {
  const { t } = useTranslation()
  const [way, setWay] = useState<'email' | 'channels'>('email')
  useLiveInvalidate({ channel: ['channels'], 'channel-delivery': ['channels'] })
  return (
    <div className={css.page}>
      <h1>{t('deliveries.title')}</h1>
      <Tabs
        label={t('deliveries.way')}
        value={way}
        onChange={setWay}
        tabs={[
          { value: 'email', label: t('deliveries.email') },
          { value: 'channels', label: t('deliveries.channels') },
        ]}
      >
        {way === 'email' ? <Emails /> : <ChannelLog scope="site" />}
      </Tabs>
    </div>
  )
}

function Emails() {
  const { t } = useTranslation()
  const { site } = useSession()
  const [status, setStatus] = useState<Status>('failed')
  const [cursors, setCursors] = useState<readonly string[]>([])
  useLiveInvalidate({ delivery: ['deliveries'], notification: ['deliveries'] })
  const cursor = cursors.at(-1)
  const query = { limit: pageSize, status, ...(cursor === undefined ? {} : { cursor }) }
  const list = useQuery({
    queryKey: ['deliveries', site.id, query],
    queryFn: ({ signal }) => call(deliveryRoutes.list, { query }, { signal }),
    placeholderData: (before) => before,
  })
  const { data } = list

  return (
    <div className={css.box}>
      <ProblemNotice fault={list.error} onRetry={list.refetch} />
      {data?.email === false ? (
        <ErrorNotice tone="waiting" title={t('deliveries.off')}>
          {t('deliveries.offHint')}
        </ErrorNotice>
      ) : null}
      <Tabs
        label={t('deliveries.email')}
        value={status}
        onChange={(next) => {
          setStatus(next)
          setCursors([])
        }}
        tabs={[
          {
            value: 'failed',
            label: t('deliveries.failed'),
            ...(data === undefined ? {} : { count: data.failed }),
          },
          { value: 'queued', label: t('deliveries.queued') },
          { value: 'sent', label: t('deliveries.sent') },
        ]}
      >
        {list.isPending ? <Skeleton kind="lines" rows={5} /> : null}
        {data !== undefined && data.items.length === 0 ? (
          <Empty icon="mail" title={t(`deliveries.none.${status}`)} />
        ) : null}
        {data !== undefined && data.items.length > 0 ? (
          <>
            <ul className={css.list}>
              {data.items.map((item) => (
                <DeliveryRow key={item.id} item={item} />
              ))}
            </ul>
            {cursors.length === 0 && data.next === null ? null : (
              <Pager
                from={cursors.length * pageSize + 1}
                shown={data.items.length}
                onPrevious={cursors.length > 0 ? () => setCursors(cursors.slice(0, -1)) : undefined}
                onNext={data.next === null ? undefined : () => setCursors([...cursors, data.next ?? ''])}
                busy={list.isFetching}
              />
            )}
          </>
        ) : null}
      </Tabs>
    </div>
  )
}

function DeliveryRow({ item }: { item: Delivery }) {
  const { t, i18n } = useTranslation()
  const { site } = useSession()
  const client = useQueryClient()
  const textOf = useNoticeText()
  const language = i18n.language === 'en' ? 'en' : 'zh'
  const retry = useMutation({
    mutationFn: () => call(deliveryRoutes.retry, { params: { id: item.id } }),
    onSuccess: () => showToast({ text: t('deliveries.retried') }),
    onSettled: () => client.invalidateQueries({ queryKey: ['deliveries'] }),
  })
  return (
    <li className={css.delivery}>
      <div className={css.deliveryWords}>
        <strong>{textOf(item).subject}</strong>
        <span>
          {item.person === null
            ? item.address
            : t('deliveries.to', { name: item.person, address: item.address })}
        </span>
        <span className={css.at}>
          {formatDateTime(item.at, site.zone, language)} ·{' '}
          {t('deliveries.attempts', { count: item.attempts })}
        </span>
        {item.lastError === null ? null : <span className={css.fault}>{item.lastError}</span>}
        <ProblemNotice fault={retry.error} />
      </div>
      <StatusChip tone={tones[item.status]}>{t(`deliveries.${item.status}`)}</StatusChip>
      {item.can.retry ? (
        <Button icon="refresh" busy={retry.isPending} onClick={() => retry.mutate()}>
          {t('deliveries.retry')}
        </Button>
      ) : null}
    </li>
  )
}
