/** C4 C5 C9: who is behind the targets of a route, as the directory and the day have it. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type TestApp, testApp } from '../../../apps/server/testing.ts'
import { raw } from '../../../kernel/db/sql.ts'
import { newId } from '../../../kernel/ids.ts'
import type { Route, RouteTarget } from '../settings.ts'
import { type CallsHouse, callsHouse } from '../testing.ts'
import { resolveTargets } from './resolve.ts'

let app: TestApp
let house: CallsHouse
const site = newId()
const top = newId()
const day = '2026-03-09'

beforeAll(async () => {
  app = await testApp()
  house = await callsHouse(app, site)
})
afterAll(() => app.close())
beforeEach(() => run('delete from line', []))

const run = (text: string, values: readonly unknown[]) => app.kernel.sql.run(raw(text, values))

async function resolved(
  targets: readonly RouteTarget[],
  more: { wantedId?: string | null; ownerId?: string | null; day?: string; caller?: string } = {},
) {
  const route = {
    targets: targets.map((to) => ({ to, failsOn: ['busy'], tries: 1 })),
  } as unknown as Route
  const whom = {
    siteId: site,
    wantedId: more.wantedId ?? null,
    ownerId: more.ownerId ?? null,
    day: more.day ?? day,
    now: app.clock.now(),
  }
  const posts = [{ key: 'sales', name: { zh: '值班', en: 'Duty' }, department: '业务部' }]
  const found = await resolveTargets(app.kernel.sql, route, whom, more.caller ?? '', posts)
  return found.map(({ step, name, extension }) => [step, name, extension])
}

test('C5 owner, their head, whoever is on duty, the duty person’s head; no telephone twice', async () => {
  const targets: RouteTarget[] = [
    { kind: 'owner' },
    { kind: 'owner-head' },
    { kind: 'duty', post: 'sales' },
    { kind: 'duty-head', post: 'sales' },
  ]
  expect(await resolved(targets, { ownerId: house.ownerId })).toEqual([
    [0, '李明', '8101'],
    [1, '周经理', '8200'],
    [2, '值班小王', '8103'],
  ])
  // Nobody's customer: the duty salesperson first, then their manager.
  expect(await resolved(targets)).toEqual([
    [2, '值班小王', '8103'],
    [3, '周经理', '8200'],
  ])
})

test('C5 nobody set for today: the head of the post’s department stands in', async () => {
  const targets: RouteTarget[] = [
    { kind: 'duty', post: 'sales' },
    { kind: 'duty-head', post: 'sales' },
  ]
  expect(await resolved(targets, { day: '2026-03-10' })).toEqual([[1, '周经理', '8200']])
})

test('C4 the head of a head stands one department above', async () => {
  await run(
    `insert into employee (id, site_id, name, name_pinyin, name_initials, extension, created_at)
     values ($1, $2, '总经理', 'zongjingli', 'zjl', '8001', now())`,
    [top, site],
  )
  const parent = newId()
  await run(
    "insert into department (id, site_id, name, head_id, created_at) values ($1, $2, '总部', $3, now())",
    [parent, site, top],
  )
  await run("update department set parent_id = $1 where site_id = $2 and name = '业务部'", [parent, site])
  const targets: RouteTarget[] = [{ kind: 'wanted' }, { kind: 'wanted-head' }]
  expect(await resolved(targets, { wantedId: house.headId })).toEqual([
    [0, '周经理', '8200'],
    [1, '总经理', '8001'],
  ])
})

test('C4 telephones, staff numbers, departments and their heads; the caller’s own is never rung', async () => {
  await run("update employee set number = 'A-7' where id = $1", [house.dutyId])
  const hotline: RouteTarget = { kind: 'extension', extension: '8000', name: { zh: '热线', en: 'Hotline' } }
  const targets: RouteTarget[] = [
    hotline,
    { kind: 'person', staffNumber: 'A-7' },
    { kind: 'department', department: '业务部' },
    { kind: 'department-head', department: '业务部' },
    { kind: 'person', staffNumber: 'nobody' },
    { kind: 'department', department: '没有' },
  ]
  expect(await resolved(targets)).toEqual([
    [0, '热线', '8000'],
    [1, '值班小王', '8103'],
    [2, '业务部', '8100'],
    [3, '周经理', '8200'],
  ])
  expect((await resolved(targets, { caller: '8000' }))[0]).toEqual([1, '值班小王', '8103'])
})

test('C4 who left is not rung; who has no telephone is reached at the department’s', async () => {
  await run('update employee set active = false where id = $1', [house.headId])
  expect(await resolved([{ kind: 'wanted-head' }], { wantedId: house.ownerId })).toEqual([
    [0, '总经理', '8001'],
  ])
  expect(await resolved([{ kind: 'wanted' }], { wantedId: house.headId })).toEqual([])
  await run('update employee set active = true where id = $1', [house.headId])
  await run('update employee set extension = null where id = $1', [house.ownerId])
  expect(await resolved([{ kind: 'wanted' }], { wantedId: house.ownerId })).toEqual([[0, '李明', '8100']])
  await run("update employee set extension = '8101' where id = $1", [house.ownerId])
})

test('C5 who said they are away is stood in for by their deputy, as long as it holds', async () => {
  const say = (said: string, until: Date | null, at = app.clock.now()) =>
    run(
      `insert into line (site_id, extension, said, said_until, said_at) values ($1, '8101', $2, $3, $4)
       on conflict (site_id, extension) do update set said = excluded.said, said_until = excluded.said_until,
         said_at = excluded.said_at`,
      [site, said, until, at],
    )
  const owner = () => resolved([{ kind: 'owner' }], { ownerId: house.ownerId })
  const hours = (n: number) => new Date(app.clock.now().getTime() + n * 3_600_000)
  await say('away', hours(1))
  expect(await owner()).toEqual([[0, '赵岚', '8102']])
  await say('away', hours(-1))
  expect(await owner()).toEqual([[0, '李明', '8101']])
  await say('busy', null)
  expect(await owner()).toEqual([[0, '李明', '8101']])
  await say('away', null, hours(-24))
  expect(await owner()).toEqual([[0, '李明', '8101']])
  await say('away', null)
  await run('update employee set active = false where id = $1', [house.deputyId])
  expect(await owner()).toEqual([[0, '李明', '8101']])
  await run('update employee set active = true where id = $1', [house.deputyId])
})

test('C4 a colleague of another house is nobody here', async () => {
  const other = await callsHouse(app, newId())
  expect(await resolved([{ kind: 'wanted' }, { kind: 'wanted-head' }], { wantedId: other.ownerId })).toEqual(
    [],
  )
})
