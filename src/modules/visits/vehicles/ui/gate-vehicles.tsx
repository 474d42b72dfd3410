import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../../ui-kit/button.tsx'
import { Card } from '../../../../ui-kit/card.tsx'
import { call } from '../../../../ui-kit/client.ts'
import { seedDraft } from '../../../../ui-kit/drafts.ts'
import { Empty } from '../../../../ui-kit/empty.tsx'
import { Field } from '../../../../ui-kit/field.tsx'
import { TextInput } from '../../../../ui-kit/inputs.tsx'
import { ProblemNotice } from '../../../../ui-kit/problem-notice.tsx'
import { SearchText } from '../../../../ui-kit/search-text.tsx'
import { useSession } from '../../../../ui-kit/session.ts'
import { Skeleton } from '../../../../ui-kit/skeleton.tsx'
import { visits } from '../../contract.ts'
import { specialKeys, useAct } from '../../important/ui/queries.ts'
import css from '../../important/ui/special.module.css'
import { useLiveVisits } from '../../ui/queries.ts'
import { type Vehicle, vehicles } from '../contract.ts'
import { VehicleActs } from './vehicles.tsx'

/** V19 at the barrier: type the plate; who is expected goes in with one tap, who is inside goes out with one. */
export function GateVehicles() {
  const { t } = useTranslation()
  useLiveVisits()
  const [typed, setTyped] = useState('')
  const [plate, setPlate] = useState('')
  const [tail, setTail] = useState('')
  const inside = useQuery({
    queryKey: [...specialKeys.vehicles, 'gate', tail],
    queryFn: ({ signal }) =>
      call(
        vehicles.list,
        { query: { state: 'inside', limit: 100, ...(tail === '' ? {} : { tail }) } },
        { signal },
      ),
    placeholderData: keepPreviousData,
  })
  function look(event: FormEvent) {
    event.preventDefault()
    setPlate(typed.trim())
  }
  return (
    <div className={css.page}>
      <h1>{t('vehicle.gate.title')}</h1>
      <form className={css.ask} onSubmit={look}>
        <Field label={t('vehicle.gate.field')}>
          <TextInput
            size="large"
            maxLength={20}
            value={typed}
            onChange={(text) => setTyped(text.toUpperCase())}
          />
        </Field>
        <Button kind="primary" size="large" icon="search" type="submit">
          {t('vehicle.gate.look')}
        </Button>
      </form>
      {plate === '' ? null : <Known key={plate} plate={plate} />}
      <ProblemNotice fault={inside.error} onRetry={() => void inside.refetch()} />
      {inside.isPending ? <Skeleton kind="cards" rows={2} /> : null}
      {inside.data ? (
        <section className={css.section}>
          <h2>{t('vehicle.gate.insideCount', { count: inside.data.total ?? inside.data.items.length })}</h2>
          <SearchText
            label={t('vehicle.gate.last')}
            hint={t('vehicle.gate.lastHint')}
            value={tail}
            size="large"
            onChange={(text) => setTail(text.replace(/[^0-9a-z]/gi, '').slice(-6))}
          />
          {inside.data.items.length === 0 ? (
            <Empty icon="pass" title={t(tail === '' ? 'vehicle.empty' : 'vehicle.gate.noLast')} />
          ) : null}
          <ul className={css.cards}>
            {inside.data.items.map((one) => (
              <Car key={one.id} one={one} />
            ))}
          </ul>
        </section>
      ) : null}
    </div>
  )
}

function Car({ one }: { one: Vehicle }) {
  const { t } = useTranslation()
  const { act, busy } = useAct()
  const params = { id: one.visitId }
  return (
    <Card
      as="li"
      title={<span className={css.big}>{one.plate}</span>}
      tone={one.visitStatus === 'expected' ? 'waiting' : undefined}
    >
      <div className={css.body}>
        <p className={css.line}>
          {[one.visitorName, one.organisation, one.hostName].filter(Boolean).join(' · ')}
        </p>
        {one.place ? <p className={css.line}>{one.place}</p> : null}
        {one.driverPhone ? (
          <a className={css.call} href={`tel:${one.driverPhone}`}>
            {one.driverName} {one.driverPhone}
          </a>
        ) : null}
        {one.visitStatus === 'expected' ? (
          <Button
            kind="primary"
            size="large"
            icon="door"
            busy={busy}
            onClick={() =>
              void act(
                () => call(visits.checkIn, { params, body: {} }),
                t('visit.done.checkIn', { name: one.visitorName }),
              )
            }
          >
            {t('vehicle.gate.arrive')}
          </Button>
        ) : null}
        <VehicleActs one={one} size="large" />
        <Link to="/gate" search={{ visit: one.visitId }}>
          {one.visitNumber}
        </Link>
      </div>
    </Card>
  )
}

function Known({ plate }: { plate: string }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { user } = useSession()
  const found = useQuery({
    queryKey: [...specialKeys.vehicles, 'known', plate],
    queryFn: ({ signal }) => call(vehicles.known, { query: { plate } }, { signal }),
  })
  if (found.isPending) return <Skeleton rows={2} />
  if (!found.data) return <ProblemNotice fault={found.error} onRetry={() => void found.refetch()} />
  const { items, visitor, valid } = found.data
  /** The gate's entry form keeps its draft under this key; the visitor fills themselves in. */
  function enter() {
    const known = visitor
      ? {
          visitorName: visitor.name,
          visitorId: visitor.id,
          organisation: visitor.organisation,
          phoneMasked: visitor.phoneMasked,
          purpose: visitor.lastPurpose,
          kind: visitor.lastKind,
          hostId: visitor.lastHostId ?? '',
          hostName: visitor.lastHostName,
        }
      : {}
    seedDraft(user.id, 'gate.entry', { plate: found.data?.plate ?? plate, ...known })
    void navigate({ to: '/gate', search: { act: 'new' } })
  }
  return (
    <section className={css.section} aria-label={t('vehicle.gate.look')}>
      {valid ? null : <p role="status">{t('vehicle.gate.bad')}</p>}
      {items.length > 0 ? (
        <ul className={css.cards}>
          {items.map((one) => (
            <Car key={one.id} one={one} />
          ))}
        </ul>
      ) : (
        <>
          <p role="status">
            {visitor ? t('vehicle.gate.known', { name: visitor.name }) : t('vehicle.gate.unknown')}
          </p>
          <div className={css.acts}>
            <Button kind="primary" size="large" icon="plus" onClick={enter}>
              {t('vehicle.gate.entry')}
            </Button>
          </div>
        </>
      )}
    </section>
  )
}
