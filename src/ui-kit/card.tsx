import type { ReactNode } from 'react'
import css from './card.module.css'
import { cx } from './cx.ts'
import type { Tone } from './status-chip.tsx'

export interface CardProps {
  children: ReactNode
  title?: ReactNode
  /** Right of the title: chip, running time. */
  aside?: ReactNode
  /** Row of buttons at the foot. */
  actions?: ReactNode
  /** A coloured edge; the state's word still has to stand in the card. */
  tone?: Tone | undefined
  selected?: boolean | undefined
  /** Heading level; cards in a Column are 3. */
  level?: 2 | 3 | undefined
  as?: 'div' | 'li' | 'article' | undefined
}

/** People and things; white on paper, one line around, no shadow. */
export function Card({
  children,
  title,
  aside,
  actions,
  tone,
  selected,
  level = 3,
  as: Tag = 'div',
}: CardProps) {
  const Heading = level === 2 ? 'h2' : 'h3'
  return (
    <Tag
      className={cx(css.card, tone && css[tone], selected && css.selected)}
      aria-current={selected || undefined}
    >
      {title || aside ? (
        <div className={css.head}>
          {title ? <Heading className={css.title}>{title}</Heading> : null}
          {aside ? <div className={css.aside}>{aside}</div> : null}
        </div>
      ) : null}
      {children}
      {actions ? <div className={css.actions}>{actions}</div> : null}
    </Tag>
  )
}
