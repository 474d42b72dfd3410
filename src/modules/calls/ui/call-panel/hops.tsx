import { useTranslation } from 'react-i18next'
import { StatusChip, type Tone } from '../../../../ui-kit/status-chip.tsx'
import type { CallDetail } from '../../card/contract.ts'
import type { HopResult } from '../../routing/rules.ts'
import css from './call-panel.module.css'
import { clock } from './line-state.tsx'

const tones: Record<HopResult, Tone> = {
  trying: 'waiting',
  answered: 'good',
  busy: 'alarm',
  'no-answer': 'alarm',
  refused: 'alarm',
  callback: 'waiting',
  'not-in': 'alarm',
  cancelled: 'neutral',
}

/** Every try so far with its result and seconds (C3, C4). */
export function Hops({ call }: { call: CallDetail }) {
  const { t } = useTranslation()
  const done = call.hops.filter((hop) => hop.result !== 'trying')
  if (done.length === 0) return null
  return (
    <ol className={css.hops} aria-label={t('call.hops')}>
      {done.map((hop) => (
        <li key={hop.id} className={css.hop}>
          <span className={css.hopName}>
            {hop.name} <span className={css.number}>{hop.extension}</span>
          </span>
          {hop.seconds === null ? null : <span className={css.quiet}>{clock(hop.seconds)}</span>}
          <StatusChip tone={tones[hop.result]}>{t(`call.result.${hop.result}`)}</StatusChip>
          {hop.note ? <span className={css.hopNote}>{hop.note}</span> : null}
        </li>
      ))}
    </ol>
  )
}
