import type { ReactNode } from 'react'
import { cx } from './cx.ts'
import { Icon, type IconName } from './icon.tsx'
import css from './status-chip.module.css'

export type Tone = 'neutral' | 'good' | 'waiting' | 'alarm'

const toneIcon: Record<Tone, IconName> = {
  neutral: 'circle',
  good: 'checkCircle',
  waiting: 'clock',
  alarm: 'alert',
}

/** A state as colour, icon and word together. */
export function StatusChip({ tone, icon, children }: { tone: Tone; icon?: IconName; children: ReactNode }) {
  return (
    <span className={cx(css.chip, css[tone])}>
      <Icon name={icon ?? toneIcon[tone]} size={16} />
      {children}
    </span>
  )
}
