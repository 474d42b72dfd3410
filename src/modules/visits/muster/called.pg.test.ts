/** V18 who is called when an evacuation starts, and where the list says people are. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestApp, testActor, testApp } from '../../../apps/server/testing.ts'
import type { Actor } from '../../../kernel/actor.ts'
import { raw } from '../../../kernel/db/sql.ts'
import { newId } from '../../../kernel/ids.ts'
import type { JournalEntry } from '../../../kernel/journal/entry.ts'
import { type Follower, follow } from '../../../kernel/journal/followers.ts'
import { systemCtx } from '../../../kernel/kernel.ts'
import { command } from '../../../kernel/work/command.ts'
import { createPerson } from '../../directory/public.ts'
import { register } from '../arrival/register.ts'
import { visits } from '../contract.ts'
import { houseFor } from '../testing.ts'
import { musterNotices } from './notices.ts'
import { inside, people, start } from './service.ts'
import { musterSetting } from './settings.ts'

let app: TestApp
const site = newId()
const warden = newId()
let desk: Actor
let duty: Actor
let hostId: string
const on = (actor: Actor) => app.ctx(actor, site)

async function guest(name: string, more: Record<string, unknown> = {}) {
  return register(on(desk), {
    body: visits.register.body.parse({
      visitorName: name,
      organisation: '华信科技',
      purpose: '交流',
      kind: 'visitor',
      hostId,
      consent: { how: 'phone', byId: hostId },
      issuePass: false,
      ...more,
    }),
  } as Parameters<typeof register>[1])
}

beforeAll(async () => {
  app = await testApp()
  const house = await houseFor(app, site)
  hostId = house.hostId
  desk = testActor(site, ['receptionist'], house.deskId)
  duty = testActor(site, ['duty_manager'], house.headId)
  await command(systemCtx(app.kernel, site, { ...duty, id: 'test' }), async (work) => {
    createPerson(work, { id: warden, name: '楼层负责人', number: 'W7' })
  })
})
afterAll(() => app.close())

test('V18 companions stand by number, the zone is the last door that read the pass', async () => {
  await guest('王芳', { partySize: 12 })
  const seen = await guest('李雷')
  await app.kernel.sql.run(
    raw(
      `insert into area (id, site_id, name_zh, name_en, created_at, updated_at) values ($1, $2, '机房', 'Machine room', now(), now())`,
      [newId(), site],
    ),
  )
  await app.kernel.sql.run(
    raw(`update visit set seen_area = '机房', seen_at = now() where id = $1`, [seen.id]),
  )
  const list = await inside(on(duty))
  expect(list.items.find((one) => one.name === '李雷')?.zone).toEqual({ zh: '机房', en: 'Machine room' })
  const { id } = await start(on(duty), { body: { kind: 'drill', note: '' } } as Parameters<typeof start>[1])
  const { items } = await people(on(duty), { params: { id }, query: { after: 0 }, body: undefined })
  const party = items.map(({ name }) => name).filter((name) => name.startsWith('王芳'))
  expect(party).toEqual(['王芳', ...Array.from({ length: 11 }, (_, n) => `王芳 +${n + 1}`)])
})

test('V18 wardens are called once, with the page they count on; whoever started it is not', async () => {
  await app.settled()
  const entries: JournalEntry[] = []
  const reader: Follower = {
    name: 'test-called',
    wants: (entry) => entry.action === 'muster.started',
    async handle(_, found) {
      entries.push(...found)
      return []
    },
  }
  while ((await follow(app.kernel, reader)) > 0);
  const rules = { ...musterSetting.fallback, wardens: ['W7', 'nobody'], told: [] }
  const kernel = Object.create(app.kernel, { settings: { value: { get: async () => rules } } })
  const [entry] = entries
  if (entry === undefined) throw new Error('nothing was started')
  const tell = (one: JournalEntry) => musterNotices['muster.started']?.(app.kernel.sql, one, kernel)
  expect(await tell(entry)).toEqual([
    expect.objectContaining({ personId: warden, template: 'muster-drill', link: '/host/muster' }),
  ])
  expect(await tell({ ...entry, actorId: warden })).toEqual([])
})
