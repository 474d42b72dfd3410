import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { v7 } from 'uuid'
import { Button } from '../../../../ui-kit/button.tsx'
import { call } from '../../../../ui-kit/client.ts'
import { cx } from '../../../../ui-kit/cx.ts'
import { Field } from '../../../../ui-kit/field.tsx'
import { NumberInput, SelectNative, TextInput } from '../../../../ui-kit/inputs.tsx'
import { useSpoken, useUiLanguage, useZone } from '../../../../ui-kit/language.ts'
import { ProblemNotice } from '../../../../ui-kit/problem-notice.tsx'
import { RadioCards } from '../../../../ui-kit/radio-cards.tsx'
import { Skeleton } from '../../../../ui-kit/skeleton.tsx'
import { formatTime } from '../../../../ui-kit/zone-time.ts'
import { useAct } from '../../important/ui/queries.ts'
import css from '../../important/ui/special.module.css'
import { HostField } from '../../ui/host-field.tsx'
import { useLiveVisits } from '../../ui/queries.ts'
import { VisitStatusChip } from '../../ui/visit-status.tsx'
import { type UnannouncedVisit, unannounced } from '../contract.ts'

const nobody = { id: '', name: '', place: '' }
const keyOf = (id: string) => ['visits', 'unannounced', id]

/** V15: calm words, contact with whoever is in charge, an explicit instruction, and only then the act. */
export function Unannounced() {
  const { t } = useTranslation()
  const search: { visit?: string } = useSearch({ strict: false })
  useLiveVisits()
  return (
    <div className={cx(css.page, css.narrow)}>
      <h1>{t('unannounced.title')}</h1>
      {search.visit ? <Course key={search.visit} id={search.visit} /> : <Begin />}
    </div>
  )
}

function Begin() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { act, busy } = useAct()
  const [value, setValue] = useState({
    visitorName: '',
    organisation: '',
    claim: '',
    partySize: 1 as number | null,
  })
  const [charge, setCharge] = useState(nobody)
  const [missing, setMissing] = useState<readonly string[]>([])
  async function send(event: FormEvent) {
    event.preventDefault()
    const empty = (['visitorName', 'claim'] as const).filter((name) => value[name].trim() === '')
    setMissing(empty)
    if (empty.length > 0) return
    const body = { ...value, id: v7(), partySize: value.partySize ?? 1, chargeId: charge.id || null }
    const done = await act(() => call(unannounced.begin, { body }), '')
    if (done) void navigate({ to: '.', search: { visit: done.visit.id }, replace: true })
  }
  const text = (name: 'visitorName' | 'organisation' | 'claim', label: string, hint?: string) => (
    <Field
      label={label}
      hint={hint}
      required={name !== 'organisation'}
      error={missing.includes(name) ? t('field.required') : undefined}
    >
      <TextInput
        size="large"
        maxLength={name === 'visitorName' ? 80 : 200}
        value={value[name]}
        onChange={(next) => setValue({ ...value, [name]: next })}
      />
    </Field>
  )
  return (
    <form className={css.form} noValidate onSubmit={(event) => void send(event)}>
      {text('visitorName', t('unannounced.name'))}
      {text('claim', t('unannounced.claim'), t('unannounced.claimHint'))}
      <div className={css.pair}>
        {text('organisation', t('unannounced.organisation'))}
        <Field label={t('unannounced.party')}>
          <NumberInput
            size="large"
            min={1}
            max={500}
            value={value.partySize}
            onChange={(partySize) => setValue({ ...value, partySize })}
          />
        </Field>
      </div>
      <HostField
        size="large"
        label={t('unannounced.charge')}
        hint={t('unannounced.chargeHint')}
        value={charge}
        onChange={setCharge}
      />
      <Button kind="primary" size="large" icon="phone" type="submit" wide busy={busy}>
        {t('unannounced.start')}
      </Button>
    </form>
  )
}

function Course({ id }: { id: string }) {
  const { t } = useTranslation()
  const spoken = useSpoken()
  const one = useQuery({
    queryKey: keyOf(id),
    queryFn: ({ signal }) => call(unannounced.get, { params: { id } }, { signal }),
  })
  if (one.isPending) return <Skeleton rows={6} />
  if (!one.data) return <ProblemNotice fault={one.error} onRetry={() => void one.refetch()} />
  const { data } = one
  const charge = data.charge.name || t('unannounced.dutyManager')
  const waits = data.visit.status === 'held'
  return (
    <>
      <div className={css.head}>
        <h2>{[data.visit.visitorName, data.visit.organisation].filter(Boolean).join(' · ')}</h2>
        <VisitStatusChip status={data.visit.status} />
      </div>
      <p className={css.quiet}>{data.claim}</p>
      {waits ? (
        <>
          <p>{t('unannounced.calm')}</p>
          <p className={css.say}>{spoken(data.say)}</p>
          <p role="status">
            {t('unannounced.now', { name: charge })}{' '}
            {data.charge.extension ? t('unannounced.extension', { number: data.charge.extension }) : ''}
          </p>
          {data.next ? (
            <p className={css.quiet}>
              {t('unannounced.then', { name: data.next.name || t('unannounced.dutyManager') })}{' '}
              {data.next.extension ? t('unannounced.extension', { number: data.next.extension }) : ''}
            </p>
          ) : null}
        </>
      ) : null}
      <Tried one={data} />
      {data.instruction ? (
        <p>
          {t('unannounced.given', {
            name: data.instructedByName,
            what: [t(`unannounced.instruction.${data.instruction}`), data.words].filter(Boolean).join(' · '),
          })}
        </p>
      ) : null}
      {waits ? <Contact one={data} /> : null}
      {waits ? <Instruct one={data} /> : null}
    </>
  )
}

