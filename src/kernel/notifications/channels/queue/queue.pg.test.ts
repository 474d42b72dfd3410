import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { testNow } from '../../../../apps/server/testing.ts'
import { raw } from '../../../db/sql.ts'
import { channelRoutes } from '../contract.ts'
import { ownChannelRoutes } from '../own/contract.ts'
import { addresses, type ChannelHouse, channelHouse, office, zhao } from '../test-house.ts'
import { forgetChannels, sweepChannels } from './run.ts'
import { takeTurn } from './turns.ts'

let house: ChannelHouse
beforeAll(async () => {
  house = await channelHouse({ timeoutMs: 300 })
})
afterAll(() => house.close())
afterEach(() => house.clean())

const statuses = async () => {
  const rows = await house.app.kernel.sql.all<{ status: string; n: number }>(
    raw('select status, count(*)::int as n from channel_delivery group by status order by status'),
  )
  return Object.fromEntries(rows.map(({ status, n }) => [status, n]))
}
const later = (minutes: number) => house.app.clock.advance(minutes)
/** Every robot's job, `many` of them at once, as several nodes would. */
async function workers(many: number): Promise<void> {
  const robots = await house.robots()
  await Promise.all(robots.flatMap((robot) => Array.from({ length: many }, () => house.work(robot))))
}
const tellMany = (n: number) => house.tellMany(n)

describe('C10 rate limit: nothing lost, nobody flooded', () => {
  test('twenty workers at once neither pass the limit nor send anything twice', async () => {
    await house.add({ name: '群', url: addresses.ding('group') })
    await tellMany(20)
    await workers(20)
    const words = house.peer.heard.map((one) => one.body.markdown.text as string)
    expect(words).toHaveLength(20)
    expect(new Set(words.map((text) => /第 \d+ 件事/.exec(text)?.[0])).size).toBe(20)
    expect(house.peer.heard.every((one) => one.accepted)).toBe(true)
    expect(await statuses()).toEqual({ sent: 20 })
    await house.tell([zhao])
    await workers(20)
    expect(house.peer.heard).toHaveLength(20)
    expect(await statuses()).toEqual({ sent: 20, waiting: 1 })
    later(2)
    await workers(20)
    expect(await statuses()).toEqual({ sent: 21 })
    expect(house.peer.densest()).toBeLessThanOrEqual(20)
  })

  test('two channels with one robot share its minute', async () => {
    await house.add({ name: 'a', url: addresses.ding('group') })
    await house.add({ name: 'b', url: addresses.ding('group') })
    await tellMany(9)
    await workers(3)
    expect(house.peer.heard).toHaveLength(18)
    expect(await house.robots()).toHaveLength(1)
    await tellMany(4)
    await workers(3)
    expect(house.peer.densest()).toBeLessThanOrEqual(20)
    expect(await statuses()).toEqual({ sent: 26 })
  })

  test('a flood becomes a digest of bounded size that says how many more there are', async () => {
    await house.add({ name: '群', url: addresses.wecom('group'), mention: false })
    await tellMany(120)
    await workers(4)
    expect(house.peer.heard).toHaveLength(1)
    const text: string = house.peer.heard[0]?.body.markdown.content
    expect(text).toContain('120 条通知')
    expect(text).toContain('第 1 件事')
    expect(text).toMatch(/还有 \d+ 条/)
    expect(text).toContain('https://foyer.example.com/notifications')
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(4096)
    expect(await statuses()).toEqual({ sent: 120 })
    expect((await house.log('sent')).every((one) => one.digest)).toBe(true)
  })

  test('Feishu’s five a second: the sixth waits', async () => {
    await house.add({ name: '群', url: addresses.feishu('group') })
    await tellMany(7)
    await workers(5)
    expect(house.peer.heard).toHaveLength(5)
    house.app.clock.advance(0.05)
    await workers(5)
    expect(await statuses()).toEqual({ sent: 7 })
  })

  test('when the vendor says too fast all wait as long as it wants, and no attempt is lost', async () => {
    await house.add({ name: '群', url: addresses.ding('group') })
    house.peer.moods.push({ how: 'code', code: 130101, words: 'send too fast' })
    await tellMany(2)
    await workers(2)
    expect(house.peer.heard).toHaveLength(1)
    expect(await house.log('open')).toMatchObject([
      { status: 'waiting' },
      { status: 'retrying', error: 'rate', attempts: 0 },
    ])
    expect((await house.list())[0]).toMatchObject({ state: 'resting', waiting: 2 })
    later(9)
    await workers(2)
    expect(house.peer.heard).toHaveLength(1)
    later(2)
    await workers(2)
    expect(await statuses()).toEqual({ sent: 2 })
  })

  test('one bad line does not keep a digest’s other lines from being told', async () => {
    await house.add({ name: '群', url: addresses.ding('group') })
    await tellMany(25)
    house.peer.moods.push({ how: 'code', code: 430102, words: 'inappropriate text' })
    house.peer.moods.push({ how: 'code', code: 430102, words: 'inappropriate text' })
    for (let minutes = 0; minutes < 4; minutes++) {
      await workers(3)
      later(2)
    }
    expect(await statuses()).toEqual({ failed: 1, sent: 24 })
    expect(await house.log('failed')).toMatchObject([
      { error: 'content', errorWords: '430102 inappropriate text' },
    ])
    expect(house.peer.densest()).toBeLessThanOrEqual(20)
  })
})

