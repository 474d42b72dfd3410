/** V1 V4 V5 V8 V10 V11 V18: a stranger at the gate, until the gate closes behind them; gate, host and desk at once. */
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openBrowser, person } from './support/browser.ts'
import { deskOf } from './support/desk.ts'
import { gateOf } from './support/gate.ts'
import { type House, openHouse } from './support/house.ts'
import { keepOpen, picture, press, sees } from './support/look.ts'

let house: House
let browser: Browser

beforeAll(async () => {
  ;[house, browser] = await Promise.all([openHouse('demo'), openBrowser()])
})
afterAll(async () => {
  await browser?.close()
  await house?.stop()
})

test('V5 V8 V10 V11 walk-in general visitor: gate, host’s phone, desk, sign-off, exit, all live on three screens', async () => {
  const [guard, receptionist, host] = await Promise.all([
    person(browser, house, 'gate', { as: 'gate' }),
    person(browser, house, 'desk', { as: 'desk' }),
    person(browser, house, 'phone'),
  ])
  const [gate, desk] = [gateOf(guard), deskOf(receptionist)]
  await Promise.all([gate.open(), desk.open()])
  const notReloaded = await Promise.all([keepOpen(guard.page), keepOpen(receptionist.page)])
  await picture(guard.page, 'gate-list-zh')
  await picture(receptionist.page, 'desk-console-zh')

  await gate.fill({
    name: '韩立群',
    kind: '客户',
    organisation: '蓝湾自动化',
    purpose: '看样品',
    host: { typed: 'xjy', name: '徐佳怡' },
  })
  await picture(guard.page, 'gate-entry-zh')
  await gate.ask()
  await gate.sees(guard.t('visits.gate.head.asking', { name: '徐佳怡' }))
  await desk.card('waiting', '韩立群').waitFor()
  await picture(guard.page, 'gate-asking-zh')

  // The host has no account at hand, only the letter.
  await host.page.goto(await house.linkFor('xu.jiayi@hengchuan.example', '韩立群'))
  await host.page.getByRole('heading', { name: '韩立群' }).waitFor()
  await sees(host.page, '蓝湾自动化')
  await sees(host.page, '看样品')
  const stillTheSame = await keepOpen(host.page)
  await picture(host.page, 'phone-asked-zh')
  await press(host.page, host.t('visits.answers.host.receive.word'))
  await sees(host.page, host.t('visits.host.state.admitted', { name: '徐佳怡' }))

  await gate.sees(/徐佳怡 可以接待/)
  await desk.sees(receptionist.t('visit.news.answered', { host: '徐佳怡', name: '韩立群' }))
  await picture(guard.page, 'gate-answered-zh')

  // Document and pass at the desk; the gate sees the number come.
  await desk.openVisit('waiting', '韩立群')
  await picture(receptionist.page, 'desk-visit-zh')
  await desk.act('checkDocument')
  await desk.panel().getByLabel(receptionist.t('visit.document.number')).fill('440524188001010014')
  await desk
    .panel()
    .locator('form')
    .getByRole('button', { name: receptionist.t('visit.act.checkDocument') })
    .click()
  await sees(desk.panel(), '************0014')
  await desk.act('issuePass')
  const pass =
    (await desk
      .panel()
      .getByText(/^A\d{3}$/)
      .first()
      .textContent()) ?? ''
  await guard.page.getByText(pass).first().waitFor()
  await desk.act('meet')
  await desk.card('meeting', '韩立群').waitFor()

  await press(host.page, host.t('visits.host.sign'))
  await sees(host.page, host.t('visits.host.state.signed'))
  await desk.card('leaving', '韩立群').waitFor()
  await picture(host.page, 'phone-signed-zh')

  await gate.answer('release', '韩立群')
  await gate.sees(guard.t('visits.gate.release.pass', { number: pass }))
  await picture(guard.page, 'gate-release-zh')
  await press(guard.page, guard.t('visits.gate.release.run'))
  await guard.page.getByRole('button', { name: guard.t('visits.gate.scan.open') }).waitFor()
  await sees(host.page, host.t('visits.host.state.left'))
  await desk.panel().getByText(receptionist.t('visit.now.left')).waitFor()

  const [left] = await house.rows<{ status: string; left_at: Date | null; late_signature: boolean }>(
    "select status, left_at, late_signature from visit where visitor_name = '韩立群'",
  )
  expect(left).toMatchObject({ status: 'left', late_signature: false })
  expect(left?.left_at).toBeInstanceOf(Date)
  const [back] = await house.rows<{ status: string }>('select status from pass where number = $1', [pass])
  expect(back?.status).toBe('in_stock')
  for (const same of [...notReloaded, stillTheSame]) expect(await same()).toBe(true)
  expect([...guard.faults, ...receptionist.faults, ...host.faults]).toEqual([])
  await Promise.all([guard, receptionist, host].map(({ context }) => context.close()))
})
