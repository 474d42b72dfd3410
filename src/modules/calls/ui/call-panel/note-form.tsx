import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Field } from '../../../../ui-kit/field.tsx'
import { TextInput } from '../../../../ui-kit/inputs.tsx'
import { type EndFormProps, EndFrame } from './end-frame.tsx'

/** Resolved at once, or courteously declined: one line of what it was. */
export function NoteForm(props: EndFormProps & { outcome: 'resolved' | 'declined' }) {
  const { call, commands, outcome } = props
  const { t } = useTranslation()
  const [note, setNote] = useState('')
  return (
    <EndFrame
      {...props}
      check={() => (call.reason || note.trim() ? {} : { note: t('field.required') })}
      send={() => commands.close(call, { outcome, note: note.trim() })}
    >
      {(errors) => (
        <Field
          label={t('call.form.note')}
          required={call.reason === ''}
          error={errors.note}
          hint={t(`call.form.noteHint.${outcome}`)}
        >
          <TextInput autoFocus maxLength={200} value={note} onChange={setNote} />
        </Field>
      )}
    </EndFrame>
  )
}
