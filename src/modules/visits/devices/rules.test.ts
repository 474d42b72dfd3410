import { describe, expect, test } from 'vitest'
import { applyEvent, atDoor, directionOf, faultsOf, opens } from './rules.ts'

const now = new Date('2026-03-09T01:00:00Z')
const minutes = (n: number) => new Date(now.getTime() + n * 60_000)
const said = { at: now, direction: null, code: 'A001', passNumber: '', card: '' }

describe('V11 G4 events of a controller', () => {
  test('each fault is named by its field', () => {
    expect(faultsOf(said, { direction: 'in' }, now)).toEqual([])
    expect(faultsOf({ ...said, at: minutes(1) }, { direction: 'in' }, now)).toEqual([])
    expect(faultsOf({ ...said, at: minutes(5) }, { direction: 'in' }, now)).toEqual([
      { path: 'at', code: 'in-the-future' },
    ])
    expect(faultsOf({ ...said, at: minutes(-7 * 24 * 60 - 1) }, { direction: 'in' }, now)).toEqual([
      { path: 'at', code: 'too-old' },
    ])
    expect(faultsOf({ ...said, code: '' }, undefined, now)).toEqual([
      { path: 'code', code: 'required' },
      { path: 'doorExternalId', code: 'unknown' },
    ])
    expect(faultsOf(said, { direction: 'both' }, now)).toEqual([{ path: 'direction', code: 'required' }])
    expect(faultsOf({ ...said, direction: 'out' }, { direction: 'in' }, now)).toEqual([
      { path: 'direction', code: 'wrong-direction' },
    ])
  })

  test('a one-way door says itself which way', () => {
    expect(directionOf('in', null)).toBe('in')
    expect(directionOf('out', 'in')).toBeNull()
    expect(directionOf('both', 'out')).toBe('out')
  })
})

describe('V11 at the door', () => {
  const pass = { covers: true, validFrom: now, suspended: false }
  const door = { area: '三楼', direction: 'in' as const, at: now }

  test('the pass has to name the area; out it is not asked for', () => {
    expect(atDoor('valid', pass, door)).toBe('valid')
    expect(atDoor('valid', { ...pass, covers: false }, door)).toBe('not-on-pass')
    expect(atDoor('valid', { ...pass, covers: false }, { ...door, area: '' })).toBe('valid')
    expect(atDoor('valid', { ...pass, covers: false }, { ...door, direction: 'out' })).toBe('valid')
  })

  test('held by a person, not begun yet, refused by the gate', () => {
    expect(atDoor('valid', { ...pass, suspended: true }, door)).toBe('held')
    expect(atDoor('valid', pass, { ...door, at: minutes(-10) })).toBe('early')
    expect(atDoor('forged', pass, door)).toBe('forged')
  })

  test('V18 whoever is over the time may leave, not enter', () => {
    expect(opens('expired', 'in')).toBe(false)
    expect(opens('expired', 'out')).toBe(true)
    expect(opens('void', 'out')).toBe(false)
    expect(opens('staff', 'in')).toBe(true)
  })
})

test('G4 whatever the order of arrival and however often, the highest revision stands', () => {
  const events = [1, 2, 3, 4].map((revision) => ({ number: 'A001', revision, active: revision % 2 === 1 }))
  for (const order of [
    [0, 1, 2, 3],
    [3, 2, 1, 0],
    [2, 0, 3, 1, 3, 0],
  ]) {
    const known = new Map<string, (typeof events)[number]>()
    for (const place of order) {
      const event = events[place]
      if (event !== undefined) applyEvent(known, event)
    }
    expect(known.get('A001')).toMatchObject({ revision: 4, active: false })
  }
})
