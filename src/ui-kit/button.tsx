import type { MouseEvent, ReactNode, Ref } from 'react'
import css from './button.module.css'
import { cx } from './cx.ts'
import { Icon, type IconName } from './icon.tsx'
import { Key } from './key.tsx'

export interface ButtonProps {
  children: ReactNode
  /** One `primary` a screen; `danger` only for what cannot be undone; `name` opens what a table's row is about. */
  kind?: 'primary' | 'quiet' | 'danger' | 'plain' | 'name' | undefined
  /** `large` is at least 48 px high: gate, phone, kiosk. */
  size?: 'normal' | 'large' | undefined
  icon?: IconName | undefined
  /** Key that does the same (registered with `useKeys`); shown on the button. */
  keyHint?: string | undefined
  /** Running: not to be pressed again, focus stays. */
  busy?: boolean | undefined
  disabled?: boolean | undefined
  wide?: boolean | undefined
  type?: 'button' | 'submit' | undefined
  form?: string | undefined
  autoFocus?: boolean | undefined
  pressed?: boolean | undefined
  expanded?: boolean | undefined
  describedBy?: string | undefined
  ref?: Ref<HTMLButtonElement> | undefined
  onClick?: ((event: MouseEvent<HTMLButtonElement>) => void) | undefined
}

export function Button(props: ButtonProps) {
  const {
    children,
    kind = 'quiet',
    size = 'normal',
    icon,
    keyHint,
    busy = false,
    disabled = false,
    wide,
  } = props
  const inert = busy || disabled
  return (
    <button
      ref={props.ref}
      type={props.type ?? 'button'}
      form={props.form}
      className={cx(css.button, css[kind], css[size], wide && css.wide)}
      // Not `disabled`: the button keeps focus and stays readable while it works.
      aria-disabled={inert || undefined}
      aria-busy={busy || undefined}
      aria-pressed={props.pressed}
      aria-expanded={props.expanded}
      aria-describedby={props.describedBy}
      // biome-ignore lint/a11y/noAutofocus: a panel that opens by key puts the first act under the finger
      autoFocus={props.autoFocus}
      onClick={(event) => {
        if (inert) {
          event.preventDefault()
          return
        }
        props.onClick?.(event)
      }}
    >
      {busy ? <span className={css.spinner} aria-hidden="true" /> : icon ? <Icon name={icon} /> : null}
      <span className={css.words}>{children}</span>
      {keyHint ? <Key name={keyHint} /> : null}
    </button>
  )
}

export interface IconButtonProps {
  icon: IconName
  /** Read aloud and shown as tooltip. */
  label: string
  size?: 'normal' | 'large' | undefined
  disabled?: boolean | undefined
  pressed?: boolean | undefined
  expanded?: boolean | undefined
  ref?: Ref<HTMLButtonElement> | undefined
  onClick?: (() => void) | undefined
}

export function IconButton(props: IconButtonProps) {
  const { icon, label, size = 'normal', disabled = false } = props
  return (
    <button
      ref={props.ref}
      type="button"
      className={cx(css.button, css.plain, css[size], css.square)}
      aria-label={label}
      title={label}
      aria-disabled={disabled || undefined}
      aria-pressed={props.pressed}
      aria-expanded={props.expanded}
      onClick={() => {
        if (!disabled) props.onClick?.()
      }}
    >
      <Icon name={icon} size={size === 'large' ? 24 : 20} />
    </button>
  )
}
