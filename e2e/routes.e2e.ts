/** V2 V4 V6 V12: whom to ask about a visitor, on the switchboard's own table, and the table being edited with its box to try it. */
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { violations } from './support/axe.ts'
import { openBrowser, type Person, person } from './support/browser.ts'
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

interface Kept {
  readonly status: string
  readonly route: string
  readonly asked: readonly string[]
}

async function kept(name: string, wanted: (visit: Kept) => boolean): Promise<Kept> {
  return await until(`the visit of ${name}`, async () => {
    const [row] = await house.rows<Kept>(
      `select v.status, v.route, array(select h.extension || ' ' || coalesce(h.result, 'open') from visit_hop h
         where h.visit_id = v.id order by h.n) as asked from visit v where v.visitor_name = $1`,
      [name],
    )
    return row !== undefined && wanted(row) ? row : undefined
  })
}

/** By keyboard from the name on: the three questions, then kind and topic; `Ctrl Enter` sends. */
async function comes(visitor: {
  name: string
  from: string
  matter: string
  kind: string
  topic?: string
}): Promise<void> {
  const { page, t } = desk
  await deskOf(desk).open()
  await page.keyboard.press('v')
  await page.getByRole('combobox', { name: t('visit.field.visitorName') }).fill(visitor.name)
  await page.getByLabel(t('visit.field.organisation')).fill(visitor.from)
  await page.getByLabel(t('visit.field.purpose')).fill(visitor.matter)
  await page.locator('select[name="kind"]').selectOption({ label: visitor.kind })
  if (visitor.topic) await page.locator('select[name="topic"]').selectOption({ label: visitor.topic })
}
const send = () => desk.page.keyboard.press('Control+Enter')
const whom = () => desk.page.getByRole('region', { name: desk.t('visit.whom.title') })

test('V4 V6 candidate for sales manager: three questions first, then the director’s office 189, busy, then 376, one key each', async () => {
  const { page, t } = desk
  await comes({ name: '贺一鸣', from: '', matter: '应聘', kind: '应聘者', topic: '销售经理' })
  await page.getByText('请问您从哪个单位来').first().waitFor()
  await send()
  // From where is still open: nobody has been disturbed.
  await page.getByText(t('field.required')).first().waitFor()
  expect(await house.rows("select 1 from visit where visitor_name = '贺一鸣'")).toEqual([])
  await page.getByLabel(t('visit.field.organisation')).fill('个人')
  await whom().getByText('189', { exact: false }).first().waitFor()
  await whom().getByText('376', { exact: false }).first().waitFor()
  await picture(page, 'routes-proposed-zh')
  await send()
  expect(await kept('贺一鸣', ({ status }) => status === 'asking')).toMatchObject({
    route: 'candidate-office',
    asked: ['189 open'],
  })
  await whom()
    .getByRole('button', { name: t('visit.whom.heard.busy') })
    .waitFor()
  await page.keyboard.press('3')
  expect((await kept('贺一鸣', ({ asked }) => asked.length === 2)).asked).toEqual(['189 busy', '376 open'])
  await whom().getByText('376').first().waitFor()
  await picture(page, 'routes-asking-zh')
  expect(await violations(page)).toEqual([])
  await page.keyboard.press('1')
  expect(await kept('贺一鸣', ({ status }) => status === 'admitted')).toMatchObject({
    asked: ['189 busy', '376 agreed'],
  })
})

test('V6 computers are brought: 2222 is asked', async () => {
  await comes({ name: '洪送货', from: '京东', matter: '送电脑', kind: '送货', topic: '电脑、网络' })
  await whom().getByText('2222').first().waitFor()
  await send()
  expect(await kept('洪送货', ({ status }) => status === 'asking')).toMatchObject({
    route: 'computers',
    asked: ['2222 open'],
  })
})

test('V6 V12 media without appointment, nobody to ask: declined with the courteous words, on record', async () => {
  const { page, t } = desk
  await comes({ name: '尤记者', from: '都市报', matter: '采访', kind: '媒体' })
  await whom().getByText(t('visit.whom.nobody.decline')).waitFor()
  await whom().getByText('没有预约今天无法安排采访').waitFor()
  await send()
  expect(await kept('尤记者', ({ status }) => status === 'declined')).toMatchObject({
    route: 'media',
    asked: [],
  })
  await deskOf(desk).sees(t('visit.status.declined'))
  await picture(page, 'routes-declined-zh')
})

test('V6 the table: a row is added, warned about, moved by keyboard, tried and saved (en)', async () => {
  const office = await person(browser, house, 'desk', { as: 'admin', password, language: 'en' })
  const { page, t } = office
  await page.goto('/visit-routes')
  await page.getByRole('heading', { name: t('visitRoutes.title'), level: 1 }).waitFor()
  const rows = page.getByRole('list', { name: t('visitRoutes.title') })
  await rows.getByText('Media without an appointment').waitFor()
  await picture(page, 'routes-table-en')
  expect(await violations(page)).toEqual([])

  // A visitor who is not there.
  const box = page.getByRole('region', { name: t('visitRoutes.try.title') })
  await box.locator('select[name="tryKind"]').selectOption({ label: 'Candidate' })
  await box.locator('select[name="tryTopic"]').selectOption({ label: 'Sales representative' })
  await box.getByText('Candidate: sales representative').waitFor()
  await box.getByText('890').first().waitFor()

  // A row behind the one that takes everybody would never be reached; a new one comes before it.
  await page.getByRole('button', { name: t('visitRoutes.add') }).click()
  await page.locator('input[name="nameZh"]').fill('应聘，下班后')
  await page.getByLabel(t('visitRoutes.nameEn')).first().fill('Candidates after hours')
  await page.getByRole('checkbox', { name: 'Candidate', exact: true }).check()
  await page.locator('select[name="decision"]').selectOption('decline')
  await rows
    .getByText(t('visitRoutes.covered', { rows: 'Candidate: other posts' }), { exact: false })
    .first()
    .waitFor()
  await picture(page, 'routes-covered-en')
  const mine = rows.getByRole('button', { name: /Candidates after hours/ }).first()
  await mine.focus()
  for (let step = 0; step < 12; step++) await page.keyboard.press('Alt+ArrowUp')
  await box.getByText('Candidates after hours').first().waitFor()
  await box.getByText(t('visit.whom.decision.decline')).first().waitFor()
  await page.keyboard.press('Control+s')
  const stored = await until('the table being stored', async () => {
    const [row] = await house.rows<{ names: string[] }>(
      `select array(select r ->> 'key' from jsonb_array_elements(value) with ordinality e(r, n) order by n) as names
       from setting where key = 'visits.routes' order by version desc limit 1`,
    )
    return row?.names.some((key) => key.startsWith('row-')) ? row : undefined
  })
  const at = stored.names.findIndex((key) => key.startsWith('row-'))
  expect(at).toBeLessThan(stored.names.indexOf('candidate-sales'))
})
