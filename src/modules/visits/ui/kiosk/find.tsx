import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../../ui-kit/button.tsx'
import { Field } from '../../../../ui-kit/field.tsx'
import { TextInput } from '../../../../ui-kit/inputs.tsx'
import { useUiLanguage } from '../../../../ui-kit/language.ts'
import { formatTime } from '../../../../ui-kit/zone-time.ts'
import type { KioskVisit } from '../../kiosk/contract.ts'
import { useWedge } from '../gate/use-wedge.ts'
import { CodeCamera } from './camera.tsx'
import css from './kiosk.module.css'

interface ScanProps {
  busy: boolean
  onCode: (code: string) => void
}

/** Scanner first; camera, typing and name for whoever has no code at hand (V3). */
export function Scan({ busy, onCode, onStep }: ScanProps & { onStep: (step: 'code' | 'name') => void }) {
  const { t } = useTranslation()
  const [camera, setCamera] = useState(false)
  useWedge((code) => {
    if (!busy) onCode(code)
  })
  return (
    <div className={css.column}>
      <h1>{t('kiosk.scan.title')}</h1>
      <p className={css.lead}>{t('kiosk.scan.hint')}</p>
      {camera ? <CodeCamera onCode={onCode} /> : null}
      <div className={css.stack}>
        {camera ? null : (
          <Button size="large" icon="scan" onClick={() => setCamera(true)}>
            {t('kiosk.scan.camera')}
          </Button>
        )}
        <Button size="large" onClick={() => onStep('code')}>
          {t('kiosk.scan.byCode')}
        </Button>
        <Button size="large" onClick={() => onStep('name')}>
          {t('kiosk.scan.byName')}
        </Button>
      </div>
    </div>
  )
}

export function ByCode({ busy, onCode }: ScanProps) {
  const { t } = useTranslation()
  const [code, setCode] = useState('')
  const send = (event: FormEvent) => {
    event.preventDefault()
    if (!busy && code.trim().length >= 4) onCode(code.trim())
  }
  return (
    <form className={css.column} autoComplete="off" noValidate onSubmit={send}>
      <h1>{t('kiosk.scan.byCode')}</h1>
      <Field label={t('kiosk.scan.code')} hint={t('kiosk.scan.codeHint')} required>
        <TextInput size="large" name="entry-code" value={code} onChange={setCode} autoFocus />
      </Field>
      <Button kind="primary" size="large" type="submit" busy={busy}>
        {t('kiosk.scan.look')}
      </Button>
    </form>
  )
}

export function ByName({
  busy,
  onName,
}: {
  busy: boolean
  onName: (name: string, phoneTail: string) => void
}) {
  const { t } = useTranslation()
  const [name, setName] = useState('')
  const [tail, setTail] = useState('')
  const [tried, setTried] = useState(false)
  const whole = name.trim() !== '' && /^\d{4}$/.test(tail)
  const send = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (!busy && whole) onName(name.trim(), tail)
  }
  return (
    <form className={css.column} autoComplete="off" noValidate onSubmit={send}>
      <h1>{t('kiosk.scan.byName')}</h1>
      <Field
        label={t('kiosk.byName.name')}
        required
        error={tried && !name.trim() ? t('kiosk.ask.required') : undefined}
      >
        <TextInput size="large" name="visitor" value={name} onChange={setName} maxLength={80} autoFocus />
      </Field>
      <Field
        label={t('kiosk.byName.tail')}
        required
        error={tried && !/^\d{4}$/.test(tail) ? t('kiosk.ask.required') : undefined}
      >
        <TextInput
          size="large"
          name="tail"
          inputMode="numeric"
          value={tail}
          onChange={setTail}
          maxLength={4}
        />
      </Field>
      <Button kind="primary" size="large" type="submit" busy={busy}>
        {t('kiosk.scan.look')}
      </Button>
    </form>
  )
}

export function Found(props: { visit: KioskVisit; zone: string; onYes: () => void; onNo: () => void }) {
  const { t } = useTranslation()
  const language = useUiLanguage()
  const { visit, zone } = props
  return (
    <div className={css.center}>
      <h1>{t('kiosk.found.title', { name: visit.visitorName })}</h1>
      <p className={css.lead}>{t('kiosk.found.to', { host: visit.hostName })}</p>
      {visit.expectedAt ? (
        <p className={css.lead}>
          {t('kiosk.found.at', { at: formatTime(visit.expectedAt, zone, language) })}
        </p>
      ) : null}
      <div className={css.stack}>
        <Button kind="primary" size="large" autoFocus onClick={props.onYes}>
          {t('kiosk.yes')}
        </Button>
        <Button size="large" onClick={props.onNo}>
          {t('kiosk.no')}
        </Button>
      </div>
    </div>
  )
}
