import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../../ui-kit/button.tsx'
import { call } from '../../../../ui-kit/client.ts'
import { Field } from '../../../../ui-kit/field.tsx'
import { Icon } from '../../../../ui-kit/icon.tsx'
import { TextInput } from '../../../../ui-kit/inputs.tsx'
import { kiosks } from '../../kiosk/contract.ts'
import { useWedge } from '../gate/use-wedge.ts'
import { CodeCamera } from './camera.tsx'
import css from './kiosk.module.css'

/** Out by the code of the pass, where the site allows it (V11). */
export function Leave(props: {
  attempt: <T>(act: () => Promise<T>) => Promise<T | undefined>
  onFinish: () => void
}) {
  const { t } = useTranslation()
  const [code, setCode] = useState('')
  const [camera, setCamera] = useState(false)
  const [gone, setGone] = useState<string | null>(null)

  async function leave(given: string) {
    setCamera(false)
    const done = await props.attempt(() => call(kiosks.leave, { body: { code: given } }))
    if (done) setGone(done.visitorName)
  }
  useWedge((scanned) => void leave(scanned))

  if (gone !== null) {
    return (
      <div className={css.center} role="status">
        <Icon name="checkCircle" size={32} />
        <h1>{t('kiosk.leave.done', { name: gone })}</h1>
        <Button kind="primary" size="large" onClick={props.onFinish}>
          {t('kiosk.finish')}
        </Button>
      </div>
    )
  }
  const send = (event: FormEvent) => {
    event.preventDefault()
    if (code.trim()) void leave(code.trim())
  }
  return (
    <form className={css.column} autoComplete="off" noValidate onSubmit={send}>
      <h1>{t('kiosk.leave.title')}</h1>
      {camera ? (
        <CodeCamera onCode={(scanned) => void leave(scanned)} />
      ) : (
        <Button size="large" icon="scan" onClick={() => setCamera(true)}>
          {t('kiosk.scan.camera')}
        </Button>
      )}
      <Field label={t('kiosk.leave.code')}>
        <TextInput size="large" name="pass-code" value={code} onChange={setCode} />
      </Field>
      <Button kind="primary" size="large" type="submit">
        {t('kiosk.leaving')}
      </Button>
    </form>
  )
}
