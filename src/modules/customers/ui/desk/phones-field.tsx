import { useTranslation } from 'react-i18next'
import { Button, IconButton } from '../../../../ui-kit/button.tsx'
import { Field } from '../../../../ui-kit/field.tsx'
import { TextInput } from '../../../../ui-kit/inputs.tsx'
import css from '../customers.module.css'
import type { Customer } from '../queries.ts'

export interface PhoneAnswer {
  /** Of a number known already; it is shown masked and sent by its id. */
  readonly id?: string
  readonly shown?: string
  readonly number: string
  readonly extension: string
  readonly label: string
  readonly key: string
}

export function phoneAnswers(phones: Customer['phones']): PhoneAnswer[] {
  return phones.map(({ id, number, extension, label }) => ({
    id,
    shown: number,
    number,
    extension,
    label,
    key: id,
  }))
}

/** A masked number nobody touched goes back by its id alone (G5). */
export function phoneBody(answers: readonly PhoneAnswer[]) {
  return answers
    .filter((one) => one.number.trim() !== '')
    .map(({ id, shown, number, extension, label }) => ({
      ...(id === undefined ? {} : { id }),
      ...(number === shown ? {} : { number }),
      ...(extension === '' && number !== shown ? {} : { extension }),
      label,
    }))
}

interface PhonesFieldProps {
  phones: readonly PhoneAnswer[]
  onChange: (phones: readonly PhoneAnswer[]) => void
  faults: Readonly<Record<string, string>>
}

let made = 0

/** Several numbers, each with its extension and what it is called. */
export function PhonesField({ phones, onChange, faults }: PhonesFieldProps) {
  const { t } = useTranslation()
  const set = (key: string, patch: Partial<PhoneAnswer>) =>
    onChange(phones.map((one) => (one.key === key ? { ...one, ...patch } : one)))
  return (
    <Field group label={t('customers.form.phones')} hint={t('customers.form.phonesHint')}>
      <div className={css.stack}>
        {phones.map((phone, index) => (
          <Field
            key={phone.key}
            group
            label={t('customers.form.phoneNumber', { n: index + 1 })}
            error={faults[`phones.${index}.number`]}
          >
            <fieldset className={css.phoneRow} aria-label={t('customers.form.phoneNumber', { n: index + 1 })}>
              <TextInput
                type="tel"
                label={t('customers.form.number')}
                placeholder={t('customers.form.number')}
                value={phone.number}
                maxLength={60}
                onChange={(number) => set(phone.key, { number })}
              />
              <TextInput
                inputMode="numeric"
                label={t('customers.form.extension')}
                placeholder={t('customers.form.extension')}
                value={phone.extension}
                maxLength={6}
                onChange={(extension) => set(phone.key, { extension })}
              />
              <TextInput
                label={t('customers.form.label')}
                placeholder={t('customers.form.labelHint')}
                value={phone.label}
                maxLength={30}
                onChange={(label) => set(phone.key, { label })}
              />
              <IconButton
                icon="trash"
                label={t('customers.form.removePhone')}
                onClick={() => onChange(phones.filter((one) => one.key !== phone.key))}
              />
            </fieldset>
          </Field>
        ))}
        <div>
          <Button
            icon="plus"
            disabled={phones.length >= 12}
            onClick={() => {
              made += 1
              onChange([...phones, { number: '', extension: '', label: '', key: `new-${made}` }])
            }}
          >
            {t('customers.form.addPhone')}
          </Button>
        </div>
      </div>
    </Field>
  )
}
