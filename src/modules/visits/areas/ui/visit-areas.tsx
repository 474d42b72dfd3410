import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../../ui-kit/button.tsx'
import { Field } from '../../../../ui-kit/field.tsx'
import { SelectNative } from '../../../../ui-kit/inputs.tsx'
import { useSpoken } from '../../../../ui-kit/language.ts'
import { ProblemNotice } from '../../../../ui-kit/problem-notice.tsx'
import { useCan } from '../../../../ui-kit/session.ts'
import { HostField } from '../../ui/host-field.tsx'
import { ApprovalCard } from './approval-card.tsx'
import css from './areas.module.css'
import { useAreaCommands, useAreas, useVisitAreas } from './queries.ts'

/** Where the visitor may go, what is still to be agreed, the way there, who walks along (V9, V13, V21). */
export function VisitAreas({ id, size = 'normal' }: { id: string; size?: 'normal' | 'large' }) {
  const { t } = useTranslation()
  const spoken = useSpoken()
  const atDesk = useCan('visit.register')
  const { data, error, refetch } = useVisitAreas(id)
  const tree = useAreas()
  const commands = useAreaCommands()
  const [areaId, setAreaId] = useState('')
  const [person, setPerson] = useState({ id: '', name: '', place: '' })
  if (!data) return <ProblemNotice fault={error} onRetry={() => void refetch()} />
  const here = new Set(data.items.map((one) => one.areaId))
  const more = (tree.data?.items ?? []).filter((one) => !here.has(one.id))
  if (data.items.length === 0 && data.declined.length === 0 && more.length === 0 && !data.escortDue)
    return null
  return (
    <section className={css.form} aria-label={t('area.ofVisit')}>
      <h3>{t('area.ofVisit')}</h3>
      <ul className={css.list}>
        {data.items.map((one) => (
          <li key={one.name.zh}>
            {one.approval && one.restricted ? (
              <ApprovalCard approval={one.approval} byPhone={atDesk} size={size} ofVisit />
            ) : (
              <span>{spoken(one.name)}</span>
            )}
            {spoken(one.way) ? <span className={css.quiet}> {spoken(one.way)}</span> : null}
          </li>
        ))}
        {data.declined.map((one) => (
          <li key={one.id}>
            <ApprovalCard approval={one} byPhone={atDesk} size={size} ofVisit />
          </li>
        ))}
      </ul>
      {data.seen ? <p className={css.quiet}>{t('area.seen', { area: data.seen.area })}</p> : null}
      {data.can.request && more.length > 0 ? (
        <form
          className={css.form}
          onSubmit={async (event) => {
            event.preventDefault()
            if (areaId && (await commands.request(id, areaId))) setAreaId('')
          }}
        >
          <Field label={t('area.more')} hint={t('area.moreHint')}>
            <SelectNative
              size={size}
              value={areaId}
              onChange={setAreaId}
              placeholder={t('area.choose')}
              options={more.map((one) => ({
                value: one.id,
                label: one.restricted
                  ? t('area.restrictedName', { name: spoken(one.name) })
                  : spoken(one.name),
              }))}
            />
          </Field>
          <Button type="submit" size={size} icon="plus" disabled={!areaId}>
            {t('area.act.request')}
          </Button>
        </form>
      ) : null}
      {data.escortDue || data.escort ? (
        <p>{data.escort ? t('area.escort', { name: data.escort.name }) : t('area.noEscort')}</p>
      ) : null}
      {data.can.escort && data.escortDue ? (
        <form
          className={css.form}
          onSubmit={async (event) => {
            event.preventDefault()
            if (person.id && (await commands.escort(id, person.id)))
              setPerson({ id: '', name: '', place: '' })
          }}
        >
          <HostField
            size={size}
            name="escort"
            label={t(data.escort ? 'area.handOver' : 'area.nameEscort')}
            value={person}
            onChange={setPerson}
          />
          <Button type="submit" size={size} icon="user" disabled={!person.id}>
            {t(data.escort ? 'area.act.handOver' : 'area.act.escort')}
          </Button>
        </form>
      ) : null}
    </section>
  )
}
