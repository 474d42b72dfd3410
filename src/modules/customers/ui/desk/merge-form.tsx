import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../../ui-kit/button.tsx'
import { call } from '../../../../ui-kit/client.ts'
import { Empty } from '../../../../ui-kit/empty.tsx'
import { ProblemNotice } from '../../../../ui-kit/problem-notice.tsx'
import { Skeleton } from '../../../../ui-kit/skeleton.tsx'
import { showToast } from '../../../../ui-kit/toast.tsx'
import { contactChoices, customerChoices, merges } from '../../merges/contract.ts'
import css from '../customers.module.css'
import { type Contact, type Customer, useContact, useCustomer, useSaved } from '../queries.ts'

export type Entity = 'customer' | 'contact'

interface FormProps {
  entity: Entity
  oneId: string
  otherId: string
  onClose: () => void
}

type Key = (typeof customerChoices)[number] | (typeof contactChoices)[number]

interface Side {
  readonly id: string
  readonly version: number
  readonly title: string
  readonly values: Readonly<Partial<Record<Key, string>>>
}

/** Side by side: whichever is right wins, field by field; people, numbers and remarks of both are kept (C5). */
export function MergeForm(props: FormProps) {
  return props.entity === 'customer' ? <Companies {...props} /> : <People {...props} />
}

function Companies(props: FormProps) {
  const { t } = useTranslation()
  const [one, other] = [useCustomer(props.oneId), useCustomer(props.otherId)]
  const side = (card: Customer): Side => ({
    id: card.id,
    version: card.version,
    title: `${card.name} ${card.number}`,
    values: {
      name: card.name,
      shortName: card.shortName,
      grade: t(`customers.grade.${card.grade}`),
      industry: card.industry,
      address: card.address,
      website: card.website,
      note: card.note,
      owner: card.owner?.name ?? '',
    },
  })
  if (!one.data || !other.data) return <Waiting fault={one.error ?? other.error} />
  if (one.data.id === other.data.id) return <MergedAlready onClose={props.onClose} />
  return <SideBySide {...props} keys={customerChoices} sides={[side(one.data), side(other.data)]} />
}

function People(props: FormProps) {
  const { t } = useTranslation()
  const [one, other] = [useContact(props.oneId), useContact(props.otherId)]
  const side = (card: Contact): Side => ({
    id: card.id,
    version: card.version,
    title: `${card.name} ${card.customerName}`,
    values: {
      name: card.name,
      customer: card.customerName,
      sex: card.sex === null ? '' : t(`customers.sex.${card.sex}`),
      title: card.title,
      email: card.email,
      language: card.language,
      dialect: card.dialect,
      vip: card.vip ? t('customers.grade.vip') : '',
      note: card.note,
    },
  })
  if (!one.data || !other.data) return <Waiting fault={one.error ?? other.error} />
  if (one.data.id === other.data.id) return <MergedAlready onClose={props.onClose} />
  return <SideBySide {...props} keys={contactChoices} sides={[side(one.data), side(other.data)]} />
}

function Waiting({ fault }: { fault: unknown }) {
  return fault ? <ProblemNotice fault={fault} /> : <Skeleton rows={8} />
}

/** By somebody else, while this one compared. */
function MergedAlready({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  return (
    <Empty icon="check" title={t('customers.merge.already')}>
      <Button onClick={onClose}>{t('customers.cancel')}</Button>
    </Empty>
  )
}

const labels: Readonly<Partial<Record<Key, string>>> = { title: 'post', customer: 'company' }

interface SidesProps extends FormProps {
  keys: readonly Key[]
  sides: readonly [Side, Side]
}

function SideBySide({ entity, keys, sides, onClose }: SidesProps) {
  const { t } = useTranslation()
  const saved = useSaved()
  const [keptId, setKeptId] = useState(sides[0].id)
  const [kept, merged] = sides[0].id === keptId ? sides : [sides[1], sides[0]]
  // Chosen by record, so that changing which one is kept changes no answer.
  const [chosen, setChosen] = useState<Readonly<Partial<Record<Key, string>>>>({})
  const winner = (key: Key) =>
    chosen[key] ?? (kept.values[key] ? kept.id : merged.values[key] ? merged.id : kept.id)
  const undo = useMutation({
    mutationFn: (id: string) => call(merges.undo, { params: { id } }),
    onSuccess: () => saved.all(),
  })
  const merge = useMutation({
    mutationFn: () =>
      call(merges.merge, {
        body: {
          entity,
          keptId: kept.id,
          mergedId: merged.id,
          keptVersion: kept.version,
          mergedVersion: merged.version,
          fields: Object.fromEntries(
            keys.map((key) => [key, winner(key) === kept.id ? ('kept' as const) : ('merged' as const)]),
          ),
        },
      }),
    onSuccess: async (done) => {
      // First: read anew, both sides are one record.
      onClose()
      showToast({ text: t('customers.merge.done', { name: done.name }), undo: () => undo.mutate(done.id) })
      await saved.all()
    },
  })
  return (
    <form
      className={css.box}
      onSubmit={(event) => {
        event.preventDefault()
        if (!merge.isPending) merge.mutate()
      }}
    >
      <table className={css.compare}>
        <thead>
          <tr>
            <td />
            {sides.map((side) => (
              <th key={side.id} scope="col">
                <label className={css.choice}>
                  <input
                    type="radio"
                    name="kept"
                    checked={side.id === keptId}
                    onChange={() => setKeptId(side.id)}
                  />
                  {t('customers.merge.keep', { name: side.title })}
                </label>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {keys.map((key) => (
            <tr key={key}>
              <th scope="row">{t(`customers.field.${labels[key] ?? key}`)}</th>
              {sides.map((side) => (
                <td key={side.id} className={winner(key) === side.id ? css.wins : undefined}>
                  {sides[0].values[key] === sides[1].values[key] ? (
                    side.values[key]
                  ) : (
                    <label className={css.choice}>
                      <input
                        type="radio"
                        name={key}
                        checked={winner(key) === side.id}
                        onChange={() => setChosen({ ...chosen, [key]: side.id })}
                      />
                      {side.values[key] || <span className={css.quiet}>{t('customers.merge.blank')}</span>}
                    </label>
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <p className={css.quiet}>{t('customers.merge.rest')}</p>
      <ProblemNotice fault={merge.error ?? undo.error} />
      <div className={css.acts}>
        <Button kind="primary" type="submit" icon="check" busy={merge.isPending}>
          {t('customers.merge.merge')}
        </Button>
        <Button onClick={onClose}>{t('customers.cancel')}</Button>
      </div>
    </form>
  )
}
