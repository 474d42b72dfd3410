import { useCallback, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../../../ui-kit/client.ts'
import { Icon } from '../../../../ui-kit/icon.tsx'
import { type KioskSelf, kiosks } from '../../kiosk/contract.ts'
import { fetchReader } from '../gate/use-wedge.ts'
import { isOut } from './calls.ts'
import { forgetAll, useGuard } from './guard.ts'
import css from './kiosk.module.css'
import { Pair } from './pair.tsx'
import { Session } from './session.tsx'
import { forgetOffer, keepOffer, offeredBefore, sendWaiting, waitingHere } from './unsent.ts'

type State =
  | { kind: 'looking' }
  | { kind: 'unpaired' }
  | { kind: 'away' }
  | { kind: 'ready'; self: KioskSelf; away: boolean }

const retryMs = 4000
/** A kiosk taken out is out within the minute, also when nobody stands before it. */
const beatMs = 60_000

/** The screen in the lobby. Each visitor is a session of their own: a new key throws away everything of the one before. */
export function Kiosk({ speak, onReset }: { speak: (language: 'zh' | 'en') => void; onReset: () => void }) {
  const [state, setState] = useState<State>({ kind: 'looking' })
  const [run, setRun] = useState(0)
  const [waiting, setWaiting] = useState(0)
  useGuard()
  useEffect(fetchReader, [])

  const out = useCallback(() => {
    forgetAll()
    // Without a server this browser must not go on as the kiosk it was.
    void forgetOffer().catch(() => undefined)
    setState({ kind: 'unpaired' })
  }, [])

  const look = useCallback(
    async (beat = false) => {
      try {
        const self = await call(kiosks.self, {}, { timeoutMs: 6000, alone: true })
        setState({ kind: 'ready', self, away: false })
        await sendWaiting()
          .then(() => keepOffer(self))
          .catch(() => undefined)
      } catch (fault) {
        if (isOut(fault)) {
          out()
        } else {
          const self = await offeredBefore()
          // What the kiosk last offered, as far as it goes without a server: somebody may register.
          if (self?.walkIn) setState({ kind: 'ready', self, away: true })
          // Nobody is thrown out of what they are doing by a look in between.
          else if (!beat) setState({ kind: 'away' })
        }
      }
      setWaiting(await waitingHere().catch(() => 0))
    },
    [out],
  )

  useEffect(() => void look(), [look])

  const without = state.kind === 'ready' && state.away

  // Comes back by itself: nobody in the lobby can restart it.
  useEffect(() => {
    if (state.kind === 'looking' || state.kind === 'unpaired') return
    const beat = state.kind === 'ready' && !without
    const timer = setInterval(() => void look(beat), beat ? beatMs : retryMs)
    return () => clearInterval(timer)
  }, [state.kind, without, look])

  const restart = useCallback(() => {
    forgetAll()
    speak('zh')
    setRun((before) => before + 1)
    onReset()
    // What the site has changed meanwhile is in force for the next visitor.
    void look()
  }, [speak, onReset, look])

  if (state.kind === 'looking') return <main className={css.page} aria-busy="true" />
  if (state.kind === 'away') return <Away />
  if (state.kind === 'unpaired') return <Pair onPaired={() => void look()} />
  return (
    <Session
      key={run}
      self={state.self}
      away={state.away}
      waiting={waiting}
      speak={speak}
      onEnd={restart}
      onAway={() => {
        forgetAll()
        setState({ kind: 'away' })
        setRun((before) => before + 1)
      }}
      onOut={out}
    />
  )
}

/** Both languages at once: nobody has chosen one. */
function Away() {
  const { i18n } = useTranslation()
  return (
    <main className={css.page} role="status">
      <Icon name="alert" size={32} />
      {(['zh', 'en'] as const).map((language) => (
        <div key={language} lang={language === 'zh' ? 'zh-CN' : 'en'} className={css.notice}>
          {language === 'zh' ? (
            <h1>{i18n.getFixedT('zh')('kiosk.offline.title')}</h1>
          ) : (
            <h2>{i18n.getFixedT('en')('kiosk.offline.title')}</h2>
          )}
          <p>{i18n.getFixedT(language)('kiosk.offline.help')}</p>
        </div>
      ))}
    </main>
  )
}
