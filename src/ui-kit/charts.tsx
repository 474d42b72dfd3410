import type { ReactNode } from 'react'
import css from './charts.module.css'
import { VisuallyHidden } from './visually-hidden.tsx'

export interface HeatCell {
  value: number
  /** Read out and shown on hover: 周五 9 时 12 个来电. */
  title: string
  onOpen?: (() => void) | undefined
}

/** Rows × columns as a real table, so that a screen reader and the keyboard have it too; deeper colour is more. */
export function HeatMap({
  caption,
  rows,
  columns,
  cell,
}: {
  caption: string
  rows: readonly string[]
  columns: readonly string[]
  cell: (row: number, column: number) => HeatCell
}) {
  const most = Math.max(1, ...rows.flatMap((_, row) => columns.map((_, column) => cell(row, column).value)))
  return (
    <div className={css.scroll}>
      <table className={css.heat}>
        <caption>
          <VisuallyHidden>{caption}</VisuallyHidden>
        </caption>
        <thead>
          <tr>
            <td />
            {columns.map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((name, row) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              {columns.map((column, index) => (
                <HeatSquare key={column} cell={cell(row, index)} most={most} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function HeatSquare({ cell, most }: { cell: HeatCell; most: number }) {
  const share = cell.value / most
  // The strongest half needs light letters to stay readable.
  const style = { '--heat': `${Math.round(share * 100)}%` }
  const strong = share > 0.55
  const shown = cell.value === 0 ? '' : String(cell.value)
  return (
    <td className={strong ? css.strong : css.weak} style={style} title={cell.title}>
      {cell.onOpen && cell.value > 0 ? (
        <button type="button" aria-label={cell.title} onClick={cell.onOpen}>
          {shown}
        </button>
      ) : (
        shown
      )}
    </td>
  )
}

export interface Bar {
  key: string
  label: ReactNode
  value: number
  /** Figure at the end of the bar; the value itself unless given. */
  shown?: string
  tone?: 'neutral' | 'good' | 'waiting' | 'alarm'
  onOpen?: (() => void) | undefined
  /** Name of the button that opens the rows behind it. */
  title?: string
}

/** A distribution as rows: name, bar, figure. `most` sets the full width; the largest value unless given. */
export function Bars({ caption, bars, most }: { caption: string; bars: readonly Bar[]; most?: number }) {
  const full = Math.max(1, most ?? 0, ...bars.map(({ value }) => value))
  return (
    <table className={css.bars}>
      <caption>
        <VisuallyHidden>{caption}</VisuallyHidden>
      </caption>
      <tbody>
        {bars.map(({ key, label, value, shown, tone, onOpen, title }) => (
          <tr key={key}>
            <th scope="row">{label}</th>
            <td className={css.track} aria-hidden="true">
              <span
                className={css.bar}
                data-tone={tone ?? 'neutral'}
                style={{ inlineSize: `${(value / full) * 100}%` }}
              />
            </td>
            <td className={css.figure}>
              {onOpen ? (
                <button type="button" aria-label={`${shown ?? value}: ${title ?? ''}`} onClick={onOpen}>
                  {shown ?? value}
                </button>
              ) : (
                (shown ?? value)
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** A rule's share kept, large; colour only supports the figure. `of` 0: nothing was measured yet. */
export function ShareFigure({
  label,
  kept,
  of,
  hint,
  nothing,
  target = 0.95,
  onOpen,
  openLabel,
}: {
  label: string
  kept: number
  of: number
  /** `18 / 20`, in words. */
  hint: string
  nothing: string
  target?: number
  onOpen?: (() => void) | undefined
  openLabel?: string
}) {
  const share = of === 0 ? null : kept / of
  const tone =
    share === null ? 'neutral' : share >= target ? 'good' : share >= target - 0.15 ? 'waiting' : 'alarm'
  return (
    <div className={css.share} data-tone={tone}>
      <p className={css.shareLabel}>{label}</p>
      <p className={css.shareFigure}>{share === null ? '—' : `${Math.floor(share * 100)}%`}</p>
      <p className={css.shareHint}>{share === null ? nothing : hint}</p>
      {onOpen && share !== null && kept < of ? (
        <button type="button" className={css.open} onClick={onOpen}>
          {openLabel}
        </button>
      ) : null}
    </div>
  )
}
