import { useTranslation } from 'react-i18next'
import { useSpoken } from '../../../../ui-kit/language.ts'
import { StatusChip, type Tone } from '../../../../ui-kit/status-chip.tsx'
import type { VisitHop } from '../../card/contract.ts'
import { At } from '../visit-time.tsx'
import './texts.ts'
import css from './whom.module.css'

const tones: Record<NonNullable<VisitHop['result']>, Tone> = {
  agreed: 'good',
  wait: 'good',
  delegated: 'good',
  told: 'good',
  declined: 'alarm',
  'no-answer': 'waiting',
  busy: 'waiting',
  passed: 'neutral',
}

/** V6: the course of the asking: who, when, what they said, how long it took. */
export function HopList({ hops }: { hops: readonly VisitHop[] }) {
  const { t } = useTranslation()
  const spoken = useSpoken()
  return (
    <ol className={css.list} aria-label={t('visit.whom.course')}>
      {hops.map((hop) => (
        <li key={hop.n} className={css.hop}>
          <span className={css.quiet}>
            <At instant={hop.askedAt} />
          </span>
          <span>
            <strong>{spoken(hop.name)}</strong>
            {hop.extension ? ` ${hop.extension}` : ''}{' '}
            <span className={css.quiet}>
              {[
                hop.department,
                hop.seconds === null || hop.result === 'told'
                  ? ''
                  : t('visit.whom.seconds', { count: hop.seconds }),
                hop.endedByName,
                hop.note,
              ]
                .filter(Boolean)
                .join(' · ')}
            </span>
          </span>
          {hop.result ? (
            <StatusChip tone={tones[hop.result]}>{t(`visit.whom.result.${hop.result}`)}</StatusChip>
          ) : (
            <StatusChip tone="waiting">{t('visit.whom.result.open')}</StatusChip>
          )}
        </li>
      ))}
    </ol>
  )
}
