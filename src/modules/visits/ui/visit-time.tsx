import { useTranslation } from 'react-i18next'
import { useNow } from '../../../ui-kit/clock.ts'
import { useUiLanguage, useZone } from '../../../ui-kit/language.ts'
import { RunningTime } from '../../../ui-kit/running-time.tsx'
import { dayIn, formatDay, formatTime } from '../../../ui-kit/zone-time.ts'
import type { VisitCard } from '../card/contract.ts'

export interface VisitTimeProps {
  card: VisitCard
  size?: 'base' | 'title' | 'figure' | undefined
  waitingMinutes?: number | undefined
}

/** The one time that matters in this state: due, until the next is asked, waiting, leaving (ui.md, time is visible). */
export function VisitTime({ card, size, waitingMinutes = 10 }: VisitTimeProps) {
  const { t } = useTranslation()
  switch (card.status) {
    case 'expected':
    case 'no_show':
      return <At instant={card.expectedAt} />
    case 'asking':
      return card.askDueAt ? (
        <RunningTime until={card.askDueAt} warnBefore={60} size={size} label={t('visit.time.answerIn')} />
      ) : null
    case 'admitted':
      return <Waiting card={card} size={size} minutes={waitingMinutes} />
    case 'with_host':
      return <Stay until={card.validUntil} size={size} />
    case 'signed_off':
      return <At instant={card.signedAt} />
    case 'left':
      return <At instant={card.leftAt} />
    default:
      return <At instant={card.arrivedAt ?? card.expectedAt} />
  }
}

/** 10:30, with the day when it is another one. */
export function At({ instant }: { instant: string | null }) {
  const zone = useZone()
  const language = useUiLanguage()
  if (!instant) return null
  const other = dayIn(zone, instant) !== dayIn(zone, Date.now())
  return (
    <time dateTime={instant} style={{ fontVariantNumeric: 'tabular-nums', whiteSpace: 'nowrap' }}>
      {other ? `${formatDay(instant, zone, language)} ` : ''}
      {formatTime(instant, zone, language)}
    </time>
  )
}

/** The host said "in ten minutes": first the countdown to that, then the waiting. */
function Waiting({
  card,
  size,
  minutes,
}: {
  card: VisitCard
  size: VisitTimeProps['size']
  minutes: number
}) {
  const { t } = useTranslation()
  const now = useNow()
  if (card.hostReadyAt && Date.parse(card.hostReadyAt) > now)
    return <RunningTime until={card.hostReadyAt} size={size} label={t('visit.time.readyIn')} />
  const since = card.arrivedAt ?? card.admittedAt
  return since ? (
    <RunningTime
      since={since}
      warnAfter={minutes * 60}
      alarmAfter={minutes * 120}
      size={size}
      label={t('visit.time.waiting')}
    />
  ) : null
}

function Stay({ until, size }: { until: string | null; size: VisitTimeProps['size'] }) {
  const { t } = useTranslation()
  const zone = useZone()
  const language = useUiLanguage()
  const now = useNow()
  if (!until) return null
  if (Date.parse(until) < now)
    return <RunningTime since={until} alarmAfter={0} size={size} label={t('visit.time.over')} />
  if (Date.parse(until) - now < 10 * 60_000)
    return <RunningTime until={until} warnBefore={600} size={size} label={t('visit.time.left')} />
  return (
    <span
      style={{ whiteSpace: 'nowrap', ...(size === 'figure' ? { fontSize: 'var(--fy-text-figure)' } : {}) }}
    >
      {t('visit.time.until', { at: formatTime(until, zone, language) })}
    </span>
  )
}
