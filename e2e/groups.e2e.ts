/** V22: a tour of 240 comes to one desk: pasted list with bad lines named, checked in by keyboard, a code nobody has. */
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openBrowser, person } from './support/browser.ts'
import { type House, openHouse } from './support/house.ts'
import { pick, picture, press, sees } from './support/look.ts'
import { until } from './support/until.ts'

let house: House
let browser: Browser

beforeAll(async () => {
  ;[house, browser] = await Promise.all([openHouse('demo'), openBrowser()])
  await house.rows(
    `insert into pass (site_id, number) select (select site_id from visit limit 1), 'G' || lpad(n::text, 3, '0')
     from generate_series(1, 300) n on conflict do nothing`,
  )
})
afterAll(async () => {
  await browser?.close()
  await house?.stop()
})

const given = [...'伟芳娜静敏丽强磊军洋勇艳杰娟涛明']
const surnames = [...'王李张刘陈杨赵黄周吴徐孙马朱胡']
/** 240 different names. */
const names = surnames.flatMap((surname) => given.map((one) => `${surname}${one}`))

test.each(['zh', 'en'] as const)(
  'V5 V10 V11 V22 240 people at one desk (%s)',
  async (language) => {
    const title = `参观团 ${language}`
    const desk = await person(browser, house, 'desk', { as: 'desk', language })
    const { page, t } = desk
    await page.goto('/groups')
    await press(page, t('groups.new'))
    await page.getByRole('textbox', { name: t('groups.field.title') }).fill(title)
    await pick(page, t('groups.field.host'), 'xjy', '徐佳怡')
    await press(page, t('groups.save'))
    await page.getByRole('heading', { name: title, level: 1 }).waitFor()

    const list = [
      '姓名\t单位\t电话',
      ...names.map((name) => `${name}\t第一中学\t`),
      '\t\t13800138000',
      '王5\t第一中学\t',
    ]
    await page.getByRole('textbox', { name: t('groups.list.title') }).fill(list.join('\n'))
    await press(page, t('groups.list.read'))
    await sees(page, t('groups.list.line', { line: 242 }))
    await sees(page, t('groups.list.fault.no-name', { value: '' }))
    await sees(page, t('groups.list.line', { line: 243 }))
    await picture(page, `group-list-${language}`)
    await press(page, t('groups.list.add', { count: 240 }))
    const figure = (name: string) => page.locator(`[data-count=${name}]`)
    await until('240 members', async () => (await figure('size').textContent()) === '240')

    // By keyboard, one after the other, without waiting for the answers.
    const field = page.getByRole('textbox', { name: t('groups.counter.find') })
    await field.focus()
    for (const typed of ['王伟', '李芳', '张娜']) {
      await page.keyboard.insertText(typed)
      await page.keyboard.press('Enter')
      expect(await field.inputValue()).toBe('')
    }
    await page.keyboard.type('zm')
    await page.keyboard.press('Enter')
    await until('four are in', async () => (await figure('in').textContent()) === '4')
    await page.keyboard.type('nobody-2026')
    await page.keyboard.press('Enter')
    await sees(page, t('groups.counter.notFound', { text: 'nobody-2026' }))
    await picture(page, `group-counter-${language}`)
    expect(desk.faults).toEqual([])
    await desk.context.close()
  },
  400_000,
)
