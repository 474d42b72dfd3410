import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../../ui-kit/button.tsx'
import { useNow } from '../../../../ui-kit/clock.ts'
import { cx } from '../../../../ui-kit/cx.ts'
import { Icon, type IconName } from '../../../../ui-kit/icon.tsx'
import { useSpoken, useUiLanguage, useZone } from '../../../../ui-kit/language.ts'
import { RunningTime } from '../../../../ui-kit/running-time.tsx'
import { formatDay, formatTime } from '../../../../ui-kit/zone-time.ts'
import type { VisitCard } from '../../card/contract.ts'
import { type Answer, Answers } from '../answers.tsx'
import { useVisitOptions } from '../queries.ts'
import { type Outcome, useVisitCommands } from '../visit-commands.ts'
import css from './host.module.css'

const answerNames = ['receive', 'wait', 'delegate', 'decline'] as const

/** Who, from where, why, waiting since when — and the one decision (V5, V10). */
export function HostVisit({ visit }: { visit: VisitCard }) {
  return (
    <article className={css.visitor}>
      <Who visit={visit} />
      <State visit={visit} />
      <Decision key={visit.status} visit={visit} />
    </article>
  )
}

function Who({ visit }: { visit: VisitCard }) {
  const { t } = useTranslation()
  const spoken = useSpoken()
  const zone = useZone()
  const language = useUiLanguage()
  const { data: options } = useVisitOptions()
  const kind = spoken(options?.kinds.find((one) => one.key === visit.kind)?.name)
  const waits = visit.status === 'asking' || visit.status === 'admitted'
  const minutes = options?.timings.waitingMinutes ?? 10
  const place = spoken(visit.waitingPlace)
  const when = visit.expectedAt
    ? `${formatDay(visit.expectedAt, zone, language)} ${formatTime(visit.expectedAt, zone, language)}`
    : ''
  return (
    <div className={css.who}>
      <p className={css.arrived}>{t(`visits.host.lead.${visit.status}`)}</p>
      <h2 className={css.name}>
        {visit.important ? <Icon name="star" size={24} label={t('visit.important')} /> : null}
        {visit.visitorName}
      </h2>
      <p className={css.from}>
        {[visit.organisation, kind, visit.partySize > 1 ? t('visit.party', { count: visit.partySize }) : '']
          .filter(Boolean)
          .join(' · ')}
      </p>
      {visit.purpose ? <p className={css.purpose}>{visit.purpose}</p> : null}
      {waits && visit.arrivedAt ? (
        <div className={css.waiting}>
          <span className={css.facts}>{place ? t('visits.host.waitsAt', { place }) : ''}</span>
          <RunningTime
            since={visit.arrivedAt}
            warnAfter={minutes * 60}
            alarmAfter={minutes * 120}
            size="figure"
            label={t('visits.host.waited')}
          />
        </div>
      ) : when ? (
        <p className={css.facts}>{t('visits.host.expectedAt', { at: when })}</p>
      ) : null}
      {visit.plate || visit.passNumber ? (
        <p className={css.facts}>
          {[
            visit.plate ? t('visits.host.plate', { plate: visit.plate }) : '',
            visit.passNumber ? t('visits.host.pass', { number: visit.passNumber }) : '',
          ]
            .filter(Boolean)
            .join(' · ')}
        </p>
      ) : null}
    </div>
  )
}

interface Shown {
  key: string
  tone: 'good' | 'wait' | 'alarm' | 'state'
  icon: IconName
}

