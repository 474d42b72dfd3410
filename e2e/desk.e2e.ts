/** The desk's own day: keyboard, drafts, languages, reveal, to-do list, bell, settings, register, paper. */
import { readFile } from 'node:fs/promises'
import type { Browser } from 'playwright-core'
import readXlsx from 'read-excel-file/node'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openBrowser, type Person, person } from './support/browser.ts'
import { deskOf } from './support/desk.ts'
import { gateOf } from './support/gate.ts'
import { type House, openHouse } from './support/house.ts'
import { keepOpen, picture, press, sees } from './support/look.ts'
import { kept } from './support/stowed.ts'
import { speak } from './support/texts.ts'
import { until } from './support/until.ts'

const xu = { typed: 'xjy', name: '徐佳怡' }
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

test('V3 a returning visitor is checked in from the keyboard: initials and at most six keystrokes', async () => {
  const { page, t } = receptionist
  const desk = deskOf(receptionist)
  await desk.open()
  let strokes = 0
  const key = async (name: string) => {
    strokes += 1
    await page.keyboard.press(name)
  }
  await key('v')
  await desk
    .panel()
    .getByRole('combobox', { name: t('visit.field.visitorName') })
    .waitFor()
  await page.keyboard.insertText('ctt')
  await page.getByRole('option', { name: '崔婷婷', selected: true }).first().waitFor()
  await key('Enter')
  await sees(page, t('visit.known.filled'))
  await picture(page, 'desk-returning-zh')
  while (
    strokes < 6 &&
    (await desk
      .panel()
      .getByRole('heading', { name: t('visit.new.title') })
      .isVisible())
  ) {
    const sent = page.waitForResponse((answer) => answer.url().endsWith('/api/v1/visits'), { timeout: 4000 })
    await key(strokes < 5 ? 'Enter' : 'Control+Enter')
    if ((await sent.catch(() => undefined)) !== undefined) break
  }
  await desk.panel().getByRole('heading', { name: '崔婷婷' }).waitFor()
  expect(strokes).toBeLessThanOrEqual(6)
  await desk.panel().getByRole('status').first().waitFor()
})

test('a visit half typed survives a reload', async () => {
  const { page, t } = receptionist
  const desk = deskOf(receptionist)
  await desk.open()
  await press(page, t('visit.new.open'))
  await desk
    .panel()
    .getByRole('combobox', { name: t('visit.field.visitorName') })
    .fill('半途而废')
  await desk.panel().getByLabel(t('visit.field.kind')).selectOption({ label: '供应商' })
  await desk.panel().getByLabel(t('visit.field.purpose')).fill('说到一半电话响了')
  await until('the draft being kept', async () => (await kept(page)).drafts > 0)
  expect(await kept(page, ['说到一半电话响了'])).toMatchObject({ readable: false })
  await page.reload()
  await sees(page, t('visit.new.restored'))
  expect(await desk.panel().getByLabel(t('visit.field.purpose')).inputValue()).toBe('说到一半电话响了')
  await press(desk.panel(), t('visit.new.clear'))
})

test('both languages are switched at once, without reload, at desk, gate and host', async () => {
  const zh = await speak('zh')
  const en = await speak('en')
  const places = [
    { who: receptionist, open: '/', key: 'visit.console.now' },
    {
      who: await person(browser, house, 'gate', { as: 'gate' }),
      open: '/gate',
      key: 'visits.gate.scan.open',
    },
    {
      who: await person(browser, house, 'phone', { as: 'host' }),
      open: '/host',
      key: 'visits.host.announce.open',
    },
  ]
  for (const { who, open, key } of places) {
    await who.page.goto(open)
    await sees(who.page, zh(key))
    const still = await keepOpen(who.page)
    await press(who.page, 'English')
    await sees(who.page, en(key))
    expect(await who.page.locator('html').getAttribute('lang')).toBe('en')
    await picture(who.page, `language-${open.replace('/', '') || 'desk'}-en`)
    await press(who.page, '中文')
    await sees(who.page, zh(key))
    expect(await still()).toBe(true)
    expect(who.faults).toEqual([])
    if (who !== receptionist) await who.context.close()
  }
})

