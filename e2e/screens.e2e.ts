/** Accessible (ui.md §10): axe finds nothing on any screen of the router, in both languages; desk and gate in the dark as well. */
import { readdirSync, readFileSync } from 'node:fs'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { signLink } from '../src/kernel/links.ts'
import { violations } from './support/axe.ts'
import { openBrowser, type Person, person, type screens } from './support/browser.ts'
import { type House, openHouse } from './support/house.ts'
import { picture } from './support/look.ts'
import type { Language } from './support/texts.ts'

let house: House
let browser: Browser
let visitId: string
let groupId: string
let permitId: string
let linkToken: string
let callId: string
let messageId: string
let messageToken: string
let callbackId: string
let customerId: string
let contactId: string
let musterId: string

beforeAll(async () => {
  ;[house, browser] = await Promise.all([openHouse('demo'), openBrowser()])
  const [visit] = await house.rows<{ id: string; site_id: string; host_id: string }>(
    "select id, site_id, host_id from visit where visitor_name = '石佳慧'",
  )
  if (visit === undefined) throw new Error('the demo day has changed')
  visitId = visit.id
  const [group] = await house.rows<{ id: string }>(
    `insert into visit_group (id, site_id, source, source_key, title, size, host_name, expected_at, created_at, kind, category)
     select gen_random_uuid(), site_id, 'house', gen_random_uuid()::text, '参观团', 2, host_name, now(), now(), kind, category
     from visit where visitor_name = '石佳慧' returning id`,
  )
  groupId = group?.id ?? ''
  const [permit] = await house.rows<{ id: string }>(
    `insert into permit (id, site_id, status, status_at, visitor_id, holder_name, holder_pinyin, holder_initials, organisation,
       kind, category, host_id, host_name, valid_from, valid_to, areas, created_at, created_by, created_by_name, updated_at)
     select gen_random_uuid(), site_id, 'active', now(), visitor_id, '邓师傅', 'dengshifu', 'dsf', '安捷电梯维保', kind, category,
       host_id, host_name, current_date, current_date + 20, '["三号厂房"]', now(), 'x', '胡志波', now()
     from visit where visitor_name = '石佳慧' returning id`,
  )
  permitId = permit?.id ?? ''
  const exp = Math.floor(Date.now() / 1000) + 3600
  const { links } = house.app.kernel
  linkToken = await signLink(links, {
    site: visit.site_id,
    person: visit.host_id,
    name: '唐薇',
    entity: 'visit',
    id: visitId,
    exp,
  })
  const [call] = await house.rows<{ id: string }>('select id from call order by started_at desc limit 1')
  const [message] = await house.rows<{ id: string; site_id: string; to_id: string; to_name: string }>(
    "select id, site_id, to_id, to_name from message where to_kind = 'person' order by taken_at limit 1",
  )
  const [others] = await house.rows<{ callback: string; customer: string; contact: string }>(
    `select (select id from callback order by due_at limit 1) as callback,
       (select id from customer order by number limit 1) as customer,
       (select contact_id from call where contact_id is not null order by started_at limit 1) as contact`,
  )
  if (others === undefined) throw new Error('the demo day has changed')
  ;({ callback: callbackId, customer: customerId, contact: contactId } = others)
  if (call === undefined || message === undefined) throw new Error('the demo day has changed')
  callId = call.id
  messageId = message.id
  const [site] = await house.rows<{ site_id: string }>('select site_id from visit limit 1')
  const [drill] = await house.rows<{ id: string }>(
    `with m as (insert into muster (id, site_id, kind, status, started_at, started_by, started_by_name, ended_at)
       values (gen_random_uuid(), $1, 'drill', 'ended', now() - interval '1 hour', 'x', '胡志波', now()) returning id)
     insert into muster_person (id, muster_id, kind, name, added_at, added_how, revision)
       select gen_random_uuid(), id, 'other', '王芳', now(), 'found', 1 from m returning muster_id as id`,
    [site?.site_id],
  )
  if (drill === undefined) throw new Error('the demo day has changed')
  musterId = drill.id
  messageToken = await signLink(links, {
    site: message.site_id,
    person: message.to_id,
    name: message.to_name,
    entity: 'message',
    id: message.id,
    exp,
  })
})
afterAll(async () => {
  await browser?.close()
  await house?.stop()
})

interface Screen {
  readonly path: string
  readonly screen: keyof typeof screens
  /** Whose screen it is; nobody: without sign-in. */
  readonly as?: string
  readonly open: () => readonly string[]
}

