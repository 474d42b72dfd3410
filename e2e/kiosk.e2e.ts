/** The kiosk in the lobby: paired once, an appointment by the code of the invitation, a stranger with a signature, no trace. */
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { violations } from './support/axe.ts'
import { openBrowser, type Person, person } from './support/browser.ts'
import { type House, openHouse } from './support/house.ts'
import { picture, press, sees } from './support/look.ts'
import { until } from './support/until.ts'

let house: House
let browser: Browser
let office: Person
let kiosk: Person
let pin: string

beforeAll(async () => {
  ;[house, browser] = await Promise.all([openHouse('demo'), openBrowser()])
  office = await person(browser, house, 'desk', { as: 'office' })
  kiosk = await person(browser, house, 'gate')
  await kiosk.page.setViewportSize({ width: 1080, height: 1920 })
})
afterAll(async () => {
  await browser?.close()
  await house?.stop()
})

async function api<T>(who: Person, path: string, data: object): Promise<T> {
  const answer = await who.context.request.post(`/api/v1${path}`, { data })
  expect(answer.ok(), `${path}: ${await answer.text()}`).toBe(true)
  return (await answer.json()) as T
}

/** What a scanner that works as a keyboard types: quickly, and Enter. */
async function scan(page: Page, code: string) {
  // A text: names of the browser are none here.
  await page.evaluate(
    `for (const key of [...${JSON.stringify(code)}, 'Enter'])
       window.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }))`,
  )
}

interface Sealed {
  readonly unsent: number
  readonly documents: number
  readonly readable: boolean
}

/** The kiosk's own database, from outside. A text: names of the browser are none here. */
const sealedAtKiosk = (page: Page, names: readonly string[] = []) =>
  page.evaluate<Sealed>(`(async () => {
    const opening = indexedDB.open('foyer-kiosk')
    const db = await new Promise((resolve) => { opening.onsuccess = () => resolve(opening.result) })
    const asked = db.objectStoreNames.contains('rows') ? db.transaction('rows').objectStore('rows').getAll() : null
    const rows = asked === null ? [] : await new Promise((resolve) => { asked.onsuccess = () => resolve(asked.result) })
    db.close()
    const text = JSON.stringify([rows, { ...localStorage }, { ...sessionStorage }]) + rows.map((one) => new TextDecoder().decode(one.data)).join()
    return {
      unsent: rows.filter((one) => one.name.startsWith('unsent.')).length,
      documents: rows.filter((one) => one.name.startsWith('documents.')).length,
      readable: ${JSON.stringify(names)}.some((name) => text.includes(name)),
    }
  })()`)

const begin = async (language: '中文' | 'English' = '中文') => {
  await kiosk.page.getByRole('button', { name: language }).click()
}

test('G5 paired by a code that serves once; the page knows no other', async () => {
  const { page, t } = office
  await page.goto('/kiosks')
  await press(page, t('kiosk.admin.new'))
  await page.getByLabel(t('kiosk.admin.name')).fill('大厅一号')
  await press(page, t('kiosk.admin.save'))
  const code = (await page.getByText(/^[2-9A-Z]{4}-[2-9A-Z]{4}$/).textContent()) ?? ''
  pin = (await page.getByText(/^\d{6}$/).textContent()) ?? ''
  await picture(page, 'kiosks-desk')
  await kiosk.page.goto('/kiosk')
  await kiosk.page.getByLabel(kiosk.t('kiosk.pair.code')).fill(code)
  await press(kiosk.page, kiosk.t('kiosk.pair.send'))
  await sees(kiosk.page, '中文')
  await picture(kiosk.page, 'kiosk-language')
  expect(await violations(kiosk.page)).toEqual([])
  expect(await kiosk.page.locator('a[href]').count()).toBe(0)
  // Signing in over it is no way out: the device is a kiosk whatever else the browser holds.
  const signIn = await kiosk.context.request.post('/api/v1/sign-in', {
    data: { username: 'desk', password: 'hengchuan-2026' },
  })
  expect(signIn.ok()).toBe(true)
  expect((await kiosk.context.request.get('/api/v1/visits/board')).status()).toBe(403)
})

