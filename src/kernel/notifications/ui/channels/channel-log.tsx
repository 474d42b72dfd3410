import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../../ui-kit/button.tsx'
import { call } from '../../../../ui-kit/client.ts'
import { Empty } from '../../../../ui-kit/empty.tsx'
import { useZone } from '../../../../ui-kit/language.ts'
import { Pager } from '../../../../ui-kit/pager.tsx'
import { ProblemNotice } from '../../../../ui-kit/problem-notice.tsx'
import { useSession } from '../../../../ui-kit/session.ts'
import { Skeleton } from '../../../../ui-kit/skeleton.tsx'
import { StatusChip, type Tone } from '../../../../ui-kit/status-chip.tsx'
import { Tabs } from '../../../../ui-kit/tabs.tsx'
import { showToast } from '../../../../ui-kit/toast.tsx'
import { formatDateTime, fromWall } from '../../../../ui-kit/zone-time.ts'
import { channelRoutes } from '../../channels/contract.ts'
import { ownChannelRoutes } from '../../channels/own/contract.ts'
import { useNoticeText } from '../use-notice-text.ts'
import { type ChannelDelivery, type Log, renew, retryDelivery, type Scope } from './api.ts'
import css from './channels.module.css'
import { type Filter, LogFilter, noFilter } from './log-filter.tsx'

type Shown = 'failed' | 'open' | 'sent'
const pageSize = 20
const tones: Record<ChannelDelivery['status'], Tone> = {
  waiting: 'waiting',
  sending: 'waiting',
  retrying: 'waiting',
  sent: 'good',
  failed: 'alarm',
}

export function useRetry(scope: Scope) {
  const { t } = useTranslation()
  const client = useQueryClient()
  return useMutation({
    mutationFn: (id: string) => retryDelivery(scope, id),
    onSuccess: () => showToast({ text: t('channels.queuedAgain') }),
    onSettled: () => renew(client),
  })
}

/** What went through one channel or all of them; what could not comes first (G2). */
export function ChannelLog({ scope, channel }: { scope: Scope; channel?: string | undefined }) {
  const { t } = useTranslation()
  const { site } = useSession()
  const [status, setStatus] = useState<Shown>('failed')
  const [cursors, setCursors] = useState<readonly string[]>([])
  const cursor = cursors.at(-1)
  const zone = useZone()
  const [filter, setFilter] = useState(noFilter)
  const chosen = channel ?? (filter.channel || undefined)
  const query = {
    ...{ limit: pageSize, status },
    ...(chosen === undefined ? {} : { channel: chosen }),
    ...(filter.from ? { from: fromWall(filter.from, zone) } : {}),
    ...(filter.until ? { until: fromWall(filter.until, zone) } : {}),
    ...(filter.about ? { about: filter.about } : {}),
    ...(cursor === undefined ? {} : { cursor }),
  }
  const log = useQuery<Log & { failed?: number }>({
    queryKey: ['channels', 'log', site.id, scope, query],
    queryFn: ({ signal }) =>
      scope === 'site'
        ? call(channelRoutes.deliveries, { query }, { signal })
        : call(ownChannelRoutes.deliveries, { query }, { signal }),
    placeholderData: (before) => before,
    // What is being sent says so only when it is asked; failures come by the live stream.
    refetchInterval: status === 'failed' ? false : 3000,
  })
  const { data } = log
  const count = chosen === undefined ? data?.failed : undefined
  const narrow = (part: Partial<Filter>) => {
    setFilter((before) => ({ ...before, ...part }))
    setCursors([])
  }
  return (
    <div className={css.form}>
      <ProblemNotice fault={log.error} onRetry={log.refetch} />
      <LogFilter value={filter} onChange={narrow} pick={scope === 'site' && channel === undefined} />
      <Tabs
        label={t('channels.log')}
        value={status}
        onChange={(next) => {
          setStatus(next)
          setCursors([])
        }}
        tabs={[
          { value: 'failed', label: t('channels.status.failed'), ...(count === undefined ? {} : { count }) },
          { value: 'open', label: t('channels.status.open') },
          { value: 'sent', label: t('channels.status.sent') },
        ]}
      >
        {log.isPending ? <Skeleton kind="lines" rows={4} /> : null}
        {data?.items.length === 0 ? <Empty icon="message" title={t(`channels.none.${status}`)} /> : null}
        {data === undefined || data.items.length === 0 ? null : (
          <>
            <ul className={css.list}>
              {data.items.map((item) => (
                <Row key={item.id} item={item} scope={scope} named={channel === undefined} />
              ))}
            </ul>
            {cursors.length === 0 && data.next === null ? null : (
              <Pager
                from={cursors.length * pageSize + 1}
                shown={data.items.length}
                onPrevious={cursors.length > 0 ? () => setCursors(cursors.slice(0, -1)) : undefined}
                onNext={data.next === null ? undefined : () => setCursors([...cursors, data.next ?? ''])}
                busy={log.isFetching}
              />
            )}
          </>
        )}
      </Tabs>
    </div>
  )
}

function Row({ item, scope, named }: { item: ChannelDelivery; scope: Scope; named: boolean }) {
  const { t, i18n } = useTranslation()
  const { site } = useSession()
  const textOf = useNoticeText()
  const retry = useRetry(scope)
  const language = i18n.language === 'en' ? 'en' : 'zh'
  const when = (at: string) => formatDateTime(at, site.zone, language)
  const subject =
    item.kind === 'test'
      ? t('channels.testMessage')
      : item.kind === 'event'
        ? `${item.template} · ${item.subject}`
        : textOf(item).subject
  return (
    <li className={css.delivery}>
      <div className={css.words}>
        <strong>{subject}</strong>
        <span className={css.note}>
          {named ? `${item.channel.name} · ` : ''}
          {when(item.at)} · {t('channels.attempts', { count: item.attempts })}
          {item.digest ? ` · ${t('channels.digested')}` : ''}
        </span>
        {item.error === null || item.status === 'sent' ? null : (
          <span className={css.fault}>
            {t(`channels.fault.${item.error}`)}
            {item.errorWords ? ` ${t('channels.saidBy', { words: item.errorWords })}` : ''}
          </span>
        )}
        {item.status === 'retrying' && item.nextAt !== null ? (
          <span className={css.note}>{t('channels.nextAt', { at: when(item.nextAt) })}</span>
        ) : null}
        <ProblemNotice fault={retry.error} />
      </div>
      <StatusChip tone={tones[item.status]}>{t(`channels.status.${item.status}`)}</StatusChip>
      {item.can.retry ? (
        <Button icon="refresh" busy={retry.isPending} onClick={() => retry.mutate(item.id)}>
          {t('channels.again')}
        </Button>
      ) : null}
    </li>
  )
}
