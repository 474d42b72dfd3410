import fc from 'fast-check'
import { expect, test } from 'vitest'
import { mayAdd } from './rules.ts'

test('V11 half of the free numbers stay with the server, and no device gets more than it asked for', () => {
  const stock = fc
    .record({ free: fc.nat(500), leased: fc.nat(500), own: fc.nat(100) })
    .filter(({ free, leased, own }) => leased <= free && own <= leased)
  fc.assert(
    fc.property(stock, fc.nat(100), (now, want) => {
      const more = mayAdd(now, want)
      expect(more).toBeGreaterThanOrEqual(0)
      if (more > 0) {
        expect(now.leased + more).toBeLessThanOrEqual(now.free / 2)
        expect(now.own + more).toBeLessThanOrEqual(want)
      }
    }),
  )
})
