import type { ReactNode } from 'react'
import css from './figures.module.css'

/** One figure with its name; `wide` takes the whole row. */
export function Part({
  title,
  note,
  wide = false,
  children,
}: {
  title: string
  note?: string
  wide?: boolean
  children: ReactNode
}) {
  return (
    <section className={wide ? css.wide : css.part}>
      <h2>{title}</h2>
      {note === undefined ? null : <p className={css.quiet}>{note}</p>}
      {children}
    </section>
  )
}
