import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../../../../ui-kit/client.ts'
import { Empty } from '../../../../../ui-kit/empty.tsx'
import { Field } from '../../../../../ui-kit/field.tsx'
import { SelectNative } from '../../../../../ui-kit/inputs.tsx'
import { useUiLanguage, useZone } from '../../../../../ui-kit/language.ts'
import { Pager } from '../../../../../ui-kit/pager.tsx'
import { ProblemNotice } from '../../../../../ui-kit/problem-notice.tsx'
import { Skeleton } from '../../../../../ui-kit/skeleton.tsx'
import { formatDateTime } from '../../../../../ui-kit/zone-time.ts'
import { watchList } from '../../../watch-list/contract.ts'
import { Comparison } from './comparison.tsx'
import { Decided } from './decision.tsx'
import { watchKeys } from './queries.ts'
import css from './watch.module.css'

const pageSize = 20

/** Every likeness with what explains it; undecided ones first to be asked for. */
export function Hits() {
  const { t } = useTranslation()
  const zone = useZone()
  const language = useUiLanguage()
  const [open, setOpen] = useState('')
  const [cursors, setCursors] = useState<readonly string[]>([])
  const cursor = cursors.at(-1)
  const page = useQuery({
    queryKey: [...watchKeys.all, 'hits', open, cursor ?? ''],
    queryFn: ({ signal }) =>
      call(
        watchList.hits,
        {
          query: {
            limit: pageSize,
            ...(open === 'yes' || open === 'no' ? { open } : {}),
            ...(cursor === undefined ? {} : { cursor }),
          },
        },
        { signal },
      ),
    placeholderData: keepPreviousData,
  })
  const items = page.data?.items ?? []
  const next = page.data?.next ?? null
  return (
    <>
      <div className={css.filters}>
        <Field label={t('watch.decision.state')}>
          <SelectNative
            value={open}
            placeholder={t('watch.all')}
            onChange={(value) => {
              setOpen(value)
              setCursors([])
            }}
            options={[
              { value: 'yes', label: t('watch.decision.open') },
              { value: 'no', label: t('watch.decision.done') },
            ]}
          />
        </Field>
      </div>
      <ProblemNotice fault={page.error} onRetry={() => void page.refetch()} />
      {page.isPending ? <Skeleton rows={6} /> : null}
      {page.data && items.length === 0 ? <Empty icon="checkCircle" title={t('watch.noHits')} /> : null}
      {items.length > 0 ? (
        <>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable from the keyboard */}
          <section className={css.scroll} tabIndex={0} aria-label={t('watch.hits')}>
            {items.map((hit) => (
              <article key={hit.id} className={`${css.hits} ${css.quiet}`}>
                <h2>
                  <a href={`/register?visit=${hit.visitId}`}>
                    {hit.visitNumber} {hit.person.name}
                  </a>
                </h2>
                <p className={css.note}>
                  {formatDateTime(hit.at, zone, language)} · {t(`watch.moment.${hit.moment}`)} · {hit.byName}{' '}
                  · {t(`watch.effect.${hit.effect}`)}
                </p>
                <Comparison hit={hit} />
                {hit.decision === null ? <p>{t('watch.decision.open')}</p> : <Decided hit={hit} />}
              </article>
            ))}
          </section>
          <Pager
            from={cursors.length * pageSize + 1}
            shown={items.length}
            busy={page.isPlaceholderData}
            onPrevious={cursors.length > 0 ? () => setCursors(cursors.slice(0, -1)) : undefined}
            onNext={next === null ? undefined : () => setCursors([...cursors, next])}
          />
        </>
      ) : null}
    </>
  )
}
