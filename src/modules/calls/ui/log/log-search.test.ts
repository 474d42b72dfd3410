import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fromWall } from '../../../../ui-kit/zone-time.ts'
import { isFiltered, logQuery, readLogSearch } from './log-search.ts'

const shanghai = (wall: string) => fromWall(wall, 'Asia/Shanghai')

describe('C2 filters of the call log in the address', () => {
  test('a day ends with the next one’s midnight at the site', () => {
    expect(logQuery({ from: '2026-03-09', to: '2026-03-09' }, shanghai)).toEqual({
      from: '2026-03-08T16:00:00.000Z',
      to: '2026-03-09T16:00:00.000Z',
    })
  })

  test('a number typed as text stays text', () => {
    expect(readLogSearch({ text: 8000, late: true })).toEqual({ text: '8000', late: 'true' })
  })

  test('whatever stands in the address, only what the log knows is read, and reading again changes nothing', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.anything()), (search) => {
        const read = readLogSearch(search)
        expect(readLogSearch({ ...read })).toEqual(read)
      }),
    )
    expect(readLogSearch({ outcome: 'rm -rf', direction: 'up', from: '9.3.' })).toEqual({})
  })

  test('an opened call is no filter', () => {
    expect(isFiltered({ call: 'x' })).toBe(false)
    expect(isFiltered({ late: 'true' })).toBe(true)
  })
})