test('G5 a phone number is masked, shown on demand, and the look is in the journal', async () => {
  const { t } = receptionist
  const desk = deskOf(receptionist)
  await desk.open()
  await desk.openVisit('meeting', '盛楠')
  await sees(desk.panel(), /\*{4}/)
  const [before] = await house.rows<{ n: number }>(
    "select count(*)::int as n from journal where action = 'visit.revealed'",
  )
  await press(desk.panel(), t('kit.masked.reveal', { label: t('visit.field.phone') }))
  await sees(desk.panel(), /1[3-9]\d{9}/)
  const [after] = await house.rows<{ n: number }>(
    "select count(*)::int as n from journal where action = 'visit.revealed'",
  )
  expect((after?.n ?? 0) - (before?.n ?? 0)).toBe(1)
})

test('G1 G2 the to-do list: promise something, another takes it over, settles it with an outcome', async () => {
  const { page, t } = receptionist
  await page.goto('/todo')
  await press(page, t('todo.new'))
  const form = page.getByRole('region', { name: t('todo.new') })
  await form.getByLabel(t('todo.what')).fill('给蓝湾回电')
  await press(form, t('todo.inMinutes', { count: 30 }))
  await press(form, t('todo.act.open'))
  await sees(page, '给蓝湾回电')
  await picture(page, 'todo-zh')
  const manager = await person(browser, house, 'desk', { as: 'duty' })
  await manager.page.goto('/todo')
  await manager.page
    .getByRole('tab', { name: t('todo.view.all'), exact: false })
    .first()
    .click()
  await manager.page.getByRole('button', { name: '给蓝湾回电' }).click()
  await press(manager.page, t('todo.act.takeOver'))
  await sees(manager.page, t('todo.done.takeOver', { task: '给蓝湾回电' }))
  await manager.page.getByRole('button', { name: '给蓝湾回电' }).first().click()
  await press(manager.page, t('todo.act.settle'))
  await manager.page.getByLabel(t('todo.outcome')).fill('已回电,周三见')
  await manager.page
    .getByRole('form', { name: t('todo.act.settle') })
    .locator('button[type="submit"]')
    .click()
  await until('the outcome', async () => {
    const [task] = await house.rows<{ outcome: string | null }>(
      "select outcome from task where facts->>'title' = '给蓝湾回电'",
    )
    return task?.outcome === '已回电,周三见'
  })
  expect(manager.faults).toEqual([])
  await manager.context.close()
})

test('V5 the bell tells the host at once', async () => {
  const host = await person(browser, house, 'desk', { as: 'host' })
  const { page, t } = host
  await page.goto('/notifications')
  const unread = () =>
    house.rows<{ n: number }>("select count(*)::int as n from notification where template = 'visit-asked'")
  const [before] = await unread()
  const guard = await person(browser, house, 'gate', { as: 'gate' })
  const gate = gateOf(guard)
  await gate.open()
  await gate.fill({ name: '闻铃声', kind: '客户', organisation: '个人', purpose: '听铃', host: xu })
  await gate.ask()
  await sees(page, /闻铃声/)
  await picture(page, 'bell-zh')
  const [after] = await unread()
  expect((after?.n ?? 0) > (before?.n ?? 0)).toBe(true)
  await page
    .getByRole('button', { name: new RegExp(t('notifications.title')) })
    .first()
    .waitFor()
  await Promise.all([host.context.close(), guard.context.close()])
})

