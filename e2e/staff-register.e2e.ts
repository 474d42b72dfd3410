/** V20: asked on the phone, agreed by the head, out and back at the gate, on paper. */
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openBrowser, person } from './support/browser.ts'
import { type House, openHouse } from './support/house.ts'
import { picture, press, sees } from './support/look.ts'

let house: House
let browser: Browser

beforeAll(async () => {
  ;[house, browser] = await Promise.all([openHouse('demo'), openBrowser()])
  // Approval is for working hours, and the journey runs at any hour: today and tomorrow are worked through.
  await house.rows(
    `insert into calendar_day (site_id, day, kind, name, hours, source)
     select s.id, (now() at time zone s.zone)::date + n, 'workday', '{"zh":"全天","en":"All day"}',
       '[{"from":"00:00","to":"24:00"}]', 'edited' from site s, generate_series(0, 1) n
     on conflict (site_id, day) do update set kind = excluded.kind, hours = excluded.hours`,
  )
  await house.rows('update calendar_version set version = gen_random_uuid()')
  // Everybody's head is the account `head`.
  await house.rows(
    `update department set head_id = (select employee_id from auth_user where username = 'head')
     where id = (select department_id from employee e join auth_user u on u.employee_id = e.id where u.username = 'host')`,
  )
})
afterAll(async () => {
  await browser?.close()
  await house?.stop()
})

test('V20 request on the phone, approval by the head, out at the gate, back, printed', async () => {
  const [host, head, gate, desk] = await Promise.all([
    person(browser, house, 'phone', { as: 'host' }),
    person(browser, house, 'phone', { as: 'head' }),
    person(browser, house, 'gate', { as: 'gate' }),
    person(browser, house, 'desk', { as: 'desk' }),
  ])
  const { t } = host
  await host.page.goto('/host/outings')
  await press(host.page, t('outing.act.request'))
  await host.page.getByText('私事', { exact: true }).click()
  await picture(host.page, 'outing-request-zh')
  await press(host.page, t('outing.act.send'))
  await sees(host.page, '徐佳怡')
  const [asked] = await house.rows<{ status: string }>('select status from outing')
  expect(asked?.status).toBe('requested')
  await head.page.goto('/host/outings')
  await sees(head.page, '徐佳怡')
  await picture(head.page, 'outing-approve-zh')
  await press(head.page, t('outing.act.approve'))
  await sees(host.page, t('outing.status.approved'))
  await gate.page.goto('/gate/staff')
  await gate.page.getByRole('searchbox', { name: t('outing.gate.search') }).fill('xjy')
  await sees(gate.page, '徐佳怡')
  await press(gate.page, t('outing.act.leave'))
  await sees(host.page, t('outing.status.out'))
  await picture(gate.page, 'staff-gate-zh')
  await gate.page.getByRole('button', { name: t('outing.act.return'), exact: true }).click()
  await sees(host.page, t('outing.status.back'))
  await desk.page.goto('/staff-register')
  await sees(desk.page, '徐佳怡')
  await picture(desk.page, 'staff-register-zh')
  await desk.page.goto('/print/staff-register')
  await sees(desk.page, '员工出入登记表')
  await sees(desk.page, '徐佳怡')
  await picture(desk.page, 'staff-register-paper-zh')
  expect([...host.faults, ...head.faults, ...gate.faults, ...desk.faults]).toEqual([])
})
