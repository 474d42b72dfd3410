import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { outcomes } from '../rules.ts'
import type { Route, RouteTarget } from '../settings.ts'
import { distinct } from './resolve.ts'
import {
  type Asked,
  type HopResult,
  type HopTaken,
  hopResults,
  isComplaint,
  longest,
  nextStep,
  questions,
  type ResolvedTarget,
  routeInForce,
  suggestRoute,
} from './rules.ts'

const told: Asked = {
  organisation: '华信',
  name: '王芳',
  reason: '续费',
  phone: '+8613912345678',
  mayAskAnyway: false,
}
const failures = ['busy', 'no-answer', 'refused', 'not-in'] as const

function route(more: Partial<Route> = {}): Route {
  return {
    key: 'test',
    name: { zh: '试', en: 'Test' },
    hint: { zh: '', en: '' },
    words: [],
    questions: [],
    refuseByDefault: false,
    targets: [
      { to: { kind: 'wanted' }, failsOn: [...failures], tries: 1 },
      { to: { kind: 'wanted-head' }, failsOn: [...failures], tries: 1 },
    ],
    last: { outcome: 'callback', minutes: 30, owner: { kind: 'first-target' }, say: null },
    ...more,
  }
}

const target = (step: number, extension = `80${step}`): ResolvedTarget => ({
  step,
  kind: 'wanted',
  id: `e${step}`,
  name: `同事${step}`,
  nameEn: `Colleague ${step}`,
  extension,
  instead: '',
})
const both = [target(0), target(1)]
const hop = (extension: string, result: HopResult): HopTaken => ({ extension, result })

describe('C4 the cascade', () => {
  test.each(failures)('C4 %s goes on to the next, then to the promise', (result) => {
    expect(nextStep(route(), both, [], told)).toMatchObject({ act: 'try', target: { step: 0 }, attempt: 1 })
    expect(nextStep(route(), both, [hop('800', result)], told)).toMatchObject({
      act: 'try',
      target: { step: 1 },
    })
    const all = [hop('800', result), hop('801', result)]
    expect(nextStep(route(), both, all, told)).toMatchObject({ act: 'end', first: 'callback' })
  })

  test('C4 what is no failure here ends it: nobody else is disturbed', () => {
    const strict = route({
      targets: [
        { to: { kind: 'wanted' }, failsOn: ['busy'], tries: 1 },
        { to: { kind: 'wanted-head' }, failsOn: ['busy'], tries: 1 },
      ],
      last: { outcome: 'message', minutes: 30, owner: { kind: 'handler' }, say: null },
    })
    expect(nextStep(strict, both, [hop('800', 'refused')], told)).toMatchObject({
      act: 'end',
      first: 'message',
      say: 'refused',
    })
  })

  test('C4 nobody answers: tried again as often as the route says, then a message may be offered', () => {
    const twice = route({
      targets: [
        { to: { kind: 'wanted' }, failsOn: [...failures], tries: 2 },
        { to: { kind: 'wanted-head' }, failsOn: [...failures], tries: 2 },
      ],
    })
    const once = [hop('800', 'no-answer')]
    expect(nextStep(twice, both, once, told)).toMatchObject({ act: 'try', attempt: 2, offer: [] })
    expect(nextStep(twice, both, [...once, ...once], told)).toMatchObject({
      act: 'try',
      target: { step: 1 },
      offer: ['message', 'callback'],
    })
    // Busy is not asked twice.
    expect(nextStep(twice, both, [hop('800', 'busy')], told)).toMatchObject({ target: { step: 1 } })
  })

  test('C4 a telephone tried by hand, or for another route, is not rung again', () => {
    expect(nextStep(route(), both, [hop('801', 'busy'), hop('800', 'busy')], told).act).toBe('end')
    const wantedAnew = [target(0, '900'), target(1)]
    expect(nextStep(route(), wantedAnew, [hop('800', 'busy')], told)).toMatchObject({
      act: 'try',
      target: { extension: '900' },
    })
  })

  test('C4 who was spoken to already is not rung again when the caller comes back', () => {
    const hops = [hop('800', 'answered'), hop('999', 'busy')]
    expect(nextStep(route(), both, hops, told)).toMatchObject({ act: 'try', target: { step: 1 } })
  })

  test('C4 a colleague who calls back owes it, and a number is needed for that', () => {
    expect(nextStep(route(), both, [hop('800', 'callback')], { ...told, phone: '' })).toMatchObject({
      act: 'end',
      first: 'callback',
      missing: ['phone'],
    })
  })

  test('C8 C9 questions before anybody is disturbed', () => {
    const asks = route({ questions: ['organisation', 'name', 'reason'] })
    expect(nextStep(asks, both, [], { ...told, reason: '' })).toMatchObject({
      act: 'ask',
      missing: ['reason'],
      say: 'ask-three',
    })
    expect(nextStep(asks, both, [], { ...told, organisation: '' }).say).toBe('ask-company-phone')
  })

  test('C8 refused by default, asked anyway only on purpose', () => {
    const sales = route({ refuseByDefault: true, questions: ['name'] })
    expect(nextStep(sales, both, [], { ...told, name: '' })).toMatchObject({ act: 'end', first: 'declined' })
    expect(nextStep(sales, both, [], { ...told, name: '', mayAskAnyway: true }).act).toBe('ask')
    expect(nextStep(sales, both, [], { ...told, mayAskAnyway: true }).act).toBe('try')
  })
})

