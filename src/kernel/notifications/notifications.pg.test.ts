import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { type TestApp, testActor, testApp, testNow } from '../../apps/server/testing.ts'
import { raw } from '../db/sql.ts'
import { newId } from '../ids.ts'
import { follow } from '../journal/followers.ts'
import { linkActor } from '../links.ts'
import { dispatchAll } from '../tasks/dispatcher.ts'
import { command } from '../work/command.ts'
import { deliveryRoutes, notificationRoutes } from './contract.ts'
import { emailTask, sweepDeliveries } from './email.ts'
import { notificationsFollower } from './follower.ts'
import { notificationsModule } from './module.ts'
import { as, brown, gone, silent, site, thing, zhao } from './test-house.ts'
import { type MailPeer, mailPeer, opened } from './testing.ts'

let app: TestApp
let peer: MailPeer

beforeAll(async () => {
  peer = await mailPeer()
  app = await testApp({
    modules: [thing, notificationsModule],
    env: {
      SMTP_URL: peer.url,
      SMTP_FROM: '门厅 <foyer@example.com>',
      PUBLIC_URL: 'https://foyer.example.com/',
    },
  })
})
afterAll(async () => {
  await app.close()
  await peer.close()
})
afterEach(async () => {
  peer.received.length = 0
  peer.refusals.length = 0
  await app.kernel.sql.run(raw('delete from delivery'))
  await app.kernel.sql.run(raw('delete from notification'))
})

async function ask(people: readonly string[], data: Record<string, unknown> = {}): Promise<string> {
  const id = newId()
  const ctx = app.ctx(testActor(site, ['receptionist']), site)
  await command(ctx, async (work) => {
    work.journal({ entity: 'thing', entityId: id, action: 'thing.asked', data: { people, ...data } })
  })
  return id
}

/** Two nodes at once, until nothing is left. */
async function tell(): Promise<void> {
  await app.settled()
  let read = 1
  while (read > 0) {
    const counts = await Promise.all([1, 2].map(() => follow(app.kernel, notificationsFollower)))
    read = Math.max(...counts)
  }
}

async function attempt(lastAttempt = false): Promise<string[]> {
  const queued = await app.kernel.sql.all<{ id: string }>(
    raw("select id from delivery where status = 'queued' order by id"),
  )
  const job = app.kernel.modules.jobs.get(emailTask)
  const errors: string[] = []
  for (const { id } of queued) {
    await job?.(app.kernel, { delivery: id }, { attempt: 1, lastAttempt }).catch((error: unknown) =>
      errors.push(String(error)),
    )
  }
  return errors
}

interface Delivered {
  readonly status: string
  readonly attempts: number
  readonly messageId: string
  readonly lastError: string | null
  readonly address: string
}
const deliveries = () =>
  app.kernel.sql.all<Delivered>(
    raw(
      'select status, attempts, message_id as "messageId", last_error as "lastError", address from delivery order by id',
    ),
  )
const count = async (text: string) =>
  (await app.kernel.sql.one<{ n: number }>(raw(`select count(*)::int as n from ${text}`))).n

describe('G2 people are told exactly once', () => {
  test('two nodes following, 40 changes: one notification and one delivery each', async () => {
    const asked = Array.from({ length: 40 }, () => ask([zhao]))
    await Promise.all([...asked, tell()])
    await tell()
    expect(await count('notification')).toBe(40)
    expect(await count('delivery')).toBe(40)
    expect(
      await count(`graphile_worker.jobs where task_identifier = '${emailTask}' and attempts = 0`),
    ).toBeGreaterThanOrEqual(40)
  })

  test('consoles of those concerned are told at once, by one entry, which tells nobody again', async () => {
    const before = await count("journal where action = 'notification.sent'")
    await ask([zhao, brown])
    await tell()
    await tell()
    expect(await count("journal where action = 'notification.sent'")).toBe(before + 1)
    const hint = await app.kernel.sql.one<{ data: { people: string[] } }>(
      raw("select data from journal where action = 'notification.sent' order by id desc limit 1"),
    )
    expect(hint.data.people.toSorted()).toEqual([zhao, brown].toSorted())
    expect(await count('notification')).toBe(2)
  })

  test.each(['code', 'sql'])(
    'a module whose notice fails (%s) keeps nobody else from being told',
    async (fault) => {
      await ask([zhao])
      await ask([zhao], { fault })
      await ask([brown])
      await tell()
      expect(await count('notification')).toBe(2)
    },
  )

  test('news older than a day stays on the console', async () => {
    await ask([zhao])
    app.clock.advance(25 * 60)
    await tell()
    app.clock.set(testNow)
    expect([await count('notification'), await count('delivery')]).toEqual([1, 0])
  })
})

