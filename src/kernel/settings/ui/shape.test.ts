import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { changesBetween } from './changes.ts'
import { emptyOf, type Shape, shapeOf } from './shape.ts'

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
    ['map', z.record(z.string(), z.boolean()), { kind: 'map', value: { kind: 'boolean' } }],
    [
      'list',
      z.array(z.boolean()).min(1).max(3),
      { kind: 'list', item: { kind: 'boolean' }, least: 1, most: 3 },
    ],
    ['other unions', z.union([z.string(), z.int()]), { kind: 'json' }],
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

test('G4 what a version changed is told value by value', () => {
  expect(
    changesBetween({ a: 1, b: [{ c: 'x' }], d: true }, { a: 2, b: [{ c: 'x' }, { c: 'y' }], d: true }),
  ).toEqual([
    { path: ['a'], before: 1, after: 2 },
    { path: ['b', '1'], before: undefined, after: { c: 'y' } },
  ])
  expect(changesBetween([1], [1])).toEqual([])
})
