import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { raw } from '../../db/sql.ts'
import { newId } from '../../ids.ts'
import { channelRoutes } from './contract.ts'
import { ownChannelRoutes } from './own/contract.ts'
import {
  addresses,
  type ChannelHouse,
  channelHouse,
  department,
  head,
  machine,
  office,
  zhao,
} from './test-house.ts'

let house: ChannelHouse
beforeAll(async () => {
  house = await channelHouse()
})
afterAll(() => house.close())
afterEach(() => house.clean())

const site = (id: string) => ({ params: { id } })

describe('C10 G4 looking after channels', () => {
  test('added, changed, switched off; an old version is refused; the journal tells', async () => {
    const posts = ['desk', `department:${department}`]
    const { channel } = await house.add({ name: '前台群', url: addresses.ding('a'), posts })
    expect(channel).toMatchObject({
      ...{ name: '前台群', kind: 'dingtalk', signed: false, state: 'working', version: 1, topics: null },
      address: expect.stringMatching(/^oapi\.dingtalk\.com\/…/),
      posts: [
        { id: 'desk', name: null },
        { id: `department:${department}`, name: '销售部' },
      ],
    })
    const edited = await house.call(
      channelRoutes.edit,
      {
        ...site(channel.id),
        body: { version: 1, name: '大堂群', secret: 'SECsomething', topics: ['visit-asked'] },
      },
      office,
    )
    expect(edited.body).toMatchObject({ name: '大堂群', signed: true, version: 2, topics: ['visit-asked'] })
    const stale = await house.call(
      channelRoutes.edit,
      { ...site(channel.id), body: { version: 1, name: 'x' } },
      office,
    )
    expect(stale.body).toMatchObject({ status: 409, code: 'edit.stale' })
    const entries = await house.app.kernel.sql.all<{ action: string }>(
      raw('select action from journal where entity_id = $1 order by id', [channel.id]),
    )
    expect(entries.map((one) => one.action)).toEqual(['channel.created', 'channel.edited'])
  })

  test('deleted and brought back with what waited; twice is once; a taken name is named', async () => {
    const { channel } = await house.add({ name: '群', url: addresses.ding('a') })
    await house.tell([zhao])
    expect((await house.call(channelRoutes.remove, site(channel.id), office)).status).toBe(200)
    await house.run()
    expect([house.peer.heard.length, (await house.list()).length]).toEqual([0, 0])
    for (let n = 0; n < 2; n++)
      expect((await house.call(channelRoutes.restore, site(channel.id), office)).body).toMatchObject({
        name: '群',
      })
    await house.run()
    expect(house.peer.accepted()).toHaveLength(1)
    await house.call(channelRoutes.remove, site(channel.id), office)
    await house.add({ name: '群', url: addresses.ding('b') })
    const taken = await house.call(channelRoutes.restore, site(channel.id), office)
    expect(taken.body).toMatchObject({ status: 409, code: 'channel.name-taken' })
  })

  test.each([
    [{ url: 'https://evil.example/robot/send?access_token=abcdefgh' }, 'url', 'channel.url.host'],
    [{ kind: 'webhook', url: 'http://hooks.example.com/x' }, 'url', 'channel.url.not-https'],
    [{ kind: 'wecom', url: addresses.wecom('a'), secret: 'x' }, 'secret', 'channel.secret.none'],
    [{ kind: 'webhook', url: addresses.hook('a'), secret: 'short' }, 'secret', 'channel.secret.webhook'],
    [{ events: ['thing'] }, 'events', 'channel.events.webhook'],
    [
      { kind: 'webhook', url: addresses.hook('a'), events: ['secret.thing'] },
      'events',
      'channel.events.unknown',
    ],
    [{ kind: 'webhook', url: addresses.hook('a'), events: ['channel'] }, 'events', 'channel.events.unknown'],
  ] as const)('%o is refused by its field', async (part, path, code) => {
    const body = { id: newId(), kind: 'dingtalk' as const, name: 'x', url: addresses.ding('a'), ...part }
    const answer = await house.call(
      channelRoutes.create,
      { body: { ...body, events: [...('events' in part ? part.events : [])] } },
      office,
    )
    expect(answer.body).toMatchObject({ status: 400, fields: [{ path, code }] })
  })

  test('a test message goes the way of all; what the vendor said is there to read', async () => {
    const { channel } = await house.add({ name: '群', url: addresses.ding('a') })
    const { body } = await house.call(channelRoutes.test, site(channel.id), office)
    expect(body).toMatchObject({ kind: 'test', status: 'waiting' })
    house.peer.moods.push({ how: 'code', code: 310000, words: 'keywords not in content' })
    await house.run()
    const after = await house.call(channelRoutes.delivery, site(body.id), office)
    expect(after.body).toMatchObject({
      status: 'failed',
      error: 'keyword',
      errorWords: '310000 keywords not in content',
    })
    await house.call(channelRoutes.retry, site(body.id), office)
    await house.run()
    expect(house.peer.accepted()[0]?.body.markdown.text).toContain('通知渠道“群”已接通')
    const twice = await house.call(channelRoutes.retry, site(body.id), office)
    expect(twice.body).toMatchObject({ status: 409, code: 'channel-delivery.not-failed' })
    await house.call(
      channelRoutes.edit,
      { ...site(channel.id), body: { version: 1, enabled: false } },
      office,
    )
    expect((await house.call(channelRoutes.test, site(channel.id), office)).body).toMatchObject({
      code: 'channel.off',
    })
  })

  test('what can be chosen is named in both languages without anybody’s data', async () => {
    const { body } = await house.call(channelRoutes.options, {}, zhao)
    expect(body.topics.find((one) => one.topic === 'visit-asked')?.name).toEqual({
      zh: '… 来访，请答复',
      en: expect.stringContaining('…'),
    })
    expect(body.topics.map((one) => one.topic)).toContain('task:thing.sign')
    expect(body.entities).toEqual(['thing'])
  })
})

