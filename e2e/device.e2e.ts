/** A tablet many people use (G5): forms half filled in, the network gone in the first second, signing out without it. */
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Device, dropDevice, openDevice } from './support/device.ts'
import { gateOf } from './support/gate.ts'
import { type House, openHouse } from './support/house.ts'
import { picture, press, sees } from './support/look.ts'
import { kept, namesOnDisk } from './support/stowed.ts'
import { speak } from './support/texts.ts'
import { until } from './support/until.ts'

const password = 'hengchuan-2026'

let house: House
let device: Device
let t: Awaited<ReturnType<typeof speak>>

beforeAll(async () => {
  t = await speak('zh')
  house = await openHouse('demo')
  device = await openDevice(house.url)
  await signIn(device.page, 'gate')
  await device.page.goto('/gate')
  await device.page.getByRole('button', { name: t('visits.gate.scan.open') }).waitFor()
  await until('the service worker', () =>
    device.page.evaluate<boolean>(
      'navigator.serviceWorker.getRegistration().then((one) => Boolean(one?.active))',
    ),
  )
  await everythingKept(device.page)
}, 300_000)
afterAll(async () => {
  if (device) await dropDevice(device)
  await house?.stop()
})

async function signIn(page: Page, username: string) {
  await page.goto('/sign-in')
  await page.getByLabel(t('web.signIn.username')).fill(username)
  await page.getByLabel(t('web.signIn.password')).fill(password)
  await press(page, t('web.signIn.run'))
  await page.waitForURL((url) => url.pathname !== '/sign-in')
}

const everythingKept = (page: Page) =>
  until('everything the gate needs to be kept', async () => {
    const { snapshots, keys } = await kept(page)
    return (
      keys === 1 &&
      ['session', 'visits.day', 'visits.options', 'visits.directory', 'visits.passes'].every((name) =>
        snapshots.includes(name),
      )
    )
  })

const form = (name: string) => ({
  name,
  kind: '客户',
  organisation: '远航机械',
  purpose: '看样品',
  host: { typed: 'xjy', name: '徐佳怡' },
})
const gate = () => gateOf({ ...device, t })

test('G5 a form half filled in survives a reload, and cannot be read on the device', async () => {
  const { page, profile } = device
  await gate().fill(form('半途来客'))
  await until('the draft being kept', async () => (await kept(page)).drafts > 0)
  await page.reload()
  await sees(page, t('visits.gate.entry.restored'))
  expect(await page.getByRole('combobox', { name: t('visit.field.visitorName') }).inputValue()).toBe(
    '半途来客',
  )
  expect(await page.getByLabel(t('visits.gate.entry.matter')).inputValue()).toBe('看样品')
  const names = ['半途来客', '看样品', '远航机械']
  expect(await kept(page, names)).toMatchObject({ readable: false })
  expect(await namesOnDisk(profile, names)).toEqual([])
  await press(page, t('visits.gate.entry.clear'))
  await until('the draft being gone', async () => (await kept(page)).drafts === 0)
})

test('V1 the network goes in the first second after a reload: the gate goes on registering', async () => {
  const { page, context } = device
  // The page comes, the key of this session does not: as when the network goes between the two.
  await page.route('**/api/v1/offline/key', (route) => route.abort('connectionfailed'))
  await page.goto('/gate')
  await page.getByRole('button', { name: t('visits.gate.scan.open') }).waitFor()
  await context.setOffline(true)
  await sees(page, t('kit.connection.offline'))
  await gate().fill(form('首秒来客'))
  await gate().ask()
  await gate().sees(t('visits.gate.head.asking', { name: '徐佳怡' }))
  await sees(page, t('kit.connection.waiting_one', { count: 1 }))
  await page.unroute('**/api/v1/offline/key')
  await context.setOffline(false)
  await until('the visit on the server', async () => {
    const found = await house.rows("select 1 from visit where visitor_name = '首秒来客'")
    return found.length === 1
  })
  await until('the outbox to be empty', async () => (await kept(page)).entries === 0)
})

test('G5 signing out without network warns, erases the device, and what waits stays sealed for its owner', async () => {
  const { page, context, profile } = device
  await page.goto('/gate')
  await page.getByRole('button', { name: t('visits.gate.scan.open') }).waitFor()
  await everythingKept(page)
  const other = await context.newPage()
  await other.goto('/gate')
  await other.getByRole('button', { name: t('visits.gate.scan.open') }).waitFor()
  await context.setOffline(true)
  await sees(page, t('kit.connection.offline'))
  await gate().fill(form('未送出者'))
  await gate().ask()
  await gate().sees(t('visits.gate.head.asking', { name: '徐佳怡' }))
  await sees(page, t('kit.connection.waiting_one', { count: 1 }))
  await gate().home()
  // A form begun and left lies there, too, when they go.
  await press(page, t('visits.gate.entry.open'))
  await page.getByRole('combobox', { name: t('visit.field.visitorName') }).fill('写了一半')
  await until('the draft being kept', async () => (await kept(page)).drafts === 1)
  await press(page, t('visits.gate.back'))

  await page.getByRole('button', { name: /的菜单/ }).click()
  await page.getByRole('menuitem', { name: t('shell.user.leave') }).click()
  await sees(page, t('offline.leavingHelp'))
  await picture(page, 'gate-leaving-zh')
  await press(page, t('offline.leave'))
  await page.waitForURL(/sign-in/)
  // Their other tab is left with it.
  await other.waitForURL(/sign-in/)
  const names = ['未送出者', '写了一半', '徐佳怡', '远航机械', '首秒来客']
  const gone = { keys: 0, snapshots: [], drafts: 0, readable: false }
  expect(await kept(page, names)).toEqual({ ...gone, entries: 1 })
  expect(await namesOnDisk(profile, names)).toEqual([])
  await page.goBack()
  await page.goto('/gate').catch(() => undefined)
  expect(await page.content()).not.toContain('徐佳怡')
  await other.close()

  // Back on the network the old session ends first, and somebody else's sign-in is not ended with it.
  await context.setOffline(false)
  await signIn(page, 'desk')
  await page.goto('/gate')
  await everythingKept(page)
  expect((await context.request.get('/api/v1/me')).status()).toBe(200)
  expect((await kept(page)).entries).toBe(1)
  expect(await house.rows("select 1 from visit where visitor_name = '未送出者'")).toHaveLength(0)

  await page.getByRole('button', { name: /的菜单/ }).click()
  await page.getByRole('menuitem', { name: t('shell.user.leave') }).click()
  await page.waitForURL(/sign-in/)
  expect(await kept(page, names)).toEqual({ ...gone, entries: 1 })
  await signIn(page, 'gate')
  await page.goto('/gate')
  await until('the entry on the server', async () => {
    const found = await house.rows("select 1 from visit where visitor_name = '未送出者'")
    return found.length === 1
  })
  await until('the outbox to be empty', async () => (await kept(page)).entries === 0)
  expect(device.faults).toEqual([])
})
