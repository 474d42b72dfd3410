import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../../../ui-kit/button.tsx'
import { call, fetchFile, saveFile } from '../../../../../ui-kit/client.ts'
import { Empty } from '../../../../../ui-kit/empty.tsx'
import { useSpoken, useUiLanguage, useZone } from '../../../../../ui-kit/language.ts'
import { Pager } from '../../../../../ui-kit/pager.tsx'
import { ProblemNotice } from '../../../../../ui-kit/problem-notice.tsx'
import { useProblemText } from '../../../../../ui-kit/problem-text.ts'
import { useCan } from '../../../../../ui-kit/session.ts'
import { Skeleton } from '../../../../../ui-kit/skeleton.tsx'
import { SortHeading } from '../../../../../ui-kit/sort-heading.tsx'
import { showToast } from '../../../../../ui-kit/toast.tsx'
import { formatTime, toWall } from '../../../../../ui-kit/zone-time.ts'
import { type OutingCard, outings } from '../../contract.ts'
import { OutingStatus } from '../outing-status.tsx'
import { outingKeys, useLiveOutings, useOutingCommands, useOutingOptions } from '../queries.ts'
import { type OutingSearch, outingFilter } from '../search.ts'
import css from '../staff.module.css'
import { StaffFilters } from './staff-filters.tsx'

const pageSize = 50

/** 员工出入登记表 (V20): who is out, who came back, filtered, page by page, to Excel and to paper. */
export function StaffRegister() {
  const { t } = useTranslation()
  const search: OutingSearch = useSearch({ strict: false })
  const navigate = useNavigate()
  const language = useUiLanguage()
  const exports = useCan('outing.export')
  const { problemText } = useProblemText()
  useLiveOutings()
  const filter = outingFilter(search)
  const order = search.order ?? 'newest'
  // Another filter is another list: its pages begin anew.
  const list = JSON.stringify([filter, order])
  const [pages, setPages] = useState<{ list: string; cursors: readonly string[] }>({ list, cursors: [] })
  const cursors = pages.list === list ? pages.cursors : []
  const cursor = cursors.at(-1)
  const page = useQuery({
    queryKey: [...outingKeys.all, 'register', list, cursor ?? ''],
    queryFn: ({ signal }) =>
      call(
        outings.list,
        { query: { ...filter, order, limit: pageSize, ...(cursor === undefined ? {} : { cursor }) } },
        { signal },
      ),
    placeholderData: keepPreviousData,
  })
  const { data } = page
  const next = data?.next ?? null
  const go = (to: OutingSearch) => void navigate({ to: '/staff-register', search: to, replace: true })
  async function save() {
    try {
      saveFile(await fetchFile(outings.export, { query: { ...filter, language } }))
    } catch (fault) {
      showToast({ text: problemText(fault), tone: 'alarm', seconds: 8 })
    }
  }
  return (
    <div className={css.desk}>
      <header className={css.head}>
        <h1>{t('outing.title')}</h1>
        <div className={css.acts}>
          {exports ? (
            <Button icon="download" onClick={() => void save()}>
              {t('outing.excel')}
            </Button>
          ) : null}
          <Button icon="print" onClick={() => void navigate({ to: '/print/staff-register', search })}>
            {t('outing.print')}
          </Button>
        </div>
      </header>
      <StaffFilters search={search} onChange={go} />
      <ProblemNotice fault={page.error} onRetry={() => void page.refetch()} />
      {page.isPending ? <Skeleton rows={10} /> : null}
      {data && data.items.length === 0 ? (
        <Empty icon="book" title={t(Object.keys(filter).length > 0 ? 'outing.noHit' : 'outing.empty')}>
          {t('outing.emptyHelp')}
        </Empty>
      ) : null}
      {data && data.items.length > 0 ? (
        <>
          <OutingTable
            rows={data.items}
            order={order}
            onOrder={(next) => {
              const { order: _, ...rest } = search
              go(next === 'oldest' ? { ...rest, order: next } : rest)
            }}
          />
          <Pager
            from={cursors.length * pageSize + 1}
            shown={data.items.length}
            total={data.total}
            totalIsFloor={data.totalIsFloor}
            onPrevious={
              cursors.length > 0 ? () => setPages({ list, cursors: cursors.slice(0, -1) }) : undefined
            }
            onNext={next === null ? undefined : () => setPages({ list, cursors: [...cursors, next] })}
          />
        </>
      ) : null}
    </div>
  )
}

const columns = [
  'name',
  'department',
  'reason',
  'destination',
  'returnBy',
  'approvedBy',
  'outAt',
  'backAt',
  'status',
] as const

function OutingTable(props: {
  rows: readonly OutingCard[]
  order: 'newest' | 'oldest'
  onOrder: (order: 'newest' | 'oldest') => void
}) {
  const { t } = useTranslation()
  const zone = useZone()
  const spoken = useSpoken()
  const language = useUiLanguage()
  const { data: options } = useOutingOptions()
  const commands = useOutingCommands()
  const time = (instant: string | null) => (instant ? formatTime(instant, zone, language) : '')
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable from the keyboard
    <section className={css.scroll} tabIndex={0} aria-label={t('outing.title')}>
      <table className={css.table}>
        <thead>
          <tr>
            <SortHeading label={t('outing.column.day')} order={props.order} onOrder={props.onOrder} />
            {columns.map((name) => (
              <th key={name} scope="col">
                {t(`outing.column.${name}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {props.rows.map((card) => (
            <tr key={card.id}>
              <td className={css.figure}>{toWall(card.leaveAt, zone).slice(0, 10)}</td>
              <th scope="row">
                {card.employeeName} <span className={css.quiet}>{card.employeeNumber}</span>
              </th>
              <td>{card.department}</td>
              <td>{spoken(options?.reasons.find(({ key }) => key === card.reason)?.name) || card.reason}</td>
              <td>{[card.destination, card.declineReason || card.note].filter(Boolean).join(' · ')}</td>
              <td className={css.figure}>{card.returnBy ? time(card.returnBy) : t('outing.notBack')}</td>
              <td>{card.decidedByName}</td>
              <td className={css.figure}>{time(card.outAt)}</td>
              <td className={css.figure}>{time(card.backAt)}</td>
              <td>
                <span className={css.acts}>
                  <OutingStatus card={card} />
                  {card.can.leave ? (
                    <Button onClick={() => void commands.leave(card.id)}>{t('outing.act.leave')}</Button>
                  ) : null}
                  {card.can.return ? (
                    <Button onClick={() => void commands.comeBack(card.id)}>{t('outing.act.return')}</Button>
                  ) : null}
                </span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
