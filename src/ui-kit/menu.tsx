import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react'
import { cx } from './cx.ts'
import { Icon, type IconName } from './icon.tsx'
import css from './menu.module.css'

export interface MenuItem {
  id: string
  label: ReactNode
  icon?: IconName | undefined
  chosen?: boolean | undefined
  /** Line above: a new group begins. */
  apart?: boolean | undefined
  run: () => void
}

export interface MenuProps {
  /** What the button shows. */
  children: ReactNode
  /** Read aloud: 切换地点. */
  label: string
  items: readonly MenuItem[]
  align?: 'start' | 'end' | undefined
}

/** A button that opens a short list of acts: arrows, Home, End, Enter, Esc. */
export function Menu({ children, label, items, align = 'start' }: MenuProps) {
  const id = useId()
  const [open, setOpen] = useState(false)
  const box = useRef<HTMLDivElement>(null)
  const button = useRef<HTMLButtonElement>(null)

  useEffect(() => {
    if (!open) return
    const first = box.current?.querySelector<HTMLElement>('[aria-checked="true"], [role^="menuitem"]')
    first?.focus()
    const away = (event: Event) => {
      if (event.target instanceof Node && !box.current?.contains(event.target)) setOpen(false)
    }
    document.addEventListener('pointerdown', away)
    return () => document.removeEventListener('pointerdown', away)
  }, [open])

  function onKeyDown(event: KeyboardEvent) {
    if (!open) return
    const rows = [...(box.current?.querySelectorAll<HTMLElement>('[role^="menuitem"]') ?? [])]
    const at = rows.findIndex((row) => row.matches(':focus'))
    const targets: Record<string, number> = {
      ArrowDown: (at + 1) % rows.length,
      ArrowUp: (at - 1 + rows.length) % rows.length,
      Home: 0,
      End: rows.length - 1,
    }
    const target = targets[event.key]
    if (target !== undefined) {
      event.preventDefault()
      rows[target]?.focus()
    } else if (event.key === 'Escape') {
      event.preventDefault()
      event.stopPropagation()
      setOpen(false)
      button.current?.focus()
    } else if (event.key === 'Tab') setOpen(false)
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: listens for the keys of the menu inside
    <div ref={box} className={css.box} onKeyDown={onKeyDown}>
      <button
        ref={button}
        type="button"
        className={css.button}
        aria-haspopup="menu"
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        aria-label={label}
        title={label}
        onClick={() => setOpen(!open)}
      >
        {children}
        <Icon name="chevronDown" size={16} />
      </button>
      {open ? (
        <div id={id} role="menu" aria-label={label} className={cx(css.list, align === 'end' && css.end)}>
          {items.map((item) => (
            <button
              key={item.id}
              type="button"
              {...(item.chosen === undefined
                ? { role: 'menuitem' }
                : { role: 'menuitemradio', 'aria-checked': item.chosen })}
              tabIndex={-1}
              className={cx(css.item, item.apart && css.apart)}
              onClick={() => {
                setOpen(false)
                button.current?.focus()
                item.run()
              }}
            >
              {item.chosen ? (
                <Icon name="check" />
              ) : item.icon ? (
                <Icon name={item.icon} />
              ) : (
                <span className={css.gap} />
              )}
              {item.label}
            </button>
          ))}
        </div>
      ) : null}
    </div>
  )
}
