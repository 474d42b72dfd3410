import { useTranslation } from 'react-i18next'
import { OwnerBox } from '../../../../kernel/tasks/ui/owner-box.tsx'
import { useDraft } from '../../../../ui-kit/drafts.ts'
import { Field } from '../../../../ui-kit/field.tsx'
import { NumberInput, TextArea, TextInput } from '../../../../ui-kit/inputs.tsx'
import { Masked } from '../../../../ui-kit/masked.tsx'
import { revealCall } from '../call-commands.ts'
import css from './call-panel.module.css'
import { type EndFormProps, EndFrame, firstOwner } from './end-frame.tsx'
import { useTail } from './say.tsx'

/** C4, C7: who calls back, within how many minutes, on which number — read back to the caller. */
export function CallbackForm(props: EndFormProps) {
  const { call, commands, details } = props
  const { t } = useTranslation()
  const tail = useTail()
  const { owner } = call.next
  const draft = useDraft(`call.${call.id}.callback`, {
    owner: owner ? { kind: owner.kind, id: owner.id } : firstOwner(call).owner,
    name: owner?.name ?? firstOwner(call).name,
    minutes: call.next.minutes ?? 30,
    phone: '',
    matter: call.reason,
  })
  const { value, patch } = draft
  const known = call.phoneMasked || call.callerMasked
  // C7: company and phone; without the company at least a name to ask for.
  const { organisation } = details.value
  const needs = call.next.missing.includes('organisation')
    ? (['organisation', 'contactPhone'] as const)
    : organisation
      ? (['contactPhone'] as const)
      : (['contactName', 'contactPhone'] as const)
  return (
    <EndFrame
      {...props}
      outcome="callback"
      needs={needs}
      facts={{
        minutes: String(value.minutes),
        number: value.phone || details.value.contactPhone || tail(known),
        target: value.name,
      }}
      check={() => ({
        ...(value.owner ? {} : { owner: t('call.form.pick') }),
        ...(value.minutes > 0 ? {} : { minutes: t('field.required') }),
      })}
      send={async () => {
        if (!value.owner) return undefined
        const done = await commands.close(call, {
          outcome: 'callback',
          callback: {
            owner: value.owner,
            minutes: value.minutes,
            phone: value.phone.trim(),
            matter: value.matter.trim(),
          },
        })
        if (done.ok) draft.clear()
        return done
      }}
    >
      {(errors, asked) => (
        <>
          <div className={css.pair}>
            <Field label={t('call.form.owner')} required error={errors.owner}>
              <OwnerBox
                text={value.name}
                onTextChange={(name) => patch({ owner: null, name })}
                onPick={(picked, name) => patch({ owner: picked, name })}
                autoFocus={!asked && value.owner === null}
              />
            </Field>
            <Field
              label={t('call.form.minutes')}
              required
              error={errors.minutes ?? errors['callback.minutes']}
            >
              <NumberInput
                min={1}
                max={10080}
                value={value.minutes || null}
                onChange={(minutes) => patch({ minutes: minutes ?? 0 })}
                autoFocus={!asked && value.owner !== null}
              />
            </Field>
          </div>
          {known ? (
            <Field label={t('call.form.phone')} error={errors['callback.phone']}>
              <TextInput
                type="tel"
                inputMode="tel"
                maxLength={40}
                value={value.phone}
                onChange={(phone) => patch({ phone })}
                placeholder={t('call.form.phoneElse')}
              />
            </Field>
          ) : null}
          {known ? (
            <p className={css.readBack}>
              {t('call.form.readBack')}{' '}
              <Masked
                masked={known}
                label={t('call.field.phone')}
                onReveal={call.can.reveal ? () => revealCall(call.id, 'phone') : undefined}
              />
            </p>
          ) : null}
          <Field label={t('call.form.matter')}>
            <TextArea
              rows={2}
              maxLength={2000}
              value={value.matter}
              onChange={(matter) => patch({ matter })}
            />
          </Field>
        </>
      )}
    </EndFrame>
  )
}
