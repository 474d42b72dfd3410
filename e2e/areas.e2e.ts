/**
 * V9 V13 V11 V21: a restricted area is made, a visitor announced for it, its head agrees on the phone, the gate lets in;
 * a door outside the pass, a forged code and an expired pass are refused and on record; the escort is named and asked for.
 */
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { violations } from './support/axe.ts'
import { openBrowser, type Person, person } from './support/browser.ts'
import { type House, openHouse } from './support/house.ts'
import { pick, picture, press, sees } from './support/look.ts'
import { until } from './support/until.ts'

let house: House
let browser: Browser
beforeAll(async () => {
  ;[house, browser] = await Promise.all([openHouse('demo'), openBrowser()])
})
afterAll(async () => {
  await browser?.close()
  await house?.stop()
})

const visitor = '骆以明'
const refusals = async () =>
  (
    await house.rows<{ verdict: string; area: string | null }>(
      `select data->>'verdict' as verdict, data->>'area' as area from journal
       where action = 'pass.scan-refused' and data->>'area' is not null order by id`,
    )
  ).map(({ verdict, area }) => `${verdict} ${area ?? ''}`.trim())

async function look({ page, t }: Person, code: string) {
  await page.getByLabel(t('visits.gate.scan.number')).fill(code)
  await press(page, t('visits.gate.scan.look'))
}

