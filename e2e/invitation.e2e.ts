/** An invitation by e-mail: caught, its calendar read, the guest completes and signs on a phone, and may cancel (V3, V11, V13). */
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { violations } from './support/axe.ts'
import { openBrowser, type Person, person } from './support/browser.ts'
import { type House, openHouse } from './support/house.ts'
import { picture, press, sees } from './support/look.ts'

let house: House
let browser: Browser
let desk: Person
let office: Person

beforeAll(async () => {
  ;[house, browser] = await Promise.all([openHouse('demo'), openBrowser()])
  desk = await person(browser, house, 'desk', { as: 'desk' })
  office = await person(browser, house, 'desk', { as: 'office' })
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

test('V3 V11 V13 the guest opens the link, completes, signs and cancels; the desk sees each', async () => {
  const made = await api<{ id: string; version: number }>(office, '/agreements', {
    purpose: 'privacy',
    title: { zh: '隐私告知', en: 'Privacy notice' },
    body: { zh: '我们保存您的资料三十天。', en: 'We keep your data for thirty days.' },
  })
  await api(office, `/agreements/${made.id}/publish`, { version: made.version })
  const [host] = await house.rows<{ id: string; kind: string }>(
    "select host_id as id, kind from visit where status = 'expected' and host_id is not null limit 1",
  )
  const visit = await api<{ id: string }>(desk, '/visits/announce', {
    ...{ visitorName: '欧阳约', kind: host?.kind, purpose: '评审', hostId: host?.id },
    email: 'ouyang@example.com',
    expectedAt: new Date(Date.now() + 3_600_000).toISOString(),
  })
  const link = await house.linkFor('ouyang@example.com', '欧阳约')
  const guest = await person(browser, house, 'phone')
  const { page, t } = guest
  await page.goto(link)
  await sees(page, t('guest.state.open'))
  expect(page.url()).not.toContain('link=')
  await picture(page, 'guest-phone')
  expect(await violations(page)).toEqual([])
  // The calendar file is the visit's own.
  const [download] = await Promise.all([page.waitForEvent('download'), press(page, t('guest.calendar'))])
  const chunks: Buffer[] = []
  for await (const chunk of await download.createReadStream()) chunks.push(Buffer.from(chunk))
  const calendar = Buffer.concat(chunks).toString()
  expect(calendar).toMatch(/^BEGIN:VCALENDAR\r?\n/)
  expect(calendar).toContain(`UID:${visit.id}@foyer`)
  expect(calendar).toMatch(/DTSTART:\d{8}T\d{6}Z/)
  await page.getByLabel(t('guest.plate')).fill('粤B12345')
  await page.getByLabel(t('guest.companions')).fill('小欧')
  await press(page, t('guest.save'))
  await sees(page, t('guest.saved'))
  await press(page, t('guest.read'))
  await page.getByText(t('agreement.typedInstead')).click()
  await page.getByText(t('agreement.agree')).click()
  await press(page, t('agreement.sign'))
  await sees(page, t('guest.allSigned'))
  const [row] = await house.rows<{ plate: string; party_size: number; agreements_due: number }>(
    'select plate, party_size, agreements_due from visit where id = $1',
    [visit.id],
  )
  expect(row).toEqual({ plate: '粤B12345', party_size: 2, agreements_due: 0 })
  await desk.page.goto(`/?visit=${visit.id}`)
  await sees(desk.page, desk.t('agreement.ofVisit'))
  await sees(desk.page, desk.t('invitation.status.sent'))
  await picture(desk.page, 'visit-guest-desk')
  // The same on paper, for whoever reads no e-mail.
  await press(desk.page, desk.t('invitation.print'))
  const [sheet] = await Promise.all([
    desk.page.waitForEvent('download'),
    desk.page.getByRole('menuitem', { name: desk.t('invitation.sheet.zhA5') }).click(),
  ])
  const pages: Buffer[] = []
  for await (const chunk of await sheet.createReadStream()) pages.push(Buffer.from(chunk))
  expect(Buffer.concat(pages).subarray(0, 5).toString()).toBe('%PDF-')
  await press(page, t('guest.cancel'))
  await press(page, t('guest.cancelSend'))
  await sees(page, t('guest.state.cancelled'))
  expect(guest.faults).toEqual([])
})
