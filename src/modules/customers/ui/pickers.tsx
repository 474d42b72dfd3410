import { useState } from 'react'
import { call } from '../../../ui-kit/client.ts'
import { Combobox } from '../../../ui-kit/combobox.tsx'
import { Field } from '../../../ui-kit/field.tsx'
import { employees } from '../../directory/contract.ts'
import { customers } from '../contract.ts'

export interface Picked {
  readonly id: string
  readonly name: string
}

interface PickerProps {
  label: string
  picked: Picked | null
  onChange: (picked: Picked | null) => void
  /** The text that picked nothing: an organisation nobody has recorded yet. */
  onText?: (text: string) => void
  hint?: string | undefined
  error?: string | undefined
}

async function suggestPeople(q: string, signal: AbortSignal) {
  const { items } = await call(employees.find, { query: { q } }, { signal })
  return items.map(({ id, name, departmentName, extension }) => ({
    id,
    label: name,
    hint: departmentName,
    meta: extension,
  }))
}

async function suggestCompanies(q: string, signal: AbortSignal) {
  const { items } = await call(customers.list, { query: { q, limit: 8 } }, { signal })
  return items.map(({ id, name, number, owner }) => ({
    id,
    label: name,
    hint: owner?.name ?? '',
    meta: number,
  }))
}

type Suggest = typeof suggestPeople | typeof suggestCompanies

/** Emptied text means nobody; text that picked nobody changes nothing but is told to `onText`. */
function Picker({
  label,
  picked,
  onChange,
  onText,
  hint,
  error,
  suggest,
}: PickerProps & { suggest: Suggest }) {
  const [text, setText] = useState(picked?.name ?? '')
  return (
    <Field label={label} hint={hint} error={error}>
      <Combobox
        text={text}
        suggest={suggest}
        markFirst={onText === undefined}
        onTextChange={(next) => {
          setText(next)
          onText?.(next)
          if (next.trim() === '' || onText !== undefined) onChange(null)
        }}
        onPick={(one) => {
          setText(one.label)
          onChange({ id: one.id, name: one.label })
        }}
      />
    </Field>
  )
}

export function ColleaguePicker(props: PickerProps) {
  return <Picker {...props} suggest={suggestPeople} />
}

export function CompanyPicker(props: PickerProps) {
  return <Picker {...props} suggest={suggestCompanies} />
}
