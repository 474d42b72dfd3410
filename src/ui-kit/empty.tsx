import type { ReactNode } from 'react'
import css from './empty.module.css'
import { Icon, type IconName } from './icon.tsx'

export interface EmptyProps {
  icon?: IconName | undefined
  title: ReactNode
  /** What to do first. */
  children?: ReactNode
  action?: ReactNode
}

/** Nothing here yet, and what to do about it. */
export function Empty({ icon = 'list', title, children, action }: EmptyProps) {
  return (
    <div className={css.empty}>
      <Icon name={icon} size={32} />
      <p className={css.title}>{title}</p>
      {children ? <p>{children}</p> : null}
      {action}
    </div>
  )
}