const kinds = ['wanted', 'wanted-head', 'owner', 'owner-head'] as const
const routes: fc.Arbitrary<Route> = fc.record({
  key: fc.constantFrom('colleague', 'complaint', 'customer', 'sales'),
  name: fc.constant({ zh: '试', en: 'Test' }),
  hint: fc.constant({ zh: '', en: '' }),
  words: fc.constant([]),
  questions: fc.subarray([...questions]),
  refuseByDefault: fc.boolean(),
  targets: fc.array(
    fc.record({
      to: fc.constantFrom(...kinds).map((kind): RouteTarget => ({ kind })),
      failsOn: fc.subarray([...failures], { minLength: 1 }),
      tries: fc.integer({ min: 1, max: 3 }),
    }),
    { maxLength: 12 },
  ),
  last: fc.record({
    outcome: fc.constantFrom('callback', 'message', 'declined', 'resolved'),
    minutes: fc.integer({ min: 1, max: 600 }),
    owner: fc.constant({ kind: 'handler' as const }),
    say: fc.constant(null),
  }),
})
const answers: fc.Arbitrary<Asked> = fc.record({
  organisation: fc.constantFrom('', '华信'),
  name: fc.constantFrom('', '王芳'),
  reason: fc.constantFrom('', '事'),
  phone: fc.constantFrom('', '8888'),
  mayAskAnyway: fc.boolean(),
})
/** Some targets nobody was found for, some share a telephone, as the directory has it. */
const resolved = (one: Route) =>
  fc
    .array(fc.constantFrom('', '801', '802', '803', '804', '805', '806'), {
      minLength: one.targets.length,
      maxLength: one.targets.length,
    })
    .map((extensions) =>
      distinct(
        extensions.map((extension, step) => target(step, extension)),
        '806',
      ),
    )
const cases = routes.chain((one) =>
  fc.record({
    route: fc.constant(one),
    targets: resolved(one),
    asked: answers,
    results: fc.array(fc.constantFrom(...hopResults.filter((result) => result !== 'trying')), {
      minLength: 60,
      maxLength: 60,
    }),
  }),
)

