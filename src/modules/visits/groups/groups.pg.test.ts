import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type TestApp, testActor, testApp } from '../../../apps/server/testing.ts'
import type { Actor } from '../../../kernel/actor.ts'
import { raw } from '../../../kernel/db/sql.ts'
import { newId } from '../../../kernel/ids.ts'
import { readRows } from '../../../kernel/imports/read.ts'
import { storeSetting } from '../../../kernel/settings/settings.ts'
import { command } from '../../../kernel/work/command.ts'
import { escortSetting } from '../areas/settings.ts'
import { addPasses } from '../passes/store.ts'
import { houseFor } from '../testing.ts'
import { create, get, seek } from './announce.ts'
import { groups } from './contract.ts'
import { release, sign } from './exit.ts'
import { count } from './headcount.ts'
import { add, removeMember } from './members.ts'
import { readRowsOf, readText } from './read-list.ts'
import { checkIn, checkInMember } from './service.ts'
import { exportGroup } from './sheet.ts'

let app: TestApp
const site = newId()
let desk: Actor
let host: Actor
let hostId: string

beforeAll(async () => {
  app = await testApp()
  const people = await houseFor(app, site)
  hostId = people.hostId
  desk = testActor(site, ['receptionist'], people.deskId)
  host = testActor(site, ['host'], hostId)
  const numbers = Array.from({ length: 400 }, (_, i) => `G${String(i + 1).padStart(3, '0')}`)
  await app.kernel.sql.run(addPasses(site, numbers))
})
afterAll(() => app.close())

const on = (actor: Actor, key?: string) => app.ctx(actor, site, key)
const at = (id: string) => ({ params: { id }, query: undefined })
const everybody = groups.checkIn.body.parse({})
const allOut = (more: Record<string, unknown> = {}) => groups.release.body.parse(more)

async function group(n: number, more: Record<string, unknown> = {}) {
  const members = Array.from({ length: n }, (_, i) => ({
    visitorName: `学员${'甲乙丙丁戊己庚辛壬癸'[i % 10]}${letters(i)}`,
  }))
  const body = groups.create.body.parse({
    title: '参观团',
    kind: 'visitor',
    hostId,
    organiser: '第一中学',
    expectedAt: app.kernel.clock.now().toISOString(),
    members,
    ...more,
  })
  return create(on(host), { params: undefined, query: undefined, body })
}
const letters = (i: number) => String.fromCharCode(0x4e00 + i)

const outcome = async (calls: readonly Promise<unknown>[]) => {
  const settled = await Promise.allSettled(calls)
  return {
    ok: settled.filter((one) => one.status === 'fulfilled').length,
    codes: [
      ...new Set(settled.flatMap((one) => (one.status === 'rejected' ? [String(one.reason.code)] : []))),
    ],
  }
}

