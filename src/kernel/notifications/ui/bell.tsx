import { useEffect, useId, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Icon } from '../../../ui-kit/icon.tsx'
import { useKeys } from '../../../ui-kit/keys.ts'
import { NotificationList } from './notification-list.tsx'
import css from './notifications.module.css'
import { useUnread } from './queries.ts'

/** For the top line of a shell: how many are unread, and the list below it. Esc or a press elsewhere closes. */
export function NotificationBell() {
  const { t } = useTranslation()
  const unread = useUnread()
  const id = useId()
  const [open, setOpen] = useState(false)
  const box = useRef<HTMLDivElement>(null)
  const button = useRef<HTMLButtonElement>(null)

  useEffect(() => {
    if (!open) return
    const away = (event: Event) => {
      if (event.target instanceof Node && !box.current?.contains(event.target)) setOpen(false)
    }
    document.addEventListener('pointerdown', away)
    return () => document.removeEventListener('pointerdown', away)
  }, [open])

  function close() {
    setOpen(false)
    button.current?.focus()
  }
  useKeys({ Escape: { label: t('kit.close'), run: close } }, { layer: 'panel', enabled: open })

  const label = unread > 0 ? t('notifications.bell', { count: unread }) : t('notifications.title')
  return (
    <div ref={box} className={css.bellBox}>
      <button
        ref={button}
        type="button"
        className={css.bell}
        aria-label={label}
        title={label}
        aria-haspopup="dialog"
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        onClick={() => setOpen(!open)}
      >
        <Icon name="bell" />
        {unread > 0 ? (
          <span className={css.badge} aria-hidden="true">
            {unread > 99 ? '99+' : unread}
          </span>
        ) : null}
      </button>
      {open ? (
        <section id={id} role="dialog" aria-label={t('notifications.title')} className={css.pop}>
          <NotificationList onOpened={() => setOpen(false)} />
        </section>
      ) : null}
    </div>
  )
}