function Tried({ one }: { one: UnannouncedVisit }) {
  const { t } = useTranslation()
  const zone = useZone()
  const language = useUiLanguage()
  if (one.contacts.length === 0) return null
  return (
    <section className={css.body} aria-label={t('unannounced.tried')}>
      <h3>{t('unannounced.tried')}</h3>
      {one.contacts.map((contact) => (
        <p key={contact.at} className={css.line}>
          {formatTime(contact.at, zone, language)} {contact.name || t('unannounced.dutyManager')} ·{' '}
          {results.some((result) => result === contact.result)
            ? t(`unannounced.result.${contact.result}`)
            : ''}
        </p>
      ))}
    </section>
  )
}

const results = ['reached', 'no-answer', 'busy', 'absent'] as const

function useRenewed(id: string) {
  const client = useQueryClient()
  return (answer: UnannouncedVisit | undefined) => {
    if (answer) client.setQueryData(keyOf(id), answer)
  }
}

function Contact({ one }: { one: UnannouncedVisit }) {
  const { t } = useTranslation()
  const { act, busy } = useAct()
  const [next, setNext] = useState(nobody)
  const renewed = useRenewed(one.visit.id)
  async function record(result: (typeof results)[number]) {
    const body = { result, ...(next.id ? { nextId: next.id } : {}) }
    renewed(await act(() => call(unannounced.contact, { params: { id: one.visit.id }, body }), ''))
    setNext(nobody)
  }
  return (
    <section className={css.section} aria-label={t('unannounced.record')}>
      <HostField size="large" label={t('unannounced.next')} value={next} onChange={setNext} />
      <div className={css.acts}>
        {results.map((result) => (
          <Button key={result} size="large" busy={busy} onClick={() => void record(result)}>
            {t(`unannounced.result.${result}`)}
          </Button>
        ))}
      </div>
    </section>
  )
}

const given = ['receive', 'wait', 'decline', 'other'] as const
const outcomes = ['admit', 'refuse', 'wait'] as const

function Instruct({ one }: { one: UnannouncedVisit }) {
  const { t } = useTranslation()
  const { act, busy } = useAct()
  const renewed = useRenewed(one.visit.id)
  const [instruction, setInstruction] = useState<(typeof given)[number] | ''>('')
  const [by, setBy] = useState(
    one.charge.kind === 'person' ? { id: one.charge.id, name: one.charge.name, place: ' ' } : nobody,
  )
  const [words, setWords] = useState('')
  const [minutes, setMinutes] = useState<number | null>(10)
  const [comesTo, setComesTo] = useState<(typeof outcomes)[number]>('admit')
  async function send(event: FormEvent) {
    event.preventDefault()
    if (instruction === '') return
    const body = {
      instruction,
      words,
      ...(by.id ? { byId: by.id } : { byName: by.name }),
      ...(instruction === 'wait' && minutes !== null ? { minutes } : {}),
      ...(instruction === 'other' ? { comesTo } : {}),
    }
    renewed(
      await act(
        () => call(unannounced.instruct, { params: { id: one.visit.id }, body }),
        t('unannounced.done'),
      ),
    )
  }
  return (
    <form className={css.form} onSubmit={(event) => void send(event)}>
      <Field label={t('unannounced.instruction.title')} group>
        <RadioCards
          label={t('unannounced.instruction.title')}
          value={instruction}
          onChange={setInstruction}
          columns={2}
          options={given.map((value) => ({ value, label: t(`unannounced.instruction.${value}`) }))}
        />
      </Field>
      <HostField size="large" label={t('unannounced.by')} value={by} onChange={setBy} />
      <Field label={t('unannounced.words')} required={instruction === 'other'}>
        <TextInput size="large" maxLength={200} value={words} onChange={setWords} />
      </Field>
      {instruction === 'wait' ? (
        <Field label={t('unannounced.minutes')}>
          <NumberInput size="large" min={1} max={240} value={minutes} onChange={setMinutes} />
        </Field>
      ) : null}
      {instruction === 'other' ? (
        <Field label={t('unannounced.comesTo.label')}>
          <SelectNative
            size="large"
            value={comesTo}
            options={outcomes.map((value) => ({ value, label: t(`unannounced.comesTo.${value}`) }))}
            onChange={(value) => setComesTo(outcomes.find((one) => one === value) ?? 'wait')}
          />
        </Field>
      ) : null}
      <Button
        kind="primary"
        size="large"
        icon="check"
        type="submit"
        disabled={instruction === ''}
        busy={busy}
        wide
      >
        {t('unannounced.carry')}
      </Button>
    </form>
  )
}