describe('G2 owners hear of their tasks', () => {
  async function open(kind: string, owner: { kind: 'person' | 'post'; id: string }) {
    const subject = { entity: 'thing', id: newId() }
    await command(app.ctx(testActor(site, ['receptionist']), site), async (work) => {
      const dueAt = new Date(work.now.getTime() + 3_600_000)
      const remindAt = new Date(work.now.getTime() + 1_800_000)
      work.openTask({
        kind,
        subject,
        owner,
        dueAt,
        remindAt,
        ladder: [{ afterMinutes: 30, owner: { kind: 'person', id: brown } }],
      })
      work.journal({ entity: 'thing', entityId: subject.id, action: 'thing.made' })
    })
    return subject
  }
  async function settle(subjects: readonly { entity: string; id: string }[]) {
    await command(app.ctx(testActor(site, []), site), async (work) => {
      for (const subject of subjects) work.cancelTasks(subject, [], 'test')
      work.journal({ entity: 'thing', entityId: subjects[0]?.id ?? '', action: 'thing.settled' })
    })
  }
  const told = () =>
    app.kernel.sql.all<{ person: string; template: string; link: string | null }>(
      raw('select person_id as person, template, link from notification order by id'),
    )

  test('opened, reminded, overdue to the owner; escalated to the next level', async () => {
    const { id } = await open('thing.sign', { kind: 'person', id: zhao })
    await tell()
    for (const minutes of [31, 30, 30]) {
      app.clock.advance(minutes)
      await dispatchAll(app.kernel)
      await tell()
    }
    app.clock.set(testNow)
    const link = `/things/${id}`
    expect(await told()).toEqual([
      { person: zhao, template: 'task.opened', link },
      { person: zhao, template: 'task.reminded', link },
      { person: zhao, template: 'task.overdue', link },
      { person: brown, template: 'task.escalated', link },
    ])
    await settle([{ entity: 'thing', id }])
  })

  test('a post is the people who staff it; a quiet kind tells nobody', async () => {
    const [post, quiet] = [
      await open('thing.sign', { kind: 'post', id: 'gate' }),
      await open('thing.quiet', { kind: 'person', id: zhao }),
    ]
    await tell()
    expect((await told()).map((one) => one.person).toSorted()).toEqual([brown, silent].toSorted())
    expect(await count('delivery')).toBe(0)
    await settle([post, quiet])
  })
})

