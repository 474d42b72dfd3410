/** C4 C5 G7: routes and wording are settings; what does not fit the house is refused with the field and what to do. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readPreset, readPresetSettings } from '../../apps/server/preset-files.ts'
import { type TestApp, testActor, testApp } from '../../apps/server/testing.ts'
import { raw } from '../../kernel/db/sql.ts'
import { newId } from '../../kernel/ids.ts'
import { change, read, restore } from '../../kernel/settings/service.ts'
import { type Route, routesSetting, rulesSetting, wordingSetting } from './settings.ts'
import zh from './settings-texts/zh.json' with { type: 'json' }
import { callsHouse } from './testing.ts'

let app: TestApp
const site = newId()
beforeAll(async () => {
  app = await testApp()
  const house = await callsHouse(app, site, readPresetSettings(readPreset('switchboard')))
  await app.kernel.sql.run(raw("update employee set number = 'A-1' where id = $1", [house.ownerId]))
})
afterAll(() => app.close())

const on = () => app.ctx(testActor(site, ['office_admin']), site)
const stored = async (key: string) => await read(on(), { params: { key } })
async function put(key: string, value: unknown) {
  const { version } = await stored(key)
  return await change(on(), { params: { key }, query: undefined, body: { value, version, note: null } })
}
const words: Readonly<Record<string, string>> = zh.field
/** Where the fault is, and that there is a text that says what to do. */
async function refused(key: string, value: unknown) {
  const fault = await put(key, value).then(
    () => undefined,
    (one: { code: string; fields: { path: string; data: { message: string } }[] }) => one,
  )
  expect(fault).toMatchObject({ code: 'input.invalid' })
  return fault?.fields.map(({ path, data }) => [
    path,
    data.message in words ? data.message : `?${data.message}`,
  ])
}

describe('C4 C5 routes name places that are there', () => {
  const routes = async (at: Route['targets'][number]['to'], more: Partial<Route['last']> = {}) => {
    const [first, ...rest] = routesSetting.schema.parse((await stored('calls.routes')).value)
    if (first === undefined) throw new Error('no route')
    const targets = [{ to: at, failsOn: ['busy' as const], tries: 1 }, ...first.targets]
    return [{ ...first, targets, last: { ...first.last, ...more } }, ...rest]
  }

  test.each<[Route['targets'][number]['to'], string, string]>([
    [{ kind: 'duty', post: 'nobodys' }, 'value.0.targets.0.to.post', 'unknown-duty'],
    [{ kind: 'duty-head', post: 'nobodys' }, 'value.0.targets.0.to.post', 'unknown-duty'],
    [{ kind: 'person', staffNumber: 'Z-9' }, 'value.0.targets.0.to.staffNumber', 'unknown-person'],
    [{ kind: 'department', department: '没有的部' }, 'value.0.targets.0.to.department', 'unknown-department'],
    [
      { kind: 'department-head', department: '没有的部' },
      'value.0.targets.0.to.department',
      'unknown-department',
    ],
  ])('C4 %j is refused', async (to, path, message) => {
    expect(await refused('calls.routes', await routes(to))).toEqual([[path, message]])
  })

  test('C7 a promise is nobody’s unless its post is there', async () => {
    const value = await routes({ kind: 'wanted' }, { owner: { kind: 'post', post: 'nobodys' } })
    expect(await refused('calls.routes', value)).toEqual([['value.0.last.owner.post', 'unknown-post']])
  })

  test.each<[Route['targets'][number]['to'], Partial<Route['last']>]>([
    [{ kind: 'duty', post: 'sales' }, { owner: { kind: 'post', post: 'sales' } }],
    [{ kind: 'person', staffNumber: 'A-1' }, { owner: { kind: 'post', post: 'agent' } }],
    [{ kind: 'department', department: '业务部' }, { owner: { kind: 'post', post: 'receptionist' } }],
  ])('C4 %j is taken', async (to, last) => {
    const before = await stored('calls.routes')
    await put('calls.routes', await routes(to, last))
    const { version } = await stored('calls.routes')
    await restore(on(), {
      params: { key: 'calls.routes' },
      query: undefined,
      body: { restore: before.version, version, note: null },
    })
  })

  test('C4 what a preset brought before its people came stays, and other things can be changed', async () => {
    // Straight into the table, as a preset read before the house had its departments would have left it.
    const value = await routes({ kind: 'department', department: '将来的部' })
    await app.kernel.sql.run(
      raw(
        `insert into setting (site_id, key, version, value, at, actor_id, actor_name)
         select $1, 'calls.routes', max(version) + 1, $2, now(), 'preset', 'preset' from setting
         where site_id = $1 and key = 'calls.routes'`,
        [site, JSON.stringify(value)],
      ),
    )
    app.kernel.settings.forget(site)
    const [first, ...rest] = value
    if (first === undefined) throw new Error('no route')
    const renamed = [{ ...first, name: { zh: '新名字', en: 'New name' } }, ...rest]
    const kept = routesSetting.schema.parse((await put('calls.routes', renamed)).value)
    expect(kept[0]?.name.zh).toBe('新名字')
  })

  test('C4 a key used twice is named where it stands the second time', async () => {
    const value = routesSetting.schema.parse((await stored('calls.routes')).value)
    const twice = value.map((one, n) => (n === 1 ? { ...one, key: value[0]?.key } : one))
    const fault = await put('calls.routes', twice).catch((one: { fields: unknown }) => one.fields)
    expect(fault).toMatchObject([{ path: 'value.1.key', data: { message: 'duplicate-key' } }])
    const rules = rulesSetting.schema.parse((await stored('calls.rules')).value)
    const posts = [...rules.dutyPosts, ...rules.dutyPosts]
    await expect(put('calls.rules', { ...rules, dutyPosts: posts })).rejects.toMatchObject({
      fields: expect.arrayContaining([
        expect.objectContaining({ path: `value.dutyPosts.${rules.dutyPosts.length}.key` }),
      ]),
    })
  })
})

describe('G7 wording', () => {
  test.each(['您好,{{site', '您好,{site}', '您好,{{site}}}', '您好,}}'])(
    'G7 %s is refused: half a placeholder would be read out as nothing',
    async (spoken) => {
      const value = wordingSetting.schema.parse((await stored('calls.wording')).value)
      const broken = value.map((one, n) => (n === 2 ? { ...one, en: spoken } : one))
      expect(await refused('calls.wording', broken)).toEqual([['value.2.en', 'unknown-placeholder']])
    },
  )
})
