import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../../../../ui-kit/client.ts'
import { Empty } from '../../../../../ui-kit/empty.tsx'
import { useSpoken, useUiLanguage, useZone } from '../../../../../ui-kit/language.ts'
import { Pager } from '../../../../../ui-kit/pager.tsx'
import { ProblemNotice } from '../../../../../ui-kit/problem-notice.tsx'
import { useCan } from '../../../../../ui-kit/session.ts'
import { Skeleton } from '../../../../../ui-kit/skeleton.tsx'
import { formatDateTime, formatDay } from '../../../../../ui-kit/zone-time.ts'
import { privacy } from '../../../retention/contract.ts'
import { People } from './people.tsx'
import css from './privacy.module.css'

/** What is kept of visitors and for how long, what the nights took away, and what people ask about their own data (G5). */
export function Privacy() {
  const { t } = useTranslation()
  const manages = useCan('privacy.manage')
  return (
    <div className={css.page}>
      <h1>{t('visits.privacy.title')}</h1>
      <div className={css.columns}>
        <div className={css.part}>
          <Terms />
          <Requests />
        </div>
        {manages ? <People /> : null}
      </div>
    </div>
  )
}

function Terms() {
  const { t } = useTranslation()
  const spoken = useSpoken()
  const zone = useZone()
  const language = useUiLanguage()
  const overview = useQuery({
    queryKey: ['privacy', 'overview'],
    queryFn: ({ signal }) => call(privacy.overview, {}, { signal }),
  })
  if (overview.isPending) return <Skeleton rows={5} />
  if (!overview.data) return <ProblemNotice fault={overview.error} onRetry={() => void overview.refetch()} />
  const { terms, documentDays, lookDays, photoDays, importDays, runs } = overview.data
  return (
    <>
      <section className={css.part} aria-labelledby="privacy-terms">
        <h2 id="privacy-terms">{t('visits.privacy.terms')}</h2>
        <table className={css.table}>
          <thead>
            <tr>
              <th scope="col">{t('visits.privacy.category')}</th>
              <th scope="col" className={css.number}>
                {t('visits.privacy.days')}
              </th>
              <th scope="col">{t('visits.privacy.what')}</th>
              <th scope="col" className={css.number}>
                {t('visits.privacy.kept')}
              </th>
              <th scope="col" className={css.number}>
                {t('visits.privacy.due')}
              </th>
              <th scope="col">{t('visits.privacy.oldest')}</th>
            </tr>
          </thead>
          <tbody>
            {terms.map((term) => (
              <tr key={term.category}>
                <th scope="row">{spoken(term.name)}</th>
                <td className={css.number}>{term.days}</td>
                <td>{t(`visits.privacy.erase.${term.erase}`)}</td>
                <td className={css.number}>{term.kept}</td>
                <td className={css.number}>{term.due}</td>
                <td>{term.oldest === null ? '' : formatDay(term.oldest, zone, language)}</td>
              </tr>
            ))}
          </tbody>
        </table>
        <p className={css.hint}>
          {t('visits.privacy.earlier', { documentDays, lookDays, photoDays, importDays })}
        </p>
      </section>
      <section className={css.part} aria-labelledby="privacy-runs">
        <h2 id="privacy-runs">{t('visits.privacy.runs')}</h2>
        {runs.length === 0 ? (
          <p className={css.hint}>{t('visits.privacy.noRuns')}</p>
        ) : (
          <ul className={css.found}>
            {runs.map((run) => (
              <li key={`${run.day} ${run.category}`}>
                {t(run.category === '-' ? 'visits.privacy.ranApart' : 'visits.privacy.ran', {
                  ...run,
                  category:
                    spoken(terms.find(({ category }) => category === run.category)?.name) || run.category,
                })}
              </li>
            ))}
          </ul>
        )}
      </section>
    </>
  )
}

function Requests() {
  const { t } = useTranslation()
  const zone = useZone()
  const language = useUiLanguage()
  const [trail, setTrail] = useState<readonly string[]>([])
  const cursor = trail.at(-1)
  const list = useQuery({
    queryKey: ['privacy', 'requests', cursor],
    queryFn: ({ signal }) =>
      call(
        privacy.requests,
        { query: { limit: 20, ...(cursor === undefined ? {} : { cursor }) } },
        { signal },
      ),
  })
  return (
    <section className={css.part} aria-labelledby="privacy-requests">
      <h2 id="privacy-requests">{t('visits.privacy.requests')}</h2>
      <ProblemNotice fault={list.error} onRetry={() => void list.refetch()} />
      {list.isPending ? <Skeleton rows={3} /> : null}
      {list.data?.items.length === 0 ? <Empty icon="lock" title={t('visits.privacy.noRequests')} /> : null}
      {list.data && list.data.items.length > 0 ? (
        <>
          <table className={css.table}>
            <thead>
              <tr>
                <th scope="col">{t('visits.privacy.number')}</th>
                <th scope="col">{t('visits.privacy.kind')}</th>
                <th scope="col">{t('visits.privacy.reason')}</th>
                <th scope="col" className={css.number}>
                  {t('visits.privacy.visits')}
                </th>
                <th scope="col">{t('visits.privacy.at')}</th>
                <th scope="col">{t('visits.privacy.by')}</th>
              </tr>
            </thead>
            <tbody>
              {list.data.items.map((one) => (
                <tr key={one.id}>
                  <th scope="row">{one.number}</th>
                  <td>{t(`visits.privacy.request.${one.kind}`)}</td>
                  <td>{one.reason}</td>
                  <td className={css.number}>{one.visits}</td>
                  <td>{formatDateTime(one.at, zone, language)}</td>
                  <td>{one.byName}</td>
                </tr>
              ))}
            </tbody>
          </table>
          <Pager
            from={trail.length * 20 + 1}
            shown={list.data.items.length}
            {...(trail.length > 0 ? { onPrevious: () => setTrail(trail.slice(0, -1)) } : {})}
            {...(list.data.next === null ? {} : { onNext: () => setTrail([...trail, list.data.next ?? '']) })}
          />
        </>
      ) : null}
    </section>
  )
}
