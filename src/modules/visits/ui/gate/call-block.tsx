import { useTranslation } from 'react-i18next'
import type { VisitCard } from '../../card/contract.ts'
import css from './gate.module.css'

/** Whom to call, with the extension in figures to read while dialling. */
export function CallBlock({ visit }: { visit: VisitCard }) {
  const { t } = useTranslation()
  const asked = visit.status === 'asking' && visit.askedName !== '' ? visit.askedName : ''
  const host = asked || visit.receiverName || visit.hostName
  const own = host === visit.hostName
  const extension = (asked && visit.askedExtension) || (own ? visit.hostExtension : '')
  return (
    <div className={css.call}>
      <div>
        <p className={css.callName}>{host || t('visits.gate.call.nobody')}</p>
        <p className={css.note}>
          {own
            ? visit.hostDepartment
            : visit.hostName
              ? t('visits.gate.call.for', { name: visit.hostName })
              : null}
        </p>
      </div>
      {extension ? (
        <p>
          <span className={css.note}>{t('visits.gate.call.extension')} </span>
          <span className={css.extension}>{extension}</span>
        </p>
      ) : null}
    </div>
  )
}
