/** For tests: a house with people, departments, one module that tells, and vendors played by a server. */
import { expect } from 'vitest'
import { type TestApp, testActor, testApp, testNow } from '../../../apps/server/testing.ts'
import type { RouteAnswer, RouteCall, RouteSpec } from '../../contract.ts'
import { raw } from '../../db/sql.ts'
import { newId } from '../../ids.ts'
import { follow } from '../../journal/followers.ts'
import { makeLog } from '../../log.ts'
import type { FoyerModule } from '../../module.ts'
import { command } from '../../work/command.ts'
import { notificationsFollower } from '../follower.ts'
import { notificationsWith } from '../module.ts'
import type { Contact } from '../notice.ts'
import { channelRoutes } from './contract.ts'
import { channelEventsFollower } from './events.ts'
import { ownChannelRoutes } from './own/contract.ts'
import { channelTask } from './queue/run.ts'
import { httpSender, type SenderOptions } from './sender.ts'
import { type Peer, vendorPeer } from './testing.ts'

export const site = newId()
export const department = newId()
export const [zhao, head, office, machine] = [newId(), newId(), newId(), newId()]
const roles = new Map([
  [zhao, ['host']],
  [head, ['department_head']],
  [office, ['office_admin']],
  [machine, ['office_admin']],
])
const contact = (name: string, n: number, posts: readonly string[] = []): Contact => ({
  ...{ name, email: null, language: 'zh', mobile: `+861380000000${n}`, posts },
})
const contacts = new Map<string, Contact>([
  [zhao, contact('赵敏', 0, [`department:${department}`])],
  [head, contact('陈刚', 1, [`department:${department}`])],
  [office, contact('李静', 2)],
])

const of = (origin: string) => (name: string) => `${origin}${name}-key-000000`
export const addresses = {
  ding: of('https://oapi.dingtalk.com/robot/send?access_token='),
  wecom: of('https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key='),
  feishu: of('https://open.feishu.cn/open-apis/bot/v2/hook/'),
  hook: (name: string) => `https://hooks.example.com/${name}`,
}

/** A module as any other, with one noticed change. */
const thing: FoyerModule = {
  name: 'thing',
  actors: () => async (request) => {
    const person = String(request.headers['x-person'])
    const held = roles.get(person)
    return held === undefined ? null : testActor(site, held, person === machine ? null : person)
  },
  grants: { 'thing.read': ['host'] },
  live: { thing: { action: 'thing.read', link: (id) => `/things/${id}` } },
  taskKinds: { 'thing.sign': { notify: true, link: (task) => `/things/${task.subjectId}` } },
  contacts: async (_sql, ids) => new Map([...contacts].filter(([id]) => ids.includes(id))),
  staff: async (_sql, _site, post) => (post === 'gate' ? [zhao] : post === 'office_admin' ? [office] : []),
  postNames: async (_sql, _site, posts) =>
    new Map(posts.filter((post) => post === `department:${department}`).map((post) => [post, '销售部'])),
  notices: {
    'thing.asked': async (_sql, entry) => {
      const people = entry.data?.people
      const title = entry.data?.['title']
      const task = typeof title === 'string' ? title : { zh: '接待 王芳', en: 'receive Wang Fang' }
      return (Array.isArray(people) ? people : []).map((personId: string) => ({
        ...{ personId, siteId: site, template: 'task.opened', link: `/things/${entry.entityId}` },
        facts: { task, due: '2026-03-09T01:05:00Z' },
        ...(entry.data?.['signed'] === true ? { signed: { entity: 'thing', id: entry.entityId } } : {}),
      }))
    },
  },
}

type Create = RouteCall<typeof channelRoutes.create>['body']

