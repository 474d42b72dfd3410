import { useState } from 'react'
import { call } from '../../../../ui-kit/client.ts'
import { Combobox } from '../../../../ui-kit/combobox.tsx'
import { Field } from '../../../../ui-kit/field.tsx'
import { employees } from '../../contract.ts'

export interface Person {
  readonly id: string
  readonly name: string
}

interface PickerProps {
  label: string
  person: Person | null
  onChange: (person: Person | null) => void
  hint?: string | undefined
  error?: string | undefined
  disabled?: boolean | undefined
}

async function suggest(q: string, signal: AbortSignal) {
  const { items } = await call(employees.find, { query: { q } }, { signal })
  return items.map(({ id, name, departmentName, extension }) => ({
    id,
    label: name,
    hint: departmentName,
    meta: extension,
  }))
}

/** A colleague by name, pinyin or extension; emptied text means nobody, text that picked nobody changes nothing. */
export function PersonPicker({ label, person, onChange, hint, error, disabled }: PickerProps) {
  const [text, setText] = useState(person?.name ?? '')
  return (
    <Field label={label} hint={hint} error={error}>
      <Combobox
        text={text}
        markFirst
        disabled={disabled}
        suggest={suggest}
        onTextChange={(next) => {
          setText(next)
          if (next.trim() === '') onChange(null)
        }}
        onPick={(one) => {
          setText(one.label)
          onChange({ id: one.id, name: one.label })
        }}
      />
    </Field>
  )
}
