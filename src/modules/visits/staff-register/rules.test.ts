/** V20 the life of an outing; V18 who of the staff is on site. */
import { expect, test } from 'vitest'
import { approverOf, isLate, needsApproval, type Presence, presenceAfter } from './rules.ts'

const t = (minute: number) => new Date(Date.UTC(2026, 2, 9, 1, minute))

test('V20 a head asks the deputy; where nobody else leads, the duty manager decides', () => {
  expect(approverOf({ employeeId: 'a', headId: 'h', deputyId: 'd' })).toBe('h')
  expect(approverOf({ employeeId: 'h', headId: 'h', deputyId: 'd' })).toBe('d')
  expect(approverOf({ employeeId: 'h', headId: 'h', deputyId: null })).toBeNull()
  expect(approverOf({ employeeId: 'a', headId: null, deputyId: null })).toBeNull()
})

test('V20 outside working hours nobody needs leave to go', () => {
  expect(needsApproval({ approval: true }, true)).toBe(true)
  expect(needsApproval({ approval: true }, false)).toBe(false)
  expect(needsApproval({ approval: false }, true)).toBe(false)
})

test('V20 late is who is out past the time, or came back after it', () => {
  const outing = { status: 'out' as const, return_by: t(30), back_at: null }
  expect(isLate(outing, t(30))).toBe(false)
  expect(isLate(outing, t(31))).toBe(true)
  expect(isLate({ status: 'back', return_by: t(30), back_at: t(40) }, t(50))).toBe(true)
  expect(isLate({ ...outing, return_by: null }, t(50))).toBe(false)
})

test('V18 events of doors that come late or twice change nothing', () => {
  const came = presenceAfter(undefined, { direction: 'in', zone: '1F', at: t(10) }) as Presence
  expect(came).toMatchObject({ inside: true, zone: '1F', arrivedAt: t(10) })
  expect(presenceAfter(came, { direction: 'in', zone: '1F', at: t(10) })).toBeUndefined()
  expect(presenceAfter(came, { direction: 'out', zone: '', at: t(5) })).toBeUndefined()
  const moved = presenceAfter(came, { direction: 'in', zone: '3F', at: t(12) }) as Presence
  expect(moved).toMatchObject({ zone: '3F', arrivedAt: t(10) })
  expect(presenceAfter(moved, { direction: 'out', zone: '', at: t(20) })).toMatchObject({
    inside: false,
    leftAt: t(20),
  })
})
