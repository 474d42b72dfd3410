import { useQuery } from '@tanstack/react-query'
import { useSearch } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { call } from '../../../../ui-kit/client.ts'
import { serverNow } from '../../../../ui-kit/clock.ts'
import { Empty } from '../../../../ui-kit/empty.tsx'
import paper from '../../../../ui-kit/paper.module.css'
import css from '../../../../ui-kit/paper-list.module.css'
import { PaperCount, PaperWord } from '../../../../ui-kit/paper-word.tsx'
import { ProblemNotice } from '../../../../ui-kit/problem-notice.tsx'
import { useSession } from '../../../../ui-kit/session.ts'
import { Skeleton } from '../../../../ui-kit/skeleton.tsx'
import { toWall } from '../../../../ui-kit/zone-time.ts'
import { incidents } from '../contract.ts'
import type { IncidentSearch } from './incident-search.ts'

const words = {
  title: ['安保事件记录', 'Security incidents'],
  number: ['编号', 'No.'],
  raised: ['呼叫时间', 'Called'],
  place: ['地点', 'Place'],
  state: ['状态', 'State'],
  persons: ['涉及人员', 'Persons'],
  course: ['经过', 'Course'],
  measures: ['处置措施', 'Measures'],
  acknowledged: ['应答', 'Acknowledged'],
  closed: ['结案', 'Closed'],
  preparedBy: ['制表人', 'Prepared by'],
  checkedBy: ['审核人', 'Checked by'],
  date: ['日期', 'Date'],
} as const satisfies Record<string, readonly [zh: string, en: string]>

const columns = [
  ['number', '17mm'],
  ['raised', '20mm'],
  ['place', '24mm'],
  ['state', '16mm'],
  ['persons', '34mm'],
  ['course', '74mm'],
  ['measures', '46mm'],
  ['acknowledged', '23mm'],
  ['closed', '23mm'],
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
        <h1>
          <PaperWord text={words.title} />
        </h1>
        <Empty icon="shield" title={t('incident.noHit')} />
      </>
    )
  const at = (instant: string | undefined) => (instant ? toWall(instant, site.zone).replace('T', ' ') : '')
  return (
    <section className={css.sheet}>
      <h1>
        <PaperWord text={words.title} />
      </h1>
      <div className={css.facts}>
        <span>{site.name}</span>
        <span>{[filter.from, filter.to].filter(Boolean).join(' — ')}</span>
        <span>{toWall(serverNow(), site.zone).replace('T', ' ')}</span>
        <PaperCount count={list.data.items.length} />
      </div>
      <table className={css.table}>
        <colgroup>
          {columns.map(([name, width]) => (
            <col key={name} style={{ width }} />
          ))}
        </colgroup>
        <thead>
          <tr>
            {columns.map(([name]) => (
              <th key={name} scope="col">
                <PaperWord text={words[name]} />
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
              <td>
                {one.acknowledged?.byName} <br />
                {at(one.acknowledged?.at)}
              </td>
              <td>
                {one.closed?.byName} <br />
                {at(one.closed?.at)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <div className={css.signs}>
        {(['preparedBy', 'checkedBy', 'date'] as const).map((name) => (
          <p key={name} className={paper.signature}>
            <PaperWord text={words[name]} />
            <span className={paper.line} />
          </p>
        ))}
      </div>
    </section>
  )
}