/** Every path of the router, with the states that look different. */
const all: readonly Screen[] = [
  { path: '/sign-in', screen: 'desk', open: () => ['/sign-in'] },
  {
    path: '/',
    screen: 'desk',
    as: 'desk',
    open: () => [
      '/',
      '/?open=new',
      '/?open=announce',
      `/?visit=${visitId}`,
      '/?open=call',
      '/?open=message',
      `/?call=${callId}`,
    ],
  },
  { path: '/todo', screen: 'desk', as: 'desk', open: () => ['/todo'] },
  { path: '/offline', screen: 'desk', as: 'desk', open: () => ['/offline'] },
  { path: '/inside', screen: 'desk', as: 'desk', open: () => ['/inside'] },
  { path: '/register', screen: 'desk', as: 'desk', open: () => ['/register', `/register?visit=${visitId}`] },
  { path: '/devices', screen: 'desk', as: 'office', open: () => ['/devices'] },
  { path: '/privacy', screen: 'desk', as: 'office', open: () => ['/privacy'] },
  { path: '/important', screen: 'desk', as: 'desk', open: () => ['/important'] },
  { path: '/important/new', screen: 'desk', as: 'desk', open: () => ['/important/new'] },
  { path: '/emergencies', screen: 'desk', as: 'desk', open: () => ['/emergencies'] },
  { path: '/unannounced', screen: 'desk', as: 'desk', open: () => ['/unannounced'] },
  { path: '/incidents', screen: 'desk', as: 'duty', open: () => ['/incidents'] },
  { path: '/areas', screen: 'desk', as: 'office', open: () => ['/areas'] },
  {
    path: '/host/areas',
    screen: 'phone',
    as: 'head',
    open: () => ['/host/areas', `/host/areas?visit=${visitId}`],
  },
  { path: '/vehicles', screen: 'desk', as: 'desk', open: () => ['/vehicles'] },
  { path: '/print/incidents', screen: 'desk', as: 'duty', open: () => ['/print/incidents'] },
  { path: '/gate/important', screen: 'gate', as: 'gate', open: () => ['/gate/important'] },
  { path: '/gate/emergencies', screen: 'gate', as: 'gate', open: () => ['/gate/emergencies'] },
  { path: '/gate/unannounced', screen: 'gate', as: 'gate', open: () => ['/gate/unannounced'] },
  { path: '/gate/incidents', screen: 'gate', as: 'gate', open: () => ['/gate/incidents'] },
  { path: '/gate/vehicles', screen: 'gate', as: 'gate', open: () => ['/gate/vehicles'] },
  { path: '/host/warn', screen: 'phone', as: 'head', open: () => ['/host/warn'] },
  { path: '/agreements', screen: 'desk', as: 'office', open: () => ['/agreements'] },
  { path: '/kiosks', screen: 'desk', as: 'office', open: () => ['/kiosks'] },
  // With a guest's link in invitation.e2e.ts; here what somebody without one sees.
  { path: '/i', screen: 'phone', open: () => ['/i'] },
  {
    path: '/permits',
    screen: 'desk',
    as: 'desk',
    open: () => ['/permits', `/permits?permit=${permitId}`, '/permits?open=new', '/permits?open=come-in'],
  },
  {
    path: '/gate/permits',
    screen: 'gate',
    as: 'gate',
    open: () => ['/gate/permits', '/gate/permits?code=P99999'],
  },
  { path: '/print/permits/$id', screen: 'desk', as: 'desk', open: () => [`/print/permits/${permitId}`] },
  { path: '/passes', screen: 'desk', as: 'desk', open: () => ['/passes'] },
  { path: '/groups', screen: 'desk', as: 'desk', open: () => ['/groups'] },
  { path: '/groups/$id', screen: 'desk', as: 'desk', open: () => [`/groups/${groupId}`] },
  { path: '/gate/groups', screen: 'gate', as: 'gate', open: () => ['/gate/groups'] },
  { path: '/gate/groups/$id', screen: 'gate', as: 'gate', open: () => [`/gate/groups/${groupId}`] },
  { path: '/host/groups', screen: 'phone', as: 'host', open: () => ['/host/groups'] },
  { path: '/host/groups/$id', screen: 'phone', as: 'desk', open: () => [`/host/groups/${groupId}`] },
  { path: '/muster', screen: 'desk', as: 'duty', open: () => ['/muster'] },
  { path: '/muster/$id', screen: 'desk', as: 'duty', open: () => [`/muster/${musterId}`] },
  { path: '/gate/muster', screen: 'gate', as: 'gate', open: () => ['/gate/muster'] },
  { path: '/host/muster', screen: 'phone', as: 'duty', open: () => ['/host/muster'] },
  { path: '/print/muster/$id', screen: 'desk', as: 'duty', open: () => [`/print/muster/${musterId}`] },
  { path: '/print/evacuation', screen: 'desk', as: 'desk', open: () => ['/print/evacuation'] },
  { path: '/staff-register', screen: 'desk', as: 'desk', open: () => ['/staff-register'] },
  { path: '/gate/staff', screen: 'gate', as: 'gate', open: () => ['/gate/staff'] },
  { path: '/host/outings', screen: 'phone', as: 'host', open: () => ['/host/outings'] },
  { path: '/print/staff-register', screen: 'desk', as: 'desk', open: () => ['/print/staff-register'] },
  { path: '/visit-routes', screen: 'desk', as: 'admin', open: () => ['/visit-routes'] },
  { path: '/watch-list', screen: 'desk', as: 'duty', open: () => ['/watch-list'] },
  { path: '/refusals', screen: 'desk', as: 'desk', open: () => ['/refusals'] },
  { path: '/notifications', screen: 'desk', as: 'desk', open: () => ['/notifications'] },
  { path: '/account', screen: 'desk', as: 'desk', open: () => ['/account'] },
  {
    path: '/calls',
    screen: 'desk',
    as: 'desk',
    open: () => ['/calls', `/calls?call=${callId}`, '/calls?late=true&text=8000'],
  },
  {
    path: '/messages',
    screen: 'desk',
    as: 'desk',
    open: () => ['/messages?whose=all', `/messages?message=${messageId}`, '/messages?open=new'],
  },
  {
    path: '/callbacks',
    screen: 'desk',
    as: 'desk',
    open: () => [
      '/callbacks?whose=all&status=any',
      `/callbacks?callback=${callbackId}`,
      '/callbacks?open=new',
    ],
  },
  { path: '/call-figures', screen: 'desk', as: 'duty', open: () => ['/call-figures'] },
  { path: '/visit-figures', screen: 'desk', as: 'duty', open: () => ['/visit-figures'] },
  { path: '/visit-figures/rows', screen: 'desk', as: 'duty', open: () => ['/visit-figures/rows'] },
  { path: '/private-calls', screen: 'desk', as: 'quality', open: () => ['/private-calls'] },
  { path: '/duty-days', screen: 'desk', as: 'office', open: () => ['/duty-days'] },
  { path: '/exchange', screen: 'desk', as: 'admin', open: () => ['/exchange'] },
  {
    path: '/customers',
    screen: 'desk',
    as: 'agent',
    open: () => ['/customers', '/customers?grade=vip'],
  },
  { path: '/customers/new', screen: 'desk', as: 'agent', open: () => ['/customers/new'] },
  { path: '/customers/$id', screen: 'desk', as: 'agent', open: () => [`/customers/${customerId}`] },
  { path: '/contacts', screen: 'desk', as: 'agent', open: () => ['/contacts'] },
  { path: '/contacts/new', screen: 'desk', as: 'agent', open: () => ['/contacts/new'] },
  { path: '/contacts/$id', screen: 'desk', as: 'agent', open: () => [`/contacts/${contactId}`] },
  { path: '/duplicates', screen: 'desk', as: 'office', open: () => ['/duplicates'] },
  { path: '/suggestions', screen: 'desk', as: 'agent', open: () => ['/suggestions'] },
  { path: '/transfers', screen: 'desk', as: 'head', open: () => ['/transfers'] },
  { path: '/directory', screen: 'desk', as: 'office', open: () => ['/directory'] },
  { path: '/extensions', screen: 'desk', as: 'desk', open: () => ['/extensions'] },
  { path: '/calendar', screen: 'desk', as: 'office', open: () => ['/calendar'] },
  {
    path: '/settings',
    screen: 'desk',
    as: 'office',
    open: () => [
      '/settings',
      '/settings?key=visits.categories',
      '/settings?key=visits.wording',
      '/settings?key=calls.routes',
    ],
  },
  {
    path: '/imports/$kind',
    screen: 'desk',
    as: 'office',
    open: () => ['/imports/visits', '/imports/employees', '/imports/customers'],
  },
  { path: '/deliveries', screen: 'desk', as: 'admin', open: () => ['/deliveries'] },
  { path: '/channels', screen: 'desk', as: 'admin', open: () => ['/channels'] },
  { path: '/users', screen: 'desk', as: 'admin', open: () => ['/users'] },
  { path: '/api-keys', screen: 'desk', as: 'admin', open: () => ['/api-keys'] },
  { path: '/sites', screen: 'desk', as: 'admin', open: () => ['/sites'] },
  { path: '/audit', screen: 'desk', as: 'director', open: () => ['/audit'] },
  {
    path: '/gate',
    screen: 'gate',
    as: 'gate',
    open: () => [
      '/gate',
      '/gate?lane=expected',
      '/gate?act=new',
      '/gate?act=scan',
      `/gate?visit=${visitId}`,
      `/gate?visit=${visitId}&act=ask`,
      `/gate?visit=${visitId}&act=refuse`,
    ],
  },
  { path: '/gate/todo', screen: 'gate', as: 'gate', open: () => ['/gate/todo'] },
  { path: '/gate/offline', screen: 'gate', as: 'gate', open: () => ['/gate/offline'] },
  { path: '/host', screen: 'phone', as: 'host', open: () => ['/host', '/host?open=announce'] },
  { path: '/host/todo', screen: 'phone', as: 'host', open: () => ['/host/todo'] },
  {
    path: '/host/messages/$id',
    screen: 'phone',
    open: () => [
      `/host/messages/${messageId}#link=${messageToken}`,
      `/host/messages/${messageId}#link=broken`,
    ],
  },
  { path: '/h', screen: 'phone', open: () => [`/h#link=${linkToken}`, '/h#link=broken'] },
  {
    path: '/print/visits/$id',
    screen: 'desk',
    as: 'desk',
    open: () => [`/print/visits/${visitId}`, `/print/visits/${visitId}?paper=card`],
  },
  { path: '/print/calls', screen: 'desk', as: 'desk', open: () => ['/print/calls'] },
  { path: '/print/calls/$id', screen: 'desk', as: 'desk', open: () => [`/print/calls/${callId}`] },
  { path: '/print/messages/$id', screen: 'desk', as: 'desk', open: () => [`/print/messages/${messageId}`] },
  { path: '/print/register', screen: 'desk', as: 'desk', open: () => ['/print/register'] },
  { path: '/print/extensions', screen: 'desk', as: 'desk', open: () => ['/print/extensions'] },
]

