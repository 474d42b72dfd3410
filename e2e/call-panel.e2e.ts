/** C1 C2 C4 C9 C10 G7: a caller, a colleague who is busy, and nothing gets lost; from ring to outcome by keyboard alone. */
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openBrowser, type Person, person } from './support/browser.ts'
import { callsOf } from './support/calls.ts'
import { deskOf } from './support/desk.ts'
import { type House, openHouse } from './support/house.ts'
import { picture } from './support/look.ts'
import { until } from './support/until.ts'

let house: House
let browser: Browser
let receptionist: Person

beforeAll(async () => {
  ;[house, browser] = await Promise.all([openHouse('demo'), openBrowser()])
  receptionist = await person(browser, house, 'desk', { as: 'desk' })
})
afterAll(async () => {
  await browser?.close()
  await house?.stop()
})

test('C1 C4 colleague busy, manager does not answer: a callback is promised, in Chinese, without a mouse', async () => {
  const { page, t } = receptionist
  const desk = deskOf(receptionist)
  const calls = callsOf(receptionist)
  await desk.open()
  await calls.key('c')
  await calls
    .panel()
    .getByRole('heading', { name: t('call.new.title') })
    .waitFor()
  await picture(page, 'call-new-zh')
  await page.keyboard.insertText('13800002222')
  await calls.key('Enter')
  await calls.sees(t('call.stateNow.open'))
  await picture(page, 'call-ask-zh')
  await calls.ask({
    organisation: '蓝湾自动化',
    name: '韩立群',
    reason: '约周五碰面',
    wanted: { typed: 'xjy', name: '徐佳怡' },
  })
  await picture(page, 'call-route-zh')
  await calls.takeRoute('找某位同事')
  await picture(page, 'call-try-zh')
  await calls.tryNext('徐佳怡')
  await picture(page, 'call-wait-zh')
  await calls.result('busy')
  await calls
    .panel()
    .getByRole('region', { name: t('call.try.title') })
    .waitFor()
  await calls.key('Enter')
  await calls.result('no-answer')
  await picture(page, 'call-end-zh')
  await calls.end('callback')
  await picture(page, 'call-callback-zh')
  await calls.send()
  await calls.sees(t('call.outcome.callback'))
  await picture(page, 'call-closed-zh')
  const [row] = await house.rows<{ status: string; outcome: string; hops: number; rings: number | null }>(
    `select c.status, c.outcome, c.rings, (select count(*)::int from call_hop h where h.call_id = c.id) as hops
       from call c where c.contact_name = '韩立群'`,
  )
  expect(row).toMatchObject({ status: 'closed', outcome: 'callback', hops: 2, rings: 1 })
  const [promise] = await house.rows<{ status: string; minutes: number }>(
    `select b.status, round(extract(epoch from b.due_at - b.promised_at) / 60)::int as minutes
       from callback b join call c on c.id = b.call_id where c.contact_name = '韩立群'`,
  )
  expect(promise).toMatchObject({ status: 'promised' })
  await calls.key('Enter')
  await calls.now('韩立群').waitFor({ state: 'detached' })
  expect(receptionist.faults).toEqual([])
})

test('C10 a message instead, in English; taken back and given again', async () => {
  const visitor = await person(browser, house, 'desk', { as: 'desk', language: 'en' })
  const { page, t } = visitor
  const desk = deskOf(visitor)
  const calls = callsOf(visitor)
  await desk.open()
  await calls.ringAndAnswer('02866668888')
  await calls.ask({
    organisation: 'Rhine Tools',
    name: 'Anna Weber',
    reason: 'lunch on Friday',
    wanted: { typed: 'xjy', name: '徐佳怡' },
  })
  await picture(page, 'call-route-en')
  await calls
    .panel()
    .getByRole('region', { name: t('call.route.title') })
    .locator(':focus')
    .waitFor()
  await calls.key('Enter')
  await calls
    .panel()
    .getByRole('region', { name: t('call.try.title') })
    .waitFor()
  await picture(page, 'call-try-en')
  await calls.end('message')
  await picture(page, 'call-message-en')
  await calls.send()
  await calls.sees(t('call.outcome.message'))
  await picture(page, 'call-closed-en')
  await calls.key('z')
  await calls
    .panel()
    .getByRole('region', { name: t('call.try.title') })
    .waitFor()
  await until('the message being withdrawn', async () => {
    const rows = await house.rows<{ status: string }>(
      "select status from message where caller_name = 'Anna Weber'",
    )
    return rows.length === 1 && rows[0]?.status === 'withdrawn'
  })
  await calls.key('m')
  await calls.send()
  await calls.sees(t('call.outcome.message'))
  const [row] = await house.rows<{ outcome: string; n: number }>(
    `select c.outcome, (select count(*)::int from message m where m.call_id = c.id and m.status = 'new') as n
       from call c where c.contact_name = 'Anna Weber'`,
  )
  expect(row).toEqual({ outcome: 'message', n: 1 })
  expect(visitor.faults).toEqual([])
  await visitor.context.close()
})
