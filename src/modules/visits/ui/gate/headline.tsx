import { useTranslation } from 'react-i18next'
import { useNow } from '../../../../ui-kit/clock.ts'
import { cx } from '../../../../ui-kit/cx.ts'
import { Icon, type IconName } from '../../../../ui-kit/icon.tsx'
import { useSpoken, useUiLanguage, useZone } from '../../../../ui-kit/language.ts'
import { RunningTime } from '../../../../ui-kit/running-time.tsx'
import { formatTime } from '../../../../ui-kit/zone-time.ts'
import type { VisitCard } from '../../card/contract.ts'
import { situationOf } from '../board.ts'
import { useVisitOptions } from '../queries.ts'
import css from './gate.module.css'

type Tone = 'good' | 'waiting' | 'alarm' | 'neutral'

interface Head {
  key: string
  tone: Tone
  icon: IconName
}

/** How the host answered, or what stands against going in; in words for the person at the gate. */
function headOf(card: VisitCard, now: number, unanswered: boolean): Head | null {
  switch (card.status) {
    // V12: neutral, whoever reads it over the guard's shoulder.
    case 'held':
      return { key: 'held', tone: 'waiting', icon: 'clock' }
    case 'asking':
      return unanswered
        ? { key: 'unanswered', tone: 'alarm', icon: 'phone' }
        : { key: 'asking', tone: 'waiting', icon: 'phone' }
    case 'admitted':
      if (card.hostReadyAt !== null && Date.parse(card.hostReadyAt) > now)
        return { key: 'wait', tone: 'waiting', icon: 'clock' }
      return card.receiverName !== '' && card.receiverName !== card.hostName
        ? { key: 'delegate', tone: 'good', icon: 'swap' }
        : { key: 'receive', tone: 'good', icon: 'checkCircle' }
    case 'signed_off':
      return { key: 'signed', tone: 'good', icon: 'signature' }
    case 'declined':
      return { key: 'declined', tone: 'alarm', icon: 'close' }
    case 'refused':
      return { key: 'refused', tone: 'alarm', icon: 'shield' }
    case 'cancelled':
      return { key: 'cancelled', tone: 'neutral', icon: 'close' }
    case 'left':
      return card.lateSignature
        ? { key: 'lateSignature', tone: 'waiting', icon: 'signature' }
        : { key: 'left', tone: 'neutral', icon: 'signOut' }
    default:
      return null
  }
}

/** The host's live answer, big (V5); with the courteous wording where the visitor must hear a no. */
export function Headline({ card, big = false }: { card: VisitCard; big?: boolean }) {
  const { t } = useTranslation()
  const spoken = useSpoken()
  const zone = useZone()
  const language = useUiLanguage()
  const now = useNow()
  const { data: options } = useVisitOptions()
  const timings = options?.timings ?? { waitingMinutes: 10, overstayGraceMinutes: 15 }
  const situation = situationOf(card, timings, now)
  const head = headOf(card, now, situation === 'unanswered')
  if (!head) return null
  const wording = card.status === 'declined' || card.status === 'refused' ? card.status : null
  const host = card.receiverName || card.hostName || card.askedName
  return (
    <div className={cx(css.headline, css[head.tone], big && css.headlineBig)} role="status">
      <p className={css.headWord}>
        <Icon name={head.icon} size={big ? 32 : 24} />
        <span>
          {t(`visits.gate.head.${head.key}`, {
            name: card.status === 'asking' ? card.askedName || host : host,
            at: card.hostReadyAt ? formatTime(card.hostReadyAt, zone, language) : '',
            extension: card.hostExtension,
            place: spoken(card.waitingPlace),
          })}
        </span>
        {big && card.status === 'asking' && card.askDueAt && situation !== 'unanswered' ? (
          <RunningTime until={card.askDueAt} warnBefore={60} size="figure" />
        ) : null}
      </p>
      {wording ? <p className={css.say}>{spoken(card.say ?? options?.wording[wording])}</p> : null}
    </div>
  )
}