/** Opened by other journeys: it exists only while the database is empty. */
const elsewhere = ['/setup']

const people = new Map<string, Promise<Person>>()

/** Signed in once for all their screens. */
function whose({ screen, as }: Screen, language: Language, dark: boolean): Promise<Person> {
  const key = [screen, as ?? 'nobody', language, dark].join(' ')
  const known =
    people.get(key) ?? person(browser, house, screen, { language, dark, ...(as === undefined ? {} : { as }) })
  people.set(key, known)
  return known
}

async function settled(page: Page): Promise<void> {
  await page.getByRole('heading').first().waitFor({ state: 'attached' })
  // Skeletons say so; a screen is looked at when the last one has gone.
  await page.locator('[aria-busy="true"]').first().waitFor({ state: 'detached' })
  await page.evaluate('document.fonts.ready.then(() => true)')
}

async function look(one: Screen, language: Language, dark: boolean): Promise<string[]> {
  const who = await whose(one, language, dark)
  const found: string[] = []
  for (const [index, address] of one.open().entries()) {
    await who.page.goto('about:blank')
    await who.page.goto(address)
    await settled(who.page)
    const name = `${one.path.replaceAll(/[/$]+/g, '-').replace(/^-/, '') || 'desk'}-${index}`
    await picture(who.page, `screen-${one.screen}-${name}-${language}${dark ? '-dark' : ''}`)
    for (const violation of await violations(who.page)) found.push(`${address}: ${violation}`)
  }
  return [...found, ...who.faults.splice(0)]
}

test('every path of the router is looked at', () => {
  const folder = new URL('../src/apps/web/routes/', import.meta.url)
  const source = readdirSync(folder)
    .map((name) => readFileSync(new URL(name, folder), 'utf8'))
    .join('\n')
  const paths = [...source.matchAll(/\bpath: '([^']+)'/g)].map(([, path = '']) => path)
  expect(paths.length).toBeGreaterThan(20)
  expect([...all.map(({ path }) => path), ...elsewhere].sort()).toEqual([...new Set(paths)].sort())
})

const inTheDark = ['/', '/register', '/gate', '/host']

describe.each(['zh', 'en'] as const)('axe finds nothing, %s', (language) => {
  test.each(all)('$path', async (one) => {
    expect(await look(one, language, false)).toEqual([])
  })
})

describe('axe finds nothing in the dark', () => {
  test.each(all.filter(({ path }) => inTheDark.includes(path)))('$path', async (one) => {
    expect(await look(one, 'zh', true)).toEqual([])
  })
})
