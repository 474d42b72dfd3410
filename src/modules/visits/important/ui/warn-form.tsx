import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { v7 } from 'uuid'
import { Button } from '../../../../ui-kit/button.tsx'
import { call } from '../../../../ui-kit/client.ts'
import { serverNow } from '../../../../ui-kit/clock.ts'
import { Empty } from '../../../../ui-kit/empty.tsx'
import { Field } from '../../../../ui-kit/field.tsx'
import { Checkbox, NumberInput, SelectNative, TextArea, TextInput } from '../../../../ui-kit/inputs.tsx'
import { ProblemNotice } from '../../../../ui-kit/problem-notice.tsx'
import { useProblemText } from '../../../../ui-kit/problem-text.ts'
import { Skeleton } from '../../../../ui-kit/skeleton.tsx'
import { showToast } from '../../../../ui-kit/toast.tsx'
import { important } from '../contract.ts'
import css from './special.module.css'

const whens = ['now', 'in30', 'in60'] as const
const ahead: Readonly<Record<(typeof whens)[number], number>> = { now: 0, in30: 30, in60: 60 }

const empty = () => ({
  id: v7(),
  hostId: '',
  guestName: '',
  organisation: '',
  when: 'now' as (typeof whens)[number],
  partySize: 1 as number | null,
  plates: '',
  foreign: false,
  driverName: '',
  driverPhone: '',
  parkingWish: '',
  note: '',
})

/** V7: an executive's word to the gate in ten seconds; everything but the button may be left out. */
export function WarnForm(props: { size?: 'normal' | 'large'; onDone?: () => void }) {
  const { size = 'large', onDone } = props
  const { t } = useTranslation()
  const { fieldTexts } = useProblemText()
  const people = useQuery({
    queryKey: ['visits', 'executives'],
    queryFn: ({ signal }) => call(important.executives, {}, { signal }),
  })
  const [value, setValue] = useState(empty)
  const [fault, setFault] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)
  const [sent, setSent] = useState(false)
  const patch = (part: Partial<typeof value>) => setValue((old) => ({ ...old, ...part }))
  const items = people.data?.items ?? []
  const hostId = value.hostId || (items[0]?.id ?? '')

  async function send(event: FormEvent) {
    event.preventDefault()
    if (busy) return
    setBusy(true)
    setFault(null)
    try {
      const { when, plates, hostId: _, partySize, ...rest } = value
      await call(important.warn, {
        body: {
          ...rest,
          hostId,
          partySize: partySize ?? 1,
          plates: plates.split(/[\s,,、;;]+/).filter(Boolean),
          expectedAt: new Date(serverNow() + ahead[when] * 60_000).toISOString(),
        },
      })
      showToast({ text: t('important.warn.sent') })
      setSent(true)
      onDone?.()
    } catch (problem) {
      setFault(problem)
    }
    setBusy(false)
  }

  if (people.isPending) return <Skeleton rows={6} />
  if (people.error) return <ProblemNotice fault={people.error} onRetry={() => void people.refetch()} />
  if (items.length === 0)
    return (
      <Empty icon="star" title={t('important.warn.nobody')}>
        {t('important.warn.nobodyHelp')}
      </Empty>
    )
  if (sent)
    return (
      <Empty
        icon="checkCircle"
        title={t('important.warn.sent')}
        action={
          <Button
            size={size}
            icon="plus"
            onClick={() => {
              setValue(empty())
              setSent(false)
            }}
          >
            {t('important.warn.again')}
          </Button>
        }
      />
    )
  const errors = fieldTexts(fault)
  const plateError = Object.entries(errors).find(([path]) => path.startsWith('plates'))?.[1]
  const text = (
    name: 'guestName' | 'organisation' | 'plates' | 'driverName' | 'driverPhone' | 'parkingWish',
    label: string,
    hint?: string,
    error?: string,
  ) => (
    <Field label={label} hint={hint} error={error ?? errors[name]}>
      <TextInput
        size={size}
        name={name}
        type={name === 'driverPhone' ? 'tel' : 'text'}
        maxLength={200}
        value={value[name]}
        onChange={(next) => patch({ [name]: next })}
      />
    </Field>
  )
  return (
    <form className={css.form} noValidate onSubmit={(event) => void send(event)}>
      {items.length > 1 ? (
        <Field label={t('important.warn.host')} error={errors.hostId}>
          <SelectNative
            size={size}
            value={hostId}
            options={items.map((one) => ({
              value: one.id,
              label: [one.name, one.department].filter(Boolean).join(' · '),
            }))}
            onChange={(next) => patch({ hostId: next })}
          />
        </Field>
      ) : null}
      {text('guestName', t('important.warn.guest'), t('important.warn.guestHint'))}
      {text('plates', t('important.warn.plates'), t('important.warn.platesHint'), plateError)}
      <Checkbox size={size} checked={value.foreign} onChange={(foreign) => patch({ foreign })}>
        {t('important.warn.foreign')}
      </Checkbox>
      <Field label={t('important.warn.time')} group>
        <div className={css.acts}>
          {whens.map((when) => (
            <Button key={when} size={size} pressed={value.when === when} onClick={() => patch({ when })}>
              {t(`important.warn.${when}`)}
            </Button>
          ))}
        </div>
      </Field>
      <div className={css.pair}>
        <Field label={t('important.warn.party')} error={errors.partySize}>
          <NumberInput
            size={size}
            min={1}
            max={2000}
            value={value.partySize}
            onChange={(partySize) => patch({ partySize })}
          />
        </Field>
        {text('parkingWish', t('important.warn.parking'))}
      </div>
      <Button kind="primary" size={size} icon="bell" type="submit" wide busy={busy}>
        {t('important.warn.send')}
      </Button>
      <div className={css.pair}>
        {text('organisation', t('important.warn.organisation'))}
        {text('driverName', t('important.warn.driver'))}
        {text('driverPhone', t('important.warn.driverPhone'))}
      </div>
      <Field label={t('important.warn.note')}>
        <TextArea size={size} value={value.note} onChange={(note) => patch({ note })} />
      </Field>
      {fault ? <ProblemNotice fault={fault} /> : null}
    </form>
  )
}
