import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../../ui-kit/button.tsx'
import { serverNow } from '../../../../ui-kit/clock.ts'
import { Field } from '../../../../ui-kit/field.tsx'
import { Checkbox, DateTimeInput, TextInput } from '../../../../ui-kit/inputs.tsx'
import { useSpoken, useZone } from '../../../../ui-kit/language.ts'
import { RadioCards } from '../../../../ui-kit/radio-cards.tsx'
import { fromWall, toWall } from '../../../../ui-kit/zone-time.ts'
import { HostField, type PickedPerson } from '../../ui/host-field.tsx'
import { useOutingOptions } from './queries.ts'
import css from './staff.module.css'

export interface OutingForm {
  reason: string
  destination: string
  note: string
  leaveAt: string
  returnBy: string | null
  approvedById?: string
}

const hour = 3_600_000

/** Reason, destination where the reason wants one, when back; at the gate also who agreed on the telephone. */
export function OutingFormView({
  atGate,
  send,
  onClose,
}: {
  atGate: boolean
  /** @returns whether it was taken */
  send: (form: OutingForm) => Promise<boolean>
  onClose: () => void
}) {
  const { t } = useTranslation()
  const zone = useZone()
  const spoken = useSpoken()
  const { data: options } = useOutingOptions()
  const [reasonKey, setReason] = useState('')
  const [destination, setDestination] = useState('')
  const [note, setNote] = useState('')
  const [leaveAt, setLeaveAt] = useState(() => toWall(serverNow(), zone))
  const [returns, setReturns] = useState(true)
  const [returnBy, setReturnBy] = useState(() => toWall(serverNow() + hour, zone))
  const [agreed, setAgreed] = useState<PickedPerson>({ id: '', name: '', place: '' })
  const [busy, setBusy] = useState(false)
  const reason = options?.reasons.find(({ key }) => key === reasonKey)
  const ready = reason !== undefined && (!reason.destination || destination.trim() !== '')
  async function submit(event: FormEvent) {
    event.preventDefault()
    if (!ready || busy) return
    setBusy(true)
    const taken = await send({
      reason: reasonKey,
      destination: destination.trim(),
      note: note.trim(),
      leaveAt: fromWall(leaveAt, zone),
      returnBy: returns ? fromWall(returnBy, zone) : null,
      ...(agreed.id ? { approvedById: agreed.id } : {}),
    })
    setBusy(false)
    if (taken) onClose()
  }
  return (
    <form className={css.form} onSubmit={(event) => void submit(event)} aria-label={t('outing.act.request')}>
      <Field label={t('outing.field.reason')} group required>
        <RadioCards
          size="large"
          columns={2}
          value={reasonKey || null}
          onChange={setReason}
          options={(options?.reasons ?? []).map((one) => ({
            value: one.key,
            label: spoken(one.name),
            hint: one.approval ? t('outing.needsApproval') : undefined,
          }))}
        />
      </Field>
      <Field label={t('outing.field.destination')} required={reason?.destination === true}>
        <TextInput size="large" value={destination} onChange={setDestination} maxLength={200} />
      </Field>
      {atGate ? null : (
        <Field label={t('outing.field.leaveAt')}>
          <DateTimeInput size="large" value={leaveAt} onChange={setLeaveAt} />
        </Field>
      )}
      <Checkbox size="large" checked={returns} onChange={setReturns}>
        {t('outing.field.returns')}
      </Checkbox>
      {returns ? (
        <Field label={t('outing.field.returnBy')}>
          <DateTimeInput size="large" value={returnBy} onChange={setReturnBy} />
        </Field>
      ) : null}
      {atGate && reason?.approval ? (
        <HostField
          size="large"
          name="approvedBy"
          label={t('outing.field.approvedBy')}
          value={agreed}
          onChange={setAgreed}
        />
      ) : null}
      <Field label={t('outing.field.note')}>
        <TextInput size="large" value={note} onChange={setNote} maxLength={200} />
      </Field>
      <div className={css.acts}>
        <Button type="submit" kind="primary" size="large" busy={busy} disabled={!ready}>
          {t(atGate ? 'outing.act.leave' : 'outing.act.send')}
        </Button>
        <Button size="large" onClick={onClose}>
          {t('kit.close')}
        </Button>
      </div>
    </form>
  )
}
