/** C2: the log finds what it should, page by page, and the form has the paper's columns. */

import readXlsxFile from 'read-excel-file/node'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type TestApp, testActor, testApp } from '../../../apps/server/testing.ts'
import type { Actor } from '../../../kernel/actor.ts'
import { raw } from '../../../kernel/db/sql.ts'
import { readWanted } from '../../../kernel/find/wanted.ts'
import { newId } from '../../../kernel/ids.ts'
import { calls } from '../contract.ts'
import { callsFinder } from '../find.ts'
import { callsHistory } from '../history.ts'
import { newCall, termsOf } from '../row.ts'
import * as store from '../store.ts'
import { type CallsHouse, callsHouse, deskActor } from '../testing.ts'
import { exportLog, list } from './service.ts'

let app: TestApp
let house: CallsHouse
let desk: Actor
const site = newId()

async function put(minute: number, more: Partial<store.CallRow>): Promise<store.CallRow> {
  const { number } = await app.kernel.sql.one(store.nextNumber())
  const at = new Date(app.clock.now().getTime() - minute * 60_000)
  const row = newCall(
    {
      siteId: site,
      number,
      status: 'closed',
      direction: 'in',
      source: 'hand',
      startedAt: at,
      now: at,
      by: 't',
    },
    { outcome: 'resolved', ...more },
  )
  await app.kernel.sql.run(store.insertCall({ ...row, terms: termsOf(row) }))
  return row
}

beforeAll(async () => {
  app = await testApp()
  house = await callsHouse(app, site)
  desk = deskActor(site, house.deskId, '前台小周')
  await put(1, {
    contact_name: '王芳',
    organisation: '华信科技',
    reason: '续费',
    caller_number: '+8613912345678',
  })
  await put(2, {
    contact_name: '李雷',
    reason: '投诉网站',
    contact_phone: '+8675566668000',
    rings: 5,
    ring_seconds: 21,
  })
  await put(3, { direction: 'out', dialled: '+8613811112222', handler_id: house.deskId, route: 'complaint' })
  await put(4, {
    direction: 'internal',
    caller_extension: '8102',
    wanted_id: house.ownerId,
    wanted_name: '李明',
  })
  await put(5, {
    private: true,
    outcome: 'private',
    contact_name: '赵私',
    caller_number: '+8613700001111',
    handler_id: house.ownerId,
    contact_id: house.contactId,
  })
  await put(6, {
    status: 'missed',
    outcome: 'missed',
    caller_number: '+8613655556666',
    contact_id: house.contactId,
  })
})
afterAll(() => app.close())

const find = async (query: Record<string, unknown>, by = desk) =>
  await list(app.ctx(by, site), { params: undefined, query: calls.log.query.parse(query), body: undefined })
const names = async (query: Record<string, unknown>, by = desk) =>
  (await find(query, by)).items.map((one) => one.contactName || one.callerMasked || one.callerExtension)

