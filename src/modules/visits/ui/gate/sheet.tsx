import { type ReactNode, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { IconButton } from '../../../../ui-kit/button.tsx'
import css from './gate.module.css'

/** One thing at a time over the whole page, with the way back on top. */
export function Sheet(props: {
  title: ReactNode
  onBack: () => void
  children: ReactNode
  aside?: ReactNode
}) {
  const { t } = useTranslation()
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])
  return (
    <div className={css.sheet}>
      <header className={css.sheetHead}>
        <IconButton icon="arrowLeft" size="large" label={t('visits.gate.back')} onClick={props.onBack} />
        <h1 ref={heading} tabIndex={-1} className={css.sheetTitle}>
          {props.title}
        </h1>
        {props.aside}
      </header>
      {props.children}
    </div>
  )
}
