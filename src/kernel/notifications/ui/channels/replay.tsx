import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../../ui-kit/button.tsx'
import { call } from '../../../../ui-kit/client.ts'
import { Field } from '../../../../ui-kit/field.tsx'
import { DateTimeInput } from '../../../../ui-kit/inputs.tsx'
import { useZone } from '../../../../ui-kit/language.ts'
import { ProblemNotice } from '../../../../ui-kit/problem-notice.tsx'
import { showToast } from '../../../../ui-kit/toast.tsx'
import { fromWall } from '../../../../ui-kit/zone-time.ts'
import { channelRoutes } from '../../channels/contract.ts'
import { type Channel, renew } from './api.ts'
import css from './channels.module.css'

/** G2: a receiver that lost what it was told is told again, from a moment on; how much that is comes first. */
export function Replay({ channel }: { channel: Channel }) {
  const { t } = useTranslation()
  const zone = useZone()
  const client = useQueryClient()
  const [open, setOpen] = useState(false)
  const [from, setFrom] = useState('')
  const [until, setUntil] = useState('')
  const [sure, setSure] = useState(false)
  const params = { id: channel.id }
  const backwards = until !== '' && until <= from
  const stretch = {
    from: from === '' ? '' : fromWall(from, zone),
    ...(until === '' ? {} : { until: fromWall(until, zone) }),
  }
  const counted = useQuery({
    queryKey: ['channels', 'replay', channel.id, stretch],
    enabled: open && from !== '' && !backwards,
    queryFn: ({ signal }) => call(channelRoutes.replayable, { params, query: stretch }, { signal }),
  })
  const found = from === '' || backwards ? undefined : counted.data
  const replay = useMutation({
    mutationFn: (expected: number) => call(channelRoutes.replay, { params, body: { ...stretch, expected } }),
    onSuccess: ({ count }) => {
      showToast({ text: t('channels.replay.done', { count }) })
      setOpen(false)
      setFrom('')
      setUntil('')
    },
    onSettled: () => {
      setSure(false)
      return renew(client)
    },
  })
  const tooMany = found !== undefined && found.count > found.most
  const ready = found !== undefined && found.count > 0 && !tooMany

  if (!open)
    return (
      <div>
        <Button icon="refresh" onClick={() => setOpen(true)} disabled={!channel.enabled}>
          {t('channels.replay.title')}
        </Button>
      </div>
    )
  return (
    <form
      className={css.form}
      aria-label={t('channels.replay.title')}
      onSubmit={(event: FormEvent) => {
        event.preventDefault()
        if (ready) setSure(true)
      }}
    >
      <p className={css.note}>{t('channels.replay.help')}</p>
      <div className={css.row}>
        <Field label={t('channels.replay.from')} required>
          <DateTimeInput
            value={from}
            onChange={(next) => {
              setFrom(next)
              setSure(false)
            }}
          />
        </Field>
        <Field
          label={t('channels.replay.until')}
          hint={t('channels.replay.untilHint')}
          error={backwards ? t('channels.replay.order') : undefined}
        >
          <DateTimeInput
            value={until}
            onChange={(next) => {
              setUntil(next)
              setSure(false)
            }}
          />
        </Field>
      </div>
      <p role="status">
        {found === undefined
          ? ''
          : found.count === 0
            ? t('channels.replay.none')
            : tooMany
              ? t('channels.replay.tooMany', { most: found.most })
              : t(sure ? 'channels.replay.sure' : 'channels.replay.count', { count: found.count })}
      </p>
      <ProblemNotice fault={replay.error ?? counted.error} />
      <div className={css.row}>
        {sure && found ? (
          <Button kind="primary" busy={replay.isPending} onClick={() => replay.mutate(found.count)}>
            {t('channels.replay.yes')}
          </Button>
        ) : (
          <Button type="submit" kind="primary" disabled={!ready}>
            {t('channels.replay.ask', { count: found?.count ?? 0 })}
          </Button>
        )}
        <Button onClick={() => (sure ? setSure(false) : setOpen(false))}>{t('channels.replay.no')}</Button>
      </div>
    </form>
  )
}
