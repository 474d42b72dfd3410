import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../../ui-kit/button.tsx'
import { Card } from '../../../../ui-kit/card.tsx'
import { call } from '../../../../ui-kit/client.ts'
import { useLiveInvalidate } from '../../../../ui-kit/live.ts'
import { Panel } from '../../../../ui-kit/panel.tsx'
import { ProblemNotice } from '../../../../ui-kit/problem-notice.tsx'
import { useSession } from '../../../../ui-kit/session.ts'
import { Skeleton } from '../../../../ui-kit/skeleton.tsx'
import { ownChannelRoutes } from '../../channels/own/contract.ts'
import type { Channel } from './api.ts'
import { ChannelCard } from './channel-card.tsx'
import { ChannelForm } from './channel-form.tsx'
import { ChannelLog } from './channel-log.tsx'
import css from './channels.module.css'
import { OwnNotices } from './own-notices.tsx'

type Beside = { readonly shows: 'new' } | { readonly shows: 'edit' | 'log'; readonly channel: Channel }

/** For the account page: own robots, and what comes by e-mail and chat (C10). */
export function OwnChannels() {
  const { t } = useTranslation()
  const { site, user } = useSession()
  const [beside, setBeside] = useState<Beside | null>(null)
  useLiveInvalidate({ channel: ['channels'], 'channel-delivery': ['channels'] })
  const own = useQuery({
    queryKey: ['channels', 'own', site.id, user.id],
    queryFn: ({ signal }) => call(ownChannelRoutes.list, {}, { signal }),
    refetchInterval: ({ state }) => (state.data?.items.some((one) => one.waiting > 0) ? 3000 : false),
  })
  const close = () => setBeside(null)
  const items = own.data?.items ?? []
  return (
    <>
      <Card level={2} title={t('channels.own.title')}>
        <div className={css.form}>
          <p className={css.note}>{t('channels.own.help')}</p>
          <ProblemNotice fault={own.error} onRetry={own.refetch} />
          {own.isPending ? <Skeleton rows={2} /> : null}
          {items.length === 0 ? null : (
            <ul className={css.list}>
              {items.map((channel) => (
                <ChannelCard
                  key={channel.id}
                  scope="own"
                  channel={channel}
                  onEdit={() => setBeside({ shows: 'edit', channel })}
                  onLog={() => setBeside({ shows: 'log', channel })}
                />
              ))}
            </ul>
          )}
          {own.data?.can.add ? (
            <div>
              <Button icon="plus" onClick={() => setBeside({ shows: 'new' })}>
                {t('channels.own.add')}
              </Button>
            </div>
          ) : null}
          {beside?.shows === 'new' ? <ChannelForm key="new" scope="own" onClose={close} /> : null}
          {beside?.shows === 'edit' ? (
            <ChannelForm key={beside.channel.id} scope="own" channel={beside.channel} onClose={close} />
          ) : null}
          {beside?.shows === 'log' ? (
            <Panel
              key={beside.channel.id}
              title={t('channels.logOf', { name: beside.channel.name })}
              onClose={close}
            >
              <ChannelLog scope="own" channel={beside.channel.id} />
            </Panel>
          ) : null}
        </div>
      </Card>
      {own.data === undefined ? null : (
        <Card level={2} title={t('channels.prefer.title')}>
          <OwnNotices key={JSON.stringify(own.data.preferences)} stored={own.data.preferences} />
        </Card>
      )}
    </>
  )
}
