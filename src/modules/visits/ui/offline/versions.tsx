import { useTranslation } from 'react-i18next'
import { useUiLanguage, useZone } from '../../../../ui-kit/language.ts'
import { formatDateTime } from '../../../../ui-kit/zone-time.ts'
import type { VisitCard } from '../../card/contract.ts'
import { VisitStatusChip } from '../visit-status.tsx'
import css from './versions.module.css'

const isCard = (value: unknown): value is VisitCard =>
  typeof value === 'object' && value !== null && 'visitorName' in value && 'status' in value

/** The visit as this device has it beside the server's: only what the two can differ in. */
export function VisitVersions({ mine, theirs }: { mine: unknown; theirs: unknown }) {
  const { t } = useTranslation()
  const zone = useZone()
  const language = useUiLanguage()
  if (!isCard(mine)) return null
  const other = isCard(theirs) ? theirs : null
  const time = (at: string | null | undefined) => (at ? formatDateTime(at, zone, language) : '–')
  const rows: [string, (card: VisitCard) => React.ReactNode][] = [
    ['offline.version.status', (card) => <VisitStatusChip status={card.status} />],
    ['offline.version.arrived', (card) => time(card.arrivedAt)],
    ['offline.version.left', (card) => time(card.leftAt)],
    ['offline.version.pass', (card) => card.passNumber ?? '–'],
  ]
  return (
    <table className={css.versions}>
      <thead>
        <tr>
          <td />
          <th scope="col">{t('offline.version.mine')}</th>
          <th scope="col">{t('offline.version.theirs')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(([key, show]) => (
          <tr key={key}>
            <th scope="row">{t(key)}</th>
            <td>{show(mine)}</td>
            <td>{other ? show(other) : t('offline.version.none')}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
