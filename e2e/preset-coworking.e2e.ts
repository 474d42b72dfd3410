/** Preset coworking (source E): one desk for many companies, each seeing its own visitors only. */
import { expect, test } from 'vitest'
import { violations } from './support/axe.ts'
import { picture, press, sees } from './support/look.ts'
import { livesItsDay } from './support/preset-day.ts'

const { house, as } = livesItsDay({
  preset: 'coworking',
  password: 'juhe-front-2026',
  stranger: {
    name: '尤看房',
    from: '树洞工作室',
    matter: '看四人间',
    phone: '13912340024',
    kind: '看房参观',
    topic: '独立办公室',
    route: 'viewing',
    asked: [
      { extension: '106', said: 'no-answer' },
      { extension: '105', said: 'agreed' },
    ],
  },
  needs: { document: false, pass: true },
  guest: 'tenant-guest',
  caller: { kind: 'supplier', signs: false },
  kiosk: { kind: '客户' },
})

test.each(['zh', 'en'] as const)(
  'E1 E3 V23 a company sees its own visitors and nobody else’s (%s)',
  async (language) => {
    const tenant = await as('tenant', 'desk', language)
    const { page, t, faults } = tenant
    const rows = await house().rows<{ id: string; company: string }>(
      "select v.id, v.host_department as company from visit v where v.status in ('with_host', 'admitted', 'left')",
    )
    const own = rows.find(({ company }) => company === '青柠软件')
    const other = rows.find(({ company }) => company === '星野设计')
    if (own === undefined || other === undefined) throw new Error('the demo day has changed')
    const get = (path: string) => tenant.context.request.get(`/api/v1${path}`)
    expect((await get(`/visits/${own.id}`)).status()).toBe(200)
    expect((await get(`/visits/${other.id}`)).status()).toBe(404)
    expect((await get('/visits')).status()).toBe(403)
    await page.goto('/visit-figures')
    await page.getByRole('heading', { level: 1, name: t('visits.figures.title') }).waitFor()
    await press(page, t('visits.figures.spans.today'))
    await sees(page, '青柠软件')
    const departments = page
      .locator('section')
      .filter({ has: page.getByRole('heading', { name: t('visits.figures.departments') }) })
    expect(await departments.textContent()).not.toContain('星野设计')
    await picture(page, `preset-coworking-tenant-${language}`)
    expect(await violations(page)).toEqual([])
    expect(faults).toEqual([])
    await page.context().close()
  },
)
