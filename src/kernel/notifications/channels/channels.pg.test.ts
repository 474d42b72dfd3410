import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { testNow } from '../../../apps/server/testing.ts'
import { channelRoutes } from './contract.ts'
import { ownChannelRoutes } from './own/contract.ts'
import {
  addresses,
  type ChannelHouse,
  channelHouse,
  department,
  head,
  office,
  site,
  zhao,
} from './test-house.ts'

let house: ChannelHouse
beforeAll(async () => {
  house = await channelHouse()
})
afterAll(() => house.close())
afterEach(() => house.clean())

const texts = () =>
  house.peer.accepted().map((one) => one.body.markdown?.text ?? one.body.text?.content ?? '')

describe('C10 delivered on console, e-mail and chat: who gets what where', () => {
  test('own robot first; without one the department’s group, else the site’s, calls the person', async () => {
    await house.add({ name: '全体', url: addresses.ding('site') })
    await house.add({ name: '销售部', url: addresses.ding('sales'), posts: [`department:${department}`] })
    await house.addOwn(zhao, { url: addresses.feishu('own') })
    await house.tell([zhao, head, office])
    await house.run()
    const heard = house.peer.accepted()
    expect(heard.map((one) => one.key).toSorted()).toEqual([
      'own-key-000000',
      'sales-key-000000',
      'site-key-000000',
    ])
    const of = (key: string) => heard.find((one) => one.key.startsWith(key))?.body
    expect(of('sales').at.atMobiles).toEqual(['13800000001'])
    expect(of('sales').markdown.text).toContain('@13800000001')
    expect(of('site').at.atMobiles).toEqual(['13800000002'])
    expect(JSON.stringify(of('own'))).not.toContain('1380000')
  })

  test('one message to a group for one event, however many people it concerns', async () => {
    await house.add({ name: '全体', url: addresses.wecom('site') })
    await house.tell([zhao, office])
    await house.run()
    expect(house.peer.accepted()).toHaveLength(1)
    expect(house.peer.accepted()[0]?.body.text.mentioned_mobile_list.toSorted()).toEqual([
      '13800000000',
      '13800000002',
    ])
  })

  test('a post’s tasks reach its group; what a person does not want by chat stays on the console', async () => {
    await house.add({ name: '门岗群', url: addresses.ding('gate'), posts: ['gate'] })
    await house.addOwn(zhao, { url: addresses.ding('own') })
    await house.openTask({ kind: 'post', id: 'gate' })
    await house.run()
    expect(house.peer.accepted().map((one) => one.key)).toEqual(['gate-key-000000'])
    const preferences = [{ topic: 'task.opened', email: true, chat: false }]
    expect((await house.call(ownChannelRoutes.prefer, { body: { preferences } }, zhao)).body).toEqual({
      preferences,
    })
    await house.tell([zhao])
    await house.run()
    expect(house.peer.accepted()).toHaveLength(1)
    expect(await house.count('notification')).toBeGreaterThan(1)
  })

  test('only chosen topics; in the channel’s language; without details no words of strangers', async () => {
    await house.add({ name: 'a', url: addresses.ding('a'), topics: ['visit-asked'] })
    await house.add({ name: 'b', url: addresses.ding('b'), language: 'en', details: false })
    await house.add({ name: 'c', url: addresses.ding('c'), language: 'en' })
    await house.tell([zhao])
    await house.run()
    const by = new Map(house.peer.accepted().map((one) => [one.key, one.body.markdown.text as string]))
    expect([...by.keys()].toSorted()).toEqual(['b-key-000000', 'c-key-000000'])
    expect(by.get('c-key-000000')).toContain('New to-do: receive Wang Fang')
    expect(by.get('b-key-000000')).not.toContain('Wang Fang')
    expect(by.get('b-key-000000')).toContain('New to-do')
  })

  test('G5 phones are masked, markup is words, the link needs a sign-in', async () => {
    await house.add({ name: '全体', url: addresses.ding('site') })
    await house.tell([zhao], { title: '回电 13912345678 [点我](https://evil.example)', signed: true })
    await house.run()
    const [text = ''] = texts()
    expect(text).toContain('139****5678')
    expect(text).not.toContain('13912345678')
    expect(text).not.toContain('[点我]')
    expect(text).not.toContain('#link=')
    expect(text).toMatch(/\[打开查看\]\(https:\/\/foyer\.example\.com\/things\/[\w-]+\)/)
  })

  test('news older than a day stays on the console', async () => {
    await house.add({ name: '全体', url: addresses.ding('site') })
    await house.tell([zhao], {}, 25 * 60)
    await house.run()
    expect(house.peer.heard).toEqual([])
  })
})

