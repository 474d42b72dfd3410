import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../../ui-kit/button.tsx'
import { call } from '../../../../ui-kit/client.ts'
import { Field } from '../../../../ui-kit/field.tsx'
import { TextInput } from '../../../../ui-kit/inputs.tsx'
import { kiosks } from '../../kiosk/contract.ts'
import { forgetAll } from './guard.ts'
import css from './kiosk.module.css'

/** An administrator types the code once; from then on this browser is the kiosk. */
export function Pair({ onPaired }: { onPaired: () => void }) {
  const { t } = useTranslation()
  const [code, setCode] = useState('')
  const [wrong, setWrong] = useState(false)
  const [busy, setBusy] = useState(false)

  async function send(event: FormEvent) {
    event.preventDefault()
    if (busy || code.trim().length < 6) return
    setBusy(true)
    setWrong(false)
    try {
      await call(kiosks.pair, { body: { code } })
      // Whoever was signed in here leaves nothing behind; the kiosk's proof outranks any session.
      forgetAll()
      onPaired()
    } catch {
      setWrong(true)
    }
    setBusy(false)
  }

  return (
    <main className={css.page}>
      <h1>{t('kiosk.pair.title')}</h1>
      <p className={css.lead}>{t('kiosk.pair.help')}</p>
      <form className={css.form} autoComplete="off" noValidate onSubmit={(event) => void send(event)}>
        <Field label={t('kiosk.pair.code')} required error={wrong ? t('kiosk.pair.wrong') : undefined}>
          <TextInput size="large" name="code" value={code} onChange={setCode} maxLength={20} autoFocus />
        </Field>
        <Button kind="primary" size="large" type="submit" busy={busy}>
          {t('kiosk.pair.send')}
        </Button>
      </form>
    </main>
  )
}
