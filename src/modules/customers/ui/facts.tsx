import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../../ui-kit/client.ts'
import { useUiLanguage, useZone } from '../../../ui-kit/language.ts'
import { Masked } from '../../../ui-kit/masked.tsx'
import { StatusChip } from '../../../ui-kit/status-chip.tsx'
import { formatDateTime } from '../../../ui-kit/zone-time.ts'
import { contacts } from '../contacts/contract.ts'
import { customers } from '../contract.ts'
import css from './customers.module.css'
import type { Contact, Customer } from './queries.ts'

export function GradeChip({ grade, vip = false }: { grade: Customer['grade']; vip?: boolean }) {
  const { t } = useTranslation()
  const shown = vip ? 'vip' : grade
  return shown === 'normal' ? null : (
    <StatusChip tone={shown === 'vip' ? 'waiting' : 'good'} icon="star">
      {t(`customers.grade.${shown}`)}
    </StatusChip>
  )
}

export function Tags({ tags }: { tags: readonly string[] }) {
  return (
    <>
      {tags.map((tag) => (
        <StatusChip key={tag} tone="neutral">
          {tag}
        </StatusChip>
      ))}
    </>
  )
}

interface OwnerProps {
  owner: Customer['owner']
  /** Whether the owner is free: the busy lamp of their extension, when somebody knows it. */
  lamp?: ReactNode
}

/** Whose customer, and how to reach them: what the switchboard needs first (C5). */
export function OwnerLine({ owner, lamp }: OwnerProps) {
  const { t } = useTranslation()
  if (owner === null) return <span className={css.quiet}>{t('customers.owner.none')}</span>
  return (
    <span className={css.owner}>
      <strong>{owner.name}</strong>
      {owner.extension === '' ? null : (
        <span className={`${css.extension} ${css.figure}`}>{owner.extension}</span>
      )}
      {lamp}
      <span className={css.quiet}>{owner.departmentName}</span>
      {owner.active ? null : <StatusChip tone="alarm">{t('customers.owner.left')}</StatusChip>}
      {owner.locked && owner.lockedUntil !== null ? (
        <span className={css.quiet}>{t('customers.owner.lockedUntil', { day: owner.lockedUntil })}</span>
      ) : null}
    </span>
  )
}

interface PhonesProps {
  of: 'customer' | 'contact'
  id: string
  phones: Customer['phones']
  reveal: boolean
}

export function Phones({ of, id, phones, reveal }: PhonesProps) {
  const { t } = useTranslation()
  const route = of === 'customer' ? customers.reveal : contacts.reveal
  return (
    <ul className={css.list}>
      {phones.map((phone) => (
        <li key={phone.id} className={css.line}>
          <Masked
            masked={phone.number}
            label={phone.label === '' ? t(`customers.phone.${phone.kind}`) : phone.label}
            onReveal={
              reveal
                ? async () => (await call(route, { params: { id }, body: { phoneId: phone.id } })).value
                : undefined
            }
          />
          {phone.extension === '' ? null : (
            <span className={css.figure}>{t('customers.phone.ext', { extension: phone.extension })}</span>
          )}
          <span className={css.quiet}>
            {phone.label === '' ? t(`customers.phone.${phone.kind}`) : phone.label}
          </span>
        </li>
      ))}
    </ul>
  )
}

/** Open promises, soonest first (G2). */
export function Promises({ promises }: { promises: Contact['promises'] }) {
  const { t, i18n } = useTranslation()
  const zone = useZone()
  const language = useUiLanguage()
  if (promises.length === 0) return <p className={css.quiet}>{t('customers.promises.none')}</p>
  return (
    <ul className={css.list}>
      {promises.map((one) => (
        <li key={one.id} className={css.waiting}>
          <div className={css.between}>
            <span>{t(`task.${one.kind}`, one.facts)}</span>
            <time className={css.figure} dateTime={one.dueAt}>
              {formatDateTime(one.dueAt, zone, language)}
            </time>
          </div>
          <span className={css.quiet}>
            {one.ownerName ??
              (i18n.exists(`todo.post.${one.ownerPost}`) ? t(`todo.post.${one.ownerPost}`) : one.ownerPost)}
          </span>
        </li>
      ))}
    </ul>
  )
}

export function ContactLink({ id, name }: { id: string; name: string }) {
  return (
    <Link to="/contacts/$id" params={{ id }} className={css.name}>
      {name}
    </Link>
  )
}

export function CustomerLink({ id, name }: { id: string | null; name: string }) {
  return id === null ? (
    <span>{name}</span>
  ) : (
    <Link to="/customers/$id" params={{ id }} className={css.name}>
      {name}
    </Link>
  )
}
