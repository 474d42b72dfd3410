import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../../ui-kit/button.tsx'
import { call, fetchFile, saveFile } from '../../../../ui-kit/client.ts'
import { serverNow } from '../../../../ui-kit/clock.ts'
import { useKeys } from '../../../../ui-kit/keys.ts'
import { useUiLanguage, useZone } from '../../../../ui-kit/language.ts'
import { useProblemText } from '../../../../ui-kit/problem-text.ts'
import { useCan } from '../../../../ui-kit/session.ts'
import { showToast } from '../../../../ui-kit/toast.tsx'
import { dayIn, fromWall } from '../../../../ui-kit/zone-time.ts'
import { calls } from '../../contract.ts'
import { callKeys, useLiveCalls } from '../queries.ts'
import { CallRecord } from './call-record.tsx'
import { ListFrame, PagedRows, type Pages, pageAt, usePages } from './list-frame.tsx'
import css from './log.module.css'
import { LogFilters } from './log-filters.tsx'
import { isFiltered, type LogSearch, logQuery } from './log-search.ts'
import { LogTable } from './log-table.tsx'

/** 客户来电记录: every call, filtered, page by page, to Excel and to paper (C2). */
export function CallLog() {
  const { t } = useTranslation()
  const zone = useZone()
  const search: LogSearch = useSearch({ strict: false })
  const navigate = useNavigate()
  const filter = logQuery(search, (wall) => fromWall(wall, zone))
  const list = JSON.stringify(filter)
  const pages = usePages(list)
  useLiveCalls()
  const first = useQuery(pageQuery(pageAt(undefined)))
  const page = useQuery(pageQuery(pages.query))

  function pageQuery(at: Pages['query']) {
    return {
      queryKey: [...callKeys.all, 'log', list, at.cursor ?? ''],
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        call(calls.log, { query: { ...filter, ...at } }, { signal }),
      placeholderData: keepPreviousData,
    }
  }

  const go = (next: LogSearch) => void navigate({ to: '/calls', search: next, replace: true })
  const open = (id: string | null) => {
    const { call: _, ...rest } = search
    go(id === null ? rest : { ...rest, call: id })
  }
  const filtered = isFiltered(search)

  return (
    <ListFrame
      title={t('calls.log.title')}
      tools={<Tools search={search} empty={first.data?.total === 0} />}
      panel={
        search.call ? <CallRecord key={search.call} id={search.call} onClose={() => open(null)} /> : null
      }
    >
      <LogFilters search={search} onChange={go} />
      <PagedRows
        page={page}
        pages={pages}
        total={first.data}
        empty={{
          icon: 'phone',
          title: t(filtered ? 'calls.log.noHit' : 'calls.log.empty'),
          help: t(filtered ? 'calls.log.noHitHelp' : 'calls.log.emptyHelp'),
        }}
      >
        {(rows, stale) => <LogTable rows={rows} opened={search.call} stale={stale} onOpen={open} />}
      </PagedRows>
    </ListFrame>
  )
}

/** Excel in the columns of 客户来电记录单, and the list on paper. */
function Tools({ search, empty }: { search: LogSearch; empty: boolean }) {
  const { t } = useTranslation()
  const language = useUiLanguage()
  const zone = useZone()
  const navigate = useNavigate()
  const { problemText } = useProblemText()
  const exports = useCan('call.export')
  const [busy, setBusy] = useState(false)

  async function save() {
    if (busy) return
    setBusy(true)
    try {
      const today = dayIn(zone, serverNow())
      // The paper form is one of a span; without one it is the present month.
      const span = { from: search.from ?? `${today.slice(0, 7)}-01`, to: search.to ?? today }
      const { from, to, direction, outcome, route, handlerId, text } = logQuery(
        { ...search, ...span },
        (wall) => fromWall(wall, zone),
      )
      const query = { from: from ?? '', to: to ?? '', direction, outcome, route, handlerId, text, language }
      saveFile(await fetchFile(calls.exportLog, { query }))
      showToast({ text: t('calls.log.exported', span) })
    } catch (fault) {
      showToast({ text: problemText(fault), tone: 'alarm', seconds: 8 })
    } finally {
      setBusy(false)
    }
  }

  function print() {
    const { call: _, ...rest } = search
    void navigate({ to: '/print/calls', search: rest })
  }

  useKeys({ p: { label: t('calls.log.print'), run: print } })
  return (
    <div className={css.tools}>
      {exports ? (
        <Button icon="download" busy={busy} disabled={empty} onClick={() => void save()}>
          {t('calls.log.export')}
        </Button>
      ) : null}
      <Button icon="print" keyHint="p" disabled={empty} onClick={print}>
        {t('calls.log.print')}
      </Button>
    </div>
  )
}
