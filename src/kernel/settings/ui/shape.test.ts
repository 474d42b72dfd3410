import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { changesBetween } from './changes.ts'
import { asVariant, emptyOf, nextEntry } from './empty.ts'
import { type Shape, shapeOf } from './shape.ts'
import { shapeAt, titleOf } from './title.ts'

const of = (schema: z.ZodType): Shape =>
  shapeOf(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }))
const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/)
const closing = z.string().regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/)

describe('G7 every schema a module writes becomes a form', () => {
  test.each<[string, z.ZodType, Shape]>([
    ['number', z.int().min(1).max(60), { kind: 'number', integer: true, min: 1, max: 60 }],
    ['unbounded number', z.int(), { kind: 'number', integer: true, min: undefined, max: undefined }],
    ['text', z.string().trim().max(40), { kind: 'text', long: false, most: 40 }],
    ['long text', z.string().max(500), { kind: 'text', long: true, most: 500 }],
    ['slug', z.string().regex(/^[a-z][a-z0-9-]{0,39}$/), { kind: 'text', long: false, most: undefined }],
    ['time', clock, { kind: 'time', late: false }],
    ['closing time', closing, { kind: 'time', late: true }],
    ['yes or no', z.boolean(), { kind: 'boolean' }],
    ['one of a few', z.enum(['a', 'b']), { kind: 'choice', options: ['a', 'b'] }],
    ['literals', z.union([z.literal('a'), z.literal('b')]), { kind: 'choice', options: ['a', 'b'] }],
    ['several of a few', z.array(z.enum(['a', 'b'])), { kind: 'choices', options: ['a', 'b'] }],
    [
      'both languages',
      z.object({ zh: z.string().max(500), en: z.string().max(500) }),
      { kind: 'bilingual', long: true, most: 500 },
    ],
    [
      'nothing or a number',
      z.int().nullable(),
      { kind: 'nullable', inner: { kind: 'number', integer: true, min: undefined, max: undefined } },
    ],
    [
      'nothing or one of a few',
      z.enum(['a', 'b']).nullable(),
      { kind: 'nullable', inner: { kind: 'choice', options: ['a', 'b'] } },
    ],
    [
      'nothing or one of a few literals',
      z.union([z.literal('a'), z.literal('b'), z.null()]),
      { kind: 'nullable', inner: { kind: 'choice', options: ['a', 'b'] } },
    ],
    [
      'text of several forms',
      z.union([z.string().max(40), z.string().regex(/^[a-z]+$/)]),
      { kind: 'text', long: false, most: undefined },
    ],
    ['map', z.record(z.string(), z.boolean()), { kind: 'map', value: { kind: 'boolean' } }],
    [
      'list',
      z.array(z.boolean()).min(1).max(3),
      { kind: 'list', item: { kind: 'boolean' }, least: 1, most: 3 },
    ],
    ['other unions', z.union([z.string(), z.int()]), { kind: 'json' }],
    [
      'objects nothing tells apart',
      z.union([z.object({ a: z.string() }), z.object({ b: z.literal('x') })]),
      { kind: 'json' },
    ],
    ['anything', z.unknown(), { kind: 'json' }],
  ])('%s', (_, schema, expected) => {
    expect(of(schema)).toEqual(expected)
  })

  test('an object knows which fields may be left out; a shared part is followed', () => {
    const part = z.object({ from: clock }).meta({ id: 'Part' })
    expect(of(z.object({ a: part, b: part.optional() }))).toEqual({
      kind: 'object',
      fields: [
        {
          name: 'a',
          optional: false,
          shape: {
            kind: 'object',
            fields: [{ name: 'from', optional: false, shape: { kind: 'time', late: false } }],
          },
        },
        {
          name: 'b',
          optional: true,
          shape: {
            kind: 'object',
            fields: [{ name: 'from', optional: false, shape: { kind: 'time', late: false } }],
          },
        },
      ],
    })
  })

  test('a new entry has its required parts, empty', () => {
    const entry = z.object({
      name: z.object({ zh: z.string(), en: z.string() }),
      kind: z.enum(['x', 'y']),
      minutes: z.int().min(5),
      note: z.string().optional(),
      steps: z.array(z.string()),
    })
    expect(emptyOf(of(entry))).toEqual({ name: { zh: '', en: '' }, kind: 'x', minutes: 5, steps: [] })
  })
})

