import { useTranslation } from 'react-i18next'
import { OwnerBox } from '../../../../kernel/tasks/ui/owner-box.tsx'
import { useDraft } from '../../../../ui-kit/drafts.ts'
import { Field } from '../../../../ui-kit/field.tsx'
import { Checkbox, TextArea } from '../../../../ui-kit/inputs.tsx'
import { type EndFormProps, EndFrame, firstOwner } from './end-frame.tsx'

/** C10: to whom, what; urgent; whether the caller is to hear of it. */
export function MessageForm(props: EndFormProps) {
  const { call, commands } = props
  const { t } = useTranslation()
  const draft = useDraft(`call.${call.id}.message`, {
    ...firstOwner(call),
    matter: call.reason,
    urgent: false,
    reportBack: true,
  })
  const { value, patch } = draft
  return (
    <EndFrame
      {...props}
      outcome="message"
      needs={props.details.value.organisation ? [] : ['contactName']}
      facts={{ target: value.name }}
      check={() => ({
        ...(value.owner ? {} : { to: t('call.form.pick') }),
        ...(value.matter.trim() ? {} : { matter: t('field.required') }),
      })}
      send={async () => {
        if (!value.owner) return undefined
        const done = await commands.close(call, {
          outcome: 'message',
          message: {
            to: value.owner,
            matter: value.matter.trim(),
            urgent: value.urgent,
            reportBack: value.reportBack,
          },
        })
        if (done.ok) draft.clear()
        return done
      }}
    >
      {(errors, asked) => (
        <>
          <Field label={t('call.form.to')} required error={errors.to}>
            <OwnerBox
              text={value.name}
              onTextChange={(name) => patch({ owner: null, name })}
              onPick={(owner, name) => patch({ owner, name })}
              autoFocus={!asked && value.owner === null}
            />
          </Field>
          <Field label={t('call.form.matter')} required error={errors.matter}>
            <TextArea
              rows={3}
              maxLength={2000}
              value={value.matter}
              onChange={(matter) => patch({ matter })}
              autoFocus={!asked && value.owner !== null}
            />
          </Field>
          <Checkbox checked={value.urgent} onChange={(urgent) => patch({ urgent })}>
            {t('call.form.urgent')}
          </Checkbox>
          <Checkbox checked={value.reportBack} onChange={(reportBack) => patch({ reportBack })}>
            {t('call.form.reportBack')}
          </Checkbox>
        </>
      )}
    </EndFrame>
  )
}
