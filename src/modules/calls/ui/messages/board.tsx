import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../../ui-kit/button.tsx'
import { call } from '../../../../ui-kit/client.ts'
import { Empty } from '../../../../ui-kit/empty.tsx'
import { Field } from '../../../../ui-kit/field.tsx'
import { SelectNative } from '../../../../ui-kit/inputs.tsx'
import { useKeys } from '../../../../ui-kit/keys.ts'
import { useLiveInvalidate } from '../../../../ui-kit/live.ts'
import { Pager } from '../../../../ui-kit/pager.tsx'
import { ProblemNotice } from '../../../../ui-kit/problem-notice.tsx'
import { SearchText } from '../../../../ui-kit/search-text.tsx'
import { useCan } from '../../../../ui-kit/session.ts'
import { Skeleton } from '../../../../ui-kit/skeleton.tsx'
import { Tabs } from '../../../../ui-kit/tabs.tsx'
import { messages } from '../../messages/contract.ts'
import { MessagePanel } from '../call-panel/message-panel.tsx'
import css from '../log/log.module.css'
import { callKeys } from '../queries.ts'
import { MessageRecord } from './message-record.tsx'
import { MessageTable } from './message-table.tsx'
import { type MessageSearch, messageFilters, whoseMessages } from './search.ts'

const pageSize = 50

/** 留言: mine, those I took, the whole site's; what is unread and what the caller still waits for (C10). */
export function MessagesBoard() {
  const { t } = useTranslation()
  const search: MessageSearch = useSearch({ strict: false })
  const navigate = useNavigate()
  const readsAll = useCan('message.read')
  const writes = useCan('message.take')
  const whose = search.whose ?? (readsAll ? 'all' : 'mine')
  const status = search.status ?? 'open'
  const filter = { whose, status, ...(search.text ? { text: search.text } : {}) }
  const list = JSON.stringify(filter)
  const [pages, setPages] = useState<{ list: string; cursors: readonly string[] }>({ list, cursors: [] })
  const cursors = pages.list === list ? pages.cursors : []
  const cursor = cursors.at(-1)
  useLiveInvalidate({ message: callKeys.messages })
  const page = useQuery({
    queryKey: [...callKeys.messages, 'board', list, cursor ?? ''],
    queryFn: ({ signal }) =>
      call(
        messages.list,
        { query: { ...filter, limit: pageSize, ...(cursor === undefined ? {} : { cursor }) } },
        { signal },
      ),
    placeholderData: keepPreviousData,
  })
  const go = (next: MessageSearch) => void navigate({ to: '/messages', search: next, replace: true })
  const { message: _, open: __, ...kept } = search
  const openNew = () => go({ ...kept, open: 'new' })
  useKeys({ m: { label: t('messages.new.title'), run: openNew } }, { enabled: writes })
  const { data } = page
  const next = data?.next ?? null
  const turn = (to: readonly string[]) => setPages({ list, cursors: to })
  return (
    <div className={css.page}>
      <div className={css.list}>
        <header className={css.head}>
          <h1>{t('messages.title')}</h1>
          {writes ? (
            <Button kind="primary" icon="plus" keyHint="m" onClick={openNew}>
              {t('messages.new.title')}
            </Button>
          ) : null}
        </header>
        <Tabs
          label={t('messages.whoseLabel')}
          value={whose}
          onChange={(value) => go({ ...kept, whose: value })}
          tabs={whoseMessages
            .filter((value) => value !== 'all' || readsAll)
            .map((value) => ({ value, label: t(`messages.whose.${value}`) }))}
        />
        <search className={css.filters} aria-label={t('messages.filters')}>
          <SearchText
            label={t('messages.find')}
            hint={t('messages.findHint')}
            value={search.text ?? ''}
            onChange={(text) => {
              // A card opened before the typing paused stays open.
              const { text: _text, ...rest } = search
              go(text === '' ? rest : { ...rest, text })
            }}
          />
          <Field label={t('messages.statusLabel')}>
            <SelectNative
              value={status}
              options={messageFilters.map((value) => ({ value, label: t(`messages.filter.${value}`) }))}
              onChange={(value) =>
                go({ ...kept, status: messageFilters.find((one) => one === value) ?? 'open' })
              }
            />
          </Field>
          {data ? (
            <p className={css.counts} role="status">
              {t('messages.counts', { unread: data.unread, toReport: data.toReport })}
            </p>
          ) : null}
        </search>
        <ProblemNotice fault={page.error} onRetry={() => void page.refetch()} />
        {page.isPending ? <Skeleton rows={8} /> : null}
        {data && data.items.length === 0 ? (
          <Empty icon="message" title={t(`messages.empty.${status === 'open' ? 'open' : 'other'}`)}>
            {t('messages.emptyHelp')}
          </Empty>
        ) : null}
        {data && data.items.length > 0 ? (
          <>
            <MessageTable
              rows={data.items}
              opened={search.message}
              stale={page.isPlaceholderData}
              onOpen={(id) => go({ ...kept, message: id })}
            />
            <Pager
              from={cursors.length * pageSize + 1}
              shown={data.items.length}
              total={data.total}
              totalIsFloor={data.totalIsFloor}
              busy={page.isFetching && page.isPlaceholderData}
              onPrevious={cursors.length > 0 ? () => turn(cursors.slice(0, -1)) : undefined}
              onNext={next === null ? undefined : () => turn([...cursors, next])}
            />
          </>
        ) : null}
      </div>
      {search.open === 'new' ? (
        <div className={css.panel}>
          <MessagePanel onClose={() => go(kept)} />
        </div>
      ) : search.message ? (
        <div className={css.panel}>
          <MessageRecord key={search.message} id={search.message} onClose={() => go(kept)} />
        </div>
      ) : null}
    </div>
  )
}
