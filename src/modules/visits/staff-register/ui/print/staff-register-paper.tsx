import { useQuery } from '@tanstack/react-query'
import { useSearch } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { call } from '../../../../../ui-kit/client.ts'
import { serverNow } from '../../../../../ui-kit/clock.ts'
import { Empty } from '../../../../../ui-kit/empty.tsx'
import { useSpoken } from '../../../../../ui-kit/language.ts'
import paper from '../../../../../ui-kit/paper.module.css'
import css from '../../../../../ui-kit/paper-list.module.css'
import { PaperCount, PaperWord } from '../../../../../ui-kit/paper-word.tsx'
import { ProblemNotice } from '../../../../../ui-kit/problem-notice.tsx'
import { useSession } from '../../../../../ui-kit/session.ts'
import { Skeleton } from '../../../../../ui-kit/skeleton.tsx'
import { toWall } from '../../../../../ui-kit/zone-time.ts'
import { type OutingCard, outings } from '../../contract.ts'
import { useOutingOptions } from '../queries.ts'
import { type OutingSearch, outingFilter } from '../search.ts'

/** Longer lists go to Excel; a browser lays out paper slowly. */
const most = 2000

const words = {
  title: ['员工出入登记表', 'Staff in and out'],
  index: ['序号', 'No.'],
  day: ['日期', 'Day'],
  number: ['工号', 'Staff no.'],
  name: ['姓名', 'Name'],
  department: ['部门', 'Department'],
  reason: ['外出事由', 'Reason'],
  destination: ['去向', 'Destination'],
  returnBy: ['预计返回', 'Expected'],
  approvedBy: ['批准人', 'Approved by'],
  outAt: ['出门时间', 'Out'],
  backAt: ['返回时间', 'In'],
  gate: ['门岗', 'Gate'],
  remark: ['备注', 'Note'],
  preparedBy: ['制表人', 'Prepared by'],
  checkedBy: ['审核人', 'Checked by'],
  date: ['日期', 'Date'],
} as const satisfies Record<string, readonly [zh: string, en: string]>
const columns = {
  index: '9mm',
  day: '22mm',
  number: '18mm',
  name: '22mm',
  department: '26mm',
  reason: '22mm',
  destination: '38mm',
  returnBy: '16mm',
  approvedBy: '20mm',
  outAt: '16mm',
  backAt: '16mm',
  gate: '20mm',
  remark: '30mm',
} as const

async function allRows(search: OutingSearch, signal: AbortSignal) {
  const rows: OutingCard[] = []
  let cursor: string | undefined
  do {
    const page = await call(
      outings.list,
      {
        query: {
          ...outingFilter(search),
          order: 'oldest',
          limit: 200,
          ...(cursor === undefined ? {} : { cursor }),
        },
      },
      { signal },
    )
    rows.push(...page.items)
    cursor = page.next ?? undefined
  } while (cursor !== undefined && rows.length < most)
  return rows
}

/** 员工出入登记表 on A4 landscape (V20): the filtered list, page numbers, lines to sign on. */
export function StaffRegisterPaper() {
  const { t } = useTranslation()
  const spoken = useSpoken()
  const { site } = useSession()
  const search: OutingSearch = useSearch({ strict: false })
  const { data: options } = useOutingOptions()
  const list = useQuery({
    queryKey: ['outings', 'paper', search],
    queryFn: ({ signal }) => allRows(search, signal),
  })
  if (list.isPending) return <Skeleton rows={12} />
  if (!list.data) return <ProblemNotice fault={list.error} onRetry={() => void list.refetch()} />
  if (list.data.length === 0)
    return (
      <>
        <h1>
          <PaperWord text={words.title} />
        </h1>
        <Empty icon="book" title={t('outing.noHit')} />
      </>
    )
  const clock = (instant: string | null) => (instant ? toWall(instant, site.zone).slice(11) : '')
  const names = Object.keys(columns) as (keyof typeof columns)[]
  return (
    <section className={css.sheet}>
      <h1>
        <PaperWord text={words.title} />
      </h1>
      <div className={css.facts}>
        <span>{site.name}</span>
        <span>{[search.from, search.to].filter(Boolean).join(' — ')}</span>
        <span>{toWall(serverNow(), site.zone).replace('T', ' ')}</span>
        <PaperCount count={list.data.length} />
      </div>
      <table className={css.table}>
        <colgroup>
          {names.map((name) => (
            <col key={name} style={{ width: columns[name] }} />
          ))}
        </colgroup>
        <thead>
          <tr>
            {names.map((name) => (
              <th key={name} scope="col">
                <PaperWord text={words[name]} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {list.data.map((card, index) => (
            <tr key={card.id}>
              <td className={css.figure}>{index + 1}</td>
              <td className={css.figure}>{toWall(card.leaveAt, site.zone).slice(0, 10)}</td>
              <td className={css.figure}>{card.employeeNumber}</td>
              <td>{card.employeeName}</td>
              <td>{card.department}</td>
              <td>{spoken(options?.reasons.find(({ key }) => key === card.reason)?.name) || card.reason}</td>
              <td>{card.destination}</td>
              <td className={css.figure}>{clock(card.returnBy)}</td>
              <td>{card.decidedByName}</td>
              <td className={css.figure}>{clock(card.outAt)}</td>
              <td className={css.figure}>{clock(card.backAt)}</td>
              <td>{card.outByName}</td>
              <td>
                {[card.late ? t('outing.late') : '', card.declineReason || card.note]
                  .filter(Boolean)
                  .join(' · ')}
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
