/** Important guests, emergencies and the security call in real browsers (V7, V14, V16). */
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openBrowser, type Person, person } from './support/browser.ts'
import { type House, openHouse } from './support/house.ts'
import { picture, press, sees } from './support/look.ts'
import { until } from './support/until.ts'

let house: House
let browser: Browser
let guard: Person
let receptionist: Person

beforeAll(async () => {
  ;[house, browser] = await Promise.all([openHouse('demo'), openBrowser()])
  ;[guard, receptionist] = await Promise.all([
    person(browser, house, 'gate', { as: 'gate', language: 'en' }),
    person(browser, house, 'desk', { as: 'desk' }),
  ])
})
afterAll(async () => {
  await browser?.close()
  await house?.stop()
})

test('V7 the executive’s word, the gate, the desk, the way out, the car', async () => {
  const director = await person(browser, house, 'phone', { as: 'director' })
  await director.page.goto('/host/warn')
  await director.page.getByLabel(director.t('important.warn.guest')).fill('陆院士')
  await director.page.getByLabel(director.t('important.warn.plates')).fill('粤b·12345')
  await picture(director.page, 'phone-warn-zh')
  await press(director.page, director.t('important.warn.send'))
  await sees(director.page, director.t('important.warn.sent'))
  await director.context.close()

  await Promise.all([guard.page.goto('/gate/important'), receptionist.page.goto('/important')])
  const atGate = guard.page.getByRole('listitem').filter({ hasText: '陆院士' })
  const atDesk = receptionist.page.getByRole('listitem').filter({ hasText: '陆院士' })
  await sees(atGate, '粤B·12345')
  await press(atGate, guard.t('important.step.acknowledge'))
  await press(atGate, guard.t('important.arrived'))
  await press(atDesk, receptionist.t('important.step.lead-in'))
  await press(atDesk, receptionist.t('important.step.leaving'))
  await picture(guard.page, 'gate-important-en')
  await press(atGate, guard.t('important.step.gate-told'))
  await press(atGate, guard.t('important.step.driver-told'))
  await press(atGate, guard.t('important.release'))
  await until('the car being out', async () => {
    const [car] = await house.rows<{ out_at: Date | null }>(
      "select out_at from visit_vehicle where plate = '粤B12345'",
    )
    return car?.out_at != null
  })
})

test('V14 let in at once, registered afterwards', async () => {
  await guard.page.goto('/gate/emergencies')
  await guard.page.getByLabel(guard.t('emergency.place')).fill('三号车间')
  await press(guard.page, /Ambulance/)
  const card = guard.page.getByRole('listitem').filter({ hasText: '三号车间' })
  await press(card, guard.t('emergency.register'))
  await card.getByLabel(guard.t('emergency.who')).fill('刘医生')
  await card.getByLabel(guard.t('emergency.organisation')).fill('市急救中心')
  await card.getByLabel(guard.t('emergency.purpose')).fill('送医')
  await press(card, guard.t('emergency.save'))
  await sees(card, guard.t('emergency.registered'))
})

test('V16 one key at the desk, heard at the gate', async () => {
  await Promise.all([guard.page.goto('/gate'), receptionist.page.goto('/')])
  await receptionist.page.getByRole('heading', { name: receptionist.t('visit.console.now') }).waitFor()
  await receptionist.page.keyboard.press('!')
  await sees(receptionist.page, receptionist.t('incident.status.open'))
  await picture(guard.page, 'gate-alarm-en')
  await press(guard.page, guard.t('incident.act.acknowledge'))
  await sees(receptionist.page, receptionist.t('incident.status.acknowledged'))
  const [call] = await house.rows<{ status: string }>(
    'select status from incident order by raised_at desc limit 1',
  )
  expect(call?.status).toBe('acknowledged')
})

test('V16 the key counts before the page is whole', async () => {
  const early = await person(browser, house, 'desk', { as: 'desk' })
  const arrived = Promise.withResolvers<void>()
  await early.context.route('**/alarms-*.js', async (route) => {
    await arrived.promise
    await route.continue()
  })
  await early.page.goto('/')
  await early.page.getByRole('heading', { name: early.t('visit.console.now') }).waitFor()
  const calls = async () => (await house.rows<{ id: string }>('select id from incident')).length
  const before = await calls()
  await early.page.keyboard.press('!')
  arrived.resolve()
  await sees(early.page, early.t('incident.status.open'))
  await until('one more call', async () => (await calls()) === before + 1)
  expect(early.faults).toEqual([])
  await early.context.close()
})

test('no screen of these journeys had a fault of its own', () => {
  expect([...guard.faults, ...receptionist.faults]).toEqual([])
})
