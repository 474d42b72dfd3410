/** What form a JSON Schema asks for. PURE. */
import { isList, isObject, type Json, type JsonObject } from './json.ts'

export interface FieldShape {
  readonly name: string
  readonly shape: Shape
  readonly optional: boolean
}

/** One kind of object: the fields without the one that tells it apart. */
export interface Variant {
  readonly value: string
  readonly fields: readonly FieldShape[]
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
  /** Objects of a few kinds, told apart by the constant in the field `by`. */
  | { readonly kind: 'variants'; readonly by: string; readonly variants: readonly Variant[] }
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
  if (typeof schema.const === 'string') return choiceOf([schema.const])
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

/** "X or nothing" is an X that may be left out; unions of unlike things have no form of their own. */
function alternative(schemas: readonly Json[], root: unknown): Shape {
  const some = schemas.filter((one) => !(isObject(one) && one.type === 'null'))
  const inner = oneOf(some, root)
  return some.length < schemas.length && inner.kind !== 'json' ? { kind: 'nullable', inner } : inner
}

function oneOf(schemas: readonly Json[], root: unknown): Shape {
  const [only, second] = schemas
  if (second === undefined) return shapeOf(only, root)
  const constants = schemas.map((one) => (isObject(one) ? one.const : undefined))
  if (constants.every((one) => typeof one === 'string')) return choiceOf(constants)
  return variantsOf(schemas, root) ?? anyText(schemas, root) ?? { kind: 'json' }
}

/** Objects of which each carries another constant in the same required field. */
function variantsOf(schemas: readonly Json[], root: unknown): Shape | undefined {
  const shapes = schemas.map((one) => shapeOf(one, root))
  const objects = shapes.filter((shape) => shape.kind === 'object')
  const [first] = objects
  if (first === undefined || objects.length < shapes.length) return undefined
  for (const { name } of first.fields) {
    const values = objects.map((shape) => constantIn(shape.fields, name)).filter((one) => one !== undefined)
    if (new Set(values).size < objects.length) continue
    const variants = objects.map(({ fields }, n) => ({
      value: values[n] ?? '',
      fields: fields.filter((field) => field.name !== name),
    }))
    return { kind: 'variants', by: name, variants }
  }
  return undefined
}

function constantIn(fields: readonly FieldShape[], name: string): string | undefined {
  const field = fields.find((one) => one.name === name)
  if (field === undefined || field.optional || field.shape.kind !== 'choice') return undefined
  return field.shape.options.length === 1 ? field.shape.options[0] : undefined
}

/** Texts of several forms are one text; which form it has, the server tells. */
function anyText(schemas: readonly Json[], root: unknown): Shape | undefined {
  const texts = schemas.map((one) => shapeOf(one, root)).filter((shape) => shape.kind === 'text')
  if (texts.length < schemas.length) return undefined
  const mosts = texts.map(({ most }) => most).filter((most) => most !== undefined)
  const most = mosts.length < texts.length ? undefined : Math.max(...mosts)
  return { kind: 'text', long: texts.some(({ long }) => long), most }
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

/** One control in a row of controls; the others get a block of their own. */
export function isSimple(shape: Shape): boolean {
  if (shape.kind === 'choices') return shape.options.length <= 3
  return (
    !['object', 'variants', 'list', 'map', 'json'].includes(shape.kind) &&
    (shape.kind !== 'nullable' || isSimple(shape.inner))
  )
}