describe('C2 the call log', () => {
  test.each([
    ['华信', ['王芳']],
    ['王芳 续费', ['王芳']],
    ['wangfang', ['王芳']],
    ['wf', ['王芳']],
    ['投诉', ['李雷']],
    ['5678', ['王芳']],
    ['139 1234 5678', ['王芳']],
    ['8000', ['李雷']],
    ['2222', ['138****2222']],
    ['8102', ['赵岚', '8102']],
    ['没有这个', []],
  ])('C2 %s finds %o', async (text, expected) => {
    const found = await names({ text })
    expect(found.every((name) => expected.includes(name))).toBe(true)
    expect(found.length).toBe(Math.min(expected.length, 1))
  })

  test.each([
    [{ direction: 'out' }, 1],
    [{ direction: 'internal' }, 1],
    [{ outcome: 'missed' }, 1],
    [{ status: 'missed' }, 1],
    [{ route: 'complaint' }, 1],
    [{ late: 'true' }, 1],
    [{ private: 'true' }, 1],
    [{ private: 'false' }, 5],
    [{}, 6],
  ])('C2 filter %o: %i', async (query, n) => {
    expect(await find(query)).toMatchObject({ total: n, totalIsFloor: false })
    expect((await find(query)).items).toHaveLength(n)
  })

  test('C2 by handler, by whom they wanted, by contact, by time', async () => {
    expect((await find({ handlerId: house.deskId })).items).toHaveLength(1)
    expect((await find({ wantedId: house.ownerId })).items).toHaveLength(1)
    // C12: a colleague's private call is not found by who it was with.
    expect((await find({ contactId: house.contactId })).items).toHaveLength(1)
    const from = new Date(app.clock.now().getTime() - 2.5 * 60_000).toISOString()
    expect((await find({ from })).items).toHaveLength(2)
    expect((await find({ to: from })).items).toHaveLength(4)
  })

  test('C2 pages meet without gap or double', async () => {
    const whole = (await find({})).items.map(({ id }) => id)
    const pages: string[] = []
    let cursor: string | null = null
    do {
      const page = await find({ limit: 2, ...(cursor === null ? {} : { cursor }) })
      pages.push(...page.items.map(({ id }) => id))
      cursor = page.next
    } while (cursor !== null)
    expect(pages).toEqual(whole)
    await expect(find({ cursor: 'nonsense' })).rejects.toMatchObject({ code: 'input.invalid' })
  })

  test('C12 a private call is in the log without its party; by name or number only its own person finds it', async () => {
    const seen = (await find({ private: 'true' })).items[0]
    expect(seen).toMatchObject({ contactName: '', callerMasked: '', private: true })
    expect(await names({ text: '赵私' })).toEqual([])
    expect(await names({ text: '1111' })).toEqual([])
    const own = testActor(site, ['receptionist'], house.ownerId)
    expect(await names({ text: '赵私' }, own)).toEqual(['赵私'])
  })

  test('G5 whoever may not see a number in full may not look for it by more than its tail', async () => {
    const quality = testActor(site, ['quality'])
    expect(await names({ text: '5678' }, quality)).toEqual(['王芳'])
    expect(await names({ text: '13912345678' }, quality)).toEqual([])
  })

  test('C2 the form has the columns of the paper, masked for who may not handle calls; the export is on record', async () => {
    const row = await put(7, {
      contact_name: '=1+1',
      organisation: '远大',
      caller_number: '+8613511112222',
      route: 'colleague',
    })
    const hop = { site_id: site, call_id: row.id, step: 0, target_kind: 'wanted', by_id: 't', by_name: 't' }
    await app.kernel.sql.run(
      store.insertHop({
        ...hop,
        id: newId(),
        position: 1,
        target_name: '李明',
        target_extension: '8101',
        started_at: row.started_at,
        ended_at: row.started_at,
        seconds: 12,
        result: 'no-answer',
      }),
    )
    const sheet = async (by: Actor, language: 'zh' | 'en') => {
      let sent: Buffer = Buffer.alloc(0)
      const reply = {
        type: () => reply,
        header: () => reply,
        send: async (content: Buffer) => {
          sent = content
        },
      }
      const query = calls.exportLog.query.parse({
        from: new Date(0).toISOString(),
        to: new Date('2100-01-01').toISOString(),
        text: '远大',
        language,
      })
      await exportLog(
        app.ctx(by, site),
        { params: undefined, query, body: undefined },
        { reply: reply as never },
      )
      const [page] = await readXlsxFile(sent)
      return (page?.data ?? []) as unknown[][]
    }
    const [head, line] = await sheet(desk, 'zh')
    expect(head).toEqual(
      expect.arrayContaining([
        '电话号码',
        '来电单位',
        '联系人',
        '联系电话',
        '来电事由',
        '转接记录',
        '处理结果',
        '接听人',
      ]),
    )
    expect(line).toEqual(
      expect.arrayContaining(['+8613511112222', '远大', '=1+1', '李明 8101 无人接 12s', '已解决', '找人']),
    )
    const masked = JSON.stringify(await sheet(testActor(site, ['quality']), 'en'))
    expect(masked).toContain('135****2222')
    expect(masked).not.toContain('13511112222')
    const entries = await app.kernel.sql.all(raw("select data from journal where action = 'call.exported'"))
    expect(entries).toHaveLength(2)
  })
})

describe('C5 single window and timeline', () => {
  const ask = (text: string, by = desk) => callsFinder.find(app.ctx(by, site), readWanted(text), 10)

  test('C5 by the number of a call; by the tail of a number nobody knows', async () => {
    const [first] = (await find({ text: '王芳' })).items
    const number = first?.number ?? ''
    expect(await ask(number)).toMatchObject([{ entity: 'call', label: '王芳', score: 1 }])
    expect(await ask('5678')).toMatchObject([
      { entity: 'call', label: '王芳', detail: expect.stringContaining('139****5678') },
    ])
    // Who is a contact already is found as one.
    expect(await ask('6666')).toEqual([])
    expect(await ask(number, testActor(site, ['host']))).toEqual([])
    // C12
    expect(await ask('1111')).toEqual([])
  })

  test('C5 calls of a contact, newest first, private ones left out; a colleague sees only their own', async () => {
    const about = [{ entity: 'contact', id: house.contactId }]
    const read = (by: Actor, before: Date | null = null) =>
      callsHistory.read(app.ctx(by, site), about, before, 10)
    expect(await read(desk)).toMatchObject([
      { entity: 'call', textKey: 'calls.history.call.missed', tone: 'alarm' },
    ])
    const owner = testActor(site, ['host'], house.ownerId)
    expect(await read(owner)).toMatchObject([{ textKey: 'calls.history.call.private' }])
    expect(await read(desk, new Date(0))).toEqual([])
    expect(await callsHistory.read(app.ctx(desk, site), [], null, 10)).toEqual([])
  })
})
