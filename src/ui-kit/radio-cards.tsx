import type { ReactNode } from 'react'
import { useId } from 'react'
import { cx } from './cx.ts'
import { useFieldWiring } from './field.tsx'
import { Icon, type IconName } from './icon.tsx'
import { Key } from './key.tsx'
import css from './radio-cards.module.css'

export interface RadioCard<V extends string> {
  value: V
  label: ReactNode
  hint?: ReactNode
  icon?: IconName
  keyHint?: string
  disabled?: boolean
}

export interface RadioCardsProps<V extends string> {
  value: V | null
  onChange: (value: V) => void
  options: readonly RadioCard<V>[]
  /** Only outside a `<Field group>`. */
  label?: string | undefined
  size?: 'normal' | 'large' | undefined
  columns?: 1 | 2 | 3 | 4 | undefined
}

/** One answer of a few, each big enough for a thumb; arrows move as in any radio group. */
export function RadioCards<V extends string>(props: RadioCardsProps<V>) {
  const wiring = useFieldWiring()
  const name = useId()
  const { size = 'normal', columns = 1 } = props
  return (
    <div
      role="radiogroup"
      aria-label={props.label}
      aria-labelledby={props.label ? undefined : wiring.labelId}
      {...wiring.aria}
      className={cx(css.cards, size === 'large' && css.large)}
      style={{ '--columns': columns }}
    >
      {props.options.map((option) => (
        <label key={option.value} className={css.card}>
          <input
            type="radio"
            name={name}
            checked={props.value === option.value}
            disabled={option.disabled}
            onChange={() => props.onChange(option.value)}
          />
          {option.icon ? <Icon name={option.icon} size={size === 'large' ? 24 : 20} /> : null}
          <span className={css.words}>
            <span className={css.label}>{option.label}</span>
            {option.hint ? <span className={css.hint}>{option.hint}</span> : null}
          </span>
          {option.keyHint ? <Key name={option.keyHint} /> : null}
        </label>
      ))}
    </div>
  )
}