test('a timing changed in the settings holds from the next visit on', async () => {
  const office = await person(browser, house, 'desk', { as: 'office' })
  const { page, t } = office
  await page.goto('/settings?key=visits.timings')
  const field = page.getByLabel(t('setting.visits.timings.consentMinutes.label'))
  await field.fill('7')
  await sees(page, t('settings.unsaved', { count: 1 }))
  await picture(page, 'settings-zh')
  await press(page, t('settings.save'))
  await sees(page, /立即生效/)
  const guard = await person(browser, house, 'gate', { as: 'gate' })
  const gate = gateOf(guard)
  await gate.open()
  await gate.fill({ name: '七分钟', kind: '客户', organisation: '个人', purpose: '试时限', host: xu })
  await gate.ask()
  await sees(guard.page, guard.t('visits.gate.head.asking', { name: '徐佳怡' }))
  const [visit] = await house.rows<{ minutes: number }>(
    "select extract(epoch from t.due_at - t.created_at)::int / 60 as minutes from task t join visit v on v.id = t.subject_id::uuid where v.visitor_name = '七分钟' and t.kind = 'visit.consent'",
  )
  expect(visit?.minutes).toBe(7)
  await Promise.all([office.context.close(), guard.context.close()])
})

test('V1 the register: filtered, exported with the columns of both forms, printed', async () => {
  const { page, t } = receptionist
  await page.goto('/register')
  await page.getByRole('row').nth(5).waitFor()
  await picture(page, 'register-zh')
  await page.getByRole('searchbox').first().fill('罗志刚')
  await page.waitForURL(/q=/)
  await until('only his visits', async () => {
    const rows = await page.locator('tbody tr').allTextContents()
    return rows.length > 0 && rows.every((row) => row.includes('罗志刚'))
  })
  for (const [form, columns] of [
    ['registration', ['来访人', '单位', '被访人', '事由']],
    ['in-out', ['来访人', '进', '离开']],
  ] as const) {
    await page.getByRole('button', { name: t('visits.register.export') }).click()
    const download = page.waitForEvent('download')
    await page
      .getByRole('menuitem', {
        name: t('visits.register.file.excel', { form: t(`visits.register.form.${form}`) }),
      })
      .click()
    const file = await download
    expect(file.suggestedFilename()).toMatch(/\.xlsx$/)
    const sheets: unknown = await readXlsx(await readFile(await file.path()))
    const text = JSON.stringify(sheets)
    expect(text).toContain('罗志刚')
    for (const column of columns) expect(text, `${form} lacks ${column}`).toContain(column)
  }
  await press(page, t('visits.register.print'))
  await page.waitForURL('**/print/register**')
  await sees(page, '罗志刚')
  const paper = await page.pdf({ format: 'A4' })
  expect(paper.subarray(0, 5).toString()).toBe('%PDF-')
  await picture(page, 'print-register-zh')
})

test('V8 V11 slip and pass on paper: stub, copy, number and code are there to be read', async () => {
  const { page, t } = receptionist
  const [visit] = await house.rows<{ id: string; number: string }>(
    "select v.id, p.number from visit v join pass p on p.visit_id = v.id where v.visitor_name = '盛楠' and p.status = 'issued'",
  )
  await page.goto(`/print/visits/${visit?.id}`)
  await sees(page, '盛楠')
  await picture(page, 'print-slip-zh')
  expect(await page.getByText('盛楠').count()).toBeGreaterThan(1)
  const slip = await page.pdf({ format: 'A4', printBackground: true })
  await page.getByRole('tab', { name: t('visits.print.paper.card') }).click()
  await sees(page, visit?.number ?? '')
  await picture(page, 'print-pass-zh')
  const pass = await page.pdf({ printBackground: true })
  for (const pdf of [slip, pass]) expect(pdf.length).toBeGreaterThan(10_000)
  // On paper there are no buttons, and the words are still there.
  await page.emulateMedia({ media: 'print' })
  await sees(page, '盛楠')
  await sees(page, visit?.number ?? '')
  await page.getByRole('button', { name: t('shell.print.run') }).waitFor({ state: 'hidden' })
  await page.emulateMedia({ media: 'screen' })
})

test('no screen of these journeys had a fault of its own', () => {
  expect(receptionist.faults).toEqual([])
})
