import { useTranslation } from 'react-i18next'
import { Field } from '../../../../ui-kit/field.tsx'
import { Checkbox } from '../../../../ui-kit/inputs.tsx'
import { ProblemNotice } from '../../../../ui-kit/problem-notice.tsx'
import { RadioCards } from '../../../../ui-kit/radio-cards.tsx'
import { useOptions } from './api.ts'
import css from './channels.module.css'

/** Names of kinds of notices in the language of the moment; one of an older release shows its key. */
export function useTopicNames(): (topics: readonly string[]) => string[] {
  const { i18n } = useTranslation()
  const options = useOptions()
  const language = i18n.language === 'en' ? 'en' : 'zh'
  const names = new Map(options.data?.topics.map((one) => [one.topic, one.name[language]]))
  return (topics) => topics.map((topic) => names.get(topic) ?? topic)
}

interface TopicsProps {
  /** Null: all, also those an upgrade brings. */
  readonly value: readonly string[] | null
  readonly onChange: (value: string[] | null) => void
}

export function Topics({ value, onChange }: TopicsProps) {
  const { t, i18n } = useTranslation()
  const options = useOptions()
  const language = i18n.language === 'en' ? 'en' : 'zh'
  const topics = options.data?.topics ?? []
  const chosen = value ?? []
  return (
    <div className={css.form}>
      <Field label={t('channels.carries')} group>
        <RadioCards
          value={value === null ? 'all' : 'some'}
          onChange={(next) => onChange(next === 'all' ? null : topics.map((one) => one.topic))}
          options={[
            { value: 'all', label: t('channels.all'), hint: t('channels.allHint') },
            { value: 'some', label: t('channels.some') },
          ]}
          columns={2}
        />
      </Field>
      <ProblemNotice fault={options.error} onRetry={options.refetch} />
      {value === null ? null : (
        <Field label={t('channels.which')} group>
          <div className={css.ticks}>
            {topics.map(({ topic, name }) => (
              <Checkbox
                key={topic}
                checked={chosen.includes(topic)}
                onChange={(on) =>
                  onChange(on ? [...chosen, topic] : chosen.filter((other) => other !== topic))
                }
              >
                {name[language]}
              </Checkbox>
            ))}
          </div>
        </Field>
      )}
    </div>
  )
}
