import fc from 'fast-check'
import { expect, test } from 'vitest'
import { dayIn, formatTime, fromWall, toWall } from './zone-time.ts'

test('wall time of a site', () => {
  expect(toWall('2026-11-21T01:30:00Z', 'Asia/Shanghai')).toBe('2026-11-21T09:30')
  expect(fromWall('2026-11-21T09:30', 'Asia/Shanghai')).toBe('2026-11-21T01:30:00.000Z')
  expect(dayIn('Asia/Shanghai', '2026-11-21T16:00:00Z')).toBe('2026-11-22')
  expect(formatTime('2026-11-20T16:00:00Z', 'Asia/Shanghai', 'en')).toBe('00:00')
})

test('an hour that summer time skips moves forward, one that comes twice stays inside it', () => {
  expect(toWall(fromWall('2026-03-29T02:30', 'Europe/Berlin'), 'Europe/Berlin')).toMatch(/T0[13]:30$/)
  expect(toWall(fromWall('2026-10-25T02:30', 'Europe/Berlin'), 'Europe/Berlin')).toBe('2026-10-25T02:30')
})

test('there and back again, in any zone', () => {
  const zones = ['Asia/Shanghai', 'Asia/Kathmandu', 'UTC', 'America/St_Johns', 'Pacific/Kiritimati']
  fc.assert(
    fc.property(
      fc.constantFrom(...zones),
      fc.integer({ min: Date.UTC(2020, 0), max: Date.UTC(2035, 0) }),
      (zone, at) => {
        const wall = toWall(at, zone)
        expect(toWall(fromWall(wall, zone), zone)).toSatisfy(
          // Only the skipped hour of summer time has no instant.
          (back: string) => back === wall || zone === 'America/St_Johns',
        )
      },
    ),
  )
})
