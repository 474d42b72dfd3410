import { useEffect, useState, useSyncExternalStore } from 'react'
import { useTranslation } from 'react-i18next'
import { Button, IconButton } from './button.tsx'
import { Icon } from './icon.tsx'
import css from './toast.module.css'

export interface ToastContent {
  text: string
  tone?: 'good' | 'alarm' | undefined
  /** Instead of "are you sure". */
  undo?: (() => void) | undefined
  seconds?: number | undefined
}

interface Shown extends ToastContent {
  id: number
}

let shown: readonly Shown[] = []
let nextId = 1
const listeners = new Set<() => void>()

function set(next: readonly Shown[]) {
  shown = next
  for (const listener of listeners) listener()
}

/** Says what was done, from anywhere; at most three at a time. Errors that need an answer belong into an ErrorNotice. */
export function showToast(content: ToastContent) {
  set([...shown.slice(-2), { ...content, id: nextId++ }])
}

function dismiss(id: number) {
  set(shown.filter((toast) => toast.id !== id))
}

function subscribe(listener: () => void) {
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
  }
}

/** Put once into the page. */
export function Toaster() {
  const { t } = useTranslation()
  const toasts = useSyncExternalStore(subscribe, () => shown)
  const [held, setHeld] = useState(false)
  return (
    <section
      className={css.toaster}
      aria-label={t('kit.toast.region')}
      aria-live="polite"
      aria-relevant="additions"
      onMouseEnter={() => setHeld(true)}
      onMouseLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      {toasts.map((toast) => (
        <Toast key={toast.id} toast={toast} held={held} />
      ))}
    </section>
  )
}

function Toast({ toast, held }: { toast: Shown; held: boolean }) {
  const { t } = useTranslation()
  const { id, undo } = toast
  const seconds = toast.seconds ?? (undo ? 10 : 5)
  // Time stands still while a pointer or the focus rests on the toasts.
  useEffect(() => {
    if (held) return
    const timer = setTimeout(() => dismiss(id), seconds * 1000)
    return () => clearTimeout(timer)
  }, [held, id, seconds])
  return (
    <div className={css.toast}>
      <span className={toast.tone === 'alarm' ? css.alarm : css.good}>
        <Icon name={toast.tone === 'alarm' ? 'alert' : 'checkCircle'} />
      </span>
      <span className={css.text}>{toast.text}</span>
      {undo ? (
        <Button
          icon="back"
          onClick={() => {
            dismiss(id)
            undo()
          }}
        >
          {t('kit.toast.undo')}
        </Button>
      ) : null}
      <IconButton icon="close" label={t('kit.close')} onClick={() => dismiss(id)} />
    </div>
  )
}
