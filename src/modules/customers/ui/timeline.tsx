import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { history } from '../../../kernel/history/contract.ts'
import { Button } from '../../../ui-kit/button.tsx'
import { call } from '../../../ui-kit/client.ts'
import { useUiLanguage, useZone } from '../../../ui-kit/language.ts'
import { ProblemNotice } from '../../../ui-kit/problem-notice.tsx'
import { Skeleton } from '../../../ui-kit/skeleton.tsx'
import { formatDateTime } from '../../../ui-kit/zone-time.ts'
import css from './customers.module.css'
import { customerKeys } from './queries.ts'

interface TimelineProps {
  entity: 'customer' | 'contact'
  id: string
  /** Lines at first; more on demand. */
  limit?: number
}

/** Calls, visits, complaints, remarks: everything that concerns a card, newest first (C5). */
export function Timeline({ entity, id, limit = 15 }: TimelineProps) {
  const { t } = useTranslation()
  const zone = useZone()
  const language = useUiLanguage()
  const pages = useInfiniteQuery({
    queryKey: [...customerKeys.history(entity, id), limit],
    initialPageParam: '',
    queryFn: ({ pageParam, signal }) =>
      call(
        history.read,
        { query: { entity, id, limit, ...(pageParam === '' ? {} : { before: pageParam }) } },
        { signal },
      ),
    getNextPageParam: (page) => page.next,
  })
  const items = pages.data?.pages.flatMap((page) => page.items) ?? []
  return (
    <section className={css.box} aria-label={t('customers.history.title')}>
      <h2>{t('customers.history.title')}</h2>
      <ProblemNotice fault={pages.error} onRetry={() => void pages.refetch()} />
      {pages.isPending ? <Skeleton rows={4} /> : null}
      {pages.data && items.length === 0 ? <p className={css.quiet}>{t('customers.history.empty')}</p> : null}
      <ol className={css.list}>
        {items.map((item) => {
          const words = t(item.textKey, item.facts)
          return (
            <li key={`${item.entity} ${item.id}`} className={css[item.tone]}>
              <div className={css.between}>
                {item.link === null ? <span>{words}</span> : <Link to={item.link}>{words}</Link>}
                <time className={css.figure} dateTime={item.at}>
                  {formatDateTime(item.at, zone, language)}
                </time>
              </div>
              {item.matter === '' ? null : <div className={css.quiet}>{item.matter}</div>}
            </li>
          )
        })}
      </ol>
      {pages.hasNextPage ? (
        <div>
          <Button busy={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
            {t('customers.history.more')}
          </Button>
        </div>
      ) : null}
    </section>
  )
}
