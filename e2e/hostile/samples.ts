/** Values that fit a JSON schema, and values that nobody should send. */
import type { Chance } from '../support/random.ts'

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json }

export interface Schema {
  readonly $ref?: string
  readonly type?: string | readonly string[]
  readonly enum?: readonly Json[]
  readonly const?: Json
  readonly anyOf?: readonly Schema[]
  readonly oneOf?: readonly Schema[]
  readonly allOf?: readonly Schema[]
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly items?: Schema
  readonly format?: string
  readonly minLength?: number
  readonly minimum?: number
  readonly maximum?: number
}

export interface Known {
  readonly schemas: Readonly<Record<string, Schema>>
  /** Ids of records that exist, so that some requests reach the database. */
  readonly ids: readonly string[]
}

/** A value the schema accepts, or nearly. */
export function fitting(schema: Schema | undefined, known: Known, dice: Chance, depth = 0): Json {
  if (schema === undefined || depth > 8) return 'x'
  if (schema.$ref !== undefined) {
    return fitting(known.schemas[schema.$ref.replace('#/components/schemas/', '')], known, dice, depth + 1)
  }
  if (schema.const !== undefined) return schema.const
  if (schema.enum !== undefined) return dice.oneOf(schema.enum) ?? null
  const choice = schema.anyOf ?? schema.oneOf
  if (choice !== undefined) return fitting(dice.oneOf(choice), known, dice, depth + 1)
  if (schema.allOf !== undefined) return fitting(schema.allOf[0], known, dice, depth + 1)
  const type = typeof schema.type === 'string' ? schema.type : dice.oneOf(schema.type ?? ['object'])
  switch (type) {
    case 'null':
      return null
    case 'boolean':
      return dice.next() < 0.5
    case 'integer':
    case 'number':
      return (schema.minimum !== undefined && schema.minimum > -1e9 ? schema.minimum : 0) + dice.int(3)
    case 'array':
      return Array.from({ length: dice.int(3) }, () => fitting(schema.items, known, dice, depth + 1))
    case 'string':
      return fittingText(schema, known, dice)
    default:
      return fittingObject(schema, known, dice, depth)
  }
}

function fittingObject(schema: Schema, known: Known, dice: Chance, depth: number): Json {
  const made: { [key: string]: Json } = {}
  for (const [key, member] of Object.entries(schema.properties ?? {})) {
    const needed = schema.required?.includes(key) ?? false
    if (needed || dice.next() < 0.5) made[key] = fitting(member, known, dice, depth + 1)
  }
  return made
}

const words = [
  '张伟',
  'customer',
  'general',
  'A001',
  '8301',
  '13800002001',
  'Zhang',
  'group',
  '洽谈',
  'receive',
  'visits',
  '09:00',
]

function fittingText(schema: Schema, known: Known, dice: Chance): string {
  switch (schema.format) {
    case 'uuid':
      return dice.oneOf(known.ids) ?? '019a0000-0000-7000-8000-000000000000'
    case 'date-time':
      return dice.pick(['2026-03-09T09:00:00+08:00', '2026-03-09T01:00:00Z'])
    case 'date':
      return '2026-03-09'
    case 'email':
      return 'someone@example.com'
    default: {
      const text = dice.oneOf(words) ?? 'x'
      return text.padEnd(schema.minLength ?? 0, 'x')
    }
  }
}

const long = 'a'.repeat(70_000)
const deep = (levels: number): Json => {
  let value: Json = 1
  for (let level = 0; level < levels; level += 1) value = level % 2 === 0 ? [value] : { a: value }
  return value
}
const deepest = deep(3000)

/** What nobody should send. Text stays as it would arrive: NUL, halves of a surrogate pair, markup, SQL. */
export function hostile(dice: Chance): Json {
  return dice.pick<Json>([
    null,
    true,
    -1,
    0,
    1e308,
    -1e-320,
    9_007_199_254_740_991,
    2_147_483_648,
    1.5,
    '',
    ' ',
    '\u0000',
    'a\u0000b',
    '\ud800',
    '\udfff张',
    '\u202e\u2066\u200b',
    '👩‍👩‍👧‍👦'.repeat(30),
    long,
    '../../../../etc/passwd',
    "'; drop table visit; --",
    '%',
    '\\',
    '#{7*7}',
    '{{7*7}}',
    '<script>alert(1)</script>',
    '9999-12-31T23:59:59.999999999Z',
    '-271821-04-20T00:00:00Z',
    '2026-02-30',
    '0000-00-00T00:00:00+99:99',
    '00000000-0000-0000-0000-000000000000',
    'NaN',
    '1e400',
    'constructor',
    [],
    {},
    [[[[]]]],
    [null, null],
    { length: 1e9 },
    deepest,
    Array.from({ length: 2000 }, () => 'x'),
  ])
}

/** One place of the value replaced, removed, or something strange put beside it. */
export function spoiled(value: Json, dice: Chance): Json {
  if (Array.isArray(value)) {
    if (value.length === 0 || dice.next() < 0.4)
      return dice.next() < 0.5 ? hostile(dice) : [...value, hostile(dice)]
    const at = dice.int(value.length)
    return value.map((one, index) => (index === at ? spoiled(one, dice) : one))
  }
  if (value === null || typeof value !== 'object') return hostile(dice)
  const keys = Object.keys(value)
  const key = dice.oneOf(keys)
  if (key === undefined || dice.next() < 0.15) return hostile(dice)
  const chosen = dice.next()
  if (chosen < 0.7)
    return { ...value, [key]: dice.next() < 0.6 ? hostile(dice) : spoiled(value[key] ?? null, dice) }
  if (chosen < 0.8) return Object.fromEntries(Object.entries(value).filter(([name]) => name !== key))
  return {
    ...value,
    [dice.pick(['toString', 'hasOwnProperty', 'siteId', 'site_id', 'roles', '\u0000', '', '$ne', 'length'])]:
      hostile(dice),
  }
}

/** JSON text, some of it not JSON at all. */
export function jsonText(value: Json, dice: Chance): string {
  const text = JSON.stringify(value)
  switch (dice.int(14)) {
    case 0:
      return text.slice(0, dice.int(text.length + 1))
    case 1:
      return `{"__proto__":{"admin":true},"constructor":{"prototype":{}},${text.startsWith('{') && text.length > 2 ? text.slice(1) : '"a":1}'}`
    case 2:
      return `${text}${text}`
    case 3:
      return `\ufeff${text}`
    case 4:
      return `${'['.repeat(20_000)}${']'.repeat(20_000)}`
    case 5:
      return text.replace('{', '{"id":1,"id":"2",')
    default:
      return text
  }
}
