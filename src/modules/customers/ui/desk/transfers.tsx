import { useInfiniteQuery, useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../../ui-kit/button.tsx'
import { call } from '../../../../ui-kit/client.ts'
import { Empty } from '../../../../ui-kit/empty.tsx'
import { Field } from '../../../../ui-kit/field.tsx'
import { TextInput } from '../../../../ui-kit/inputs.tsx'
import { useUiLanguage, useZone } from '../../../../ui-kit/language.ts'
import { ProblemNotice } from '../../../../ui-kit/problem-notice.tsx'
import { Skeleton } from '../../../../ui-kit/skeleton.tsx'
import { StatusChip } from '../../../../ui-kit/status-chip.tsx'
import { Tabs } from '../../../../ui-kit/tabs.tsx'
import { showToast } from '../../../../ui-kit/toast.tsx'
import { formatDateTime } from '../../../../ui-kit/zone-time.ts'
import { transfers } from '../../ownership/contract.ts'
import css from '../customers.module.css'
import { CustomerLink } from '../facts.tsx'
import { customerKeys, type Transfer, useLiveCustomers, useSaved } from '../queries.ts'

const tabs = ['asked', 'all'] as const

/** Requests for somebody's customer (C5): to decide, to withdraw, and what became of them. */
export function Transfers() {
  const { t } = useTranslation()
  const [status, setStatus] = useState<(typeof tabs)[number]>('asked')
  useLiveCustomers()
  const pages = useInfiniteQuery({
    queryKey: [...customerKeys.all, 'transfers', status],
    initialPageParam: '',
    queryFn: ({ pageParam, signal }) =>
      call(
        transfers.list,
        { query: { status, limit: 30, ...(pageParam === '' ? {} : { cursor: pageParam }) } },
        { signal },
      ),
    getNextPageParam: (page) => page.next,
  })
  const items = pages.data?.pages.flatMap((page) => page.items) ?? []
  return (
    <div className={css.page}>
      <h1>{t('customers.transfers.title')}</h1>
      <Tabs
        label={t('customers.transfers.title')}
        value={status}
        onChange={setStatus}
        tabs={tabs.map((value) => ({ value, label: t(`customers.transfers.tab.${value}`) }))}
      >
        <ProblemNotice fault={pages.error} onRetry={() => void pages.refetch()} />
        {pages.isPending ? <Skeleton rows={4} /> : null}
        {pages.data && items.length === 0 ? (
          <Empty icon="swap" title={t('customers.transfers.none')}>
            {t('customers.transfers.noneHelp')}
          </Empty>
        ) : null}
        <ul className={css.list}>
          {items.map((one) => (
            <TransferItem key={one.id} transfer={one} />
          ))}
        </ul>
        {pages.hasNextPage ? (
          <Button busy={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
            {t('customers.history.more')}
          </Button>
        ) : null}
      </Tabs>
    </div>
  )
}

const tones = { asked: 'waiting', approved: 'good', refused: 'alarm', withdrawn: 'neutral' } as const

function TransferItem({ transfer: one }: { transfer: Transfer }) {
  const { t } = useTranslation()
  const zone = useZone()
  const language = useUiLanguage()
  const saved = useSaved()
  const [answer, setAnswer] = useState('')
  const params = { id: one.id }
  const undo = useMutation({
    mutationFn: () => call(transfers.undo, { params }),
    onSuccess: () => saved.all(),
  })
  const decide = useMutation({
    mutationFn: (order: 'approve' | 'refuse' | 'withdraw') =>
      order === 'withdraw'
        ? call(transfers.withdraw, { params })
        : call(transfers[order], { params, body: { answer } }),
    onSuccess: async (done) => {
      await saved.all()
      showToast({
        text: t(`customers.transfers.done.${done.status}`, { name: done.customerName }),
        ...(done.can.undo ? { undo: () => undo.mutate() } : {}),
      })
    },
  })
  const { can } = one
  return (
    <li className={css.box}>
      <div className={css.between}>
        <span className={css.line}>
          <StatusChip tone={tones[one.status]}>{t(`customers.transfers.status.${one.status}`)}</StatusChip>
          <CustomerLink id={one.customerId} name={one.customerName} />
          <span>{t('customers.transfers.fromTo', { from: one.fromName, to: one.toName })}</span>
        </span>
        <span className={css.quiet}>
          {one.askedBy} · {formatDateTime(one.askedAt, zone, language)}
        </span>
      </div>
      <span>{one.reason}</span>
      {one.decidedBy === '' ? null : (
        <span className={css.quiet}>
          {one.decidedBy} {one.answer}
        </span>
      )}
      {can.approve || can.refuse ? (
        <Field label={t('customers.transfers.answer')} hint={t('customers.transfers.answerHint')}>
          <TextInput value={answer} maxLength={200} onChange={setAnswer} />
        </Field>
      ) : null}
      <div className={css.acts}>
        {can.approve ? (
          <Button
            kind="primary"
            icon="check"
            busy={decide.isPending}
            onClick={() => decide.mutate('approve')}
          >
            {t('customers.transfers.approve')}
          </Button>
        ) : null}
        {can.refuse ? (
          <Button
            icon="close"
            busy={decide.isPending}
            disabled={answer.trim() === ''}
            onClick={() => decide.mutate('refuse')}
          >
            {t('customers.transfers.refuse')}
          </Button>
        ) : null}
        {can.withdraw ? (
          <Button icon="back" busy={decide.isPending} onClick={() => decide.mutate('withdraw')}>
            {t('customers.transfers.withdraw')}
          </Button>
        ) : null}
        {can.undo ? (
          <Button kind="plain" busy={undo.isPending} onClick={() => undo.mutate()}>
            {t('customers.transfers.undo')}
          </Button>
        ) : null}
      </div>
      <ProblemNotice fault={decide.error ?? undo.error} />
    </li>
  )
}
