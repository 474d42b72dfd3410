/** C5, S10, G5: the customer list, whose a company is, who gives it away, one record out of two, and one timeline. */
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { violations } from './support/axe.ts'
import { openBrowser, type Person, person } from './support/browser.ts'
import { type House, openHouse } from './support/house.ts'
import { gone, picture, press, sees } from './support/look.ts'
import type { Language } from './support/texts.ts'
import { until } from './support/until.ts'

const password = 'zhida-front-2026'
let house: House
let browser: Browser

beforeAll(async () => {
  ;[house, browser] = await Promise.all([openHouse('switchboard'), openBrowser()])
})
afterAll(async () => {
  await browser?.close()
  await house?.stop()
})

const signedIn = (as: string, language: Language = 'zh') =>
  person(browser, house, 'desk', { as, password, language })

const box = ({ page }: Person, name: string) => page.getByRole('region', { name, exact: true })

/** As it stands: a picture for whoever looks, and nothing axe finds wrong with it. */
async function looksRight({ page }: Person, name: string): Promise<void> {
  await picture(page, name)
  expect(await violations(page), name).toEqual([])
}

async function openCompany({ page, t }: Person, name: string): Promise<void> {
  await page.goto('/customers')
  await page.getByRole('searchbox', { name: t('customers.filter.text') }).fill(name)
  await page.getByRole('link', { name, exact: true }).click()
  await page.getByRole('heading', { name, level: 1 }).waitFor()
}

async function ownerOf(name: string): Promise<string | null> {
  const [row] = await house.rows<{ owner: string | null }>(
    'select e.name as owner from customer c left join employee e on e.id = c.owner_id where c.name = $1',
    [name],
  )
  return row?.owner ?? null
}

test('S10 list, filter, a new company with two numbers, edited', async () => {
  const agent = await signedIn('agent')
  const { page, t } = agent
  await page.goto('/customers')
  await page.getByRole('link', { name: '金禾餐饮连锁' }).waitFor()
  await looksRight(agent, 'customers-list-zh')
  await page.getByLabel(t('customers.field.grade')).selectOption('vip')
  await page.getByRole('link', { name: '金禾餐饮连锁' }).waitFor({ state: 'detached' })
  await page.getByRole('link', { name: '蓝海物流集团' }).waitFor()
  await page.getByLabel(t('customers.field.grade')).selectOption('')
  await page.getByLabel(t('customers.field.owner')).selectOption('none')
  await page.getByRole('link', { name: '蓝海物流集团' }).waitFor({ state: 'detached' })
  await page.getByRole('link', { name: '星途教育' }).waitFor()
  await page.getByLabel(t('customers.field.owner')).selectOption('')
  // The last digits of a number find whose it is.
  await page.getByRole('searchbox', { name: t('customers.filter.text') }).fill('8000')
  await page.getByRole('link', { name: '星途教育' }).waitFor({ state: 'detached' })
  await page.getByRole('link', { name: '南方科技有限公司' }).waitFor()

  await press(page, t('customers.list.newCustomer'))
  await page.locator('input[name="name"]').fill('鹏城软件有限公司')
  const phones = [
    ['0755-23456789转8130', '总机'],
    ['138 0000 7001', '王经理'],
  ] as const
  for (const [index, [number, label]] of phones.entries()) {
    await press(page, t('customers.form.addPhone'))
    const row = page.getByRole('group', { name: t('customers.form.phoneNumber', { n: index + 1 }) })
    await row.getByRole('textbox', { name: t('customers.form.number') }).fill(number)
    await row.getByRole('textbox', { name: t('customers.form.label') }).fill(label)
  }
  await looksRight(agent, 'customers-form-zh')
  await press(page, t('customers.save'))
  await page.getByRole('heading', { name: '鹏城软件有限公司', level: 1 }).waitFor()
  await sees(page, '0755****6789')
  await sees(page, '138****7001')

  await press(page, t('customers.edit'))
  await page.getByRole('textbox', { name: t('customers.field.shortName') }).fill('鹏软')
  await page.getByLabel(t('customers.field.grade')).selectOption('key')
  await looksRight(agent, 'customers-edit-zh')
  await press(page, t('customers.save'))
  await sees(box(agent, t('customers.facts')), '鹏软')
  // Numbers nobody touched go back unchanged, though they were shown masked (G5).
  const kept = await house.rows<{ n: number }>(
    `select count(*)::int as n from customer_phone p join customer c on c.id = p.customer_id
     where c.name = '鹏城软件有限公司' and p.number !~ '\\*'`,
  )
  expect(kept).toEqual([{ n: 2 }])
  expect(agent.faults).toEqual([])
  await agent.context.close()
})

