/** What people call an entry of a list. PURE. */
import { isObject, type Json, type JsonObject } from './json.ts'
import type { Labels } from './labels.ts'
import type { FieldShape, Shape } from './shape.ts'

export interface Words {
  readonly language: string
  readonly option: Labels['option']
}

/** Fields that name an entry, in this order; the others follow as they come. */
const naming = ['name', 'title', 'label', 'text', 'key']

/** By its shape: choices and kinds in words, so that nobody reads what the program writes. */
export function titleOf(
  value: Json | undefined,
  shape: Shape,
  place: readonly string[],
  words: Words,
): string | undefined {
  switch (shape.kind) {
    case 'choice':
      return typeof value === 'string' ? words.option(place, value) : undefined
    case 'nullable':
      return titleOf(value, shape.inner, place, words)
    case 'object':
      return isObject(value) ? objectTitle(value, shape.fields, place, words) : undefined
    case 'variants': {
      const kind = isObject(value) ? value[shape.by] : undefined
      const chosen = shape.variants.find((one) => one.value === kind)
      if (!isObject(value) || chosen === undefined) return undefined
      const parts = chosen.fields.map((field) => titleIn(value[field.name], words.language))
      const said = parts.filter((part) => part !== undefined)
      return [words.option([...place, shape.by], chosen.value), ...said].join(' · ')
    }
    default:
      return titleIn(value, words.language)
  }
}

function objectTitle(
  value: JsonObject,
  fields: readonly FieldShape[],
  place: readonly string[],
  words: Words,
): string | undefined {
  const span = spanOf(value)
  if (span !== undefined) return span
  const rank = ({ name, shape }: FieldShape) => {
    // A key out of a few says what the entry is for.
    if (name === 'key' && shape.kind === 'choice') return -2
    if (name === words.language) return -1
    return naming.includes(name) ? naming.indexOf(name) : naming.length
  }
  for (const { name, shape } of fields.toSorted((one, other) => rank(one) - rank(other))) {
    const found = titleOf(value[name], shape, [...place, name], words)
    if (found !== undefined) return found
  }
  return undefined
}

/** Without a shape, for what an older version held: its name in their language, else its key, else its first words. */
export function titleIn(item: Json | undefined, language: string): string | undefined {
  if (typeof item === 'string') return item === '' ? undefined : item
  if (!isObject(item)) return undefined
  const span = spanOf(item)
  if (span !== undefined) return span
  for (const part of [item[language], ...naming.map((name) => item[name]), ...Object.values(item)]) {
    const found = isObject(part) || typeof part === 'string' ? titleIn(part, language) : undefined
    if (found !== undefined) return found
  }
  return undefined
}

function spanOf({ from, to }: JsonObject): string | undefined {
  return typeof from === 'string' && typeof to === 'string' ? `${from}–${to}` : undefined
}

/** What stands at this path of the value; places in lists count. */
export function shapeAt(shape: Shape, path: readonly string[]): Shape | undefined {
  const [name, ...rest] = path
  if (name === undefined) return shape
  if (shape.kind === 'nullable') return shapeAt(shape.inner, path)
  const inner = shapeIn(shape, name)
  return inner === undefined ? undefined : shapeAt(inner, rest)
}

function shapeIn(shape: Shape, name: string): Shape | undefined {
  switch (shape.kind) {
    case 'object':
      return shape.fields.find((field) => field.name === name)?.shape
    case 'variants': {
      if (name === shape.by) return { kind: 'choice', options: shape.variants.map(({ value }) => value) }
      const fields = shape.variants.flatMap((one) => one.fields)
      return fields.find((field) => field.name === name)?.shape
    }
    case 'list':
      return shape.item
    case 'choices':
      return { kind: 'choice', options: shape.options }
    case 'map':
      return shape.value
    default:
      return undefined
  }
}
