/**
 * V11 V18 G2: a controller gets its key and door, reports in and out, its webhook fails twice and is told all the same,
 * signed; told again by hand and from a moment on. A keyboard reader opens what it reads on every screen of desk and gate.
 */
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { modules } from '../src/apps/server/modules.ts'
import { newId } from '../src/kernel/ids.ts'
import { httpSender } from '../src/kernel/notifications/channels/sender.ts'
import { type Peer, vendorPeer } from '../src/kernel/notifications/channels/testing.ts'
import { notificationsWith } from '../src/kernel/notifications/module.ts'
import { violations } from './support/axe.ts'
import { openBrowser, person } from './support/browser.ts'
import { type House, openHouse } from './support/house.ts'
import { picture, press, sees } from './support/look.ts'
import { until } from './support/until.ts'

let house: House
let browser: Browser
let peer: Peer

beforeAll(async () => {
  peer = await vendorPeer(() => Date.now())
  const played = notificationsWith(() => httpSender({ base: peer.base }))
  const own = modules.map((module) => (module.name === 'notifications' ? played : module))
  ;[house, browser] = await Promise.all([openHouse('demo', { modules: own }), openBrowser()])
})
afterAll(async () => {
  await browser?.close()
  await house?.stop()
  await peer?.close()
})

async function passInside() {
  const [found] = await house.rows<{ id: string; number: string; name: string }>(
    `select id, pass_number as number, visitor_name as name from visit
     where status in ('admitted', 'with_host') and pass_number is not null and valid_until > now() + interval '10 minutes'
       and approvals_due = 0 order by id limit 1`,
  )
  if (found === undefined) throw new Error('nobody inside has a pass')
  return found
}

test('V11 V18 G2 a controller from its key to the replay of what it was told', async () => {
  const admin = await person(browser, house, 'desk', { as: 'admin' })
  const { page, t } = admin
  await page.goto('/devices')
  await page.getByRole('link', { name: t('devices.keys') }).click()
  await press(page, t('identity.keys.new'))
  await page.getByLabel(t('identity.keys.name')).fill('东门控制器')
  await page.getByLabel(t('identity.keys.role')).selectOption('guard')
  await press(page, t('identity.keys.make'))
  const secret = (await page.locator('code').last().textContent()) ?? ''
  await press(page, t('identity.keys.kept'))

  await page.goto('/devices')
  await press(page, t('devices.new'))
  const form = page.getByRole('region', { name: t('devices.new') })
  await form.getByLabel(t('devices.name')).fill('东门')
  await form.getByLabel(new RegExp(`^${t('devices.externalId')}`)).fill('D-1')
  await picture(page, 'devices-form-zh')
  await press(form, t('devices.save'))
  const row = page.getByRole('row').filter({ hasText: '东门' })
  await sees(row, 'D-1')
  expect(await violations(page)).toEqual([])

  await page.getByRole('link', { name: t('devices.webhooks') }).click()
  await press(page, t('channels.add'))
  await page.getByText(t('channels.kind.webhook'), { exact: true }).click()
  await page.getByLabel(t('channels.name')).fill('门禁系统')
  await page.getByLabel(t('channels.address')).fill('https://hooks.example.com/doors')
  await page.getByLabel(new RegExp(`^${t('channels.events.single')}`)).fill('pass.scanned')
  await press(page, t('channels.save'))
  const signing = await page.locator('code', { hasText: 'whsec_' }).textContent()
  peer.secrets.set('doors', signing ?? '')
  await press(page, t('channels.secret.kept'))

  // The first two attempts of the first message meet a receiver that is down.
  peer.moods.push({ how: 'status', status: 503 }, { how: 'close' })
  const began = new Date()
  const pass = await passInside()
  const report = async (direction: 'in' | 'out', id = newId()) => {
    const answer = await fetch(`${house.url}/api/v1/access/scans`, {
      method: 'POST',
      headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json' },
      body: JSON.stringify({
        scans: [
          {
            id,
            at: new Date().toISOString(),
            doorExternalId: 'D-1',
            passNumber: pass.number,
            direction,
            result: 'granted',
          },
        ],
      }),
    })
    expect(answer.status).toBe(200)
    const { items } = (await answer.json()) as { items: unknown[] }
    return items[0]
  }
  const first = newId()
  expect(await report('in', first)).toMatchObject({
    kept: true,
    repeated: false,
    verdict: 'valid',
    opens: true,
  })
  expect(await report('in', first)).toMatchObject({ kept: true, repeated: true })
  const webhooks = () => peer.heard.filter(({ key }) => key === 'doors')
  // Tried at once, after five seconds, after a minute.
  await until('the third attempt', async () => webhooks().length >= 3, 150_000)
  expect(new Set(webhooks().map(({ headers }) => headers['webhook-id'])).size).toBe(1)
  expect(webhooks().map(({ accepted }) => accepted)).toEqual([false, false, true])
  expect(webhooks().at(-1)?.body).toMatchObject({ type: 'pass.scanned', data: { entity: 'pass' } })

  expect(await report('out')).toMatchObject({ kept: true, opens: true })
  await until('the second message', async () => webhooks().length >= 4)
  await page.goto('/devices')
  await row.getByRole('button', { name: new RegExp(t('devices.open')) }).click()
  await sees(page, t('devices.events.number', { number: pass.number }))
  await picture(page, 'devices-events-zh')
  expect(await violations(page)).toEqual([])

  // Once more by hand, then everything from a moment on: counted first, sent in order with the ids of the first time.
  await page.goto('/channels')
  const card = page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: '门禁系统' }) })
  await press(card, t('channels.log'))
  const log = page.getByRole('region', { name: t('channels.logOf', { name: '门禁系统' }) })
  await log.getByRole('tab', { name: t('channels.status.sent') }).click()
  await log
    .getByText(/pass\.scanned/)
    .nth(1)
    .waitFor()
  await press(log, t('channels.again'))
  await until('one more', async () => webhooks().length >= 5)
  await until('its being noted', async () => {
    const open = await house.rows(
      "select 1 from channel_delivery where status in ('waiting', 'sending', 'retrying')",
    )
    return open.length === 0
  })
  await press(log, t('channels.replay.title'))
  const shanghai = new Date(began.getTime() + 8 * 3_600_000 - 60_000).toISOString().slice(0, 16)
  const stretch = log.getByRole('form', { name: t('channels.replay.title') })
  await stretch.getByLabel(new RegExp(`^${t('channels.replay.from')}`)).fill(shanghai)
  // Two scans, and what the house itself was told by them.
  const count = (await house.rows("select 1 from channel_delivery where status = 'sent'")).length
  expect(count).toBeGreaterThanOrEqual(2)
  const before = webhooks().length
  await sees(log, t('channels.replay.count', { count }))
  await picture(page, 'devices-replay-zh')
  expect(await violations(page)).toEqual([])
  await press(log, t('channels.replay.ask', { count }))
  await sees(log, t('channels.replay.sure', { count }))
  await press(log, t('channels.replay.yes'))
  await until('all of them once more', async () => webhooks().length >= before + count)
  const told = webhooks().filter(({ accepted }) => accepted)
  const scans = (some: typeof told) =>
    some.filter(({ body }) => body.type === 'pass.scanned').map(({ headers }) => headers['webhook-id'])
  expect(scans(webhooks().slice(before))).toEqual([...new Set(scans(told))])
  expect(told.every(({ accepted }) => accepted)).toBe(true)
  expect(admin.faults).toEqual([])
  await admin.context.close()
})

