import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type AreaNode, type Bearer, covers, mayEnter, splitAreas } from './check.ts'
import { isAsked, mayDecide } from './policy.ts'
import { answerDueAt, approvalStatuses, approvalTransitions, makesCircle } from './rules.ts'

const node = (id: string, parentId: string | null, restricted = false): AreaNode => ({
  id,
  parentId,
  zh: id,
  en: `${id} en`,
  restricted,
})
const tree = [
  node('楼', null),
  node('三楼', '楼'),
  node('三楼会议区', '三楼'),
  node('研发区', '三楼', true),
  node('暗室', '研发区'),
]
const ids = tree.map(({ id }) => id)
const good: Bearer = {
  forged: false,
  foreignSite: false,
  pass: 'good',
  visit: 'inside',
  areas: ['三楼'],
  pending: [],
  from: 1000,
  until: 2000,
}
const bearers = fc.record({
  forged: fc.boolean(),
  foreignSite: fc.boolean(),
  pass: fc.constantFrom<Bearer['pass']>('good', 'void', 'returned'),
  visit: fc.constantFrom<Bearer['visit']>('inside', 'held', 'left', 'void', 'not-admitted', 'unknown'),
  areas: fc.subarray(ids),
  pending: fc.subarray(ids),
  from: fc.nat({ max: 2000 }),
  until: fc.nat({ max: 4000 }),
})
const doors = fc.option(fc.constantFrom(...ids, 'elsewhere'), { nil: null })
const times = fc.nat({ max: 5000 })

describe('V9 where a pass is good', () => {
  test.each<[Partial<Bearer>, string | null, number, string]>([
    [{}, '三楼会议区', 1500, 'ok'],
    [{}, '研发区', 1500, 'not-on-pass'],
    [{ pending: ['研发区'] }, '研发区', 1500, 'not-approved'],
    [{ areas: ['研发区 en'] }, '暗室', 1500, 'ok'],
    [{ areas: [] }, null, 1500, 'ok'],
    [{}, '楼', 1500, 'not-on-pass'],
    [{}, '三楼', 999, 'early'],
    [{}, '三楼', 2001, 'expired'],
    [{ visit: 'held' }, '三楼', 1500, 'held'],
    [{ visit: 'left' }, '三楼', 1500, 'left'],
    [{ visit: 'void' }, '三楼', 1500, 'void'],
    [{ visit: 'not-admitted' }, '三楼', 1500, 'not-admitted'],
    [{ pass: 'void' }, '三楼', 1500, 'void'],
    [{ pass: 'returned' }, '三楼', 1500, 'returned'],
    [{ foreignSite: true }, '三楼', 1500, 'other-site'],
    [{ forged: true, foreignSite: true }, '三楼', 1500, 'forged'],
  ])('%o at %s, %i: %s', (part, door, now, verdict) => {
    expect(mayEnter({ ...good, ...part }, door, tree, now)).toBe(verdict)
  })

  test('V11 one more area never closes a door that was open', () => {
    fc.assert(
      fc.property(bearers, doors, times, fc.constantFrom(...ids), (bearer, door, now, more) => {
        const before = mayEnter(bearer, door, tree, now)
        const after = mayEnter({ ...bearer, areas: [...bearer.areas, more] }, door, tree, now)
        if (before === 'ok') expect(after).toBe('ok')
      }),
    )
  })

  test('V11 V12 forged, foreign, void, ended and expired never enter', () => {
    fc.assert(
      fc.property(bearers, doors, times, (bearer, door, now) => {
        const bad =
          bearer.forged ||
          bearer.foreignSite ||
          bearer.pass !== 'good' ||
          !['inside', 'unknown'].includes(bearer.visit) ||
          now > bearer.until ||
          now < bearer.from
        if (bad) expect(mayEnter(bearer, door, tree, now)).not.toBe('ok')
      }),
    )
  })

  test('a restricted area is open only by its own name, and only once its head has agreed', () => {
    fc.assert(
      fc.property(fc.subarray(ids), fc.boolean(), (names, agreed) => {
        const { allowed, pending } = splitAreas(names, tree, new Set(agreed ? ['研发区'] : []))
        expect([...allowed, ...pending].sort()).toEqual([...names].sort())
        expect(covers(allowed, '研发区', tree)).toBe(agreed && names.includes('研发区'))
      }),
    )
  })

  test('names that are not in the tree are plain places; a broken tree ends', () => {
    expect(splitAreas(['门卫室'], tree, new Set()).allowed).toEqual(['门卫室'])
    expect(covers(['x'], 'a', [node('a', 'b'), node('b', 'a')])).toBe(false)
    expect(makesCircle(tree, '楼', '暗室')).toBe(true)
    expect(makesCircle(tree, '暗室', '楼')).toBe(false)
  })
})

describe('V9 the question to the head', () => {
  test('nothing follows an end; only a decision can be undone', () => {
    for (const status of approvalStatuses) {
      const undo = approvalTransitions[status].undo
      expect(undo !== undefined).toBe(status === 'approved' || status === 'declined')
    }
    expect(approvalTransitions.withdrawn).toEqual({})
    expect(approvalTransitions.expired).toEqual({})
  })

  test('soon while somebody stands there, before they come otherwise', () => {
    const now = new Date('2026-03-09T09:00:00Z')
    const at = (minutes: number) => new Date(now.getTime() + minutes * 60_000)
    expect(answerDueAt(now, at(600), true)).toEqual(at(5))
    expect(answerDueAt(now, null, false)).toEqual(at(5))
    expect(answerDueAt(now, at(90), false)).toEqual(at(60))
    expect(answerDueAt(now, at(10), false)).toEqual(at(5))
    expect(answerDueAt(now, at(2000), false)).toEqual(at(240))
  })

  const question = {
    asked_kind: 'post',
    asked_id: 'department:1',
    status_by: 'anna',
    host_id: 'host',
    receiver_id: null,
  } as const
  const who = {
    id: 'berta',
    employeeId: 'berta',
    standsInFor: [] as string[],
    posts: [] as string[],
    atDesk: false,
  }

  test('the head, the duty manager; the desk only with the head’s word; the host may take it back', () => {
    expect(isAsked({ ...who, posts: ['department:1'] }, question)).toBe(true)
    expect(isAsked({ ...who, posts: ['department:2'] }, question)).toBe(false)
    expect(isAsked({ ...who, posts: ['duty_manager'] }, question)).toBe(true)
    expect(isAsked(who, { ...question, asked_kind: 'person', asked_id: 'berta' })).toBe(true)
    const told = { ...question, asked_kind: 'person', asked_id: 'anna' } as const
    expect(isAsked(who, told)).toBe(false)
    expect(isAsked({ ...who, standsInFor: ['anna'] }, told)).toBe(true)
    expect(mayDecide({ ...who, atDesk: true }, question, 'approve', false)).toBe(false)
    expect(mayDecide({ ...who, atDesk: true }, question, 'approve', true)).toBe(true)
    expect(mayDecide({ ...who, employeeId: 'host' }, question, 'approve', true)).toBe(false)
    expect(mayDecide({ ...who, employeeId: 'host' }, question, 'withdraw', false)).toBe(true)
    expect(mayDecide({ ...who, id: 'anna' }, question, 'undo', false)).toBe(true)
    expect(mayDecide(who, question, 'undo', false)).toBe(false)
  })
})
