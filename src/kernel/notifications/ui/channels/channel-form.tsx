import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { v7 } from 'uuid'
import { Button } from '../../../../ui-kit/button.tsx'
import { Field } from '../../../../ui-kit/field.tsx'
import { Checkbox, SelectNative, TextInput } from '../../../../ui-kit/inputs.tsx'
import { useKeys } from '../../../../ui-kit/keys.ts'
import { Panel } from '../../../../ui-kit/panel.tsx'
import { ProblemNotice } from '../../../../ui-kit/problem-notice.tsx'
import { useProblemText } from '../../../../ui-kit/problem-text.ts'
import { RadioCards } from '../../../../ui-kit/radio-cards.tsx'
import { showToast } from '../../../../ui-kit/toast.tsx'
import { type Channel, createChannel, editChannel, renew, type Scope } from './api.ts'
import css from './channels.module.css'
import { EventsField } from './events-field.tsx'
import { PostsField } from './posts.tsx'
import { Secret } from './secret.tsx'
import { Topics } from './topics.tsx'

const chatKinds = ['dingtalk', 'wecom', 'feishu'] as const

interface ChannelFormProps {
  readonly scope: Scope
  /** Given: it is edited. */
  readonly channel?: Channel | undefined
  readonly onClose: () => void
}

interface Values {
  readonly kind: Channel['kind']
  readonly name: string
  readonly url: string
  readonly secret: string
  readonly language: 'zh' | 'en'
  readonly topics: string[] | null
  readonly posts: Channel['posts']
  readonly events: string[]
  readonly details: boolean
  readonly mention: boolean
}

function start(channel: Channel | undefined, language: 'zh' | 'en'): Values {
  if (channel !== undefined) return { ...channel, url: '', secret: '' }
  return {
    ...{ kind: 'dingtalk', name: '', url: '', secret: '', language, topics: null, posts: [], events: [] },
    ...{ details: true, mention: true },
  }
}

/** Robot or webhook, new or to be changed. What is secret is typed in and never shown again (G5). */
export function ChannelForm({ scope, channel, onClose }: ChannelFormProps) {
  const { t, i18n } = useTranslation()
  const client = useQueryClient()
  const { fieldTexts } = useProblemText()
  const [id] = useState(() => v7())
  const [values, setValues] = useState(() => start(channel, i18n.language === 'en' ? 'en' : 'zh'))
  const patch = (part: Partial<Values>) => setValues((before) => ({ ...before, ...part }))
  const { kind, url, secret, posts, ...same } = values
  const webhook = kind === 'webhook'

  const save = useMutation({
    mutationFn: async () => {
      const body = { ...same, posts: posts.map((post) => post.id), events: webhook ? same.events : [] }
      if (channel === undefined)
        return await createChannel(scope, { ...body, id, kind, url, secret: secret === '' ? null : secret })
      const changed = {
        ...body,
        version: channel.version,
        ...(url.trim() === '' ? {} : { url }),
        ...(secret.trim() === '' ? {} : { secret }),
      }
      return { channel: await editChannel(scope, channel.id, changed), secret: null }
    },
    onSuccess: (made) => {
      showToast({ text: t('channels.saved', { name: made.channel.name }) })
      if (made.secret === null) onClose()
    },
    onSettled: () => renew(client),
  })
  const errors = fieldTexts(save.error)

  function send(event?: FormEvent) {
    event?.preventDefault()
    if (!save.isPending) save.mutate()
  }
  useKeys({ 'Ctrl+Enter': { label: t('channels.save'), run: () => send() } }, { layer: 'panel' })

  const title = channel === undefined ? t('channels.add') : t('channels.editOne', { name: channel.name })
  if (save.data?.secret)
    return (
      <Panel title={title} onClose={onClose}>
        <Secret secret={save.data.secret} onKept={onClose} />
      </Panel>
    )
  const kinds = scope === 'site' ? [...chatKinds, 'webhook' as const] : chatKinds
  return (
    <Panel
      title={title}
      onClose={onClose}
      width="wide"
      footer={
        <Button kind="primary" keyHint="Ctrl+Enter" busy={save.isPending} onClick={() => send()}>
          {t('channels.save')}
        </Button>
      }
    >
      <form className={css.form} noValidate onSubmit={send}>
        {channel === undefined ? (
          <Field label={t('channels.kind.label')} group>
            <RadioCards
              value={kind}
              onChange={(next) => patch({ kind: next, details: next !== 'webhook' })}
              options={kinds.map((one) => ({ value: one, label: t(`channels.kind.${one}`) }))}
              columns={2}
            />
          </Field>
        ) : null}
        <Field label={t('channels.name')} hint={t('channels.nameHint')} required error={errors.name}>
          <TextInput value={values.name} onChange={(name) => patch({ name })} maxLength={80} />
        </Field>
        <Field
          label={t('channels.address')}
          hint={
            channel === undefined ? t(`channels.addressHint.${kind}`) : t('channels.keepAddress', channel)
          }
          required={channel === undefined}
          error={errors.url}
        >
          <TextInput value={url} onChange={(next) => patch({ url: next })} type="url" maxLength={2000} />
        </Field>
        {kind === 'wecom' ? null : (
          <Field
            label={t('channels.secret.label')}
            hint={t(
              channel === undefined
                ? `channels.secret.${kind}`
                : channel.signed
                  ? 'channels.secret.keep'
                  : 'channels.secret.without',
            )}
            error={errors.secret}
          >
            <TextInput
              value={secret}
              onChange={(next) => patch({ secret: next })}
              type="password"
              autoComplete="new-password"
              maxLength={300}
            />
          </Field>
        )}
        <Field label={t('channels.language')}>
          <SelectNative
            value={values.language}
            onChange={(next) => patch({ language: next === 'en' ? 'en' : 'zh' })}
            options={[
              { value: 'zh', label: '中文' },
              { value: 'en', label: 'English' },
            ]}
          />
        </Field>
        <Topics value={values.topics} onChange={(topics) => patch({ topics })} />
        {scope === 'site' ? (
          <>
            <PostsField value={posts} onChange={(next) => patch({ posts: next })} />
            {webhook ? (
              <EventsField
                value={values.events}
                onChange={(events) => patch({ events })}
                error={errors.events}
              />
            ) : null}
            <Checkbox
              checked={values.details}
              onChange={(details) => patch({ details })}
              hint={t(webhook ? 'channels.detailsHint.webhook' : 'channels.detailsHint.chat')}
            >
              {t('channels.details')}
            </Checkbox>
            {kind === 'dingtalk' || kind === 'wecom' ? (
              <Checkbox
                checked={values.mention}
                onChange={(mention) => patch({ mention })}
                hint={t('channels.mentionHint')}
              >
                {t('channels.mention')}
              </Checkbox>
            ) : null}
          </>
        ) : null}
        <ProblemNotice fault={save.error} />
        {/* Enter in a field sends; the button itself stands at the foot of the panel. */}
        <button type="submit" hidden />
      </form>
    </Panel>
  )
}
