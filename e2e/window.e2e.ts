/** C5 the single window from the keyboard alone: pinyin initials typed, the card opens; Chinese and English; axe. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { AxeResults } from 'axe-core'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openBrowser, type Person, person } from './support/browser.ts'
import { type House, openHouse } from './support/house.ts'
import { picture } from './support/look.ts'

let house: House
let browser: Browser
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

beforeAll(async () => {
  ;[house, browser] = await Promise.all([openHouse('demo'), openBrowser()])
})
afterAll(async () => {
  await browser?.close()
  await house?.stop()
})

async function faults(page: Page): Promise<string[]> {
  await page.evaluate(axe)
  const { violations } = await page.evaluate<AxeResults>('axe.run()')
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`))
}

const box = ({ page, t }: Person) => page.getByRole('combobox', { name: t('kit.palette.title') })
const marked = (page: Page) => page.getByRole('option', { selected: true })

describe.each(['zh', 'en'] as const)('%s', (language) => {
  test('C5 initials, arrows, Enter: the card of a colleague, a person and a visit, by keyboard alone', async () => {
    const receptionist = await person(browser, house, 'desk', { as: 'desk', language })
    const { page, t } = receptionist
    await page.goto(`${house.url}/`)
    await page.getByRole('button', { name: t('shell.search.hint') }).waitFor()
    await page.keyboard.press('/')
    await box(receptionist).waitFor()
    await page.getByText(t('find.teach.pinyin')).waitFor()
    await picture(page, `window-empty-${language}`)
    expect(await faults(page)).toEqual([])

    // A colleague by initials.
    await page.keyboard.insertText('tw')
    await page.getByRole('option', { name: /唐薇/ }).first().waitFor()
    await picture(page, `window-initials-${language}`)
    expect(await faults(page)).toEqual([])
    while (!(await marked(page).textContent())?.includes('唐薇')) await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await page.waitForURL(/\/directory\?employee=/)
    await page.getByRole('heading', { name: '唐薇' }).waitFor()

    // A visitor by a part of the name; Enter at once, before the answer is there.
    await page.keyboard.press('Control+k')
    await box(receptionist).waitFor()
    await page.getByText(t('find.recent'), { exact: true }).waitFor()
    await page.keyboard.insertText('石佳慧')
    await page.keyboard.press('Enter')
    await page.waitForURL(/\/contacts\/|\?visit=/)
    await page.getByRole('heading', { name: '石佳慧' }).waitFor()

    // A visit by its number, and nothing there for what nobody is called.
    const [visit] = await house.rows<{ id: string; number: string }>(
      "select id, number::text from visit where visitor_name = '石佳慧'",
    )
    await page.keyboard.press('Control+k')
    await box(receptionist).fill('龘龘龘')
    await page.getByText(t('kit.palette.none')).waitFor()
    await box(receptionist).fill(`V${visit?.number}`)
    await page
      .getByRole('option', { name: /石佳慧/ })
      .first()
      .waitFor()
    await page.keyboard.press('Enter')
    await page.waitForURL(`**/?visit=${visit?.id}`)

    // Esc gives the screen back.
    await page.keyboard.press('Control+k')
    await box(receptionist).waitFor()
    await page.keyboard.press('Escape')
    await box(receptionist).waitFor({ state: 'detached' })

    // G5: what was opened is remembered by the page alone, not on the machine.
    const kept = await page.evaluate<string>('JSON.stringify({ ...localStorage, ...sessionStorage })')
    expect(kept).not.toContain('石佳慧')
    expect(receptionist.faults).toEqual([])
    await receptionist.context.close()
  })
})

test('C5 while the input method composes, Enter is its own', async () => {
  const receptionist = await person(browser, house, 'desk', { as: 'desk' })
  const { page, t } = receptionist
  await page.goto(`${house.url}/`)
  await page.getByRole('button', { name: t('shell.search.hint') }).waitFor()
  await page.keyboard.press('/')
  await box(receptionist).waitFor()
  const session = await page.context().newCDPSession(page)
  await session.send('Input.imeSetComposition', { text: 'shi jia hui', selectionStart: 11, selectionEnd: 11 })
  // Letters on their way to characters find already.
  await page
    .getByRole('option', { name: /石佳慧/ })
    .first()
    .waitFor()
  await box(receptionist).dispatchEvent('keydown', { key: 'Enter', isComposing: true })
  await box(receptionist).waitFor()
  await session.send('Input.insertText', { text: '石佳慧' })
  await page
    .getByRole('option', { name: /石佳慧/ })
    .first()
    .waitFor()
  expect(await box(receptionist).inputValue()).toBe('石佳慧')
  await page.keyboard.press('Enter')
  await page.waitForURL(/\/contacts\/|\?visit=/)
})
