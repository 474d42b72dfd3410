import { useQuery } from '@tanstack/react-query'
import { useParams, useSearch } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { call } from '../../../../ui-kit/client.ts'
import { serverNow } from '../../../../ui-kit/clock.ts'
import { Empty } from '../../../../ui-kit/empty.tsx'
import { ErrorNotice } from '../../../../ui-kit/error-notice.tsx'
import paper from '../../../../ui-kit/paper.module.css'
import css from '../../../../ui-kit/paper-list.module.css'
import { PaperCount, PaperWord } from '../../../../ui-kit/paper-word.tsx'
import { ProblemNotice } from '../../../../ui-kit/problem-notice.tsx'
import { useSession } from '../../../../ui-kit/session.ts'
import { Skeleton } from '../../../../ui-kit/skeleton.tsx'
import { fromWall, toWall } from '../../../../ui-kit/zone-time.ts'
import type { CallCard } from '../../card/contract.ts'
import { calls } from '../../contract.ts'
import { type LogSearch, logQuery } from '../log/log-search.ts'
import { Duration } from '../log/words.tsx'
import { useCall } from '../queries.ts'
import own from './call-papers.module.css'
import { hopWords, outcomeWords, words } from './words.ts'

/** Longer lists go to Excel; a browser lays out paper slowly. */
const most = 2000

async function allRows(search: LogSearch, zone: string, signal: AbortSignal) {
  const filter = logQuery(search, (wall) => fromWall(wall, zone))
  const rows: CallCard[] = []
  let cursor: string | undefined
  do {
    const query = { ...filter, limit: 200, ...(cursor === undefined ? {} : { cursor }) }
    const page = await call(calls.log, { query }, { signal })
    rows.push(...page.items)
    cursor = page.next ?? undefined
  } while (cursor !== undefined && rows.length < most)
  return { rows, more: cursor !== undefined }
}

const columns = [
  ['index', '10mm'],
  ['day', '24mm'],
  ['time', '16mm'],
  ['callerNumber', '28mm'],
  ['caller', '20mm'],
  ['organisation', '32mm'],
  ['reason', '41mm'],
  ['wanted', '20mm'],
  ['department', '22mm'],
  ['rings', '11mm'],
  ['talk', '12mm'],
  ['outcome', '20mm'],
  ['handler', '18mm'],
] as const

/** 客户来电记录单, the filtered list on A4 landscape. */
export function CallsPaper() {
  const { t } = useTranslation()
  const { site } = useSession()
  const search: LogSearch = useSearch({ strict: false })
  const list = useQuery({
    queryKey: ['calls', 'paper', search],
    queryFn: ({ signal }) => allRows(search, site.zone, signal),
    staleTime: 60_000,
  })
  if (list.isPending) return <Skeleton rows={12} />
  if (!list.data) return <ProblemNotice fault={list.error} onRetry={() => void list.refetch()} />
  const { rows, more } = list.data
  if (rows.length === 0) return <Empty icon="phone" title={t('calls.log.noHit')} />
  const span = search.from || search.to ? `${search.from ?? ''} — ${search.to ?? ''}` : ''
  return (
    <section className={css.sheet}>
      {more ? (
        <div className={paper.choose}>
          <ErrorNotice tone="waiting" title={t('calls.log.tooLong', { count: most })} />
        </div>
      ) : null}
      <h1>
        <PaperWord text={words.records} />
      </h1>
      <div className={css.facts}>
        <span>{site.name}</span>
        <span>{span}</span>
        <span>{toWall(serverNow(), site.zone).replace('T', ' ')}</span>
        <PaperCount count={rows.length} />
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
          {rows.map((card, at) => (
            <tr key={card.id}>
              <td className={css.figure}>{at + 1}</td>
              <td className={css.figure}>{toWall(card.startedAt, site.zone).slice(0, 10)}</td>
              <td className={css.figure}>{toWall(card.startedAt, site.zone).slice(11)}</td>
              <td className={css.figure}>{card.callerMasked || card.callerExtension}</td>
              <td>{card.contactName || card.callerShown}</td>
              <td>{card.organisation}</td>
              <td>{card.reason}</td>
              <td>{card.wantedName}</td>
              <td>{card.departmentName}</td>
              <td className={css.figure}>{card.rings}</td>
              <td className={css.figure}>
                {card.answeredAt === null ? '' : <Duration seconds={card.talkSeconds} />}
              </td>
              <td>{card.outcome === null ? '' : outcomeWords[card.outcome]?.[0]}</td>
              <td>{card.handlerName}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <Signs names={['handler', 'checkedBy', 'date']} />
    </section>
  )
}

function Signs({ names }: { names: readonly (keyof typeof words)[] }) {
  return (
    <div className={css.signs}>
      {names.map((name) => (
        <p key={name} className={paper.signature}>
          <PaperWord text={words[name]} />
          <span className={paper.line} />
        </p>
      ))}
    </div>
  )
}

/** One 客户来电记录单 with its 转接记录 on A4. */
export function CallPaper() {
  const { id = '' } = useParams({ strict: false })
  const { site } = useSession()
  const query = useCall(id)
  if (query.isPending) return <Skeleton rows={12} />
  const { data: record } = query
  if (!record) return <ProblemNotice fault={query.error} onRetry={() => void query.refetch()} />
  const at = (instant: string | null) =>
    instant === null ? '' : toWall(instant, site.zone).replace('T', ' ')
  const rows = [
    ['number', record.number],
    ['time', at(record.startedAt)],
    ['callerNumber', record.callerMasked || record.callerExtension],
    ['caller', record.contactName || record.callerShown],
    ['organisation', record.organisation],
    ['phone', record.phoneMasked],
    ['answered', at(record.answeredAt)],
    ['rings', record.rings === null ? '' : `${record.rings} (${(record.ringSeconds ?? 0).toFixed(1)} s)`],
    ['wanted', record.wantedName],
    ['department', record.departmentName],
    ['reason', record.reason],
    ['outcome', record.outcome === null ? '' : (outcomeWords[record.outcome] ?? []).join(' ')],
    ['note', record.outcomeNote],
    ['handler', record.handlerName],
  ] as const
  return (
    <section className={own.single}>
      <h1>
        <PaperWord text={words.record} />
      </h1>
      <p className={own.site}>{site.name}</p>
      <FormRows rows={rows} />
      <h2>
        <PaperWord text={words.hops} />
      </h2>
      <table className={own.form}>
        <thead>
          <tr>
            {(['index', 'time', 'target', 'extension', 'result', 'seconds', 'note'] as const).map((name) => (
              <th key={name} scope="col">
                <PaperWord text={words[name]} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {record.hops.map((hop, index) => (
            <tr key={hop.id}>
              <td>{index + 1}</td>
              <td>{at(hop.startedAt)}</td>
              <td>{hop.name}</td>
              <td>{hop.extension}</td>
              <td>{hopWords[hop.result]?.[0]}</td>
              <td>{hop.seconds === null ? '' : Math.round(hop.seconds)}</td>
              <td>{hop.note}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <Signs names={['handler', 'checkedBy', 'date']} />
    </section>
  )
}

/** Name and value, two pairs a row; long values take the whole row. */
export function FormRows({ rows }: { rows: readonly (readonly [keyof typeof words, string])[] }) {
  return (
    <dl className={own.rows}>
      {rows.map(([name, value]) => (
        <div key={name} className={own[name] ?? undefined}>
          <dt>
            <PaperWord text={words[name]} />
          </dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}
