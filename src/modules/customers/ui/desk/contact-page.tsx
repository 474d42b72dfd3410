import { useMutation } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../../ui-kit/button.tsx'
import { call } from '../../../../ui-kit/client.ts'
import { DescriptionList } from '../../../../ui-kit/description-list.tsx'
import { useKeys } from '../../../../ui-kit/keys.ts'
import { Masked } from '../../../../ui-kit/masked.tsx'
import { ProblemNotice } from '../../../../ui-kit/problem-notice.tsx'
import { Skeleton } from '../../../../ui-kit/skeleton.tsx'
import { StatusChip } from '../../../../ui-kit/status-chip.tsx'
import { showToast } from '../../../../ui-kit/toast.tsx'
import { contacts } from '../../contacts/contract.ts'
import css from '../customers.module.css'
import { CustomerLink, GradeChip, OwnerLine, Phones, Promises, Tags } from '../facts.tsx'
import { type Contact, useContact, useLiveCustomers, useSaved } from '../queries.ts'
import { Timeline } from '../timeline.tsx'
import { ContactForm } from './contact-form.tsx'
import { MergeNotes } from './merge-notes.tsx'
import { RemarksBox } from './remarks-box.tsx'

/** A person at one glance: company, whose customer, what is promised, one timeline (C5). */
export function ContactPage() {
  const { id } = useParams({ strict: false })
  useLiveCustomers()
  return id === undefined ? null : <Card key={id} id={id} />
}

function Card({ id }: { id: string }) {
  const found = useContact(id)
  const one = found.data
  return (
    <div className={css.page}>
      <ProblemNotice fault={found.error} onRetry={() => void found.refetch()} />
      {found.isPending ? <Skeleton kind="cards" rows={3} /> : null}
      {one ? <Shown contact={one} /> : null}
    </div>
  )
}

function Shown({ contact: one }: { contact: Contact }) {
  const { t } = useTranslation()
  const [editing, setEditing] = useState(false)
  const edit = one.can.edit && !editing
  useKeys({ e: { label: t('customers.edit'), run: () => setEditing(true) } }, { enabled: edit })
  return (
    <>
      <header className={css.head}>
        <div className={css.line}>
          <h1>{one.name}</h1>
          <GradeChip grade={one.grade} vip={one.vip} />
          {one.active ? null : <StatusChip tone="alarm">{t('customers.state.inactive')}</StatusChip>}
          <Tags tags={one.tags} />
        </div>
        <div className={css.tools}>
          {edit ? (
            <Button icon="edit" keyHint="e" onClick={() => setEditing(true)}>
              {t('customers.edit')}
            </Button>
          ) : null}
          {one.can.merge ? (
            <Link to="/duplicates" search={{ entity: 'contact', id: one.id }}>
              {t('customers.merge.find')}
            </Link>
          ) : null}
          {one.can.edit ? <Standing contact={one} /> : null}
        </div>
      </header>
      {one.concealed ? <p className={css.quiet}>{t('customers.concealed')}</p> : null}
      <MergeNotes merges={one.merges} />
      <div className={css.columns}>
        <div className={css.stack}>
          <section className={css.box} aria-label={t('customers.owner.title')}>
            <h2>{t('customers.owner.title')}</h2>
            <CustomerLink id={one.customerId} name={one.customerName} />
            <OwnerLine owner={one.owner} />
            {one.team.map((member) => (
              <span key={member.id} className={css.line}>
                {member.name}
                <span className={css.figure}>{member.extension}</span>
                <span className={css.quiet}>{member.duty}</span>
              </span>
            ))}
          </section>
          <section className={css.box} aria-label={t('customers.promises.title')}>
            <h2>{t('customers.promises.title')}</h2>
            <Promises promises={one.promises} />
          </section>
          <section className={css.box} aria-label={t('customers.facts')}>
            <h2>{t('customers.facts')}</h2>
            {editing ? (
              <ContactForm
                contact={one}
                onDone={() => setEditing(false)}
                onCancel={() => setEditing(false)}
              />
            ) : (
              <Facts contact={one} />
            )}
          </section>
        </div>
        <div className={css.stack}>
          {one.concealed ? null : <RemarksBox contactId={one.id} writes={one.can.remark} />}
          {one.concealed ? null : <Timeline entity="contact" id={one.id} />}
        </div>
      </div>
    </>
  )
}

function Facts({ contact: one }: { contact: Contact }) {
  const { t, i18n } = useTranslation()
  const email = async () =>
    (await call(contacts.reveal, { params: { id: one.id }, body: { phoneId: null } })).value
  const language = `customers.language.${one.language}`
  const phones = <Phones of="contact" id={one.id} phones={one.phones} reveal={one.can.reveal} />
  const address = (
    <Masked
      masked={one.email}
      label={t('customers.field.email')}
      onReveal={one.can.reveal ? email : undefined}
    />
  )
  return (
    <DescriptionList
      rows={[
        [t('customers.field.post'), one.title],
        [t('customers.field.sex'), one.sex === null ? null : t(`customers.sex.${one.sex}`)],
        [t('customers.form.phones'), one.phones.length === 0 ? null : phones],
        [t('customers.field.email'), one.email === '' ? null : address],
        [t('customers.field.language'), i18n.exists(language) ? t(language) : one.language],
        [t('customers.field.dialect'), one.dialect],
        [t('customers.field.note'), one.note],
        [t('customers.field.origin'), t(`customers.origin.${one.origin}`)],
      ]}
    />
  )
}

function Standing({ contact: one }: { contact: Contact }) {
  const { t } = useTranslation()
  const saved = useSaved()
  const turn = useMutation({
    mutationFn: ({ active, version }: { active: boolean; version: number }) =>
      call(active ? contacts.activate : contacts.deactivate, { params: { id: one.id }, body: { version } }),
    onSuccess: async (card, { active }) => {
      await saved.contact(card)
      if (!active)
        showToast({
          text: t('customers.deactivated', { name: card.name }),
          undo: () => turn.mutate({ active: true, version: card.version }),
        })
    },
  })
  return (
    <>
      <Button
        kind={one.active ? 'danger' : 'quiet'}
        busy={turn.isPending}
        onClick={() => turn.mutate({ active: !one.active, version: one.version })}
      >
        {t(one.active ? 'customers.deactivate' : 'customers.activate')}
      </Button>
      <ProblemNotice fault={turn.error} />
    </>
  )
}
