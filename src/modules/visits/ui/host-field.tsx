import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../../ui-kit/client.ts'
import { Combobox, type ComboboxOption } from '../../../ui-kit/combobox.tsx'
import { Field } from '../../../ui-kit/field.tsx'
import { employees } from '../../directory/contract.ts'

export interface PickedPerson {
  id: string
  name: string
  place: string
}

export interface HostFieldProps {
  label: string
  value: PickedPerson
  onChange: (person: PickedPerson) => void
  required?: boolean | undefined
  error?: string | undefined
  hint?: string | undefined
  size?: 'normal' | 'large' | undefined
  autoFocus?: boolean | undefined
  /** Enter without a marked suggestion, and after one was taken. */
  onDone?: (() => void) | undefined
  name?: string | undefined
}

interface Colleague extends ComboboxOption {
  person: PickedPerson
}

/** A colleague by name, pinyin, initials or extension; the first hit is marked, so Enter takes it. */
export function HostField(props: HostFieldProps) {
  const { t } = useTranslation()
  const { value } = props
  const input = useRef<HTMLInputElement>(null)

  async function suggest(q: string, signal: AbortSignal): Promise<Colleague[]> {
    const { items } = await call(employees.find, { query: { q, limit: 8 } }, { signal })
    return items.map((one) => {
      const place = [
        one.departmentName,
        one.extension && t('visit.host.extension', { number: one.extension }),
      ]
        .filter(Boolean)
        .join(' · ')
      return {
        id: one.id,
        label: one.name,
        hint: [one.departmentName, one.title].filter(Boolean).join(' · '),
        meta: one.extension ?? '',
        person: {
          id: one.id,
          name: one.name,
          place: one.lineWorker ? `${place} · ${t('visit.host.lineWorker')}` : place,
        },
      }
    })
  }

  return (
    <Field
      label={props.label}
      required={props.required}
      error={props.error}
      hint={value.id ? value.place || props.hint : value.name ? t('visit.host.notInDirectory') : props.hint}
    >
      <Combobox<Colleague>
        ref={input}
        name={props.name ?? 'hostName'}
        text={value.name}
        onTextChange={(name) => props.onChange({ id: '', name, place: '' })}
        suggest={suggest}
        onPick={(option) => {
          props.onChange(option.person)
          props.onDone?.()
        }}
        onEnter={props.onDone}
        markFirst
        placeholder={t('visit.host.placeholder')}
        size={props.size}
        autoFocus={props.autoFocus}
      />
    </Field>
  )
}
