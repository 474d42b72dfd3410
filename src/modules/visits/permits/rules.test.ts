import fc from 'fast-check'
import { DateTime } from 'luxon'
import { describe, expect, test } from 'vitest'
import { allows, mustAllow, targets } from '../../../kernel/transitions.ts'
import {
  judge,
  type Paper,
  type PermitCommand,
  type PermitStatus,
  permitCommands,
  permitStatuses,
  permitTransitions,
  staysUntil,
  type Terms,
} from './rules.ts'

const zone = 'Asia/Shanghai'
/** A Monday. */
const monday = new Date('2026-03-09T09:00:00+08:00')
const paper = (more: Partial<Paper> = {}): Paper => ({
  kind: '保险',
  number: '',
  expiresOn: '2026-03-09',
  blocks: true,
  ...more,
})
const terms = (more: Partial<Terms> = {}): Terms => ({
  status: 'active',
  validFrom: '2026-01-01',
  validTo: '2026-12-31',
  weekdays: [1, 2, 3, 4, 5],
  fromMinute: 8 * 60,
  toMinute: 18 * 60,
  papers: [],
  ...more,
})

describe('V22 the life of a permit: every state with every command', () => {
  const allowed: Readonly<Record<PermitStatus, Readonly<Partial<Record<PermitCommand, PermitStatus>>>>> = {
    draft: { edit: 'draft', activate: 'active', end: 'ended' },
    active: { edit: 'active', suspend: 'suspended', end: 'ended', use: 'active' },
    suspended: { edit: 'suspended', activate: 'active', end: 'ended' },
    ended: {},
  }
  test.each(permitStatuses.flatMap((from) => permitCommands.map((command) => [from, command] as const)))(
    '%s: %s',
    (from, command) => {
      const to = allowed[from][command]
      expect(targets(permitTransitions, from, command)).toEqual(to === undefined ? [] : [to])
      expect(allows(permitTransitions, from, command)).toBe(to !== undefined)
      if (to === undefined) {
        expect(() => mustAllow(permitTransitions, from, command)).toThrow(
          expect.objectContaining({ code: 'transition.refused' }),
        )
      }
    },
  )
})

describe('V22 V11 may the holder come in now', () => {
  const reasonAt = (more: Partial<Terms>, now = monday) => {
    const found = judge(terms(more), now, zone)
    return found.ok ? 'ok' : found.reason
  }

  test('only an active one', () => {
    expect(permitStatuses.map((status) => reasonAt({ status }))).toEqual([
      'draft',
      'ok',
      'suspended',
      'ended',
    ])
  })

  test('first and last day count, the days beside them do not', () => {
    expect(reasonAt({ validFrom: '2026-03-09', validTo: '2026-03-09' })).toBe('ok')
    expect(reasonAt({ validFrom: '2026-03-10' })).toBe('not-yet')
    expect(reasonAt({ validTo: '2026-03-08' })).toBe('over')
  })

  test('the day is the site’s day, not that of UTC', () => {
    const early = new Date('2026-03-09T00:30:00+08:00')
    expect(reasonAt({ validFrom: '2026-03-09', weekdays: [1], fromMinute: 0 }, early)).toBe('ok')
    expect(reasonAt({ weekdays: [7], fromMinute: 0 }, early)).toBe('wrong-day')
  })

  test('weekday and hours; the last minute is outside, midnight is 1440', () => {
    expect(reasonAt({ weekdays: [2] })).toBe('wrong-day')
    expect(reasonAt({ fromMinute: 540 })).toBe('ok')
    expect(reasonAt({ fromMinute: 541 })).toBe('outside-hours')
    expect(reasonAt({ toMinute: 540 })).toBe('outside-hours')
    expect(reasonAt({ toMinute: 541 })).toBe('ok')
    expect(reasonAt({ toMinute: 1440 }, new Date('2026-03-09T23:59:59+08:00'))).toBe('ok')
  })

  test('a paper is good on its last day; then it blocks, or only warns', () => {
    expect(reasonAt({ papers: [paper()] })).toBe('ok')
    expect(reasonAt({ papers: [paper({ expiresOn: null })] })).toBe('ok')
    const gone = paper({ expiresOn: '2026-03-08' })
    expect(judge(terms({ papers: [gone] }), monday, zone)).toEqual({
      ok: false,
      reason: 'paper-expired',
      paper: gone,
    })
    const mild = { ...gone, blocks: false }
    expect(judge(terms({ papers: [mild, paper()] }), monday, zone)).toEqual({ ok: true, warnings: [mild] })
  })

  const someTerms = fc.record({
    status: fc.constantFrom(...permitStatuses),
    validFrom: fc.constantFrom('2026-03-01', '2026-03-09', '2026-03-10'),
    validTo: fc.constantFrom('2026-03-10', '2026-03-12', '2026-03-31'),
    weekdays: fc.subarray([1, 2, 3, 4, 5, 6, 7], { minLength: 1 }),
    fromMinute: fc.integer({ min: 0, max: 719 }),
    toMinute: fc.integer({ min: 720, max: 1440 }),
    papers: fc.array(
      fc.record({
        kind: fc.constantFrom('保险', '特种作业证'),
        number: fc.constant(''),
        expiresOn: fc.constantFrom(null, '2026-03-05', '2026-03-10', '2026-04-01'),
        blocks: fc.boolean(),
      }),
      { maxLength: 4 },
    ),
  })
  const someMoment = fc.integer({ min: 0, max: 20 * 1440 }).map((minutes) => ({
    now: new Date(new Date('2026-03-01T00:00:00+08:00').getTime() + minutes * 60_000),
  }))

  test('property: it opens exactly when every condition holds by itself', () => {
    fc.assert(
      fc.property(someTerms, someMoment, (given, { now }) => {
        const local = DateTime.fromJSDate(now, { zone })
        const today = local.toFormat('yyyy-MM-dd')
        const minute = local.diff(local.startOf('day'), 'minutes').minutes
        const over = given.papers.filter((one) => one.expiresOn !== null && one.expiresOn < today)
        const good =
          given.status === 'active' &&
          given.validFrom <= today &&
          today <= given.validTo &&
          given.weekdays.includes(local.weekday) &&
          given.fromMinute <= minute &&
          minute < given.toMinute &&
          over.every((one) => !one.blocks)
        const found = judge(given, now, zone)
        expect(found.ok).toBe(good)
        if (found.ok) {
          expect(found.warnings).toEqual(over)
          const until = staysUntil(given, now, zone)
          expect(until.getTime()).toBeGreaterThan(now.getTime())
          expect(until.getTime() - now.getTime()).toBeLessThanOrEqual(86_400_000)
        }
      }),
    )
  })

  test('property: renewing the paper it was refused for never brings the same paper up again', () => {
    fc.assert(
      fc.property(someTerms, someMoment, (given, { now }) => {
        const found = judge(given, now, zone)
        if (found.ok || found.paper === null) return
        const papers = given.papers.map((one) => (one === found.paper ? { ...one, expiresOn: null } : one))
        const again = judge({ ...given, papers }, now, zone)
        expect(again.ok || again.paper !== found.paper).toBe(true)
      }),
    )
  })
})
