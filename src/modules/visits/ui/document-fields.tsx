import { useTranslation } from 'react-i18next'
import { Field } from '../../../ui-kit/field.tsx'
import { SelectNative, TextInput } from '../../../ui-kit/inputs.tsx'
import css from './document-fields.module.css'

export const documentKinds = ['id-card', 'passport', 'travel-permit', 'driving-licence', 'other'] as const
export type DocumentKind = (typeof documentKinds)[number]

export interface DocumentDraft {
  kind: DocumentKind
  /** Never put into a stored draft (G5). */
  number: string
}

export const emptyDocument: DocumentDraft = { kind: 'id-card', number: '' }

export interface DocumentFieldsProps {
  value: DocumentDraft
  onChange: (value: DocumentDraft) => void
  error?: string | undefined
  size?: 'normal' | 'large' | undefined
  autoFocus?: boolean | undefined
}

/** Kind and number of a document; the server checks the number of an identity card (V12). */
export function DocumentFields({ value, onChange, error, size, autoFocus }: DocumentFieldsProps) {
  const { t } = useTranslation()
  return (
    <div className={css.pair}>
      <Field label={t('visit.document.kind')}>
        <SelectNative
          name="documentKind"
          size={size}
          value={value.kind}
          options={documentKinds.map((kind) => ({ value: kind, label: t(`visit.document.${kind}`) }))}
          onChange={(kind) =>
            onChange({ ...value, kind: documentKinds.find((one) => one === kind) ?? 'other' })
          }
        />
      </Field>
      <Field label={t('visit.document.number')} error={error} hint={t('visit.document.hint')}>
        <TextInput
          name="documentNumber"
          size={size}
          autoFocus={autoFocus}
          maxLength={30}
          value={value.number}
          onChange={(number) => onChange({ ...value, number: number.toUpperCase() })}
        />
      </Field>
    </div>
  )
}
