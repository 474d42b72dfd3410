/** What a value begins with, and what stays of it when it becomes another kind. PURE. */
import { isList, isObject, type Json, type JsonObject } from './json.ts'
import type { FieldShape, Shape } from './shape.ts'

/** What a new entry begins with; required texts begin empty, so that the server names them when they stay so. */
export function emptyOf(shape: Shape): Json {
  switch (shape.kind) {
    case 'object':
      return emptyFields(shape.fields)
    case 'variants':
      return asVariant(shape, {}, shape.variants[0]?.value ?? '')
    case 'bilingual':
      return { zh: '', en: '' }
    case 'list':
    case 'choices':
      return []
    case 'map':
      return {}
    case 'choice':
      return shape.options[0] ?? ''
    case 'boolean':
      return false
    case 'text':
    case 'time':
      return ''
    case 'number':
      return shape.min ?? null
    default:
      return null
  }
}

function emptyFields(fields: readonly FieldShape[]): JsonObject {
  return Object.fromEntries(
    fields.filter((field) => !field.optional).map(({ name, shape }) => [name, emptyOf(shape)]),
  )
}

/** The next entry of a list: where a choice is its key, the first one that is not taken yet. */
export function nextEntry(shape: Shape, taken: readonly Json[]): Json {
  const entry = emptyOf(shape)
  const key = shape.kind === 'object' ? shape.fields.find(({ name }) => name === 'key')?.shape : undefined
  if (key?.kind !== 'choice' || !isObject(entry)) return entry
  const used = new Set(taken.map((one) => (isObject(one) ? one.key : undefined)))
  const free = key.options.find((option) => !used.has(option))
  return free === undefined ? entry : { ...entry, key: free }
}

/** The value as the chosen kind: fields it shares with `known` stay, the others begin empty, all else goes. */
export function asVariant(
  { by, variants }: Extract<Shape, { kind: 'variants' }>,
  known: JsonObject,
  chosen: string,
): JsonObject {
  const fields = variants.find(({ value }) => value === chosen)?.fields ?? []
  const kept = fields.flatMap(({ name, shape }): [string, Json][] => {
    const value = known[name]
    return value !== undefined && couldBe(shape, value) ? [[name, value]] : []
  })
  return { [by]: chosen, ...emptyFields(fields), ...Object.fromEntries(kept) }
}

/** Same name, another thing: a number is no name. */
function couldBe(shape: Shape, value: Json): boolean {
  switch (shape.kind) {
    case 'text':
    case 'time':
      return typeof value === 'string'
    case 'choice':
      return typeof value === 'string' && shape.options.includes(value)
    case 'number':
    case 'boolean':
      return typeof value === shape.kind
    case 'list':
    case 'choices':
      return isList(value)
    case 'object':
    case 'bilingual':
    case 'map':
      return isObject(value)
    case 'variants':
      return isObject(value) && shape.variants.some((one) => one.value === value[shape.by])
    case 'nullable':
      return value === null || couldBe(shape.inner, value)
    case 'json':
      return true
  }
}
