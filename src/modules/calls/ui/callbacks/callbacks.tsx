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
import { callbacks } from '../../callbacks/contract.ts'
import { callbackKinds } from '../../callbacks/rules.ts'
import css from '../log/log.module.css'
import { CallbackRecord } from './callback-record.tsx'
import { CallbackTable } from './callback-table.tsx'
import { callbackKey } from './key.ts'
import { NewCallback } from './new-callback.tsx'
import { type CallbackSearch, callbackFilters, readCallbackSearch, whoseCallbacks } from './search.ts'

const pageSize = 50

/** 我的回电: what was promised and is still owed, the next one first (C4, C7, C10, C14). */
export function Callbacks() {
  const { t } = useTranslation()
  const search: CallbackSearch = useSearch({ strict: false })
  const navigate = useNavigate()
  const readsAll = useCan('callback.read')
  const promises = useCan('callback.promise')
  const whose = search.whose ?? 'mine'
  const status = search.status ?? 'open'
  const { callback: opened, open: form, ...kept } = search
  const filter = { ...kept, whose, status }
  const list = JSON.stringify(filter)
  const [pages, setPages] = useState<{ list: string; cursors: readonly string[] }>({ list, cursors: [] })
  const cursors = pages.list === list ? pages.cursors : []
  const cursor = cursors.at(-1)
  useLiveInvalidate({ callback: callbackKey })
  const page = useQuery({
    queryKey: [...callbackKey, 'list', list, cursor ?? ''],
    queryFn: ({ signal }) =>
      call(
        callbacks.list,
        { query: { ...filter, limit: pageSize, ...(cursor === undefined ? {} : { cursor }) } },
        { signal },
      ),
    placeholderData: keepPreviousData,
  })
  const go = (next: CallbackSearch) => void navigate({ to: '/callbacks', search: next, replace: true })
  const change = (part: Readonly<Record<string, string>>) => {
    // A card opened before the typing paused stays open.
    const filled = Object.entries({ ...search, ...part }).filter(([, value]) => value !== '')
    go(readCallbackSearch(Object.fromEntries(filled)))
  }
  const openNew = () => go({ ...kept, open: 'new' })
  useKeys({ b: { label: t('callbacks.new.title'), run: openNew } }, { enabled: promises })
  const { data } = page
  const next = data?.next ?? null
  const turn = (to: readonly string[]) => setPages({ list, cursors: to })
  return (
    <div className={css.page}>
      <div className={css.list}>
        <header className={css.head}>
          <h1>{t('callbacks.title')}</h1>
          {promises ? (
            <Button kind="primary" icon="plus" keyHint="b" onClick={openNew}>
              {t('callbacks.new.title')}
            </Button>
          ) : null}
        </header>
        <Tabs
          label={t('callbacks.whoseLabel')}
          value={whose}
          onChange={(value) => change({ whose: value })}
          tabs={whoseCallbacks
            .filter((value) => value !== 'all' || readsAll)
            .map((value) => ({ value, label: t(`callbacks.whose.${value}`) }))}
        />
        <search className={css.filters} aria-label={t('callbacks.filters')}>
          <SearchText
            label={t('callbacks.find')}
            hint={t('callbacks.findHint')}
            value={search.text ?? ''}
            onChange={(text) => change({ text })}
          />
          <Field label={t('callbacks.statusLabel')}>
            <SelectNative
              value={status}
              options={callbackFilters.map((value) => ({ value, label: t(`callbacks.filter.${value}`) }))}
              onChange={(value) => change({ status: value })}
            />
          </Field>
          <Field label={t('callbacks.kindLabel')}>
            <SelectNative
              value={search.kind ?? ''}
              placeholder={t('callbacks.allKinds')}
              options={callbackKinds.map((value) => ({ value, label: t(`callbacks.kind.${value}`) }))}
              onChange={(value) => change({ kind: value })}
            />
          </Field>
          <div className={css.quick}>
            <Button
              pressed={search.late === 'true'}
              onClick={() => change({ late: search.late === 'true' ? '' : 'true' })}
            >
              {t('callbacks.late', { count: data?.overdue ?? 0 })}
            </Button>
          </div>
        </search>
        <ProblemNotice fault={page.error} onRetry={() => void page.refetch()} />
        {page.isPending ? <Skeleton rows={8} /> : null}
        {data && data.items.length === 0 ? (
          <Empty icon="phone" title={t(`callbacks.empty.${status === 'open' ? 'open' : 'other'}`)}>
            {t('callbacks.emptyHelp')}
          </Empty>
        ) : null}
        {data && data.items.length > 0 ? (
          <>
            <CallbackTable
              rows={data.items}
              opened={opened}
              stale={page.isPlaceholderData}
              onOpen={(id) => go({ ...kept, callback: id })}
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
      {form === 'new' ? (
        <div className={css.panel}>
          <NewCallback onClose={() => go(kept)} onPromised={(id) => go({ ...kept, callback: id })} />
        </div>
      ) : opened ? (
        <div className={css.panel}>
          <CallbackRecord key={opened} id={opened} onClose={() => go(kept)} />
        </div>
      ) : null}
    </div>
  )
}