test('V1 V4 V5 V8 V11 V13 without appointment: three questions, read and signed, the host answers, no trace', async () => {
  const made = await api<{ id: string; version: number }>(office, '/agreements', {
    purpose: 'safety',
    title: { zh: '入园安全须知', en: 'Safety notes' },
    body: { zh: '请佩戴出入证。\n\n'.repeat(60), en: 'Please wear your pass.\n\n'.repeat(60) },
  })
  await api(office, `/agreements/${made.id}/publish`, { version: made.version })
  const [host] = await house.rows<{ name: string; id: string }>(
    "select e.name, e.id from employee e join auth_user u on u.employee_id = e.id where u.username = 'host'",
  )
  if (host === undefined) throw new Error('the demo day has changed')
  const { page, t } = kiosk
  await page.goto('/kiosk')
  await begin()
  await picture(page, 'kiosk-start')
  await press(page, t('kiosk.walkIn'))
  await page.getByLabel(t('kiosk.ask.name')).fill('慕容来')
  await page.getByLabel(t('kiosk.ask.organisation')).fill('远帆实业')
  expect(await violations(page)).toEqual([])
  await press(page, t('kiosk.next'))
  await page.getByRole('radio').first().check({ force: true })
  await page.getByLabel(t('kiosk.ask.purpose')).fill('看样')
  await page.getByLabel(t('kiosk.ask.phone')).fill('13912340000')
  await picture(page, 'kiosk-matter')
  await press(page, t('kiosk.next'))
  await page.getByLabel(t('kiosk.ask.name')).fill(host.name)
  await press(page, t('kiosk.ask.hostFind'))
  await page.getByRole('button', { name: host.name }).first().click()
  await sees(page, '入园安全须知')
  await picture(page, 'kiosk-sign')
  expect(await violations(page)).toEqual([])
  // Not before it was read to the end.
  await page.getByText(t('agreement.agree')).click()
  await press(page, t('agreement.sign'))
  await sees(page, t('agreement.needRead'))
  await page
    .getByRole('region', { name: '入园安全须知' })
    .evaluate((box) => box.scrollTo(0, box.scrollHeight))
  await sees(page, t('agreement.readAll'))
  const pad = await page.getByRole('img', { name: t('agreement.pad') }).boundingBox()
  if (pad === null) throw new Error('no pad')
  await page.mouse.move(pad.x + 40, pad.y + 60)
  await page.mouse.down()
  for (const step of [1, 2, 3, 4]) await page.mouse.move(pad.x + 40 + step * 60, pad.y + 60 + (step % 2) * 50)
  await page.mouse.up()
  await press(page, t('agreement.sign'))
  const visit = await until('the visit of the kiosk', async () => {
    const [row] = await house.rows<{ id: string; status: string; via: string; agreements_due: number }>(
      "select id, status, via, agreements_due from visit where visitor_name = '慕容来'",
    )
    return row?.agreements_due === 0 ? row : undefined
  })
  expect(visit.via).toBe('kiosk')
  await picture(page, 'kiosk-wait')
  const papers = await house.rows(
    "select 1 from file where subject_id = $1 and media_type = 'application/pdf'",
    [visit.id],
  )
  expect(papers).toHaveLength(1)
  if (visit.status === 'asking') {
    const answering = await person(browser, house, 'phone', { as: 'host' })
    await api(answering, `/visits/${visit.id}/answer`, { answer: 'receive' })
  }
  await sees(page, t('kiosk.wait.welcome', { host: host.name }))
  await picture(page, 'kiosk-welcome')
  expect(await violations(page)).toEqual([])
  await page
    .getByRole('button', { name: t('kiosk.finish') })
    .first()
    .click()
  await sees(page, 'English')
  // Nothing of the visitor stays in the page or in the browser.
  expect(await page.content()).not.toContain('慕容来')
  expect(await page.evaluate('JSON.stringify([{ ...localStorage }, { ...sessionStorage }])')).not.toContain(
    '慕容',
  )
  await page.goBack().catch(() => null)
  expect(new URL(page.url()).pathname).toBe('/kiosk')
  expect(kiosk.faults).toEqual([])
})

test('V1 V4 without network: registered, signed, told to go to the desk; sent once when it is back, nothing readable meanwhile', async () => {
  const { page, context, t } = kiosk
  await page.goto('/kiosk')
  await sees(page, 'English')
  await until('the service worker', () =>
    page.evaluate<boolean>('navigator.serviceWorker.getRegistration().then((one) => Boolean(one?.active))'),
  )
  await until('what the kiosk offers to be kept', async () => (await sealedAtKiosk(page)).documents > 0)
  await context.setOffline(true)
  // Gone and come back up without a server: it is still the kiosk, and nothing else.
  await page.reload()
  await begin()
  await sees(page, t('kiosk.offline.start'))
  await picture(page, 'kiosk-offline-start')
  await press(page, t('kiosk.walkIn'))
  await page.getByLabel(t('kiosk.ask.name')).fill('司马离线')
  await page.getByLabel(t('kiosk.ask.organisation')).fill('断网实业')
  await press(page, t('kiosk.next'))
  await page.getByRole('radio').first().check({ force: true })
  await page.getByLabel(t('kiosk.ask.purpose')).fill('送图纸')
  await page.getByLabel(t('kiosk.ask.phone')).fill('13912340001')
  await press(page, t('kiosk.next'))
  await page.getByLabel(t('kiosk.ask.name')).fill('徐佳怡')
  await press(page, t('kiosk.next'))
  await page
    .getByRole('region', { name: '入园安全须知' })
    .evaluate((box) => box.scrollTo(0, box.scrollHeight))
  await page.getByText(t('agreement.typedInstead')).click()
  await page.getByText(t('agreement.agree')).click()
  const before = Date.now()
  await press(page, t('agreement.sign'))
  await sees(page, t('kiosk.offline.noted', { name: '司马离线' }))
  await picture(page, 'kiosk-offline-noted')
  expect(await violations(page)).toEqual([])
  await press(page, t('kiosk.finish'))
  await sees(page, t('kiosk.offline.waiting', { count: 1 }))
  await picture(page, 'kiosk-offline-waiting')
  expect(await page.content()).not.toContain('司马离线')
  expect(await sealedAtKiosk(page, ['司马离线', '断网实业', '13912340001'])).toMatchObject({
    unsent: 1,
    readable: false,
  })
  expect(await house.rows("select 1 from visit where visitor_name = '司马离线'")).toEqual([])
  await context.setOffline(false)
  const visit = await until('the registration on the server', async () => {
    const rows = await house.rows<{ via: string; arrived_at: Date; agreements_due: number; status: string }>(
      "select via, arrived_at, agreements_due, status from visit where visitor_name = '司马离线'",
    )
    return rows.length > 0 && rows[0]?.agreements_due === 0 ? rows : undefined
  })
  expect(visit).toHaveLength(1)
  expect(visit[0]).toMatchObject({ via: 'kiosk', status: 'asking' })
  // With the time of the act, not of the news.
  expect(Math.abs((visit[0]?.arrived_at.getTime() ?? 0) - before)).toBeLessThan(60_000)
  await until('nothing to wait', async () => (await sealedAtKiosk(page)).unsent === 0)
  // What the browser itself says of a network that is away is no fault of the page.
  expect(kiosk.faults.filter((one) => !/ERR_INTERNET_DISCONNECTED/.test(one))).toEqual([])
})

