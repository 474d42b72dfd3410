import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../../../ui-kit/button.tsx'
import { call } from '../../../../../ui-kit/client.ts'
import { Empty } from '../../../../../ui-kit/empty.tsx'
import { useSpoken, useUiLanguage, useZone } from '../../../../../ui-kit/language.ts'
import { useLiveInvalidate } from '../../../../../ui-kit/live.ts'
import { ProblemNotice } from '../../../../../ui-kit/problem-notice.tsx'
import { Skeleton } from '../../../../../ui-kit/skeleton.tsx'
import { StatusChip, type Tone } from '../../../../../ui-kit/status-chip.tsx'
import { formatDateTime } from '../../../../../ui-kit/zone-time.ts'
import { type Agreement, agreements } from '../../../agreements/contract.ts'
import css from '../passes.module.css'
import { AgreementPanel } from './agreement-panel.tsx'
import own from './guests.module.css'

const agreementsKey = ['agreements']
const tones: Record<Agreement['status'], Tone> = { draft: 'waiting', published: 'good', withdrawn: 'neutral' }

/** V11, V13: what visitors read and sign — drafted, published in versions, withdrawn. */
export function Agreements() {
  const { t } = useTranslation()
  const spoken = useSpoken()
  const zone = useZone()
  const language = useUiLanguage()
  const [open, setOpen] = useState<string | 'new' | null>(null)
  useLiveInvalidate({ agreement: agreementsKey })
  const list = useQuery({
    queryKey: agreementsKey,
    queryFn: ({ signal }) => call(agreements.list, {}, { signal }),
  })
  const items = list.data?.items ?? []
  const chosen = items.find(({ id }) => id === open)

  function situation(one: Agreement): string {
    const parts = []
    if (one.current)
      parts.push(
        t('agreement.inForce', {
          number: one.current.number,
          from: formatDateTime(one.current.effectiveAt ?? '', zone, language),
        }),
      )
    if (one.coming)
      parts.push(
        t('agreement.coming', {
          number: one.coming.number,
          from: formatDateTime(one.coming.effectiveAt ?? '', zone, language),
        }),
      )
    if (one.draft) parts.push(t('agreement.draftOf', { number: one.draft.number }))
    return parts.length > 0 ? parts.join(' · ') : t('agreement.none')
  }

  return (
    <div className={css.page}>
      <div className={css.list}>
        <header className={css.head}>
          <h1>{t('agreement.title')}</h1>
          <Button kind="primary" icon="plus" onClick={() => setOpen('new')}>
            {t('agreement.new')}
          </Button>
        </header>
        <ProblemNotice fault={list.error} onRetry={() => void list.refetch()} />
        {list.isPending ? <Skeleton rows={4} /> : null}
        {list.data && items.length === 0 ? (
          <Empty icon="signature" title={t('agreement.empty')}>
            {t('agreement.emptyHelp')}
          </Empty>
        ) : null}
        {items.length > 0 ? (
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable from the keyboard
          <section className={css.scroll} tabIndex={0} aria-label={t('agreement.title')}>
            <table className={css.table}>
              <tbody>
                {items.map((one) => (
                  <tr key={one.id}>
                    <th scope="row">
                      <Button kind="name" onClick={() => setOpen(one.id)}>
                        {spoken(one.title)}
                      </Button>
                    </th>
                    <td>{t(`agreement.purpose.${one.purpose}`)}</td>
                    <td>
                      <StatusChip tone={tones[one.status]}>{t(`agreement.status.${one.status}`)}</StatusChip>
                    </td>
                    <td className={own.quiet}>{situation(one)}</td>
                    <td className={css.number}>
                      {one.current ? t('agreement.signatures', { count: one.current.signatures }) : ''}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </section>
        ) : null}
      </div>
      {open === 'new' || chosen ? (
        <AgreementPanel
          key={chosen ? `${chosen.id} ${chosen.version}` : 'new'}
          agreement={chosen ?? null}
          onClose={() => setOpen(null)}
          onMade={setOpen}
        />
      ) : null}
    </div>
  )
}
