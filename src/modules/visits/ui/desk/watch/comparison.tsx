import { useTranslation } from 'react-i18next'
import { StatusChip } from '../../../../../ui-kit/status-chip.tsx'
import type { WatchHit } from '../../../watch-list/contract.ts'
import css from './watch.module.css'

const rows = ['name', 'company', 'phone', 'document', 'plate'] as const

/** Visitor and entry side by side, what agrees marked, and the likeness in words (V12). */
export function Comparison({ hit }: { hit: WatchHit }) {
  const { t } = useTranslation()
  const { person, entry } = hit
  const values: Record<(typeof rows)[number], readonly [string, string]> = {
    name: [person.name, [entry.name, ...entry.aliases].filter(Boolean).join(' / ')],
    company: [person.organisation, entry.organisation],
    phone: [person.phoneMasked, entry.phonesMasked.join(' / ')],
    document: [person.documentMasked, entry.documentMasked],
    plate: [person.plate, entry.plates.join(' / ')],
  }
  const agreed = new Set(hit.agreed.map((one) => one.attribute))
  return (
    <>
      <p>
        <StatusChip tone={hit.level === 'block' ? 'alarm' : 'waiting'}>
          {t(`watch.level.${hit.level}`)}
        </StatusChip>{' '}
        {t('watch.likeness', { percent: Math.round(hit.score * 100) })} ·{' '}
        {t('watch.because', { reason: entry.reason })}
      </p>
      <table className={css.compare}>
        <thead>
          <tr>
            <th scope="col">{t('watch.attribute.title')}</th>
            <th scope="col">{t('watch.visitor')}</th>
            <th scope="col">{t('watch.entry')}</th>
          </tr>
        </thead>
        <tbody>
          {rows
            .filter((row) => values[row].some((value) => value !== ''))
            .map((row) => (
              <tr key={row} className={agreed.has(row) ? css.agrees : undefined}>
                <th scope="row">{t(`watch.attribute.${row}`)}</th>
                <td>{values[row][0] || '—'}</td>
                <td>{values[row][1] || '—'}</td>
              </tr>
            ))}
        </tbody>
      </table>
      <ul className={css.why}>
        {hit.agreed.map((one) => (
          <li key={one.attribute}>
            {one.attribute === 'name'
              ? t(`watch.how.${one.how}`)
              : t('watch.agrees', { what: t(`watch.attribute.${one.attribute}`) })}
          </li>
        ))}
        {hit.differed.map((one) => (
          <li key={one}>{t('watch.differs', { what: t(`watch.attribute.${one}`) })}</li>
        ))}
      </ul>
    </>
  )
}
