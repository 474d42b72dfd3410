import { useQuery } from '@tanstack/react-query'
import { Navigate, useNavigate } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { sessionRoutes } from '../../../modules/identity/sessions/contract.ts'
import { siteRoutes } from '../../../modules/identity/sites/contract.ts'
import { Button } from '../../../ui-kit/button.tsx'
import { call } from '../../../ui-kit/client.ts'
import { Field } from '../../../ui-kit/field.tsx'
import { SelectNative, TextInput } from '../../../ui-kit/inputs.tsx'
import { ProblemNotice } from '../../../ui-kit/problem-notice.tsx'
import { useProblemText } from '../../../ui-kit/problem-text.ts'
import { RadioCards } from '../../../ui-kit/radio-cards.tsx'
import { Skeleton } from '../../../ui-kit/skeleton.tsx'
import { setupQuery } from '../queries.ts'
import { useLanguage } from '../shell/shell-bits.tsx'
import { BarePage } from './bare-page.tsx'
import css from './form.module.css'

interface Answers {
  siteName: string
  zone: string
  adminName: string
  username: string
  password: string
  repeat: string
  preset: string
}

type Faults = Partial<Record<keyof Answers, string>>

const here = Intl.DateTimeFormat().resolvedOptions().timeZone
const zones = [...new Set([here, 'Asia/Shanghai', ...Intl.supportedValuesOf('timeZone')])].sort()
const empty: Answers = {
  siteName: '',
  zone: here === 'UTC' ? 'Asia/Shanghai' : here,
  adminName: '',
  username: '',
  password: '',
  repeat: '',
  preset: '',
}

/** First run: the house gets a name, an administrator and a set of rules to begin with. */
export function Setup() {
  const { t } = useTranslation()
  const { data: setup, error, refetch } = useQuery(setupQuery)
  if (setup && !setup.needed) return <Navigate to="/" replace />
  return (
    <BarePage title={t('web.setup.title')} wide>
      <p className={css.note}>{t('web.setup.intro')}</p>
      <ProblemNotice fault={error} onRetry={() => void refetch()} />
      {setup ? <SetupForm presets={setup.presets} /> : error ? null : <Skeleton rows={6} />}
    </BarePage>
  )
}

interface Preset {
  id: string
  name: { zh: string; en: string }
}

function SetupForm({ presets }: { presets: readonly Preset[] }) {
  const { t } = useTranslation()
  const { fieldTexts } = useProblemText()
  const language = useLanguage()
  const navigate = useNavigate()
  const [answers, setAnswers] = useState<Answers>({ ...empty, preset: presets[0]?.id ?? '' })
  const [faults, setFaults] = useState<Faults>({})
  const [fault, setFault] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)

  const field = (name: keyof Answers) => ({
    value: answers[name],
    onChange: (value: string) => setAnswers((before) => ({ ...before, [name]: value })),
    name,
  })

  function check(): Faults {
    const missing = (name: keyof Answers) => (answers[name].trim() ? {} : { [name]: t('field.required') })
    return {
      ...missing('siteName'),
      ...missing('adminName'),
      ...missing('username'),
      ...missing('password'),
      ...missing('preset'),
      ...(answers.repeat === answers.password ? {} : { repeat: t('web.setup.repeatDiffers') }),
    }
  }

  async function send(event: FormEvent) {
    event.preventDefault()
    if (busy) return
    const found = check()
    setFaults(found)
    setFault(null)
    const first = Object.keys(empty).find((name) => name in found)
    if (first) {
      document.querySelector<HTMLElement>(`[name="${first}"]`)?.focus()
      return
    }
    setBusy(true)
    const { repeat: _, ...body } = answers
    try {
      await call(siteRoutes.runSetup, { body: { ...body, language } })
      const { username, password } = answers
      await call(sessionRoutes.signIn, { body: { username, password } })
      await navigate({ to: '/', replace: true, reloadDocument: true })
    } catch (caught) {
      setFault(caught)
      setFaults(fieldTexts(caught))
    } finally {
      setBusy(false)
    }
  }

  return (
    <form className={css.form} noValidate onSubmit={(event) => void send(event)}>
      <div className={css.pair}>
        <Field
          label={t('web.setup.siteName')}
          hint={t('web.setup.siteNameHint')}
          required
          error={faults.siteName}
        >
          <TextInput {...field('siteName')} autoComplete="organization" autoFocus maxLength={200} />
        </Field>
        <Field label={t('web.setup.zone')} error={faults.zone}>
          <SelectNative {...field('zone')} options={zones.map((zone) => ({ value: zone, label: zone }))} />
        </Field>
      </div>
      <Field
        group
        label={t('web.setup.preset')}
        hint={t('web.setup.presetHint')}
        required
        error={faults.preset}
      >
        <RadioCards
          value={answers.preset}
          onChange={field('preset').onChange}
          options={presets.map((preset) => ({ value: preset.id, label: preset.name[language] }))}
        />
      </Field>
      <div className={css.pair}>
        <Field label={t('web.setup.adminName')} required error={faults.adminName}>
          <TextInput {...field('adminName')} autoComplete="name" maxLength={80} />
        </Field>
        <Field label={t('web.setup.username')} required error={faults.username}>
          <TextInput {...field('username')} autoComplete="username" maxLength={200} />
        </Field>
      </div>
      <div className={css.pair}>
        <Field
          label={t('web.setup.password')}
          hint={t('web.setup.passwordHint')}
          required
          error={faults.password}
        >
          <TextInput {...field('password')} type="password" autoComplete="new-password" />
        </Field>
        <Field label={t('web.setup.repeat')} required error={faults.repeat}>
          <TextInput {...field('repeat')} type="password" autoComplete="new-password" />
        </Field>
      </div>
      <ProblemNotice fault={fault} />
      <Button kind="primary" type="submit" size="large" wide busy={busy}>
        {t('web.setup.run')}
      </Button>
    </form>
  )
}