describe('e-mail over a real SMTP server', () => {
  test('in the language of each, subjects as RFC 2047, the stored Message-ID', async () => {
    const id = await ask([zhao, brown, silent])
    await tell()
    expect(await attempt()).toEqual([])
    const mails = peer.received.map((mail) => ({ to: mail.to, ...opened(mail.raw) }))
    expect(mails.map(({ to, subject }) => [to[0], subject])).toEqual([
      ['zhao@example.com', '新待办：接待 王芳'],
      ['ann@example.com', 'New to-do: receive Wang Fang'],
    ])
    expect(mails[0]?.rawSubject).toMatch(/^=\?UTF-8\?/)
    expect(mails[0]?.text).toContain('赵敏，您好')
    expect(mails[0]?.text).toContain('3月9日')
    expect(mails[1]?.text).toContain(`https://foyer.example.com/things/${id}`)
    const stored = await deliveries()
    expect(stored.map((one) => one.messageId)).toEqual(mails.map((one) => one.messageId))
    expect(stored.every((one) => one.status === 'sent' && one.attempts === 1)).toBe(true)
  })

  test('V5 a signed link opens one subject for one person, and ends', async () => {
    const id = await ask([zhao], { signed: true })
    await tell()
    await attempt()
    const token =
      /https:\/\/foyer\.example\.com\/things\/[\w-]+#link=(\S+)/.exec(
        opened(peer.received[0]?.raw ?? '').text,
      )?.[1] ?? ''
    const actor = await linkActor(app.kernel.links, token, app.clock.now())
    expect(actor).toMatchObject({
      kind: 'link',
      employeeId: zhao,
      name: '赵敏',
      link: { entity: 'thing', id },
    })
    const later = new Date(app.clock.now().getTime() + 3 * 3_600_000)
    await expect(linkActor(app.kernel.links, token, later)).rejects.toMatchObject({ code: 'link.expired' })
  })

  test('a passing refusal (4xx) is tried again and then accepted', async () => {
    peer.refusals.push({ code: 451, text: 'greylisted' })
    await ask([zhao])
    await tell()
    expect(await attempt()).toHaveLength(1)
    expect(await deliveries()).toMatchObject([
      { status: 'queued', attempts: 1, lastError: expect.stringContaining('greylisted') },
    ])
    expect(await attempt()).toEqual([])
    expect(await deliveries()).toMatchObject([{ status: 'sent', attempts: 2, lastError: null }])
  })

  test('a lasting refusal (5xx) fails at once, visibly, and is journalled', async () => {
    peer.refusals.push({ code: 550, text: 'no such mailbox' })
    const before = await count("journal where action = 'delivery.failed'")
    await ask([zhao])
    await tell()
    expect(await attempt()).toEqual([])
    expect(await deliveries()).toMatchObject([
      { status: 'failed', attempts: 1, lastError: expect.stringContaining('no such mailbox') },
    ])
    expect(await count("journal where action = 'delivery.failed'")).toBe(before + 1)
  })

  test('after the last attempt a passing refusal fails, too', async () => {
    peer.refusals.push({ code: 421, text: 'later' })
    await ask([zhao])
    await tell()
    expect(await attempt(true)).toEqual([])
    expect(await deliveries()).toMatchObject([{ status: 'failed' }])
  })

  test('G2 a crash between storing and sending: queued anew, sent with the same Message-ID', async () => {
    await ask([zhao])
    await tell()
    const [{ messageId } = { messageId: '' }] = await deliveries()
    // The worker was killed after it had begun: its job stays locked, the attempt stands.
    await app.kernel.sql.run(raw('update delivery set attempts = 1, tried_at = $1', [app.clock.now()]))
    await app.kernel.sql.run(raw('delete from graphile_worker._private_jobs'))
    await sweepDeliveries(app.kernel)
    expect(await count('graphile_worker.jobs')).toBe(0)
    app.clock.advance(6)
    await Promise.all([sweepDeliveries(app.kernel), sweepDeliveries(app.kernel)])
    app.clock.set(testNow)
    expect(await count(`graphile_worker.jobs where task_identifier = '${emailTask}'`)).toBe(1)
    await attempt()
    expect(opened(peer.received[0]?.raw ?? '').messageId).toBe(messageId)
  })

  test('a crash between sending and storing repeats the letter under the same Message-ID; later jobs do nothing', async () => {
    await ask([zhao])
    await tell()
    await attempt()
    await app.kernel.sql.run(raw("update delivery set status = 'queued'"))
    await attempt()
    await attempt()
    const ids = peer.received.map((mail) => opened(mail.raw).messageId)
    expect(ids).toHaveLength(2)
    expect(new Set(ids).size).toBe(1)
  })

  test('the worker itself delivers', async () => {
    await app.kernel.sql.run(raw('delete from graphile_worker._private_jobs'))
    await app.startBackground()
    await ask([brown])
    await expect.poll(() => peer.received.length, { timeout: 15_000 }).toBe(1)
    await expect.poll(async () => (await deliveries())[0]?.status, { timeout: 5_000 }).toBe('sent')
  })
})

