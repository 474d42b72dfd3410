import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../../ui-kit/button.tsx'
import { Card } from '../../../../ui-kit/card.tsx'
import { DescriptionList } from '../../../../ui-kit/description-list.tsx'
import { ProblemNotice } from '../../../../ui-kit/problem-notice.tsx'
import { useSession } from '../../../../ui-kit/session.ts'
import { StatusChip, type Tone } from '../../../../ui-kit/status-chip.tsx'
import { showToast } from '../../../../ui-kit/toast.tsx'
import { VisuallyHidden } from '../../../../ui-kit/visually-hidden.tsx'
import { formatDateTime } from '../../../../ui-kit/zone-time.ts'
import {
  type Channel,
  editChannel,
  removeChannel,
  renew,
  restoreChannel,
  type Scope,
  testChannel,
} from './api.ts'
import { Outcome } from './outcome.tsx'
import { useTopicNames } from './topics.tsx'

const tones: Record<Channel['state'], Tone> = {
  working: 'good',
  failing: 'alarm',
  off: 'neutral',
  resting: 'waiting',
}

interface ChannelCardProps {
  readonly scope: Scope
  readonly channel: Channel
  readonly selected?: boolean
  readonly onEdit: () => void
  readonly onLog: () => void
}

/** One robot or webhook: how it is, and what can be done about it. */
export function ChannelCard({ scope, channel, selected = false, onEdit, onLog }: ChannelCardProps) {
  const { t, i18n } = useTranslation()
  const { site } = useSession()
  const client = useQueryClient()
  const [testId, setTestId] = useState<string | null>(null)
  const topicNames = useTopicNames()
  const language = i18n.language === 'en' ? 'en' : 'zh'
  const when = (at: string) => formatDateTime(at, site.zone, language)
  const { id, name } = channel

  const test = useMutation({
    mutationFn: () => testChannel(scope, id),
    onSuccess: (delivery) => setTestId(delivery.id),
    onSettled: () => renew(client),
  })
  const toggle = useMutation({
    mutationFn: () => editChannel(scope, id, { version: channel.version, enabled: !channel.enabled }),
    onSuccess: (now) =>
      showToast({ text: t(now.enabled ? 'channels.switchedOn' : 'channels.switchedOff', { name }) }),
    onSettled: () => renew(client),
  })
  const remove = useMutation({
    mutationFn: () => removeChannel(scope, id),
    onSuccess: () => showToast({ text: t('channels.deleted', { name }), undo: () => void undo() }),
    onSettled: () => renew(client),
  })
  async function undo() {
    try {
      await restoreChannel(scope, id)
      showToast({ text: t('channels.restored', { name }) })
    } catch {
      showToast({ text: t('channels.notRestored', { name }), tone: 'alarm' })
    }
    await renew(client)
  }

  const posts = channel.posts.map((post) => post.name ?? t([`todo.post.${post.id}`, 'todo.post.other']))
  const carries = channel.topics === null ? t('channels.all') : topicNames(channel.topics).join('、')
  const state = t(`channels.state.${channel.state}`)
  return (
    <Card
      as="li"
      level={scope === 'site' ? 2 : 3}
      title={name}
      selected={selected}
      tone={channel.state === 'failing' ? 'alarm' : undefined}
      aside={<StatusChip tone={tones[channel.state]}>{state}</StatusChip>}
      actions={
        <>
          <Button
            icon="message"
            busy={test.isPending}
            disabled={!channel.enabled}
            onClick={() => test.mutate()}
          >
            {t('channels.test')}
            <VisuallyHidden>{name}</VisuallyHidden>
          </Button>
          <Button icon="edit" onClick={onEdit}>
            {t('channels.edit')}
            <VisuallyHidden>{name}</VisuallyHidden>
          </Button>
          <Button icon="list" onClick={onLog}>
            {t('channels.log')}
            <VisuallyHidden>{name}</VisuallyHidden>
          </Button>
          <Button busy={toggle.isPending} onClick={() => toggle.mutate()}>
            {t(channel.enabled ? 'channels.switchOff' : 'channels.switchOn')}
            <VisuallyHidden>{name}</VisuallyHidden>
          </Button>
          <Button kind="danger" icon="trash" busy={remove.isPending} onClick={() => remove.mutate()}>
            {t('channels.delete')}
            <VisuallyHidden>{name}</VisuallyHidden>
          </Button>
        </>
      }
    >
      <DescriptionList
        rows={[
          [t('channels.kind.label'), t(`channels.kind.${channel.kind}`)],
          [t('channels.address'), channel.address],
          [t('channels.carries'), carries === '' ? t('channels.nothing') : carries],
          ...(scope === 'site'
            ? [[t('channels.for'), posts.length === 0 ? t('channels.everybody') : posts.join('、')] as const]
            : []),
          [t('channels.events.label'), channel.events.join(' · ')],
          [t('channels.lastSent'), channel.lastSentAt === null ? '' : when(channel.lastSentAt)],
          [t('channels.failingSince'), channel.failingSince === null ? '' : when(channel.failingSince)],
          [t('channels.restingUntil'), channel.restingUntil === null ? '' : when(channel.restingUntil)],
          [
            t('channels.counts.label'),
            channel.waiting + channel.failed === 0
              ? ''
              : t('channels.counts.text', { waiting: channel.waiting, failed: channel.failed }),
          ],
        ]}
      />
      {testId === null ? null : <Outcome key={testId} scope={scope} id={testId} />}
      <ProblemNotice fault={test.error ?? toggle.error ?? remove.error} />
    </Card>
  )
}
