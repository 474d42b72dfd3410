import { describe, expect, test } from 'vitest'
import { notBeforeNews, occurredOf } from './occurred.ts'

const now = new Date('2028-05-08T10:00:00Z')
const device = 'device-0001'
const minutes = (n: number) => new Date(now.getTime() + n * 60_000)

describe('V1, G4 when an act told late has happened', () => {
  test('without the header it happens now', () => {
    expect(occurredOf(undefined, undefined, now)).toBeNull()
  })

  test('between seven days ago and now it is taken as told', () => {
    for (const at of [minutes(-1), minutes(-60 * 24 * 6.99), now]) {
      expect(occurredOf(at.toISOString(), device, now)).toEqual({ at, device })
    }
    expect(occurredOf('2028-05-08T17:30:00+08:00', device, now)?.at).toEqual(minutes(-30))
  })

  test('a clock a little ahead counts as now', () => {
    expect(occurredOf(minutes(1.5).toISOString(), device, now)?.at).toEqual(now)
  })

  test.each([
    [minutes(3).toISOString(), 'in-the-future'],
    [minutes(-60 * 24 * 7 - 1).toISOString(), 'too-old'],
    ['yesterday', 'pattern'],
    ['2028-05-08T09:00:00', 'pattern'],
    ['2028-13-41T09:00:00Z', 'pattern'],
  ])('%s is refused: %s', (at, code) => {
    expect(() => occurredOf(at, device, now)).toThrow(
      expect.objectContaining({ code: 'input.invalid', fields: [{ path: 'Foyer-Occurred-At', code }] }),
    )
  })

  test.each([undefined, '', 'short', 'a'.repeat(65), 'with space and more'])('device %s is refused', (id) => {
    expect(() => occurredOf(minutes(-5).toISOString(), id, now)).toThrow(
      expect.objectContaining({ fields: [{ path: 'Foyer-Device', code: 'pattern' }] }),
    )
  })

  test('G2 nobody is late for what they could not have known', () => {
    const act = minutes(-180)
    expect(notBeforeNews(minutes(-177), act, now)).toEqual(minutes(3))
    expect(notBeforeNews(minutes(20), act, now)).toEqual(minutes(20))
    expect(notBeforeNews(minutes(-200), act, now)).toEqual(now)
  })
})
