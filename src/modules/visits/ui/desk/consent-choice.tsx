import { useTranslation } from 'react-i18next'
import { Field } from '../../../../ui-kit/field.tsx'
import { Checkbox, SelectNative } from '../../../../ui-kit/inputs.tsx'
import { RadioCards } from '../../../../ui-kit/radio-cards.tsx'
import type { CategoryOption } from '../options.ts'
import css from './forms.module.css'
import type { NewDraft } from './new-visit-panel.tsx'

type Choice = Pick<NewDraft, 'consent' | 'how' | 'issuePass' | 'hostName'>

export interface ConsentChoiceProps {
  category: CategoryOption
  value: Choice
  /** Nothing is left to ask: the pass may be handed over now. */
  admitted: boolean
  place: string
  onChange: (part: Partial<Choice>) => void
}

const ways = ['phone', 'in-person', 'chat'] as const

/** Ask the host now, or the host has already agreed (V5); then the pass. */
export function ConsentChoice({ category, value, admitted, place, onChange }: ConsentChoiceProps) {
  const { t } = useTranslation()
  return (
    <>
      {category.consent === 'never' ? (
        <p className={css.needs}>{t('visit.consent.never', { place })}</p>
      ) : (
        <Field label={t('visit.consent.title')} group>
          <RadioCards
            columns={2}
            value={value.consent}
            onChange={(consent) => onChange({ consent })}
            options={[
              { value: 'ask', label: t('visit.consent.ask'), hint: t('visit.consent.askHint') },
              { value: 'given', label: t('visit.consent.given'), hint: t('visit.consent.givenHint') },
            ]}
          />
        </Field>
      )}
      {category.consent !== 'never' && value.consent === 'given' ? (
        <Field label={t('visit.consent.how')}>
          <SelectNative
            name="how"
            value={value.how}
            options={ways.map((way) => ({ value: way, label: t(`visit.how.${way}`) }))}
            onChange={(how) => onChange({ how: ways.find((way) => way === how) ?? 'phone' })}
          />
        </Field>
      ) : null}
      {admitted && category.pass ? (
        <Checkbox
          checked={value.issuePass}
          onChange={(issuePass) => onChange({ issuePass })}
          hint={t('visit.consent.passHint')}
        >
          {t('visit.consent.pass')}
        </Checkbox>
      ) : null}
    </>
  )
}
