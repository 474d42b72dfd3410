import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestApp, testActor, testApp } from '../../../apps/server/testing.ts'
import type { Actor } from '../../../kernel/actor.ts'
import { newId } from '../../../kernel/ids.ts'
import { peopleInside } from '../muster/sources.ts'
import { board as visitBoard, inside as visitsInside } from '../reading.ts'
import { houseFor } from '../testing.ts'
import { board, create, edit, get } from './announce.ts'
import { groups } from './contract.ts'
import { editMember } from './members.ts'
import { checkIn, checkInMember } from './service.ts'
import type { GroupDetail } from './shapes.ts'

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
})
afterAll(() => app.close())

const on = (actor: Actor) => app.ctx(actor, site)
const at = (id: string) => ({ params: { id }, query: undefined })

const group = (members: readonly string[], more: Record<string, unknown> = {}): Promise<GroupDetail> =>
  create(on(host), {
    params: undefined,
    query: undefined,
    body: groups.create.body.parse({
      title: '参观团',
      kind: 'visitor',
      hostId,
      organiser: '第一中学',
      place: '展厅',
      purpose: '参观',
      note: '请备茶水',
      leaderName: '方老师',
      leaderPhone: '13800138000',
      plates: ['沪A12345'],
      expectedSize: 30,
      passMode: 'group',
      expectedAt: app.kernel.clock.now().toISOString(),
      members: members.map((visitorName) => ({ visitorName })),
      ...more,
    }),
  })

test('V22 V18 members stand on the board as one card, but every count and both lists of people inside have them', async () => {
  const made = await group(['甲一', '乙二', '丙三'])
  const expected = await visitBoard(on(desk))
  expect(expected.items.filter((card) => card.groupTitle === '参观团')).toEqual([])
  expect(expected.counts.expected).toBe(3)
  expect(expected.expectedMore, 'they have their card, nobody waits behind it').toBe(0)
  const card = async () => (await board(on(desk))).items.find((one) => one.id === made.id)
  expect(await card()).toMatchObject({ state: 'planned', counts: { in: 0, size: 3 }, can: { checkIn: true } })

  await checkInMember(on(desk), made.id, made.members[0]?.id ?? '')
  await checkIn(on(desk), { ...at(made.id), body: { memberIds: [made.members[1]?.id ?? ''] } })
  const now = await visitBoard(on(desk))
  expect(now.items.filter((one) => one.groupTitle === '参观团')).toEqual([])
  expect(now.inside).toBe(2)
  expect(now.counts).toMatchObject({ admitted: 2, expected: 1 })
  expect(await card()).toMatchObject({ state: 'arriving', counts: { in: 2, inside: 2, missing: 1, size: 3 } })
  const inside = await visitsInside(on(desk))
  expect(inside.people).toBe(2)
  expect(inside.items.map((one) => one.visitorName).sort()).toEqual(['乙二', '甲一'])
  const evacuation = await peopleInside(app.kernel.sql, site, 'none')
  expect(evacuation.map((one) => one.name).sort()).toEqual(['乙二', '甲一'])
})

test('V22 a change of one part of a group leaves every other part as it is', async () => {
  const made = await group(['丁四'])
  const body = groups.edit.body.parse({ title: '新名称', version: made.version })
  expect(body).toEqual({ title: '新名称', version: made.version })
  const changed = await edit(on(host), { ...at(made.id), body })
  const { version: _, title: __, ...before } = made
  expect(changed).toMatchObject({ ...before, members: expect.any(Array), title: '新名称' })
  expect(changed.members[0]).toMatchObject({ visitorName: '丁四', status: 'expected' })
})

test('V22 a change of one part of a member leaves the others; a stale one is refused', async () => {
  const made = await group([], {
    members: [{ visitorName: '戊五', organisation: '二中', phone: '13900139000', plate: '沪B22222' }],
  })
  const [member] = made.members
  if (member === undefined) throw new Error('no member')
  const change = (part: Record<string, unknown>) =>
    editMember(on(host), {
      params: { id: made.id, memberId: member.id },
      query: undefined,
      body: groups.editMember.body.parse({ ...part, version: member.version }),
    })
  const { members } = await change({ plate: '沪C33333' })
  expect(members[0]).toMatchObject({
    visitorName: '戊五',
    organisation: '二中',
    phoneTail: '9000',
    plate: '沪C33333',
  })
  await expect(change({ visitorName: '另一个' })).rejects.toMatchObject({ code: 'edit.stale' })
  expect((await get(on(desk), { ...at(made.id), body: undefined })).members[0]?.visitorName).toBe('戊五')
})
