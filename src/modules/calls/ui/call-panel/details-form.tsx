import { type FormEvent, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../../ui-kit/button.tsx'
import { Combobox, type ComboboxOption } from '../../../../ui-kit/combobox.tsx'
import { onFormKey, onSendKey } from '../../../../ui-kit/enter-goes-on.ts'
import { Field } from '../../../../ui-kit/field.tsx'
import { TextArea, TextInput } from '../../../../ui-kit/inputs.tsx'
import { ProblemNotice } from '../../../../ui-kit/problem-notice.tsx'
import { useProblemText } from '../../../../ui-kit/problem-text.ts'
import type { CallDetail } from '../../card/contract.ts'
import type { Question } from '../../routing/rules.ts'
import { type DetailName, fieldOf } from '../details.ts'
import { type FoundCaller, suggestCallers } from '../suggest.ts'
import css from './call-panel.module.css'
import { PersonField } from './person-field.tsx'
import type { DetailsDraft } from './use-details.ts'

export interface DetailsFormProps {
  call: CallDetail
  details: DetailsDraft
  /** What the route asks before anybody is disturbed; said before, not after. */
  missing: readonly Question[]
  /** Enter behind the last field, and Ctrl Enter from anywhere: everything is written down. */
  onDone: () => void
  autoFocus?: boolean | undefined
}

/** The three questions and whom the caller wants (C2, C8, C9); Enter goes on. */
export function DetailsForm({ call, details, missing, onDone, autoFocus = true }: DetailsFormProps) {
  const { t } = useTranslation()
  const { fieldTexts } = useProblemText()
  const { value, patch, save } = details
  const form = useRef<HTMLFormElement>(null)
  const errors = fieldTexts(details.fault)
  const required = (name: DetailName) => missing.some((question) => fieldOf[question] === name)
  const first = firstOpen(value, missing)
  const focus = (name: DetailName) => autoFocus && first === name

  async function send(event: FormEvent) {
    event.preventDefault()
    if (await save()) onDone()
  }

  function take({ part }: FoundCaller) {
    patch(part)
    form.current?.querySelector<HTMLElement>('[name="reason"]')?.focus()
  }

  return (
    <form
      ref={form}
      className={css.block}
      noValidate
      onSubmit={(event) => void send(event)}
      onKeyDown={onFormKey}
      onKeyDownCapture={onSendKey}
      // Whoever turns to a visitor in the middle of a call leaves nothing behind.
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget) && details.pending) void save()
      }}
    >
      {missing.length > 0 ? (
        <p className={css.missing} role="status">
          {t('call.missing', { what: missing.map((one) => t(`call.question.${one}`)).join(t('call.comma')) })}
        </p>
      ) : null}
      {details.restored ? <p className={css.quiet}>{t('call.restored')}</p> : null}
      {details.fault && Object.keys(errors).length === 0 ? <ProblemNotice fault={details.fault} /> : null}
      <Conflict details={details} />
      <div className={css.pair}>
        <Field
          label={t('call.field.organisation')}
          required={required('organisation')}
          error={errors.organisation}
        >
          <Combobox<FoundCaller & ComboboxOption>
            name="organisation"
            text={value.organisation}
            onTextChange={(organisation) =>
              patch({ organisation, ...(value.customerId ? { customerId: '' } : {}) })
            }
            suggest={suggestCallers}
            onPick={take}
            autoFocus={focus('organisation')}
            placeholder={t('call.field.organisationHint')}
          />
        </Field>
        <Field label={t('call.field.name')} required={required('contactName')} error={errors.contactName}>
          <Combobox<FoundCaller & ComboboxOption>
            name="contactName"
            text={value.contactName}
            onTextChange={(contactName) =>
              patch({ contactName, ...(value.contactId ? { contactId: '' } : {}) })
            }
            suggest={suggestCallers}
            onPick={take}
            autoFocus={focus('contactName')}
          />
        </Field>
      </div>
      <Field label={t('call.field.reason')} required={required('reason')} error={errors.reason}>
        <TextArea
          name="reason"
          rows={2}
          maxLength={2000}
          value={value.reason}
          onChange={(reason) => patch({ reason })}
          autoFocus={focus('reason')}
          // A matter on the telephone is one line; Enter goes on as everywhere, Shift Enter breaks it.
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return
            event.preventDefault()
            form.current?.querySelector<HTMLElement>('[name="wanted"]')?.focus()
          }}
        />
      </Field>
      <div className={css.pair}>
        <PersonField
          label={t('call.field.wanted')}
          name="wanted"
          value={{ id: value.wantedId, name: value.wantedName }}
          error={errors.wantedId}
          onChange={({ id, name }) => patch({ wantedId: id, wantedName: name })}
          onPicked={() => form.current?.querySelector<HTMLElement>('[name="contactPhone"]')?.focus()}
        />
        <Field
          label={t('call.field.phone')}
          required={required('contactPhone')}
          error={errors.contactPhone}
          hint={call.phoneMasked ? t('call.field.phoneKept', { phone: call.phoneMasked }) : undefined}
        >
          <TextInput
            name="contactPhone"
            type="tel"
            inputMode="tel"
            maxLength={40}
            value={value.contactPhone}
            onChange={(contactPhone) => patch({ contactPhone })}
            onKeyDown={(event) => {
              if (event.key !== 'Enter' || event.nativeEvent.isComposing) return
              event.preventDefault()
              form.current?.requestSubmit()
            }}
            autoFocus={focus('contactPhone')}
          />
        </Field>
      </div>
      <div className={css.buttons}>
        <Button type="submit" icon="check">
          {t('call.writeDown')}
        </Button>
      </div>
    </form>
  )
}

/** The first question without an answer; with all answered the way goes on to the routes. */
function firstOpen(
  value: { organisation: string; contactName: string; reason: string },
  missing: readonly Question[],
): DetailName | null {
  const asked = missing[0]
  if (asked) return fieldOf[asked]
  if (!value.organisation && !value.contactName) return 'organisation'
  if (!value.contactName) return 'contactName'
  return value.reason ? null : 'reason'
}

function Conflict({ details }: { details: DetailsDraft }) {
  const { t } = useTranslation()
  const { clash, record } = details
  if (clash.length === 0) return null
  return (
    <div className={css.clash} role="alert">
      <p>{t('call.clash.title')}</p>
      <ul>
        {clash.map((name) => (
          <li key={name}>
            {t(`call.clash.${name}`)}:{' '}
            {record[name === 'wantedId' ? 'wantedName' : name] || t('call.clash.empty')}
          </li>
        ))}
      </ul>
      <div className={css.buttons}>
        <Button kind="primary" onClick={() => void details.keepMine()}>
          {t('call.clash.mine')}
        </Button>
        <Button onClick={details.takeTheirs}>{t('call.clash.theirs')}</Button>
      </div>
    </div>
  )
}
