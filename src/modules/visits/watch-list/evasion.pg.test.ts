import { describe, expect, test } from 'vitest'
import { type TestApp, testActor } from '../../../apps/server/testing.ts'
import type { Actor } from '../../../kernel/actor.ts'
import { raw } from '../../../kernel/db/sql.ts'
import { create as createGroup } from '../groups/announce.ts'
import { groups } from '../groups/contract.ts'
import { editMember } from '../groups/members.ts'
import { checkInMember } from '../groups/service.ts'
import { get } from '../reading.ts'
import { checkDocument } from '../stay/inside.ts'
import { add as addVehicle } from '../vehicles/service.ts'
import * as reading from './reading.ts'
import { rekey } from './rekey.ts'
import { watchedHouse } from './testing.ts'

let app: TestApp
let desk: Actor
let duty: Actor
let hostId: string
const { site, on, of, card, walkIn, listed, judge } = watchedHouse((house) => {
  ;({ app, desk, duty, hostId } = house)
})

const hitsOf = async (id: string) => (await reading.ofVisit(on(duty), { ...of(id), body: undefined })).items

const reading_visit = (id: string) => get(on(desk), { ...of(id), body: undefined })

describe('V12 what else somebody would try', () => {
  const number = card('44052418800101001')

  test('a second document: known by the first, whichever is shown, and under another name by the one seen with it', async () => {
    const first = await walkIn({ visitorName: '吴九', phone: '13755550001' })
    await checkDocument(on(desk), { ...of(first.id), body: { kind: 'id-card', number } })
    await checkDocument(on(desk), { ...of(first.id), body: { kind: 'passport', number: 'E87654321' } })
    await listed({ name: '吴某', document: { kind: 'id-card', number } })
    // The passport was shown last; the card on the list is remembered all the same.
    expect((await walkIn({ visitorName: '吴九', phone: '13755550001' })).status).toBe('held')
    const other = await walkIn({ visitorName: '郑十', phone: '13755550002' })
    const shown = await checkDocument(on(desk), {
      ...of(other.id),
      body: { kind: 'passport', number: 'E 8765-4321' },
    })
    expect(shown.status).toBe('held')
    expect((await hitsOf(other.id))[0]?.agreed.map((one) => one.attribute)).toEqual(['document'])
  })

  test('who was somebody else with one document in hand is not somebody else with another', async () => {
    await listed({ name: '冯一', organisation: '恒川科技' })
    const visit = await walkIn({ visitorName: '冯一', phone: '13755550003' })
    expect(visit.status).toBe('held')
    await checkDocument(on(desk), { ...of(visit.id), body: { kind: 'passport', number: 'E11112222' } })
    await judge(duty, visit.id, 'not-same-person')
    const again = await walkIn({ visitorName: '冯一', phone: '13755550003' })
    expect(again.status).toBe('asking')
    const shown = await checkDocument(on(desk), {
      ...of(again.id),
      body: { kind: 'passport', number: 'E33334444' },
    })
    expect(shown.status).toBe('held')
  })

  test('a borrowed card: name and telephone still stop', async () => {
    await listed({
      name: '陈二',
      phones: ['13755550004'],
      document: { kind: 'id-card', number: card('11010119900307123') },
    })
    const visit = await walkIn({
      visitorName: '陈二',
      phone: '13755550004',
      document: { kind: 'id-card', number: card('11010119900307124') },
    })
    expect(visit.status).toBe('held')
  })

  test('V19 a second car, or its driver, is looked at like the first', async () => {
    await listed({ name: '', plates: ['粤B66666'] })
    const visit = await walkIn({ visitorName: '褚三', phone: '13755550005', plate: '粤B11111' })
    expect(visit.status).toBe('asking')
    const car = { foreign: false, driverName: '', driverPhone: '' }
    await addVehicle(on(desk), { ...of(visit.id), body: { ...car, plate: '粵b·6666 6' } })
    expect((await reading_visit(visit.id)).status).toBe('held')
    await listed({ name: '', phones: ['13755550006'] })
    const other = await walkIn({ visitorName: '卫四', phone: '13755550007' })
    await addVehicle(on(desk), {
      ...of(other.id),
      body: { ...car, plate: '粤B22222', driverName: '司机', driverPhone: '+86 137 5555 0006' },
    })
    expect((await reading_visit(other.id)).status).toBe('held')
  })

  test('V22 a group member corrected at the counter', async () => {
    await listed({ name: '蒋五', organisation: '第一中学' })
    const made = await createGroup(on(desk), {
      params: undefined,
      query: undefined,
      body: groups.create.body.parse({
        title: '参观团',
        kind: 'visitor',
        hostId,
        expectedAt: app.clock.now().toISOString(),
        passMode: 'none',
        members: [{ visitorName: '蒋某', organisation: '第一中学' }],
      }),
    })
    const member = made.members[0]?.id ?? ''
    const done = await checkInMember(on(desk), made.id, member)
    expect(done.held).toBe(0)
    const after = await editMember(on(desk), {
      params: { id: made.id, memberId: member },
      query: undefined,
      body: { visitorName: '蒋 五', version: (await reading_visit(member)).version },
    })
    expect(after.members[0]?.status).toBe('held')
  })

  test('who is listed while inside is stopped at once; who is somebody else is not', async () => {
    const inside = await walkIn({ visitorName: '沈六', phone: '13755550008' })
    const other = await walkIn({ visitorName: '韩七', phone: '13755550009' })
    await listed({ name: '沈六', phones: ['137-5555-0008'] })
    expect((await reading_visit(inside.id)).status).toBe('held')
    expect((await reading_visit(other.id)).status).toBe('asking')
    expect((await hitsOf(inside.id))[0]).toMatchObject({ moment: 'listed', effect: 'held' })
    // Who listed them does not let them in.
    await expect(judge(duty, inside.id, 'let-in')).rejects.toMatchObject({ code: 'watch-list.second-person' })
  })

  test('the host does not let their own guest in', async () => {
    await listed({ name: '杨八', phones: ['13755550010'] })
    const visit = await walkIn({ visitorName: '杨八', phone: '13755550010' })
    const boss = testActor(site, ['duty_manager'], hostId)
    await expect(judge(boss, visit.id, 'let-in')).rejects.toMatchObject({ code: 'watch-list.second-person' })
  })

  test('V19 a plate with a slip of the pen is refused on the list; another country’s is stated', async () => {
    await expect(listed({ plates: ['粤B1234'] })).rejects.toMatchObject({
      code: 'input.invalid',
      fields: [{ path: 'plates.0', code: 'plate' }],
    })
    await listed({ plates: ['AB-123-CD'], platesForeign: true })
  })

  test('entries keyed by the rule of before get their keys anew', async () => {
    const entry = await listed({ name: '朱九', organisation: '恒川科技', phones: ['13755550011'] })
    await app.kernel.sql.run(
      raw("update watch_entry set keys = '{x:old}', keys_version = 1 where id = $1", [entry.id]),
    )
    await rekey(app.kernel)
    expect((await walkIn({ visitorName: 'Zhu Jiu', phone: '13755550099' })).status).toBe('held')
  })
})