function shownOf(visit: VisitCard, now: number): Shown | null {
  switch (visit.status) {
    case 'asking':
      return visit.can.receive ? null : { key: 'askingOther', tone: 'wait', icon: 'phone' }
    case 'admitted':
      return visit.hostReadyAt && Date.parse(visit.hostReadyAt) > now
        ? { key: 'promised', tone: 'wait', icon: 'clock' }
        : { key: 'admitted', tone: 'good', icon: 'checkCircle' }
    case 'with_host':
      return { key: 'withHost', tone: 'good', icon: 'user' }
    case 'signed_off':
      return { key: 'signed', tone: 'good', icon: 'signature' }
    case 'left':
      return visit.lateSignature
        ? { key: 'owed', tone: 'alarm', icon: 'signature' }
        : { key: 'left', tone: 'state', icon: 'signOut' }
    case 'declined':
      return { key: 'declined', tone: 'alarm', icon: 'close' }
    case 'refused':
      return { key: 'refused', tone: 'alarm', icon: 'shield' }
    case 'cancelled':
      return { key: 'cancelled', tone: 'state', icon: 'close' }
    case 'no_show':
      return { key: 'noShow', tone: 'state', icon: 'minus' }
    default:
      return null
  }
}

function State({ visit }: { visit: VisitCard }) {
  const { t } = useTranslation()
  const zone = useZone()
  const language = useUiLanguage()
  const shown = shownOf(visit, useNow())
  if (!shown) return null
  return (
    <p className={cx(css.state, css[shown.tone])} role="status">
      <Icon name={shown.icon} size={24} />
      <span>
        {t(`visits.host.state.${shown.key}`, {
          name: visit.receiverName || visit.askedName || visit.hostName,
          at: visit.hostReadyAt ? formatTime(visit.hostReadyAt, zone, language) : '',
        })}
      </span>
    </p>
  )
}

function Decision({ visit }: { visit: VisitCard }) {
  const { t } = useTranslation()
  const commands = useVisitCommands()
  const [busy, setBusy] = useState(false)
  const [changing, setChanging] = useState(false)
  const { can } = visit

  async function run(task: () => Promise<Outcome>) {
    if (busy) return
    setBusy(true)
    await task()
    setBusy(false)
    setChanging(false)
  }

  function answer(given: Answer) {
    void run(() => {
      switch (given.answer) {
        case 'receive':
          return commands.receive(visit)
        case 'wait':
          return commands.wait(visit, given.minutes)
        case 'delegate':
          return commands.delegate(visit, given.to.id, given.to.name)
        case 'decline':
          return commands.decline(visit, given.reason)
      }
    })
  }

  const offered = answerNames.filter((name) => can[name])
  const asked = visit.status === 'asking'
  const signs = can.sign || can.signLate
  const meets = can.meet && visit.outstanding.length === 0
  return (
    <div className={css.acts}>
      {asked && offered.length > 0 ? (
        <Answers voice="host" offered={offered} busy={busy} onAnswer={answer} />
      ) : null}
      {meets ? (
        <Button
          kind="primary"
          size="large"
          icon="user"
          wide
          busy={busy}
          onClick={() => void run(() => commands.meet(visit))}
        >
          {t('visits.host.met')}
        </Button>
      ) : null}
      {signs ? (
        <Button
          kind={visit.status === 'admitted' ? 'quiet' : 'primary'}
          size="large"
          icon="signature"
          wide
          busy={busy}
          onClick={() => void run(() => commands.sign(visit))}
        >
          {t(can.signLate ? 'visits.host.signLate' : 'visits.host.sign')}
        </Button>
      ) : null}
      {!asked && offered.length > 0 ? (
        changing ? (
          <Answers voice="host" offered={offered} busy={busy} onAnswer={answer} />
        ) : (
          <Button size="large" icon="swap" wide onClick={() => setChanging(true)}>
            {t('visits.host.change')}
          </Button>
        )
      ) : null}
      {can.undo ? (
        <Button
          size="large"
          icon="back"
          wide
          busy={busy}
          onClick={() => void run(() => commands.undo(visit))}
        >
          {t('visits.host.undo')}
        </Button>
      ) : null}
      {can.cancel && visit.status === 'expected' ? (
        <Button
          size="large"
          icon="close"
          wide
          busy={busy}
          onClick={() => void run(() => commands.cancel(visit, ''))}
        >
          {t('visits.host.cancel')}
        </Button>
      ) : null}
    </div>
  )
}