describe('console', () => {
  test('mine, unread first, in pages', async () => {
    for (let n = 0; n < 5; n++) await ask([zhao])
    await ask([brown])
    await expect.poll(() => count('notification'), { timeout: 10_000 }).toBe(6)
    const first = await app.call(notificationRoutes.list, { query: { limit: 2 } }, as(zhao))
    expect([first.body.items.length, first.body.unread]).toEqual([2, 5])
    const [newest] = first.body.items
    const read = await app.call(notificationRoutes.read, { params: { id: newest?.id ?? '' } }, as(zhao))
    expect(read.body).toEqual({ unread: 4 })
    const all: string[] = []
    let cursor: string | undefined
    do {
      const page = await app.call(
        notificationRoutes.list,
        { query: { limit: 2, ...(cursor === undefined ? {} : { cursor }) } },
        as(zhao),
      )
      all.push(...page.body.items.map((item) => item.id))
      cursor = page.body.next ?? undefined
    } while (cursor !== undefined)
    expect(new Set(all).size).toBe(5)
    expect(all.at(-1)).toBe(newest?.id)
    expect((await app.call(notificationRoutes.readAll, {}, as(zhao))).body).toEqual({ unread: 0 })
    expect((await app.call(notificationRoutes.count, {}, as(brown))).body).toEqual({ unread: 1 })
  })

  test('G5 nobody marks another one’s as read; a bad cursor is named', async () => {
    await ask([zhao])
    await expect.poll(() => count('notification'), { timeout: 10_000 }).toBe(1)
    const { body } = await app.call(notificationRoutes.list, { query: {} }, as(zhao))
    const others = await app.call(
      notificationRoutes.read,
      { params: { id: body.items[0]?.id ?? '' } },
      as(brown),
    )
    expect(others.status).toBe(404)
    const bad = await app.call(notificationRoutes.list, { query: { cursor: 'nonsense' } }, as(zhao))
    expect(bad.body).toMatchObject({ status: 400, fields: [{ path: 'cursor' }] })
  })
})

describe('failure list', () => {
  test('shows what failed and why to those who can mend it, and sends again', async () => {
    peer.refusals.push({ code: 550, text: 'no such mailbox', to: 'gone@example.com' })
    await ask([gone])
    await expect
      .poll(async () => (await deliveries()).find((one) => one.address === 'gone@example.com')?.status, {
        timeout: 15_000,
      })
      .toBe('failed')
    const forbidden = await app.call(deliveryRoutes.list, { query: {} }, as(zhao))
    expect(forbidden.status).toBe(403)
    const list = await app.call(deliveryRoutes.list, { query: { status: 'failed' } }, as(silent))
    expect(list.body).toMatchObject({
      email: true,
      failed: 1,
      items: [{ person: '周离', status: 'failed', can: { retry: true } }],
    })
    const id = list.body.items[0]?.id ?? ''
    const again = await app.call(deliveryRoutes.retry, { params: { id } }, as(silent))
    expect(again.body).toMatchObject({ status: 'queued', can: { retry: false } })
    await expect
      .poll(async () => (await deliveries()).find((one) => one.address === 'gone@example.com')?.status, {
        timeout: 15_000,
      })
      .toBe('sent')
    const twice = await app.call(deliveryRoutes.retry, { params: { id } }, as(silent))
    expect(twice.body).toMatchObject({ status: 409, code: 'delivery.not-failed' })
  })
})

test('without a mail server people are told on the console only, and the list says so', async () => {
  const plain = await testApp({ modules: [thing, notificationsModule] })
  await command(plain.ctx(testActor(site, ['receptionist']), site), async (work) => {
    work.journal({ entity: 'thing', entityId: newId(), action: 'thing.asked', data: { people: [zhao] } })
  })
  await plain.settled()
  await follow(plain.kernel, notificationsFollower)
  const list = await plain.call(deliveryRoutes.list, { query: {} }, as(silent))
  expect(list.body).toMatchObject({ items: [], email: false })
  expect((await plain.call(notificationRoutes.count, {}, as(zhao))).body).toEqual({ unread: 1 })
  await plain.close()
})
