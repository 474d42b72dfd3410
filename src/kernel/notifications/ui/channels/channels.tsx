import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../../ui-kit/button.tsx'
import { call } from '../../../../ui-kit/client.ts'
import { Empty } from '../../../../ui-kit/empty.tsx'
import { useKeys } from '../../../../ui-kit/keys.ts'
import { useLiveInvalidate } from '../../../../ui-kit/live.ts'
import { Panel } from '../../../../ui-kit/panel.tsx'
import { ProblemNotice } from '../../../../ui-kit/problem-notice.tsx'
import { useSession } from '../../../../ui-kit/session.ts'
import { Skeleton } from '../../../../ui-kit/skeleton.tsx'
import { showToast } from '../../../../ui-kit/toast.tsx'
import { channelRoutes } from '../../channels/contract.ts'
import { type Channel, renew } from './api.ts'
import { ChannelCard } from './channel-card.tsx'
import { ChannelForm } from './channel-form.tsx'
import { ChannelLog } from './channel-log.tsx'
import css from './channels.module.css'
import { Replay } from './replay.tsx'
import { Secret } from './secret.tsx'

type Beside =
  | { readonly shows: 'new' }
  | { readonly shows: 'edit'; readonly channel: Channel }
  | { readonly shows: 'log'; readonly channel: Channel }

/** Where the site's notices go besides console and e-mail (C10): robots of chat groups, webhooks. */
export function Channels() {
  const { t } = useTranslation()
  const { site } = useSession()
  const [beside, setBeside] = useState<Beside | null>(null)
  useLiveInvalidate({ channel: ['channels'], 'channel-delivery': ['channels'] })
  useKeys({ n: { label: t('channels.add'), run: () => setBeside({ shows: 'new' }) } }, { layer: 'screen' })
  const channels = useQuery({
    queryKey: ['channels', 'list', site.id],
    queryFn: ({ signal }) => call(channelRoutes.list, {}, { signal }),
    // What was sent makes no news; whoever waits for it looks on.
    refetchInterval: ({ state }) => (state.data?.items.some((one) => one.waiting > 0) ? 3000 : false),
  })
  const close = () => setBeside(null)
  const items = channels.data?.items
  return (
    <div className={css.page}>
      <header className={css.head}>
        <h1>{t('channels.title')}</h1>
        <Button kind="primary" icon="plus" keyHint="n" onClick={() => setBeside({ shows: 'new' })}>
          {t('channels.add')}
        </Button>
      </header>
      <p className={css.note}>{t('channels.help')}</p>
      <ProblemNotice fault={channels.error} onRetry={channels.refetch} />
      <div className={css.beside}>
        <div className={css.page}>
          {channels.isPending ? <Skeleton kind="cards" rows={3} /> : null}
          {items?.length === 0 ? (
            <Empty icon="message" title={t('channels.empty')}>
              {t('channels.emptyHint')}
            </Empty>
          ) : null}
          <ul className={css.list}>
            {items?.map((channel) => (
              <ChannelCard
                key={channel.id}
                scope="site"
                channel={channel}
                selected={beside !== null && beside.shows !== 'new' && beside.channel.id === channel.id}
                onEdit={() => setBeside({ shows: 'edit', channel })}
                onLog={() => setBeside({ shows: 'log', channel })}
              />
            ))}
          </ul>
        </div>
        {beside?.shows === 'new' ? <ChannelForm key="new" scope="site" onClose={close} /> : null}
        {beside?.shows === 'edit' ? (
          <ChannelForm key={beside.channel.id} scope="site" channel={beside.channel} onClose={close} />
        ) : null}
        {beside?.shows === 'log' ? (
          <LogPanel key={beside.channel.id} channel={beside.channel} onClose={close} />
        ) : null}
      </div>
    </div>
  )
}

/** What went through one channel; for a webhook also its secret's renewal. */
function LogPanel({ channel, onClose }: { channel: Channel; onClose: () => void }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const params = { id: channel.id }
  const again = useMutation({
    mutationFn: () => call(channelRoutes.retryFailed, { params }),
    onSuccess: ({ count }) => showToast({ text: t('channels.retriedAll', { count }) }),
    onSettled: () => renew(client),
  })
  const rotate = useMutation({
    mutationFn: () => call(channelRoutes.rotate, { params }),
    onSettled: () => renew(client),
  })
  return (
    <Panel title={t('channels.logOf', { name: channel.name })} onClose={onClose} width="wide">
      <div className={css.form}>
        <div className={css.row}>
          <Button icon="refresh" busy={again.isPending} onClick={() => again.mutate()}>
            {t('channels.retryAll')}
          </Button>
          {channel.kind === 'webhook' ? (
            <Button icon="key" busy={rotate.isPending} onClick={() => rotate.mutate()}>
              {t('channels.rotate')}
            </Button>
          ) : null}
        </div>
        {rotate.data?.secret ? (
          <>
            <p>{t('channels.rotated')}</p>
            <Secret secret={rotate.data.secret} onKept={rotate.reset} />
          </>
        ) : null}
        <ProblemNotice fault={again.error ?? rotate.error} />
        {channel.kind === 'webhook' ? <Replay channel={channel} /> : null}
        <ChannelLog scope="site" channel={channel.id} />
      </div>
    </Panel>
  )
}
