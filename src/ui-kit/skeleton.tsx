import { useTranslation } from 'react-i18next'
import css from './skeleton.module.css'
import { VisuallyHidden } from './visually-hidden.tsx'

/** Grey rows in the shape of what is coming; `cards` for people, `lines` for text and registers. */
export function Skeleton({ rows = 3, kind = 'lines' }: { rows?: number; kind?: 'lines' | 'cards' }) {
  const { t } = useTranslation()
  return (
    <div role="status" className={css.skeleton}>
      <VisuallyHidden>{t('kit.loading')}</VisuallyHidden>
      {Array.from({ length: rows }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the rows are all alike
        <span key={row} className={kind === 'cards' ? css.card : css.line} />
      ))}
    </div>
  )
}
