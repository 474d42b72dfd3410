/** G4 G7 C4: an office manager changes a route and its wording through the form alone, without a mouse. */
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { violations } from './support/axe.ts'
import { openBrowser, person } from './support/browser.ts'
import { type House, openHouse } from './support/house.ts'
import { picture, sees } from './support/look.ts'

let house: House
let browser: Browser

beforeAll(async () => {
  ;[house, browser] = await Promise.all([openHouse('switchboard'), openBrowser()])
})
afterAll(async () => {
  await browser?.close()
  await house?.stop()
})

const at = 'setting.calls.routes.targets'
const routes = {
  zh: { key: 'complaint', name: '投诉', second: /8300 · 客服热线二$/, department: '客户服务部' },
  en: {
    key: 'government',
    name: 'Government',
    second: /189 · Director's office$/,
    department: '总经理办公室',
  },
} as const

test.each(['zh', 'en'] as const)(
  'G7 C4 the second target of a route becomes a department head, without a mouse, %s',
  async (language) => {
    const { key, name, second, department } = routes[language]
    const office = await person(browser, house, 'desk', {
      ...{ as: 'office', password: 'zhida-front-2026', language },
    })
    const { page, t } = office
    const kind = (value: string) => t(`${at}.to.kind.${value}`)
    await page.goto('/settings?key=calls.routes')
    await page.getByRole('button', { name, exact: true, expanded: false }).press('Enter')
    const target = page
      .getByRole('group', { name: t(`${at}.label`), exact: true })
      .getByRole('listitem')
      .nth(1)
    await target.getByRole('button', { name: second, expanded: false }).press('Enter')
    const who = target.getByRole('combobox', { name: t(`${at}.to.label`), exact: true })
    await who.focus()
    await picture(page, `settings-routes-extension-${language}`)

    // Passing through other kinds loses nothing.
    await page.keyboard.press('Home')
    await target.getByRole('button', { name: kind('wanted'), exact: true }).waitFor()
    await who.selectOption('extension')
    await target.getByRole('button', { name: second }).waitFor()
    await page.keyboard.press('End')
    await target.getByRole('button', { name: kind('department-head'), exact: true }).waitFor()

    await page.keyboard.press('Tab')
    const field = target.getByRole('textbox', { name: t(`${at}.to.department.label`), exact: true })
    const focused = field.and(page.locator(':focus'))
    await focused.waitFor()
    await page.keyboard.press('Control+s')
    await sees(target, t('field.required'))
    await expect.poll(() => field.getAttribute('aria-invalid')).toBe('true')
    await focused.waitFor()
    await picture(page, `settings-routes-wrong-${language}`)
    expect(await violations(page)).toEqual([])

    await page.keyboard.insertText(department)
    await target
      .getByRole('button', { name: `${kind('department-head')} · ${department}`, exact: true })
      .waitFor()
    await picture(page, `settings-routes-head-${language}`)
    await page.keyboard.press('Control+s')
    await sees(page, t('settings.saved', { version: language === 'zh' ? 2 : 3 }))
    const [stored] = await house.rows<{ to: unknown }>(
      `select route -> 'targets' -> 1 -> 'to' as to
       from (select value from setting where key = 'calls.routes' order by version desc limit 1) as newest,
         jsonb_array_elements(newest.value) as route
      where route ->> 'key' = $1`,
      [key],
    )
    expect(stored?.to).toEqual({ kind: 'department-head', department })

    await page.getByRole('tab', { name: t('settings.history') }).click()
    await page
      .getByRole('button', { name: t('settings.changes', { count: 4 }), expanded: false })
      .first()
      .press('Enter')
    await sees(page, kind('department-head'))
    await picture(page, `settings-routes-history-${language}`)
    expect(await violations(page)).toEqual([])
    expect(office.faults).toEqual([])
    await office.context.close()
  },
)

test.each(['zh', 'en'] as const)(
  'G7 each wording is called by its situation and names its placeholders, %s',
  async (language) => {
    const office = await person(browser, house, 'desk', {
      ...{ as: 'office', password: 'zhida-front-2026', language },
    })
    const { page, t } = office
    await page.goto('/settings?key=calls.wording')
    const greeting = t('setting.calls.wording.key.greeting')
    await page.getByRole('button', { name: greeting, exact: true, expanded: false }).press('Enter')
    await sees(page, /\{\{caller\}\}/)
    await picture(page, `settings-wording-${language}`)
    const spoken = page.getByRole('textbox', { name: t('setting.calls.wording.zh'), exact: true })
    await spoken.fill('您好,{{nobody}}')
    await page.keyboard.press('Control+s')
    await sees(page, t('field.unknown-placeholder'))
    await picture(page, `settings-wording-wrong-${language}`)
    expect(await violations(page)).toEqual([])
    expect(office.faults).toEqual([])
    await office.context.close()
  },
)
