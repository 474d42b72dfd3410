/** V18: an evacuation starts at the desk and stands on gate and phone at once; marked everywhere, offline too; reported. */
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openBrowser, person } from './support/browser.ts'
import { type House, openHouse } from './support/house.ts'
import { picture, press, sees } from './support/look.ts'
import { until } from './support/until.ts'

let house: House
let browser: Browser

beforeAll(async () => {
  ;[house, browser] = await Promise.all([openHouse('demo'), openBrowser()])
})
afterAll(async () => {
  await browser?.close()
  await house?.stop()
})

test('V18 started at the desk, on gate and phone at once, marked from both and offline, ended, reported', async () => {
  const [desk, gate, phone] = await Promise.all([
    person(browser, house, 'desk', { as: 'duty' }),
    person(browser, house, 'gate', { as: 'gate' }),
    person(browser, house, 'phone', { as: 'duty' }),
  ])
  const { t } = desk
  await Promise.all([desk.page.goto('/muster'), gate.page.goto('/gate'), phone.page.goto('/host')])
  await gate.page.getByRole('button', { name: t('visits.gate.scan.open') }).waitFor()
  await desk.page.getByText(t('muster.kind.drill'), { exact: true }).first().click()
  await press(desk.page, t('muster.start.hold.drill'))
  await press(desk.page, t('muster.start.confirm.drill'))
  // Whatever stood on their screens.
  await sees(gate.page, t('muster.banner.drill'))
  await sees(phone.page, t('muster.banner.drill'))
  await gate.page.getByRole('link', { name: t('muster.banner.open') }).click()
  await phone.page.getByRole('link', { name: t('muster.banner.open') }).click()
  const people = await house.rows<{ id: string; name: string }>(
    'select id, name from muster_person order by name, id',
  )
  expect(people.length).toBeGreaterThan(3)
  const [first, second, third] = people.filter(
    ({ name }) => people.filter((other) => other.name === name).length === 1,
  )
  const safe = (name: string | undefined) => t('muster.person.markSafe', { name: name ?? '' })
  await gate.page.getByRole('button', { name: safe(first?.name), exact: true }).click()
  await phone.page.getByRole('button', { name: safe(second?.name), exact: true }).click()
  const marked = async () =>
    (await house.rows<{ name: string }>('select name from muster_person where safe')).length
  await until('both marks', async () => ((await marked()) === 2 ? true : undefined))
  // Merged live on the desk.
  await sees(desk.page, `2/${people.length}`)
  await picture(desk.page, 'muster-desk-zh')
  await picture(gate.page, 'muster-gate-zh')
  await picture(phone.page, 'muster-phone-zh')
  // The gate's tablet loses the network: it goes on, and brings its mark when it is back.
  await until('the list being kept on the tablet', () =>
    gate.page.evaluate<boolean | undefined>(
      'navigator.locks.query().then(() => indexedDB.databases()).then((all) => all.length > 0 || undefined)',
    ),
  )
  await gate.context.setOffline(true)
  await gate.page.getByRole('button', { name: safe(third?.name), exact: true }).click()
  await sees(gate.page, `3/${people.length}`)
  expect(await marked()).toBe(2)
  await gate.context.setOffline(false)
  await until('the offline mark', async () => ((await marked()) === 3 ? true : undefined))
  await sees(desk.page, `3/${people.length}`)
  await press(desk.page, t('muster.end.open'))
  await press(desk.page, t('muster.end.send'))
  await desk.page.getByRole('tab', { name: t('muster.past.drill') }).click()
  await desk.page.getByRole('table').getByRole('link').first().click()
  await sees(desk.page, t('muster.report.title.drill'))
  await sees(desk.page, t('muster.report.missing'))
  await picture(desk.page, 'muster-report-zh')
  await desk.page.getByRole('link', { name: t('muster.report.print') }).click()
  await sees(desk.page, '疏散演练报告')
  await picture(desk.page, 'muster-paper-zh')
  expect([...desk.faults, ...phone.faults]).toEqual([])
})
