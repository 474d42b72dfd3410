import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../../ui-kit/button.tsx'
import { Field } from '../../../../ui-kit/field.tsx'
import { TextInput } from '../../../../ui-kit/inputs.tsx'
import { ProblemNotice } from '../../../../ui-kit/problem-notice.tsx'
import css from './muster.module.css'

function useSending(send: () => Promise<void>, onClose: () => void) {
  const [busy, setBusy] = useState(false)
  const [fault, setFault] = useState<unknown>(null)
  async function run() {
    if (busy) return
    setBusy(true)
    setFault(null)
    try {
      await send()
      onClose()
    } catch (problem) {
      setFault(problem)
      setBusy(false)
    }
  }
  return { busy, fault, run }
}

/** Somebody stands at the assembly point whom no list knows. */
export function AddPerson({
  point,
  add,
  onClose,
}: {
  point: string
  add: (person: { name: string; organisation: string; zone: string; point: string }) => Promise<void>
  onClose: () => void
}) {
  const { t } = useTranslation()
  const [name, setName] = useState('')
  const [organisation, setOrganisation] = useState('')
  const { busy, fault, run } = useSending(
    () => add({ name: name.trim(), organisation: organisation.trim(), zone: '', point }),
    onClose,
  )
  function submit(event: FormEvent) {
    event.preventDefault()
    if (name.trim()) void run()
  }
  return (
    <form className={css.form} onSubmit={submit} aria-label={t('muster.add.open')}>
      <Field label={t('muster.add.name')} required>
        <TextInput size="large" value={name} onChange={setName} maxLength={200} autoFocus />
      </Field>
      <Field label={t('muster.add.organisation')}>
        <TextInput size="large" value={organisation} onChange={setOrganisation} maxLength={200} />
      </Field>
      <ProblemNotice fault={fault} />
      <div className={css.acts}>
        <Button type="submit" kind="primary" size="large" busy={busy} disabled={!name.trim()}>
          {t('muster.add.send')}
        </Button>
        <Button size="large" onClick={onClose}>
          {t('kit.close')}
        </Button>
      </div>
    </form>
  )
}

/** Cannot be undone, so it says what is still missing before it asks. */
export function EndMuster({
  missing,
  end,
  onClose,
}: {
  missing: number
  end: (note: string) => Promise<void>
  onClose: () => void
}) {
  const { t } = useTranslation()
  const [note, setNote] = useState('')
  const { busy, fault, run } = useSending(() => end(note.trim()), onClose)
  return (
    <form
      className={css.form}
      aria-label={t('muster.end.open')}
      onSubmit={(event) => {
        event.preventDefault()
        void run()
      }}
    >
      <p role="status" className={missing > 0 ? css.warning : undefined}>
        {missing > 0 ? t('muster.end.missing', { count: missing }) : t('muster.end.nobodyMissing')}
      </p>
      <Field label={t('muster.end.note')}>
        <TextInput size="large" value={note} onChange={setNote} maxLength={200} autoFocus />
      </Field>
      <ProblemNotice fault={fault} />
      <div className={css.acts}>
        <Button type="submit" kind="danger" size="large" busy={busy}>
          {t('muster.end.send')}
        </Button>
        <Button size="large" onClick={onClose}>
          {t('kit.close')}
        </Button>
      </div>
    </form>
  )
}
