/** V12 G5: somebody on the watch list comes to the gate under another spelling and telephone; neutral words there, a person decides elsewhere. */
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openBrowser, type Person, person } from './support/browser.ts'
import { deskOf } from './support/desk.ts'
import { gateOf } from './support/gate.ts'
import { type House, openHouse } from './support/house.ts'
import { pick, picture, press, sees } from './support/look.ts'
import { until } from './support/until.ts'

let house: House
let browser: Browser
let guard: Person
let duty: Person
let office: Person

beforeAll(async () => {
  ;[house, browser] = await Promise.all([openHouse('demo'), openBrowser()])
  ;[guard, duty, office] = await Promise.all([
    person(browser, house, 'gate', { as: 'gate' }),
    person(browser, house, 'desk', { as: 'duty' }),
    person(browser, house, 'desk', { as: 'office' }),
  ])
})
afterAll(async () => {
  await browser?.close()
  await house?.stop()
})

const telling = /名单|可疑|阻止|闹事|催讨|watch/i

async function list(entry: { name: string; organisation: string; phone: string; reason: string }) {
  const { page, t } = duty
  await page.goto('/watch-list')
  await press(page, t('watch.add'))
  const panel = page.getByRole('region', { name: t('watch.add') })
  // What is required says so behind its name.
  const field = (name: string) =>
    panel.getByRole('textbox', { name: new RegExp(`^${t(`watch.field.${name}`)}`) })
  await field('name').fill(entry.name)
  await field('organisation').fill(entry.organisation)
  await field('phones').fill(entry.phone)
  await field('reason').fill(entry.reason)
  await picture(page, `watch-form-${entry.name}`)
  await press(panel, t('watch.save'))
  const kept = page.getByRole('region', { name: entry.name })
  await sees(kept, entry.reason)
  await sees(kept, t('watch.status.active'))
}

const visitsOf = (name: string) =>
  house.rows<{ id: string; status: string; hits: number }>(
    `select v.id, v.status, (select count(*)::int from watch_hit h where h.visit_id = v.id) as hits
     from visit v where replace(v.visitor_name, ' ', '') = $1 order by v.created_at`,
    [name],
  )

async function comes(name: string) {
  const gate = gateOf(guard)
  await gate.open()
  await gate.fill({
    name,
    kind: '客户',
    organisation: '蓝湾自动化',
    purpose: '看样品',
    host: { typed: 'xjy', name: '徐佳怡' },
  })
  await gate.ask()
}

test('V12 another telephone, a space in the name: "please have a seat" at the gate; the duty manager decides; the pair is not alerted again', async () => {
  await list({
    name: '曹雨田',
    organisation: '蓝湾自动化有限公司',
    phone: '138 0013 8000',
    reason: '曾在大厅闹事',
  })
  await deskOf(duty).open()
  await comes('曹 雨田')
  await sees(guard.page, guard.t('visits.gate.head.held'))
  // Neither reason nor the word stands anywhere on the guard's screen, nor in what came over the wire.
  expect(await guard.page.locator('body').textContent()).not.toMatch(telling)
  await picture(guard.page, 'watch-gate-held-zh')
  const [first] = await visitsOf('曹雨田')
  expect(first).toMatchObject({ status: 'held', hits: 1 })
  const wire = await guard.context.request.get(`/api/v1/visits/${first?.id}`)
  expect(await wire.text()).not.toMatch(/watch|闹事|名单/)
  expect((await guard.context.request.get(`/api/v1/visits/${first?.id}/watch-hits`)).status()).toBe(403)

  const { page, t } = duty
  const desk = deskOf(duty)
  await desk
    .lane('now')
    .getByText(/曹\s?雨田/)
    .first()
    .waitFor()
  await picture(page, 'watch-now-zh')
  const top = desk
    .lane('now')
    .getByRole('listitem')
    .filter({ hasText: /曹\s?雨田/ })
    .first()
  await sees(top, /曹\s?雨田/)
  await top
    .getByRole('button', { name: /曹\s?雨田/ })
    .first()
    .click()
  const decision = desk.panel().getByRole('region', { name: t('watch.decision.title') })
  await sees(decision, '曾在大厅闹事')
  await picture(page, 'watch-decision-zh')
  await press(decision, t('watch.decide.not-same-person'))
  // No decision without what it rests on.
  await sees(decision, t('field.required'))
  await decision.getByLabel(t('watch.decision.note')).fill('看了身份证，同名不同人')
  await press(decision, t('watch.decide.not-same-person'))
  await sees(guard.page, guard.t('visits.gate.head.asking', { name: '徐佳怡' }))

  await comes('曹 雨田')
  await sees(guard.page, guard.t('visits.gate.head.asking', { name: '徐佳怡' }))
  expect((await visitsOf('曹雨田')).map(({ status, hits }) => ({ status, hits }))).toEqual([
    { status: 'asking', hits: 1 },
    { status: 'asking', hits: 0 },
  ])
})

test('V12 who registered cannot let in alone; another person confirms: refused, suspicious, on record', async () => {
  await list({ name: '邱铁生', organisation: '蓝湾自动化', phone: '13900139000', reason: '冒名催讨' })
  const { page, t } = duty
  const desk = deskOf(duty)
  await desk.open()
  await page.keyboard.press('v')
  await page.getByRole('combobox', { name: t('visit.field.visitorName') }).fill('邱铁生')
  await page.getByLabel(t('visit.field.organisation')).fill('蓝湾自动化')
  await page.getByLabel(t('visit.field.purpose')).fill('看样品')
  await page.locator('select[name="kind"]').selectOption({ label: '客户' })
  await pick(page, t('visit.field.host'), 'xjy', '徐佳怡')
  await page.keyboard.press('Control+Enter')
  const decision = (who: Person) => who.page.getByRole('region', { name: who.t('watch.decision.title') })
  await sees(decision(duty), t('watch.decision.secondPerson'))
  expect(
    await decision(duty)
      .getByRole('button', { name: t('watch.decide.let-in') })
      .count(),
  ).toBe(0)
  await picture(page, 'watch-second-person-zh')
  const [visit] = await visitsOf('邱铁生')
  expect(visit?.status).toBe('held')

  await office.page.goto(`/register?visit=${visit?.id}`)
  await decision(office).getByLabel(office.t('watch.decision.note')).fill('保安认出本人')
  await picture(office.page, 'watch-office-zh')
  await press(decision(office), office.t('watch.decide.confirmed'))
  await until('refused', async () => (await visitsOf('邱铁生'))[0]?.status === 'refused')
  await sees(desk.panel(), t('visit.status.refused'))

  await page.goto('/refusals')
  const row = page.getByRole('row').filter({ hasText: '邱铁生' })
  await sees(row, t('watch.refusals.suspicious'))
  await picture(page, 'watch-refusals-zh')
  await page.goto('/watch-list')
  await press(page.getByRole('row').filter({ hasText: '邱铁生' }), '邱铁生')
  await sees(page.getByRole('region', { name: '邱铁生' }), t('watch.journal.matched'))
  await picture(page, 'watch-list-zh')
  expect([...guard.faults, ...duty.faults, ...office.faults]).toEqual([])
})