describe('G7 objects of a few kinds', () => {
  const person = z.object({ kind: z.literal('person'), number: z.string().max(40) }).meta({ id: 'Person' })
  const target = z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('wanted') }),
    z.object({
      kind: z.literal('extension'),
      number: z.string().max(20),
      name: z.object({ zh: z.string(), en: z.string() }),
      tries: z.int().min(1).optional(),
    }),
    person,
    z.object({ kind: z.enum(['none']), number: z.int() }),
  ])
  const shape = of(target)
  if (shape.kind !== 'variants') throw new Error(`a form for ${shape.kind}`)

  test('the constant tells them apart and is none of their fields', () => {
    expect(shape.by).toBe('kind')
    expect(shape.variants.map(({ value, fields }) => [value, ...fields.map(({ name }) => name)])).toEqual([
      ['wanted'],
      ['extension', 'number', 'name', 'tries'],
      ['person', 'number'],
      ['none', 'number'],
    ])
    expect(of(z.object({ to: target.nullable() }))).toMatchObject({
      fields: [{ name: 'to', shape: { kind: 'nullable', inner: { kind: 'variants' } } }],
    })
  })

  test('another kind keeps what both have, begins the rest empty and drops what it has not', () => {
    const extension = { kind: 'extension', number: '8300', name: { zh: '热线', en: 'Hotline' }, tries: 2 }
    expect(asVariant(shape, extension, 'person')).toEqual({ kind: 'person', number: '8300' })
    expect(asVariant(shape, { kind: 'person', number: '8300' }, 'extension')).toEqual({
      kind: 'extension',
      number: '8300',
      name: { zh: '', en: '' },
    })
    expect(asVariant(shape, extension, 'wanted')).toEqual({ kind: 'wanted' })
    expect(asVariant(shape, extension, 'none'), 'a text is no number').toEqual({ kind: 'none', number: null })
    expect(emptyOf(shape)).toEqual({ kind: 'wanted' })
  })

  test('an entry is called by its kind in words and what it says', () => {
    const words = {
      language: 'en',
      option: (place: readonly string[], value: string) => `<${[...place, value].join('.')}>`,
    }
    const entry = of(z.object({ to: target, tries: z.int() }))
    const name = { zh: '热线', en: 'Hotline' }
    const to = { kind: 'extension', number: '8300', name }
    expect(titleOf({ to, tries: 1 }, entry, ['targets'], words)).toBe(
      '<targets.to.kind.extension> · 8300 · Hotline',
    )
    expect(titleOf({ to: { kind: 'gone' }, tries: 1 }, entry, [], words)).toBeUndefined()
    const script = of(z.object({ key: z.enum(['hold', 'busy']), zh: z.string(), en: z.string() }))
    expect(titleOf({ key: 'hold', zh: '请稍等', en: 'Please hold' }, script, [], words)).toBe('<key.hold>')
    const route = of(
      z.object({
        key: z.string(),
        words: z.array(z.string()),
        name: z.object({ zh: z.string(), en: z.string() }),
      }),
    )
    expect(titleOf({ key: 'a', words: ['x'], name }, route, [], words)).toBe('Hotline')
  })

  test('G4 each changed value is found its shape', () => {
    const list = of(z.array(z.object({ to: target.nullable(), ways: z.array(z.enum(['a', 'b'])) })))
    expect(shapeAt(list, ['0', 'to', 'kind'])).toMatchObject({ kind: 'choice' })
    expect(shapeAt(list, ['0', 'to', 'number'])).toMatchObject({ kind: 'text' })
    expect(shapeAt(list, ['2', 'ways', '1'])).toEqual({ kind: 'choice', options: ['a', 'b'] })
    expect(shapeAt(list, ['0', 'gone', 'x'])).toBeUndefined()
  })

  test('a new entry takes the first key nobody has', () => {
    const script = of(z.object({ key: z.enum(['hold', 'busy']), zh: z.string() }))
    expect(nextEntry(script, [{ key: 'hold', zh: '' }])).toEqual({ key: 'busy', zh: '' })
    expect(nextEntry(script, [{ key: 'hold' }, { key: 'busy' }])).toEqual({ key: 'hold', zh: '' })
  })
})

test('G4 what a version changed is told value by value', () => {
  expect(
    changesBetween({ a: 1, b: [{ c: 'x' }], d: true }, { a: 2, b: [{ c: 'x' }, { c: 'y' }], d: true }),
  ).toEqual([
    { path: ['a'], before: 1, after: 2 },
    { path: ['b', '1'], before: undefined, after: { c: 'y' } },
  ])
  expect(changesBetween([1], [1])).toEqual([])
})
