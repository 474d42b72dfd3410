import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button, IconButton } from '../../../../ui-kit/button.tsx'
import { call } from '../../../../ui-kit/client.ts'
import { TextInput } from '../../../../ui-kit/inputs.tsx'
import { ProblemNotice } from '../../../../ui-kit/problem-notice.tsx'
import { StatusChip } from '../../../../ui-kit/status-chip.tsx'
import { ownership } from '../../ownership/contract.ts'
import css from '../customers.module.css'
import { ColleaguePicker } from '../pickers.tsx'
import { type Customer, useSaved } from '../queries.ts'

interface Member {
  readonly id: string
  readonly name: string
  readonly duty: string
}

/** Service team of a key account (S10): who serves it besides its owner, and for what. */
export function TeamBox({ customer }: { customer: Customer }) {
  const { t } = useTranslation()
  const [editing, setEditing] = useState(false)
  if (customer.team.length === 0 && !customer.can.assign) return null
  return (
    <section className={css.box} aria-label={t('customers.team.title')}>
      <div className={css.boxHead}>
        <h2>{t('customers.team.title')}</h2>
        {customer.can.assign && !editing ? (
          <Button icon="edit" onClick={() => setEditing(true)}>
            {t('customers.team.edit')}
          </Button>
        ) : null}
      </div>
      {editing ? (
        <TeamForm key={customer.version} customer={customer} onClose={() => setEditing(false)} />
      ) : (
        <ul className={css.list}>
          {customer.team.map((one) => (
            <li key={one.id} className={css.between}>
              <span>
                {one.name} <span className={css.quiet}>{one.duty}</span>
              </span>
              {one.active ? (
                <span className={css.figure}>{one.extension}</span>
              ) : (
                <StatusChip tone="alarm">{t('customers.owner.left')}</StatusChip>
              )}
            </li>
          ))}
          {customer.team.length === 0 ? <li className={css.quiet}>{t('customers.team.none')}</li> : null}
        </ul>
      )}
    </section>
  )
}

function TeamForm({ customer, onClose }: { customer: Customer; onClose: () => void }) {
  const { t } = useTranslation()
  const saved = useSaved()
  const [members, setMembers] = useState<readonly Member[]>(customer.team)
  const save = useMutation({
    mutationFn: () =>
      call(ownership.team, {
        params: { id: customer.id },
        body: {
          version: customer.version,
          members: members.map(({ id, duty }) => ({ employeeId: id, duty })),
        },
      }),
    onSuccess: async (card) => {
      await saved.customer(card)
      onClose()
    },
  })
  return (
    <div className={css.form}>
      {members.map((one) => (
        <div key={one.id} className={css.between}>
          <span>{one.name}</span>
          <TextInput
            label={t('customers.team.duty', { name: one.name })}
            placeholder={t('customers.team.dutyHint')}
            maxLength={40}
            value={one.duty}
            onChange={(duty) =>
              setMembers(members.map((other) => (other.id === one.id ? { ...other, duty } : other)))
            }
          />
          <IconButton
            icon="trash"
            label={t('customers.team.remove', { name: one.name })}
            onClick={() => setMembers(members.filter((other) => other.id !== one.id))}
          />
        </div>
      ))}
      <ColleaguePicker
        key={members.length}
        label={t('customers.team.add')}
        picked={null}
        onChange={(one) => {
          if (one && !members.some((other) => other.id === one.id))
            setMembers([...members, { ...one, duty: '' }])
        }}
      />
      <ProblemNotice fault={save.error} />
      <div className={css.acts}>
        <Button kind="primary" busy={save.isPending} onClick={() => save.mutate()}>
          {t('customers.save')}
        </Button>
        <Button onClick={onClose}>{t('customers.cancel')}</Button>
      </div>
    </div>
  )
}