describe('V22 a group is counted in and counted out', () => {
  test('V22 V11 240 people at once, with a pass each, in one transaction', async () => {
    const made = await group(240)
    expect(made.counts).toMatchObject({ size: 240, missing: 240, in: 0 })
    const done = await checkIn(on(desk), { ...at(made.id), body: everybody })
    expect(done).toMatchObject({ done: 240, left: 0 })
    expect(new Set(done.passes.map((one) => one.number)).size).toBe(240)
    const issued = await app.kernel.sql.one<{ n: number }>(
      raw(
        `select count(*)::int as n from pass p join visit v on v.id = p.visit_id and v.pass_number = p.number
         where v.group_id = $1 and p.status = 'issued'`,
        [made.id],
      ),
    )
    expect(issued.n).toBe(240)
    const half = done.passes.slice(0, 120).map((one) => one.memberId)
    await expect(
      release(on(desk), { ...at(made.id), body: allOut({ memberIds: half }) }),
    ).rejects.toMatchObject({
      code: 'visit.host-must-confirm',
    })
    await sign(on(host), { ...at(made.id), body: { note: '' } })
    const out = await release(on(desk), { ...at(made.id), body: allOut({ memberIds: half }) })
    expect(out.group.counts).toMatchObject({ inside: 120, out: 120 })
    expect(out.group.state).toBe('leaving')
    const rest = await release(on(desk), { ...at(made.id), body: allOut() })
    expect(rest.group).toMatchObject({ state: 'left', counts: { inside: 0, out: 240, in: 240 } })
    const back = await app.kernel.sql.one<{ n: number }>(
      raw("select count(*)::int as n from pass where site_id = $1 and status = 'issued'", [site]),
    )
    expect(back.n, 'every pass is back in stock').toBe(0)
  })

  test('V22 twenty desks check in the same member: one succeeds', async () => {
    const made = await group(3)
    const id = made.members[0]?.id ?? ''
    const tried = await outcome(Array.from({ length: 20 }, () => checkInMember(on(desk), made.id, id)))
    expect(tried).toEqual({ ok: 1, codes: ['transition.refused'] })
  })

  test('V22 twenty desks check in everybody: one succeeds, nobody is in twice', async () => {
    const made = await group(30)
    const tried = await outcome(
      Array.from({ length: 20 }, () => checkIn(on(desk), { ...at(made.id), body: everybody })),
    )
    expect(tried).toEqual({ ok: 1, codes: ['group.nobody-waiting'] })
    expect((await get(on(desk), { ...at(made.id), body: undefined })).counts).toMatchObject({
      in: 30,
      missing: 0,
      size: 30,
    })
  })

  test('G4 a retry with the same key gets the first answer', async () => {
    const made = await group(5)
    const key = newId()
    const first = await checkIn(on(desk, key), { ...at(made.id), body: everybody })
    const again = await checkIn(on(desk, key), { ...at(made.id), body: everybody })
    expect(again).toEqual(first)
  })

  test('V22 late members join, who is on the list is not doubled, who is taken off counts as cancelled', async () => {
    const made = await group(2)
    const [first] = made.members
    const body = groups.add.body.parse({
      members: [{ visitorName: first?.visitorName }, { visitorName: '晚到的人' }],
    })
    const grown = await add(on(host), { ...at(made.id), body })
    expect(grown).toMatchObject({ added: 1, known: 1, counts: { size: 3 } })
    const less = await removeMember(on(host), {
      params: { id: made.id, memberId: first?.id ?? '' },
      query: undefined,
      body: undefined,
    })
    expect(less.counts).toMatchObject({ size: 3, missing: 2, cancelled: 1 })
  })

  test('V22 one pass for the whole group stays out until the last one leaves', async () => {
    const made = await group(3, { passMode: 'group' })
    const done = await checkIn(on(desk), { ...at(made.id), body: everybody })
    const [number] = new Set(done.passes.map((one) => one.number))
    expect(done.passes.every((one) => one.number === number)).toBe(true)
    const [holder] = done.passes
    const status = async () =>
      (
        await app.kernel.sql.one<{ status: string }>(
          raw('select status from pass where site_id = $1 and number = $2', [site, number]),
        )
      ).status
    const word = { hostConfirmed: { byName: '张工' } }
    await release(on(desk), { ...at(made.id), body: allOut({ memberIds: [holder?.memberId], ...word }) })
    expect(await status()).toBe('issued')
    const rest = await release(on(desk), { ...at(made.id), body: allOut(word) })
    expect(await status()).toBe('in_stock')
    expect(rest.group.state).toBe('left')
    const tasks = await app.kernel.sql.all<{ kind: string }>(
      raw("select kind from task where subject_id = $1 and status = 'open'", [made.id]),
    )
    expect(tasks.map((one) => one.kind)).toContain('group.late-signature')
    await sign(on(host), { ...at(made.id), body: { note: '' } })
    const late = await app.kernel.sql.one<{ n: number }>(
      raw('select count(*)::int as n from visit where group_id = $1 and late_signature', [made.id]),
    )
    expect(late.n, 'V10 one signature is everybody’s').toBe(0)
  })

  test('V13 V17 all at once asks for the escorts as one at a time does', async () => {
    const out = async (escortPresent?: boolean) => {
      const made = await group(2)
      await checkIn(on(desk), { ...at(made.id), body: everybody })
      const [walked] = made.members
      await app.kernel.sql.run(
        raw("update visit set escort_id = $2, escort_name = '赵敏' where id = $1", [walked?.id, hostId]),
      )
      const { members } = await get(on(desk), { ...at(made.id), body: undefined })
      expect(members.map((one) => [one.escortDue, one.escortName])).toEqual([
        [true, '赵敏'],
        [false, ''],
      ])
      const word = { hostConfirmed: { byName: '张工' } }
      const answer = escortPresent === undefined ? {} : { escortPresent }
      const done = await release(on(desk), { ...at(made.id), body: allOut({ ...word, ...answer }) })
      expect(done.done).toBe(2)
      return app.kernel.sql.all<{ name: string | null; present: string | null }>(
        raw(
          `select data->>'escortName' as name, data->>'escortPresent' as present from journal
           where action = 'visit.released' and data->>'groupId' = $1 order by data->>'escortName' nulls last`,
          [made.id],
        ),
      )
    }
    expect(await out(false)).toEqual([
      { name: '赵敏', present: 'false' },
      { name: null, present: null },
    ])
    await command(on(desk), async (work) => {
      await storeSetting(work, escortSetting, { atExit: 'refuse' }, 0, 'test')
    })
    app.kernel.settings.forget(site)
    for (const answer of [false, undefined])
      await expect(out(answer)).rejects.toMatchObject({
        code: 'visit.escort-missing',
        data: { escortName: '赵敏' },
      })
    expect(await out(true)).toMatchObject([{ present: 'true' }, { present: null }])
  })

  test('V18 V22 forty pupils without names stand on the list of people inside while they are', async () => {
    const made = await group(0, { headcount: 40, expectedSize: 40 })
    const move = (direction: 'in' | 'out', people: number) =>
      count(on(desk), { ...at(made.id), body: { direction, people } })
    expect((await move('in', 25)).counts).toMatchObject({ inside: 25, missing: 15, size: 40 })
    await move('in', 15)
    const inside = async () =>
      (
        await app.kernel.sql.one<{ n: number }>(
          raw(
            `select coalesce(sum(party_size), 0)::int as n from visit where group_id = $1 and status = 'admitted'`,
            [made.id],
          ),
        )
      ).n
    expect(await inside()).toBe(40)
    await move('out', 30)
    expect(await inside()).toBe(10)
    await expect(move('out', 11)).rejects.toMatchObject({ code: 'group.counted-too-many' })
    const gone = await move('out', 10)
    expect(gone.state).toBe('left')
    expect(await inside()).toBe(0)
  })

  test('a stranger to the group does not see it', async () => {
    const made = await group(1)
    const other = testActor(site, ['host'], newId())
    await expect(get(on(other), { ...at(made.id), body: undefined })).rejects.toMatchObject({
      code: 'entity.not-found',
    })
  })
})

