import { type KeyboardEvent, type ReactNode, useId, useRef } from 'react'
import { cx } from './cx.ts'
import css from './tabs.module.css'

export interface Tab<V extends string> {
  value: V
  label: ReactNode
  count?: number
}

export interface TabsProps<V extends string> {
  value: V
  onChange: (value: V) => void
  tabs: readonly Tab<V>[]
  label: string
  size?: 'normal' | 'large' | undefined
  /** Content of the chosen tab. */
  children?: ReactNode
}

export function Tabs<V extends string>({ value, onChange, tabs, label, size, children }: TabsProps<V>) {
  const id = useId()
  const list = useRef<HTMLDivElement>(null)
  function onKeyDown(event: KeyboardEvent) {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0
    if (step === 0) return
    event.preventDefault()
    const at = tabs.findIndex((tab) => tab.value === value)
    const next = (at + step + tabs.length) % tabs.length
    const tab = tabs[next]
    if (!tab) return
    onChange(tab.value)
    list.current?.querySelectorAll<HTMLElement>('[role="tab"]')[next]?.focus()
  }
  return (
    <>
      <div
        ref={list}
        role="tablist"
        aria-label={label}
        className={cx(css.tabs, size === 'large' && css.large)}
      >
        {tabs.map((tab) => {
          const chosen = tab.value === value
          return (
            <button
              key={tab.value}
              id={`${id}-${tab.value}`}
              type="button"
              role="tab"
              aria-selected={chosen}
              aria-controls={children && chosen ? `${id}-panel` : undefined}
              tabIndex={chosen ? 0 : -1}
              className={css.tab}
              onKeyDown={onKeyDown}
              onClick={() => onChange(tab.value)}
            >
              {tab.label}
              {tab.count === undefined ? null : <span className={css.count}>{tab.count}</span>}
            </button>
          )
        })}
      </div>
      {children ? (
        <div id={`${id}-panel`} role="tabpanel" aria-labelledby={`${id}-${value}`} className={css.panel}>
          {children}
        </div>
      ) : null}
    </>
  )
}
