import { useQuery } from '@tanstack/react-query'
import { useSearch } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { call } from '../../../../ui-kit/client.ts'
import { serverNow } from '../../../../ui-kit/clock.ts'
import { Empty } from '../../../../ui-kit/empty.tsx'
import { ErrorNotice } from '../../../../ui-kit/error-notice.tsx'
import paper from '../../../../ui-kit/paper.module.css'
import css from '../../../../ui-kit/paper-list.module.css'
import { ProblemNotice } from '../../../../ui-kit/problem-notice.tsx'
import { useSession } from '../../../../ui-kit/session.ts'
import { Skeleton } from '../../../../ui-kit/skeleton.tsx'
import { toWall } from '../../../../ui-kit/zone-time.ts'
import type { VisitCard } from '../../card/contract.ts'
import { register } from '../../register/contract.ts'
import { useVisitOptions } from '../queries.ts'
import { filterOf, type RegisterFilter, type RegisterSearch } from '../register-search.ts'
import { stamp, Word, type WordName } from './paper-words.tsx'

/** Longer lists go to Excel; a browser lays out paper slowly. */
const most = 2000
const pageSize = 200

async function allRows(filter: RegisterFilter, order: 'newest' | 'oldest', signal: AbortSignal) {
  const rows: VisitCard[] = []
  let cursor: string | undefined
  do {
    const page = await call(
      register.list,
      { query: { ...filter, order, limit: pageSize, ...(cursor === undefined ? {} : { cursor }) } },
      { signal },
    )
    rows.push(...page.items)
    cursor = page.next ?? undefined
  } while (cursor !== undefined && rows.length < most)
  return { rows, more: cursor !== undefined }
}

const columns: readonly { name: WordName; width: string }[] = [
  { name: 'index', width: '9mm' },
  { name: 'day', width: '22mm' },
  { name: 'name', width: '22mm' },
  { name: 'organisation', width: '34mm' },
  { name: 'phone', width: '31mm' },
  { name: 'party', width: '9mm' },
  { name: 'purpose', width: '36mm' },
  { name: 'host', width: '18mm' },
  { name: 'department', width: '22mm' },
  { name: 'passNumber', width: '14mm' },
  { name: 'timeIn', width: '13mm' },
  { name: 'timeOut', width: '13mm' },
  { name: 'signed', width: '13mm' },
  { name: 'remark', width: '20mm' },
]

/** 来访人员登记表 on A4 landscape: the filtered list, page numbers, lines to sign on. */
export function RegisterPaper() {
  const { t } = useTranslation()
  const { site } = useSession()
  const search: RegisterSearch = useSearch({ strict: false })
  const { data: options } = useVisitOptions()
  const filter = filterOf(search)
  const order = search.order ?? 'newest'
  const list = useQuery({
    queryKey: ['visits', 'register-paper', filter, order],
    queryFn: ({ signal }) => allRows(filter, order, signal),
    staleTime: 60_000,
  })
  if (list.isPending) return <Skeleton rows={12} />
  if (!list.data) return <ProblemNotice fault={list.error} onRetry={() => void list.refetch()} />
  const { rows, more } = list.data
  if (rows.length === 0) return <Empty icon="book" title={t('visits.register.noHit')} />
  const span = [search.from, search.to].some(Boolean) ? `${search.from ?? ''} — ${search.to ?? ''}` : ''
  return (
    <section className={css.sheet}>
      {more ? (
        <div className={paper.choose}>
          <ErrorNotice tone="waiting" title={t('visits.print.tooLong', { count: most })} />
        </div>
      ) : null}
      <h1>
        <Word name="register" />
      </h1>
      <div className={css.facts}>
        <span>{site.name}</span>
        <span>{span}</span>
        <span>
          {stamp(new Date(serverNow()).toISOString(), site.zone)} · {rows.length}
        </span>
      </div>
      <table className={css.table}>
        <colgroup>
          {columns.map((column) => (
            <col key={column.name} style={{ width: column.width }} />
          ))}
        </colgroup>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column.name} scope="col">
                <Word name={column.name} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((card, at) => (
            <PaperRow
              key={card.id}
              card={card}
              index={at + 1}
              zone={site.zone}
              kind={options?.kinds.find((one) => one.key === card.kind)?.name.zh ?? ''}
            />
          ))}
        </tbody>
      </table>
      <div className={css.signs}>
        {(['preparedBy', 'checkedBy', 'date'] as const).map((name) => (
          <p key={name} className={paper.signature}>
            <Word name={name} />
            <span className={paper.line} />
          </p>
        ))}
      </div>
    </section>
  )
}

function PaperRow(props: { card: VisitCard; index: number; zone: string; kind: string }) {
  const { t } = useTranslation()
  const { card, zone } = props
  const clock = (instant: string | null) => (instant ? toWall(instant, zone).slice(11) : '')
  const came = card.arrivedAt ?? card.expectedAt
  const note = card.lateSignature
    ? t('visit.flag.lateSignature')
    : ['left', 'signed_off'].includes(card.status)
      ? ''
      : t(`visit.status.${card.status}`)
  return (
    <tr>
      <td className={css.figure}>{props.index}</td>
      <td className={css.figure}>{came ? toWall(came, zone).slice(0, 10) : ''}</td>
      <td>{card.visitorName}</td>
      <td>{card.organisation}</td>
      <td className={css.figure}>{card.phoneMasked}</td>
      <td className={css.figure}>{card.partySize}</td>
      <td>{card.purpose || props.kind}</td>
      <td>{card.receiverName || card.hostName}</td>
      <td>{card.hostDepartment}</td>
      <td className={css.figure}>{card.passNumber}</td>
      <td className={css.figure}>{clock(card.arrivedAt)}</td>
      <td className={css.figure}>{clock(card.leftAt)}</td>
      <td>{card.signedAt ? '✓' : ''}</td>
      <td>{note}</td>
    </tr>
  )
}
