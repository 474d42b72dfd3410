import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { type TestApp, testActor, testApp } from '../../apps/server/testing.ts'
import type { Actor } from '../actor.ts'
import { raw } from '../db/sql.ts'
import { newId } from '../ids.ts'
import { type FoyerModule, setting } from '../module.ts'
import { command } from '../work/command.ts'
import { settingRoutes } from './contract.ts'
import { settingsModule } from './module.ts'
import { seedSettings } from './settings.ts'

const timings = setting({
  key: 'thing.timings',
  action: 'thing.configure',
  schema: z.object({ minutes: z.int().min(1).max(60), names: z.array(z.string().min(1)).max(3).optional() }),
  fallback: { minutes: 3 } as { minutes: number; names?: string[] | undefined },
})
const marker = setting({ key: 'thing.marker', action: 'thing.nobody', schema: z.string(), fallback: '' })

const site = newId()
const actors: Record<string, Actor> = {
  admin: testActor(site, ['office_admin']),
  director: testActor(site, ['director']),
  guard: testActor(site, ['guard']),
}
const thing: FoyerModule = {
  name: 'thing',
  actors: () => async (request) => actors[String(request.headers['x-as'])] ?? null,
  grants: { 'thing.configure': ['office_admin'] },
  settings: [timings, marker],
}
const key = timings.key

let app: TestApp
beforeAll(async () => {
  app = await testApp({ modules: [thing, settingsModule] })
})
afterAll(() => app.close())

const as = (who: string) => ({ 'x-as': who })
const read = async (who = 'admin') => (await app.call(settingRoutes.read, { params: { key } }, as(who))).body
const change = (value: unknown, version: number, who = 'admin', note: string | null = null) =>
  app.call(settingRoutes.change, { params: { key }, body: { value, version, note } }, as(who))

describe('G7 the house’s rules are edited centrally and versioned', () => {
  test('at first what is shipped, with its schema', async () => {
    const body = await read()
    expect(body).toMatchObject({
      version: 0,
      value: { minutes: 3 },
      module: 'thing',
      history: [],
      can: { edit: true },
    })
    expect(body.schema).toMatchObject({
      type: 'object',
      properties: {
        minutes: { type: 'integer', minimum: 1, maximum: 60 },
        names: { type: 'array', maxItems: 3 },
      },
      required: ['minutes'],
    })
  })

  test('G4 a change is a new version, in force at once, in the history and the journal', async () => {
    await app.kernel.settings.get(site, timings)
    const { status, body } = await change({ minutes: 5 }, 0, 'admin', '客人反映等太久')
    expect([status, body.version, body.value]).toEqual([200, 1, { minutes: 5 }])
    expect(await app.kernel.settings.get(site, timings)).toEqual({ minutes: 5 })
    expect((await read()).history).toMatchObject([{ version: 1, note: '客人反映等太久', by: 'office_admin' }])
    const entry = await app.kernel.sql.one(
      raw("select before, after from journal where entity = 'setting' and entity_id = $1", [key]),
    )
    expect(entry).toEqual({ before: { value: { minutes: 3 } }, after: { value: { minutes: 5 } } })
  })

  test('a wrong value names its fields, and nothing is stored', async () => {
    const { status, body } = await change({ minutes: 0, names: ['a', ''] }, 1)
    expect(status).toBe(400)
    expect(body).toMatchObject({
      code: 'input.invalid',
      fields: [
        { path: 'value.minutes', code: 'too_small', data: { min: 1 } },
        { path: 'value.names.1', code: 'too_small' },
      ],
    })
    expect((await read()).version).toBe(1)
  })

  test('two editors at once: one wins, the other is told', async () => {
    const answers = await Promise.all([7, 8, 9].map((minutes) => change({ minutes }, 1)))
    expect(answers.map((one) => one.status).toSorted()).toEqual([200, 409, 409])
    expect(answers.find((one) => one.status === 409)?.body).toMatchObject({ code: 'edit.stale' })
  })

  test('G4 an older version is restored as a new one; 0 is what was shipped', async () => {
    const restore = (wanted: number, version: number) =>
      app.call(settingRoutes.restore, { params: { key }, body: { restore: wanted, version } }, as('admin'))
    expect((await restore(1, 2)).body).toMatchObject({ version: 3, value: { minutes: 5 } })
    expect((await restore(0, 3)).body).toMatchObject({ version: 4, value: { minutes: 3 } })
    expect((await restore(99, 4)).body).toMatchObject({ code: 'setting.version-unknown' })
    expect((await read()).history.map((one) => one.version)).toEqual([4, 3, 2, 1])
  })
})

describe('who may', () => {
  test('changing needs the action of the setting, looking the right to look', async () => {
    expect(await change({ minutes: 5 }, 4, 'director')).toMatchObject({ status: 403 })
    expect((await read('director')).can).toEqual({ edit: false })
    expect((await app.call(settingRoutes.read, { params: { key } }, as('guard'))).status).toBe(403)
  })

  test('the list shows what the caller may see, with its state', async () => {
    const keys = async (who: string) => (await app.call(settingRoutes.list, {}, as(who))).body.items
    expect(await keys('guard')).toEqual([])
    expect(await keys('admin')).toMatchObject([
      { key, module: 'thing', version: 4, fits: true, by: 'office_admin' },
      { key: marker.key, can: { edit: false } },
    ])
  })

  test('an unknown key is not found', async () => {
    expect((await app.call(settingRoutes.read, { params: { key: 'no.such' } }, as('admin'))).status).toBe(404)
  })
})

test('seeds fill what is empty, leave what the house has stored, and refuse what nobody knows', async () => {
  const fresh = newId()
  const seed = (values: Record<string, unknown>) =>
    command(app.ctx(testActor(fresh, ['system_admin']), fresh), (work) =>
      seedSettings(work, values, 'preset group'),
    )
  await seed({ [key]: { minutes: 4 } })
  await seed({ [key]: { minutes: 9 } })
  expect(await app.kernel.settings.read(fresh, timings)).toEqual({ version: 1, value: { minutes: 4 } })
  await expect(seed({ 'no.such': 1 })).rejects.toThrow('no.such')
  await expect(seed({ [marker.key]: 5 })).rejects.toMatchObject({ code: 'input.invalid' })
})

test('a value that no longer fits its schema: the default works on, and the list says so', async () => {
  const old = newId()
  await app.kernel.sql.run(
    raw(
      `insert into setting (site_id, key, version, value, at, actor_id, actor_name) values ($1, $2, 1, '{"minutes": "x"}', now(), 'a', 'a')`,
      [old, key],
    ),
  )
  expect(await app.kernel.settings.read(old, timings)).toEqual({ version: 1, value: { minutes: 3 } })
})
