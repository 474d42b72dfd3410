/**
 * The switchboard of source B on its own preset: owner and duty salesperson, a busy colleague, complaint overflow,
 * solicitor, dialect, line fault (C4–C11). The desk works by hand, as a house without an exchange does (C15).
 */
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { violations } from './support/axe.ts'
import { openBrowser, type Person, person } from './support/browser.ts'
import { callsOf } from './support/calls.ts'
import { deskOf } from './support/desk.ts'
import { type House, openHouse } from './support/house.ts'
import { picture } from './support/look.ts'
import { until } from './support/until.ts'

const password = 'zhida-front-2026'
let house: House
let browser: Browser
let desk: Person

beforeAll(async () => {
  ;[house, browser] = await Promise.all([openHouse('switchboard'), openBrowser()])
  desk = await person(browser, house, 'desk', { as: 'desk', password })
})
afterAll(async () => {
  await browser?.close()
  await house?.stop()
})

interface Ended {
  readonly id: string
  readonly outcome: string
  readonly hops: readonly string[]
}

/** The newest call of the contact, once it has its outcome; the demo day has ended calls of the same people. */
async function ended(contact: string): Promise<Ended> {
  return await until(`the call of ${contact} having an outcome`, async () => {
    const [row] = await house.rows<Ended>(
      `select c.id, c.outcome, array(select h.target_extension || ' ' || h.result from call_hop h
         where h.call_id = c.id order by h.position) as hops
       from (select * from call where contact_name = $1 order by started_at desc limit 1) c
       where c.outcome is not null`,
      [contact],
    )
    return row
  })
}

async function special(name: 'dialect' | 'line-fault') {
  const { page, t } = desk
  await callsOf(desk)
    .panel()
    .getByRole('button', { name: t('call.more') })
    .click()
  await page.getByRole('menuitem', { name: t(`call.special.${name}`) }).click()
}

test('C5, C6, C10 owner busy: a message is written, and put before the owner the moment she is free', async () => {
  const owner = await person(browser, house, 'phone', { as: 'host', password })
  const says = (said: 'busy' | 'free') =>
    owner.context.request.put('/api/v1/lines/mine', {
      data: { said, until: null },
      headers: { origin: house.url },
    })
  expect((await says('busy')).status()).toBe(200)
  await owner.page.goto('/host')

  const calls = callsOf(desk)
  await deskOf(desk).open()
  await calls.ringAndAnswer('13912345678')
  await calls.ask({ reason: '续费报价' })
  await calls.takeRoute('客户')
  await calls.tryNext('赵敏')
  await calls.result('busy')
  await calls.end('message')
  await picture(desk.page, 'source-b-message')
  await calls.send()
  expect(await ended('林岚')).toMatchObject({ outcome: 'message', hops: ['610 busy'] })
  const waiting = () =>
    house.rows<{ presented_how: string | null }>(
      "select presented_how from message where caller_name = '林岚' and status = 'new'",
    )
  expect(await waiting()).toEqual([{ presented_how: null }])
  expect((await says('free')).status()).toBe(200)
  await until(
    'the message being put before her',
    async () => (await waiting())[0]?.presented_how === 'said-free',
  )
  await owner.page.getByText('续费报价').first().waitFor()
  await picture(owner.page, 'source-b-presented')
  expect(await violations(owner.page)).toEqual([])
  expect([...desk.faults, ...owner.faults]).toEqual([])
  await owner.context.close()
  await calls.key('Enter')
})

test('C5 nobody’s customer: duty salesperson, the manager, then company and phone for a callback', async () => {
  const calls = callsOf(desk)
  await deskOf(desk).open()
  await calls.ringAndAnswer('13712340003')
  await calls.ask({ reason: '想了解会员套餐' })
  await calls.takeRoute('客户')
  await calls.tryNext('郭凯')
  await calls.result('no-answer')
  await calls.tryNext('裴东')
  await calls.result('busy')
  await calls.end('callback')
  await calls.send()
  const call = await ended('何叶')
  expect(call).toMatchObject({ outcome: 'callback', hops: ['611 no-answer', '600 busy'] })
  const [promise] = await house.rows('select status, kind, owner_name from callback where call_id = $1', [
    call.id,
  ])
  expect(promise).toMatchObject({ status: 'promised', kind: 'cascade', owner_name: '郭凯' })
  await calls.key('Enter')
})

