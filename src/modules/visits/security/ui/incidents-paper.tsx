import { useQuery } from '@tanstack/react-query'
import { useSearch } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { call } from '../../../../ui-kit/client.ts'
import { Empty } from '../../../../ui-kit/empty.tsx'
import css from '../../../../ui-kit/paper-list.module.css'
import { ProblemNotice } from '../../../../ui-kit/problem-notice.tsx'
import { useSession } from '../../../../ui-kit/session.ts'
import { Skeleton } from '../../../../ui-kit/skeleton.tsx'
import { toWall } from '../../../../ui-kit/zone-time.ts'
import { incidents } from '../contract.ts'
import type { IncidentSearch } from './incident-search.ts'

const columns = [
  'number',
  'raised',
  'place',
  'state',
  'persons',
  'course',
  'measures',
  'acknowledged',
  'closed',
] as const

/** 安保事件记录 on A4: the filtered list, at most two hundred rows; longer ones go to Excel. */
export function IncidentsPaper() {
  const { t } = useTranslation()
  const { site } = useSession()
  const { incident: _, ...filter }: IncidentSearch = useSearch({ strict: false })
  const list = useQuery({
    queryKey: ['incidents', 'paper', filter],
    queryFn: ({ signal }) => call(incidents.list, { query: { ...filter, limit: 200 } }, { signal }),
  })
  if (list.isPending) return <Skeleton rows={10} />
  if (!list.data) return <ProblemNotice fault={list.error} onRetry={() => void list.refetch()} />
  if (list.data.items.length === 0)
    return (
      <>
        <h1>{t('incident.paper')}</h1>
        <Empty icon="shield" title={t('incident.noHit')} />
      </>
    )
  const at = (instant: string | undefined) => (instant ? toWall(instant, site.zone).replace('T', ' ') : '')
  return (
    <section className={css.sheet}>
      <h1>{t('incident.paper')}</h1>
      <div className={css.facts}>
        <span>{site.name}</span>
        <span>{[filter.from, filter.to].filter(Boolean).join(' — ')}</span>
      </div>
      <table className={css.table}>
        <thead>
          <tr>
            {columns.map((name) => (
              <th key={name} scope="col">
                {t(`incident.field.${name}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {list.data.items.map((one) => (
            <tr key={one.id}>
              <td>{one.number}</td>
              <td>{at(one.raised.at)}</td>
              <td>{one.place}</td>
              <td>{t(`incident.status.${one.status}`)}</td>
              <td>{one.persons}</td>
              <td>{one.course || one.falseReason}</td>
              <td>{one.measures}</td>
              <td>{[one.acknowledged?.byName, at(one.acknowledged?.at)].filter(Boolean).join(' ')}</td>
              <td>{[one.closed?.byName, at(one.closed?.at)].filter(Boolean).join(' ')}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
