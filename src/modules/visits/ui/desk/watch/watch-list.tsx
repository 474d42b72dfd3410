import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../../../ui-kit/button.tsx'
import { call, fetchFile, saveFile } from '../../../../../ui-kit/client.ts'
import { Empty } from '../../../../../ui-kit/empty.tsx'
import { Field } from '../../../../../ui-kit/field.tsx'
import { SelectNative } from '../../../../../ui-kit/inputs.tsx'
import { useUiLanguage, useZone } from '../../../../../ui-kit/language.ts'
import { useLiveInvalidate } from '../../../../../ui-kit/live.ts'
import { Pager } from '../../../../../ui-kit/pager.tsx'
import { ProblemNotice } from '../../../../../ui-kit/problem-notice.tsx'
import { useProblemText } from '../../../../../ui-kit/problem-text.ts'
import { SearchText } from '../../../../../ui-kit/search-text.tsx'
import { useCan } from '../../../../../ui-kit/session.ts'
import { Skeleton } from '../../../../../ui-kit/skeleton.tsx'
import { StatusChip, type Tone } from '../../../../../ui-kit/status-chip.tsx'
import { Tabs } from '../../../../../ui-kit/tabs.tsx'
import { showToast } from '../../../../../ui-kit/toast.tsx'
import { formatDateTime, formatDay } from '../../../../../ui-kit/zone-time.ts'
import { type WatchEntry, watchList } from '../../../watch-list/contract.ts'
import { type EntryStatus, entryStatuses } from '../../../watch-list/rules.ts'
import { EntryPanel } from './entry-panel.tsx'
import { Hits } from './hits.tsx'
import { watchKeys } from './queries.ts'
import css from './watch.module.css'

const tones: Record<EntryStatus, Tone> = {
  draft: 'waiting',
  active: 'alarm',
  expired: 'neutral',
  withdrawn: 'neutral',
}
const pageSize = 50

/** V12: who must not come in or is looked out for, and every likeness found. */
export function WatchList() {
  const { t } = useTranslation()
  const [tab, setTab] = useState<'entries' | 'hits'>('entries')
  const [open, setOpen] = useState<string | null>(null)
  const manages = useCan('watch-list.manage')
  useLiveInvalidate({ 'watch-entry': watchKeys.all, visit: watchKeys.all })
  return (
    <div className={css.page}>
      <div className={css.list}>
        <header className={css.head}>
          <h1>{t('watch.title')}</h1>
          {manages ? (
            <div className={css.headTools}>
              <Link to="/imports/$kind" params={{ kind: 'watch-list' }}>
                {t('watch.import')}
              </Link>
              <Button icon="plus" kind="primary" onClick={() => setOpen('new')}>
                {t('watch.add')}
              </Button>
            </div>
          ) : null}
        </header>
        <Tabs
          label={t('watch.title')}
          value={tab}
          onChange={setTab}
          tabs={[
            { value: 'entries' as const, label: t('watch.entries') },
            { value: 'hits' as const, label: t('watch.hits') },
          ]}
        >
          {tab === 'entries' ? <Entries onOpen={setOpen} manages={manages} /> : <Hits />}
        </Tabs>
      </div>
      {open === null ? null : (
        <EntryPanel key={open} id={open} onClose={() => setOpen(null)} onOpen={setOpen} />
      )}
    </div>
  )
}

