import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { RouteAnswer } from '../../../../kernel/contract.ts'
import { Button } from '../../../../ui-kit/button.tsx'
import { call } from '../../../../ui-kit/client.ts'
import { Empty } from '../../../../ui-kit/empty.tsx'
import { useUiLanguage, useZone } from '../../../../ui-kit/language.ts'
import { useLiveInvalidate } from '../../../../ui-kit/live.ts'
import { ProblemNotice } from '../../../../ui-kit/problem-notice.tsx'
import { useProblemText } from '../../../../ui-kit/problem-text.ts'
import { useCan } from '../../../../ui-kit/session.ts'
import { Skeleton } from '../../../../ui-kit/skeleton.tsx'
import { StatusChip, type Tone } from '../../../../ui-kit/status-chip.tsx'
import { Tabs } from '../../../../ui-kit/tabs.tsx'
import { showToast } from '../../../../ui-kit/toast.tsx'
import { formatDateTime } from '../../../../ui-kit/zone-time.ts'
import { passes } from '../../passes/contract.ts'
import { AddPasses, VoidPass } from './pass-forms.tsx'
import css from './passes.module.css'

type Stock = RouteAnswer<typeof passes.list>
type Pass = Stock['items'][number]
type PassStatus = Pass['status']

/** Missing ones first: they are somebody's work (V11). */
const order: readonly PassStatus[] = ['missing', 'issued', 'in_stock', 'void']
const tones: Record<PassStatus, Tone> = {
  missing: 'alarm',
  issued: 'waiting',
  in_stock: 'good',
  void: 'neutral',
}
const stockKey = ['passes']

/** V11: numbered passes — how many are there, who has which, what is missing. */
export function Passes() {
  const { t } = useTranslation()
  const manages = useCan('pass.manage')
  const [chosen, setChosen] = useState<PassStatus | 'all'>('all')
  const [form, setForm] = useState<'add' | Pass | null>(null)
  useLiveInvalidate({ pass: stockKey, visit: stockKey })
  const stock = useQuery({
    queryKey: stockKey,
    queryFn: ({ signal }) => call(passes.list, { query: {} }, { signal }),
  })
  const items = stock.data?.items ?? []
  const shown = items
    .filter((pass) => chosen === 'all' || pass.status === chosen)
    .sort((a, b) => order.indexOf(a.status) - order.indexOf(b.status))
  const free = stock.data?.counts.in_stock ?? 0
  return (
    <div className={css.page}>
      <div className={css.list}>
        <header className={css.head}>
          <h1>{t('visits.pass.title')}</h1>
          {manages ? (
            <Button icon="plus" kind="primary" onClick={() => setForm('add')}>
              {t('visits.pass.add.open')}
            </Button>
          ) : null}
        </header>
        <ProblemNotice fault={stock.error} onRetry={() => void stock.refetch()} />
        {stock.data && free === 0 && items.length > 0 ? (
          <p className={css.warn} role="status">
            {t('visits.pass.noneFree')}
          </p>
        ) : null}
        {stock.isPending ? <Skeleton rows={8} /> : null}
        {stock.data ? (
          <Tabs
            label={t('visits.pass.byStatus')}
            value={chosen}
            onChange={setChosen}
            tabs={[
              { value: 'all' as const, label: t('visits.pass.all'), count: sum(stock.data.counts) },
              ...order.map((status) => ({
                value: status,
                label: t(`visits.pass.status.${status}`),
                count: stock.data.counts[status],
              })),
            ]}
          >
            {shown.length === 0 ? (
              <Empty icon="pass" title={t(items.length === 0 ? 'visits.pass.empty' : 'visits.pass.none')}>
                {items.length === 0 ? t('visits.pass.emptyHelp') : null}
              </Empty>
            ) : (
              <PassTable rows={shown} manages={manages} onVoid={setForm} />
            )}
          </Tabs>
        ) : null}
      </div>
      {form === 'add' ? <AddPasses onClose={() => setForm(null)} /> : null}
      {form !== null && form !== 'add' ? (
        <VoidPass key={form.number} number={form.number} onClose={() => setForm(null)} />
      ) : null}
    </div>
  )
}

const sum = (counts: Stock['counts']) => order.reduce((total, status) => total + (counts[status] ?? 0), 0)

function PassTable(props: { rows: readonly Pass[]; manages: boolean; onVoid: (pass: Pass) => void }) {
  const { t } = useTranslation()
  const zone = useZone()
  const language = useUiLanguage()
  const client = useQueryClient()
  const { problemText } = useProblemText()
  const gives = useCan('visit.release')

  async function found(pass: Pass) {
    try {
      await call(passes.found, { params: { number: pass.number } })
      showToast({ text: t('visits.pass.foundDone', { number: pass.number }) })
    } catch (fault) {
      showToast({ text: problemText(fault), tone: 'alarm', seconds: 8 })
    }
    await client.invalidateQueries({ queryKey: stockKey })
  }

  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable from the keyboard
    <section className={css.scroll} tabIndex={0} aria-label={t('visits.pass.title')}>
      <table className={css.table}>
        <thead>
          <tr>
            {(['number', 'state', 'visitor', 'since', 'acts'] as const).map((column) => (
              <th key={column} scope="col">
                {t(`visits.pass.column.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {props.rows.map((pass) => (
            <tr key={pass.number}>
              <th scope="row" className={css.number}>
                {pass.number}
              </th>
              <td>
                <StatusChip tone={tones[pass.status]}>{t(`visits.pass.status.${pass.status}`)}</StatusChip>
              </td>
              <td>
                {pass.visitId ? (
                  <a href={`/register?visit=${pass.visitId}`}>{pass.visitorName}</a>
                ) : (
                  pass.visitorName
                )}
              </td>
              <td className={css.number}>
                {pass.issuedAt ? formatDateTime(pass.issuedAt, zone, language) : ''}
              </td>
              <td className={css.acts}>
                {gives && (pass.status === 'missing' || pass.status === 'void') ? (
                  <Button icon="check" onClick={() => void found(pass)}>
                    {t(pass.status === 'missing' ? 'visits.pass.found' : 'visits.pass.back')}
                  </Button>
                ) : null}
                {props.manages && (pass.status === 'in_stock' || pass.status === 'missing') ? (
                  <Button icon="close" kind="plain" onClick={() => props.onVoid(pass)}>
                    {t('visits.pass.void.open')}
                  </Button>
                ) : null}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
