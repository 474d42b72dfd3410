import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { v7 } from 'uuid'
import { Button } from '../../../../ui-kit/button.tsx'
import { Card } from '../../../../ui-kit/card.tsx'
import { call } from '../../../../ui-kit/client.ts'
import { cx } from '../../../../ui-kit/cx.ts'
import { Empty } from '../../../../ui-kit/empty.tsx'
import { Field } from '../../../../ui-kit/field.tsx'
import { Checkbox, NumberInput, TextArea, TextInput } from '../../../../ui-kit/inputs.tsx'
import { useSpoken, useUiLanguage, useZone } from '../../../../ui-kit/language.ts'
import { ProblemNotice } from '../../../../ui-kit/problem-notice.tsx'
import { useProblemText } from '../../../../ui-kit/problem-text.ts'
import { RunningTime } from '../../../../ui-kit/running-time.tsx'
import { useCan } from '../../../../ui-kit/session.ts'
import { Skeleton } from '../../../../ui-kit/skeleton.tsx'
import { StatusChip } from '../../../../ui-kit/status-chip.tsx'
import { formatDateTime } from '../../../../ui-kit/zone-time.ts'
import { specialKeys, useAct } from '../../important/ui/queries.ts'
import css from '../../important/ui/special.module.css'
import { HostField } from '../../ui/host-field.tsx'
import { useLiveVisits } from '../../ui/queries.ts'
import { type EmergencyVisit, emergencies } from '../contract.ts'

type Size = 'normal' | 'large'

/** V14: one press lets them in; what was let in is written down here afterwards. */
export function Emergencies({ size = 'normal' }: { size?: Size }) {
  const { t } = useTranslation()
  useLiveVisits()
  const registers = useCan('visit.register')
  const list = useQuery({
    queryKey: specialKeys.emergencies,
    queryFn: ({ signal }) => call(emergencies.list, {}, { signal }),
  })
  const items = list.data?.items ?? []
  return (
    <div className={css.page}>
      <h1>{t('emergency.title')}</h1>
      {registers ? <LetIn size={size} /> : null}
      <ProblemNotice fault={list.error} onRetry={() => void list.refetch()} />
      {list.isPending ? <Skeleton kind="cards" rows={2} /> : null}
      {list.data && items.length === 0 ? (
        <Empty icon="checkCircle" title={t('emergency.empty')}>
          {t('emergency.emptyHelp')}
        </Empty>
      ) : null}
      {items.length > 0 ? (
        <ul className={css.cards}>
          {items.map((one) => (
            <EmergencyCard key={one.visit.id} one={one} size={size} />
          ))}
        </ul>
      ) : null}
    </div>
  )
}

export function EmergenciesGate() {
  return <Emergencies size="large" />
}

/** The kind is the button: place, people and plate may stand there before, and need not. */
function LetIn({ size }: { size: Size }) {
  const { t } = useTranslation()
  const spoken = useSpoken()
  const { act, busy } = useAct()
  const kinds = useQuery({
    queryKey: ['emergency-kinds'],
    staleTime: 10 * 60_000,
    queryFn: ({ signal }) => call(emergencies.kinds, {}, { signal }),
  })
  const empty = { place: '', partySize: 1 as number | null, plate: '' }
  const [value, setValue] = useState(empty)
  async function letIn(kind: string) {
    const body = { id: v7(), kind, place: value.place, partySize: value.partySize ?? 1, plate: value.plate }
    if (await act(() => call(emergencies.letIn, { body }), t('emergency.done'))) setValue(empty)
  }
  return (
    <section className={css.section} aria-label={t('emergency.open')}>
      <div className={css.pair}>
        <Field label={t('emergency.place')}>
          <TextInput
            size={size}
            maxLength={200}
            placeholder={t('emergency.placeHint')}
            value={value.place}
            onChange={(place) => setValue({ ...value, place })}
          />
        </Field>
        <Field label={t('emergency.party')}>
          <NumberInput
            size={size}
            min={1}
            max={500}
            value={value.partySize}
            onChange={(partySize) => setValue({ ...value, partySize })}
          />
        </Field>
        <Field label={t('emergency.plate')}>
          <TextInput
            size={size}
            maxLength={30}
            value={value.plate}
            onChange={(plate) => setValue({ ...value, plate: plate.toUpperCase() })}
          />
        </Field>
      </div>
      <Field label={t('emergency.which')} group>
        <div className={css.acts}>
          {(kinds.data?.items ?? []).map((kind) => (
            <Button
              key={kind.key}
              kind="danger"
              size={size}
              icon="alert"
              busy={busy}
              onClick={() => void letIn(kind.key)}
            >
              {`${spoken(kind.name)} · ${t('emergency.letIn')}`}
            </Button>
          ))}
        </div>
      </Field>
    </section>
  )
}

