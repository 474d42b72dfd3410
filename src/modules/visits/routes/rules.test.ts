/** V6: the decision table, for any table and any visitor. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  decide,
  type Facts,
  goesWithoutHost,
  misfitsOf,
  nextToAsk,
  openQuestions,
  type Row,
  unreachableRows,
} from './rules.ts'

const kinds = [
  { key: 'customer', topics: [] },
  { key: 'candidate', topics: ['sales', 'clerk'] },
  { key: 'delivery', topics: ['computers', 'supplies'] },
]
const topics = ['sales', 'clerk', 'computers', 'supplies']
const matters = ['', '应聘', '送电脑', 'Server REPAIR', '催款']

const facts: fc.Arbitrary<Facts> = fc.constantFrom(...kinds).chain(({ key, topics: own }) =>
  fc.record({
    kind: fc.constant(key),
    topic: fc.constantFrom('', ...own),
    appointment: fc.boolean(),
    known: fc.boolean(),
    working: fc.boolean(),
    matter: fc.constantFrom(...matters),
  }),
)
const when = fc.record({
  kinds: fc.subarray(kinds.map(({ key }) => key)),
  topics: fc.subarray(topics),
  appointment: fc.constantFrom('any', 'with', 'without'),
  person: fc.constantFrom('any', 'known', 'stranger'),
  hours: fc.constantFrom('any', 'working', 'closed'),
  words: fc.subarray(['应聘', '电脑', 'repair', '款']),
} as const)
const row: fc.Arbitrary<Omit<Row<string>, 'key'>> = fc.record({
  when,
  decision: fc.constantFrom('ask', 'notify', 'admit', 'decline'),
  targets: fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 4 }),
  last: fc.constantFrom('desk', 'decline'),
})
const table = fc
  .array(row, { maxLength: 8 })
  .map((rows): Row<string>[] => rows.map((one, index) => ({ ...one, key: `r${index}` })))
const anything: Row<string>['when'] = {
  kinds: [],
  topics: [],
  appointment: 'any',
  person: 'any',
  hours: 'any',
  words: [],
}
const plain = (key: string, more: Partial<Row<string>> = {}): Row<string> => ({
  key,
  when: anything,
  decision: 'ask',
  targets: ['a'],
  last: 'desk',
  ...more,
})
const stranger: Facts = {
  kind: 'customer',
  topic: '',
  appointment: false,
  known: false,
  working: true,
  matter: '',
}

describe('V6 any table, any visitor', () => {
  test('V6 total, deterministic, and the first fitting row decides', () => {
    fc.assert(
      fc.property(table, facts, fc.boolean(), (rows, one, consentDue) => {
        const decided = decide(rows, { ...one, consentDue })
        expect(decide(rows, { ...one, consentDue })).toEqual(decided)
        const first = rows.find(({ when: conditions }) => misfitsOf(conditions, one).length === 0)
        expect(decided.row).toBe(first ?? null)
        // Every row above says why it does not fit.
        expect(decided.passed.map(({ key }) => key)).toEqual(
          rows.slice(0, first === undefined ? rows.length : rows.indexOf(first)).map(({ key }) => key),
        )
        for (const { misfits } of decided.passed) expect(misfits.length).toBeGreaterThan(0)
      }),
    )
  })

  test('V2 V3 nobody is asked where no consent is due, nobody with an appointment is turned away by a row', () => {
    fc.assert(
      fc.property(table, facts, fc.boolean(), (rows, one, consentDue) => {
        const { decision, last } = decide(rows, { ...one, consentDue })
        if (!consentDue) expect(decision).not.toBe('ask')
        if (one.appointment) {
          expect(decision).not.toBe('decline')
          expect(last).toBe('desk')
        }
      }),
    )
  })

  test('V6 a row is called unreachable exactly when no visitor of the house gets to it', () => {
    const everybody: Facts[] = kinds.flatMap(({ key, topics: own }) =>
      ['', ...own].flatMap((topic) =>
        [true, false].flatMap((appointment) =>
          [true, false].flatMap((known) =>
            [true, false].flatMap((working) =>
              ['', '应聘', '电脑', 'repair', '款'].map((matter) => ({
                kind: key,
                topic,
                appointment,
                known,
                working,
                matter,
              })),
            ),
          ),
        ),
      ),
    )
    fc.assert(
      fc.property(table, (rows) => {
        const reached = new Set(everybody.map((one) => decide(rows, { ...one, consentDue: true }).row?.key))
        const silent = unreachableRows(rows, kinds)
        expect(silent.map(({ key }) => key)).toEqual(
          rows.map(({ key }) => key).filter((key) => !reached.has(key)),
        )
        // Those above that are named do take something the row is meant for.
        for (const { key, by } of silent)
          for (const above of by)
            expect(rows.findIndex((one) => one.key === above)).toBeLessThan(
              rows.findIndex((one) => one.key === key),
            )
      }),
    )
  })

  test('V5 V6 every path ends: whoever says nothing is followed by the next, then the desk or the courteous refusal', () => {
    const people = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e'), { maxLength: 5 })
    fc.assert(
      fc.property(people, fc.constantFrom('desk', 'decline'), fc.array(fc.nat(4)), (ids, last, lost) => {
        const before: string[] = []
        for (let hop = 0; hop <= 5; hop++) {
          // Between two questions somebody may leave the house.
          const here = ids.filter((_, index) => hop === 0 || !lost.slice(0, hop).includes(index))
          const next = nextToAsk(
            here.map((id) => ({ id })),
            before,
            last,
          )
          if (next.act !== 'ask') {
            expect(next.act).toBe(last)
            expect(here.every((id) => before.includes(id))).toBe(true)
            return
          }
          expect(before).not.toContain(next.target.id)
          before.push(next.target.id)
        }
        throw new Error('asked more people than there are')
      }),
    )
  })
})

describe('V6 rows by example', () => {
  test('V6 words are looked for whatever their case and width', () => {
    const conditions = { ...anything, words: ['Repair', '电脑'] }
    expect(misfitsOf(conditions, { ...stranger, matter: 'server ＲＥＰＡＩＲ' })).toEqual([])
    expect(misfitsOf(conditions, { ...stranger, matter: '送电脑两台' })).toEqual([])
    expect(misfitsOf(conditions, stranger)).toEqual(['words'])
  })

  test('V6 all conditions that do not fit are named', () => {
    const conditions = {
      kinds: ['media'],
      topics: ['x'],
      appointment: 'with',
      person: 'known',
      hours: 'closed',
      words: ['采访'],
    } as const
    expect(misfitsOf(conditions, stranger)).toEqual([
      'kind',
      'topic',
      'appointment',
      'person',
      'hours',
      'words',
    ])
  })

  test('V6 two rows together take what a third is meant for; a topic the kind does not have fits nobody', () => {
    const rows = [
      plain('with', { when: { ...anything, appointment: 'with' } }),
      plain('without', { when: { ...anything, appointment: 'without' } }),
      plain('all'),
      plain('nobody', { when: { ...anything, kinds: ['customer'], topics: ['sales'] } }),
    ]
    expect(unreachableRows(rows, kinds)).toEqual([
      { key: 'all', by: ['with', 'without'] },
      { key: 'nobody', by: [] },
    ])
  })

  test('V6 no row fits: the host is asked, then the desk', () => {
    expect(decide([], { ...stranger, consentDue: true })).toMatchObject({
      row: null,
      decision: 'ask',
      last: 'desk',
    })
  })
})

test('V4 the three questions: what is still open, blanks do not count', () => {
  expect(openQuestions({ organisation: ' ', visitorName: '王芳', purpose: '' })).toEqual([
    'organisation',
    'purpose',
  ])
  expect(openQuestions({ organisation: '个人', visitorName: '王芳', purpose: '应聘' })).toEqual([])
})

describe('V6 whoever the table sends elsewhere need not know a name', () => {
  type Named = Row<{ readonly kind: string }>
  const row = (
    key: string,
    decision: Named['decision'],
    targets: readonly string[],
    when: Partial<Named['when']> = {},
  ): Named => ({
    key,
    decision,
    last: 'desk',
    targets: targets.map((kind) => ({ kind })),
    when: { kinds: [], topics: [], appointment: 'any', person: 'any', hours: 'any', words: [], ...when },
  })
  const rows = [
    row('computers', 'ask', ['extension'], { kinds: ['delivery'], topics: ['computers'] }),
    row('announced', 'notify', ['host'], { kinds: ['candidate'], appointment: 'with' }),
    row('candidate', 'ask', ['host', 'department'], { kinds: ['candidate'] }),
    row('no', 'decline', [], { kinds: ['media'], hours: 'closed' }),
    row('all', 'ask', ['host', 'host-head']),
  ]

  test.each([
    ['delivery', 'computers', true],
    ['delivery', 'supplies', false],
    ['delivery', '', false],
    ['candidate', '', true],
    // Turned away after hours, but by day the host is asked.
    ['media', '', false],
    ['customer', '', false],
  ])('%s %s: %s', (kind, topic, free) => {
    expect(goesWithoutHost(rows, kind, topic)).toBe(free)
  })

  test('a table without an end asks the host', () => {
    expect(goesWithoutHost([], 'delivery', '')).toBe(false)
  })
})
