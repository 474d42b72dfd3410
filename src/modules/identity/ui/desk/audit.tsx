import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../../../ui-kit/client.ts'
import { cx } from '../../../../ui-kit/cx.ts'
import { Empty } from '../../../../ui-kit/empty.tsx'
import { Field } from '../../../../ui-kit/field.tsx'
import { DateTimeInput, TextInput } from '../../../../ui-kit/inputs.tsx'
import { Pager } from '../../../../ui-kit/pager.tsx'
import { ProblemNotice } from '../../../../ui-kit/problem-notice.tsx'
import { useSession } from '../../../../ui-kit/session.ts'
import { Skeleton } from '../../../../ui-kit/skeleton.tsx'
import { formatDateTime, fromWall } from '../../../../ui-kit/zone-time.ts'
import { auditRoutes } from '../../audit/contract.ts'
import css from './page.module.css'

const pageSize = 50
const blank = { entity: '', entityId: '', actor: '', action: '' }

/** Who did what, when, before and after (G4). */
export function Audit() {
  const { t, i18n } = useTranslation()
  const { site } = useSession()
  const language = i18n.language === 'en' ? 'en' : 'zh'
  const [filter, setFilter] = useState(blank)
  const [from, setFrom] = useState('')
  const [to, setTo] = useState('')
  const [cursors, setCursors] = useState<readonly string[]>([])
  const cursor = cursors.at(-1)
  const query = {
    limit: pageSize,
    ...Object.fromEntries(Object.entries(filter).filter(([, value]) => value.trim() !== '')),
    ...(from === '' ? {} : { from: fromWall(from, site.zone) }),
    ...(to === '' ? {} : { to: fromWall(to, site.zone) }),
    ...(cursor === undefined ? {} : { cursor }),
  }
  const journal = useQuery({
    queryKey: ['journal', site.id, query],
    queryFn: ({ signal }) => call(auditRoutes.journal, { query }, { signal }),
    placeholderData: (before) => before,
  })
  const items = journal.data?.items ?? []
  const next = journal.data?.next ?? null
  const text = (name: keyof typeof blank) => (
    <Field label={t(`identity.audit.${name}`)}>
      <TextInput
        value={filter[name]}
        maxLength={200}
        onChange={(value) => {
          setFilter((before) => ({ ...before, [name]: value.trim() }))
          setCursors([])
        }}
      />
    </Field>
  )
  return (
    <div className={css.page}>
      <h1>{t('identity.audit.title')}</h1>
      <search className={css.filters}>
        {text('actor')}
        {text('entity')}
        {text('entityId')}
        {text('action')}
        <Field label={t('identity.audit.from')}>
          <DateTimeInput value={from} onChange={setFrom} />
        </Field>
        <Field label={t('identity.audit.to')}>
          <DateTimeInput value={to} onChange={setTo} />
        </Field>
      </search>
      <ProblemNotice fault={journal.error} onRetry={() => void journal.refetch()} />
      {journal.isPending ? <Skeleton rows={10} /> : null}
      {journal.data && items.length === 0 ? (
        <Empty title={t('identity.audit.none')}>{t('identity.audit.noneHelp')}</Empty>
      ) : null}
      {items.length > 0 ? (
        <>
          <section className={css.scroll} aria-label={t('identity.audit.title')}>
            <table className={cx(css.table, css.journal)}>
              <thead>
                <tr>
                  <th scope="col">{t('identity.audit.at')}</th>
                  <th scope="col">{t('identity.audit.actor')}</th>
                  <th scope="col">{t('identity.audit.action')}</th>
                  <th scope="col">{t('identity.audit.before')}</th>
                  <th scope="col">{t('identity.audit.after')}</th>
                </tr>
              </thead>
              <tbody>
                {items.map((one) => (
                  <tr key={one.id}>
                    <td>{formatDateTime(one.at, site.zone, language)}</td>
                    <td>{one.actorName}</td>
                    <td>
                      {one.action}
                      <br />
                      <span className={css.note}>{one.entityId}</span>
                    </td>
                    <td>
                      <Values of={one.before} />
                    </td>
                    <td>
                      <Values of={one.after} />
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </section>
          <Pager
            from={cursors.length * pageSize + 1}
            shown={items.length}
            busy={journal.isFetching}
            onPrevious={cursors.length > 0 ? () => setCursors(cursors.slice(0, -1)) : undefined}
            onNext={next === null ? undefined : () => setCursors([...cursors, next])}
          />
        </>
      ) : null}
    </div>
  )
}

function Values({ of }: { of: Record<string, unknown> | null }) {
  const lines = Object.entries(of ?? {}).map(
    ([key, value]) => `${key}: ${typeof value === 'string' ? value : JSON.stringify(value)}`,
  )
  return lines.length === 0 ? null : <pre className={css.values}>{lines.join('\n')}</pre>
}
