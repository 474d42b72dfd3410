import { type FormEvent, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../../ui-kit/button.tsx'
import { call } from '../../../../ui-kit/client.ts'
import { Field } from '../../../../ui-kit/field.tsx'
import { TextInput } from '../../../../ui-kit/inputs.tsx'
import { kiosks } from '../../kiosk/contract.ts'
import css from './kiosk.module.css'
import { sendWaiting } from './unsent.ts'

const taps = 5
const withinMs = 3000

/** For staff: five taps in the upper left corner, or Ctrl Shift E, then the PIN. Nothing of it is to be seen. */
export function Exit({ onLeft }: { onLeft: () => void }) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  const [pin, setPin] = useState('')
  const [wrong, setWrong] = useState(false)
  const tapped = useRef<number[]>([])

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey && event.shiftKey && event.key.toLowerCase() === 'e') setOpen(true)
    }
    const onTap = (event: PointerEvent) => {
      if (event.clientX > 80 || event.clientY > 80) return
      tapped.current = [...tapped.current, event.timeStamp].filter((at) => event.timeStamp - at < withinMs)
      if (tapped.current.length >= taps) setOpen(true)
    }
    window.addEventListener('keydown', onKey)
    window.addEventListener('pointerdown', onTap)
    return () => {
      window.removeEventListener('keydown', onKey)
      window.removeEventListener('pointerdown', onTap)
    }
  }, [])

  async function send(event: FormEvent) {
    event.preventDefault()
    try {
      // While it still may: what visitors said goes out before the browser is staff's again.
      await sendWaiting().catch(() => undefined)
      await call(kiosks.exit, { body: { pin } })
      onLeft()
    } catch {
      setWrong(true)
      setPin('')
    }
  }

  function close() {
    tapped.current = []
    setOpen(false)
    setPin('')
    setWrong(false)
  }

  if (!open) return null
  return (
    <div className={css.veil}>
      <form
        className={css.still}
        autoComplete="off"
        noValidate
        aria-labelledby="staff-exit"
        onSubmit={(event) => void send(event)}
      >
        <h2 id="staff-exit">{t('kiosk.exit.title')}</h2>
        <Field label={t('kiosk.exit.pin')} error={wrong ? t('kiosk.exit.wrong') : undefined}>
          <TextInput
            size="large"
            name="pin"
            type="password"
            inputMode="numeric"
            autoComplete="one-time-code"
            autoFocus
            maxLength={6}
            value={pin}
            onChange={setPin}
          />
        </Field>
        <Button kind="primary" size="large" type="submit">
          {t('kiosk.exit.send')}
        </Button>
        <Button size="large" onClick={close}>
          {t('kiosk.back')}
        </Button>
      </form>
    </div>
  )
}
