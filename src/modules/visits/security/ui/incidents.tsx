import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../../ui-kit/button.tsx'
import { call, fetchFile, saveFile } from '../../../../ui-kit/client.ts'
import { Empty } from '../../../../ui-kit/empty.tsx'
import { Field } from '../../../../ui-kit/field.tsx'
import { DateTimeInput, SelectNative } from '../../../../ui-kit/inputs.tsx'
import { useKeys } from '../../../../ui-kit/keys.ts'
import { useUiLanguage, useZone } from '../../../../ui-kit/language.ts'
import { useLiveInvalidate } from '../../../../ui-kit/live.ts'
import { Pager } from '../../../../ui-kit/pager.tsx'
import { ProblemNotice } from '../../../../ui-kit/problem-notice.tsx'
import { SearchText } from '../../../../ui-kit/search-text.tsx'
import { useCan } from '../../../../ui-kit/session.ts'
import { Skeleton } from '../../../../ui-kit/skeleton.tsx'
import { StatusChip } from '../../../../ui-kit/status-chip.tsx'
import { formatDateTime } from '../../../../ui-kit/zone-time.ts'
import { specialKeys, useAct } from '../../important/ui/queries.ts'
import css from '../../important/ui/special.module.css'
import { incidents } from '../contract.ts'
import { IncidentPanel } from './incident-panel.tsx'
import { type IncidentSearch, listStatuses } from './incident-search.ts'
import { statusTones } from './status-tones.ts'

const pageSize = 50

/** V16: the incident record with filters, paging, export and print; one beside the list. */
export function Incidents({ path = '/incidents' }: { path?: '/incidents' | '/gate/incidents' }) {
  const { t } = useTranslation()
  const language = useUiLanguage()
  const zone = useZone()
  const navigate = useNavigate()
  const search: IncidentSearch = useSearch({ strict: false })
  const exports = useCan('incident.export')
  const { act, busy } = useAct()
  const { incident: opened, ...filter } = search
  const list = JSON.stringify(filter)
  const [pages, setPages] = useState<{ list: string; cursors: readonly string[] }>({ list, cursors: [] })
  const cursors = pages.list === list ? pages.cursors : []
  useLiveInvalidate({ incident: specialKeys.incidents })
  const pageOf = (cursor: string | undefined) => ({
    queryKey: [...specialKeys.incidents, 'list', list, cursor ?? ''],
    queryFn: ({ signal }: { signal: AbortSignal }) =>
      call(
        incidents.list,
        { query: { ...filter, limit: pageSize, ...(cursor === undefined ? {} : { cursor }) } },
        { signal },
      ),
    placeholderData: keepPreviousData,
  })
  const first = useQuery(pageOf(undefined))
  const page = useQuery(pageOf(cursors.at(-1)))
  const { data } = page
  const next = data?.next ?? null
  const go = (to: IncidentSearch) => void navigate({ to: path, search: to, replace: true })
  function change(part: Readonly<Record<string, string>>) {
    const filled = Object.entries({ ...search, ...part }).filter(
      ([, value]) => value !== '' && value !== undefined,
    )
    go(Object.fromEntries(filled))
  }
  const print = () => void navigate({ to: '/print/incidents', search: filter })
  useKeys({ p: path === '/incidents' ? { label: t('incident.print'), run: print } : undefined })
  const filtered = Object.keys(filter).length > 0
  return (
    <div className={css.columns}>
      <div className={css.list}>
        <header className={css.head}>
          <h1>{t('incident.title')}</h1>
          <div className={css.tools}>
            {exports ? (
              <Button
                icon="download"
                busy={busy}
                onClick={() =>
                  void act(
                    async () =>
                      saveFile(await fetchFile(incidents.export, { query: { ...filter, language } })),
                    t('incident.exported'),
                  )
                }
              >
                {t('incident.export')}
              </Button>
            ) : null}
            {path === '/incidents' ? (
              <Button icon="print" keyHint="p" onClick={print}>
                {t('incident.print')}
              </Button>
            ) : null}
          </div>
        </header>
        <search className={css.filters} aria-label={t('incident.filter.label')}>
          <SearchText
            label={t('incident.filter.q')}
            hint={t('incident.filter.qHint')}
            value={search.q ?? ''}
            onChange={(q) => change({ q })}
          />
          <Field label={t('incident.filter.status')}>
            <SelectNative
              value={search.status ?? ''}
              placeholder={t('incident.filter.all')}
              options={listStatuses.map((value) => ({ value, label: t(`incident.status.${value}`) }))}
              onChange={(status) => change({ status })}
            />
          </Field>
          <Field label={t('incident.filter.from')}>
            <DateTimeInput kind="date" value={search.from ?? ''} onChange={(from) => change({ from })} />
          </Field>
          <Field label={t('incident.filter.to')}>
            <DateTimeInput kind="date" value={search.to ?? ''} onChange={(to) => change({ to })} />
          </Field>
        </search>
        <ProblemNotice fault={page.error} onRetry={() => void page.refetch()} />
        {page.isPending ? <Skeleton rows={8} /> : null}
        {data && data.items.length === 0 ? (
          <Empty icon="shield" title={t(filtered ? 'incident.noHit' : 'incident.empty')}>
            {filtered ? null : t('incident.emptyHelp')}
          </Empty>
        ) : null}
        {data && data.items.length > 0 ? (
          <>
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable from the keyboard */}
            <section className={css.scroll} tabIndex={0} aria-label={t('incident.title')}>
              <table className={css.table}>
                <thead>
                  <tr>
                    {(
                      ['number', 'raised', 'place', 'state', 'persons', 'course', 'acknowledged'] as const
                    ).map((name) => (
                      <th key={name} scope="col">
                        {t(`incident.field.${name}`)}
                      </th>
                    ))}
                  </tr>
                </thead>
                <tbody>
                  {data.items.map((one) => (
                    <tr key={one.id}>
                      <th scope="row">
                        <button
                          type="button"
                          className={css.open}
                          onClick={() => go({ ...search, incident: one.id })}
                        >
                          {one.number}
                        </button>
                      </th>
                      <td>{formatDateTime(one.raised.at, zone, language)}</td>
                      <td>{one.place}</td>
                      <td>
                        <StatusChip tone={statusTones[one.status]}>
                          {t(`incident.status.${one.status}`)}
                        </StatusChip>
                      </td>
                      <td>{one.persons}</td>
                      <td>{one.course || one.falseReason}</td>
                      <td>{one.acknowledged?.byName}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </section>
            <Pager
              from={cursors.length * pageSize + 1}
              shown={data.items.length}
              total={first.data?.total}
              totalIsFloor={first.data?.totalIsFloor}
              busy={page.isFetching && page.isPlaceholderData}
              onPrevious={
                cursors.length > 0 ? () => setPages({ list, cursors: cursors.slice(0, -1) }) : undefined
              }
              onNext={next === null ? undefined : () => setPages({ list, cursors: [...cursors, next] })}
            />
          </>
        ) : null}
      </div>
      {opened ? (
        <IncidentPanel
          key={opened}
          id={opened}
          toVisit={path === '/incidents' ? '/register' : '/gate'}
          onClose={() => go(filter)}
        />
      ) : null}
    </div>
  )
}

export function GateIncidents() {
  return <Incidents path="/gate/incidents" />
}
