import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type Device,
  type DeviceChange,
  isHeld,
  type LineFacts,
  lastOfEach,
  type Said,
  saidHolds,
  saidLapsesHours,
  stateOf,
  unknownLine,
} from './rules.ts'

const now = new Date('2026-03-09T10:00:00Z')
const minutes = (n: number) => new Date(now.getTime() + n * 60_000)
const line = (facts: Partial<LineFacts>): LineFacts => ({ ...unknownLine, ...facts })

describe('C15 the device alone', () => {
  test.each<[Device, string]>([
    ['idle', 'free'],
    ['ringing', 'ringing'],
    ['in-use', 'busy'],
    ['on-hold', 'busy'],
    ['unavailable', 'unavailable'],
    ['unknown', 'unknown'],
  ])('%s → %s', (device, state) => {
    expect(stateOf(line({ device, deviceAt: now }), now)).toBe(state)
  })
})

describe('C6 what the colleague says overrules the device', () => {
  test('busy and away last, whatever the telephone does, until their time', () => {
    for (const said of ['busy', 'away'] as const) {
      const told = line({ device: 'idle', deviceAt: minutes(5), said, saidAt: now, saidUntil: minutes(30) })
      expect(stateOf(told, minutes(10))).toBe(said)
      expect(stateOf(told, minutes(30))).toBe('free')
    }
  })

  test('free holds against a telephone the exchange is behind with, and only until its next word', () => {
    const stale = line({ device: 'in-use', deviceAt: minutes(-60), said: 'free', saidAt: now })
    expect(stateOf(stale, minutes(1))).toBe('free')
    expect(stateOf({ ...stale, deviceAt: minutes(1) }, minutes(2))).toBe('busy')
  })

  test('without an end it is forgotten overnight', () => {
    const told = line({ device: 'idle', said: 'busy', saidAt: now })
    expect(stateOf(told, minutes(saidLapsesHours * 60 - 1))).toBe('busy')
    expect(stateOf(told, minutes(saidLapsesHours * 60))).toBe('free')
  })

  test('no exchange and nothing said: nothing is known, and nothing is kept waiting', () => {
    expect(stateOf(unknownLine, now)).toBe('unknown')
    expect(isHeld(stateOf(unknownLine, now))).toBe(false)
  })
})

const device = fc.constantFrom<Device>('idle', 'ringing', 'in-use', 'on-hold', 'unavailable', 'unknown')
const instant = fc.integer({ min: -2000, max: 2000 }).map(minutes)
const anyLine: fc.Arbitrary<LineFacts> = fc.record({
  device,
  deviceAt: fc.option(instant),
  said: fc.option(fc.constantFrom<Said>('free', 'busy', 'away')),
  saidUntil: fc.option(instant),
  saidAt: fc.option(instant),
})

describe('properties of every line', () => {
  test('the lamp is what was said while it holds, else the device’s; and once over it stays over', () => {
    fc.assert(
      fc.property(anyLine, fc.nat(3000), (facts, later) => {
        const state = stateOf(facts, now)
        if (saidHolds(facts, now)) expect(state).toBe(facts.said)
        else {
          expect(state).toBe(stateOf({ ...facts, said: null }, now))
          expect(saidHolds(facts, minutes(later))).toBe(false)
        }
      }),
    )
  })

  test('a batch leaves one word for each extension: the latest, in whatever pieces it came', () => {
    const change: fc.Arbitrary<DeviceChange> = fc.record({
      extension: fc.constantFrom('8101', '8102', '8103'),
      state: device,
      at: instant,
    })
    fc.assert(
      fc.property(fc.array(change, { maxLength: 30 }), fc.nat(30), (changes, cut) => {
        const whole = lastOfEach(changes)
        const pieces = lastOfEach([...lastOfEach(changes.slice(0, cut)), ...lastOfEach(changes.slice(cut))])
        expect(pieces).toEqual(whole)
        expect(new Set(whole.map((one) => one.extension)).size).toBe(whole.length)
        for (const one of whole)
          for (const other of changes)
            if (other.extension === one.extension) expect(other.at <= one.at).toBe(true)
      }),
    )
  })
})
