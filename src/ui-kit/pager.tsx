import { useTranslation } from 'react-i18next'
import { Button } from './button.tsx'
import css from './pager.module.css'

export interface PagerProps {
  /** First row shown, from 1; rows on this page. */
  from: number
  shown: number
  total?: number | undefined
  /** The count stops at `total`; there are more. */
  totalIsFloor?: boolean | undefined
  onPrevious?: (() => void) | undefined
  onNext?: (() => void) | undefined
  busy?: boolean | undefined
}

/** For keyset pages (`next` as cursor): back and on, no page numbers that large registers cannot keep. */
export function Pager({ from, shown, total, totalIsFloor = false, onPrevious, onNext, busy }: PagerProps) {
  const { t, i18n } = useTranslation()
  const figure = (value: number) => value.toLocaleString(i18n.language)
  const range = { from: figure(from), to: figure(from + shown - 1) }
  return (
    <nav className={css.pager} aria-label={t('kit.pager.label')}>
      <span className={css.count} role="status">
        {shown === 0
          ? null
          : total === undefined
            ? t('kit.pager.range', range)
            : t('kit.pager.rangeOf', { ...range, total: `${figure(total)}${totalIsFloor ? '+' : ''}` })}
      </span>
      <Button icon="chevronLeft" disabled={!onPrevious || busy} onClick={onPrevious}>
        {t('kit.pager.previous')}
      </Button>
      <Button icon="chevronRight" disabled={!onNext || busy} onClick={onNext}>
        {t('kit.pager.next')}
      </Button>
    </nav>
  )
}
