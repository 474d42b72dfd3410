import css from './command-palette.module.css'
import { Icon, type IconName } from './icon.tsx'
import { Key } from './key.tsx'

/** [from, to) of a text, in order. */
export type LitParts = readonly (readonly [number, number])[]

export interface RowLook {
  label: string
  labelLit?: LitParts | undefined
  hint?: string | undefined
  hintLit?: LitParts | undefined
  /** Small words beside it: VIP, 会面中. */
  marks?: readonly string[] | undefined
  /** At the end of the line: when it was. */
  aside?: string | undefined
  icon?: IconName | undefined
  keyHint?: string | undefined
}

export interface PaletteRowProps {
  id: string
  look: RowLook
  selected: boolean
  onMark: () => void
  onRun: () => void
}

export function PaletteRow({ id, look, selected, onMark, onRun }: PaletteRowProps) {
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: focus stays in the text box (aria-activedescendant)
    // biome-ignore lint/a11y/useKeyWithClickEvents: keys are handled by the text box
    <div
      id={id}
      role="option"
      aria-selected={selected}
      className={css.row}
      ref={selected ? scrollIntoView : undefined}
      onMouseMove={onMark}
      onClick={onRun}
    >
      <Icon name={look.icon ?? 'arrowRight'} />
      <span className={css.words}>
        <span className={css.label}>
          <Lit text={look.label} parts={look.labelLit} />
        </span>
        {look.marks?.map((mark) => (
          <span key={mark} className={css.mark}>
            {mark}
          </span>
        ))}
        {look.hint ? (
          <span className={css.hint}>
            <Lit text={look.hint} parts={look.hintLit} />
          </span>
        ) : null}
      </span>
      {look.aside ? <span className={css.aside}>{look.aside}</span> : null}
      {look.keyHint ? <Key name={look.keyHint} /> : null}
    </div>
  )
}

/** What was typed stands out by weight and a line beneath, not by colour alone. */
function Lit({ text, parts = [] }: { text: string; parts?: LitParts | undefined }) {
  const pieces = parts.flatMap(([from, to], index) => [
    { text: text.slice(parts[index - 1]?.[1] ?? 0, from), lit: false, at: `${from}-` },
    { text: text.slice(from, to), lit: true, at: `${from}` },
  ])
  const rest = text.slice(parts.at(-1)?.[1] ?? 0)
  return (
    <>
      {pieces.map((piece) =>
        piece.text === '' ? null : piece.lit ? (
          <mark key={piece.at} className={css.lit}>
            {piece.text}
          </mark>
        ) : (
          <span key={piece.at}>{piece.text}</span>
        ),
      )}
      {rest}
    </>
  )
}

function scrollIntoView(element: HTMLElement | null) {
  element?.scrollIntoView({ block: 'nearest' })
}
