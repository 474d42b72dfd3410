import { type FormEvent, type ReactNode, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../../ui-kit/button.tsx'
import { onFormKey, onSendKey } from '../../../../ui-kit/enter-goes-on.ts'
import { Field } from '../../../../ui-kit/field.tsx'
import { Checkbox, NumberInput, TextArea, TextInput } from '../../../../ui-kit/inputs.tsx'
import { useKeys } from '../../../../ui-kit/keys.ts'
import { useSpoken } from '../../../../ui-kit/language.ts'
import { ApiProblem } from '../../../../ui-kit/problem.ts'
import { useProblemText } from '../../../../ui-kit/problem-text.ts'
import { RadioCards } from '../../../../ui-kit/radio-cards.tsx'
import { type EscortAnswer, EscortQuestion } from '../../areas/ui/escort-question.tsx'
import type { VisitDetail } from '../../card/contract.ts'
import { type DocumentDraft, DocumentFields, emptyDocument } from '../document-fields.tsx'
import { HostField, type PickedPerson } from '../host-field.tsx'
import { useVisitOptions } from '../queries.ts'
import { type ActName, escortDue } from '../visit-acts.ts'
import { type Outcome, useVisitCommands } from '../visit-commands.ts'
import css from './visit-panel.module.css'

interface FormProps {
  visit: VisitDetail
  onDone: () => void
}

/** The question an act asks before it is done, inline in the panel; Enter goes on, Esc goes back. */
export function VisitForm({ act, ...props }: FormProps & { act: ActName }) {
  switch (act) {
    case 'wait':
      return <WaitForm {...props} />
    case 'delegate':
    case 'redirect':
      return <PersonForm act={act} {...props} />
    case 'decline':
    case 'refuse':
    case 'cancel':
      return <ReasonForm act={act} {...props} />
    case 'checkDocument':
      return <DocumentForm {...props} />
    case 'release':
      return <ReleaseForm {...props} />
    default:
      return null
  }
}

interface FrameProps {
  act: ActName
  children: ReactNode
  send: () => Promise<Outcome | undefined>
  onDone: () => void
  danger?: boolean
}

function Frame({ act, children, send, onDone, danger }: FrameProps) {
  const { t } = useTranslation()
  const [busy, setBusy] = useState(false)
  async function submit(event: FormEvent) {
    event.preventDefault()
    if (busy) return
    setBusy(true)
    const outcome = await send()
    setBusy(false)
    if (outcome?.ok) onDone()
  }
  // The form goes back first; the panel stays.
  useKeys({ Escape: { label: t('visit.form.back'), run: onDone } }, { layer: 'panel' })
  return (
    <form
      className={css.form}
      noValidate
      onSubmit={(event) => void submit(event)}
      onKeyDown={onFormKey}
      onKeyDownCapture={onSendKey}
    >
      <h3>{t(`visit.form.${act}`)}</h3>
      {children}
      <div className={css.buttons}>
        <Button kind={danger ? 'danger' : 'primary'} type="submit" busy={busy}>
          {t(`visit.act.${act}`)}
        </Button>
        <Button onClick={onDone} keyHint="Escape">
          {t('visit.form.back')}
        </Button>
      </div>
    </form>
  )
}

const usual = ['5', '10', '15', '30'] as const

function WaitForm({ visit, onDone }: FormProps) {
  const { t } = useTranslation()
  const commands = useVisitCommands()
  const [minutes, setMinutes] = useState<number | null>(10)
  return (
    <Frame
      act="wait"
      onDone={onDone}
      send={async () => (minutes ? await commands.wait(visit, minutes) : undefined)}
    >
      <Field label={t('visit.form.usual')} group>
        <RadioCards
          columns={4}
          value={usual.find((one) => Number(one) === minutes) ?? null}
          onChange={(value) => setMinutes(Number(value))}
          options={usual.map((value) => ({ value, label: value }))}
        />
      </Field>
      <Field label={t('visit.form.minutes')} required>
        <NumberInput autoFocus min={1} max={480} value={minutes} onChange={setMinutes} />
      </Field>
    </Frame>
  )
}

/** Who receives instead, or who is asked next when everybody asked has kept silent. */
function PersonForm({ act, visit, onDone }: FormProps & { act: 'delegate' | 'redirect' }) {
  const { t } = useTranslation()
  const commands = useVisitCommands()
  const [person, setPerson] = useState<PickedPerson>({ id: '', name: '', place: '' })
  const [error, setError] = useState<string>()
  return (
    <Frame
      act={act}
      onDone={onDone}
      send={async () => {
        if (person.id)
          return act === 'delegate'
            ? await commands.delegate(visit, person.id, person.name)
            : await commands.redirect(visit, person.id)
        setError(t('visit.host.pick'))
        return undefined
      }}
    >
      <HostField
        label={t(act === 'delegate' ? 'visit.form.to' : 'visit.form.ask')}
        required
        autoFocus
        name="to"
        value={person}
        error={error}
        onChange={setPerson}
      />
    </Frame>
  )
}

function ReasonForm({ act, visit, onDone }: FormProps & { act: 'decline' | 'refuse' | 'cancel' }) {
  const { t } = useTranslation()
  const spoken = useSpoken()
  const { data: options } = useVisitOptions()
  const commands = useVisitCommands()
  const [reason, setReason] = useState('')
  const [error, setError] = useState<string>()
  const [suspicious, setSuspicious] = useState(false)
  const needed = act === 'refuse'
  const wording = act === 'cancel' ? undefined : options?.wording[act === 'refuse' ? 'refused' : 'declined']
  return (
    <Frame
      act={act}
      danger={act === 'refuse'}
      onDone={onDone}
      send={async () => {
        if (!needed || reason.trim())
          return act === 'refuse'
            ? await commands.refuse(visit, reason.trim(), suspicious)
            : await commands[act](visit, reason.trim())
        setError(t('field.required'))
        return undefined
      }}
    >
      {wording ? (
        <p>
          {t('visit.console.say')} <q>{spoken(wording)}</q>
        </p>
      ) : null}
      <Field
        label={t('visit.form.reason')}
        required={needed}
        error={error}
        hint={act === 'cancel' ? undefined : t('visit.form.reasonHint')}
      >
        <TextArea autoFocus rows={2} maxLength={200} value={reason} onChange={setReason} />
      </Field>
      {act === 'refuse' ? (
        <Checkbox checked={suspicious} onChange={setSuspicious} hint={t('visit.checks.suspiciousHint')}>
          {t('visit.checks.suspicious')}
        </Checkbox>
      ) : null}
    </Frame>
  )
}

function DocumentForm({ visit, onDone }: FormProps) {
  const { t } = useTranslation()
  const { fieldTexts } = useProblemText()
  const commands = useVisitCommands()
  const [value, setValue] = useState<DocumentDraft>(() => ({
    ...emptyDocument,
    kind: visit.documentKind ?? emptyDocument.kind,
  }))
  const [error, setError] = useState<string>()
  const [expiryError, setExpiryError] = useState<string>()
  return (
    <Frame
      act="checkDocument"
      onDone={onDone}
      send={async () => {
        setError(undefined)
        setExpiryError(undefined)
        const outcome = await commands.checkDocument(visit, value)
        if (!outcome.ok) {
          const { fault } = outcome
          const invalid = fault instanceof ApiProblem && fault.code === 'visit.document-invalid'
          const { number, expiresOn } = fieldTexts(fault)
          setExpiryError(expiresOn)
          setError(
            number ?? (invalid && expiresOn === undefined ? t('error.visit.document-invalid') : undefined),
          )
        }
        return outcome
      }}
    >
      <DocumentFields value={value} onChange={setValue} error={error} expiryError={expiryError} autoFocus />
    </Frame>
  )
}

/** V10, V11: unsigned → the host is called first; pass and slip are counted. */
function ReleaseForm({ visit, onDone }: FormProps) {
  const { t } = useTranslation()
  const spoken = useSpoken()
  const { data: options } = useVisitOptions()
  const commands = useVisitCommands()
  const unsigned = visit.status !== 'signed_off'
  const [byName, setByName] = useState(visit.receiverName || visit.hostName)
  const [passReturned, setPass] = useState(true)
  const [slipReturned, setSlip] = useState(true)
  const [escort, setEscort] = useState<EscortAnswer>(null)
  const [unanswered, setUnanswered] = useState(false)
  const escorted = escortDue(visit)
  const [error, setError] = useState<string>()
  const field = useRef<HTMLInputElement>(null)
  return (
    <Frame
      act="release"
      onDone={onDone}
      send={async () => {
        if (unsigned && !byName.trim()) {
          setError(t('field.required'))
          field.current?.focus()
          return undefined
        }
        if (escorted && escort === null) {
          setUnanswered(true)
          return undefined
        }
        return await commands.release(visit, {
          ...(escorted ? { escortPresent: escort === 'here' } : {}),
          passReturned,
          slipReturned,
          ...(unsigned ? { hostConfirmed: { byName: byName.trim() } } : {}),
        })
      }}
    >
      {unsigned ? (
        <>
          <p>
            {t('visit.console.say')} <q>{spoken(options?.wording.exitUnsigned)}</q>
          </p>
          <p>
            {t('visit.form.callHost', {
              host: visit.receiverName || visit.hostName,
              extension: visit.hostExtension,
            })}
          </p>
          <Field label={t('visit.form.confirmedBy')} required error={error} hint={t('visit.form.lateHint')}>
            <TextInput ref={field} autoFocus maxLength={200} value={byName} onChange={setByName} />
          </Field>
        </>
      ) : null}
      {escorted ? (
        <EscortQuestion
          name={visit.escortName}
          value={escort}
          onChange={setEscort}
          error={unanswered && escort === null ? t('area.exit.answer') : undefined}
        />
      ) : null}
      {visit.passNumber ? (
        <Checkbox
          checked={passReturned}
          onChange={setPass}
          hint={passReturned ? undefined : t('visit.form.passMissing')}
        >
          {t('visit.form.passBack', { number: visit.passNumber })}
        </Checkbox>
      ) : null}
      <Checkbox checked={slipReturned} onChange={setSlip}>
        {t('visit.form.slipBack')}
      </Checkbox>
    </Frame>
  )
}
