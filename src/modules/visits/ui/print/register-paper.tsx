import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { call } from '../../../../ui-kit/client.ts'
import { serverNow } from '../../../../ui-kit/clock.ts'
import { Empty } from '../../../../ui-kit/empty.tsx'
import { ErrorNotice } from '../../../../ui-kit/error-notice.tsx'
import paper from '../../../../ui-kit/paper.module.css'
import css from '../../../../ui-kit/paper-list.module.css'
import { PaperCount } from '../../../../ui-kit/paper-word.tsx'
import { ProblemNotice } from '../../../../ui-kit/problem-notice.tsx'
import { useSession } from '../../../../ui-kit/session.ts'
import { Skeleton } from '../../../../ui-kit/skeleton.tsx'
import { Tabs } from '../../../../ui-kit/tabs.tsx'
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

const registration: readonly { name: WordName; width: string }[] = [
  { name: 'index', width: '10mm' },
  { name: 'day', width: '24mm' },
  { name: 'name', width: '21mm' },
  { name: 'organisation', width: '31mm' },
  { name: 'phone', width: '30mm' },
  { name: 'party', width: '10mm' },
  { name: 'purpose', width: '30mm' },
  { name: 'host', width: '18mm' },
  { name: 'department', width: '21mm' },
  { name: 'passNumber', width: '16mm' },
  { name: 'timeIn', width: '16mm' },
  { name: 'timeOut', width: '16mm' },
  { name: 'signed', width: '13mm' },
  { name: 'remark', width: '20mm' },
]

/** The gate's form: no telephone and no matter, the car instead. */
const inOut: readonly { name: WordName; width: string }[] = [
  { name: 'index', width: '10mm' },
  { name: 'day', width: '24mm' },
  { name: 'name', width: '30mm' },
  { name: 'organisation', width: '46mm' },
  { name: 'party', width: '11mm' },
  { name: 'host', width: '26mm' },
  { name: 'passNumber', width: '20mm' },
  { name: 'plate', width: '26mm' },
  { name: 'timeIn', width: '18mm' },
  { name: 'timeOut', width: '18mm' },
  { name: 'signed', width: '18mm' },
  { name: 'remark', width: '28mm' },
]

const forms = { registration, 'in-out': inOut } as const

/** Both registers on A4 landscape: the filtered list, page numbers, lines to sign on. */
export function RegisterPaper() {
  const { t } = useTranslation()
  const { site } = useSession()
  const search: RegisterSearch & { form?: 'in-out' } = useSearch({ strict: false })
  const { form = 'registration', ...rest } = search
  const columns = forms[form]
  const navigate = useNavigate()
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
      <div className={paper.choose}>
        <Tabs
          label={t('visits.print.chooseForm')}
          value={form}
          onChange={(next) =>
            void navigate({
              to: '/print/register',
              search: next === 'in-out' ? { ...rest, form: next } : rest,
              replace: true,
            })
          }
          tabs={(['registration', 'in-out'] as const).map((value) => ({
            value,
            label: t(`visits.print.form.${value}`),
          }))}
        />
      </div>
      {more ? (
        <div className={paper.choose}>
          <ErrorNotice tone="waiting" title={t('visits.print.tooLong', { count: most })} />
        </div>
      ) : null}
      <h1>
        <Word name={form === 'registration' ? 'register' : 'inOut'} />
      </h1>
      <div className={css.facts}>
        <span>{site.name}</span>
        <span>{span}</span>
        <span>{stamp(new Date(serverNow()).toISOString(), site.zone)}</span>
        <PaperCount count={rows.length} />
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
              columns={columns.map(({ name }) => name)}
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

interface PaperRowProps {
  card: VisitCard
  index: number
  zone: string
  kind: string
  columns: readonly WordName[]
}

const figures: ReadonlySet<WordName> = new Set([
  'index',
  'day',
  'phone',
  'party',
  'passNumber',
  'plate',
  'timeIn',
  'timeOut',
])

function PaperRow({ card, index, zone, kind, columns }: PaperRowProps) {
  const { t } = useTranslation()
  const clock = (instant: string | null) => (instant ? toWall(instant, zone).slice(11) : '')
  const came = card.arrivedAt ?? card.expectedAt
  const values: Partial<Record<WordName, string | number | null>> = {
    index,
    day: came ? toWall(came, zone).slice(0, 10) : '',
    name: card.visitorName,
    organisation: card.organisation,
    phone: card.phoneMasked,
    party: card.partySize,
    purpose: card.purpose || kind,
    host: card.receiverName || card.hostName,
    department: card.hostDepartment,
    passNumber: card.passNumber,
    plate: card.plate,
    timeIn: clock(card.arrivedAt),
    timeOut: clock(card.leftAt),
    signed: card.signedAt ? '✓' : '',
    remark: card.lateSignature
      ? t('visit.flag.lateSignature')
      : ['left', 'signed_off'].includes(card.status)
        ? ''
        : t(`visit.status.${card.status}`),
  }
  return (
    <tr>
      {columns.map((name) => (
        <td key={name} className={figures.has(name) ? css.figure : undefined}>
          {values[name]}
        </td>
      ))}
    </tr>
  )
}
