import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../../ui-kit/button.tsx'
import { call } from '../../../../ui-kit/client.ts'
import { Field } from '../../../../ui-kit/field.tsx'
import { SelectNative } from '../../../../ui-kit/inputs.tsx'
import { useKeys } from '../../../../ui-kit/keys.ts'
import { useLiveInvalidate } from '../../../../ui-kit/live.ts'
import { SearchText } from '../../../../ui-kit/search-text.tsx'
import { useCan } from '../../../../ui-kit/session.ts'
import { Tabs } from '../../../../ui-kit/tabs.tsx'
import { messages } from '../../messages/contract.ts'
import { MessagePanel } from '../call-panel/message-panel.tsx'
import { ListFrame, PagedRows, usePages } from '../log/list-frame.tsx'
import css from '../log/log.module.css'
import { callKeys } from '../queries.ts'
import { MessageRecord } from './message-record.tsx'
import { MessageTable } from './message-table.tsx'
import { type MessageSearch, messageFilters, whoseMessages } from './search.ts'

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
  const pages = usePages(list)
  useLiveInvalidate({ message: callKeys.messages })
  const page = useQuery({
    queryKey: [...callKeys.messages, 'board', list, pages.query.cursor ?? ''],
    queryFn: ({ signal }) => call(messages.list, { query: { ...filter, ...pages.query } }, { signal }),
    placeholderData: keepPreviousData,
  })
  const go = (next: MessageSearch) => void navigate({ to: '/messages', search: next, replace: true })
  const { message: _, open: __, ...kept } = search
  const openNew = () => go({ ...kept, open: 'new' })
  useKeys({ m: { label: t('messages.new.title'), run: openNew } }, { enabled: writes })
  const { data } = page
  return (
    <ListFrame
      title={t('messages.title')}
      tools={
        writes ? (
          <Button kind="primary" icon="plus" keyHint="m" onClick={openNew}>
            {t('messages.new.title')}
          </Button>
        ) : null
      }
      panel={
        search.open === 'new' ? (
          <MessagePanel onClose={() => go(kept)} />
        ) : search.message ? (
          <MessageRecord key={search.message} id={search.message} onClose={() => go(kept)} />
        ) : null
      }
    >
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
      <PagedRows
        page={page}
        pages={pages}
        total={data}
        empty={{
          icon: 'message',
          title: t(`messages.empty.${status === 'open' ? 'open' : 'other'}`),
          help: t('messages.emptyHelp'),
        }}
      >
        {(rows, stale) => (
          <MessageTable
            rows={rows}
            opened={search.message}
            stale={stale}
            onOpen={(id) => go({ ...kept, message: id })}
          />
        )}
      </PagedRows>
    </ListFrame>
  )
}
