/** A day of a preset's house as its people live it: desk, gate, phone, kiosk, manager. One server for all of it. */
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { violations } from './axe.ts'
import { openBrowser, type Person, person } from './browser.ts'
import { deskOf } from './desk.ts'
import { gateOf } from './gate.ts'
import { type House, openHouse, type Preset } from './house.ts'
import { picture, press, sees } from './look.ts'
import { until } from './until.ts'

/** What is heard on the telephone, by its key. */
const heard = { agreed: '1', 'no-answer': '2', busy: '3' } as const

export interface PresetDay {
  readonly preset: Preset
  readonly password: string
  /** V4 V6: a stranger who knows nobody; the table says whom to ask. */
  readonly stranger: {
    readonly name: string
    readonly from: string
    readonly matter: string
    readonly phone: string
    readonly kind: string
    readonly topic?: string
    readonly route: string
    /** Extensions in order, and what each said. */
    readonly asked: readonly { readonly extension: string; readonly said: keyof typeof heard }[]
  }
  /** What stands between the yes and the meeting. */
  readonly needs: { readonly document: boolean; readonly pass: boolean }
  /** Kind of somebody the host has announced, and of one who comes unannounced to the host. */
  readonly guest: string
  readonly caller: { readonly kind: string; readonly signs: boolean }
  readonly kiosk?: { readonly kind: string }
}

export interface Living {
  readonly house: () => House
  readonly as: (who: string, screen: 'desk' | 'gate' | 'phone', language?: 'zh' | 'en') => Promise<Person>
}

async function api<T>(who: Person, path: string, data: object): Promise<T> {
  const answer = await who.context.request.post(`/api/v1${path}`, { data })
  expect(answer.ok(), `${path}: ${await answer.text()}`).toBe(true)
  return (await answer.json()) as T
}