describe('C10 webhooks', () => {
  test('notices and chosen changes: ids, action and link, signed; details only where permitted', async () => {
    const { secret } = await house.add({
      kind: 'webhook',
      name: 'oa',
      url: addresses.hook('oa'),
      events: ['thing'],
    })
    await house.add({
      ...{ kind: 'webhook', name: 'full', url: addresses.hook('full'), events: ['thing.asked'], topics: [] },
      details: true,
    })
    house.peer.secrets.set('oa', secret ?? '')
    const id = await house.tell([zhao], { after: { name: '王芳' } })
    await house.run()
    const heard = house.peer.accepted()
    const [event, notice] = ['thing.asked', 'notice.task.opened'].map((type) =>
      heard.find((one) => one.key === 'oa' && one.body.type === type),
    )
    expect(event?.body).toEqual({
      type: 'thing.asked',
      timestamp: testNow.toISOString(),
      site: { id: site, name: 'Foyer' },
      data: {
        ...{ entity: 'thing', id, action: 'thing.asked', version: null },
        link: `https://foyer.example.com/things/${id}`,
      },
    })
    expect(notice?.body.data).toMatchObject({ template: 'task.opened', people: [zhao] })
    expect(JSON.stringify(notice?.body)).not.toContain('王芳')
    expect(notice?.headers['webhook-id']).not.toBe(event?.headers['webhook-id'])
    const full = heard.filter((one) => one.key === 'full')
    expect(full).toHaveLength(1)
    expect(full[0]?.body.data).toMatchObject({ after: { name: '王芳' }, actor: 'receptionist' })
  })

  test('G5 a new secret: for a day both sign, then only the new one', async () => {
    const { channel, secret } = await house.add({ kind: 'webhook', name: 'oa', url: addresses.hook('oa') })
    house.peer.secrets.set('oa', secret ?? '')
    const rotated = await house.call(channelRoutes.rotate, { params: { id: channel.id } }, office)
    expect(rotated.body.secret).toMatch(/^whsec_/)
    expect(rotated.body.secret).not.toBe(secret)
    const tell = async () => {
      await house.tell([zhao])
      await house.run()
      return house.peer.heard.at(-1)?.accepted
    }
    expect(await tell()).toBe(true)
    house.peer.secrets.set('oa', rotated.body.secret ?? '')
    expect(await tell()).toBe(true)
    house.app.clock.advance(25 * 60)
    house.peer.secrets.set('oa', secret ?? '')
    expect(await tell()).toBe(false)
  })

  test('G2 tried over a day, with the same id; replayed by hand from the log', async () => {
    await house.add({ kind: 'webhook', name: 'oa', url: addresses.hook('oa') })
    await house.tell([zhao])
    for (let n = 0; n < 9; n++) {
      house.peer.moods.push({ how: 'status', status: 503 })
      await house.run()
      house.app.clock.advance(10 * 60)
    }
    const ids = new Set(house.peer.heard.map((one) => one.headers['webhook-id']))
    expect([house.peer.heard.length, ids.size]).toEqual([9, 1])
    const [item] = await house.log('failed')
    expect(item).toMatchObject({ status: 'failed', attempts: 9, error: 'busy', can: { retry: true } })
    await house.call(channelRoutes.retry, { params: { id: item?.id ?? '' } }, office)
    await house.run()
    expect(await house.log('sent')).toMatchObject([{ id: item?.id, can: { retry: true } }])
    await house.call(channelRoutes.retry, { params: { id: item?.id ?? '' } }, office)
    await house.run()
    expect(house.peer.accepted().map((one) => one.headers['webhook-id'])).toEqual([item?.id, item?.id])
  })

  test('410 Gone switches the channel off and tells the administrator', async () => {
    const { channel } = await house.add({ kind: 'webhook', name: 'oa', url: addresses.hook('oa') })
    house.peer.moods.push({ how: 'status', status: 410 })
    await house.tell([zhao])
    await house.run()
    expect((await house.list()).find((one) => one.id === channel.id)).toMatchObject({ state: 'off' })
    expect(await house.tasks()).toMatchObject([
      { kind: 'channel.failing', owner: 'office_admin', status: 'open' },
    ])
  })
})
