import { expect, test } from 'vitest'
import { registrationDue } from './rules.ts'

const times = { departureMinutes: 30, arrivalMinutes: 120 }
const at = (minutes: number) => new Date(Date.UTC(2026, 2, 9, 1, minutes))

test.each([
  [null, 120],
  [10, 40],
  [89, 119],
  [90, 120],
  [300, 120],
])('V14 left after %s minutes: due after %s', (left, due) => {
  expect(registrationDue(at(0), left === null ? null : at(left), times)).toEqual(at(due))
})
