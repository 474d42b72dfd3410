import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { DomainError } from '../errors.ts'
import { mustAllow } from '../transitions.ts'
import { can, fixedPosts, maySee, postsOf, type Subject, type Viewer } from './policy.ts'
import {
  fire,
  type LadderStep,
  mayStillUndo,
  nextMoment,
  type TaskCommand,
  type TaskStatus,
  type Timing,
  taskTable,
  timingAt,
} from './rules.ts'

const states: readonly TaskStatus[] = ['open', 'done', 'cancelled']
const commands: readonly TaskCommand[] = ['settle', 'cancel', 'takeOver', 'handOn', 'postpone', 'reopen']
const allowed: Readonly<Record<TaskStatus, Partial<Record<TaskCommand, TaskStatus>>>> = {
  open: { settle: 'done', cancel: 'cancelled', takeOver: 'open', handOn: 'open', postpone: 'open' },
  done: { reopen: 'open' },
  cancelled: {},
}

describe('G2 every state and every command', () => {
  const pairs = states.flatMap((state) =>
    commands.map((command) => [state, command, allowed[state][command]] as const),
  )

  test.each(pairs)('%s × %s → %s', (state, command, target) => {
    if (target === undefined) {
      expect(() => mustAllow(taskTable, state, command)).toThrow(DomainError)
    } else {
      expect(taskTable[state][command]).toEqual([target])
    }
  })
})

const due = new Date('2026-03-09T10:00:00+08:00')
const at = (minutes: number) => new Date(due.getTime() + minutes * 60_000)
const desk = { kind: 'post', id: 'desk' } as const
const boss = { kind: 'post', id: 'duty_manager' } as const
const fresh: Timing = { dueAt: due, remindAt: at(-10), level: 0, reminded: false, ladder: [] }

describe('G2 reminder before due, then due, then the ladder', () => {
  const ladder: LadderStep[] = [
    { afterMinutes: 10, owner: desk },
    { afterMinutes: 20, owner: boss },
  ]
  const task = { ...fresh, ladder }

  test('nothing fires early', () => {
    expect(fire(task, at(-11))).toBeNull()
    expect(fire({ ...task, reminded: true }, at(-1))).toBeNull()
    expect(fire({ ...task, level: 1, reminded: true }, at(9))).toBeNull()
  })

  test.each([
    [-10, fresh.level, false, { event: 'reminded', level: 0, owner: null }],
    [0, 0, true, { event: 'overdue', level: 1, owner: null }],
    [10, 1, true, { event: 'escalated', level: 2, owner: desk }],
    [20, 2, true, { event: 'escalated', level: 3, owner: boss }],
  ])('minute %i', (minute, level, reminded, expected) => {
    expect(fire({ ...task, level, reminded }, at(minute))).toEqual(expected)
  })

  test('after the last step nothing more', () => {
    expect(nextMoment({ ...task, level: 3 })).toBeNull()
    expect(fire({ ...task, level: 3 }, at(10_000))).toBeNull()
  })

  test('a task that slept through everything fires once, at the top of its ladder', () => {
    expect(fire(task, at(500))).toEqual({ event: 'escalated', level: 3, owner: boss })
  })

  test('a reminder at or after the due time is none', () => {
    expect(nextMoment({ ...task, remindAt: due })).toEqual(due)
    expect(nextMoment({ ...task, remindAt: at(5) })).toEqual(due)
  })

  test('a reopened or postponed task is not reminded of the past', () => {
    expect(nextMoment(timingAt(task, at(-5)))).toEqual(due)
    expect(nextMoment(timingAt(task, at(-15)))).toEqual(at(-10))
  })

  test('undo ends after ten minutes', () => {
    expect(mayStillUndo(due, at(10))).toBe(true)
    expect(mayStillUndo(due, new Date(at(10).getTime() + 1))).toBe(false)
  })
})

const timing = fc.record({
  dueAt: fc.constant(due),
  remindAt: fc.option(fc.integer({ min: -600, max: 60 }).map(at)),
  level: fc.constant(0),
  reminded: fc.constant(false),
  ladder: fc
    .array(
      fc.record({ afterMinutes: fc.integer({ min: 0, max: 600 }), owner: fc.constantFrom(desk, boss) }),
      { maxLength: 5 },
    )
    .map((steps) => steps.sort((a, b) => a.afterMinutes - b.afterMinutes)),
})

/** What the dispatcher does: fires, advances, looks again. */
function run(task: Timing, looks: readonly Date[]) {
  const events: { event: string; level: number; at: Date }[] = []
  let current = task
  for (const now of looks) {
    for (let fired = fire(current, now); fired !== null; fired = fire(current, now)) {
      events.push({ event: fired.event, level: fired.level, at: now })
      current = { ...current, level: fired.level, reminded: true }
      expect(events.length).toBeLessThan(20)
    }
  }
  return { events, end: current }
}

