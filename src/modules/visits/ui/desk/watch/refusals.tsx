import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../../../ui-kit/button.tsx'
import { call, fetchFile, saveFile } from '../../../../../ui-kit/client.ts'
import { Empty } from '../../../../../ui-kit/empty.tsx'
import { Field } from '../../../../../ui-kit/field.tsx'
import { Checkbox, DateTimeInput } from '../../../../../ui-kit/inputs.tsx'
import { useUiLanguage, useZone } from '../../../../../ui-kit/language.ts'
import { useLiveInvalidate } from '../../../../../ui-kit/live.ts'
import { Pager } from '../../../../../ui-kit/pager.tsx'
import { ProblemNotice } from '../../../../../ui-kit/problem-notice.tsx'
import { useProblemText } from '../../../../../ui-kit/problem-text.ts'
import { SearchText } from '../../../../../ui-kit/search-text.tsx'
import { Skeleton } from '../../../../../ui-kit/skeleton.tsx'
import { StatusChip } from '../../../../../ui-kit/status-chip.tsx'
import { showToast } from '../../../../../ui-kit/toast.tsx'
import { formatDateTime } from '../../../../../ui-kit/zone-time.ts'
import { refusals } from '../../../watch-list/contract.ts'
import { watchKeys } from './queries.ts'
import css from './watch.module.css'

const pageSize = 50
const columns = ['at', 'visitor', 'document', 'host', 'reason', 'by'] as const

/** V12: who was refused, when, by whom and why. */
export function Refusals() {
  const { t } = useTranslation()
  const zone = useZone()
  const language = useUiLanguage()
  const { problemText } = useProblemText()
  const [q, setQ] = useState('')
  const [from, setFrom] = useState('')
  const [to, setTo] = useState('')
  const [suspicious, setSuspicious] = useState(false)
  const [cursors, setCursors] = useState<readonly string[]>([])
  useLiveInvalidate({ visit: watchKeys.refusals })
  const cursor = cursors.at(-1)
  const filter = {
    ...(q === '' ? {} : { q }),
    ...(from === '' ? {} : { from }),
    ...(to === '' ? {} : { to }),
    ...(suspicious ? { suspicious: 'yes' as const } : {}),
  }
  const page = useQuery({
    queryKey: [...watchKeys.refusals, filter, cursor ?? ''],
    queryFn: ({ signal }) =>
      call(
        refusals.list,
        { query: { ...filter, limit: pageSize, ...(cursor === undefined ? {} : { cursor }) } },
        { signal },
      ),
    placeholderData: keepPreviousData,
  })
  function set<T>(use: (value: T) => void) {
    return (value: T) => {
      use(value)
      setCursors([])
    }
  }
  const items = page.data?.items ?? []
  const next = page.data?.next ?? null

  async function toExcel() {
    try {
      saveFile(await fetchFile(refusals.export, { query: { ...filter, language } }))
    } catch (fault) {
      showToast({ text: problemText(fault), tone: 'alarm', seconds: 8 })
    }
  }

  return (
    <div className={css.page}>
      <div className={css.list}>
        <header className={css.head}>
          <h1>{t('watch.refusals.title')}</h1>
          <Button icon="download" onClick={() => void toExcel()}>
            {t('watch.export')}
          </Button>
        </header>
        <div className={css.filters}>
          <SearchText
            label={t('watch.search')}
            hint={t('watch.refusals.hint')}
            value={q}
            onChange={set(setQ)}
          />
          <Field label={t('watch.refusals.from')}>
            <DateTimeInput kind="date" value={from} onChange={set(setFrom)} />
          </Field>
          <Field label={t('watch.refusals.to')}>
            <DateTimeInput kind="date" value={to} onChange={set(setTo)} />
          </Field>
          <Checkbox checked={suspicious} onChange={set(setSuspicious)}>
            {t('watch.refusals.onlySuspicious')}
          </Checkbox>
        </div>
        <ProblemNotice fault={page.error} onRetry={() => void page.refetch()} />
        {page.isPending ? <Skeleton rows={8} /> : null}
        {page.data && items.length === 0 ? (
          <Empty
            icon="checkCircle"
            title={t(Object.keys(filter).length > 0 ? 'watch.noHit' : 'watch.refusals.empty')}
          />
        ) : null}
        {items.length > 0 ? (
          <>
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable from the keyboard */}
            <section className={css.scroll} tabIndex={0} aria-label={t('watch.refusals.title')}>
              <table className={css.table}>
                <thead>
                  <tr>
                    {columns.map((column) => (
                      <th key={column} scope="col">
                        {t(`watch.refusals.column.${column}`)}
                      </th>
                    ))}
                  </tr>
                </thead>
                <tbody>
                  {items.map((row) => (
                    <tr key={row.id}>
                      <td className={css.nowrap}>{formatDateTime(row.at, zone, language)}</td>
                      <th scope="row">
                        <a href={`/register?visit=${row.visitId}`}>
                          {row.number} {row.visitorName}
                        </a>
                        <div className={css.note}>
                          {[row.organisation, row.phoneMasked].filter(Boolean).join(' · ')}
                        </div>
                      </th>
                      <td className={css.nowrap}>{row.documentMasked}</td>
                      <td>{row.hostName}</td>
                      <td>
                        {row.suspicious ? (
                          <StatusChip tone="alarm">{t('watch.refusals.suspicious')}</StatusChip>
                        ) : null}{' '}
                        {row.reason}
                        {row.undoneAt === null ? null : (
                          <div className={css.note}>
                            {t('watch.refusals.undone', { at: formatDateTime(row.undoneAt, zone, language) })}
                          </div>
                        )}
                      </td>
                      <td>{row.byName}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </section>
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
      </div>
    </div>
  )
}
