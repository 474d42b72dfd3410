import { useEffect, useRef, useState } from 'react'
import { Field } from './field.tsx'
import { TextInput } from './inputs.tsx'

/** Asks the server when the typing pauses, not at every letter. */
export function SearchText({
  label,
  hint,
  value,
  onChange,
  size,
}: {
  label: string
  hint: string
  value: string
  onChange: (value: string) => void
  size?: 'normal' | 'large' | undefined
}) {
  const [text, setText] = useState(value)
  const latest = useRef(onChange)
  latest.current = onChange
  const known = useRef(value)
  useEffect(() => {
    if (known.current !== value) setText(value)
    known.current = value
  }, [value])
  useEffect(() => {
    if (text === known.current) return
    const timer = setTimeout(() => {
      known.current = text
      latest.current(text.trim())
    }, 250)
    return () => clearTimeout(timer)
  }, [text])
  return (
    <Field label={label}>
      <TextInput
        size={size}
        type="search"
        maxLength={60}
        placeholder={hint}
        value={text}
        onChange={setText}
      />
    </Field>
  )
}
