import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from './button.tsx'
import css from './error-notice.module.css'
import { Icon } from './icon.tsx'

export interface ErrorNoticeProps {
  /** What happened, in the reader's words (problem-text.ts makes it from an ApiProblem). */
  title: ReactNode
  /** What to do. */
  children?: ReactNode
  onRetry?: (() => void) | undefined
  /** `waiting`: it will right itself (busy, offline). */
  tone?: 'alarm' | 'waiting' | undefined
}

export function ErrorNotice({ title, children, onRetry, tone = 'alarm' }: ErrorNoticeProps) {
  const { t } = useTranslation()
  return (
    <div role="alert" className={tone === 'alarm' ? css.alarm : css.waiting}>
      <Icon name="alert" />
      <div className={css.words}>
        <p className={css.title}>{title}</p>
        {children ? <div>{children}</div> : null}
      </div>
      {onRetry ? (
        <Button icon="refresh" onClick={onRetry}>
          {t('kit.retry')}
        </Button>
      ) : null}
    </div>
  )
}