test('V9 V13 from a restricted area to the exit', async () => {
  const [office, host, head, gate, desk] = await Promise.all([
    person(browser, house, 'desk', { as: 'office' }),
    person(browser, house, 'phone', { as: 'host' }),
    person(browser, house, 'phone', { as: 'head' }),
    person(browser, house, 'gate', { as: 'gate' }),
    person(browser, house, 'desk', { as: 'desk' }),
  ])
  const { t } = office

  // The office makes the area; its head is a colleague by name.
  await office.page.goto('/areas')
  await press(office.page, t('area.add'))
  const panel = office.page.getByRole('region', { name: t('area.add') })
  await panel.getByLabel(t('area.nameZh')).fill('样品陈列室')
  await panel.getByLabel(t('area.nameEn')).fill('Sample room')
  await panel.getByRole('checkbox').check()
  await pick(panel, t('area.responsible'), '周昊', '周昊')
  await panel.getByLabel(t('area.wayZh')).fill('3 号楼 2 层，出电梯左转')
  await panel.getByLabel(t('area.wayEn')).fill('Building 3, floor 2, left of the lift')
  await picture(office.page, 'areas-form-zh')
  await press(panel, t('area.save'))
  const row = office.page.getByRole('row').filter({ hasText: '样品陈列室' })
  await sees(row, '周昊')
  expect(await violations(office.page)).toEqual([])

  // The host announces somebody for it, on the phone.
  await host.page.goto('/host')
  await press(host.page, t('visits.host.announce.open'))
  await host.page.locator('input[name="visitorName"]').fill(visitor)
  await host.page.locator('input[name="organisation"]').fill('联达设备')
  await host.page.locator('input[name="purpose"]').fill('看样')
  await pick(host.page, t('area.field.label'), '样品', /样品陈列室/)
  await sees(host.page, t('area.field.asks'))
  await picture(host.page, 'areas-announce-phone-zh')
  await press(host.page, t('visits.host.announce.run'))
  const visit = await until('the visit', async () => {
    const [found] = await house.rows<{ id: string; areas: string[] }>(
      'select id, areas from visit where visitor_name = $1',
      [visitor],
    )
    return found
  })
  expect(visit.areas).toContain('样品陈列室')

  // The head agrees with one thumb.
  await head.page.goto('/host/areas')
  const question = head.page.getByRole('article').filter({ hasText: visitor })
  await sees(question, '样品陈列室')
  await picture(head.page, 'areas-approve-phone-zh')
  expect(await violations(head.page)).toEqual([])
  await press(question, t('area.act.approve'))
  await sees(question, t('area.status.approved'))

  // Arrived: checked in at the desk, the escort named for the stay.
  await desk.page.goto(`/?visit=${visit.id}`)
  const board = desk.page.locator('[data-elsewhere]')
  await board.getByRole('heading', { name: visitor }).waitFor()
  await desk.page.keyboard.press('i')
  await until('their being here', async () => {
    const [found] = await house.rows('select 1 from visit where id = $1 and arrived_at is not null', [
      visit.id,
    ])
    return found
  })
  await sees(board, t('area.noEscort'))
  await picture(desk.page, 'areas-visit-panel-zh')
  const going = board.getByRole('region', { name: t('area.ofVisit') })
  await pick(going, t('area.nameEscort'), '徐佳怡', '徐佳怡')
  await press(going, t('area.act.escort'))
  await sees(board, t('area.escort', { name: '徐佳怡' }))
  const status = async () =>
    (await house.rows<{ status: string }>('select status from visit where id = $1', [visit.id]))[0]?.status
  if ((await status()) === 'asking') {
    await desk.page.goto(`/?visit=${visit.id}`)
    await board.getByRole('heading', { name: visitor }).waitFor()
    await desk.page.keyboard.press('e')
    await until('the yes', async () => (await status()) === 'admitted')
  }
  await desk.page.goto(`/?visit=${visit.id}`)
  await board.getByRole('heading', { name: visitor }).waitFor()
  const passOf = async () =>
    (
      await house.rows<{ pass_number: string | null }>('select pass_number from visit where id = $1', [
        visit.id,
      ])
    )[0]?.pass_number ?? undefined
  if ((await passOf()) === undefined) await desk.page.keyboard.press('g')
  const number = await until('a pass', passOf)

  // V21: the way stands on the slip that is printed.
  await desk.page.goto(`/print/visits/${visit.id}`)
  await sees(desk.page, /3 号楼 2 层，出电梯左转/)
  await picture(desk.page, 'areas-slip-zh')

  // Doors: good at its own, refused elsewhere; forged and expired ones too. Shown and on record.
  const paper = await desk.context.request.get(`/api/v1/visits/${visit.id}/paper`, {
    headers: await siteOf(),
  })
  const { code } = await paper.json()
  await gate.page.goto('/gate?act=scan')
  const door = gate.page.getByLabel(t('visits.gate.scan.door'))
  await door.selectOption({ label: '样品陈列室' })
  await look(gate, code)
  await sees(gate.page, t('visits.gate.verdict.valid.word'))
  await picture(gate.page, 'areas-scan-valid-zh')
  await press(gate.page, t('visits.gate.scan.next'))
  await door.selectOption({ label: '生产车间' })
  await look(gate, code)
  await sees(gate.page, t('visits.gate.verdict.not-on-pass.word'))
  await picture(gate.page, 'areas-scan-refused-zh')
  expect(await violations(gate.page)).toEqual([])
  await press(gate.page, t('visits.gate.scan.next'))
  const [head1 = '', body1 = '', signature = ''] = String(code).split('.')
  const forged = `${head1}.${body1}.${signature.startsWith('A') ? 'B' : 'A'}${signature.slice(1)}`
  await look(gate, forged)
  await sees(gate.page, t('visits.gate.verdict.forged.word'))
  await press(gate.page, t('visits.gate.scan.next'))
  await until('the refusals being on record', async () => (await refusals()).length === 2)
  expect(await refusals()).toEqual(['not-on-pass 生产车间', 'forged 生产车间'])
  // Time passes.
  await house.rows("update visit set valid_until = now() - interval '1 minute' where id = $1", [visit.id])
  await door.selectOption({ label: '样品陈列室' })
  await look(gate, number)
  await sees(gate.page, t('visits.gate.verdict.expired.word'))
  await picture(gate.page, 'areas-scan-expired-zh')
  await until('the third', async () => (await refusals()).length === 3)
  expect((await refusals()).at(-1)).toBe('expired 样品陈列室')

  // V13: at the exit the escort is asked for; no answer stands there by itself.
  await press(gate.page, t('visits.gate.act.release'))
  await sees(gate.page, t('area.exit.question', { name: '徐佳怡' }))
  const confirm = gate.page.getByRole('button', { name: new RegExp(t('visits.gate.release.run')) }).last()
  expect(await confirm.isDisabled()).toBe(true)
  await gate.page.getByText(t('area.exit.away'), { exact: true }).click()
  await sees(gate.page, t('area.exit.warn'))
  await picture(gate.page, 'areas-exit-gate-zh')
  expect(await violations(gate.page)).toEqual([])
  await confirm.click()
  await until('their leaving', async () => (await status()) === 'left')
  const [left] = await house.rows<{ present: string }>(
    "select data->>'escortPresent' as present from journal where action = 'visit.released' and entity_id = $1",
    [visit.id],
  )
  expect(left).toEqual({ present: 'false' })
  await desk.page.goto(`/?visit=${visit.id}`)
  await sees(board, t('visit.course.escortAbsent'))
  for (const one of [office, host, head, gate, desk]) {
    expect(one.faults).toEqual([])
    await one.context.close()
  }
})