export function livesItsDay(day: PresetDay): Living {
  let house: House
  let browser: Browser
  beforeAll(async () => {
    ;[house, browser] = await Promise.all([openHouse(day.preset), openBrowser()])
  })
  afterAll(async () => {
    await browser?.close()
    await house?.stop()
  })
  const as: Living['as'] = (who, screen, language = 'zh') =>
    person(browser, house, screen, { as: who, password: day.password, language })
  const visitOf = async (name: string) => {
    const [row] = await house.rows<{
      id: string
      version: number
      status: string
      route: string
      via: string
    }>('select id, version, status, route, via from visit where visitor_name = $1', [name])
    return row
  }
  const becomes = (name: string, status: string) =>
    until(`${name} to be ${status}`, async () => {
      const visit = await visitOf(name)
      return visit?.status === status ? visit : undefined
    })
  const hostOf = async () => {
    const [host] = await house.rows<{ id: string; name: string }>(
      "select e.id, e.name from employee e join auth_user u on u.employee_id = e.id where u.username = 'host'",
    )
    if (host === undefined) throw new Error('nobody stands behind the account host')
    return host
  }
  const { stranger, needs, caller } = day

  test('V4 V6 V8 V10 V11 a stranger who knows nobody: three questions, whom to ask in order, pass, exit', async () => {
    const receptionist = await as('desk', 'desk')
    const desk = deskOf(receptionist)
    const { page, t, faults } = receptionist
    await desk.open()
    await picture(page, `preset-${day.preset}-desk`)
    await page.keyboard.press('v')
    await page.getByRole('combobox', { name: t('visit.field.visitorName') }).fill(stranger.name)
    await page.locator('select[name="kind"]').selectOption({ label: stranger.kind })
    if (stranger.topic) await page.locator('select[name="topic"]').selectOption({ label: stranger.topic })
    await page.locator('input[name="phone"]').fill(stranger.phone)
    await page.keyboard.press('Control+Enter')
    // V4: nobody is disturbed before the questions are answered.
    await page.getByText(t('field.required')).first().waitFor()
    expect(await visitOf(stranger.name)).toBeUndefined()
    await page.getByLabel(t('visit.field.organisation')).fill(stranger.from)
    await page.getByLabel(t('visit.field.purpose')).fill(stranger.matter)
    const whom = page.getByRole('region', { name: t('visit.whom.title') })
    for (const [place, { extension }] of stranger.asked.entries())
      await whom.getByRole('listitem').nth(place).getByText(extension).waitFor()
    await picture(page, `preset-${day.preset}-whom`)
    await page.keyboard.press('Control+Enter')
    expect(await becomes(stranger.name, 'asking')).toMatchObject({ route: stranger.route })
    for (const [place, { extension, said }] of stranger.asked.entries()) {
      await whom.getByRole('status').getByText(extension).waitFor()
      await whom.getByRole('button', { name: t(`visit.whom.heard.${said}`) }).waitFor()
      await page.keyboard.press(heard[said])
      await until(`${extension} on record`, async () => {
        const hops = await house.rows<{ extension: string; result: string | null }>(
          'select h.extension, h.result from visit_hop h join visit v on v.id = h.visit_id where v.visitor_name = $1 order by h.n',
          [stranger.name],
        )
        return hops[place]?.extension === extension && hops[place].result === said
      })
    }
    await becomes(stranger.name, 'admitted')
    await desk.card('waiting', stranger.name).waitFor()
    await desk.openVisit('waiting', stranger.name)
    if (needs.document) {
      await desk.act('checkDocument')
      await desk.panel().getByLabel(t('visit.document.number')).fill('440524188001010014')
      await desk
        .panel()
        .locator('form')
        .getByRole('button', { name: t('visit.act.checkDocument') })
        .click()
      await sees(desk.panel(), '************0014')
    }
    if (needs.pass) {
      await desk.act('issuePass')
      await until('a pass in hand', async () => {
        const [pass] = await house.rows(
          "select 1 from pass p join visit v on v.id = p.visit_id where v.visitor_name = $1 and p.status = 'issued'",
          [stranger.name],
        )
        return pass !== undefined
      })
    }
    await meets(receptionist, (await visitOf(stranger.name))?.id ?? '')
    await becomes(stranger.name, 'with_host')
    await picture(page, `preset-${day.preset}-meeting`)
    expect(await violations(page)).toEqual([])
    const guard = await as('gate', 'gate')
    await gateOf(guard).open()
    await leaves(guard, stranger.name)
    expect(faults).toEqual([])
    await Promise.all([guard.context.close(), receptionist.context.close()])
  })

  /** What this house wants before the meeting, done at the desk; then the meeting itself. */
  async function meets(desk: Person, id: string) {
    const answer = await desk.context.request.get(`/api/v1/visits/${id}`)
    const { outstanding } = (await answer.json()) as { outstanding: string[] }
    if (outstanding.includes('document')) await api(desk, `/visits/${id}/document`, { kind: 'id-card' })
    if (outstanding.includes('pass')) await api(desk, `/visits/${id}/pass`, {})
    if (outstanding.includes('escort'))
      await api(desk, `/visits/${id}/escort`, { escortId: (await hostOf()).id })
    if (outstanding.includes('agreement')) {
      const papers = await desk.context.request.get(`/api/v1/visits/${id}/agreements`)
      const { due } = (await papers.json()) as { due: { versionId: string }[] }
      for (const { versionId } of due)
        await api(desk, `/visits/${id}/agreements/paper`, { versionId, signerName: '本人' })
    }
    await api(desk, `/visits/${id}/meet`, {})
  }

  /** Pass and slip back, the gate opens. */
  async function leaves(guard: Person, name: string) {
    await gateOf(guard).find(name)
    await gateOf(guard).answer('release', name)
    // V13: whoever was walked along comes to the exit with them.
    const run = guard.page.getByRole('button', { name: guard.t('visits.gate.release.run') })
    const escort = guard.page.getByText(guard.t('area.exit.here'), { exact: true })
    // The page asks once it knows the visit whole; until then it lets nobody out.
    await until(
      'the exit to be asked for or free',
      async () => (await escort.isVisible()) || (await run.isEnabled()),
    )
    if (await escort.isVisible()) await escort.click()
    await press(guard.page, guard.t('visits.gate.release.run'))
    await becomes(name, 'left')
  }

  test('V3 V11 V18 announced by the host: let in on the tablet and released', async () => {
    const [host, guard] = await Promise.all([as('host', 'phone'), as('gate', 'gate')])
    const name = '郁青'
    await api(host, '/visits/announce', {
      ...{ visitorName: name, organisation: '远山科技', phone: '13912340011', kind: day.guest },
      ...{ purpose: '商量合作', hostId: (await hostOf()).id },
      expectedAt: new Date(Date.now() + 600_000).toISOString(),
    })
    const gate = gateOf(guard)
    await gate.open()
    await gate.find(name)
    await picture(guard.page, `preset-${day.preset}-gate`)
    await gate.answer('in', name)
    await until(`${name} to be in`, async () => (await visitOf(name))?.status === 'admitted')
    expect(await violations(guard.page)).toEqual([])
    const desk = await as('desk', 'desk')
    await meets(desk, (await visitOf(name))?.id ?? '')
    await gate.open()
    await leaves(guard, name)
    expect(guard.faults).toEqual([])
    await Promise.all([desk, host, guard].map(({ context }) => context.close()))
  })

  test('V5 V10 the host answers with one tap, and signs where this house wants it', async () => {
    const [desk, host] = await Promise.all([as('desk', 'desk'), as('host', 'phone')])
    const name = '丛林'
    const { id } = await api<{ id: string }>(desk, '/visits', {
      ...{ visitorName: name, organisation: '北海工程', phone: '13912340012', kind: caller.kind },
      ...{ purpose: '商量进度', hostId: (await hostOf()).id },
    })
    await host.page.goto('/host')
    const card = host.page.getByRole('article').filter({ hasText: name })
    await card.waitFor()
    await picture(host.page, `preset-${day.preset}-phone`)
    await press(card, host.t('visits.answers.host.receive.word'))
    await becomes(name, 'admitted')
    await meets(desk, id)
    if (caller.signs) {
      await host.page.goto(`/host?visit=${id}`)
      await press(host.page, host.t('visits.host.sign'))
      await becomes(name, 'signed_off')
    }
    const guard = await as('gate', 'gate')
    await gateOf(guard).open()
    await leaves(guard, name)
    expect([...host.faults, ...guard.faults]).toEqual([])
    await Promise.all([desk, host, guard].map(({ context }) => context.close()))
  })

  test.runIf(day.kiosk !== undefined)(
    'V1 V4 the kiosk of the lobby is paired; a visitor checks in alone',
    async () => {
      const office = await as('office', 'desk')
      const kiosk = await person(browser, house, 'gate')
      const { page, t } = kiosk
      await page.setViewportSize({ width: 1280, height: 800 })
      const list = await office.context.request.get('/api/v1/kiosks')
      const { items } = (await list.json()) as { items: { id: string }[] }
      const { code } = await api<{ code: string }>(office, `/kiosks/${items[0]?.id}/pairing`, {})
      await page.goto('/kiosk')
      await page.getByLabel(t('kiosk.pair.code')).fill(code)
      await press(page, t('kiosk.pair.send'))
      await page.getByRole('button', { name: '中文' }).click()
      await picture(page, `preset-${day.preset}-kiosk`)
      await press(page, t('kiosk.walkIn'))
      await page.getByLabel(t('kiosk.ask.name')).fill('祝自来')
      await page.getByLabel(t('kiosk.ask.organisation')).fill('晴川设计')
      await press(page, t('kiosk.next'))
      await page.getByText(day.kiosk?.kind ?? '', { exact: true }).click()
      await page.getByLabel(t('kiosk.ask.purpose')).fill('约谈')
      await page.getByLabel(t('kiosk.ask.phone')).fill('13912340013')
      await press(page, t('kiosk.next'))
      const host = await hostOf()
      await page.getByLabel(t('kiosk.ask.name')).fill(host.name)
      await press(page, t('kiosk.ask.hostFind'))
      await page.getByRole('button', { name: host.name }).first().click()
      expect(await becomes('祝自来', 'asking')).toMatchObject({ via: 'kiosk' })
      const answering = await as('host', 'phone')
      await api(answering, `/visits/${(await visitOf('祝自来'))?.id}/answer`, { answer: 'receive' })
      await sees(page, t('kiosk.wait.welcome', { host: host.name }))
      await picture(page, `preset-${day.preset}-kiosk-welcome`)
      expect(await violations(page)).toEqual([])
      await Promise.all([office, kiosk, answering].map(({ context }) => context.close()))
    },
  )

  test.each(['zh', 'en'] as const)(
    'V23 G8 the manager finds it in register and figures (%s)',
    async (language) => {
      const duty = await as('duty', 'desk', language)
      const { page, t, faults } = duty
      await page.goto(`/register?q=${encodeURIComponent(stranger.name)}`)
      await page.getByRole('row').filter({ hasText: stranger.name }).first().waitFor()
      await page.goto('/visit-figures')
      await page.getByRole('heading', { level: 1, name: t('visits.figures.title') }).waitFor()
      await press(page, t('visits.figures.spans.today'))
      const [here] = await house.rows<{ n: number }>(
        `select count(*)::int as n from visit where arrived_at is not null
         and (sort_at at time zone 'Asia/Shanghai')::date = (now() at time zone 'Asia/Shanghai')::date`,
      )
      const open = t('visits.figures.openRows', { name: t('visits.figures.slice.arrived') })
      // The figures follow the journal; the page reads them anew when asked.
      await until('the figures to have followed', async () => {
        const [left] = await house.rows(
          'select 1 from visit v where not exists (select 1 from visit_counted c where c.visit_id = v.id) limit 1',
        )
        return left === undefined
      })
      await page.reload()
      await press(page, t('visits.figures.spans.today'))
      await page.getByRole('button', { name: `${here?.n}: ${open}` }).waitFor()
      await picture(page, `preset-${day.preset}-figures-${language}`)
      expect(faults).toEqual([])
      await page.context().close()
    },
  )

  return { house: () => house, as }
}
