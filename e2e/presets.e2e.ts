/** Design §1.4: five houses, one product. In each its own lobby throws the visitor book away: desk, gate and host's phone. */
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openBrowser, type Person, person } from './support/browser.ts'
import { deskOf } from './support/desk.ts'
import { type House, openHouse, type Preset } from './support/house.ts'
import { picture } from './support/look.ts'
import { until } from './support/until.ts'

interface Case {
  readonly preset: Preset
  readonly password: string
  readonly language: 'zh' | 'en'
  /** Somebody of the demo day whom the desk sees when it opens. */
  readonly known: string
  readonly visitor: {
    readonly name: string
    readonly from: string
    readonly matter: string
    readonly kind: string
    readonly topic?: string
  }
  readonly route: string
  /** Whom the table proposes first. */
  readonly asks: string
}

const cases: readonly Case[] = [
  {
    preset: 'corporate',
    password: 'qiheng-front-2026',
    language: 'zh',
    known: '卢思源',
    visitor: { name: '阮送货', from: '联创电脑', matter: '送服务器', kind: '送货', topic: '电脑网络设备' },
    route: 'delivery-computers',
    asks: '6600',
  },
  {
    preset: 'switchboard',
    password: 'zhida-front-2026',
    language: 'zh',
    known: '黎晓',
    visitor: { name: '洪送货', from: '京东', matter: '送电脑', kind: '送货', topic: '电脑、网络' },
    route: 'computers',
    asks: '2222',
  },
  {
    preset: 'property',
    password: 'cuihu-front-2026',
    language: 'zh',
    known: '黎阿姨',
    visitor: {
      name: '尹师傅',
      from: '快修电梯',
      matter: '三栋电梯故障',
      kind: '装修施工',
      topic: '电梯维保',
    },
    route: 'contractor-lift',
    asks: '8303',
  },
  {
    preset: 'coworking',
    password: 'juhe-front-2026',
    language: 'en',
    known: 'Emma Clarke',
    visitor: {
      name: 'Noah Weber',
      from: 'Fjord Labs',
      matter: 'looking for four desks',
      kind: 'Viewing the space',
      topic: 'Desks',
    },
    route: 'viewing',
    asks: '柯可',
  },
]

let browser: Browser
beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser?.close())

describe.each(cases)('preset $preset', ({ preset, password, language, known, visitor, route, asks }) => {
  let house: House
  let desk: Person

  beforeAll(async () => {
    house = await openHouse(preset)
    desk = await person(browser, house, 'desk', { as: 'desk', password, language })
  })
  afterAll(() => house?.stop())

  test('V3 the desk opens on the day of this house', async () => {
    await deskOf(desk).open()
    await desk.page.getByText(known).first().waitFor()
    await picture(desk.page, `preset-${preset}-${language}`)
  })

  test('V4 V6 a stranger: three questions, then whom this house asks', async () => {
    const { page, t } = desk
    await deskOf(desk).open()
    await page.keyboard.press('v')
    await page.getByRole('combobox', { name: t('visit.field.visitorName') }).fill(visitor.name)
    await page.getByLabel(t('visit.field.organisation')).fill(visitor.from)
    await page.getByLabel(t('visit.field.purpose')).fill(visitor.matter)
    await page.locator('select[name="kind"]').selectOption({ label: visitor.kind })
    if (visitor.topic) await page.locator('select[name="topic"]').selectOption({ label: visitor.topic })
    const phone = page.getByLabel(t('visit.field.phone')).first()
    if (await phone.isVisible()) await phone.fill('13800001111')
    const whom = page.getByRole('region', { name: t('visit.whom.title') })
    await whom.getByText(asks).first().waitFor()
    await page.keyboard.press('Control+Enter')
    const row = await until(`the visit of ${visitor.name}`, async () => {
      const [found] = await house.rows<{ status: string; route: string; asked: string }>(
        `select v.status, v.route, coalesce((select h.extension || ' ' || h.name from visit_hop h where h.visit_id = v.id and h.n = 1), '') as asked
         from visit v where v.visitor_name = $1`,
        [visitor.name],
      )
      return found
    })
    expect(row).toMatchObject({ status: 'asking', route })
    expect(row.asked).toContain(asks)
  })

  test('V8 V11 gate and host of this house see their part', async () => {
    const gate = await person(browser, house, 'gate', { as: 'gate', password, language })
    await gate.page.goto('/gate')
    await gate.page.getByRole('heading', { level: 1 }).first().waitFor()
    const host = await person(browser, house, 'phone', { as: 'host', password, language })
    await host.page.goto('/host')
    await host.page.getByRole('heading', { level: 1 }).first().waitFor()
    await picture(gate.page, `preset-${preset}-gate`)
    await picture(host.page, `preset-${preset}-host`)
    await gate.page.context().close()
    await host.page.context().close()
  })
})
