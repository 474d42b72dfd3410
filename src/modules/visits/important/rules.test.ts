import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { statuses } from '../rules.ts'
import { type Course, mayTakeBack, mayWarn, possibleSteps } from './rules.ts'

const course = (more: Partial<Course> = {}): Course => ({
  status: 'admitted',
  warned: true,
  acknowledged: true,
  ledIn: false,
  leaving: false,
  gateTold: false,
  driverTold: false,
  car: true,
  ...more,
})

describe('V7 the steps around an important guest', () => {
  test('in: the gate acknowledges, the desk leads in', () => {
    expect(possibleSteps(course({ status: 'expected', acknowledged: false }))).toEqual(['acknowledge'])
    expect(possibleSteps(course({ status: 'expected' }))).toEqual([])
    expect(possibleSteps(course())).toEqual(['lead-in', 'leaving'])
  })

  test('out: desk, gate, driver, one after the other', () => {
    const met = { status: 'with_host', ledIn: true } as const
    expect(possibleSteps(course(met))).toEqual(['leaving'])
    expect(possibleSteps(course({ ...met, leaving: true }))).toEqual(['gate-told'])
    expect(possibleSteps(course({ ...met, leaving: true, gateTold: true }))).toEqual(['driver-told'])
    expect(possibleSteps(course({ ...met, leaving: true, gateTold: true, driverTold: true }))).toEqual([])
    expect(possibleSteps(course({ ...met, leaving: true, gateTold: true, car: false }))).toEqual([])
  })

  test('the driver is never told before the gate, the gate never before the desk, nothing when the guest is gone', () => {
    const any = fc.record({
      status: fc.constantFrom(...statuses),
      warned: fc.boolean(),
      acknowledged: fc.boolean(),
      ledIn: fc.boolean(),
      leaving: fc.boolean(),
      gateTold: fc.boolean(),
      driverTold: fc.boolean(),
      car: fc.boolean(),
    })
    fc.assert(
      fc.property(any, (one) => {
        const steps = possibleSteps(one)
        if (steps.includes('driver-told')) expect(one.gateTold && !one.driverTold).toBe(true)
        if (steps.includes('gate-told')) expect(one.leaving && !one.gateTold).toBe(true)
        if (['left', 'cancelled', 'refused', 'no_show', 'declined'].includes(one.status))
          expect(steps).toEqual([])
      }),
    )
  })

  test('only the last step goes back, by whoever made it, while it is fresh', () => {
    const at = new Date('2026-03-09T09:00:00Z')
    const last = { step: 'leaving', at, by: 'chen' } as const
    const minutesLater = (minutes: number) => new Date(at.getTime() + minutes * 60_000)
    expect(mayTakeBack(last, 'chen', minutesLater(2), 2)).toBe(true)
    expect(mayTakeBack(last, 'chen', minutesLater(3), 2)).toBe(false)
    expect(mayTakeBack(last, 'wang', minutesLater(1), 2)).toBe(false)
    expect(mayTakeBack(null, 'chen', minutesLater(1), 2)).toBe(false)
  })

  test('who may warn the gate: executives, their secretaries, the desk; not just anybody', () => {
    const boss = { id: 'boss', secretaries: ['sec'], listed: false }
    const who = (employeeId: string, more = {}) => ({ employeeId, atDesk: false, director: false, ...more })
    expect(mayWarn(who('boss'), boss)).toBe(true)
    expect(mayWarn(who('sec'), boss)).toBe(true)
    expect(mayWarn(who('other'), boss)).toBe(false)
    expect(mayWarn(who('other', { atDesk: true }), boss)).toBe(true)
    expect(mayWarn(who('clerk'), { id: 'clerk', secretaries: [], listed: false })).toBe(false)
    expect(mayWarn(who('clerk'), { id: 'clerk', secretaries: [], listed: true })).toBe(true)
    expect(mayWarn(who('head', { director: true }), { id: 'head', secretaries: [], listed: false })).toBe(
      true,
    )
    expect(mayWarn(who('head', { director: true }), boss)).toBe(false)
  })
})
