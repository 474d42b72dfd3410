import { type ReactNode, useEffect, useId, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { IconButton } from './button.tsx'
import { cx } from './cx.ts'
import { useKeys } from './keys.ts'
import css from './panel.module.css'

export interface PanelProps {
  title: ReactNode
  onClose: () => void
  children: ReactNode
  /** Stays at the foot: the deciding buttons. */
  footer?: ReactNode
  /** Beside the title: chip, number. */
  aside?: ReactNode
  width?: 'normal' | 'wide' | undefined
}

/**
 * Beside the board, never over it. Takes the focus when it opens (the first control marked `autoFocus`, else the heading),
 * gives it back when it closes; Esc closes. On narrow screens it covers the page.
 */
export function Panel({ title, onClose, children, footer, aside, width = 'normal' }: PanelProps) {
  const { t } = useTranslation()
  const id = useId()
  const heading = useRef<HTMLHeadingElement>(null)
  const panel = useRef<HTMLElement>(null)
  useEffect(() => {
    const before = document.activeElement
    if (!panel.current?.contains(before)) heading.current?.focus()
    const opener = panel.current?.contains(before) ? null : before
    return () => {
      if (opener instanceof HTMLElement && opener.isConnected) opener.focus()
    }
  }, [])
  useKeys({ Escape: { label: t('kit.close'), run: onClose } }, { layer: 'panel' })
  return (
    <section ref={panel} className={cx(css.panel, width === 'wide' && css.wide)} aria-labelledby={id}>
      <header className={css.head}>
        <h2 id={id} ref={heading} tabIndex={-1} className={css.title}>
          {title}
        </h2>
        {aside}
        <IconButton icon="close" label={t('kit.close')} onClick={onClose} />
      </header>
      <div className={css.body}>{children}</div>
      {footer ? <footer className={css.foot}>{footer}</footer> : null}
    </section>
  )
}
