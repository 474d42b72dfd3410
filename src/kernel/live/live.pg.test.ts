import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { type TestApp, testActor, testApp } from '../../apps/server/testing.ts'
import type { Actor } from '../actor.ts'
import { newId } from '../ids.ts'
import type { FoyerModule } from '../module.ts'
import { tasksModule } from '../tasks/module.ts'
import { command } from '../work/command.ts'

const site = newId()
const actors: Readonly<Record<string, Actor>> = {
  desk: testActor(site, ['receptionist']),
  host: testActor(site, ['host']),
  other: testActor(site, ['host']),
  elsewhere: testActor(newId(), ['receptionist']),
}
const module: FoyerModule = {
  name: 'demo',
  grants: { 'thing.read': ['receptionist'] },
  live: { thing: { action: 'thing.read' } },
  actors: () => async (request) => actors[String(request.headers['x-who'])] ?? null,
}

let app: TestApp
let base: string
beforeAll(async () => {
  app = await testApp({ modules: [tasksModule, module] })
  base = await app.http.listen({ host: '127.0.0.1', port: 0 })
  await app.kernel.tail.start()
})
afterAll(async () => {
  await app.kernel.tail.stop()
  await app.close()
})

async function listen(who: string, lastEventId?: string) {
  const stop = new AbortController()
  const answer = await fetch(`${base}/api/v1/live`, {
    headers: { 'x-who': who, ...(lastEventId === undefined ? {} : { 'last-event-id': lastEventId }) },
    signal: stop.signal,
  })
  let text = ''
  const read = (async () => {
    const decoder = new TextDecoder()
    for await (const part of answer.body ?? []) text += decoder.decode(part, { stream: true })
  })().catch(() => undefined)
  const events = () =>
    text.split('\n\n').flatMap((block) => {
      const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(block)?.[1]
      const kind = field('event')
      return kind === undefined ? [] : [{ id: field('id'), kind, data: JSON.parse(field('data') ?? '{}') as Record<string, unknown> }]
    })
  return {
    events,
    changes: () => events().filter((event) => event.kind === 'change').map((event) => `${event.data['entity']} ${event.data['action']}`),
    async stop() {
      stop.abort()
      await read
    },
  }
}

async function write(action: string, ownerId?: string): Promise<void> {
  const ctx = app.ctx(actors['desk'] as Actor, site)
  await command(ctx, async (work) => {
    const id = newId()
    work.journal({ entity: 'thing', entityId: id, action })
    if (ownerId !== undefined)
      work.openTask({ kind: 'x', subject: { entity: 'thing', id }, owner: { kind: 'person', id: ownerId }, dueAt: work.now })
  })
}

describe('live updates', () => {
  test('a task opened by another entity’s change reaches its owner and the desk, nobody else', async () => {
    const all = await Promise.all(['desk', 'host', 'other', 'elsewhere'].map((who) => listen(who)))
    await write('thing.made', actors['host']?.employeeId ?? '')
    await write('thing.changed')
    await vi.waitUntil(() => (all[0]?.changes().length ?? 0) >= 3, { timeout: 20_000 })
    expect(all.map((one) => one.changes())).toEqual([
      ['thing thing.made', 'task task.changed', 'thing thing.changed'],
      ['task task.changed'],
      [],
      [],
    ])
    await Promise.all(all.map((one) => one.stop()))
  })

  test('resumes after the last event; what cannot be resumed is a reset, never a hang', async () => {
    const first = await listen('desk')
    await write('thing.one')
    await vi.waitUntil(() => first.changes().length === 1, { timeout: 20_000 })
    const last = first.events().at(-1)?.id ?? ''
    await first.stop()
    await write('thing.two')
    await write('thing.three')
    const second = await listen('desk', last)
    await vi.waitUntil(() => second.changes().length === 2, { timeout: 20_000 })
    expect(second.changes()).toEqual(['thing thing.two', 'thing thing.three'])
    await second.stop()
    for (const unreachable of ['99999999999999999999.1', '99999999999.1']) {
      const lost = await listen('desk', unreachable)
      await vi.waitUntil(() => lost.events().some((event) => event.kind === 'reset'), { timeout: 5_000 })
      await lost.stop()
    }
  })
})