async function siteOf() {
  const [site] = await house.rows<{ id: string }>('select id from site limit 1')
  return { 'foyer-site': site?.id ?? '' }
}

test('V9 areas chosen, added and taken away in the forms of the desk, in English', async () => {
  const desk = await person(browser, house, 'desk', { as: 'desk', language: 'en' })
  const { page, t } = desk
  await page.goto('/?open=announce')
  const board = page.locator('[data-elsewhere]')
  await board.locator('input[name="visitorName"]').fill('Ann Lee')
  await board.locator('select[name="kind"]').selectOption({ index: 1 })
  await pick(board, t('area.field.label'), 'work', /Production workshop/)
  await sees(board, t('area.field.asks'))
  await picture(page, 'areas-announce-desk-en')
  expect(await violations(page)).toEqual([])
  await press(board, t('area.field.remove', { name: 'Production workshop' }))
  await board.getByText(t('area.field.asks')).waitFor({ state: 'detached' })
  await picture(page, 'areas-announce-removed-en')
  const [inside] = await house.rows<{ id: string; visitor_name: string }>(
    "select id, visitor_name from visit where status = 'admitted' and group_id is null limit 1",
  )
  if (inside === undefined) throw new Error('nobody is inside')
  await page.goto(`/?visit=${inside.id}`)
  await board.getByRole('heading', { name: inside.visitor_name }).waitFor()
  await page.keyboard.press('b')
  await pick(board, t('area.field.label'), 'work', /Production workshop/)
  await picture(page, 'areas-edit-desk-en')
  await press(board, t('visit.edit.save'))
  const asked = async () =>
    (
      await house.rows<{ status: string }>('select status from area_approval where visit_id = $1', [
        inside.id,
      ])
    ).map(({ status }) => status)
  await until('the question', async () => (await asked()).includes('asked'))
  await page.goto(`/?visit=${inside.id}`)
  await sees(board, t('area.status.asked'))
  await picture(page, 'areas-panel-desk-en')
  await page.keyboard.press('b')
  await press(board, t('area.field.remove', { name: 'Production workshop' }))
  await press(board, t('visit.edit.save'))
  await until('its withdrawal', async () => (await asked()).includes('withdrawn'))
  const office = await person(browser, house, 'desk', { as: 'office', language: 'en' })
  await office.page.goto('/areas')
  await sees(office.page, 'Production workshop')
  await picture(office.page, 'areas-page-en')
  expect(await violations(office.page)).toEqual([])
  for (const one of [desk, office]) {
    expect(one.faults).toEqual([])
    await one.context.close()
  }
})
