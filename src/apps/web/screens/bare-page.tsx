import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { LanguageSwitch } from '../shell/shell-bits.tsx'
import css from './bare-page.module.css'

/** A page outside the shells: name of the house, one card, the language switch. */
export function BarePage({
  title,
  children,
  wide = false,
}: {
  title: ReactNode
  children: ReactNode
  wide?: boolean
}) {
  const { t } = useTranslation()
  return (
    <div className={css.page}>
      <header className={css.top}>
        <span className={css.brand}>{t('shell.brand')}</span>
        <LanguageSwitch />
      </header>
      <main className={wide ? css.wide : css.main}>
        <h1 className={css.title}>{title}</h1>
        {children}
      </main>
    </div>
  )
}