test('C5 claimed by a salesperson, asked for by a colleague, given by the head of the department, on screens that follow', async () => {
  const [host, agent, head] = await Promise.all([signedIn('host'), signedIn('agent'), signedIn('head')])
  const { t } = host
  await openCompany(host, '星途教育')
  await press(host.page, t('customers.owner.claim'))
  await sees(box(host, t('customers.owner.title')), '赵敏')
  expect(await ownerOf('星途教育')).toBe('赵敏')
  await looksRight(host, 'customers-card-zh')

  await openCompany(agent, '星途教育')
  await press(agent.page, t('customers.owner.ask'))
  await box(agent, t('customers.owner.title'))
    .getByRole('textbox', { name: t('customers.field.reason') })
    .fill('客服一直在跟进')
  await press(box(agent, t('customers.owner.title')), t('customers.owner.ask'))
  await sees(box(agent, t('customers.owner.title')), t('customers.transfers.status.asked'))
  await sees(box(host, t('customers.owner.title')), t('customers.transfers.status.asked'))

  await head.page.goto('/transfers')
  await sees(head.page, '客服一直在跟进')
  await looksRight(head, 'customers-transfers-zh')
  await press(head.page, t('customers.transfers.approve'))
  await sees(head.page, t('customers.transfers.done.approved', { name: '星途教育' }))
  await sees(box(host, t('customers.owner.title')), '祝婷')
  expect(await ownerOf('星途教育')).toBe('祝婷')
  // Not asked "are you sure", but taken back.
  await press(head.page, t('kit.toast.undo'))
  await sees(head.page, '客服一直在跟进')
  await sees(box(host, t('customers.owner.title')), '赵敏')
  expect(await ownerOf('星途教育')).toBe('赵敏')
  for (const { faults } of [host, agent, head]) expect(faults).toEqual([])
  await Promise.all([host, agent, head].map(({ context }) => context.close()))
})

test('C5 two records of one company: side by side, merged, taken back', async () => {
  const office = await signedIn('office')
  const { page, t } = office
  await page.goto('/customers/new')
  await page.locator('input[name="name"]').fill('南方科技公司')
  await page.getByRole('textbox', { name: t('customers.field.address') }).fill('科技园南路 8 号')
  await press(page, t('customers.form.addPhone'))
  await page.getByRole('textbox', { name: t('customers.form.number') }).fill('0755-66668000')
  await press(page, t('customers.save'))
  await page.getByRole('heading', { name: '南方科技公司', level: 1 }).waitFor()
  await page.getByRole('link', { name: t('customers.merge.find') }).click()
  await sees(page, t('customers.merge.reason.number'))
  await looksRight(office, 'customers-duplicates-zh')
  await press(page, t('customers.merge.compare'))
  await page
    .getByRole('radio', { name: /南方科技有限公司/ })
    .first()
    .check()
  await looksRight(office, 'customers-merge-zh')
  await press(page, t('customers.merge.merge'))
  const standing = (name: string) =>
    house.rows<{ merged: boolean; address: string }>(
      'select merged_into is not null as merged, address from customer where name = $1',
      [name],
    )
  await sees(page, t('customers.merge.done', { name: '南方科技公司' }))
  expect(await standing('南方科技公司')).toMatchObject([{ merged: true }])
  expect(await standing('南方科技有限公司')).toEqual([{ merged: false, address: '科技园南路 8 号' }])

  await openCompany(office, '南方科技有限公司')
  await looksRight(office, 'customers-merged-zh')
  await press(box(office, t('customers.merge.notes')), t('customers.merge.undo'))
  await sees(page, t('customers.merge.undone'))
  await box(office, t('customers.merge.notes')).waitFor({ state: 'detached' })
  expect(await standing('南方科技公司')).toMatchObject([{ merged: false }])
  expect(await standing('南方科技有限公司')).toEqual([{ merged: false, address: '' }])
  expect(office.faults).toEqual([])
  await office.context.close()
})

test('C5 G5 a contact’s card: whose, masked number, visit of the day on one timeline; in both languages', async () => {
  const contactId = await until('the visitor linked to a contact', async () => {
    const [row] = await house.rows<{ id: string }>(
      `select p.contact_id as id from visitor p where p.name = '柏文' and p.contact_id is not null`,
    )
    return row?.id
  })
  for (const language of ['zh', 'en'] as const) {
    const desk = await signedIn('desk', language)
    const { page, t } = desk
    await page.goto(`/contacts/${contactId}`)
    await page.getByRole('heading', { name: '柏文', level: 1 }).waitFor()
    await sees(box(desk, t('customers.owner.title')), '赵敏')
    const timeline = box(desk, t('customers.history.title'))
    await sees(timeline, '续签会员')
    await sees(page, '137****0012')
    await looksRight(desk, `customers-contact-${language}`)
    if (language === 'zh') {
      await page.getByRole('textbox', { name: t('customers.remarks.new') }).fill('希望展位靠门')
      await page.getByLabel(t('customers.remarks.kind')).selectOption('suggestion')
      await press(page, t('customers.remarks.add'))
      await sees(timeline, '希望展位靠门')
    }
    await page.goto('/suggestions')
    await sees(page, '希望展位靠门')
    await looksRight(desk, `customers-suggestions-${language}`)
    expect(desk.faults).toEqual([])
    await desk.context.close()
  }
})

test('K1 the same screens in English', async () => {
  const office = await signedIn('office', 'en')
  const { page, t } = office
  await page.goto('/customers')
  await page.getByRole('link', { name: '金禾餐饮连锁' }).waitFor()
  await looksRight(office, 'customers-list-en')
  await openCompany(office, '南方科技有限公司')
  await looksRight(office, 'customers-card-en')
  await press(page, t('customers.edit'))
  await looksRight(office, 'customers-edit-en')
  await page.goto('/transfers')
  await sees(page, '客服一直在跟进')
  await looksRight(office, 'customers-transfers-en')
  await page.goto('/duplicates')
  await press(page, t('customers.merge.compare'))
  await page
    .getByRole('radio', { name: /南方科技有限公司/ })
    .first()
    .waitFor()
  await looksRight(office, 'customers-merge-en')
  await press(page, t('customers.cancel'))
  await press(page, t('customers.merge.apart'))
  await sees(page, t('customers.merge.keptApart'))
  await gone(page, t('customers.merge.compare'))
  expect(office.faults).toEqual([])
  await office.context.close()
})
