import { useTranslation } from 'react-i18next'
import { Field } from '../../../../ui-kit/field.tsx'
import { RadioCards } from '../../../../ui-kit/radio-cards.tsx'
import css from './areas.module.css'

export type EscortAnswer = 'here' | 'away' | null

/** V13: whoever had to be walked along does not come to the exit unnoticed alone. No answer stands there by itself. */
export function EscortQuestion(props: {
  readonly name: string
  readonly value: EscortAnswer
  readonly onChange: (value: EscortAnswer) => void
  readonly error?: string | undefined
  readonly size?: 'normal' | 'large' | undefined
}) {
  const { t } = useTranslation()
  const { name, value, size } = props
  return (
    <div className={css.field}>
      <Field
        label={name ? t('area.exit.question', { name }) : t('area.exit.nobody')}
        required
        group
        error={props.error}
      >
        <RadioCards
          size={size}
          columns={2}
          value={value}
          onChange={props.onChange}
          options={[
            { value: 'here', label: t('area.exit.here') },
            { value: 'away', label: t('area.exit.away') },
          ]}
        />
      </Field>
      {value === 'away' ? <p role="status">{t('area.exit.warn')}</p> : null}
    </div>
  )
}
