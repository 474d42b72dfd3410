import { type ReactNode, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { IconButton } from './button.tsx'
import { cx } from './cx.ts'
import css from './dialog.module.css'

export interface DialogProps {
  title: string
  onClose: () => void
  children: ReactNode
  /** `bare`: the content brings its own head (command palette). */
  bare?: boolean | undefined
}

/** Modal, for what really interrupts: key help, command palette, what cannot be undone. Otherwise use Panel. */
export function Dialog({ title, onClose, children, bare = false }: DialogProps) {
  const { t } = useTranslation()
  const ref = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    const dialog = ref.current
    const before = document.activeElement
    if (dialog && !dialog.open) dialog.showModal()
    return () => {
      dialog?.close()
      if (before instanceof HTMLElement) before.focus()
    }
  }, [])
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the keyboard closes a dialog with Esc
    <dialog
      ref={ref}
      className={cx(css.dialog, bare && css.bare)}
      aria-label={title}
      onCancel={(event) => {
        event.preventDefault()
        onClose()
      }}
      onClick={(event) => {
        if (event.target === event.currentTarget) onClose()
      }}
    >
      <div className={css.box}>
        {bare ? null : (
          <header className={css.head}>
            <h2>{title}</h2>
            <IconButton icon="close" label={t('kit.close')} onClick={onClose} />
          </header>
        )}
        {children}
      </div>
    </dialog>
  )
}
