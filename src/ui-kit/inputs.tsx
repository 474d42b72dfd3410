import type { HTMLInputTypeAttribute, KeyboardEvent, ReactNode, Ref } from 'react'
import { cx } from './cx.ts'
import { useFieldWiring } from './field.tsx'
import { Icon } from './icon.tsx'
import css from './inputs.module.css'

interface Common<V> {
  value: V
  onChange: (value: V) => void
  /** Only outside a Field. */
  label?: string | undefined
  name?: string | undefined
  size?: 'normal' | 'large' | undefined
  disabled?: boolean | undefined
  autoFocus?: boolean | undefined
  onBlur?: (() => void) | undefined
  onKeyDown?: ((event: KeyboardEvent<HTMLElement>) => void) | undefined
}

function useCommon<V>(props: Common<V>) {
  const wiring = useFieldWiring()
  return {
    id: wiring.id,
    ...wiring.aria,
    'aria-label': props.label,
    name: props.name,
    disabled: props.disabled,
    autoFocus: props.autoFocus,
    onBlur: props.onBlur,
    onKeyDown: props.onKeyDown,
    className: cx(css.control, props.size === 'large' && css.large),
  }
}

export interface TextInputProps extends Common<string> {
  type?: HTMLInputTypeAttribute | undefined
  placeholder?: string | undefined
  autoComplete?: string | undefined
  inputMode?: 'text' | 'numeric' | 'tel' | 'email' | 'search' | undefined
  maxLength?: number | undefined
  ref?: Ref<HTMLInputElement> | undefined
}

export function TextInput(props: TextInputProps) {
  return (
    <input
      {...useCommon(props)}
      ref={props.ref}
      type={props.type ?? 'text'}
      placeholder={props.placeholder}
      autoComplete={props.autoComplete ?? 'off'}
      inputMode={props.inputMode}
      maxLength={props.maxLength}
      value={props.value}
      onChange={(event) => props.onChange(event.target.value)}
    />
  )
}

export interface TextAreaProps extends Common<string> {
  rows?: number | undefined
  placeholder?: string | undefined
  maxLength?: number | undefined
}

export function TextArea(props: TextAreaProps) {
  return (
    <textarea
      {...useCommon(props)}
      rows={props.rows ?? 3}
      placeholder={props.placeholder}
      maxLength={props.maxLength}
      value={props.value}
      onChange={(event) => props.onChange(event.target.value)}
    />
  )
}

export interface NumberInputProps extends Common<number | null> {
  min?: number | undefined
  max?: number | undefined
  step?: number | undefined
}

/** Empty is `null`, never 0. */
export function NumberInput(props: NumberInputProps) {
  return (
    <input
      {...useCommon(props)}
      type="number"
      inputMode="numeric"
      min={props.min}
      max={props.max}
      step={props.step}
      value={props.value ?? ''}
      onChange={(event) => {
        const number = event.target.valueAsNumber
        props.onChange(Number.isNaN(number) ? null : number)
      }}
    />
  )
}

export interface SelectNativeProps extends Common<string> {
  options: readonly { value: string; label: string; disabled?: boolean }[]
  /** Shown while nothing is chosen (value ''). */
  placeholder?: string | undefined
}

export function SelectNative(props: SelectNativeProps) {
  const common = useCommon(props)
  return (
    <span className={css.select}>
      <select {...common} value={props.value} onChange={(event) => props.onChange(event.target.value)}>
        {props.placeholder !== undefined ||
        (props.value === '' && props.options.every(({ value }) => value !== '')) ? (
          <option value="">{props.placeholder}</option>
        ) : null}
        {props.options.map((option) => (
          <option key={option.value} value={option.value} disabled={option.disabled}>
            {option.label}
          </option>
        ))}
      </select>
      <Icon name="chevronDown" size={16} className={css.chevron} />
    </span>
  )
}

export interface DateTimeInputProps extends Common<string> {
  /** Value forms: date `2026-11-21`, time `09:30`, datetime `2026-11-21T09:30` — wall time of the site (zone-time.ts). */
  kind?: 'date' | 'time' | 'datetime' | undefined
  min?: string | undefined
  max?: string | undefined
}

export function DateTimeInput(props: DateTimeInputProps) {
  const kind = props.kind ?? 'datetime'
  return (
    <input
      {...useCommon(props)}
      type={kind === 'datetime' ? 'datetime-local' : kind}
      min={props.min}
      max={props.max}
      value={props.value}
      onChange={(event) => props.onChange(event.target.value)}
    />
  )
}

export interface CheckboxProps {
  checked: boolean
  onChange: (checked: boolean) => void
  children: ReactNode
  hint?: ReactNode
  size?: 'normal' | 'large' | undefined
  disabled?: boolean | undefined
  name?: string | undefined
}

export function Checkbox(props: CheckboxProps) {
  return (
    <label className={cx(css.check, props.size === 'large' && css.checkLarge)}>
      <input
        type="checkbox"
        name={props.name}
        checked={props.checked}
        disabled={props.disabled}
        onChange={(event) => props.onChange(event.target.checked)}
      />
      <span>
        {props.children}
        {props.hint ? <span className={css.checkHint}>{props.hint}</span> : null}
      </span>
    </label>
  )
}
