/** What other modules' screens may show of a customer: the call panel, the console. */
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { ProblemNotice } from '../../../ui-kit/problem-notice.tsx'
import { Skeleton } from '../../../ui-kit/skeleton.tsx'
import css from './customers.module.css'
import { ContactLink, CustomerLink, GradeChip, OwnerLine, Phones, Promises, Tags } from './facts.tsx'
import { useContact } from './queries.ts'
import { Timeline } from './timeline.tsx'

interface ContactCardProps {
  contactId: string
  /** Beside the owner's extension: whether they are free. */
  lamp?: ReactNode
  /** Also the last few lines of the timeline. */
  history?: boolean
}

/** One glance while the telephone rings: who, whose customer, what is promised, what was last (C5, C15). */
export function ContactCard({ contactId, lamp, history = true }: ContactCardProps) {
  const { t } = useTranslation()
  const found = useContact(contactId)
  const one = found.data
  if (found.isPending) return <Skeleton rows={4} />
  if (one === undefined) return <ProblemNotice fault={found.error} onRetry={() => void found.refetch()} />
  return (
    <div className={css.compact}>
      <div className={css.line}>
        <ContactLink id={one.id} name={one.name} />
        <span className={css.quiet}>{one.title}</span>
        <GradeChip grade={one.grade} vip={one.vip} />
        <Tags tags={one.tags} />
      </div>
      <CustomerLink id={one.customerId} name={one.customerName} />
      <OwnerLine owner={one.owner} lamp={lamp} />
      {one.dialect === '' ? null : <span>{t('customers.speaks', { dialect: one.dialect })}</span>}
      {one.note === '' ? null : <p>{one.note}</p>}
      <Phones of="contact" id={one.id} phones={one.phones} reveal={one.can.reveal} />
      <Promises promises={one.promises} />
      {history && !one.concealed ? <Timeline entity="contact" id={one.id} limit={5} /> : null}
    </div>
  )
}
