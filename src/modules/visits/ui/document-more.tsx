import { useTranslation } from 'react-i18next'
import { Field } from '../../../ui-kit/field.tsx'
import { Checkbox, DateTimeInput, TextInput } from '../../../ui-kit/inputs.tsx'
import css from './document-fields.module.css'
import type { DocumentDraft } from './document-fields.tsx'

export interface DocumentMoreProps {
  value: DocumentDraft
  onChange: (value: DocumentDraft) => void
  expiryError?: string | undefined
  size?: 'normal' | 'large' | undefined
}

/** What is read off a document besides its number: whose name, until when, of which country, what seems odd (V12). */
export function DocumentMore({ value, onChange, expiryError, size }: DocumentMoreProps) {
  const { t } = useTranslation()
  const odd = value.suspicion !== undefined
  return (
    <>
      <div className={css.more}>
        <Field label={t('visit.document.name')}>
          <TextInput
            name="nameOnDocument"
            size={size}
            maxLength={80}
            value={value.nameOnDocument ?? ''}
            onChange={(nameOnDocument) => onChange({ ...value, nameOnDocument })}
          />
        </Field>
        <Field label={t('visit.document.expires')} error={expiryError} hint={t('visit.document.expiresHint')}>
          <DateTimeInput
            kind="date"
            size={size}
            value={value.expiresOn ?? ''}
            onChange={(day) => onChange({ ...value, expiresOn: day === '' ? null : day })}
          />
        </Field>
        {value.kind === 'passport' ? (
          <Field label={t('visit.document.country')} hint={t('visit.document.countryHint')}>
            <TextInput
              name="issuingCountry"
              size={size}
              maxLength={3}
              value={value.issuingCountry ?? ''}
              onChange={(country) => onChange({ ...value, issuingCountry: country.toUpperCase() })}
            />
          </Field>
        ) : null}
      </div>
      <Checkbox
        size={size}
        checked={odd}
        onChange={(on) => {
          const { suspicion: _, ...rest } = value
          onChange(on ? { ...rest, suspicion: t('visit.document.odd') } : rest)
        }}
      >
        {t('visit.document.odd')}
      </Checkbox>
      {odd ? (
        <Field label={t('visit.document.oddNote')}>
          <TextInput
            size={size}
            maxLength={200}
            value={value.suspicion ?? ''}
            onChange={(suspicion) => onChange({ ...value, suspicion })}
          />
        </Field>
      ) : null}
    </>
  )
}
