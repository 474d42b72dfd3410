import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { RouteAnswer } from '../../../../kernel/contract.ts'
import { Button } from '../../../../ui-kit/button.tsx'
import { ShareFigure } from '../../../../ui-kit/charts.tsx'
import { call, fetchFile } from '../../../../ui-kit/client.ts'
import { serverNow } from '../../../../ui-kit/clock.ts'
import { Empty } from '../../../../ui-kit/empty.tsx'
import { Field } from '../../../../ui-kit/field.tsx'
import { DateTimeInput } from '../../../../ui-kit/inputs.tsx'
import { useUiLanguage, useZone } from '../../../../ui-kit/language.ts'
import { ProblemNotice } from '../../../../ui-kit/problem-notice.tsx'
import { ReportTools } from '../../../../ui-kit/report-tools.tsx'
import { Skeleton } from '../../../../ui-kit/skeleton.tsx'
import { dayIn } from '../../../../ui-kit/zone-time.ts'
import { figures } from '../../figures/contract.ts'
import css from './figures.module.css'
import { Hops, Hours, Outcomes, People, Rings, Routes, Satisfaction, Trend } from './parts.tsx'
import { type FigureSearch, spanNames, spanOf } from './span.ts'

export type Figures = RouteAnswer<typeof figures.calls>
export type Rows = (filter: Readonly<Record<string, string>>) => void

/** Are the telephone rules kept (G8): every figure opens the calls it counts. */
export function CallFigures() {
  const { t } = useTranslation()
  const language = useUiLanguage()
  const zone = useZone()
  const navigate = useNavigate()
  const { from, to, handlerId }: FigureSearch = useSearch({ strict: false })
  const today = dayIn(zone, serverNow())
  const week = spanOf('week', today)
  const span = {
    from: from ?? week.from,
    to: to ?? week.to,
    ...(handlerId === undefined ? {} : { handlerId }),
  }
  const query = useQuery({
    queryKey: ['call-figures', span],
    queryFn: ({ signal }) => call(figures.calls, { query: span }, { signal }),
    placeholderData: keepPreviousData,
    staleTime: 30_000,
  })
  const go = (next: FigureSearch) =>
    void navigate({ to: '/call-figures', search: { ...next }, replace: true })
  const rows: Rows = (filter) =>
    void navigate({ to: '/calls', search: { from: span.from, to: span.to, ...filter } })
  const { data } = query
  return (
    <div className={css.page}>
      <header className={css.head}>
        <h1>{t('calls.figures.title')}</h1>
        <ReportTools
          file={() => fetchFile(figures.export, { query: { ...span, language } })}
          words={{
            export: t('calls.figures.export'),
            exported: t('calls.figures.exported'),
            print: t('calls.figures.print'),
          }}
        />
      </header>
      <search className={css.span} aria-label={t('calls.figures.span')}>
        <Field label={t('calls.figures.from')}>
          <DateTimeInput
            kind="date"
            value={span.from}
            max={span.to}
            onChange={(from) => go({ ...span, from: from || span.from })}
          />
        </Field>
        <Field label={t('calls.figures.to')}>
          <DateTimeInput
            kind="date"
            value={span.to}
            min={span.from}
            onChange={(to) => go({ ...span, to: to || span.to })}
          />
        </Field>
        <div className={css.quick}>
          {spanNames.map((name) => {
            const wanted = spanOf(name, today)
            return (
              <Button
                key={name}
                pressed={span.from === wanted.from && span.to === wanted.to}
                onClick={() => go({ ...span, ...wanted })}
              >
                {t(`calls.figures.spans.${name}`)}
              </Button>
            )
          })}
          {span.handlerId === undefined ? null : (
            <Button icon="close" onClick={() => go({ from: span.from, to: span.to })}>
              {t('calls.figures.onlyOne', {
                name: data?.people.find(({ id }) => id === span.handlerId)?.name ?? '',
              })}
            </Button>
          )}
        </div>
      </search>
      <ProblemNotice fault={query.error} onRetry={() => void query.refetch()} />
      {query.isPending ? <Skeleton rows={8} /> : null}
      {data ? (
        <Report
          data={data}
          rows={rows}
          onPerson={(handlerId) => go({ ...span, handlerId })}
          onPrivate={() => void navigate({ to: '/private-calls', search: { from: span.from, to: span.to } })}
        />
      ) : null}
    </div>
  )
}

function Report({
  data,
  rows,
  onPerson,
  onPrivate,
}: {
  data: Figures
  rows: Rows
  onPerson: (id: string) => void
  onPrivate: () => void
}) {
  const { t } = useTranslation()
  const { total } = data
  if (total.in + total.out + total.internal === 0 && data.callbacksKept.of === 0)
    return (
      <Empty icon="phone" title={t('calls.figures.empty')}>
        {t('calls.figures.emptyHelp')}
      </Empty>
    )
  const share = (name: 'threeRings' | 'callbacksKept' | 'messagesSeen' | 'messagesReported') => ({
    label: t(`calls.figures.${name}`),
    kept: data[name].kept,
    of: data[name].of,
    hint: t('calls.figures.keptOf', { kept: data[name].kept, of: data[name].of }),
    nothing: t('calls.figures.nothingMeasured'),
  })
  return (
    <>
      <section className={css.shares} aria-label={t('calls.figures.rules')}>
        <ShareFigure
          {...share('threeRings')}
          onOpen={() => rows({ direction: 'in', late: 'true' })}
          openLabel={t('calls.figures.showMisses')}
        />
        <ShareFigure {...share('callbacksKept')} />
        <ShareFigure {...share('messagesSeen')} />
        <ShareFigure {...share('messagesReported')} />
        <dl className={css.totals}>
          {(['in', 'answered', 'missed', 'out', 'internal'] as const).map((name) => (
            <div key={name}>
              <dt>{t(`calls.figures.total.${name}`)}</dt>
              <dd>{total[name]}</dd>
            </div>
          ))}
          <div>
            <dt>{t('calls.figures.privateLong')}</dt>
            <dd>
              <button type="button" className={css.link} onClick={onPrivate}>
                {data.privateLong}
              </button>
            </dd>
          </div>
        </dl>
      </section>
      <div className={css.grid}>
        <Hours data={data} />
        <Trend data={data} rows={rows} />
        <Rings data={data} />
        <Outcomes data={data} rows={rows} />
        <Hops data={data} />
        <Routes data={data} rows={rows} />
        <People data={data} onPerson={onPerson} />
        <Satisfaction data={data} />
      </div>
    </>
  )
}