describe('G2 any task, looked at at any moments', () => {
  const moments = fc
    .array(fc.integer({ min: -700, max: 1500 }), { minLength: 1, maxLength: 12 })
    .map((list) => list.sort((a, b) => a - b).map(at))

  test('one look fires at most once; the next look at the same moment fires nothing', () => {
    fc.assert(
      fc.property(timing, moments, (task, looks) => {
        const { events } = run(task, looks)
        const distinct = new Set(looks.map((look) => look.getTime()))
        expect(events.length).toBeLessThanOrEqual(distinct.size)
        expect(new Set(events.map((event) => event.at.getTime())).size).toBe(events.length)
      }),
    )
  })

  test('levels never fall, and grow with every event after the due time', () => {
    fc.assert(
      fc.property(timing, moments, (task, looks) => {
        const { events } = run(task, looks)
        const levels = events.map((event) => event.level)
        expect(levels).toEqual([...levels].sort((a, b) => a - b))
        const after = levels.filter((level) => level > 0)
        expect(new Set(after).size).toBe(after.length)
        expect(events.filter((event) => event.event === 'reminded').length).toBeLessThanOrEqual(1)
        for (const { event, at: moment } of events) expect(event === 'reminded').toBe(moment < due)
      }),
    )
  })

  test('whenever one looks in between, the end is the same: nothing is lost by sleeping', () => {
    fc.assert(
      fc.property(timing, moments, (task, looks) => {
        const last = looks.at(-1) ?? due
        const often = Array.from({ length: 2300 }, (_, n) => at(-800 + n)).filter((look) => look <= last)
        expect(run(task, looks).end.level).toBe(run(task, [...often, last]).end.level)
      }),
      { numRuns: 40 },
    )
  })

  test('what is still to come is in the future', () => {
    fc.assert(
      fc.property(timing, moments, (task, looks) => {
        const next = nextMoment(run(task, looks).end)
        if (next !== null) expect(next.getTime()).toBeGreaterThan((looks.at(-1) ?? due).getTime())
      }),
    )
  })
})

describe('G1 exactly one owner, and what others may do', () => {
  const me: Viewer = { person: 'me', self: 'me', posts: ['desk'], readAll: false, manage: false }
  const subject = (part: Partial<Subject> = {}): Subject => ({
    ...{
      owner: { kind: 'person', id: 'me' },
      status: 'open',
      settledAt: null,
      settledBy: null,
      settledBySubject: false,
    },
    ...part,
  })
  const none = { settle: false, takeOver: false, handOn: false, postpone: false, reopen: false }

  test('mine', () => {
    expect(can(me, subject(), due)).toEqual({ ...none, settle: true, handOn: true, postpone: true })
  })
  test("my post's: I may take it over", () => {
    expect(can(me, subject({ owner: desk }), due)).toEqual({
      ...none,
      settle: true,
      takeOver: true,
      handOn: true,
      postpone: true,
    })
  })
  test("somebody else's: neither seen nor touched", () => {
    const other = subject({ owner: { kind: 'person', id: 'other' } })
    expect(maySee(me, other)).toBe(false)
    expect(can(me, other, due)).toEqual(none)
    expect(can({ ...me, readAll: true, manage: true }, other, due)).toEqual({
      ...none,
      takeOver: true,
      handOn: true,
    })
  })
  test('settled by its subject only', () => {
    expect(can(me, subject({ settledBySubject: true }), due)).toEqual({ ...none, handOn: true })
  })
  test('undo for whoever settled it, for ten minutes', () => {
    const done = subject({ owner: boss, status: 'done', settledAt: due, settledBy: 'me' })
    expect(maySee(me, done)).toBe(true)
    expect(can(me, done, at(9)).reopen).toBe(true)
    expect(can(me, done, at(11)).reopen).toBe(false)
    expect(can({ ...me, self: 'x', person: 'x' }, done, at(9)).reopen).toBe(false)
  })
  test('an account without a person takes nothing over', () => {
    expect(can({ ...me, person: null, self: 'key' }, subject({ owner: desk }), due).takeOver).toBe(false)
  })
  test('posts come with roles and from modules, each once', () => {
    expect(postsOf(['receptionist', 'guard', 'host'], ['department:1', 'desk'])).toEqual([
      'desk',
      'gate',
      'department:1',
    ])
    expect(postsOf(['duty_manager', 'office_admin'], [])).toEqual(['duty_manager', 'office_admin'])
    expect(fixedPosts).toEqual(['desk', 'gate', 'duty_manager', 'office_admin', 'agent', 'technician'])
  })
})
