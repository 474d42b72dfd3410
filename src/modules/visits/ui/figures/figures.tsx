import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { RouteAnswer } from '../../../../kernel/contract.ts'
import { call, fetchFile } from '../../../../ui-kit/client.ts'
import { serverNow } from '../../../../ui-kit/clock.ts'
import { Empty } from '../../../../ui-kit/empty.tsx'
import { useUiLanguage, useZone } from '../../../../ui-kit/language.ts'
import { ProblemNotice } from '../../../../ui-kit/problem-notice.tsx'
import { ReportTools } from '../../../../ui-kit/report-tools.tsx'
import { useCan } from '../../../../ui-kit/session.ts'
import { Skeleton } from '../../../../ui-kit/skeleton.tsx'
import { dayIn } from '../../../../ui-kit/zone-time.ts'
import { visitFigures } from '../../figures/contract.ts'
import css from './figures.module.css'
import { FigureFilters } from './filters.tsx'
import { Course, Departments, Hours, Kinds, Waits } from './parts.tsx'
import { Hosts, People, Sites } from './people.tsx'
import { RuleShares, RulesByDay, Totals } from './rules-part.tsx'
import { type FigureSearch, spanOf, usualGrain } from './search.ts'

export type Figures = RouteAnswer<typeof visitFigures.report>
export type Rows = (filter: Readonly<Record<string, string | number>>) => void

/** Who comes when, to whom, how long they wait, and which rules are kept (V23, G8): every figure opens its visits. */
export function VisitFigures() {
  const { t } = useTranslation()
  const language = useUiLanguage()
  const zone = useZone()
  const navigate = useNavigate()
  const search: FigureSearch = useSearch({ strict: false })
  const reads = useCan('visit.read')
  const today = dayIn(zone, serverNow())
  const week = spanOf('week', today)
  const { grain: _, ...asked } = search
  const span = { ...asked, from: search.from ?? week.from, to: search.to ?? week.to }
  const grain = search.grain ?? usualGrain(span.from, span.to)
  const report = useQuery({
    queryKey: ['visit-figures', span, grain],
    queryFn: ({ signal }) => call(visitFigures.report, { query: { ...span, grain } }, { signal }),
    placeholderData: keepPreviousData,
    staleTime: 30_000,
  })
  const go = (next: FigureSearch) =>
    void navigate({ to: '/visit-figures', search: { ...next }, replace: true })
  const { hostId, ...filter } = span
  const rows: Rows = (more) =>
    void navigate({
      to: reads ? '/register' : '/visit-figures/rows',
      search: { ...filter, ...(hostId === undefined ? {} : { ofHost: hostId }), ...more },
    })
  const { data } = report
  return (
    <div className={css.page}>
      <header className={css.head}>
        <h1>{t('visits.figures.title')}</h1>
        <ReportTools
          file={() => fetchFile(visitFigures.export, { query: { ...span, grain, language } })}
          words={{
            export: t('visits.figures.export'),
            exported: t('visits.figures.exported'),
            print: t('visits.figures.print'),
          }}
        />
      </header>
      <FigureFilters
        search={{ ...search, ...span }}
        grain={grain}
        today={today}
        hostName={data?.hosts.find(({ id }) => id === hostId)?.name}
        onChange={go}
      />
      {data && data.scope !== 'site' ? (
        <p className={css.quiet}>{t(`visits.figures.scope.${data.scope}`)}</p>
      ) : null}
      <ProblemNotice fault={report.error} onRetry={() => void report.refetch()} />
      {report.isPending ? <Skeleton rows={8} /> : null}
      {data ? (
        <Report data={data} span={span} rows={rows} onHost={(id) => go({ ...search, hostId: id })} />
      ) : null}
    </div>
  )
}

function Report({
  data,
  span,
  rows,
  onHost,
}: {
  data: Figures
  span: FigureSearch & { from: string; to: string }
  rows: Rows
  onHost: (id: string) => void
}) {
  const { t } = useTranslation()
  const all = useCan('visit.figures-all')
  if (data.total.visits === 0)
    return (
      <Empty icon="chart" title={t('visits.figures.empty')}>
        {t('visits.figures.emptyHelp')}
      </Empty>
    )
  return (
    <>
      <RuleShares data={data} rows={rows} />
      <Totals data={data} rows={rows} />
      <div className={css.grid}>
        <Hours data={data} rows={rows} />
        <Course data={data} rows={rows} />
        <Waits data={data} rows={rows} />
        <Kinds data={data} rows={rows} />
        <Departments data={data} rows={rows} />
        <People span={span} rows={rows} />
        <Hosts data={data} rows={rows} onHost={onHost} />
        <RulesByDay data={data} rows={rows} />
        {all ? <Sites span={span} /> : null}
      </div>
    </>
  )
}
