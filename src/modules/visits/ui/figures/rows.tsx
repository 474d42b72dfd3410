import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../../ui-kit/button.tsx'
import { call } from '../../../../ui-kit/client.ts'
import { serverNow } from '../../../../ui-kit/clock.ts'
import { Empty } from '../../../../ui-kit/empty.tsx'
import { useUiLanguage, useZone } from '../../../../ui-kit/language.ts'
import { Pager } from '../../../../ui-kit/pager.tsx'
import { ProblemNotice } from '../../../../ui-kit/problem-notice.tsx'
import { Skeleton } from '../../../../ui-kit/skeleton.tsx'
import { dayIn, formatDateTime } from '../../../../ui-kit/zone-time.ts'
import type { VisitCard } from '../../card/contract.ts'
import { visitFigures } from '../../figures/contract.ts'
import { behindFigure, type RegisterSearch } from '../register-search.ts'
import { VisitStatusChip } from '../visit-status.tsx'
import css from './figures.module.css'
import { spanOf } from './search.ts'
import { useSliceWords } from './slice-words.ts'

const pageSize = 50

/** The visits behind a figure for those who may see figures, but not the register: heads and hosts (G8). */
export function FigureRows() {
  const { t } = useTranslation()
  const zone = useZone()
  const navigate = useNavigate()
  const words = useSliceWords()
  const search: RegisterSearch = useSearch({ strict: false })
  const week = spanOf('week', dayIn(zone, serverNow()))
  const { kind, category, departmentId } = search
  const filter = { kind, category, departmentId, from: search.from ?? week.from, to: search.to ?? week.to }
  const slice = Object.fromEntries(behindFigure.map((name) => [name, search[name]]))
  const [cursors, setCursors] = useState<readonly string[]>([])
  const cursor = cursors.at(-1)
  const page = useQuery({
    queryKey: ['visit-figures', 'rows', filter, slice, cursor ?? ''],
    queryFn: ({ signal }) =>
      call(
        visitFigures.rows,
        { query: { ...filter, ...slice, limit: pageSize, ...(cursor === undefined ? {} : { cursor }) } },
        { signal },
      ),
    placeholderData: keepPreviousData,
  })
  const { data } = page
  const next = data?.next ?? null
  return (
    <div className={css.page}>
      <header className={css.head}>
        <h1>{t('visits.figures.rowsTitle')}</h1>
        <Button
          icon="arrowLeft"
          onClick={() =>
            void navigate({ to: '/visit-figures', search: { from: filter.from, to: filter.to } })
          }
        >
          {t('visits.figures.title')}
        </Button>
      </header>
      <p className={css.quiet}>
        {[`${filter.from} – ${filter.to}`, words(search)].filter(Boolean).join(' · ')}
      </p>
      <ProblemNotice fault={page.error} onRetry={() => void page.refetch()} />
      {page.isPending ? <Skeleton rows={8} /> : null}
      {data?.items.length === 0 ? (
        <Empty icon="book" title={t('visits.figures.noRows')}>
          {t('visits.figures.emptyHelp')}
        </Empty>
      ) : null}
      {data && data.items.length > 0 ? (
        <>
          <Table items={data.items} />
          <Pager
            from={cursors.length * pageSize + 1}
            shown={data.items.length}
            total={data.total}
            totalIsFloor={data.totalIsFloor}
            busy={page.isFetching && page.isPlaceholderData}
            onPrevious={cursors.length > 0 ? () => setCursors(cursors.slice(0, -1)) : undefined}
            onNext={next === null ? undefined : () => setCursors([...cursors, next])}
          />
        </>
      ) : null}
    </div>
  )
}

function Table({ items }: { items: readonly VisitCard[] }) {
  const { t } = useTranslation()
  const zone = useZone()
  const language = useUiLanguage()
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable from the keyboard
    <section className={css.scroll} tabIndex={0} aria-label={t('visits.figures.rowsTitle')}>
      <table className={css.table}>
        <thead>
          <tr>
            {(['number', 'when', 'visitor', 'organisation', 'host', 'state'] as const).map((name) => (
              <th key={name} scope="col" className={css.text}>
                {t(`visits.figures.row.${name}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {items.map((one) => (
            <tr key={one.id}>
              <th scope="row">{one.number}</th>
              <td className={css.text}>
                {formatDateTime(one.arrivedAt ?? one.expectedAt ?? '', zone, language)}
              </td>
              <td className={css.text}>{one.visitorName}</td>
              <td className={css.text}>{one.organisation}</td>
              <td className={css.text}>{one.hostName}</td>
              <td className={css.text}>
                <VisitStatusChip status={one.status} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