describe('C4 C8 C9 any route, any house, any answers', () => {
  test('C4 the cascade ends with an outcome after at most `longest` completed hops', () => {
    fc.assert(
      fc.property(cases, ({ route: one, targets, asked, results }) => {
        const hops: HopTaken[] = []
        for (const result of results) {
          const next = nextStep(one, targets, hops, asked)
          if (next.act !== 'try') break
          hops.push(hop(next.target.extension, result))
        }
        const completed = hops.filter(({ result }) => result !== 'cancelled').length
        expect(completed).toBeLessThanOrEqual(longest(one))
        const next = nextStep(one, targets, hops, { ...asked, ...told, mayAskAnyway: asked.mayAskAnyway })
        if (completed === longest(one)) expect(next.act).toBe('end')
        if (next.act === 'end') {
          expect(outcomes).toContain(next.first)
          expect(next.offer).toEqual(expect.arrayContaining(['message', 'callback', 'resolved', 'declined']))
        }
      }),
      { numRuns: 400 },
    )
  })

  test('C4 nobody exhausted is proposed again, and never the caller’s own telephone', () => {
    fc.assert(
      fc.property(cases, ({ route: one, targets, asked, results }) => {
        const hops: HopTaken[] = []
        for (const result of results) {
          const next = nextStep(one, targets, hops, asked)
          if (next.act !== 'try') break
          const { extension, step } = next.target
          expect(extension).not.toBe('806')
          const there = hops.filter((each) => each.extension === extension && each.result !== 'cancelled')
          expect(there.every((each) => each.result === 'no-answer')).toBe(true)
          expect(there.length).toBeLessThan(one.targets[step]?.tries ?? 0)
          hops.push(hop(extension, result))
        }
      }),
      { numRuns: 400 },
    )
  })

  test('C8 C9 nobody is tried before the questions are answered, and nobody at all where it is refused', () => {
    fc.assert(
      fc.property(cases, ({ route: one, targets, asked }) => {
        const next = nextStep(one, targets, [], asked)
        if (next.act !== 'try') return
        expect(one.questions.every((question) => asked[question] !== '')).toBe(true)
        expect(one.refuseByDefault && !asked.mayAskAnyway).toBe(false)
      }),
      { numRuns: 400 },
    )
  })

  test('C4 whatever was tried in whatever order, there is always a next step', () => {
    fc.assert(
      fc.property(
        cases,
        fc.array(
          fc.record({
            extension: fc.constantFrom('801', '802', '999'),
            result: fc.constantFrom(...hopResults),
          }),
        ),
        ({ route: one, targets, asked }, hops) => {
          expect(['ask', 'try', 'wait', 'end']).toContain(nextStep(one, targets, hops, asked).act)
        },
      ),
      { numRuns: 400 },
    )
  })
})

describe('C5 C7 C8 C11 the route the matter speaks for', () => {
  const owner = route({
    key: 'customer',
    words: ['续费', '业务'],
    targets: [{ to: { kind: 'owner' }, failsOn: ['busy'], tries: 1 }],
  })
  const hotline: RouteTarget = { kind: 'extension', extension: '8000', name: { zh: '热线', en: 'Hotline' } }
  const complaint = route({
    key: 'complaint',
    words: ['投诉', '退款'],
    targets: [{ to: hotline, failsOn: ['busy'], tries: 1 }],
  })
  const sales = route({ key: 'sales', words: ['推广', '业务推广'], refuseByDefault: true })
  const colleague = route({ key: 'colleague' })
  const all = [owner, complaint, sales, colleague]
  const matter = { reason: '', situations: [], wanted: false, owned: false, vip: false }

  test.each([
    ['nothing said', {}, null],
    ['C7 a complaint', { reason: '我要投诉' }, 'complaint'],
    ['C11 angry, whatever was said', { reason: '续费', situations: ['angry'] }, 'complaint'],
    ['the longest word decides', { reason: '业务推广合作' }, 'sales'],
    ['C9 asked for by name', { wanted: true }, 'colleague'],
    ['C5 whose customer it is', { owned: true }, 'customer'],
    ['C5 a VIP goes to their own people', { vip: true, owned: true, reason: '推广' }, 'customer'],
    ['C7 a VIP who complains complains', { vip: true, owned: true, reason: '退款' }, 'complaint'],
    ['full-width letters are letters', { reason: '退款ＡＢＣ' }, 'complaint'],
  ] as const)('%s', (_name, more, key) => {
    expect(suggestRoute(all, { ...matter, ...more })).toBe(key)
  })

  test('C4 without a choice the console leads to whom the caller asks for', () => {
    expect(routeInForce(all, null, null)?.key).toBe('colleague')
    expect(routeInForce(all, 'sales', 'complaint')?.key).toBe('sales')
    expect(routeInForce(all, 'gone', 'customer')?.key).toBe('customer')
    expect(routeInForce([], null, null)).toBeUndefined()
    expect([isComplaint('complaint-night'), isComplaint('complaints'), isComplaint(null)]).toEqual([
      true,
      false,
      false,
    ])
  })
})