describe('V22 V19 lists', () => {
  test('E2 what goes out as Excel is read in again untouched', async () => {
    const made = await group(3, {
      members: [
        { visitorName: '张三', organisation: '第一中学', phone: '13812345678', plate: '粤B·12345' },
        { visitorName: 'Ann Lee', organisation: 'Acme Ltd', plate: 'AB-123-CD', plateForeign: true },
        { visitorName: '李四' },
      ],
    })
    for (const language of ['zh', 'en'] as const) {
      let sent: Buffer = Buffer.alloc(0)
      const reply = {
        type: () => reply,
        header: () => reply,
        send: async (content: Buffer) => {
          sent = content
        },
      }
      const http = { reply } as unknown as Parameters<typeof exportGroup>[2]
      await exportGroup(on(desk), { ...at(made.id), query: { language }, body: undefined }, http)
      const { rows } = await readRows(sent)
      const read = readRowsOf(rows)
      expect(read.bad).toEqual([])
      expect(read.members.map((one) => [one.visitorName, one.plate])).toEqual([
        ['张三', '粤B12345'],
        ['Ann Lee', 'AB123CD'],
        ['李四', ''],
      ])
      const body = groups.add.body.parse({ members: read.members })
      expect(await add(on(desk), { ...at(made.id), body })).toMatchObject({ added: 0, known: 3 })
    }
  })

  test('a plate that is none names its field; another country’s is stated', async () => {
    await expect(group(1, { members: [{ visitorName: '张三', plate: '粤B1234' }] })).rejects.toMatchObject({
      code: 'input.invalid',
      fields: [{ path: 'members.0.plate', code: 'plate' }],
    })
    await expect(group(1, { plates: ['粤B12345', 'AB-123'] })).rejects.toMatchObject({
      fields: [{ path: 'plates.1', code: 'plate' }],
    })
    expect((await group(1, { plates: ['粤b·12345', 'AB-123'], platesForeign: true })).plates).toEqual([
      '粤B12345',
      'AB123',
    ])
    const listed = readText('张三 粤B1234\n李四\t\t\tAB-123 (境外)')
    expect(listed.members.map((one) => one.plate)).not.toContain('粤B1234')
  })

  test('members of the day are found by name, pinyin, initials and organisation', async () => {
    const made = await group(1, {
      title: '寻人团',
      members: [{ visitorName: '诸葛亮', organisation: '南阳书院' }],
    })
    const sought = async (q: string) =>
      (await seek(on(desk), { params: undefined, query: { q }, body: undefined })).items
    for (const q of ['诸葛', 'zhugeliang', 'zgl', '南阳'])
      expect((await sought(q)).map((one) => [one.groupId, one.visitorName])).toEqual([[made.id, '诸葛亮']])
    expect(await sought('%')).toEqual([])
  })
})
