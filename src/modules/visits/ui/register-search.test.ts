import { expect, test } from 'vitest'
import { filterOf, isFiltered, readRegisterSearch } from './register-search.ts'

test('V1: filters of the register are read from the address; what is not one is left out', () => {
  expect(
    readRegisterSearch({
      from: '2026-11-01',
      to: 'yesterday',
      status: 'inside',
      q: 123,
      order: 'oldest',
      evil: 'x',
    }),
  ).toEqual({ from: '2026-11-01', status: 'inside', q: '123', order: 'oldest' })
  expect(readRegisterSearch({ status: 'dancing', order: 'upwards' })).toEqual({})
})

test('V1: the server gets the filters only, not what the screen keeps beside them', () => {
  const search = readRegisterSearch({ kind: 'customer', visit: 'a', host: '赵敏', hostId: 'b' })
  expect(filterOf(search)).toEqual({ kind: 'customer', hostId: 'b' })
  expect(isFiltered(search)).toBe(true)
  expect(isFiltered({ visit: 'a', order: 'oldest' })).toBe(false)
})
