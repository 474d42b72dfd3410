import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Bars } from '../../../../ui-kit/charts.tsx'
import { call } from '../../../../ui-kit/client.ts'
import { ProblemNotice } from '../../../../ui-kit/problem-notice.tsx'
import { Skeleton } from '../../../../ui-kit/skeleton.tsx'
import { visitFigures } from '../../figures/contract.ts'
import css from './figures.module.css'
import type { Figures, Rows } from './figures.tsx'
import { Part } from './part.tsx'
import { ruleMisses, ShareCell } from './rules-part.tsx'
import type { FigureSearch } from './search.ts'

type Span = FigureSearch & { from: string; to: string }

/** Where visitors come from and who comes again; asked for beside the report, so that neither waits for the other. */
export function People({ span, rows }: { span: Span; rows: Rows }) {
  const { t } = useTranslation()
  const { grain: _, ...query } = span
  const { data, error, refetch, isPending } = useQuery({
    queryKey: ['visit-figures', 'people', query],
    queryFn: ({ signal }) => call(visitFigures.people, { query }, { signal }),
    placeholderData: keepPreviousData,
    staleTime: 30_000,
  })
  const organisations = t('visits.figures.organisations')
  const again = t('visits.figures.again')
  return (
    <>
      <Part title={organisations}>
        <ProblemNotice fault={error} onRetry={() => void refetch()} />
        {isPending ? <Skeleton rows={4} /> : null}
        {data?.organisations.length === 0 ? (
          <p className={css.quiet}>{t('visits.figures.noOrganisation')}</p>
        ) : null}
        <Bars
          caption={organisations}
          bars={[
            ...(data?.organisations ?? []).map((one) => ({
              key: one.name,
              label: one.name,
              value: one.arrived,
              onOpen: () => rows({ slice: 'arrived', organisation: one.name }),
              title: t('visits.figures.openRows', { name: one.name }),
            })),
            ...(data?.otherOrganisations
              ? [
                  {
                    key: 'others',
                    label: t('visits.figures.others', { count: data.otherOrganisations.count }),
                    value: data.otherOrganisations.arrived,
                  },
                ]
              : []),
          ]}
        />
      </Part>
      <Part
        title={again}
        note={data ? t('visits.figures.againNote', { visitors: data.visitors, fresh: data.newVisitors }) : ''}
      >
        <Bars
          caption={again}
          bars={(data?.times ?? []).map((one) => ({
            key: String(one.times),
            label: t(one.times === 5 ? 'visits.figures.manyTimes' : 'visits.figures.times', {
              count: one.times,
            }),
            value: one.visitors,
          }))}
        />
        {data && data.often.length > 0 ? (
          <table className={css.table}>
            <caption className={css.quiet}>{t('visits.figures.often')}</caption>
            <tbody>
              {data.often.map((one) => (
                <tr key={one.visitorId}>
                  <th scope="row">{[one.name, one.organisation].filter(Boolean).join(' · ')}</th>
                  <td>
                    {one.name === '' ? (
                      one.visits
                    ) : (
                      <button
                        type="button"
                        className={css.link}
                        aria-label={`${one.visits}: ${t('visits.figures.openRows', { name: one.name })}`}
                        onClick={() => rows({ slice: 'arrived', ofVisitor: one.visitorId })}
                      >
                        {one.visits}
                      </button>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        ) : null}
      </Part>
    </>
  )
}

/** Whom they came to see, and how each keeps the rules (G8). */
export function Hosts({ data, rows, onHost }: { data: Figures; rows: Rows; onHost: (id: string) => void }) {
  const { t } = useTranslation()
  if (data.hosts.length === 0) return null
  const lines = [
    ...data.hosts.map((one) => ({ ...one, key: one.id ?? '' })),
    ...(data.otherHosts === null
      ? []
      : [{ ...data.otherHosts, id: null, name: t('visits.figures.otherHosts'), key: 'others' }]),
  ]
  return (
    <Part title={t('visits.figures.hosts')} wide>
      <div className={css.scroll}>
        <table className={css.table}>
          <thead>
            <tr>
              <th scope="col">{t('visits.figures.host')}</th>
              <th scope="col">{t('visits.figures.slice.arrived')}</th>
              {ruleMisses.map(([name]) => (
                <th key={name} scope="col">
                  {t(`visits.figures.rule.${name}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {lines.map((one) => {
              const { id } = one
              const name = one.name || t('visits.figures.noHost')
              return (
                <tr key={one.key}>
                  <th scope="row">
                    {id === null ? (
                      name
                    ) : (
                      <button type="button" className={css.link} onClick={() => onHost(id)}>
                        {name}
                      </button>
                    )}
                  </th>
                  <td>
                    {id === null || one.arrived === 0 ? (
                      one.arrived
                    ) : (
                      <button
                        type="button"
                        className={css.link}
                        aria-label={`${one.arrived}: ${t('visits.figures.openRows', { name })}`}
                        onClick={() => rows({ slice: 'arrived', ofHost: id })}
                      >
                        {one.arrived}
                      </button>
                    )}
                  </td>
                  {ruleMisses.map(([rule, slice]) => (
                    <ShareCell
                      key={rule}
                      rules={one.rules}
                      name={rule}
                      whose={name}
                      onMisses={id === null ? undefined : () => rows({ slice, ofHost: id })}
                    />
                  ))}
                </tr>
              )
            })}
          </tbody>
        </table>
      </div>
    </Part>
  )
}

/** Only worth a table when there is more than one. */
export function Sites({ span }: { span: Span }) {
  const { t } = useTranslation()
  const { data } = useQuery({
    queryKey: ['visit-figures', 'sites', span.from, span.to],
    queryFn: ({ signal }) =>
      call(visitFigures.sites, { query: { from: span.from, to: span.to } }, { signal }),
    staleTime: 30_000,
  })
  if (data === undefined || data.items.length < 2) return null
  return (
    <Part title={t('visits.figures.sites')} note={t('visits.figures.sitesNote')} wide>
      <div className={css.scroll}>
        <table className={css.table}>
          <thead>
            <tr>
              <th scope="col">{t('visits.figures.site')}</th>
              <th scope="col">{t('visits.figures.slice.arrived')}</th>
              <th scope="col">{t('visits.figures.total.people')}</th>
              {ruleMisses.map(([name]) => (
                <th key={name} scope="col">
                  {t(`visits.figures.rule.${name}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {data.items.map((one) => (
              <tr key={one.id}>
                <th scope="row">{one.name}</th>
                <td>{one.arrived}</td>
                <td>{one.people}</td>
                {ruleMisses.map(([name]) => (
                  <ShareCell key={name} rules={one.rules} name={name} whose={one.name} onMisses={undefined} />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Part>
  )
}
