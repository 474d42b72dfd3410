import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../../ui-kit/button.tsx'
import { call } from '../../../../ui-kit/client.ts'
import { Icon } from '../../../../ui-kit/icon.tsx'
import { useSpoken } from '../../../../ui-kit/language.ts'
import { RunningTime } from '../../../../ui-kit/running-time.tsx'
import { type KioskSelf, type KioskVisit, kiosks } from '../../kiosk/contract.ts'
import { isAway } from './calls.ts'
import css from './kiosk.module.css'
import { PassPrint } from './pass-print.tsx'

const everyMs = 2000

export interface WaitProps {
  visit: KioskVisit
  self: KioskSelf
  onVisit: (visit: KioskVisit) => void
  onAway: () => void
  onFinish: () => void
}

/** The host is called; calm until the answer is here, then where to go (V5, V21). */
export function Wait({ visit, self, onVisit, onAway, onFinish }: WaitProps) {
  const { t } = useTranslation()
  const spoken = useSpoken()
  const [since] = useState(() => Date.now())
  const latest = useRef({ onVisit, onAway })
  latest.current = { onVisit, onAway }
  const { ticket, state } = visit

  useEffect(() => {
    if (state !== 'asking') return
    const stop = new AbortController()
    const timer = setInterval(() => {
      void call(kiosks.visit, { body: { ticket } }, { signal: stop.signal })
        .then((now) => latest.current.onVisit(now))
        .catch((fault) => {
          if (!stop.signal.aborted && isAway(fault)) latest.current.onAway()
        })
    }, everyMs)
    return () => {
      stop.abort()
      clearInterval(timer)
    }
  }, [state, ticket])

  if (state === 'asking') {
    return (
      <div className={css.center} role="status">
        <Icon name="bell" size={32} />
        <h1>{t('kiosk.wait.title', { host: visit.hostName })}</h1>
        <p className={css.lead}>{spoken(self.wording.wait)}</p>
        <p className={css.lead}>{t('kiosk.wait.help')}</p>
        <RunningTime since={since} label={t('kiosk.wait.since')} size="title" />
      </div>
    )
  }
  if (state === 'welcome') return <Welcome visit={visit} self={self} onFinish={onFinish} />
  const declined = state === 'declined'
  return (
    <div className={css.center} role="status">
      <Icon name={declined ? 'user' : 'bell'} size={32} />
      <h1>
        {t(declined ? 'kiosk.wait.declined' : state === 'desk' ? 'kiosk.wait.desk' : 'kiosk.wait.over')}
      </h1>
      <p className={css.lead}>{declined ? spoken(self.wording.declined) : t('kiosk.wait.deskHelp')}</p>
      <Button kind="primary" size="large" onClick={onFinish}>
        {t('kiosk.finish')}
      </Button>
    </div>
  )
}

function Welcome({ visit, self, onFinish }: Pick<WaitProps, 'visit' | 'self' | 'onFinish'>) {
  const { t } = useTranslation()
  const spoken = useSpoken()
  const { where, waitMinutes } = visit
  return (
    <div className={css.center} role="status">
      <Icon name="checkCircle" size={32} />
      <h1>{t('kiosk.wait.welcome', { host: visit.hostName })}</h1>
      {waitMinutes ? <p className={css.lead}>{t('kiosk.wait.minutes', { minutes: waitMinutes })}</p> : null}
      {where ? (
        <ul className={css.where}>
          {spoken(where.waiting) ? <li>{t('kiosk.wait.go', { place: spoken(where.waiting) })}</li> : null}
          {where.floor ? <li>{t('kiosk.wait.lift', { floor: where.floor })}</li> : null}
          {where.ways.map(({ area, way }) => (
            <li key={area.zh}>{t('kiosk.wait.way', { area: spoken(area), way: spoken(way) })}</li>
          ))}
          {where.room ? <li>{t('kiosk.wait.room', { room: where.room })}</li> : null}
        </ul>
      ) : null}
      {self.print !== 'off' && visit.passWanted ? (
        <PassPrint visit={visit} self={self} size={self.print} />
      ) : null}
      <Button kind="primary" size="large" onClick={onFinish}>
        {t('kiosk.finish')}
      </Button>
    </div>
  )
}
