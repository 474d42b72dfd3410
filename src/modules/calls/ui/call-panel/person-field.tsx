import { useTranslation } from 'react-i18next'
import { call } from '../../../../ui-kit/client.ts'
import { Combobox, type ComboboxOption } from '../../../../ui-kit/combobox.tsx'
import { Field } from '../../../../ui-kit/field.tsx'
import { employees } from '../../../directory/contract.ts'
import { Lamp } from '../lamps/lamp.tsx'
import { useLamps } from '../queries.ts'

export interface Person {
  readonly id: string
  readonly name: string
}

export interface PersonFieldProps {
  label: string
  value: Person
  onChange: (person: Person) => void
  name?: string | undefined
  error?: string | undefined
  autoFocus?: boolean | undefined
  /** After one was taken. */
  onPicked?: ((person: Person) => void) | undefined
}

/** A colleague by name, initials or extension, each with their lamp. */
export function PersonField(props: PersonFieldProps) {
  const { t } = useTranslation()
  const { data: lamps } = useLamps()
  async function suggest(q: string, signal: AbortSignal) {
    const { items } = await call(employees.find, { query: { q, limit: 8 } }, { signal })
    return items.map((one): ComboboxOption & { person: Person } => {
      const lamp = one.extension ? lamps?.get(one.extension) : undefined
      return {
        id: one.id,
        label: one.name,
        hint: [one.departmentName, one.title, one.extension].filter(Boolean).join(' · '),
        meta: lamp ? <Lamp state={lamp.state} /> : undefined,
        person: { id: one.id, name: one.name },
      }
    })
  }
  return (
    <Field
      label={props.label}
      error={props.error}
      hint={props.value.name && !props.value.id ? t('call.field.notInDirectory') : undefined}
    >
      <Combobox
        name={props.name}
        text={props.value.name}
        onTextChange={(name) => props.onChange({ id: '', name })}
        suggest={suggest}
        onPick={({ person }) => {
          props.onChange(person)
          props.onPicked?.(person)
        }}
        markFirst
        autoFocus={props.autoFocus}
        placeholder={t('call.field.wantedHint')}
      />
    </Field>
  )
}