describe('C10 G2 faults are tried again, then visible, and somebody’s to mend', () => {
  test.each([
    ['hanging', { how: 'hang' }, 'timeout'],
    ['closing', { how: 'close' }, 'unreachable'],
    ['garbage', { how: 'garbage' }, 'garbage'],
    ['status 500', { how: 'status', status: 500 }, 'busy'],
    ['busy (-1)', { how: 'code', code: -1, words: '系统繁忙' }, 'busy'],
  ] as const)('%s: tried again after a while', async (_, mood, error) => {
    await house.add({ name: '群', url: addresses.ding('group') })
    house.peer.moods.push(mood)
    await house.tell([zhao])
    await workers(2)
    expect(await house.log('open')).toMatchObject([{ status: 'retrying', error, attempts: 1 }])
    await workers(2)
    expect(house.peer.heard).toHaveLength(1)
    later(1)
    await workers(2)
    expect(await house.log('sent')).toMatchObject([{ error: null, attempts: 2 }])
  })

  test('after eight attempts it is given up, in sight of those who can mend it, and journalled', async () => {
    await house.add({ name: '群', url: addresses.ding('group') })
    await house.tell([zhao])
    for (let n = 0; n < 8; n++) {
      house.peer.moods.push({ how: 'status', status: 502 })
      await workers(1)
      later(121)
    }
    expect(house.peer.heard).toHaveLength(8)
    expect(await house.log('failed')).toMatchObject([{ attempts: 8, error: 'busy', can: { retry: true } }])
    expect(await house.count("journal where action = 'channel-delivery.failed'")).toBeGreaterThan(0)
  })

  test('what only somebody can mend fails at once; three in a row are the administrator’s task; mended, all go', async () => {
    const { channel } = await house.add({ name: '群', url: addresses.ding('group'), secret: 'SECwrong-one' })
    house.peer.secrets.set('group-key-000000', 'SECright-one')
    await tellMany(4)
    await workers(2)
    expect(await statuses()).toEqual({ failed: 4 })
    expect((await house.list())[0]).toMatchObject({ state: 'failing', failed: 4 })
    expect(await house.tasks()).toMatchObject([
      { kind: 'channel.failing', owner: 'office_admin', status: 'open' },
    ])
    // The task itself is not told through channels.
    await house.follows()
    expect(await house.count('channel_delivery')).toBe(4)
    const params = { id: channel.id }
    const mend = await house.call(
      channelRoutes.edit,
      { params, body: { version: 1, secret: 'SECright-one' } },
      office,
    )
    expect(mend.body).toMatchObject({ version: 2, state: 'working' })
    const again = await house.call(channelRoutes.retryFailed, { params }, office)
    expect(again.body).toEqual({ count: 4 })
    await workers(2)
    expect(await statuses()).toEqual({ sent: 4 })
    expect(await house.tasks()).toMatchObject([{ status: 'cancelled', outcome: 'channel.edited' }])
    expect((await house.list())[0]).toMatchObject({ state: 'working', failed: 0 })
  })

  test('recovers by itself; meanwhile what piled up goes as one', async () => {
    await house.add({ name: '群', url: addresses.wecom('group') })
    for (let n = 0; n < 3; n++) {
      house.peer.moods.push({ how: 'status', status: 500 })
      await house.tell([zhao])
      await workers(1)
      later(0.5)
    }
    await tellMany(30)
    later(5)
    await workers(3)
    expect((await statuses()).sent).toBe(33)
    expect(house.peer.accepted()).toHaveLength(1)
    expect(await house.tasks()).toMatchObject([{ status: 'done', outcome: 'recovered' }])
  })

  test('an own robot in trouble is its person’s task', async () => {
    await house.addOwn(zhao, { url: addresses.ding('own') })
    house.peer.moods.push(
      ...Array.from({ length: 3 }, () => ({ how: 'code', code: 300001, words: 'token' }) as const),
    )
    await tellMany(3)
    await workers(2)
    expect(await house.tasks()).toMatchObject([{ kind: 'channel.own-failing', owner: zhao, status: 'open' }])
    expect(await house.log('failed')).toEqual([])
    const own = await house.call(ownChannelRoutes.deliveries, { query: { status: 'failed' } }, zhao)
    expect(own.body.items).toHaveLength(3)
    const other = await house.call(
      ownChannelRoutes.retry,
      { params: { id: own.body.items[0]?.id ?? '' } },
      office,
    )
    expect(other.status).toBe(404)
  })

  test('a redirect is not followed, and only somebody can mend it', async () => {
    await house.add({ name: '群', url: addresses.ding('group') })
    house.peer.moods.push({ how: 'redirect' })
    await house.tell([zhao])
    await workers(1)
    expect(house.peer.heard).toHaveLength(1)
    expect(await house.log('failed')).toMatchObject([{ error: 'redirect' }])
  })

  test('yesterday’s news is given up visibly instead of told late', async () => {
    const { channel } = await house.add({ name: '群', url: addresses.ding('group') })
    await house.tell([zhao])
    const off = { params: { id: channel.id }, body: { version: 1, enabled: false } }
    expect((await house.call(channelRoutes.edit, off, office)).status).toBe(200)
    await workers(1)
    expect(await statuses()).toEqual({ waiting: 1 })
    later(25 * 60)
    const on = { params: { id: channel.id }, body: { version: 2, enabled: true } }
    await house.call(channelRoutes.edit, on, office)
    await workers(1)
    expect(house.peer.heard).toEqual([])
    expect(await house.log('failed')).toMatchObject([{ error: 'stale', can: { retry: true } }])
  })
})

