/** What form a JSON Schema asks for. PURE. */
import { isList, isObject, type Json, type JsonObject } from './json.ts'

export interface FieldShape {
  readonly name: string
  readonly shape: Shape
  readonly optional: boolean
}

export type Shape =
  | { readonly kind: 'object'; readonly fields: readonly FieldShape[] }
  /** `{ zh, en }`: one text in both languages. */
  | { readonly kind: 'bilingual'; readonly long: boolean; readonly most: number | undefined }
  | { readonly kind: 'list'; readonly item: Shape; readonly least: number; readonly most: number | undefined }
  /** Several of a few. */
  | { readonly kind: 'choices'; readonly options: readonly string[] }
  | { readonly kind: 'map'; readonly value: Shape }
  | { readonly kind: 'choice'; readonly options: readonly string[] }
  | { readonly kind: 'text'; readonly long: boolean; readonly most: number | undefined }
  /** HH:MM; `late`: 24:00 counts, which a browser's time field cannot hold. */
  | { readonly kind: 'time'; readonly late: boolean }
  | {
      readonly kind: 'number'
      readonly integer: boolean
      readonly min: number | undefined
      readonly max: number | undefined
    }
  | { readonly kind: 'boolean' }
  | { readonly kind: 'nullable'; readonly inner: Shape }
  /** Anything this form cannot show better. */
  | { readonly kind: 'json' }

const longFrom = 121

export function shapeOf(schema: unknown, root: unknown = schema): Shape {
  if (!isObject(schema)) return { kind: 'json' }
  const target = schema.$ref
  if (typeof target === 'string') return shapeOf(resolve(target, root), root)
  const alternatives = [schema.anyOf, schema.oneOf].find(isList)
  if (alternatives !== undefined) return alternative(alternatives, root)
  if (isList(schema.enum)) return choiceOf(schema.enum)
  switch (schema.type) {
    case 'object':
      return objectOf(schema, root)
    case 'array':
      return listOf(schema, root)
    case 'string':
      return textOf(schema)
    case 'integer':
    case 'number':
      return {
        kind: 'number',
        integer: schema.type === 'integer',
        min: bound(schema.minimum),
        max: bound(schema.maximum),
      }
    case 'boolean':
      return { kind: 'boolean' }
    default:
      return { kind: 'json' }
  }
}

function resolve(target: string, root: unknown): unknown {
  let found: unknown = root
  for (const part of target.replace(/^#\/?/, '').split('/')) {
    if (part !== '') found = isObject(found) ? found[part] : undefined
  }
  return found
}

/** "X or nothing" is an X that may be left out; other unions have no form of their own. */
function alternative(schemas: readonly Json[], root: unknown): Shape {
  const some = schemas.filter((one) => !(isObject(one) && one.type === 'null'))
  const [only] = some
  if (some.length === 1 && some.length < schemas.length)
    return { kind: 'nullable', inner: shapeOf(only, root) }
  const constants = some.map((one) => (isObject(one) ? one.const : undefined))
  return constants.every((one) => typeof one === 'string') ? choiceOf(constants) : { kind: 'json' }
}

function choiceOf(values: readonly unknown[]): Shape {
  const options = values.filter((value) => typeof value === 'string')
  return options.length === values.length ? { kind: 'choice', options } : { kind: 'json' }
}

function objectOf(schema: JsonObject, root: unknown): Shape {
  const { properties, additionalProperties } = schema
  if (!isObject(properties)) {
    return isObject(additionalProperties)
      ? { kind: 'map', value: shapeOf(additionalProperties, root) }
      : { kind: 'json' }
  }
  const names = Object.keys(properties)
  const shapes = new Map(names.map((name) => [name, shapeOf(properties[name], root)]))
  const [zh, en] = [shapes.get('zh'), shapes.get('en')]
  if (names.length === 2 && zh?.kind === 'text' && en?.kind === 'text')
    return { kind: 'bilingual', long: zh.long, most: zh.most }
  const required = new Set(isList(schema.required) ? schema.required : [])
  return {
    kind: 'object',
    fields: [...shapes].map(([name, shape]) => ({ name, shape, optional: !required.has(name) })),
  }
}

function listOf(schema: JsonObject, root: unknown): Shape {
  const item = shapeOf(schema.items, root)
  if (item.kind === 'choice') return { kind: 'choices', options: item.options }
  return { kind: 'list', item, least: bound(schema.minItems) ?? 0, most: bound(schema.maxItems) }
}

function textOf(schema: JsonObject): Shape {
  const pattern = typeof schema.pattern === 'string' ? schema.pattern : undefined
  const fits = (text: string) => pattern !== undefined && new RegExp(pattern, 'u').test(text)
  if (schema.format === 'time' || (fits('09:30') && !fits('ab') && !fits('99:99')))
    return { kind: 'time', late: fits('24:00') }
  const most = bound(schema.maxLength)
  return { kind: 'text', long: most !== undefined && most >= longFrom, most }
}

/** zod writes ±2^53 where nothing was said. */
function bound(value: Json | undefined): number | undefined {
  return typeof value === 'number' && Math.abs(value) < Number.MAX_SAFE_INTEGER ? value : undefined
}

/** What a new entry begins with; required texts begin empty, so that the server names them when they stay so. */
export function emptyOf(shape: Shape): Json {
  switch (shape.kind) {
    case 'object':
      return Object.fromEntries(
        shape.fields
          .filter((field) => !field.optional)
          .map(({ name, shape: inner }) => [name, emptyOf(inner)]),
      )
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

/** One control in a row of controls; the others get a block of their own. */
export function isSimple(shape: Shape): boolean {
  if (shape.kind === 'choices') return shape.options.length <= 3
  return (
    !['object', 'list', 'map', 'json'].includes(shape.kind) &&
    (shape.kind !== 'nullable' || isSimple(shape.inner))
  )
}
