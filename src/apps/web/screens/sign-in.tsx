import { useQuery } from '@tanstack/react-query'
import { Navigate, useRouter, useSearch } from '@tanstack/react-router'
import { type FormEvent, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { sessionRoutes } from '../../../modules/identity/sessions/contract.ts'
import { Button } from '../../../ui-kit/button.tsx'
import { call } from '../../../ui-kit/client.ts'
import { Field } from '../../../ui-kit/field.tsx'
import { Checkbox, TextInput } from '../../../ui-kit/inputs.tsx'
import { ApiProblem } from '../../../ui-kit/problem.ts'
import { ProblemNotice } from '../../../ui-kit/problem-notice.tsx'
import { meQuery, payDebt, queryClient, setupQuery } from '../queries.ts'
import { BarePage } from './bare-page.tsx'
import css from './form.module.css'

/** User name and password, then the second factor's code where there is one. */
export function SignIn() {
  const { t } = useTranslation()
  const router = useRouter()
  const { return: back } = useSearch({ from: '/sign-in' })
  const { data: setup } = useQuery(setupQuery)
  const [step, setStep] = useState<'password' | 'code'>('password')
  // However they sign in next, by password or elsewhere.
  useEffect(() => void payDebt().catch(() => undefined), [])

  async function done() {
    queryClient.removeQueries({ queryKey: ['me'] })
    // An administrator's password is for the first sign-in only.
    const me = await queryClient.ensureQueryData(meQuery).catch(() => undefined)
    router.history.replace(me?.user.passwordTemporary ? '/account' : (back ?? '/'))
  }

  if (setup?.needed) return <Navigate to="/setup" replace />
  return (
    <BarePage title={t(step === 'password' ? 'web.signIn.title' : 'web.signIn.codeTitle')}>
      {step === 'password' ? (
        <PasswordForm onCode={() => setStep('code')} onDone={() => void done()} />
      ) : (
        <CodeForm onAgain={() => setStep('password')} onDone={() => void done()} />
      )}
    </BarePage>
  )
}

function PasswordForm({ onCode, onDone }: { onCode: () => void; onDone: () => void }) {
  const { t } = useTranslation()
  const [username, setUsername] = useState('')
  const [password, setPassword] = useState('')
  const [empty, setEmpty] = useState(false)
  const [busy, setBusy] = useState(false)
  const [fault, setFault] = useState<unknown>(null)

  async function send(event: FormEvent) {
    event.preventDefault()
    const name = username.trim()
    setEmpty(!name || !password)
    setFault(null)
    if (busy || !name || !password) return
    setBusy(true)
    try {
      await payDebt()
      const answer = await call(sessionRoutes.signIn, { body: { username: name, password } })
      if (answer.state === 'code-needed') onCode()
      else onDone()
    } catch (caught) {
      setFault(caught)
      setPassword('')
    } finally {
      setBusy(false)
    }
  }

  return (
    <form className={css.form} noValidate onSubmit={(event) => void send(event)}>
      <ProblemNotice fault={fault} />
      <Field label={t('web.signIn.username')} error={empty && !username.trim() ? t('field.required') : null}>
        <TextInput
          value={username}
          onChange={setUsername}
          name="username"
          autoComplete="username"
          autoFocus
        />
      </Field>
      <Field label={t('web.signIn.password')} error={empty && !password ? t('field.required') : null}>
        <TextInput
          value={password}
          onChange={setPassword}
          name="password"
          type="password"
          autoComplete="current-password"
        />
      </Field>
      <Button kind="primary" type="submit" wide busy={busy}>
        {t('web.signIn.run')}
      </Button>
      <p className={css.note}>{t('web.signIn.help')}</p>
    </form>
  )
}

function CodeForm({ onAgain, onDone }: { onAgain: () => void; onDone: () => void }) {
  const { t } = useTranslation()
  const [code, setCode] = useState('')
  const [backup, setBackup] = useState(false)
  const [trustDevice, setTrustDevice] = useState(false)
  const [busy, setBusy] = useState(false)
  const [fault, setFault] = useState<unknown>(null)

  async function send(event: FormEvent) {
    event.preventDefault()
    if (busy || !code.trim()) return
    setBusy(true)
    setFault(null)
    try {
      await call(sessionRoutes.signInCode, {
        body: {
          code: backup ? code.trim() : code.replace(/\s/g, ''),
          kind: backup ? 'backup' : 'totp',
          trustDevice,
        },
      })
      onDone()
    } catch (caught) {
      setFault(caught)
      setCode('')
      if (caught instanceof ApiProblem && caught.code === 'sign-in.start-again') onAgain()
    } finally {
      setBusy(false)
    }
  }

  return (
    <form className={css.form} noValidate onSubmit={(event) => void send(event)}>
      <ProblemNotice fault={fault} />
      <Field
        key={backup ? 'backup' : 'totp'}
        label={t(backup ? 'web.signIn.backupCode' : 'web.signIn.code')}
        hint={t(backup ? 'web.signIn.backupHint' : 'web.signIn.codeHint')}
      >
        <TextInput
          value={code}
          onChange={setCode}
          name="code"
          inputMode={backup ? 'text' : 'numeric'}
          autoComplete="one-time-code"
          size="large"
          autoFocus
        />
      </Field>
      <Checkbox checked={trustDevice} onChange={setTrustDevice} hint={t('web.signIn.trustHint')}>
        {t('web.signIn.trust')}
      </Checkbox>
      <Button kind="primary" type="submit" wide busy={busy}>
        {t('web.signIn.run')}
      </Button>
      <Button
        kind="plain"
        wide
        onClick={() => {
          setBackup(!backup)
          setCode('')
        }}
      >
        {t(backup ? 'web.signIn.useCode' : 'web.signIn.useBackup')}
      </Button>
      <Button kind="plain" wide icon="arrowLeft" onClick={onAgain}>
        {t('web.signIn.again')}
      </Button>
    </form>
  )
}
