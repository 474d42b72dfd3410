import { type FormEvent, type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../../ui-kit/button.tsx'
import { onFormKey, onSendKey } from '../../../../ui-kit/enter-goes-on.ts'
import { Field } from '../../../../ui-kit/field.tsx'
import { TextInput } from '../../../../ui-kit/inputs.tsx'
import { useKeys } from '../../../../ui-kit/keys.ts'
import { ApiProblem } from '../../../../ui-kit/problem.ts'
import { ProblemNotice } from '../../../../ui-kit/problem-notice.tsx'
import { useProblemText } from '../../../../ui-kit/problem-text.ts'
import type { CallDetail } from '../../card/contract.ts'
import type { CallCommands, CallOutcome } from '../call-commands.ts'
import type { Details } from '../details.ts'
import css from './call-panel.module.css'
import { Say } from './say.tsx'
import type { DetailsDraft } from './use-details.ts'

export interface EndFormProps {
  call: CallDetail
  commands: CallCommands
  /** What is still being written down goes first: slip and promise are made from the record. */
  details: DetailsDraft
  onDone: () => void
  onBack: () => void
}

export interface Owner {
  kind: 'person' | 'post'
  id: string
}

/** To whom first: whom the caller wanted, else whom the route names. */
export function firstOwner(call: CallDetail): { owner: Owner | null; name: string } {
  if (call.wantedId) return { owner: { kind: 'person', id: call.wantedId }, name: call.wantedName }
  const { owner } = call.next
  return owner ? { owner: { kind: owner.kind, id: owner.id }, name: owner.name } : { owner: null, name: '' }
}

interface FrameProps extends EndFormProps {
  outcome: 'message' | 'callback' | 'resolved' | 'declined'
  facts?: { target?: string; minutes?: string; number?: string } | undefined
  /** Asked for when the record does not know it; without them nobody could be told, or called back. */
  needs?: readonly Needed[] | undefined
  check: () => Readonly<Record<string, string>>
  send: () => Promise<CallOutcome | undefined>
  /** `asked`: the focus belongs to what is missing. */
  children: (errors: Readonly<Record<string, string>>, asked: boolean) => ReactNode
}

const said = {
  message: ['message-offer', 'message-taken'],
  callback: ['callback-promise', 'ask-company-phone'],
  resolved: ['farewell'],
  declined: ['declined', 'farewell'],
} as const

export function EndFrame(props: FrameProps) {
  const { call, outcome, details, needs = [], facts, check, send, children, onDone, onBack } = props
  const { t } = useTranslation()
  const { fieldTexts } = useProblemText()
  const [busy, setBusy] = useState(false)
  // As it was when the form opened: a field must not go away under the hands.
  const [lack] = useState(() => lackOf(call, details.value))
  const [own, setOwn] = useState<Readonly<Record<string, string>>>({})
  const [fault, setFault] = useState<unknown>(null)
  useKeys({ Escape: { label: t('call.form.back'), run: onBack } }, { layer: 'panel' })

  async function submit(event: FormEvent) {
    event.preventDefault()
    if (busy) return
    const lacking = lack.filter((name) => needs.includes(name) && !details.value[name].trim())
    const found = { ...Object.fromEntries(lacking.map((name) => [name, t('field.required')])), ...check() }
    setOwn(found)
    setFault(null)
    if (Object.keys(found).length > 0) return
    setBusy(true)
    const done = (await details.save()) ? await send() : undefined
    setBusy(false)
    if (done?.ok) onDone()
    else if (done) setFault(done.fault)
  }

  const errors = { ...fieldTexts(fault), ...missingAt(fault, t('field.required')), ...own }
  return (
    <form
      className={css.form}
      aria-label={t(`call.end.${outcome}`)}
      noValidate
      onSubmit={(event) => void submit(event)}
      onKeyDown={onFormKey}
      onKeyDownCapture={onSendKey}
    >
      <h3>{t(`call.end.${outcome}`)}</h3>
      <Say call={call} keys={said[outcome]} facts={facts} />
      {fault ? <ProblemNotice fault={fault} /> : null}
      <Who
        names={outcome === 'message' || outcome === 'callback' ? lack : []}
        needs={needs}
        details={details}
        errors={errors}
      />
      {children(
        errors,
        needs.some((name) => lack.includes(name)),
      )}
      <div className={css.buttons}>
        <Button kind="primary" type="submit" busy={busy} keyHint="Ctrl+Enter">
          {t(`call.form.send.${outcome}`)}
        </Button>
        <Button onClick={onBack} keyHint="Escape">
          {t('call.form.back')}
        </Button>
      </div>
    </form>
  )
}

/** What the server still misses, at the field it stands in. */
function missingAt(fault: unknown, required: string): Readonly<Record<string, string>> {
  if (!(fault instanceof ApiProblem) || fault.code !== 'call.details-missing') return {}
  const { missing } = fault.data
  const list = Array.isArray(missing) ? missing.map(String) : []
  return Object.fromEntries(list.map((name) => [fields[name] ?? name, required]))
}

const fields: Readonly<Record<string, string>> = {
  name: 'contactName',
  phone: 'contactPhone',
  reason: 'note',
  message: 'matter',
}

type Needed = 'organisation' | 'contactName' | 'contactPhone'

function lackOf(call: CallDetail, value: Details): Needed[] {
  return [
    ...(value.organisation ? [] : ['organisation' as const]),
    ...(value.contactName ? [] : ['contactName' as const]),
    ...(call.phoneMasked || call.callerMasked ? [] : ['contactPhone' as const]),
  ]
}

const labels = {
  organisation: 'call.field.organisation',
  contactName: 'call.field.name',
  contactPhone: 'call.field.phone',
}

/** From whom: what is not known yet, asked for before and not after. */
function Who(props: {
  names: readonly Needed[]
  needs: readonly Needed[]
  details: DetailsDraft
  errors: Readonly<Record<string, string>>
}) {
  const { names, needs, details, errors } = props
  const { t } = useTranslation()
  if (names.length === 0) return null
  const first = names.find((name) => needs.includes(name))
  return (
    <div className={css.pair}>
      {names.map((name) => (
        <Field key={name} label={t(labels[name])} required={needs.includes(name)} error={errors[name]}>
          <TextInput
            name={name}
            maxLength={name === 'contactPhone' ? 40 : 200}
            inputMode={name === 'contactPhone' ? 'tel' : 'text'}
            value={details.value[name]}
            onChange={(text) => details.patch({ [name]: text })}
            autoFocus={name === first}
          />
        </Field>
      ))}
    </div>
  )
}
