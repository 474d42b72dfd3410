import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../../ui-kit/button.tsx'
import { call, fetchFile, saveFile } from '../../../../ui-kit/client.ts'
import { Empty } from '../../../../ui-kit/empty.tsx'
import { Field } from '../../../../ui-kit/field.tsx'
import { SelectNative } from '../../../../ui-kit/inputs.tsx'
import { useUiLanguage } from '../../../../ui-kit/language.ts'
import { useLiveInvalidate } from '../../../../ui-kit/live.ts'
import { Pager } from '../../../../ui-kit/pager.tsx'
import { Panel } from '../../../../ui-kit/panel.tsx'
import { ProblemNotice } from '../../../../ui-kit/problem-notice.tsx'
import { useProblemText } from '../../../../ui-kit/problem-text.ts'
import { SearchText } from '../../../../ui-kit/search-text.tsx'
import { useCan } from '../../../../ui-kit/session.ts'
import { Skeleton } from '../../../../ui-kit/skeleton.tsx'
import { StatusChip } from '../../../../ui-kit/status-chip.tsx'
import { showToast } from '../../../../ui-kit/toast.tsx'
import { type PermitCard, permits } from '../contract.ts'
import { permitStatuses } from '../rules.ts'
import { ComeIn } from './come-in.tsx'
import { PermitPanel } from './permit-panel.tsx'
import css from './permits.module.css'
import { permitKeys } from './queries.ts'
import type { PermitSearch } from './search.ts'
import { permitTones, runsOut, whenOf } from './words.ts'

const pageSize = 50
const states = [...permitStatuses, 'expiring'] as const

/** V22: those who come again and again, what runs out first on top. */
export function Permits() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { permit, open, code }: PermitSearch = useSearch({ strict: false })
  const go = (search: PermitSearch) => void navigate({ to: '/permits', search })
  const manages = useCan('permit.manage')
  const registers = useCan('visit.register')
  useLiveInvalidate({ permit: permitKeys.all, visit: permitKeys.all })
  const close = () => go({})
  const shown = open === 'new' ? 'new' : permit
  return (
    <div className={css.page}>
      <div className={css.list}>
        <header className={css.head}>
          <h1>{t('permits.title')}</h1>
          <div className={css.acts}>
            {registers ? (
              <Button icon="scan" onClick={() => go({ open: 'come-in' })}>
                {t('permits.comeIn.title')}
              </Button>
            ) : null}
            {manages ? (
              <>
                <Link to="/imports/$kind" params={{ kind: 'permits' }}>
                  {t('permits.import')}
                </Link>
                <Button icon="plus" kind="primary" onClick={() => go({ open: 'new' })}>
                  {t('permits.new')}
                </Button>
              </>
            ) : null}
          </div>
        </header>
        <List manages={manages} onOpen={(id) => go({ permit: id })} />
      </div>
      {open === 'come-in' ? (
        <Panel title={t('permits.comeIn.title')} onClose={close}>
          <ComeIn key={code} first={code} onOpen={(visit) => void navigate({ to: '/', search: { visit } })} />
        </Panel>
      ) : shown === undefined ? null : (
        <PermitPanel key={shown} id={shown} onClose={close} onOpen={(id) => go({ permit: id })} />
      )}
    </div>
  )
}

function List({ manages, onOpen }: { manages: boolean; onOpen: (id: string) => void }) {
  const { t } = useTranslation()
  const language = useUiLanguage()
  const { problemText } = useProblemText()
  const [q, setQ] = useState('')
  const [state, setState] = useState('')
  const [cursors, setCursors] = useState<readonly string[]>([])
  const cursor = cursors.at(-1)
  const status = states.find((one) => one === state)
  const filter = { ...(q === '' ? {} : { q }), ...(status === undefined ? {} : { status }) }
  const filtered = Object.keys(filter).length > 0
  const page = useQuery({
    queryKey: [...permitKeys.all, 'list', filter, cursor ?? ''],
    queryFn: ({ signal }) =>
      call(
        permits.list,
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
      saveFile(await fetchFile(permits.export, { query: { ...filter, language } }))
    } catch (fault) {
      showToast({ text: problemText(fault), tone: 'alarm', seconds: 8 })
    }
  }

  return (
    <>
      <div className={css.filters}>
        <SearchText
          label={t('permits.search')}
          hint={t('permits.searchHint')}
          value={q}
          onChange={set(setQ)}
        />
        <Field label={t('permits.field.status')}>
          <SelectNative
            value={state}
            onChange={set(setState)}
            options={[
              { value: '', label: t('permits.all') },
              ...states.map((one) => ({ value: one, label: t(`permits.status.${one}`) })),
            ]}
          />
        </Field>
        {manages ? (
          <Button icon="download" onClick={() => void toExcel()}>
            {t('permits.export')}
          </Button>
        ) : null}
      </div>
      <ProblemNotice fault={page.error} onRetry={() => void page.refetch()} />
      {page.isPending ? <Skeleton rows={8} /> : null}
      {page.data && items.length === 0 ? (
        <Empty icon="pass" title={t(filtered ? 'permits.noHit' : 'permits.empty')}>
          {t(filtered ? 'permits.noHitHelp' : 'permits.emptyHelp')}
        </Empty>
      ) : null}
      {items.length > 0 ? (
        <>
          <Table rows={items} onOpen={onOpen} />
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

const columns = ['holder', 'number', 'status', 'host', 'when', 'runsOut', 'papers'] as const

function Table({ rows, onOpen }: { rows: readonly PermitCard[]; onOpen: (id: string) => void }) {
  const { t } = useTranslation()
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable from the keyboard
    <section className={css.scroll} tabIndex={0} aria-label={t('permits.title')}>
      <table className={css.table}>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column} scope="col">
                {t(`permits.field.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => {
            const bad = row.papers.filter((one) => one.state !== 'good')
            return (
              <tr key={row.id}>
                <th scope="row">
                  <Button kind="name" onClick={() => onOpen(row.id)}>
                    {row.holderName}
                  </Button>
                  <div>{row.organisation}</div>
                </th>
                <td className={css.nowrap}>{row.number}</td>
                <td className={css.nowrap}>
                  <StatusChip tone={permitTones[row.status]}>{t(`permits.status.${row.status}`)}</StatusChip>
                </td>
                <td>{row.hostName}</td>
                <td>{whenOf(t, row)}</td>
                <td className={css.nowrap}>{runsOut(row)}</td>
                <td>
                  {bad.map((one) => (
                    <StatusChip key={one.id} tone={one.state === 'expired' ? 'alarm' : 'waiting'}>
                      {t(`permits.paperState.${one.state}`, { kind: one.kind, day: one.expiresOn })}
                    </StatusChip>
                  ))}
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </section>
  )
}