function Entries({ onOpen, manages }: { onOpen: (id: string) => void; manages: boolean }) {
  const { t } = useTranslation()
  const language = useUiLanguage()
  const { problemText } = useProblemText()
  const [q, setQ] = useState('')
  const [status, setStatus] = useState('')
  const [level, setLevel] = useState('')
  const [cursors, setCursors] = useState<readonly string[]>([])
  const cursor = cursors.at(-1)
  const filter = {
    ...(q === '' ? {} : { q }),
    ...(entryStatuses.some((one) => one === status) ? { status: status as EntryStatus } : {}),
    ...(level === 'alert' || level === 'block' ? { level: level as 'alert' | 'block' } : {}),
  }
  const page = useQuery({
    queryKey: [...watchKeys.all, 'list', filter, cursor ?? ''],
    queryFn: ({ signal }) =>
      call(
        watchList.list,
        { query: { ...filter, limit: pageSize, ...(cursor === undefined ? {} : { cursor }) } },
        { signal },
      ),
    placeholderData: keepPreviousData,
  })
  const set = (use: (value: string) => void) => (value: string) => {
    use(value)
    setCursors([])
  }
  const items = page.data?.items ?? []
  const next = page.data?.next ?? null

  async function toExcel() {
    try {
      saveFile(await fetchFile(watchList.export, { query: { ...filter, language } }))
    } catch (fault) {
      showToast({ text: problemText(fault), tone: 'alarm', seconds: 8 })
    }
  }

  return (
    <>
      <div className={css.filters}>
        <SearchText label={t('watch.search')} hint={t('watch.searchHint')} value={q} onChange={set(setQ)} />
        <Field label={t('watch.column.status')}>
          <SelectNative
            value={status}
            placeholder={t('watch.all')}
            onChange={set(setStatus)}
            options={[...entryStatuses.map((one) => ({ value: one, label: t(`watch.status.${one}`) }))]}
          />
        </Field>
        <Field label={t('watch.column.level')}>
          <SelectNative
            value={level}
            placeholder={t('watch.all')}
            onChange={set(setLevel)}
            options={[
              { value: 'block', label: t('watch.level.block') },
              { value: 'alert', label: t('watch.level.alert') },
            ]}
          />
        </Field>
        {manages ? (
          <Button icon="download" onClick={() => void toExcel()}>
            {t('watch.export')}
          </Button>
        ) : null}
      </div>
      <ProblemNotice fault={page.error} onRetry={() => void page.refetch()} />
      {page.isPending ? <Skeleton rows={8} /> : null}
      {page.data && items.length === 0 ? (
        <Empty icon="shield" title={t(Object.keys(filter).length > 0 ? 'watch.noHit' : 'watch.empty')}>
          {t(Object.keys(filter).length > 0 ? 'watch.noHitHelp' : 'watch.emptyHelp')}
        </Empty>
      ) : null}
      {items.length > 0 ? (
        <>
          <EntryTable rows={items} onOpen={onOpen} />
          <Pager
            from={cursors.length * pageSize + 1}
            shown={items.length}
            total={page.data?.total}
            totalIsFloor={page.data?.totalIsFloor}
            busy={page.isPlaceholderData}
            onPrevious={cursors.length > 0 ? () => setCursors(cursors.slice(0, -1)) : undefined}
            onNext={next === null ? undefined : () => setCursors([...cursors, next])}
          />
        </>
      ) : null}
    </>
  )
}

function EntryTable({ rows, onOpen }: { rows: readonly WatchEntry[]; onOpen: (id: string) => void }) {
  const { t } = useTranslation()
  const zone = useZone()
  const language = useUiLanguage()
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable from the keyboard
    <section className={css.scroll} tabIndex={0} aria-label={t('watch.entries')}>
      <table className={css.table}>
        <thead>
          <tr>
            {(['name', 'marks', 'level', 'status', 'reason', 'until', 'added'] as const).map((column) => (
              <th key={column} scope="col">
                {t(`watch.column.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id}>
              <th scope="row" className={css.nowrap}>
                <Button kind="name" onClick={() => onOpen(row.id)}>
                  {row.name ||
                    row.organisation ||
                    row.plates[0] ||
                    row.documentMasked ||
                    row.phonesMasked[0] ||
                    '—'}
                </Button>
              </th>
              <td>
                {[
                  row.name === '' ? '' : row.organisation,
                  ...row.phonesMasked,
                  row.documentMasked,
                  ...row.plates,
                ]
                  .filter(Boolean)
                  .join(' · ')}
              </td>
              <td className={css.nowrap}>{t(`watch.level.${row.level}`)}</td>
              <td>
                <StatusChip tone={tones[row.status]}>{t(`watch.status.${row.status}`)}</StatusChip>
              </td>
              <td>{row.reason}</td>
              <td className={css.nowrap}>
                {row.validUntil === null ? t('watch.noEnd') : formatDay(row.validUntil, zone, language)}
              </td>
              <td className={css.nowrap}>
                {row.createdByName} {formatDateTime(row.createdAt, zone, language)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
