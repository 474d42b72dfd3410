import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../../ui-kit/button.tsx'
import { call } from '../../../../ui-kit/client.ts'
import { Empty } from '../../../../ui-kit/empty.tsx'
import { ProblemNotice } from '../../../../ui-kit/problem-notice.tsx'
import { Skeleton } from '../../../../ui-kit/skeleton.tsx'
import { Tabs } from '../../../../ui-kit/tabs.tsx'
import { remarks } from '../../remarks/contract.ts'
import css from '../customers.module.css'
import { customerKeys, useLiveCustomers } from '../queries.ts'
import { RemarkList } from './remarks-box.tsx'

const tabs = ['open', 'answered', 'research'] as const
type Tab = (typeof tabs)[number]

/** Suggestions to answer, those answered, and what the market says (S10, T5). */
export function Suggestions() {
  const { t } = useTranslation()
  const [tab, setTab] = useState<Tab>('open')
  useLiveCustomers()
  const filter =
    tab === 'research' ? { kind: 'research' as const } : { kind: 'suggestion' as const, status: tab }
  const pages = useInfiniteQuery({
    queryKey: [...customerKeys.all, 'suggestions', tab],
    initialPageParam: '',
    queryFn: ({ pageParam, signal }) =>
      call(
        remarks.list,
        { query: { ...filter, limit: 30, ...(pageParam === '' ? {} : { cursor: pageParam }) } },
        { signal },
      ),
    getNextPageParam: (page) => page.next,
  })
  const items = pages.data?.pages.flatMap((page) => page.items) ?? []
  return (
    <div className={css.page}>
      <h1>{t('customers.remarks.suggestions')}</h1>
      <Tabs
        label={t('customers.remarks.suggestions')}
        value={tab}
        onChange={setTab}
        tabs={tabs.map((value) => ({ value, label: t(`customers.remarks.tab.${value}`) }))}
      >
        <ProblemNotice fault={pages.error} onRetry={() => void pages.refetch()} />
        {pages.isPending ? <Skeleton rows={4} /> : null}
        {pages.data && items.length === 0 ? (
          <Empty icon="message" title={t('customers.remarks.none')}>
            {t('customers.remarks.noneHelp')}
          </Empty>
        ) : null}
        <RemarkList items={items} named />
        {pages.hasNextPage ? (
          <Button busy={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
            {t('customers.history.more')}
          </Button>
        ) : null}
      </Tabs>
    </div>
  )
}
