import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../../ui-kit/button.tsx'
import { call } from '../../../../ui-kit/client.ts'
import { Field } from '../../../../ui-kit/field.tsx'
import { TextInput } from '../../../../ui-kit/inputs.tsx'
import { ProblemNotice } from '../../../../ui-kit/problem-notice.tsx'
import { useProblemText } from '../../../../ui-kit/problem-text.ts'
import { showToast } from '../../../../ui-kit/toast.tsx'
import type { VisitCard } from '../../card/contract.ts'
import { specialKeys, useAct } from '../../important/ui/queries.ts'
import css from '../../important/ui/special.module.css'
import { PlateForeign } from '../../ui/plate-foreign.tsx'
import { type Vehicle, vehicles } from '../contract.ts'
import { VehicleActs } from './vehicles.tsx'

type Size = 'normal' | 'large'

/** V19: every car of one visit, each with its place, driver and way in and out; another is one button away. */
export function VisitCars({ visit, size = 'normal' }: { visit: VisitCard; size?: Size }) {
  const { t } = useTranslation()
  const [form, setForm] = useState<Vehicle | 'new' | null>(null)
  const list = useQuery({
    queryKey: [...specialKeys.vehicles, 'visit', visit.id, visit.version],
    queryFn: ({ signal }) =>
      call(vehicles.list, { query: { state: 'all', visitId: visit.id, limit: 50 } }, { signal }),
  })
  const cars = [...(list.data?.items ?? [])].reverse()
  const adds = visit.can.edit === true
  if (list.data && cars.length === 0 && !adds) return null
  return (
    <section className={css.section} aria-label={t('vehicle.ofVisit')}>
      <h3>{t('vehicle.ofVisit')}</h3>
      <ProblemNotice fault={list.error} onRetry={() => void list.refetch()} />
      <ul className={css.body}>
        {cars.map((car) =>
          form !== null && form !== 'new' && form.id === car.id ? (
            <li key={car.id}>
              <CarForm visit={visit} car={car} size={size} onDone={() => setForm(null)} />
            </li>
          ) : (
            <Car key={car.id} car={car} size={size} onEdit={() => setForm(car)} />
          ),
        )}
      </ul>
      {form === 'new' ? (
        <CarForm visit={visit} car={null} size={size} onDone={() => setForm(null)} />
      ) : adds ? (
        <div>
          <Button size={size} icon="plus" onClick={() => setForm('new')}>
            {t(cars.length === 0 ? 'vehicle.add' : 'vehicle.addAnother')}
          </Button>
        </div>
      ) : null}
    </section>
  )
}

function Car({ car, size, onEdit }: { car: Vehicle; size: Size; onEdit: () => void }) {
  const { t } = useTranslation()
  const { act, busy } = useAct()
  const state = car.outAt ? 'out' : car.inAt ? 'inside' : 'expected'
  return (
    <li className={css.body}>
      <p className={css.line}>
        <span className={css.plate}>{car.plate}</span>{' '}
        {[t(`vehicle.carState.${state}`), car.outAt ? '' : car.place].filter(Boolean).join(' · ')}
      </p>
      {car.driverName || car.driverPhone ? (
        <p className={css.line}>
          {t('vehicle.driver')} {car.driverName}{' '}
          {car.driverPhone ? <a href={`tel:${car.driverPhone}`}>{car.driverPhone}</a> : null}{' '}
          {car.driverToldAt ? <span className={css.quiet}>{t('vehicle.driverTold')}</span> : null}
        </p>
      ) : null}
      <div className={css.acts}>
        {car.can.tell ? (
          <Button
            size={size}
            icon="phone"
            busy={busy}
            onClick={() =>
              void act(
                () => call(vehicles.told, { params: { id: car.id } }),
                t('vehicle.toldDone', { plate: car.plate }),
              )
            }
          >
            {t('vehicle.tell')}
          </Button>
        ) : null}
        <VehicleActs one={car} size={size} />
        {car.can.edit ? (
          <Button kind="plain" size={size} onClick={onEdit}>
            {t('vehicle.edit')}
          </Button>
        ) : null}
      </div>
    </li>
  )
}

interface CarFormProps {
  visit: VisitCard
  /** Null: one more. */
  car: Vehicle | null
  size: Size
  onDone: () => void
}

function CarForm({ visit, car, size, onDone }: CarFormProps) {
  const { t } = useTranslation()
  const { fieldTexts } = useProblemText()
  const { act, busy } = useAct()
  const [value, setValue] = useState({
    plate: car?.plate ?? '',
    plateForeign: car !== null && car.kind === null,
    driverName: car?.driverName ?? '',
    driverPhone: car?.driverPhone ?? '',
  })
  const [fault, setFault] = useState<unknown>(null)
  const errors = fieldTexts(fault)
  const [missing, setMissing] = useState(false)
  async function send(event: FormEvent) {
    event.preventDefault()
    const { plateForeign: foreign, ...rest } = value
    setMissing(rest.plate.trim() === '')
    if (rest.plate.trim() === '') return
    const body = { ...rest, foreign }
    const done = await act(
      () =>
        (car === null
          ? call(vehicles.add, { params: { id: visit.id }, body })
          : call(vehicles.edit, { params: { id: car.id }, body })
        ).catch((error: unknown) => {
          setFault(error)
          return null
        }),
      '',
    )
    if (!done) return
    showToast({ text: car === null ? t('vehicle.added', { plate: done.plate }) : t('vehicle.saved') })
    onDone()
  }
  const text = (name: 'driverName' | 'driverPhone', label: string) => (
    <Field label={label} error={errors[name]}>
      <TextInput
        size={size}
        type={name === 'driverPhone' ? 'tel' : 'text'}
        maxLength={name === 'driverPhone' ? 30 : 80}
        value={value[name]}
        onChange={(next) => setValue({ ...value, [name]: next })}
      />
    </Field>
  )
  return (
    <form className={css.form} noValidate onSubmit={(event) => void send(event)}>
      <Field label={t('vehicle.plate')} required error={missing ? t('field.required') : errors.plate}>
        <TextInput
          size={size}
          maxLength={15}
          value={value.plate}
          onChange={(plate) => setValue({ ...value, plate: plate.toUpperCase() })}
        />
      </Field>
      <PlateForeign size={size} draft={value} patch={(part) => setValue({ ...value, ...part })} />
      <div className={css.pair}>
        {text('driverName', t('vehicle.driver'))}
        {text('driverPhone', t('vehicle.driverPhone'))}
      </div>
      <ProblemNotice fault={fault} />
      <div className={css.acts}>
        <Button kind="primary" size={size} type="submit" busy={busy}>
          {t('vehicle.save')}
        </Button>
        <Button kind="plain" size={size} onClick={onDone}>
          {t('vehicle.cancel')}
        </Button>
      </div>
    </form>
  )
}
