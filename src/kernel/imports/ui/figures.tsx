import { useTranslation } from 'react-i18next'
import { cx } from '../../../ui-kit/cx.ts'
import css from './imports.module.css'

type Name = 'total' | 'good' | 'toCreate' | 'toUpdate' | 'created' | 'updated' | 'same' | 'bad' | 'kept'

export function Figures({ rows }: { rows: readonly (readonly [Name, number])[] }) {
  const { t, i18n } = useTranslation()
  return (
    <dl className={css.figures}>
      {rows.map(([name, value]) => (
        <div key={name}>
          <dt>{t(`imports.figures.${name}`)}</dt>
          <dd className={cx(name === 'bad' && value > 0 && css.alarm)}>
            {value.toLocaleString(i18n.language)}
          </dd>
        </div>
      ))}
    </dl>
  )
}