/** What a reader does when no field has the focus: keys faster than any hand, then Enter. */
function burst(page: Page, code: string) {
  return page.evaluate(
    `(() => {
      document.activeElement?.blur?.()
      for (const key of [...${JSON.stringify(code)}, 'Enter'])
        document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }))
    })()`,
  )
}

/** The reader is heard a moment after the page stands; once it was, no second look may come in late. */
async function scanned(page: Page, code: string) {
  await until('the reader being heard', async () => {
    const asked = page.waitForRequest(/\/passes\/scan$/, { timeout: 2_000 }).then(
      () => true,
      () => false,
    )
    await burst(page, code)
    return await asked
  })
}

test('V3 V11 V22 a keyboard reader on every screen of the desk, in English', async () => {
  const desk = await person(browser, house, 'desk', { as: 'desk', language: 'en' })
  const { page, t } = desk
  const pass = await passInside()
  const panel = page.locator('[data-elsewhere]')
  for (const place of ['/register', '/permits', '/']) {
    await page.goto(place)
    await page.getByRole('heading', { level: 1 }).first().waitFor({ state: 'attached' })
    await scanned(page, pass.number)
    await panel.getByRole('heading', { name: pass.name }).waitFor()
    expect(new URL(page.url()).searchParams.get('visit')).toBe(pass.id)
  }
  // An invitation under the reader opens the visit it was written for.
  const [site] = await house.rows<{ id: string }>('select id from site limit 1')
  const announced = await desk.context.request.post('/api/v1/visits/announce', {
    headers: { 'foyer-site': site?.id ?? '', 'idempotency-key': newId(), origin: house.url },
    data: {
      visitorName: 'Ida Berg',
      organisation: 'Nordwind',
      purpose: 'Audit',
      kind: 'customer',
      expectedAt: new Date(Date.now() + 1_800_000).toISOString(),
      email: 'ida@example.com',
    },
  })
  expect(announced.ok(), await announced.text()).toBe(true)
  const { id } = await announced.json()
  const code = await until('the invitation', async () => {
    const [found] = await house.rows<{ code: string }>('select code from invitation where visit_id = $1', [
      id,
    ])
    return found?.code
  })
  await page.goto('/register')
  await page.getByRole('heading', { level: 1 }).first().waitFor()
  await scanned(page, code)
  await panel.getByRole('heading', { name: 'Ida Berg' }).waitFor()
  // A permit goes to its check-in, which says what it thinks of it.
  await burst(page, 'P99999')
  await page.waitForURL(/\/permits/)
  await sees(page, t('error.permit.unknown'))
  await picture(page, 'wedge-permit-en')
  // In a field it is words.
  await page.goto('/register')
  const search = page.getByRole('searchbox').first()
  await search.focus()
  await page.keyboard.type(pass.number)
  await page.keyboard.press('Enter')
  expect(await search.inputValue()).toBe(pass.number)
  expect(new URL(page.url()).pathname).toBe('/register')
  expect(desk.faults).toEqual([])
  await desk.context.close()
})

test('V11 the reader at the gate, whatever page stands there', async () => {
  const gate = await person(browser, house, 'gate', { as: 'gate' })
  const { page, t } = gate
  const pass = await passInside()
  for (const place of ['/gate/muster', '/gate']) {
    await page.goto(place)
    await page.getByRole('heading').first().waitFor({ state: 'attached' })
    await until('the reader being heard', async () => {
      await burst(page, pass.number)
      return await page.getByText(t('visits.gate.verdict.valid.word')).first().isVisible()
    })
    await sees(page, pass.name)
  }
  await picture(page, 'wedge-gate-zh')
  expect(gate.faults).toEqual([])
  await gate.context.close()
})
