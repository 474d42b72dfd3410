import { useMutation, useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../../ui-kit/button.tsx'
import { call } from '../../../../ui-kit/client.ts'
import { Empty } from '../../../../ui-kit/empty.tsx'
import { ProblemNotice } from '../../../../ui-kit/problem-notice.tsx'
import { Skeleton } from '../../../../ui-kit/skeleton.tsx'
import { StatusChip } from '../../../../ui-kit/status-chip.tsx'
import { Tabs } from '../../../../ui-kit/tabs.tsx'
import { showToast } from '../../../../ui-kit/toast.tsx'
import { merges } from '../../merges/contract.ts'
import css from '../customers.module.css'
import { ContactLink, CustomerLink } from '../facts.tsx'
import { customerKeys, useLiveCustomers, useSaved } from '../queries.ts'
import type { DuplicatesSearch } from './duplicates-search.ts'
import { type Entity, MergeForm } from './merge-form.tsx'

/** Pairs that may be the same (C5): merged side by side, or told apart for good. */
export function Duplicates() {
  const { t } = useTranslation()
  const { entity = 'customer', id }: DuplicatesSearch = useSearch({ strict: false })
  const navigate = useNavigate()
  const saved = useSaved()
  useLiveCustomers()
  const [pair, setPair] = useState<{ one: string; other: string } | null>(null)
  const found = useQuery({
    queryKey: [...customerKeys.all, 'duplicates', entity, id ?? ''],
    queryFn: ({ signal }) =>
      call(merges.suggestions, { query: { entity, ...(id === undefined ? {} : { id }) } }, { signal }),
  })
  const distinct = useMutation({
    mutationFn: (body: { oneId: string; otherId: string; again: boolean }) =>
      call(merges.distinct, { body: { entity, ...body } }),
    onSuccess: async (_, body) => {
      await saved.all()
      if (!body.again)
        showToast({
          text: t('customers.merge.keptApart'),
          undo: () => distinct.mutate({ ...body, again: true }),
        })
    },
  })
  const go = (next: Entity) => {
    setPair(null)
    void navigate({ to: '/duplicates', search: next === 'contact' ? { entity: next } : {} })
  }
  return (
    <div className={css.page}>
      <h1>{t('customers.merge.title')}</h1>
      <Tabs<Entity>
        label={t('customers.merge.title')}
        value={entity}
        onChange={go}
        tabs={[
          { value: 'customer', label: t('customers.list.companies') },
          { value: 'contact', label: t('customers.list.people') },
        ]}
      >
        {pair === null ? (
          <div className={css.page}>
            <ProblemNotice fault={found.error ?? distinct.error} onRetry={() => void found.refetch()} />
            {found.isPending ? <Skeleton rows={5} /> : null}
            {found.data?.items.length === 0 ? (
              <Empty icon="check" title={t('customers.merge.none')}>
                {t('customers.merge.noneHelp')}
              </Empty>
            ) : null}
            <ul className={css.list}>
              {found.data?.items.map(({ one, other, reasons }) => (
                <li key={`${one.id} ${other.id}`} className={css.box}>
                  <div className={css.between}>
                    <div className={css.stack}>
                      {[one, other].map((each) => (
                        <span key={each.id} className={css.line}>
                          {entity === 'customer' ? (
                            <CustomerLink id={each.id} name={each.name} />
                          ) : (
                            <ContactLink id={each.id} name={each.name} />
                          )}
                          <span className={css.quiet}>{each.detail}</span>
                          <span className={css.figure}>{each.phones.join(' · ')}</span>
                        </span>
                      ))}
                    </div>
                    <div className={css.acts}>
                      {reasons.map((reason) => (
                        <StatusChip key={reason} tone="neutral">
                          {t(`customers.merge.reason.${reason}`)}
                        </StatusChip>
                      ))}
                      <Button icon="swap" onClick={() => setPair({ one: one.id, other: other.id })}>
                        {t('customers.merge.compare')}
                      </Button>
                      <Button
                        kind="plain"
                        onClick={() => distinct.mutate({ oneId: one.id, otherId: other.id, again: false })}
                      >
                        {t('customers.merge.apart')}
                      </Button>
                    </div>
                  </div>
                </li>
              ))}
            </ul>
          </div>
        ) : (
          <MergeForm entity={entity} oneId={pair.one} otherId={pair.other} onClose={() => setPair(null)} />
        )}
      </Tabs>
    </div>
  )
}
