import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Field } from '../../../../ui-kit/field.tsx'
import { Checkbox, TextInput } from '../../../../ui-kit/inputs.tsx'
import { useOptions } from './api.ts'
import css from './channels.module.css'

interface EventsFieldProps {
  readonly value: readonly string[]
  readonly onChange: (value: string[]) => void
  readonly error: string | undefined
}

/** Changes a program is told of: whole entities ticked, single actions written. For those who know the API's names. */
export function EventsField({ value, onChange, error }: EventsFieldProps) {
  const { t } = useTranslation()
  const options = useOptions()
  const entities = options.data?.entities ?? []
  const whole = value.filter((event) => !event.includes('.'))
  const single = value.filter((event) => event.includes('.'))
  const [text, setText] = useState(single.join(' '))
  return (
    <>
      <Field label={t('channels.events.label')} hint={t('channels.events.hint')} group>
        <div className={css.ticks}>
          {entities.map((entity) => (
            <Checkbox
              key={entity}
              checked={whole.includes(entity)}
              onChange={(on) =>
                onChange([...(on ? [...whole, entity] : whole.filter((one) => one !== entity)), ...single])
              }
            >
              <code>{entity}</code>
            </Checkbox>
          ))}
        </div>
      </Field>
      <Field label={t('channels.events.single')} hint={t('channels.events.singleHint')} error={error}>
        <TextInput
          value={text}
          onChange={(next) => {
            setText(next)
            onChange([...whole, ...next.split(/[\s,，、]+/).filter((event) => event !== '')])
          }}
          maxLength={1000}
        />
      </Field>
    </>
  )
}