test('V3 V5 the code of the invitation, typed by a scanner; in English', async () => {
  const desk = await person(browser, house, 'desk', { as: 'desk' })
  const [host] = await house.rows<{ id: string; kind: string }>(
    "select host_id as id, kind from visit where status = 'expected' and host_id is not null limit 1",
  )
  const visit = await api<{ id: string }>(desk, '/visits/announce', {
    ...{ visitorName: 'Ada Byron', kind: host?.kind, purpose: 'meeting', hostId: host?.id },
    ...{ email: 'ada@example.com', language: 'en' },
    expectedAt: new Date(Date.now() + 600_000).toISOString(),
  })
  const [{ code } = { code: '' }] = await house.rows<{ code: string }>(
    'select code from invitation where visit_id = $1',
    [visit.id],
  )
  const { page } = kiosk
  const en = (await person(browser, house, 'gate', { language: 'en' })).t
  await page.goto('/kiosk')
  await begin('English')
  await press(page, en('kiosk.appointment'))
  await sees(page, en('kiosk.scan.title'))
  await scan(page, code)
  await sees(page, en('kiosk.found.title', { name: 'Ada Byron' }))
  expect(await violations(page)).toEqual([])
  await press(page, en('kiosk.yes'))
  await page
    .getByRole('region', { name: 'Safety notes' })
    .evaluate((box) => box.scrollTo(0, box.scrollHeight))
  await page.getByText(en('agreement.typedInstead')).click()
  await page.getByText(en('agreement.agree')).click()
  await press(page, en('agreement.sign'))
  await until('the arrival', async () => {
    const [row] = await house.rows<{ status: string }>('select status from visit where id = $1', [visit.id])
    return row !== undefined && row.status !== 'expected'
  })
})

test('left alone it counts down and forgets; the staff’s PIN takes the browser back', async () => {
  const { page, t } = kiosk
  await page.clock.install()
  await page.goto('/kiosk')
  await begin()
  await press(page, t('kiosk.appointment'))
  await press(page, t('kiosk.scan.byName'))
  await page.getByLabel(t('kiosk.byName.name')).fill('不留痕')
  await page.clock.runFor(45_000)
  await sees(page, t('kiosk.reset.title'))
  await press(page, t('kiosk.reset.more'))
  await page.clock.runFor(20_000)
  expect(await page.getByLabel(t('kiosk.byName.name')).inputValue()).toBe('不留痕')
  await page.clock.runFor(45_000)
  await sees(page, 'English')
  expect(await page.content()).not.toContain('不留痕')
  await page.keyboard.press('Control+Shift+E')
  await page.getByLabel(t('kiosk.exit.pin')).fill(pin)
  await press(page, t('kiosk.exit.send'))
  await sees(page, t('kiosk.pair.title'))
  expect((await kiosk.context.request.get('/api/v1/kiosk/self')).status()).not.toBe(200)
})

test('G5 a kiosk taken out of service is out within the minute, and asks to be paired', async () => {
  const { page, t } = kiosk
  const made = await api<{ kiosk: { id: string }; code: string }>(office, '/kiosks', { name: '大厅二号' })
  await page.goto('/kiosk')
  await page.getByLabel(t('kiosk.pair.code')).fill(made.code)
  await press(page, t('kiosk.pair.send'))
  await sees(page, 'English')
  await api(office, `/kiosks/${made.kiosk.id}/revoke`, {})
  await page.clock.runFor(61_000)
  await sees(page, t('kiosk.pair.title'))
  await page.reload()
  await sees(page, t('kiosk.pair.title'))
})
