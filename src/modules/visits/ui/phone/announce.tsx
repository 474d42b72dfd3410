import { type FormEvent, lazy, Suspense, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { v7 } from 'uuid'
import { Button, IconButton } from '../../../../ui-kit/button.tsx'
import { serverNow } from '../../../../ui-kit/clock.ts'
import { useDraft } from '../../../../ui-kit/drafts.ts'
import { Field } from '../../../../ui-kit/field.tsx'
import { DateTimeInput, NumberInput, SelectNative, TextInput } from '../../../../ui-kit/inputs.tsx'
import { useSpoken } from '../../../../ui-kit/language.ts'
import { ProblemNotice } from '../../../../ui-kit/problem-notice.tsx'
import { useProblemText } from '../../../../ui-kit/problem-text.ts'
import { useSession } from '../../../../ui-kit/session.ts'
import { dayIn, fromWall, toWall } from '../../../../ui-kit/zone-time.ts'
import { categoryFor } from '../options.ts'
import { PlateForeign } from '../plate-foreign.tsx'
import { useVisitOptions } from '../queries.ts'
import { useVisitCommands } from '../visit-commands.ts'
import { detailsOf, emptyDraft, missingOf, requiredOf, type VisitDraft } from '../visit-draft.ts'
import css from './host.module.css'

interface AnnounceDraft extends VisitDraft {
  /** Wall time of the site. */
  day: string
  at: string
  /** Given: an invitation is sent there. */
  email: string
  language: 'zh' | 'en'
  /** V9 */
  areaIds: string[]
}

/** Comes after the first screen (budget). */
const AreasField = lazy(async () => ({
  default: (await import('../../areas/ui/areas-field.tsx')).AreasField,
}))

const dayMs = 86_400_000
const halfHourMs = 1_800_000

/** V3: a host announces a visitor; gate and desk find them on the day's list. */
export function Announce({ onBack, onSent }: { onBack: () => void; onSent: () => void }) {
  const { t } = useTranslation()
  const spoken = useSpoken()
  const { fieldTexts } = useProblemText()
  const { user, site } = useSession()
  const { data: options } = useVisitOptions()
  const commands = useVisitCommands()
  const today = dayIn(site.zone, serverNow())
  const [initial] = useState<AnnounceDraft>(() => ({
    ...emptyDraft,
    id: v7(),
    hostId: user.employeeId ?? '',
    hostName: user.name,
    day: today,
    at: toWall(Math.ceil(serverNow() / halfHourMs) * halfHourMs, site.zone).slice(11),
    email: '',
    language: 'zh',
    areaIds: [],
  }))
  const draft = useDraft<AnnounceDraft>('host.announce', initial)
  const [own, setOwn] = useState<Readonly<Record<string, string>>>({})
  const [fault, setFault] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])
  const { value, patch } = draft
  const email = (value.email ?? '').trim()
  const kind = value.kind || (options?.kinds[0]?.key ?? '')
  const category = categoryFor(options, kind)
  // Gate and desk ask the visitor for the rest.
  const wanted = requiredOf(category)
  const needs = (['organisation', 'purpose'] as const).filter((name) => wanted.has(name))

  async function send(event: FormEvent) {
    event.preventDefault()
    if (busy) return
    const missing = missingOf({ ...value, kind }, category).filter((name) => name === 'visitorName')
    setOwn(Object.fromEntries(missing.map((name) => [name, t('field.required')])))
    setFault(null)
    if (missing.length > 0 || value.day === '' || value.at === '') return
    setBusy(true)
    const outcome = await commands.announce({
      ...detailsOf({ ...value, kind }),
      id: value.id,
      expectedAt: fromWall(`${value.day}T${value.at}`, site.zone),
      ...(email === '' ? {} : { email, language: value.language }),
      ...(value.areaIds.length > 0 ? { areaIds: value.areaIds } : {}),
    })
    setBusy(false)
    if (!outcome.ok) return setFault(outcome.fault)
    draft.clear()
    onSent()
  }

  const errors = { ...fieldTexts(fault), ...own }
  const days = [0, 1, 2].map((ahead) => dayIn(site.zone, Date.parse(`${today}T12:00Z`) + ahead * dayMs))
  const text = (name: 'organisation' | 'purpose' | 'phone' | 'plate', label: string) => (
    <Field label={label} required={needs.some((need) => need === name)} error={errors[name]}>
      <TextInput
        size="large"
        name={name}
        type={name === 'phone' ? 'tel' : 'text'}
        inputMode={name === 'phone' ? 'tel' : 'text'}
        maxLength={name === 'plate' ? 15 : name === 'phone' ? 30 : 200}
        value={value[name]}
        onChange={(next) => patch({ [name]: next })}
      />
    </Field>
  )

  return (
    <div className={css.page}>
      <header className={css.row}>
        <h1 ref={heading} tabIndex={-1}>
          {t('visits.host.announce.title')}
        </h1>
        <IconButton icon="close" size="large" label={t('kit.close')} onClick={onBack} />
      </header>
      <form className={css.form} noValidate onSubmit={(event) => void send(event)}>
        <Field label={t('visit.field.visitorName')} required error={errors.visitorName}>
          <TextInput
            size="large"
            name="visitorName"
            maxLength={80}
            value={value.visitorName}
            onChange={(visitorName) => patch({ visitorName })}
          />
        </Field>
        {text('organisation', t('visit.field.organisation'))}
        <Field label={t('visits.host.announce.day')} group>
          <div className={css.days}>
            {days.map((day, ahead) => (
              <Button key={day} size="large" pressed={value.day === day} onClick={() => patch({ day })}>
                {t(`visits.host.announce.ahead${ahead}`)}
              </Button>
            ))}
          </div>
        </Field>
        <Field label={t('visits.host.announce.date')} error={errors.expectedAt}>
          <DateTimeInput
            size="large"
            kind="date"
            min={today}
            value={value.day}
            onChange={(day) => patch({ day })}
          />
        </Field>
        <Field label={t('visits.host.announce.time')}>
          <DateTimeInput size="large" kind="time" value={value.at} onChange={(at) => patch({ at })} />
        </Field>
        <Field label={t('visit.field.kind')} error={errors.kind}>
          <SelectNative
            size="large"
            value={kind}
            options={(options?.kinds ?? []).map((one) => ({ value: one.key, label: spoken(one.name) }))}
            onChange={(next) => patch({ kind: next })}
          />
        </Field>
        {text('purpose', t('visit.field.purpose'))}
        <Field label={t('visit.field.partySize')} error={errors.partySize}>
          <NumberInput
            size="large"
            min={1}
            max={2000}
            value={value.partySize}
            onChange={(partySize) => patch({ partySize })}
          />
        </Field>
        <Suspense>
          <AreasField
            size="large"
            value={value.areaIds}
            onChange={(areaIds) => patch({ areaIds })}
            category={category}
            error={errors.areaIds}
          />
        </Suspense>
        {text('phone', t('visit.field.phone'))}
        {text('plate', t('visit.field.plate'))}
        <PlateForeign size="large" draft={value} patch={patch} />
        <Field
          label={t('visits.host.announce.email')}
          hint={t('visits.host.announce.emailHint')}
          error={errors.email}
        >
          <TextInput
            size="large"
            name="email"
            type="email"
            inputMode="email"
            maxLength={200}
            value={value.email ?? ''}
            onChange={(next) => patch({ email: next })}
          />
        </Field>
        {email === '' ? null : (
          <Field label={t('visits.host.announce.language')}>
            <SelectNative
              size="large"
              value={value.language}
              options={[
                { value: 'zh', label: '中文' },
                { value: 'en', label: 'English' },
              ]}
              onChange={(next) => patch({ language: next === 'en' ? 'en' : 'zh' })}
            />
          </Field>
        )}
        {fault ? <ProblemNotice fault={fault} /> : null}
        <div className={css.foot}>
          <Button kind="primary" size="large" icon="check" type="submit" wide busy={busy}>
            {t('visits.host.announce.run')}
          </Button>
        </div>
      </form>
    </div>
  )
}
