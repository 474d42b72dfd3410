/** The courses a visit may take besides the smooth one: important guest, a no, silence, an unsigned exit, a lost pass. */
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import wordingOf from '../presets/group/settings.json' with { type: 'json' }
import { openBrowser, type Person, person } from './support/browser.ts'
import { deskOf } from './support/desk.ts'
import { gateOf } from './support/gate.ts'
import { type House, openHouse } from './support/house.ts'
import { gone, picture, press, sees } from './support/look.ts'
import { until } from './support/until.ts'

let house: House
let browser: Browser
let guard: Person
let receptionist: Person

beforeAll(async () => {
  ;[house, browser] = await Promise.all([openHouse('demo'), openBrowser()])
  ;[guard, receptionist] = await Promise.all([
    person(browser, house, 'gate', { as: 'gate' }),
    person(browser, house, 'desk', { as: 'desk' }),
  ])
})
afterAll(async () => {
  await browser?.close()
  await house?.stop()
})

const courteous = wordingOf['visits.wording'].declined.zh
const xu = { typed: 'xjy', name: '徐佳怡' }

async function visitOf(name: string) {
  const [visit] = await house.rows<{
    id: string
    status: string
    left_at: Date | null
    late_signature: boolean
  }>('select id, status, left_at, late_signature from visit where visitor_name = $1', [name])
  return visit
}

const tasksOf = async (id: string) =>
  (
    await house.rows<{ kind: string; owner_id: string }>(
      "select kind, owner_id from task where subject_id = $1 and status = 'open' order by kind",
      [id],
    )
  ).map(({ kind }) => kind)

test('V7 important visitor: nothing to fill in, the host is told at once, the time out is recorded', async () => {
  const [gate, desk] = [gateOf(guard), deskOf(receptionist)]
  await Promise.all([gate.open(), desk.open()])
  await gate.fill({ name: '周院士', kind: '政府人员', host: { typed: 'swq', name: '苏婉清' } })
  await sees(guard.page, /这类来访不用询问/)
  await gate.admit()
  await sees(guard.page, /苏婉清 可以接待/)
  await desk.card('waiting', '周院士').waitFor()
  // No document, no pass, no slip stands between the guest and the host.
  await desk.openVisit('waiting', '周院士')
  await desk
    .panel()
    .getByRole('heading', { name: receptionist.t('visit.detail.needs') })
    .waitFor({ state: 'hidden' })
  await desk.act('meet')
  await desk.card('meeting', '周院士').waitFor()
  expect(await house.linkFor('su.wanqing@hengchuan.example', '周院士')).toContain('#link=')
  // Told that the guest is here, and not yet that they have waited too long or ought to be gone.
  const told = await house.rows<{ template: string }>(
    "select template from notification where facts->>'visitorName' = '周院士'",
  )
  // `task.opened`: to come down and receive the guest, with its time (V7).
  expect(new Set(told.map(({ template }) => template))).toEqual(new Set(['visit-arrived', 'task.opened']))
  await gate.answer('release', '周院士')
  await sees(guard.page, guard.t('visits.gate.release.nothing'))
  await press(guard.page, guard.t('visits.gate.release.run'))
  await desk.panel().getByText(receptionist.t('visit.now.left')).waitFor()
  const visit = await visitOf('周院士')
  expect(visit).toMatchObject({ status: 'left', late_signature: false })
  expect(visit?.left_at).toBeInstanceOf(Date)
})

test('V5 declined: the gate shows only the courteous words, the reason stays inside', async () => {
  const [gate, desk] = [gateOf(guard), deskOf(receptionist)]
  await gate.open()
  await gate.fill({ name: '钱多多', kind: '供应商', organisation: '多多商贸', purpose: '推介新品', host: xu })
  await gate.ask()
  await sees(guard.page, guard.t('visits.gate.head.asking', { name: '徐佳怡' }))
  const host = await person(browser, house, 'phone', { as: 'host' })
  await host.page.goto('/host')
  await host.page.getByRole('heading', { name: '钱多多' }).waitFor()
  const asked = host.page.getByRole('article').filter({ hasText: '钱多多' })
  await press(asked, host.t('visits.answers.host.decline.word'))
  await asked.getByLabel(host.t('visits.answers.reason')).fill('价格谈不拢,不想再见')
  await picture(host.page, 'phone-decline-zh')
  await press(asked, host.t('visits.answers.declineNow'))

  await sees(guard.page, courteous)
  await picture(guard.page, 'gate-declined-zh')
  expect(await guard.page.locator('body').textContent()).not.toContain('价格谈不拢')
  await desk.sees(receptionist.t('visit.situation.declined', { host: '徐佳怡' }))
  await desk.lane('now').getByText(courteous).waitFor()
  await press(desk.lane('now'), receptionist.t('visit.console.told'))
  await host.context.close()
})

