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
import { callbacks } from '../../callbacks/contract.ts'
import { callbackKinds } from '../../callbacks/rules.ts'
import { ListFrame, PagedRows, usePages } from '../log/list-frame.tsx'
import css from '../log/log.module.css'
import { CallbackRecord } from './callback-record.tsx'
import { CallbackTable } from './callback-table.tsx'
import { callbackKey } from './key.ts'
import { NewCallback } from './new-callback.tsx'
import { type CallbackSearch, callbackFilters, readCallbackSearch, whoseCallbacks } from './search.ts'

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
  const pages = usePages(list)
  useLiveInvalidate({ callback: callbackKey })
  const page = useQuery({
    queryKey: [...callbackKey, 'list', list, pages.query.cursor ?? ''],
    queryFn: ({ signal }) => call(callbacks.list, { query: { ...filter, ...pages.query } }, { signal }),
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
  return (
    <ListFrame
      title={t('callbacks.title')}
      tools={
        promises ? (
          <Button kind="primary" icon="plus" keyHint="b" onClick={openNew}>
            {t('callbacks.new.title')}
          </Button>
        ) : null
      }
      panel={
        form === 'new' ? (
          <NewCallback onClose={() => go(kept)} onPromised={(id) => go({ ...kept, callback: id })} />
        ) : opened ? (
          <CallbackRecord key={opened} id={opened} onClose={() => go(kept)} />
        ) : null
      }
    >
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
      <PagedRows
        page={page}
        pages={pages}
        total={data}
        empty={{
          icon: 'phone',
          title: t(`callbacks.empty.${status === 'open' ? 'open' : 'other'}`),
          help: t('callbacks.emptyHelp'),
        }}
      >
        {(rows, stale) => (
          <CallbackTable
            rows={rows}
            opened={opened}
            stale={stale}
            onOpen={(id) => go({ ...kept, callback: id })}
          />
        )}
      </PagedRows>
    </ListFrame>
  )
}
