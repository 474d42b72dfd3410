import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../../ui-kit/button.tsx'
import { call } from '../../../../ui-kit/client.ts'
import { useDraft } from '../../../../ui-kit/drafts.ts'
import { Field } from '../../../../ui-kit/field.tsx'
import { SelectNative, TextArea } from '../../../../ui-kit/inputs.tsx'
import { useUiLanguage, useZone } from '../../../../ui-kit/language.ts'
import { ProblemNotice } from '../../../../ui-kit/problem-notice.tsx'
import { Skeleton } from '../../../../ui-kit/skeleton.tsx'
import { StatusChip } from '../../../../ui-kit/status-chip.tsx'
import { showToast } from '../../../../ui-kit/toast.tsx'
import { formatDateTime } from '../../../../ui-kit/zone-time.ts'
import { remarks } from '../../remarks/contract.ts'
import { remarkKinds } from '../../rules.ts'
import css from '../customers.module.css'
import { ContactLink, CustomerLink } from '../facts.tsx'
import { customerKeys, type Remark, useSaved } from '../queries.ts'

interface RemarksProps {
  customerId?: string
  contactId?: string
  writes: boolean
}

/** What they told us (S10): notes, suggestions that want an answer, market research. */
export function RemarksBox({ customerId, contactId, writes }: RemarksProps) {
  const { t } = useTranslation()
  const about = { ...(customerId ? { customerId } : {}), ...(contactId ? { contactId } : {}) }
  const found = useQuery({
    queryKey: [...customerKeys.all, 'remarks', about],
    queryFn: ({ signal }) => call(remarks.list, { query: { ...about, limit: 30 } }, { signal }),
  })
  return (
    <section className={css.box} aria-label={t('customers.remarks.title')}>
      <h2>{t('customers.remarks.title')}</h2>
      {writes ? <NewRemark about={about} /> : null}
      <ProblemNotice fault={found.error} onRetry={() => void found.refetch()} />
      {found.isPending ? <Skeleton rows={3} /> : null}
      {found.data?.items.length === 0 ? <p className={css.quiet}>{t('customers.remarks.none')}</p> : null}
      <RemarkList items={found.data?.items ?? []} named={false} />
    </section>
  )
}

function NewRemark({ about }: { about: { customerId?: string; contactId?: string } }) {
  const { t } = useTranslation()
  const saved = useSaved()
  const draft = useDraft<{ kind: Remark['kind']; text: string }>(
    `remark.${about.customerId ?? about.contactId}`,
    { kind: 'note', text: '' },
  )
  const add = useMutation({
    mutationFn: () => call(remarks.add, { body: { ...about, ...draft.value } }),
    onSuccess: async () => {
      draft.clear()
      await saved.all()
    },
  })
  const { kind, text } = draft.value
  return (
    <form
      className={css.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        if (!add.isPending && text.trim() !== '') add.mutate()
      }}
    >
      <Field
        label={t('customers.remarks.new')}
        hint={kind === 'suggestion' ? t('customers.remarks.suggestionHint') : undefined}
      >
        <TextArea rows={2} maxLength={4000} value={text} onChange={(next) => draft.patch({ text: next })} />
      </Field>
      <div className={css.acts}>
        <SelectNative
          label={t('customers.remarks.kind')}
          value={kind}
          onChange={(value) => draft.patch({ kind: remarkKinds.find((one) => one === value) ?? 'note' })}
          options={remarkKinds.map((value) => ({ value, label: t(`customers.remarks.kinds.${value}`) }))}
        />
        <Button type="submit" busy={add.isPending} disabled={text.trim() === ''}>
          {t('customers.remarks.add')}
        </Button>
      </div>
      <ProblemNotice fault={add.error} />
    </form>
  )
}

export function RemarkList({ items, named }: { items: readonly Remark[]; named: boolean }) {
  return (
    <ul className={css.list}>
      {items.map((one) => (
        <RemarkItem key={one.id} remark={one} named={named} />
      ))}
    </ul>
  )
}

function RemarkItem({ remark, named }: { remark: Remark; named: boolean }) {
  const { t } = useTranslation()
  const zone = useZone()
  const language = useUiLanguage()
  const saved = useSaved()
  const [text, setText] = useState<string | null>(null)
  const params = { id: remark.id }
  const reopen = useMutation({
    mutationFn: () => call(remarks.reopen, { params }),
    onSuccess: () => saved.all(),
  })
  const answer = useMutation({
    mutationFn: () => call(remarks.answer, { params, body: { answer: text ?? '' } }),
    onSuccess: async () => {
      setText(null)
      await saved.all()
      showToast({ text: t('customers.remarks.answered'), undo: () => reopen.mutate() })
    },
  })
  const tone = remark.status === 'open' ? 'waiting' : remark.status === 'answered' ? 'good' : 'neutral'
  return (
    <li className={css.item}>
      <div className={css.between}>
        <span className={css.line}>
          <StatusChip tone={tone}>
            {t(
              remark.status === 'kept'
                ? `customers.remarks.kinds.${remark.kind}`
                : `customers.remarks.status.${remark.status}`,
            )}
          </StatusChip>
          {named ? <CustomerLink id={remark.customerId} name={remark.customerName} /> : null}
          {remark.contactId === null ? null : <ContactLink id={remark.contactId} name={remark.contactName} />}
        </span>
        <span className={css.quiet}>
          {remark.by} · {formatDateTime(remark.at, zone, language)}
        </span>
      </div>
      <span>{remark.text}</span>
      {remark.answer === '' ? null : (
        <span className={css.good}>
          {remark.answer} <span className={css.quiet}>{remark.answeredBy}</span>
        </span>
      )}
      {remark.can.answer && text === null ? (
        <div>
          <Button icon="message" onClick={() => setText('')}>
            {t('customers.remarks.answer')}
          </Button>
        </div>
      ) : null}
      {text === null ? null : (
        <form
          className={css.form}
          onSubmit={(event) => {
            event.preventDefault()
            if (!answer.isPending) answer.mutate()
          }}
        >
          <Field label={t('customers.remarks.answer')}>
            <TextArea rows={2} autoFocus maxLength={4000} value={text} onChange={setText} />
          </Field>
          <div className={css.acts}>
            <Button kind="primary" type="submit" busy={answer.isPending} disabled={text.trim() === ''}>
              {t('customers.save')}
            </Button>
            <Button onClick={() => setText(null)}>{t('customers.cancel')}</Button>
          </div>
        </form>
      )}
      {remark.can.reopen ? (
        <div>
          <Button kind="plain" busy={reopen.isPending} onClick={() => reopen.mutate()}>
            {t('customers.remarks.reopen')}
          </Button>
        </div>
      ) : null}
      <ProblemNotice fault={answer.error ?? reopen.error} />
    </li>
  )
}