test('V5 nobody answers: the deputy is asked, then the department, then the desk decides', async () => {
  const [gate, desk] = [gateOf(guard), deskOf(receptionist)]
  await Promise.all([gate.open(), desk.open()])
  await gate.fill({
    name: '冷清秋',
    kind: '客户',
    organisation: '个人',
    purpose: '回访',
    host: { typed: 'sp', name: '宋鹏' },
  })
  await gate.ask()
  await sees(guard.page, guard.t('visits.gate.head.asking', { name: '宋鹏' }))
  const asked: string[] = ['宋鹏']
  const visit = await visitOf('冷清秋')
  // Three minutes each are long: the due time is brought forward, the dispatcher does the rest.
  await until('the desk being asked', async () => {
    await house.rows(
      "update task set next_at = now() - interval '1 second', due_at = least(due_at, now()) where subject_id = $1 and kind = 'visit.consent' and status = 'open'",
      [visit?.id],
    )
    const [now] = await house.rows<{ asked_id: string; asked_name: string }>(
      'select asked_id, asked_name from visit where id = $1',
      [visit?.id],
    )
    if (now && asked.at(-1) !== now.asked_name) asked.push(now.asked_name)
    return now?.asked_id === 'desk'
  })
  expect(asked[1]).toBe('徐佳怡')
  await desk.sees(receptionist.t('visit.situation.unanswered'))
  await sees(guard.page, /没有人答复/)
  await picture(guard.page, 'gate-unanswered-zh')
  expect(await tasksOf(visit?.id ?? '')).toEqual(['visit.unanswered'])
})

test('V10 unsigned exit: the host confirms by phone, owes a signature, and gives it later', async () => {
  const [gate, desk] = [gateOf(guard), deskOf(receptionist)]
  await Promise.all([gate.open(), desk.open()])
  await gate.fill({ name: '毕小月', kind: '客户', organisation: '个人', purpose: '签合同', host: xu })
  await guard.page.getByText(guard.t('visits.gate.entry.agreed'), { exact: true }).click()
  await gate.admit()
  await sees(guard.page, /徐佳怡 可以接待/)
  await press(guard.page, guard.t('visits.gate.act.documentSeen'))
  await gone(guard.page, guard.t('visits.gate.act.documentSeen'))
  await press(guard.page, guard.t('visits.gate.act.meet'))
  await gate.answer('release', '毕小月')
  await sees(guard.page, guard.t('visits.gate.release.unsigned'))
  await picture(guard.page, 'gate-unsigned-zh')
  await press(guard.page, guard.t('visits.gate.release.confirmed'))
  await until('the exit', async () => (await visitOf('毕小月'))?.status === 'left')
  const visit = await visitOf('毕小月')
  expect(visit?.late_signature).toBe(true)
  expect(await tasksOf(visit?.id ?? '')).toEqual(['visit.late-signature'])

  const host = await person(browser, house, 'phone', { as: 'host' })
  await host.page.goto('/host')
  await sees(host.page, host.t('visits.host.group.owed'))
  await press(host.page, '毕小月')
  await sees(host.page, host.t('visits.host.state.owed'))
  await picture(host.page, 'phone-owed-zh')
  await press(host.page, host.t('visits.host.signLate'))
  await gone(host.page, host.t('visits.host.state.owed'))
  expect((await visitOf('毕小月'))?.late_signature).toBe(false)
  expect(await tasksOf(visit?.id ?? '')).toEqual([])
  await host.context.close()
})

test('V11 a pass that does not come back is void and a task, until it is found', async () => {
  const [gate] = [gateOf(guard)]
  await gate.open()
  await gate.fill({ name: '马大哈', kind: '送货', organisation: '顺丰速运', purpose: '送货', host: xu })
  await guard.page.getByText(guard.t('visits.gate.entry.agreed'), { exact: true }).click()
  await gate.admit()
  await press(guard.page, guard.t('visits.gate.act.documentSeen'))
  await gone(guard.page, guard.t('visits.gate.act.documentSeen'))
  const visit = await visitOf('马大哈')
  const [pass] = await house.rows<{ number: string }>('select number from pass where visit_id = $1', [
    visit?.id,
  ])
  const number = pass?.number ?? ''
  await gate.answer('release', '马大哈')
  await guard.page.getByText(guard.t('visits.gate.release.pass', { number })).click()
  await sees(guard.page, guard.t('visits.gate.release.passMissing', { number }))
  await press(guard.page, guard.t('visits.gate.release.confirmed'))
  await until('the exit', async () => (await visitOf('马大哈'))?.status === 'left')
  expect(await tasksOf(visit?.id ?? '')).toContain('visit.pass-missing')

  // Whoever shows the lost one is stopped.
  await guard.page.goto('/gate?act=scan')
  await guard.page.getByLabel(guard.t('visits.gate.scan.number')).fill(number)
  await press(guard.page, guard.t('visits.gate.scan.look'))
  await sees(guard.page, guard.t('visits.gate.verdict.void.word'))
  await picture(guard.page, 'gate-scan-void-zh')

  await receptionist.page.goto('/passes')
  await receptionist.page.getByRole('heading', { level: 1 }).first().waitFor()
  await picture(receptionist.page, 'desk-passes-zh')
  const row = receptionist.page.getByRole('row').filter({ hasText: number })
  await press(row, receptionist.t('visits.pass.found'))
  await until('the pass being in stock', async () => {
    const [again] = await house.rows<{ status: string }>('select status from pass where number = $1', [
      number,
    ])
    return again?.status === 'in_stock'
  })
  expect(await tasksOf(visit?.id ?? '')).not.toContain('visit.pass-missing')
})

test('no screen of these journeys had a fault of its own', () => {
  expect([...guard.faults, ...receptionist.faults]).toEqual([])
})
