/** From an empty database to the first registered visit, with nothing but the screens. */
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openBrowser, person } from './support/browser.ts'
import { deskOf } from './support/desk.ts'
import { type House, openHouse } from './support/house.ts'
import { picture, press, sees } from './support/look.ts'

let house: House
let browser: Browser

beforeAll(async () => {
  ;[house, browser] = await Promise.all([openHouse('empty'), openBrowser()])
})
afterAll(async () => {
  await browser?.close()
  await house?.stop()
})

test('first run: administrator and preset, then an account for the desk, then the first visit', async () => {
  const admin = await person(browser, house, 'desk')
  const { page, t } = admin
  await page.goto('/')
  await page.waitForURL('**/setup')
  await page.getByLabel(t('web.setup.siteName')).fill('临江大厦')
  await sees(page, '集团公司')
  await picture(page, 'setup-zh')
  await page.getByLabel(t('web.setup.adminName')).fill('秦铭')
  await page.getByLabel(t('web.setup.username')).fill('admin')
  await page.getByLabel(t('web.setup.password'), { exact: false }).first().fill('a quiet lobby at nine')
  // What is wrong is said at its field, and nothing is lost.
  await press(page, t('web.setup.run'))
  await sees(page, t('web.setup.repeatDiffers'))
  await page.getByLabel(t('web.setup.repeat')).fill('a quiet lobby at nine')
  await press(page, t('web.setup.run'))
  await page.getByRole('heading', { name: t('visit.console.now') }).waitFor()
  await sees(page, '临江大厦')

  await page.goto('/users')
  await press(page, t('identity.users.new'))
  const form = page.getByRole('region', { name: t('identity.users.new') })
  await form.getByLabel(t('identity.users.name'), { exact: false }).first().fill('陈晓雨')
  await form.getByLabel(t('identity.users.username')).fill('desk')
  await form.getByLabel(t('identity.users.firstPassword')).fill('good morning lobby')
  await form.getByRole('checkbox', { name: t('identity.role.receptionist'), exact: true }).check()
  await picture(page, 'user-new-zh')
  await form.locator('button[type="submit"]').click()
  await sees(page, t('identity.users.made', { name: '陈晓雨' }))

  // The receptionist signs in by hand and is asked for a password of her own.
  const receptionist = await person(browser, house, 'desk')
  const hers = receptionist.page
  await hers.goto('/')
  await hers.getByLabel(t('web.signIn.username')).fill('desk')
  await hers.getByLabel(t('web.signIn.password')).fill('good morning lobby')
  await picture(hers, 'sign-in-zh')
  await press(hers, t('web.signIn.run'))
  await hers.waitForURL('**/account')
  await sees(hers, t('identity.account.title'))

  const desk = deskOf(receptionist)
  await desk.open()
  await press(hers, t('visit.new.open'))
  await desk
    .panel()
    .getByRole('combobox', { name: t('visit.field.visitorName') })
    .fill('第一位来客')
  await desk.panel().getByLabel(t('visit.field.organisation')).fill('个人')
  await desk.panel().getByLabel(t('visit.field.kind')).selectOption({ label: '客户' })
  await desk
    .panel()
    .getByRole('combobox', { name: t('visit.field.host') })
    .fill('秦铭')
  await hers.getByRole('option', { name: '秦铭' }).first().click()
  await desk.panel().getByLabel(t('visit.field.purpose')).fill('看楼')
  await press(desk.panel(), t('visit.new.ask'))
  await desk.card('waiting', '第一位来客').waitFor()
  await sees(desk.panel(), t('visit.now.asking', { asked: '秦铭' }))
  const [first] = await house.rows<{ status: string }>(
    "select status from visit where visitor_name = '第一位来客'",
  )
  expect(first?.status).toBe('asking')
  expect([...admin.faults, ...receptionist.faults]).toEqual([])
})
