import { useMutation } from '@tanstack/react-query'
import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../../ui-kit/button.tsx'
import { call } from '../../../../ui-kit/client.ts'
import { DescriptionList } from '../../../../ui-kit/description-list.tsx'
import { useKeys } from '../../../../ui-kit/keys.ts'
import { ProblemNotice } from '../../../../ui-kit/problem-notice.tsx'
import { Skeleton } from '../../../../ui-kit/skeleton.tsx'
import { StatusChip } from '../../../../ui-kit/status-chip.tsx'
import { showToast } from '../../../../ui-kit/toast.tsx'
import { customers } from '../../contract.ts'
import css from '../customers.module.css'
import { ContactLink, GradeChip, Phones, Promises, Tags } from '../facts.tsx'
import { type Customer, useCustomer, useLiveCustomers, useSaved } from '../queries.ts'
import { Timeline } from '../timeline.tsx'
import { ContactForm } from './contact-form.tsx'
import { CustomerForm } from './customer-form.tsx'
import { MergeNotes } from './merge-notes.tsx'
import { OwnerBox } from './owner-box.tsx'
import { RemarksBox } from './remarks-box.tsx'
import { TeamBox } from './team-box.tsx'

/** A company at one glance: whose it is, what is promised, its people, one timeline (C5, S10). */
export function CustomerPage() {
  const { id } = useParams({ strict: false })
  useLiveCustomers()
  return id === undefined ? null : <Card key={id} id={id} />
}

function Card({ id }: { id: string }) {
  const found = useCustomer(id)
  const one = found.data
  return (
    <div className={css.page}>
      <ProblemNotice fault={found.error} onRetry={() => void found.refetch()} />
      {found.isPending ? <Skeleton kind="cards" rows={3} /> : null}
      {one ? <Shown customer={one} /> : null}
    </div>
  )
}

function Shown({ customer: one }: { customer: Customer }) {
  const { t } = useTranslation()
  const [editing, setEditing] = useState(false)
  const edit = one.can.edit && !editing
  useKeys({ e: { label: t('customers.edit'), run: () => setEditing(true) } }, { enabled: edit })
  return (
    <>
      <header className={css.head}>
        <div className={css.line}>
          <h1>{one.name}</h1>
          <GradeChip grade={one.grade} />
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
            <Link to="/duplicates" search={{ entity: 'customer', id: one.id }}>
              {t('customers.merge.find')}
            </Link>
          ) : null}
          {one.can.edit ? <Standing customer={one} /> : null}
        </div>
      </header>
      {one.concealed ? <p className={css.quiet}>{t('customers.concealed')}</p> : null}
      <MergeNotes merges={one.merges} />
      <div className={css.columns}>
        <div className={css.stack}>
          <OwnerBox customer={one} />
          <section className={css.box} aria-label={t('customers.promises.title')}>
            <h2>{t('customers.promises.title')}</h2>
            <Promises promises={one.promises} />
          </section>
          <section className={css.box} aria-label={t('customers.facts')}>
            <h2>{t('customers.facts')}</h2>
            {editing ? (
              <CustomerForm
                customer={one}
                onDone={() => setEditing(false)}
                onCancel={() => setEditing(false)}
              />
            ) : (
              <Facts customer={one} />
            )}
          </section>
          <People customer={one} />
          <TeamBox customer={one} />
        </div>
        <div className={css.stack}>
          {one.concealed ? null : <RemarksBox customerId={one.id} writes={one.can.remark} />}
          {one.concealed ? null : <Timeline entity="customer" id={one.id} />}
        </div>
      </div>
    </>
  )
}

function Facts({ customer: one }: { customer: Customer }) {
  const { t } = useTranslation()
  const phones = <Phones of="customer" id={one.id} phones={one.phones} reveal={one.can.reveal} />
  return (
    <DescriptionList
      rows={[
        [t('customers.field.number'), one.number],
        [t('customers.field.shortName'), one.shortName],
        [t('customers.field.industry'), one.industry],
        [t('customers.form.phones'), one.phones.length === 0 ? null : phones],
        [t('customers.field.address'), one.address],
        [t('customers.field.website'), one.website],
        [t('customers.field.note'), one.note],
      ]}
    />
  )
}

function People({ customer: one }: { customer: Customer }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const [adding, setAdding] = useState(false)
  return (
    <section className={css.box} aria-label={t('customers.people')}>
      <div className={css.boxHead}>
        <h2>
          {t('customers.people')} {one.people.length}
        </h2>
        {one.can.edit && !adding ? (
          <Button icon="plus" onClick={() => setAdding(true)}>
            {t('customers.list.newContact')}
          </Button>
        ) : null}
      </div>
      {adding ? (
        <ContactForm
          contact={null}
          company={{ id: one.id, name: one.name }}
          onDone={(made) => {
            setAdding(false)
            if (made.customerId !== one.id) void navigate({ to: '/contacts/$id', params: { id: made.id } })
          }}
          onCancel={() => setAdding(false)}
        />
      ) : null}
      {one.people.length === 0 && !adding ? <p className={css.quiet}>{t('customers.noPeople')}</p> : null}
      <ul className={css.list}>
        {one.people.map((person) => (
          <li key={person.id} className={css.between}>
            <span className={css.line}>
              <ContactLink id={person.id} name={person.name} />
              <span className={css.quiet}>{person.title}</span>
              <GradeChip grade="normal" vip={person.vip} />
              {person.active ? null : <StatusChip tone="alarm">{t('customers.state.inactive')}</StatusChip>}
            </span>
            <span className={css.figure}>{person.phoneMasked}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** Undone, not asked about. */
function Standing({ customer: one }: { customer: Customer }) {
  const { t } = useTranslation()
  const saved = useSaved()
  const turn = useMutation({
    mutationFn: ({ active, version }: { active: boolean; version: number }) =>
      call(active ? customers.activate : customers.deactivate, { params: { id: one.id }, body: { version } }),
    onSuccess: async (card, { active }) => {
      await saved.customer(card)
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
