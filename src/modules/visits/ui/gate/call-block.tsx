import { useTranslation } from 'react-i18next'
import type { VisitCard } from '../../card/contract.ts'
import css from './gate.module.css'

/** Whom to call, with the extension in figures to read while dialling. */
export function CallBlock({ visit }: { visit: VisitCard }) {
  const { t } = useTranslation()
  const asked = visit.status === 'asking' && visit.askedName !== '' ? visit.askedName : ''
  const host = asked || visit.receiverName || visit.hostName
  // Only the host's own extension stands in the record.
  const own = host === visit.hostName
  return (
    <div className={css.call}>
      <div>
        <p className={css.callName}>{host || t('visits.gate.call.nobody')}</p>
        <p className={css.note}>
          {own ? visit.hostDepartment : t('visits.gate.call.for', { name: visit.hostName })}
        </p>
      </div>
      {own && visit.hostExtension ? (
        <p>
          <span className={css.note}>{t('visits.gate.call.extension')} </span>
          <span className={css.extension}>{visit.hostExtension}</span>
        </p>
      ) : null}
    </div>
  )
}
