import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../../ui-kit/button.tsx'
import { call } from '../../../../ui-kit/client.ts'
import { Field } from '../../../../ui-kit/field.tsx'
import { TextInput } from '../../../../ui-kit/inputs.tsx'
import { ProblemNotice } from '../../../../ui-kit/problem-notice.tsx'
import { StatusChip } from '../../../../ui-kit/status-chip.tsx'
import { showToast } from '../../../../ui-kit/toast.tsx'
import { sessionRoutes } from '../../sessions/contract.ts'
import css from './page.module.css'

interface Begun {
  uri: string
  qr: string
  backupCodes: readonly string[]
}

/** Off → password → scan and confirm → on → password → off. Nothing changes until the code was right once. */
export function TwoFactor({ on }: { on: boolean }) {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const [begun, setBegun] = useState<Begun | null>(null)
  const renew = () => queries.invalidateQueries({ queryKey: ['me'] })
  const start = useMutation({
    mutationFn: (password: string) => call(sessionRoutes.startTwoFactor, { body: { password } }),
    onSuccess: setBegun,
  })
  const confirm = useMutation({
    mutationFn: (code: string) =>
      call(sessionRoutes.confirmTwoFactor, { body: { code: code.replace(/\s/g, '') } }),
    onSuccess: () => {
      setBegun(null)
      showToast({ text: t('identity.account.twoFactorOn') })
    },
    onSettled: renew,
  })
  const stop = useMutation({
    mutationFn: (password: string) => call(sessionRoutes.stopTwoFactor, { body: { password } }),
    onSuccess: () => showToast({ text: t('identity.account.twoFactorOff') }),
    onSettled: renew,
  })
  if (on) {
    return (
      <div className={css.form}>
        <div className={css.row}>
          <StatusChip tone="good">{t('identity.account.isOn')}</StatusChip>
        </div>
        <Ask
          label={t('identity.account.current')}
          password
          busy={stop.isPending}
          fault={stop.error}
          onSend={stop.mutate}
        >
          {t('identity.account.stop')}
        </Ask>
      </div>
    )
  }
  if (begun === null) {
    return (
      <div className={css.form}>
        <p className={css.note}>{t('identity.account.twoFactorHelp')}</p>
        <Ask
          label={t('identity.account.current')}
          password
          busy={start.isPending}
          fault={start.error}
          onSend={start.mutate}
        >
          {t('identity.account.start')}
        </Ask>
      </div>
    )
  }
  return (
    <div className={css.form}>
      <p>{t('identity.account.scan')}</p>
      <img src={begun.qr} alt={t('identity.account.qr')} width={200} height={200} />
      <p className={css.note}>{t('identity.account.typeIn')}</p>
      <code className={css.secret}>{new URL(begun.uri).searchParams.get('secret')}</code>
      <p>{t('identity.account.backup')}</p>
      <ul className={css.codes}>
        {begun.backupCodes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <Ask
        label={t('identity.account.code')}
        busy={confirm.isPending}
        fault={confirm.error}
        onSend={confirm.mutate}
      >
        {t('identity.account.confirm')}
      </Ask>
    </div>
  )
}

interface AskProps {
  label: string
  password?: boolean
  busy: boolean
  fault: unknown
  onSend: (value: string) => void
  children: ReactNode
}

/** One line to answer and one button. */
function Ask({ label, password = false, busy, fault, onSend, children }: AskProps) {
  const [value, setValue] = useState('')
  return (
    <form
      className={css.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        if (value.trim() === '' || busy) return
        onSend(value)
        setValue('')
      }}
    >
      <Field label={label}>
        <TextInput
          value={value}
          onChange={setValue}
          type={password ? 'password' : 'text'}
          inputMode={password ? 'text' : 'numeric'}
          autoComplete={password ? 'current-password' : 'one-time-code'}
        />
      </Field>
      <ProblemNotice fault={fault} />
      <div className={css.row}>
        <Button type="submit" busy={busy}>
          {children}
        </Button>
      </div>
    </form>
  )
}