test('C7 complaint: 8000, 8300, both busy; customer service owes a callback within 15 minutes', async () => {
  const calls = callsOf(desk)
  await deskOf(desk).open()
  await calls.ringAndAnswer('13712340001')
  await calls.ask({ reason: '投诉,要求退款' })
  await calls.takeRoute('投诉')
  await calls.tryNext('客服热线')
  await calls.result('busy')
  await calls.tryNext('客服热线二')
  await calls.result('busy')
  await calls.sees('15')
  await picture(desk.page, 'source-b-complaint')
  expect(await violations(desk.page)).toEqual([])
  await calls.end('callback')
  await calls.send()
  const call = await ended('王芳')
  const [promise] = await house.rows(
    `select kind, owner_kind, owner_id, round(extract(epoch from due_at - promised_at) / 60)::int as minutes
     from callback where call_id = $1`,
    [call.id],
  )
  expect(promise).toEqual({ kind: 'complaint', owner_kind: 'post', owner_id: 'agent', minutes: 15 })
  await calls.key('Enter')
})

test('C8 a sales pitch is declined after the three questions, and nobody was disturbed', async () => {
  const calls = callsOf(desk)
  await deskOf(desk).open()
  await calls.ringAndAnswer('4008001234')
  // What is pitched is refused at once: no route has to be chosen, the courteous wording stands there.
  await calls.ask({ organisation: '飞跃推广', name: '钱多多', reason: '推广 SEO 套餐' })
  await calls.sees('谢谢您来电')
  await calls.end('declined')
  await calls.panel().getByRole('form').waitFor()
  await desk.page.keyboard.type('推广套餐')
  await calls.send()
  expect(await ended('钱多多')).toMatchObject({ outcome: 'declined', hops: [] })
  await calls.key('Enter')
})

test('C11 a dialect: colleagues who speak it stand there with their lamps; one takes the call', async () => {
  const { page, t } = desk
  const calls = callsOf(desk)
  await deskOf(desk).open()
  await calls.ringAndAnswer('13712340009')
  await calls.ask({ organisation: '潮味酒家', name: '陈阿婆', reason: '听不清' })
  await special('dialect')
  await page.keyboard.type('潮汕话')
  await calls.key('Control+Enter')
  await calls.sees('郭凯')
  await picture(page, 'source-b-dialect')
  await calls
    .panel()
    .getByRole('button', { name: t('call.try.run') })
    .first()
    .click()
  await calls.sees(t('call.wait.with', { name: '郭凯' }))
  await calls.result('answered')
  await calls.end('put-through')
  expect(await ended('陈阿婆')).toMatchObject({ outcome: 'put-through', hops: ['611 answered'] })
  await calls.key('Enter')
})

test('C11 a line fault: the line is reported, the customer is reached another way', async () => {
  const { page } = desk
  const calls = callsOf(desk)
  await deskOf(desk).open()
  await calls.ringAndAnswer('13712340008')
  await calls.ask({ organisation: '远航外贸', name: '吕一航', reason: '杂音很大' })
  await special('line-fault')
  await page.keyboard.type('有回声')
  await calls.key('Control+Enter')
  await until('the line being reported', async () => {
    const rows = await house.rows(
      "select 1 from task where kind = 'call.line-fault' and owner_id = 'technician' and status = 'open'",
    )
    return rows.length === 1
  })
  await calls.end('callback')
  await calls.send()
  const call = await ended('吕一航')
  const [promise] = await house.rows('select kind, status from callback where call_id = $1', [call.id])
  expect(promise).toEqual({ kind: 'line-fault', status: 'promised' })
  expect(desk.faults).toEqual([])
})
