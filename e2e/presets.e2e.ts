/** Design §1.4: five houses, one product. Each preset's demo house opens on its own day (the group's has journeys of its own). */
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openBrowser, person } from './support/browser.ts'
import { deskOf } from './support/desk.ts'
import { openHouse } from './support/house.ts'
import { picture } from './support/look.ts'

let browser: Browser
beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser?.close())

test.each([
  ['corporate', 'qiheng-front-2026', 'zh', '卢思源'],
  ['switchboard', 'zhida-front-2026', 'zh', '黎晓'],
  ['property', 'cuihu-front-2026', 'zh', '黎阿姨'],
  ['coworking', 'juhe-front-2026', 'en', 'Emma Clarke'],
] as const)(
  'V2 V3 preset %s: the desk opens on the day of this house',
  async (preset, password, language, known) => {
    const house = await openHouse(preset)
    try {
      const desk = await person(browser, house, 'desk', { as: 'desk', password, language })
      await deskOf(desk).open()
      await desk.page.getByText(known).first().waitFor()
      await picture(desk.page, `preset-${preset}-${language}`)
      const [visits] = await house.rows<{ n: number }>('select count(*)::int as n from visit')
      expect(visits?.n).toBeGreaterThan(3)
      await desk.page.context().close()
    } finally {
      await house.stop()
    }
  },
)
