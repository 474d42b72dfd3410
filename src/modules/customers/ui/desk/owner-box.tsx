import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../../ui-kit/button.tsx'
import { call } from '../../../../ui-kit/client.ts'
import { Field } from '../../../../ui-kit/field.tsx'
import { DateTimeInput, TextInput } from '../../../../ui-kit/inputs.tsx'
import { useUiLanguage, useZone } from '../../../../ui-kit/language.ts'
import { ProblemNotice } from '../../../../ui-kit/problem-notice.tsx'
import { StatusChip } from '../../../../ui-kit/status-chip.tsx'
import { showToast } from '../../../../ui-kit/toast.tsx'
import { formatDate } from '../../../../ui-kit/zone-time.ts'
import { ownership, transfers } from '../../ownership/contract.ts'
import css from '../customers.module.css'
import { OwnerLine } from '../facts.tsx'
import { ColleaguePicker, type Picked } from '../pickers.tsx'
import { type Customer, useSaved } from '../queries.ts'

/** Whose customer (C5): claim, ask for it, say whose it is; below, whose it was. */
export function OwnerBox({ customer }: { customer: Customer }) {
  const { t } = useTranslation()
  const saved = useSaved()
  const zone = useZone()
  const language = useUiLanguage()
  const [form, setForm] = useState<'assign' | 'ask' | null>(null)
  const params = { id: customer.id }
  const claim = useMutation({
    mutationFn: () => call(ownership.claim, { params }),
    onSuccess: async (card) => {
      await saved.customer(card)
      showToast({ text: t('customers.owner.claimed', { name: card.name }) })
    },
  })
  const { can, transfer } = customer
  return (
    <section className={css.box} aria-label={t('customers.owner.title')}>
      <h2>{t('customers.owner.title')}</h2>
      <OwnerLine owner={customer.owner} />
      {transfer === null ? null : (
        <div className={css.waiting}>
          <StatusChip tone="waiting">{t('customers.transfers.status.asked')}</StatusChip>{' '}
          {t('customers.transfers.line', { to: transfer.toName, reason: transfer.reason })}
        </div>
      )}
      <ProblemNotice fault={claim.error} />
      {form === null ? (
        <div className={css.acts}>
          {can.claim ? (
            <Button icon="check" busy={claim.isPending} onClick={() => claim.mutate()}>
              {t('customers.owner.claim')}
            </Button>
          ) : null}
          {can.ask ? (
            <Button icon="swap" onClick={() => setForm('ask')}>
              {t('customers.owner.ask')}
            </Button>
          ) : null}
          {can.assign && transfer === null ? (
            <Button icon="user" onClick={() => setForm('assign')}>
              {t('customers.owner.assign')}
            </Button>
          ) : null}
        </div>
      ) : null}
      {form === 'assign' ? <AssignForm customer={customer} onClose={() => setForm(null)} /> : null}
      {form === 'ask' ? <AskForm customer={customer} onClose={() => setForm(null)} /> : null}
      {customer.ownerships.length === 0 ? null : (
        <details>
          <summary>{t('customers.owner.history')}</summary>
          <ul className={css.list}>
            {customer.ownerships.map((one) => (
              <li key={`${one.ownerName} ${one.since}`} className={css.between}>
                <span>
                  {one.ownerName} <span className={css.quiet}>{one.reason}</span>
                </span>
                <span className={css.figure}>
                  {formatDate(one.since, zone, language)} –{' '}
                  {one.until === null ? '' : formatDate(one.until, zone, language)}
                </span>
              </li>
            ))}
          </ul>
        </details>
      )}
    </section>
  )
}

function AssignForm({ customer, onClose }: { customer: Customer; onClose: () => void }) {
  const { t } = useTranslation()
  const saved = useSaved()
  const before = customer.owner
  const [owner, setOwner] = useState<Picked | null>(before && { id: before.id, name: before.name })
  const [until, setUntil] = useState(before?.lockedUntil ?? '')
  const [reason, setReason] = useState('')
  const save = useMutation({
    mutationFn: () =>
      call(ownership.assign, {
        params: { id: customer.id },
        body: {
          version: customer.version,
          ownerId: owner?.id ?? null,
          reason,
          // Another owner and no date chosen: the days of the setting.
          ...(until === '' ? {} : { lockedUntil: until }),
        },
      }),
    onSuccess: async (card) => {
      await saved.customer(card)
      onClose()
    },
  })
  return (
    <form
      className={css.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        if (!save.isPending) save.mutate()
      }}
    >
      <ColleaguePicker
        label={t('customers.field.owner')}
        hint={t('customers.owner.nobodyHint')}
        picked={owner}
        onChange={(next) => {
          setOwner(next)
          setUntil('')
        }}
      />
      <div className={css.pair}>
        <Field label={t('customers.field.lockedUntil')} hint={t('customers.owner.lockHint')}>
          <DateTimeInput kind="date" value={until} onChange={setUntil} />
        </Field>
        <Field label={t('customers.field.reason')}>
          <TextInput value={reason} maxLength={200} onChange={setReason} />
        </Field>
      </div>
      <ProblemNotice fault={save.error} />
      <div className={css.acts}>
        <Button kind="primary" type="submit" busy={save.isPending}>
          {t('customers.save')}
        </Button>
        <Button onClick={onClose}>{t('customers.cancel')}</Button>
      </div>
    </form>
  )
}

function AskForm({ customer, onClose }: { customer: Customer; onClose: () => void }) {
  const { t } = useTranslation()
  const saved = useSaved()
  const [reason, setReason] = useState('')
  const ask = useMutation({
    mutationFn: () => call(transfers.ask, { params: { id: customer.id }, body: { reason } }),
    onSuccess: async () => {
      await saved.all()
      showToast({ text: t('customers.transfers.asked') })
      onClose()
    },
  })
  return (
    <form
      className={css.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        if (!ask.isPending) ask.mutate()
      }}
    >
      <p className={css.quiet}>{t('customers.transfers.askHint')}</p>
      <Field label={t('customers.field.reason')} required>
        <TextInput value={reason} maxLength={200} autoFocus onChange={setReason} />
      </Field>
      <ProblemNotice fault={ask.error} />
      <div className={css.acts}>
        <Button kind="primary" type="submit" busy={ask.isPending} disabled={reason.trim() === ''}>
          {t('customers.owner.ask')}
        </Button>
        <Button onClick={onClose}>{t('customers.cancel')}</Button>
      </div>
    </form>
  )
}
