import { Link, useLocation } from '@tanstack/react-router'
import {
  type CSSProperties,
  type FocusEvent,
  type KeyboardEvent,
  useEffect,
  useId,
  useRef,
  useState,
} from 'react'
import { useTranslation } from 'react-i18next'
import { Icon, type IconName } from '../../../ui-kit/icon.tsx'
import type { NavItem } from '../nav.ts'
import css from './nav-drawer.module.css'

interface NavDrawerProps {
  label: string
  icon: IconName
  /** How a place of the column looks: the drawer's handle is one of them. */
  className: string | undefined
  items: readonly NavItem[]
}

const arrows: Record<string, number> = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }

/** Places not needed every hour, behind one handle of the desk's column: the column stays as high as the screen. */
export function NavDrawer({ label, icon, className, items }: NavDrawerProps) {
  const { t } = useTranslation()
  const id = useId()
  const here = useLocation({ select: ({ pathname }) => pathname })
  const box = useRef<HTMLDivElement>(null)
  const handle = useRef<HTMLButtonElement>(null)
  const [at, setAt] = useState<CSSProperties | null>(null)
  const open = at !== null
  const close = () => setAt(null)

  useEffect(() => {
    if (!open) return
    const away = ({ target }: Event) => {
      if (target instanceof Node && !box.current?.contains(target)) setAt(null)
    }
    // Fixed to where the handle was: a window of another size has it elsewhere.
    const resized = () => setAt(null)
    document.addEventListener('pointerdown', away)
    window.addEventListener('resize', resized)
    return () => {
      document.removeEventListener('pointerdown', away)
      window.removeEventListener('resize', resized)
    }
  }, [open])

  function toggle() {
    const place = handle.current?.getBoundingClientRect()
    setAt(open || !place ? null : beside(place))
  }

  function onKeyDown(event: KeyboardEvent) {
    if (!open) return
    if (event.key === 'Escape') {
      event.stopPropagation()
      close()
      handle.current?.focus()
      return
    }
    const step = arrows[event.key]
    if (step === undefined) return
    event.preventDefault()
    const links = [...(box.current?.querySelectorAll<HTMLElement>('a') ?? [])]
    const next = links.findIndex((link) => link.matches(':focus')) + step
    links.at(next % links.length)?.focus()
  }

  function onBlur({ relatedTarget }: FocusEvent) {
    if (relatedTarget instanceof Node && !box.current?.contains(relatedTarget)) close()
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: listens for the keys of handle and links inside
    <div ref={box} className={css.box} onKeyDown={onKeyDown} onBlur={onBlur}>
      <button
        ref={handle}
        type="button"
        className={className}
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        data-holds={items.some(({ path }) => path === here) || undefined}
        onClick={toggle}
      >
        <Icon name={icon} />
        <span className={css.label}>
          {label}
          <Icon name="chevronRight" size={16} className={css.chevron} />
        </span>
      </button>
      {open ? (
        <div id={id} className={css.drawer} style={at}>
          <ul aria-label={label}>
            {items.map((item) => (
              <li key={item.path}>
                <Link to={item.path} className={css.link} onClick={close}>
                  <Icon name={item.icon} />
                  {t(item.labelKey)}
                </Link>
              </li>
            ))}
          </ul>
        </div>
      ) : null}
    </div>
  )
}

/** Right of the handle, growing away from the nearer edge; where the column is a row at the foot, above it. */
function beside(handle: DOMRect): CSSProperties {
  const gap = 6
  const { innerWidth, innerHeight } = window
  if (handle.width * 2 > innerWidth / 2 || innerWidth <= 760)
    return { right: gap, bottom: innerHeight - handle.top + gap }
  const left = handle.right + gap
  return handle.top > innerHeight / 2
    ? { left, bottom: Math.max(gap, innerHeight - handle.bottom) }
    : { left, top: handle.top }
}