describe('G5 whose channels are whose', () => {
  test('the site’s need channel.manage; own ones are nobody else’s, not even the office’s', async () => {
    const { channel } = await house.add({ name: '群', url: addresses.ding('a') })
    const refused = await Promise.all([
      house.call(channelRoutes.list, {}, zhao),
      house.call(channelRoutes.deliveries, { query: {} }, zhao),
      house.call(channelRoutes.test, site(channel.id), zhao),
      house.call(channelRoutes.remove, site(channel.id), zhao),
    ])
    expect(refused.map((one) => one.status)).toEqual([403, 403, 403, 403])
    const own = await house.addOwn(zhao, { url: addresses.feishu('own') })
    for (const person of [head, office]) {
      expect((await house.call(ownChannelRoutes.remove, site(own.channel.id), person)).status).toBe(404)
      expect((await house.call(ownChannelRoutes.list, {}, person)).body.items).toEqual([])
    }
    expect((await house.call(channelRoutes.remove, site(own.channel.id), office)).status).toBe(404)
    expect((await house.call(ownChannelRoutes.list, {}, zhao)).body.items).toHaveLength(1)
    const key = await house.call(ownChannelRoutes.deliveries, { query: {} }, machine)
    expect(key.body).toMatchObject({ status: 403, code: 'channel.own-only' })
    expect((await house.call(ownChannelRoutes.list, {}, machine)).body).toMatchObject({ can: { add: false } })
  })

  test('at most five own robots', async () => {
    for (let n = 0; n < 5; n++) await house.addOwn(zhao, { url: addresses.ding(`own${n}`) })
    const body = { id: newId(), kind: 'dingtalk' as const, name: 'x', url: addresses.ding('own9') }
    const answer = await house.call(ownChannelRoutes.create, { body }, zhao)
    expect(answer.body).toMatchObject({ status: 409, code: 'channel.too-many' })
  })

  test('addresses and secrets stand in no answer, no journal, no log, no remembered answer, and not in the clear in any table', async () => {
    const [key, secret] = ['0123456789abcdef0123456789abcdef', 'SECvery-secret-indeed']
    const url = `https://oapi.dingtalk.com/robot/send?access_token=${key}`
    const answers: unknown[] = []
    const { channel } = await house.add({ name: '群', url, secret })
    answers.push(channel)
    const hook = await house.add({
      kind: 'webhook',
      name: 'oa',
      url: addresses.hook('a-very-secret-path-indeed'),
    })
    const hookSecret = hook.secret ?? ''
    answers.push(hook.channel)
    house.peer.moods.push({ how: 'echo' }, { how: 'echo' }, { how: 'close' })
    await house.tell([zhao])
    await house.run()
    const edit = { ...site(channel.id), body: { version: 1, secret: `${secret}2`, url } }
    answers.push((await house.call(channelRoutes.edit, edit, office)).body)
    answers.push(
      await house.list(),
      await house.log('open'),
      await house.log('failed'),
      await house.log('sent'),
    )
    const stored: unknown[] = []
    for (const table of ['journal', 'idempotency', 'channel', 'channel_robot', 'channel_delivery', 'task'])
      stored.push(await house.app.kernel.sql.all(raw(`select * from ${table}`)))
    stored.push(
      await house.app.kernel.sql.all(raw('select payload, key from graphile_worker._private_jobs j')),
    )
    const everything = JSON.stringify([answers, stored, house.logged])
    expect(everything).toContain('bad request')
    for (const hidden of [key, secret, hookSecret, 'a-very-secret-path-indeed'])
      expect(everything.includes(hidden), hidden).toBe(false)
  })

  test('G5 a secret that cannot be read any more is said to be so', async () => {
    await house.add({ name: '群', url: addresses.ding('a') })
    await house.app.kernel.sql.run(raw("update channel set url_sealed = 'broken'"))
    await house.tell([zhao])
    await house.run()
    expect(await house.log('failed')).toMatchObject([{ error: 'sealed' }])
  })
})

