import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../../../../ui-kit/client.ts'
import { Empty } from '../../../../../ui-kit/empty.tsx'
import { useUiLanguage, useZone } from '../../../../../ui-kit/language.ts'
import { Pager } from '../../../../../ui-kit/pager.tsx'
import { ProblemNotice } from '../../../../../ui-kit/problem-notice.tsx'
import { Skeleton } from '../../../../../ui-kit/skeleton.tsx'
import { Tabs } from '../../../../../ui-kit/tabs.tsx'
import { formatDateTime } from '../../../../../ui-kit/zone-time.ts'
import { musterKinds, musters } from '../../contract.ts'
import { MusterBoard } from '../board.tsx'
import css from '../muster.module.css'
import { useCurrentMuster } from '../queries.ts'
import { StartMuster } from '../start.tsx'

/** V18: the evacuation that runs, or the button that starts one; below it what is past. */
export function Muster() {
  const { t } = useTranslation()
  const current = useCurrentMuster()
  const { data } = current
  return (
    <div className={css.page}>
      <header className={css.head}>
        <h1>{t('muster.title')}</h1>
        {data?.rights.read ? (
          <Link to="/print/evacuation" className={css.bannerLink}>
            {t('muster.inside.print')}
          </Link>
        ) : null}
      </header>
      <ProblemNotice fault={current.error} onRetry={() => void current.refetch()} />
      {current.isPending ? <Skeleton rows={6} /> : null}
      {data?.muster ? <MusterBoard muster={data.muster} current={data} /> : null}
      {data && !data.muster && data.rights.start ? <StartMuster /> : null}
      <PastMusters />
    </div>
  )
}

const pageSize = 20

function PastMusters() {
  const { t } = useTranslation()
  const zone = useZone()
  const language = useUiLanguage()
  const [kind, setKind] = useState<(typeof musterKinds)[number]>('alarm')
  const [cursors, setCursors] = useState<readonly string[]>([])
  const cursor = cursors.at(-1)
  const page = useQuery({
    queryKey: ['muster', 'past', kind, cursor ?? ''],
    queryFn: ({ signal }) =>
      call(
        musters.list,
        { query: { kind, limit: pageSize, ...(cursor === undefined ? {} : { cursor }) } },
        { signal },
      ),
    placeholderData: keepPreviousData,
  })
  const { data } = page
  const next = data?.next ?? null
  return (
    <section aria-labelledby="muster-past">
      <h2 id="muster-past">{t('muster.past.title')}</h2>
      <Tabs
        label={t('muster.past.title')}
        value={kind}
        onChange={(value) => {
          setCursors([])
          setKind(value)
        }}
        tabs={musterKinds.map((value) => ({ value, label: t(`muster.past.${value}`) }))}
      >
        <ProblemNotice fault={page.error} onRetry={() => void page.refetch()} />
        {page.isPending ? <Skeleton rows={3} /> : null}
        {data && data.items.length === 0 ? <Empty icon="list" title={t('muster.past.none')} /> : null}
        {data && data.items.length > 0 ? (
          <>
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable from the keyboard */}
            <section className={css.scroll} tabIndex={0} aria-label={t('muster.past.title')}>
              <table className={css.table}>
                <thead>
                  <tr>
                    {(['started', 'by', 'ended', 'people', 'missing', 'note'] as const).map((head) => (
                      <th key={head} scope="col">
                        {t(`muster.past.column.${head}`)}
                      </th>
                    ))}
                  </tr>
                </thead>
                <tbody>
                  {data.items.map((one) => (
                    <tr key={one.id}>
                      <th scope="row">
                        <Link to="/muster/$id" params={{ id: one.id }}>
                          {formatDateTime(one.startedAt, zone, language)}
                        </Link>
                      </th>
                      <td>{one.startedByName}</td>
                      <td>
                        {one.endedAt ? formatDateTime(one.endedAt, zone, language) : t('muster.past.runs')}
                      </td>
                      <td>{one.total}</td>
                      <td>{one.missingAtEnd ?? one.total - one.safe}</td>
                      <td>{[one.note, one.endNote].filter(Boolean).join(' · ')}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </section>
            <Pager
              from={cursors.length * pageSize + 1}
              shown={data.items.length}
              total={data.total}
              onPrevious={cursors.length > 0 ? () => setCursors(cursors.slice(0, -1)) : undefined}
              onNext={next === null ? undefined : () => setCursors([...cursors, next])}
            />
          </>
        ) : null}
      </Tabs>
    </section>
  )
}
