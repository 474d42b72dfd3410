import type { ReactNode } from 'react'
import { useId } from 'react'
import css from './column.module.css'
import { cx } from './cx.ts'

export interface ColumnProps {
  title: ReactNode
  count?: number | undefined
  /** Right of the heading: filter, button, overdue chip. */
  aside?: ReactNode
  /** Stays above the list. */
  top?: ReactNode
  /** The list; rows are `<li>` (Card as="li") unless `plain`. */
  children: ReactNode
  plain?: boolean | undefined
  level?: 2 | 3 | undefined
}

/** Heading with count over a list that scrolls by itself. */
export function Column({ title, count, aside, top, children, plain = false, level = 2 }: ColumnProps) {
  const id = useId()
  const Heading = level === 2 ? 'h2' : 'h3'
  return (
    <section className={css.column} aria-labelledby={id}>
      <header className={css.head}>
        <Heading id={id} className={cx(css.title, level === 3 && css.small)}>
          {title}
          {count === undefined ? null : <span className={css.count}>{count}</span>}
        </Heading>
        {aside}
      </header>
      {top}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable from the keyboard */}
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is for controls */}
      <div className={css.scroll} tabIndex={0} role="group" aria-labelledby={id}>
        {plain ? children : <ul className={css.list}>{children}</ul>}
      </div>
    </section>
  )
}