function EmergencyCard({ one, size }: { one: EmergencyVisit; size: Size }) {
  const { t } = useTranslation()
  const spoken = useSpoken()
  const zone = useZone()
  const language = useUiLanguage()
  const [open, setOpen] = useState(false)
  const owed = one.registeredAt === null
  return (
    <Card
      as="li"
      title={[spoken(one.kindName), one.place].filter(Boolean).join(' · ')}
      tone={owed ? 'waiting' : undefined}
      aside={
        <StatusChip tone={owed ? 'waiting' : 'good'}>
          {t(owed ? 'emergency.owed' : 'emergency.registered')}
        </StatusChip>
      }
    >
      <div className={css.body}>
        <p className={css.line}>
          {one.visit.number} {t('visit.party', { count: one.visit.partySize })}{' '}
          {one.visit.arrivedAt ? formatDateTime(one.visit.arrivedAt, zone, language) : ''}
          {one.visit.leftAt ? ` — ${formatDateTime(one.visit.leftAt, zone, language)}` : ''}
        </p>
        <p className={css.quiet}>
          {t('emergency.letInBy')}: {one.letInByName}
        </p>
        {owed ? (
          <RunningTime until={one.dueAt} warnBefore={600} label={t('emergency.dueAt')} />
        ) : (
          <p className={css.line}>
            {[one.visit.visitorName, one.visit.organisation].filter(Boolean).join(' · ')}
          </p>
        )}
        {one.told
          .filter((contact) => contact.phone !== '')
          .map((contact) => (
            <a key={contact.phone} className={css.call} href={`tel:${contact.phone}`}>
              {t('emergency.toCall', { name: contact.name, phone: contact.phone })}
            </a>
          ))}
        {one.can.register && !open ? (
          <div className={css.acts}>
            <Button kind="primary" size={size} icon="edit" onClick={() => setOpen(true)}>
              {t('emergency.register')}
            </Button>
          </div>
        ) : null}
        {open && one.can.register ? (
          <RegisterForm one={one} size={size} onClose={() => setOpen(false)} />
        ) : null}
      </div>
    </Card>
  )
}

function RegisterForm({ one, size, onClose }: { one: EmergencyVisit; size: Size; onClose: () => void }) {
  const { t } = useTranslation()
  const { fieldTexts } = useProblemText()
  const { act, busy } = useAct()
  const [fault, setFault] = useState<unknown>(null)
  const [person, setPerson] = useState({ id: '', name: '', place: '' })
  const [value, setValue] = useState({
    visitorName: '',
    organisation: '',
    phone: '',
    partySize: one.visit.partySize as number | null,
    purpose: '',
    plate: one.visit.plate,
    foreign: false,
    note: '',
  })
  const errors = fieldTexts(fault)
  async function send(event: FormEvent) {
    event.preventDefault()
    setFault(null)
    const done = await act(async () => {
      try {
        const body = { ...value, partySize: value.partySize ?? 1, hostId: person.id || null }
        return await call(emergencies.register, { params: { id: one.visit.id }, body })
      } catch (problem) {
        setFault(problem)
        throw problem
      }
    }, t('emergency.saved'))
    if (done) onClose()
  }
  const text = (
    name: 'visitorName' | 'organisation' | 'phone' | 'purpose' | 'plate',
    label: string,
    required = false,
  ) => (
    <Field label={label} required={required} error={errors[name]}>
      <TextInput
        size={size}
        maxLength={200}
        value={value[name]}
        onChange={(next) => setValue({ ...value, [name]: next })}
      />
    </Field>
  )
  return (
    <form className={cx(css.form)} noValidate onSubmit={(event) => void send(event)}>
      {text('visitorName', t('emergency.who'), true)}
      {text('organisation', t('emergency.organisation'), true)}
      {text('purpose', t('emergency.purpose'), true)}
      {text('phone', t('emergency.phone'))}
      {text('plate', t('vehicle.plate'))}
      <Checkbox size={size} checked={value.foreign} onChange={(foreign) => setValue({ ...value, foreign })}>
        {t('emergency.foreign')}
      </Checkbox>
      <HostField
        size={size}
        label={t('emergency.host')}
        value={person}
        onChange={setPerson}
        error={errors.hostId}
      />
      <Field label={t('emergency.note')}>
        <TextArea size={size} value={value.note} onChange={(note) => setValue({ ...value, note })} />
      </Field>
      <div className={css.acts}>
        <Button kind="primary" size={size} type="submit" icon="check" busy={busy}>
          {t('emergency.save')}
        </Button>
        <Button kind="plain" size={size} onClick={onClose}>
          {t('emergency.cancel')}
        </Button>
      </div>
    </form>
  )
}
