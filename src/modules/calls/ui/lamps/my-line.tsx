import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../../ui-kit/button.tsx'
import { call } from '../../../../ui-kit/client.ts'
import { serverNow } from '../../../../ui-kit/clock.ts'
import { useUiLanguage, useZone } from '../../../../ui-kit/language.ts'
import { useLiveInvalidate } from '../../../../ui-kit/live.ts'
import { Menu } from '../../../../ui-kit/menu.tsx'
import { useProblemText } from '../../../../ui-kit/problem-text.ts'
import { useSessionIfAny } from '../../../../ui-kit/session.ts'
import { showToast } from '../../../../ui-kit/toast.tsx'
import { formatTime } from '../../../../ui-kit/zone-time.ts'
import { lines } from '../../lines/contract.ts'
import { callKeys, useMyLine } from '../queries.ts'
import { Lamp } from './lamp.tsx'
import css from './lamps.module.css'

type Said = 'free' | 'busy' | 'away' | null

/** "I am free": the waiting messages are put before me at once (C6). Nothing for who has no extension. */
function useSay() {
  const client = useQueryClient()
  const { t } = useTranslation()
  const { problemText } = useProblemText()
  const [busy, setBusy] = useState(false)
  async function say(said: Said, minutes?: number) {
    if (busy) return
    setBusy(true)
    try {
      const until = minutes ? new Date(serverNow() + minutes * 60_000).toISOString() : null
      const answer = await call(lines.say, { body: { said, until } })
      client.setQueryData(callKeys.myLine, { lamp: answer.lamp })
      if (answer.presented > 0) showToast({ text: t('line.mine.presented', { count: answer.presented }) })
      void client.invalidateQueries({ queryKey: callKeys.messages })
    } catch (fault) {
      showToast({ text: problemText(fault), tone: 'alarm', seconds: 8 })
    } finally {
      setBusy(false)
    }
  }
  return { say, busy }
}

function useMine() {
  const may = useSessionIfAny()?.actions.includes('line.say') ?? false
  useLiveInvalidate({ line: callKeys.lines, message: callKeys.myLine })
  const { data } = useMyLine(may)
  return data?.lamp ?? null
}

/** In the desk's top line: how one's own line stands, and a menu to say otherwise. */
export function MyLineMenu() {
  const { t } = useTranslation()
  const language = useUiLanguage()
  const zone = useZone()
  const lamp = useMine()
  const { say } = useSay()
  if (!lamp) return null
  const until = lamp.saidUntil ? formatTime(lamp.saidUntil, zone, language) : ''
  return (
    <Menu
      label={t('line.mine.label', {
        extension: lamp.extension,
        state: t(`line.state.${lamp.state}`),
        messages: t('line.mine.waiting', { count: lamp.waitingMessages }),
      })}
      align="end"
      items={[
        { id: 'free', label: t('line.mine.free'), icon: 'checkCircle', run: () => void say('free') },
        { id: 'busy', label: t('line.mine.busy'), icon: 'phone', run: () => void say('busy') },
        {
          id: 'away30',
          label: t('line.mine.awayFor', { minutes: 30 }),
          icon: 'door',
          run: () => void say('away', 30),
        },
        {
          id: 'away60',
          label: t('line.mine.awayFor', { minutes: 60 }),
          icon: 'door',
          run: () => void say('away', 60),
        },
        { id: 'away', label: t('line.mine.away'), icon: 'door', run: () => void say('away') },
        ...(lamp.said
          ? [
              {
                id: 'device',
                label: t('line.mine.device'),
                icon: 'refresh' as const,
                apart: true,
                run: () => void say(null),
              },
            ]
          : []),
      ]}
    >
      <Lamp state={lamp.state} />
      {until ? <span className={css.until}>{t('line.mine.until', { time: until })}</span> : null}
    </Menu>
  )
}

/** On the phone: three big answers, the one that holds pressed. */
export function MyLineButtons() {
  const { t } = useTranslation()
  const lamp = useMine()
  const { say, busy } = useSay()
  if (!lamp) return null
  const now =
    lamp.said ?? (lamp.state === 'free' || lamp.state === 'busy' || lamp.state === 'away' ? lamp.state : null)
  return (
    <section className={css.mine} aria-labelledby="my-line">
      <h2 id="my-line" className={css.mineTitle}>
        {t('line.mine.title', { extension: lamp.extension })} <Lamp state={lamp.state} />
      </h2>
      <div className={css.three}>
        <Button
          size="large"
          icon="checkCircle"
          pressed={now === 'free'}
          disabled={busy}
          onClick={() => void say('free')}
        >
          {t('line.mine.free')}
        </Button>
        <Button
          size="large"
          icon="phone"
          pressed={now === 'busy'}
          disabled={busy}
          onClick={() => void say('busy')}
        >
          {t('line.mine.busy')}
        </Button>
        <Button
          size="large"
          icon="door"
          pressed={now === 'away'}
          disabled={busy}
          onClick={() => void say('away')}
        >
          {t('line.mine.away')}
        </Button>
      </div>
    </section>
  )
}
