/** V22 V11: a contractor whose insurance has run out is refused at the gate, the paper is renewed, and a scan lets him in. */
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openBrowser, type Person, person } from './support/browser.ts'
import { type House, openHouse } from './support/house.ts'
import { picture, press, sees } from './support/look.ts'

let house: House
let browser: Browser
let guard: Person
let desk: Person

beforeAll(async () => {
  ;[house, browser] = await Promise.all([openHouse('demo'), openBrowser()])
  ;[guard, desk] = await Promise.all([
    person(browser, house, 'gate', { as: 'gate' }),
    person(browser, house, 'desk', { as: 'desk' }),
  ])
})
afterAll(async () => {
  await browser?.close()
  await house?.stop()
})

test('V22 V12 expired insurance: refused with the reason; renewed: in by scan, on record', async () => {
  const { page, t } = desk
  await page.goto('/permits?open=new')
  const panel = page.getByRole('region', { name: t('permits.new') })
  await panel.locator('input[name="holderName"]').fill('邓师傅')
  await panel.locator('input[name="organisation"]').fill('安捷电梯维保')
  // The journey runs on any day at any hour.
  for (const day of ['6', '7']) await panel.getByLabel(t(`permits.weekday.${day}`)).check()
  await panel.getByLabel(new RegExp(`^${t('permits.field.from')}`)).fill('00:00')
  await panel.getByLabel(new RegExp(`^${t('permits.field.to')}`)).fill('00:00')
  await press(panel, t('permits.paper.add'))
  await panel.getByLabel(new RegExp(`^${t('permits.paper.kind')}`)).fill('工伤保险')
  await panel.getByLabel(new RegExp(`^${t('permits.paper.expiresOn')}`)).fill('2025-01-31')
  await picture(page, 'permit-form-zh')
  await press(panel, t('permits.saveDraft'))
  await sees(page, t('permits.status.draft'))
  await press(page, t('permits.order.activate'))
  await sees(page, t('permits.reason.paper-expired', { paper: '工伤保险' }))
  const [permit] = await house.rows<{ id: string; number: string }>(
    "select id, 'P' || lpad(number::text, 5, '0') as number from permit where holder_name = '邓师傅'",
  )
  if (permit === undefined) throw new Error('no permit was kept')

  const gate = guard.page
  await gate.goto('/gate?act=scan')
  await gate.getByLabel(guard.t('visits.gate.scan.number')).fill(permit.number)
  await press(gate, guard.t('visits.gate.scan.look'))
  await sees(gate, guard.t('permits.comeIn.refused', { name: '邓师傅', number: permit.number }))
  await sees(gate, guard.t('permits.reason.paper-expired', { paper: '工伤保险' }))
  await picture(gate, 'permit-refused-gate-zh')

  await page.goto(`/permits?permit=${permit.id}`)
  await sees(page, t('permits.journal.refused'))
  await press(page, t('permits.edit'))
  await page.getByLabel(new RegExp(`^${t('permits.paper.expiresOn')}`)).fill('2031-01-31')
  await press(page, t('permits.save'))
  await sees(page, t('permits.opensNow'))
  await page.goto(`/print/permits/${permit.id}`)
  await sees(page, permit.number)
  await picture(page, 'permit-card-zh')

  await gate.goto('/gate?act=scan')
  await gate.getByLabel(guard.t('visits.gate.scan.number')).fill(permit.number)
  await press(gate, guard.t('visits.gate.scan.look'))
  await sees(gate, guard.t('permits.comeIn.in', { name: '邓师傅' }))
  await picture(gate, 'permit-in-gate-zh')
  const visits = await house.rows<{ status: string }>('select status from visit where permit_id = $1', [
    permit.id,
  ])
  expect(visits).toEqual([{ status: 'admitted' }])
  await page.goto(`/permits?permit=${permit.id}`)
  await sees(page, t('permits.inside'))
  expect([...desk.faults, ...guard.faults]).toEqual([])
})