export async function channelHouse(sender: SenderOptions = {}) {
  let app: TestApp | undefined
  const peer: Peer = await vendorPeer(() => app?.clock.now().getTime() ?? 0)
  const logged: string[] = []
  const modules = [
    thing,
    notificationsWith(() => httpSender({ base: peer.base, timeoutMs: 2000, ...sender })),
  ]
  app = await testApp({ modules, env: { PUBLIC_URL: 'https://foyer.example.com' } })
  const { kernel } = app
  const logging = makeLog('trace', { write: (line: string) => void logged.push(line) })
  const watched = { ...kernel, log: logging }
  const made = app

  const call = <S extends RouteSpec>(spec: S, parts: RouteCall<S>, person: string) =>
    made.call(spec, parts, { 'x-person': person, 'foyer-site': site })

  async function follows(): Promise<void> {
    await made.settled()
    for (const follower of [notificationsFollower, channelEventsFollower])
      while ((await follow(kernel, follower)) > 0);
  }

  /** Jobs waiting for the worker, as it would take them. */
  async function robots(): Promise<string[]> {
    const rows = await kernel.sql.all<{ key: string }>(raw('select key from channel_robot order by key'))
    return rows.map(({ key }) => key)
  }

  async function work(robot: string): Promise<void> {
    await kernel.modules.jobs.get(channelTask)?.(watched, { robot }, { attempt: 1, lastAttempt: false })
  }

  return {
    app: made,
    peer,
    logged,
    call,
    follows,
    robots,
    work,
    async add(body: Partial<Create>): Promise<RouteAnswer<typeof channelRoutes.create>> {
      const answer = await call(
        channelRoutes.create,
        {
          body: {
            ...{
              id: newId(),
              kind: 'dingtalk',
              name: 'x',
              url: addresses.ding('x'),
              details: body.kind !== 'webhook',
            },
            ...kindOf(body.url),
            ...body,
          },
        },
        office,
      )
      expect(answer.status, JSON.stringify(answer.body)).toBe(200)
      return answer.body
    },
    async addOwn(person: string, { url }: { url: string }) {
      const { kind } = kindOf(url)
      if (kind === undefined || kind === 'webhook') throw new Error('own robots are chat')
      const body = { id: newId(), kind, name: '我的', url }
      const answer = await call(ownChannelRoutes.create, { body }, person)
      expect(answer.status, JSON.stringify(answer.body)).toBe(200)
      return answer.body
    },
    /** One change that people are told of. @returns its id */
    async tell(
      people: readonly string[],
      data: Record<string, unknown> = {},
      minutesLater = 0,
    ): Promise<string> {
      const id = newId()
      const { after, ...more } = data
      await command(made.ctx(testActor(site, ['receptionist']), site), async (work) => {
        work.journal({
          ...{ entity: 'thing', entityId: id, action: 'thing.asked', data: { people, ...more } },
          after: (after as Record<string, unknown> | undefined) ?? null,
        })
      })
      made.clock.advance(minutesLater)
      await follows()
      return id
    },
    /** So many changes at once, each told by itself. */
    async tellMany(n: number): Promise<void> {
      await command(made.ctx(testActor(site, ['receptionist']), site), async (work) => {
        for (let i = 1; i <= n; i++)
          work.journal({
            ...{ entity: 'thing', entityId: newId(), action: 'thing.asked' },
            data: { people: [zhao], title: `第 ${i} 件事` },
          })
      })
      await follows()
    },
    async openTask(owner: { kind: 'person' | 'post'; id: string }) {
      const subject = { entity: 'thing', id: newId() }
      await command(made.ctx(testActor(site, ['receptionist']), site), async (work) => {
        const dueAt = new Date(work.now.getTime() + 3_600_000)
        work.openTask({ kind: 'thing.sign', subject, owner, dueAt })
        work.journal({ entity: 'thing', entityId: subject.id, action: 'thing.made' })
      })
      await follows()
    },
    /** The worker's part: every robot until it has nothing to do now. */
    async run(): Promise<void> {
      for (const robot of await robots()) await work(robot)
      await follows()
    },
    async log(status: 'open' | 'sent' | 'failed') {
      return (await call(channelRoutes.deliveries, { query: { status } }, office)).body.items
    },
    async list() {
      return (await call(channelRoutes.list, {}, office)).body.items
    },
    tasks: () =>
      kernel.sql.all<{ kind: string; owner: string; status: string; outcome: string | null }>(
        raw(
          `select kind, owner_id as owner, status, outcome from task where kind like 'channel.%' order by id`,
        ),
      ),
    async count(from: string): Promise<number> {
      return (await kernel.sql.one<{ n: number }>(raw(`select count(*)::int as n from ${from}`))).n
    },
    async clean(): Promise<void> {
      for (const table of [
        'channel_delivery',
        'channel',
        'channel_robot',
        'notice_preference',
        'notification',
        'task',
      ])
        await kernel.sql.run(raw(`delete from ${table}`))
      await kernel.sql.run(raw('delete from graphile_worker._private_jobs'))
      peer.heard.length = 0
      peer.moods.length = 0
      peer.secrets.clear()
      peer.onRequest = async () => undefined
      made.clock.set(testNow)
    },
    async close(): Promise<void> {
      await made.close()
      await peer.close()
    },
  }
}

export type ChannelHouse = Awaited<ReturnType<typeof channelHouse>>

function kindOf(url: string | undefined): { kind?: Create['kind'] } {
  if (url === undefined) return {}
  if (url.includes('dingtalk')) return { kind: 'dingtalk' }
  if (url.includes('weixin')) return { kind: 'wecom' }
  return { kind: url.includes('feishu') ? 'feishu' : 'webhook' }
}
