/** V5 V10 V11 V22: a tour of 240 comes to one desk: pasted list, some by keyboard, the rest at once, half out, rest out; one question, one signature. */
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openBrowser, person } from './support/browser.ts'
import { type House, openHouse } from './support/house.ts'
import { pick, picture, press, sees } from './support/look.ts'
import { until } from './support/until.ts'

let house: House
let browser: Browser

beforeAll(async () => {
  ;[house, browser] = await Promise.all([openHouse('demo'), openBrowser()])
  await house.rows(
    `insert into pass (site_id, number) select (select site_id from visit limit 1), 'G' || lpad(n::text, 3, '0')
     from generate_series(1, 300) n on conflict do nothing`,
  )
})
afterAll(async () => {
  await browser?.close()
  await house?.stop()
})

const given = [...'伟芳娜静敏丽强磊军洋勇艳杰娟涛明']
const surnames = [...'王李张刘陈杨赵黄周吴徐孙马朱胡']
/** 240 different names. */
const names = surnames.flatMap((surname) => given.map((one) => `${surname}${one}`))

test.each(['zh', 'en'] as const)(
  'V5 V10 V11 V22 240 people at one desk (%s)',
  async (language) => {
    const title = `参观团 ${language}`
    const desk = await person(browser, house, 'desk', { as: 'desk', language })
    const { page, t } = desk
    await page.goto('/groups')
    await press(page, t('groups.new'))
    await page.getByRole('textbox', { name: t('groups.field.title') }).fill(title)
    await pick(page, t('groups.field.host'), 'xjy', '徐佳怡')
    await press(page, t('groups.save'))
    await page.getByRole('heading', { name: title, level: 1 }).waitFor()

    const list = [
      '姓名\t单位\t电话',
      ...names.map((name) => `${name}\t第一中学\t`),
      '\t\t13800138000',
      '王5\t第一中学\t',
    ]
    await page.getByRole('textbox', { name: t('groups.list.title') }).fill(list.join('\n'))
    await press(page, t('groups.list.read'))
    await sees(page, t('groups.list.line', { line: 242 }))
    await sees(page, t('groups.list.fault.no-name', { value: '' }))
    await sees(page, t('groups.list.line', { line: 243 }))
    await picture(page, `group-list-${language}`)
    await press(page, t('groups.list.add', { count: 240 }))
    const figure = (name: string) => page.locator(`[data-count=${name}]`)
    await until('240 members', async () => (await figure('size').textContent()) === '240')

    // By keyboard, one after the other, without waiting for the answers.
    const field = page.getByRole('textbox', { name: t('groups.counter.find') })
    await field.focus()
    for (const typed of ['王伟', '李芳', '张娜']) {
      await page.keyboard.insertText(typed)
      await page.keyboard.press('Enter')
      expect(await field.inputValue()).toBe('')
    }
    await page.keyboard.type('zm')
    await page.keyboard.press('Enter')
    await until('four are in', async () => (await figure('in').textContent()) === '4')
    await page.keyboard.type('nobody-2026')
    await page.keyboard.press('Enter')
    await sees(page, t('groups.counter.notFound', { text: 'nobody-2026' }))
    await picture(page, `group-counter-${language}`)

    // The gate looks for one of them among everybody of the day: found on the group's list, opened at its counter.
    const gate = await person(browser, house, 'gate', { as: 'gate', language })
    await gate.page.goto('/gate')
    const search = gate.page.getByRole('searchbox', { name: gate.t('visits.gate.search') })
    for (const typed of ['吴敏', 'wumin']) {
      await search.fill(typed)
      await gate.page
        .getByRole('list', { name: gate.t('groups.board.sought') })
        .getByText('吴敏')
        .first()
        .waitFor()
    }
    await picture(gate.page, `gate-search-${language}`)
    await gate.page
      .getByRole('list', { name: gate.t('groups.board.sought') })
      .getByRole('link')
      .filter({ hasText: title })
      .first()
      .click()
    const counter = gate.page.getByRole('textbox', { name: gate.t('groups.counter.find') })
    await until('the member stands in the field', async () => (await counter.inputValue()) === '吴敏')
    await counter.press('Enter')
    await until('five are in', async () => (await figure('in').textContent()) === '5')
    await picture(gate.page, `gate-group-${language}`)
    expect(gate.faults).toEqual([])
    await gate.context.close()

    // The host is asked once for all of them, and says yes once.
    await press(page, t('groups.counter.ask'))
    await sees(page, t('groups.counter.asked'))
    const asked = () =>
      house.rows<{ n: number }>(
        `select count(*)::int as n from task k join visit_group g on g.id::text = k.subject_id where k.kind = 'group.consent' and g.title = $1`,
        [title],
      )
    expect((await asked())[0]?.n).toBe(1)
    await press(page, t('groups.counter.receive'))
    await sees(page, t('groups.counter.consent', { name: '徐佳怡' }))
    await press(page, t('groups.counter.all'))
    await until('all are in', async () => (await figure('in').textContent()) === '240')
    expect((await asked())[0]?.n).toBe(1)

    // On the board one card, and nobody of them alone.
    await page.goto('/')
    const card = page.locator('[data-groups] li').filter({ hasText: title })
    await sees(card, t('groups.inOf', { in: 240, size: 240 }))
    expect(await page.locator('[data-lane]').getByText('李芳').count()).toBe(0)
    await picture(page, `group-board-${language}`)
    await card.getByRole('link').click()

    // The host's word by telephone for the first half, with one pass that was not handed in.
    const inside = await house.rows<{ id: string; pass_number: string; visitor_name: string }>(
      `select v.id, v.pass_number, v.visitor_name from visit v join visit_group g on g.id = v.group_id where g.title = $1 order by v.number`,
      [title],
    )
    const kept = inside[0]?.pass_number ?? ''
    expect(kept).not.toBe('')
    for (const name of ['王伟', '王芳']) await page.getByRole('checkbox', { name, exact: true }).check()
    const missing = page.getByRole('textbox', { name: t('groups.counter.missingPasses') })
    await missing.fill('NO-SUCH')
    await sees(page, t('groups.counter.unknownPasses', { numbers: 'NO-SUCH' }))
    await missing.fill(kept)
    await press(page, t('groups.counter.selectedOut', { count: 2 }))
    await press(page, t('groups.counter.confirmOut'))
    await until('two are out', async () => (await figure('out').textContent()) === '2')
    const [pass] = await house.rows<{ status: string }>('select status from pass where number = $1', [kept])
    expect(pass?.status).toBe('missing')

    await press(page, t('groups.counter.allOut'))
    await press(page, t('groups.counter.confirmOut'))
    await until('nobody is inside', async () => (await figure('inside').textContent()) === '0')
    expect(await figure('out').textContent()).toBe('240')
    const [owed] = await house.rows<{ n: number }>(
      `select count(*)::int as n from task k join visit_group g on g.id::text = k.subject_id
     where k.kind = 'group.late-signature' and k.status = 'open' and g.title = $1`,
      [title],
    )
    expect(owed?.n).toBeGreaterThanOrEqual(1)
    expect(desk.faults).toEqual([])
    await desk.context.close()
  },
  400_000,
)
