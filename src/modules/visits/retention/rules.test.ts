import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { insideStatuses, statuses } from '../rules.ts'
import { hindrances, keptSince, termOf } from './rules.ts'
import { retentionSetting } from './settings.ts'

const retention = {
  ...retentionSetting.fallback,
  days: 365,
  categories: [{ category: 'other', days: 30, erase: 'all' as const }],
}

describe('G5 how long what is kept', () => {
  test('a category of its own term, everything else the house’s', () => {
    expect(termOf(retention, 'other')).toMatchObject({ days: 30, erase: 'all' })
    expect(termOf(retention, 'general')).toMatchObject({ days: 365, erase: 'person' })
  })

  test('one term for one category', () => {
    const twice = { ...retention, categories: [...retention.categories, ...retention.categories] }
    expect(retentionSetting.schema.safeParse(twice).success).toBe(false)
    expect(retentionSetting.schema.safeParse(retention).success).toBe(true)
  })

  test('a longer term never takes more', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('2000-01-01'), max: new Date('2100-01-01'), noInvalidDate: true }),
        fc.integer({ min: 1, max: 3660 }),
        (now, days) => {
          expect(keptSince(now, days + 1).getTime()).toBeLessThan(keptSince(now, days).getTime())
          expect(keptSince(now, days).getTime()).toBeLessThan(now.getTime())
        },
      ),
    )
  })
})

describe('G5 who may be erased on request', () => {
  const free = { statuses: [], watched: false, permit: false }
  test.each(statuses)('a visit that is %s', (status) => {
    const why = hindrances({ ...free, statuses: ['left', status] })
    const wanted = status === 'expected' ? ['expected'] : insideStatuses.includes(status) ? ['inside'] : []
    expect(why).toEqual(wanted)
  })
  test('every reason is named at once', () => {
    expect(hindrances({ statuses: ['expected', 'admitted'], watched: true, permit: true })).toEqual([
      'inside',
      'expected',
      'watched',
      'permit',
    ])
    expect(hindrances(free)).toEqual([])
  })
})
