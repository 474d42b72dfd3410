/** V1 V22: a small dirty list (invented) through the import screen: columns, preview, run, register, again, undo. */
import { fileURLToPath } from 'node:url'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openBrowser, person } from './support/browser.ts'
import { type House, openHouse } from './support/house.ts'
import { picture, press, sees } from './support/look.ts'

const list = fileURLToPath(new URL('data/visitors.csv', import.meta.url))
let house: House
let browser: Browser

beforeAll(async () => {
  ;[house, browser] = await Promise.all([openHouse('demo'), openBrowser()])
})
afterAll(async () => {
  await browser?.close()
  await house?.stop()
})

test('a dirty list: bad lines are named, good ones stored once, the run taken back', async () => {
  const office = await person(browser, house, 'desk', { as: 'office' })
  const { page, t } = office
  const figure = async (name: string) =>
    Number(
      await page
        .locator('dl > div')
        .filter({ has: page.getByText(t(`imports.figures.${name}`), { exact: true }) })
        .locator('dd')
        .textContent(),
    )
  const choose = async () => {
    const chooser = page.waitForEvent('filechooser')
    await press(page, t('imports.file.choose'))
    await (await chooser).setFiles(list)
    await sees(page, /visitors\.csv/)
    // The headings of the house's own form are known.
    expect(await page.getByLabel(t('import.visits.visitorName'), { exact: true }).inputValue()).toBe(
      '来访人姓名',
    )
    await press(page, t('imports.mapping.next'))
    await page.getByRole('heading', { name: t('imports.bad.title') }).waitFor()
  }
  const stored = async () => {
    const [row] = await house.rows<{ n: number }>(
      "select count(*)::int as n from visit where visitor_name in ('柳如烟', '温书晴', '石头', '江枫')",
    )
    return row?.n
  }

  await page.goto('/imports/visits')
  await picture(page, 'import-file-zh')
  await choose()
  expect(await figure('total')).toBe(6)
  expect(await figure('toCreate')).toBe(2)
  expect(await figure('bad')).toBe(4)
  for (const line of ['3', '5', '6', '7']) {
    await page
      .getByRole('row')
      .filter({ has: page.getByRole('cell', { name: line, exact: true }) })
      .first()
      .waitFor()
  }
  await sees(page, /2028-13-45/)
  await picture(page, 'import-preview-zh')
  expect(await stored()).toBe(0)
  await press(page, t('imports.preview.run'))
  await sees(page, t('imports.states.done'))
  expect(await figure('created')).toBe(2)
  await picture(page, 'import-result-zh')

  await press(page, t('imports.result.again'))
  await choose()
  expect(await figure('toCreate')).toBe(0)
  await press(page, t('imports.preview.run'))
  await sees(page, t('imports.states.done'))
  expect(await figure('created')).toBe(0)
  expect(await stored()).toBe(2)

  await page.goto('/register?q=温书晴')
  await page.locator('tbody tr').filter({ hasText: '温书晴' }).filter({ hasText: '丁锐' }).waitFor()

  await page.goto('/imports/visits')
  const runs = page.getByRole('row').filter({ hasText: 'visitors.csv' })
  await runs.last().getByRole('button').or(runs.last().getByRole('link')).first().click()
  await press(page, t('imports.result.undo'))
  await sees(page, t('imports.states.undone'))
  expect(await stored()).toBe(0)
  expect(office.faults).toEqual([])
  await office.context.close()
})
