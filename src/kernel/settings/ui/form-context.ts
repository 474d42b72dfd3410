import { type ComponentType, createContext, useContext } from 'react'
import type { Json } from './json.ts'
import type { Labels } from './labels.ts'
import type { Shape } from './shape.ts'

export interface FormContext {
  readonly labels: Labels
  /** Texts by the path of the value, `0.name.zh`. */
  readonly errors: Readonly<Record<string, string>>
  /** Everything lies open, nothing can be moved: a disabled fold could not be opened. */
  readonly readOnly: boolean
  /** Handed down, because the parts that hold others are parts themselves. */
  readonly Part: ComponentType<PartProps>
}

export const SettingForm = createContext<FormContext | null>(null)

export function useSettingForm(): FormContext {
  const context = useContext(SettingForm)
  if (context === null) throw new Error('a form part outside its form')
  return context
}

/** What every part of the form is given. */
export interface PartProps<S extends Shape = Shape> {
  readonly shape: S
  readonly value: Json | undefined
  readonly onChange: (value: Json) => void
  /** In the value, with places in lists: where errors stand. */
  readonly path: readonly string[]
  /** In the schema: where labels stand. */
  readonly place: readonly string[]
  readonly optional?: boolean | undefined
  /** One of a list that has said name and hint already. */
  readonly bare?: boolean | undefined
}

export type ShapeOf<K extends Shape['kind']> = Extract<Shape, { kind: K }>

/** The error of this very value; of a list, also what is said of the whole. */
export function errorAt(
  errors: Readonly<Record<string, string>>,
  path: readonly string[],
): string | undefined {
  return errors[path.join('.')]
}

export function hasErrorBelow(errors: Readonly<Record<string, string>>, path: readonly string[]): boolean {
  const start = path.join('.')
  return Object.keys(errors).some((key) => key === start || key.startsWith(start === '' ? '' : `${start}.`))
}