describe('G2 G4 sending a stretch again', () => {
  test('from a moment on, in the order things happened, with the ids of the first time; the count was shown', async () => {
    const { channel } = await house.add({
      ...{ kind: 'webhook', name: '门禁', url: addresses.hook('doors'), events: ['thing'] },
    })
    const told: string[] = []
    for (let minute = 0; minute < 4; minute += 1) told.push(await house.tell([], {}, 1))
    await house.run()
    const ids = () => house.peer.heard.map((one) => String(one.body.data.id))
    expect(ids()).toEqual(told)
    const firstIds = house.peer.heard.map((one) => one.headers['webhook-id'])
    house.peer.heard.length = 0
    const times = await house.app.kernel.sql.all<{ at: Date }>(
      raw("select at from journal where action = 'thing.asked' order by id desc limit 4"),
    )
    const from = times[2]?.at.toISOString() ?? ''
    const shown = await house.call(channelRoutes.replayable, { ...site(channel.id), query: { from } }, office)
    expect(shown.body).toMatchObject({ count: 3 })
    const send = (expected: number, person = office) =>
      house.call(channelRoutes.replay, { ...site(channel.id), body: { from, expected } }, person)
    expect((await send(2)).body).toMatchObject({ code: 'edit.stale' })
    expect((await send(3, zhao)).status).toBe(403)
    expect((await send(3)).body).toEqual({ count: 3 })
    await house.run()
    expect(ids()).toEqual(told.slice(1))
    expect(house.peer.heard.map((one) => one.headers['webhook-id'])).toEqual(firstIds.slice(1))
    const entries = await house.app.kernel.sql.all<{ count: number }>(
      raw("select (after->>'count')::int as count from journal where action = 'channel-delivery.replayed'"),
    )
    expect(entries).toEqual([{ count: 3 }])
  })

  test('a stretch has an end; a chat is not flooded; a channel that is off sends nothing', async () => {
    const { channel } = await house.add({ name: '群', url: addresses.ding('a') })
    const from = '2020-01-01T00:00:00Z'
    const chat = await house.call(channelRoutes.replayable, { ...site(channel.id), query: { from } }, office)
    expect(chat.body).toMatchObject({ code: 'channel.no-replay' })
    const hook = await house.add({
      kind: 'webhook',
      name: '门禁',
      url: addresses.hook('x'),
      events: ['thing'],
    })
    await house.tell([])
    await house.run()
    const until = '2020-01-02T00:00:00Z'
    const none = await house.call(
      channelRoutes.replayable,
      { ...site(hook.channel.id), query: { from, until } },
      office,
    )
    expect(none.body).toMatchObject({ count: 0 })
    await house.call(
      channelRoutes.edit,
      { ...site(hook.channel.id), body: { version: 1, enabled: false } },
      office,
    )
    const off = await house.call(
      channelRoutes.replay,
      { ...site(hook.channel.id), body: { from, expected: 1 } },
      office,
    )
    expect(off.body).toMatchObject({ code: 'channel.off' })
  })
})
