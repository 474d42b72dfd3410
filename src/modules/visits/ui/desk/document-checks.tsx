import { useTranslation } from 'react-i18next'
import { useUiLanguage, useZone } from '../../../../ui-kit/language.ts'
import { StatusChip, type Tone } from '../../../../ui-kit/status-chip.tsx'
import { formatDateTime } from '../../../../ui-kit/zone-time.ts'
import type { VisitDetail } from '../../card/contract.ts'
import css from './visit-panel.module.css'

const tones: Record<string, Tone> = { same: 'good', close: 'waiting', differs: 'alarm' }

/** Every look at a document, for those who may know: who, when, whose name stood on it, until when it holds (V12). */
export function DocumentChecks({ visit }: { visit: VisitDetail }) {
  const { t } = useTranslation()
  const zone = useZone()
  const language = useUiLanguage()
  if (visit.documentChecks.length === 0) return null
  return (
    <section className={css.section}>
      <h3>{t('visit.checks.title')}</h3>
      <ul className={css.checks}>
        {visit.documentChecks.map((one) => (
          <li key={one.at}>
            <p>
              {[t(`visit.document.${one.kind}`), one.masked].filter(Boolean).join(' ')}{' '}
              {one.nameAgrees === 'unknown' ? null : (
                <StatusChip tone={tones[one.nameAgrees] ?? 'neutral'}>
                  {t(`visit.checks.${one.nameAgrees}`)}
                </StatusChip>
              )}{' '}
              {one.suspicion === '' ? null : <StatusChip tone="alarm">{one.suspicion}</StatusChip>}
            </p>
            <p className={css.checkFacts}>
              {[
                one.nameOnDocument,
                one.issuingCountry,
                one.expiresOn === null ? '' : t('visit.checks.until', { day: one.expiresOn }),
                one.byName,
                formatDateTime(one.at, zone, language),
              ]
                .filter(Boolean)
                .join(' · ')}
            </p>
          </li>
        ))}
      </ul>
    </section>
  )
}
