import { Link, useNavigate, useRouter, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../../ui-kit/button.tsx'
import { call, fetchFile, saveFile } from '../../../../ui-kit/client.ts'
import { useKeys } from '../../../../ui-kit/keys.ts'
import { useUiLanguage, useZone } from '../../../../ui-kit/language.ts'
import { useProblemText } from '../../../../ui-kit/problem-text.ts'
import { useCan } from '../../../../ui-kit/session.ts'
import { StatusChip } from '../../../../ui-kit/status-chip.tsx'
import { Tabs } from '../../../../ui-kit/tabs.tsx'
import { showToast } from '../../../../ui-kit/toast.tsx'
import { formatDate } from '../../../../ui-kit/zone-time.ts'
import { contacts } from '../../contacts/contract.ts'
import { customers } from '../../contract.ts'
import css from '../customers.module.css'
import { ContactLink, CustomerLink, GradeChip, OwnerLine, Tags } from '../facts.tsx'
import { type ContactRow, type CustomerRow, useLiveCustomers } from '../queries.ts'
import { Filters, Paged } from './list-parts.tsx'
import type { ListSearch } from './list-search.ts'

type Kind = 'companies' | 'people'

export const Customers = () => <Lists kind="companies" />
export const Contacts = () => <Lists kind="people" />

/** Companies and people, filtered, page by page, to Excel and from it (S10). */
function Lists({ kind }: { kind: Kind }) {
  const { t } = useTranslation()
  const search: ListSearch = useSearch({ strict: false })
  const navigate = useNavigate()
  useLiveCustomers()
  const path = kind === 'companies' ? '/customers' : '/contacts'
  const router = useRouter()
  // What was typed is taken a moment later; whoever opened a card meanwhile must not be called back from it.
  const go = (next: ListSearch) => {
    if (router.latestLocation.pathname === path) void navigate({ to: path, search: next, replace: true })
  }
  return (
    <div className={css.page}>
      <header className={css.head}>
        <h1>{t('customers.list.title')}</h1>
        <Tools search={search} />
      </header>
      <Tabs<Kind>
        label={t('customers.list.title')}
        value={kind}
        tabs={(['companies', 'people'] as const).map((value) => ({
          value,
          label: t(`customers.list.${value}`),
        }))}
        onChange={(next) => void navigate({ to: next === 'companies' ? '/customers' : '/contacts' })}
      >
        <div className={css.page}>
          {kind === 'companies' ? (
            <>
              <Filters search={search} onChange={go} sorts={['name', 'updated', 'newest']} />
              <Paged
                name="companies"
                search={search}
                fetch={(query, signal) =>
                  call(customers.list, { query: { ...companyQuery(search), ...query } }, { signal })
                }
              >
                {(rows) => <Companies rows={rows} />}
              </Paged>
            </>
          ) : (
            <>
              <Filters search={search} onChange={go} sorts={['name', 'seen']} />
              <Paged
                name="people"
                search={search}
                fetch={(query, signal) =>
                  call(contacts.list, { query: { ...peopleQuery(search), ...query } }, { signal })
                }
              >
                {(rows) => <People rows={rows} />}
              </Paged>
            </>
          )}
        </div>
      </Tabs>
    </div>
  )
}

function companyQuery({ vip: _, sort, ...filter }: ListSearch) {
  return { ...filter, ...(sort === 'updated' || sort === 'newest' ? { sort } : {}) }
}

function peopleQuery({ vip, sort, ...filter }: ListSearch) {
  return {
    ...filter,
    ...(sort === 'seen' ? { sort } : {}),
    ...(vip === true ? { vip: 'true' as const } : {}),
  }
}

function Tools({ search }: { search: ListSearch }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const lang = useUiLanguage()
  const { problemText } = useProblemText()
  const can = {
    create: useCan('customer.write'),
    import: useCan('customer.import'),
    export: useCan('customer.export'),
    merge: useCan('customer.merge'),
  }
  const [busy, setBusy] = useState(false)
  const add = (to: '/customers/new' | '/contacts/new') => void navigate({ to })
  useKeys({
    n: { label: t('customers.list.newCustomer'), run: () => can.create && add('/customers/new') },
    m: { label: t('customers.list.newContact'), run: () => can.create && add('/contacts/new') },
  })
  async function save() {
    if (busy) return
    setBusy(true)
    try {
      const { sort: _, vip: __, ...filter } = search
      saveFile(await fetchFile(customers.export, { query: { ...filter, lang } }))
      showToast({ text: t('customers.list.exported') })
    } catch (fault) {
      showToast({ text: problemText(fault), tone: 'alarm', seconds: 8 })
    } finally {
      setBusy(false)
    }
  }
  return (
    <div className={css.tools}>
      <Link to="/transfers">{t('customers.transfers.title')}</Link>
      <Link to="/suggestions">{t('customers.remarks.suggestions')}</Link>
      {can.merge ? <Link to="/duplicates">{t('customers.merge.title')}</Link> : null}
      {can.import ? (
        <Button
          icon="upload"
          onClick={() => void navigate({ to: '/imports/$kind', params: { kind: 'customers' } })}
        >
          {t('customers.list.import')}
        </Button>
      ) : null}
      {can.export ? (
        <Button icon="download" busy={busy} onClick={() => void save()}>
          {t('customers.list.export')}
        </Button>
      ) : null}
      {can.create ? (
        <>
          <Button icon="plus" keyHint="m" onClick={() => add('/contacts/new')}>
            {t('customers.list.newContact')}
          </Button>
          <Button kind="primary" icon="plus" keyHint="n" onClick={() => add('/customers/new')}>
            {t('customers.list.newCustomer')}
          </Button>
        </>
      ) : null}
    </div>
  )
}

function Companies({ rows }: { rows: readonly CustomerRow[] }) {
  const { t } = useTranslation()
  const zone = useZone()
  const language = useUiLanguage()
  return (
    <table className={css.table}>
      <thead>
        <tr>
          {(['company', 'grade', 'owner', 'people', 'phone', 'lastSeen', 'tags'] as const).map((column) => (
            <th key={column} scope="col">
              {t(`customers.column.${column}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.id}>
            <th scope="row">
              <CustomerLink id={row.id} name={row.name} />
              <div className={css.quiet}>
                {[row.number, row.shortName, row.industry].filter(Boolean).join(' · ')}
              </div>
              {row.active ? null : <StatusChip tone="alarm">{t('customers.state.inactive')}</StatusChip>}
            </th>
            <td>
              <GradeChip grade={row.grade} />
            </td>
            <td>
              <OwnerLine owner={row.owner} />
            </td>
            <td className={css.figure}>{row.contacts}</td>
            <td className={css.figure}>{row.phoneMasked}</td>
            <td className={css.figure}>
              {row.lastSeenAt === null ? '' : formatDate(row.lastSeenAt, zone, language)}
            </td>
            <td>
              <span className={css.chips}>
                <Tags tags={row.tags} />
              </span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function People({ rows }: { rows: readonly ContactRow[] }) {
  const { t } = useTranslation()
  const zone = useZone()
  const language = useUiLanguage()
  return (
    <table className={css.table}>
      <thead>
        <tr>
          {(['person', 'company', 'phone', 'lastSeen', 'tags'] as const).map((column) => (
            <th key={column} scope="col">
              {t(`customers.column.${column}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.id}>
            <th scope="row">
              <ContactLink id={row.id} name={row.name} />
              <div className={css.quiet}>{row.title}</div>
              <GradeChip grade="normal" vip={row.vip} />
              {row.active ? null : <StatusChip tone="alarm">{t('customers.state.inactive')}</StatusChip>}
            </th>
            <td>
              <CustomerLink id={row.customerId} name={row.customerName} /> <GradeChip grade={row.grade} />
            </td>
            <td className={css.figure}>{row.phoneMasked}</td>
            <td className={css.figure}>
              {row.lastSeenAt === null ? '' : formatDate(row.lastSeenAt, zone, language)}
            </td>
            <td>
              <span className={css.chips}>
                <Tags tags={row.tags} />
              </span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