describe('G2 crashes', () => {
  test('between taking and sending: taken up after the lease, sent once', async () => {
    await house.add({ name: '群', url: addresses.ding('group') })
    await house.tell([zhao])
    const [robot = ''] = await house.robots()
    expect(await takeTurn(house.app.kernel, robot)).toMatchObject({ do: 'send' })
    await workers(5)
    expect(house.peer.heard).toEqual([])
    await sweepChannels(house.app.kernel)
    await house.app.kernel.sql.run(raw('delete from graphile_worker._private_jobs'))
    later(1.1)
    await Promise.all([sweepChannels(house.app.kernel), sweepChannels(house.app.kernel)])
    expect(await house.count("graphile_worker.jobs where task_identifier = 'notification-channel'")).toBe(1)
    await workers(5)
    expect(house.peer.heard).toHaveLength(1)
    expect(await statuses()).toEqual({ sent: 1 })
  })

  test('between sending and writing it down: at most once more, a webhook with the same id', async () => {
    await house.add({ kind: 'webhook', name: 'oa', url: addresses.hook('oa') })
    await house.tell([zhao])
    const [robot = ''] = await house.robots()
    const lost = new Error('the process is gone')
    const { kernel } = house.app
    house.peer.onRequest = async () => {
      // From here on this process writes nothing down any more.
      await kernel.sql.run(raw('update channel_robot set busy_by = gen_random_uuid()'))
      await kernel.sql.run(raw('update channel_delivery set batch = gen_random_uuid()'))
      house.peer.onRequest = async () => undefined
    }
    await house.work(robot).catch((error: unknown) => expect(error).toBe(lost))
    expect(await statuses()).toEqual({ sending: 1 })
    later(1.1)
    await workers(3)
    expect(await statuses()).toEqual({ sent: 1 })
    const ids = house.peer.heard.map((one) => one.headers['webhook-id'])
    expect([ids.length, new Set(ids).size]).toEqual([2, 1])
  })

  test('an address changed while its message is on the way: nothing twice, nothing left behind', async () => {
    const { channel } = await house.add({ name: '群', url: addresses.ding('old') })
    await house.tell([zhao])
    const [robot = ''] = await house.robots()
    expect(await takeTurn(house.app.kernel, robot)).toMatchObject({ do: 'send' })
    const body = { version: 1, url: addresses.ding('new') }
    await house.call(channelRoutes.edit, { params: { id: channel.id }, body }, office)
    await workers(3)
    expect(house.peer.heard).toEqual([])
    later(1.1)
    await workers(3)
    expect(house.peer.heard.map((one) => one.key)).toEqual([expect.stringContaining('new')])
    expect(await statuses()).toEqual({ sent: 1 })
  })
})

test('the worker itself sends', async () => {
  const own = await channelHouse()
  await own.add({ name: '群', url: addresses.ding('group') })
  await own.app.startBackground()
  await own.tell([zhao])
  await expect.poll(() => own.peer.accepted().length, { timeout: 15_000 }).toBe(1)
  await expect.poll(async () => (await own.log('sent')).length, { timeout: 5_000 }).toBe(1)
  await own.close()
})

test('G5 old messages and erased channels are forgotten', async () => {
  const { channel } = await house.add({ name: '群', url: addresses.ding('group') })
  await house.tell([zhao])
  await workers(1)
  await house.call(channelRoutes.remove, { params: { id: channel.id } }, office)
  later(26 * 60)
  await forgetChannels(house.app.kernel)
  const [row] = await house.app.kernel.sql.all<{ url: string | null }>(
    raw('select url_sealed as url from channel'),
  )
  expect(row?.url).toBeNull()
  const back = await house.call(channelRoutes.restore, { params: { id: channel.id } }, office)
  expect(back.body).toMatchObject({ status: 410, code: 'channel.erased' })
  house.app.clock.set(new Date(testNow.getTime() + 182 * 86_400_000))
  await forgetChannels(house.app.kernel)
  expect([
    await house.count('channel_delivery'),
    await house.count('channel'),
    await house.count('channel_robot'),
  ]).toEqual([0, 0, 0])
})
