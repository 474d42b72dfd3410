/** C10 G2 G5: a robot is added, its test fails and says why, it is mended, tried again, deleted and brought back; an own robot. */
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { modules } from '../src/apps/server/modules.ts'
import { httpSender } from '../src/kernel/notifications/channels/sender.ts'
import { type Peer, vendorPeer } from '../src/kernel/notifications/channels/testing.ts'
import { notificationsWith } from '../src/kernel/notifications/module.ts'
import { violations } from './support/axe.ts'
import { openBrowser, person } from './support/browser.ts'
import { type House, openHouse } from './support/house.ts'
import { gone, picture, press, sees } from './support/look.ts'

const key = '0123456789abcdef0123456789abcdef'
const address = `https://oapi.dingtalk.com/robot/send?access_token=${key}`
let house: House
let browser: Browser
let peer: Peer

beforeAll(async () => {
  peer = await vendorPeer(() => Date.now())
  peer.secrets.set(key, 'SECthe-right-one')
  const played = notificationsWith(() => httpSender({ base: peer.base }))
  const own = modules.map((module) => (module.name === 'notifications' ? played : module))
  ;[house, browser] = await Promise.all([openHouse('demo', { modules: own }), openBrowser()])
})
afterAll(async () => {
  await browser?.close()
  await house?.stop()
  await peer?.close()
})

test.each(['zh', 'en'] as const)('C10 a robot of the site, %s', async (language) => {
  const admin = await person(browser, house, 'desk', { as: 'admin', language })
  const { page, t } = admin
  const name = language === 'zh' ? '前台群' : 'Front desk group'
  const card = page.getByRole('listitem').filter({ has: page.getByRole('heading', { name }) })
  await page.goto('/channels')
  await page.getByRole('heading', { name: t('channels.title'), level: 1 }).waitFor()
  await page.keyboard.press('n')
  const panel = page.getByRole('region', { name: t('channels.add') })
  await panel.getByLabel(t('channels.name')).fill(name)
  await panel.getByLabel(t('channels.address')).fill('https://example.com/robot/send?access_token=12345678')
  await panel.getByLabel(t('channels.secret.label')).fill('SECthe-wrong-one')
  await picture(page, `channels-form-${language}`)
  expect(await violations(page)).toEqual([])
  await page.keyboard.press('Control+Enter')
  await sees(panel, t('field.channel.url.host'))
  await panel.getByLabel(t('channels.address')).fill(address)
  await panel.getByLabel(t('channels.address')).press('Enter')
  await card.waitFor()
  expect(await page.content()).not.toContain(key)

  await press(card, t('channels.test'))
  await sees(card, t('channels.fault.sign'))
  await sees(card, /310000 sign not match/)
  await picture(page, `channels-failed-${language}`)
  expect(await violations(page)).toEqual([])

  await press(card, t('channels.edit'))
  await page.getByLabel(t('channels.secret.label')).fill('SECthe-right-one')
  await press(page, t('channels.save'))
  await press(card, t('channels.again'))
  await sees(card, t('channels.testSent'))
  expect(peer.accepted().at(-1)?.body.markdown.text).toContain(name)

  await press(card, t('channels.log'))
  const log = page.getByRole('region', { name: t('channels.logOf', { name }) })
  await log.getByRole('tab', { name: t('channels.status.sent') }).click()
  await sees(log, t('channels.testMessage'))
  await picture(page, `channels-log-${language}`)
  expect(await violations(page)).toEqual([])
  await page.keyboard.press('Escape')

  await press(card, t('channels.delete'))
  await card.waitFor({ state: 'detached' })
  await press(page, t('kit.toast.undo'))
  await card.waitFor()
  await press(card, t('channels.delete'))
  await card.waitFor({ state: 'detached' })
  expect(admin.faults).toEqual([])
  await admin.context.close()
})

test('G5 a webhook’s secret is read once; then its deliveries tell', async () => {
  const admin = await person(browser, house, 'desk', { as: 'admin' })
  const { page, t } = admin
  await page.goto('/channels')
  await press(page, t('channels.add'))
  await page.getByText(t('channels.kind.webhook'), { exact: true }).click()
  await page.getByLabel(t('channels.name')).fill('OA')
  await page.getByLabel(t('channels.address')).fill('https://hooks.example.com/oa')
  await page.getByText('visit', { exact: true }).click()
  await press(page, t('channels.save'))
  const secret = await page.locator('code', { hasText: 'whsec_' }).textContent()
  peer.secrets.set('oa', secret ?? '')
  await picture(page, 'channels-webhook-secret-zh')
  await press(page, t('channels.secret.kept'))
  const card = page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: 'OA' }) })
  await press(card, t('channels.test'))
  await sees(card, t('channels.testSent'))
  expect(peer.accepted().at(-1)?.body.type).toBe('channel.test')
  await page.goto('/deliveries')
  await page.getByRole('tab', { name: t('deliveries.channels') }).click()
  await page
    .getByRole('tab', { name: t('channels.status.sent') })
    .last()
    .click()
  await sees(page, /OA/)
  await picture(page, 'deliveries-channels-zh')
  expect(await violations(page)).toEqual([])
  expect(admin.faults).toEqual([])
  await admin.context.close()
})

test('C10 an own robot, and what comes by which way', async () => {
  const host = await person(browser, house, 'desk', { as: 'desk' })
  const { page, t } = host
  await page.goto('/account')
  await press(page, t('channels.own.add'))
  await page.getByLabel(t('channels.name')).fill('我的飞书')
  await page.getByText(t('channels.kind.feishu'), { exact: true }).click()
  await page
    .getByLabel(t('channels.address'))
    .fill('https://open.feishu.cn/open-apis/bot/v2/hook/693axxx6-7aoc-4bc4-97a0-0ec2sifa5aaa')
  await press(page, t('channels.save'))
  const card = page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: '我的飞书' }) })
  await press(card, t('channels.test'))
  await sees(card, t('channels.testSent'))
  const box = page.getByRole('row').filter({ hasText: '来访，请答复' }).getByRole('checkbox').last()
  await box.click()
  await press(page, t('channels.prefer.save'))
  await sees(page, t('channels.prefer.saved'))
  await page.reload()
  expect(await box.isChecked()).toBe(false)
  await picture(page, 'account-channels-zh')
  expect(await violations(page)).toEqual([])
  await gone(page, t('error.unexpected'))
  expect(host.faults).toEqual([])
  await host.context.close()
})
