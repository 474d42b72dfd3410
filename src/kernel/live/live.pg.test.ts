import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type TestApp, testActor, testApp } from '../../apps/server/testing.ts'
import type { Actor } from '../actor.ts'
import { newId } from '../ids.ts'
import type { FoyerModule } from '../module.ts'
import { command } from '../work/command.ts'

const site = newId()
const elsewhere = newId()
const desk = testActor(site, ['receptionist'])
const host = testActor(site, ['host'])
const stranger = testActor(site, ['host'])
const far = testActor(elsewhere, ['receptionist'])
const actors: Record<string, Actor> = { desk, host, stranger, far }

/** Signs in by a header: what is tested here is the stream, not the door. */
const door: FoyerModule = {
  name: 'door',
  actors: () => async (request) => actors[String(request.headers['x-who'])] ?? null,
  grants: { 'thing.read': ['receptionist'] },
  live: { thing: { action: 'thing.read' } },
}

let app: TestApp
let base: string

beforeAll(async () => {
  app = await testApp({ modules: [door] })
  await app.startBackground()
  base = await app.http.listen({ port: 0, host: '127.0.0.1' })
})
afterAll(() => app.close())

interface Stream {
  /** Everything received so far. */
  readonly text: () => string
  readonly until: (what: string) => Promise<string>
  readonly close: () => void
}

async function open(who: string, lastEventId?: string): Promise<Stream> {
  const abort = new AbortController()
  const answer = await fetch(`${base}/api/v1/live`, {
    signal: abort.signal,
    headers: { 'x-who': who, ...(lastEventId === undefined ? {} : { 'last-event-id': lastEventId }) },
  })
  expect(answer.status).toBe(200)
  expect(answer.headers.get('content-type')).toContain('text/event-stream')
  let text = ''
  const decoder = new TextDecoder()
  void (async () => {
    try {
      for await (const part of answer.body ?? []) text += decoder.decode(part, { stream: true })
    } catch {
      // closed by the test
    }
  })()
  return {
    text: () => text,
    until: async (what) => {
      await expect.poll(() => text, { timeout: 10_000 }).toContain(what)
      return text
    },
    close: () => abort.abort(),
  }
}

async function change(id: string, people: readonly string[] = []): Promise<void> {
  await command(app.ctx(desk, site), async (work) => {
    work.journal({ entity: 'thing', entityId: id, action: 'thing.changed', version: 2, data: { people } })
  })
}

describe('live updates', () => {
  test('G5 each console hears what it may see, and nothing else', async () => {
    const streams = await Promise.all(['desk', 'host', 'stranger', 'far'].map((who) => open(who)))
    await Promise.all(streams.map((stream) => stream.until('event: hello')))
    await change('general')
    await change('personal', [host.employeeId ?? ''])
    await change('last', [host.employeeId ?? '', stranger.employeeId ?? ''])
    const [atDesk, atHost, atStranger, atFar] = streams
    const seen = await atDesk?.until('"last"')
    expect(seen).toContain('"general"')
    expect(seen).toContain('"personal"')
    const own = await atHost?.until('"last"')
    expect(own).toContain('"personal"')
    expect(own).not.toContain('"general"')
    const other = await atStranger?.until('"last"')
    expect(other).not.toContain('"personal"')
    expect(atFar?.text()).not.toContain('thing')
    for (const stream of streams) stream.close()
  })

  test('a console that was away goes on where it stopped, in order and without gaps', async () => {
    const first = await open('desk')
    await first.until('event: hello')
    await change('before')
    const text = await first.until('"before"')
    first.close()
    const last = [...text.matchAll(/^id: (\S+)$/gm)].at(-1)?.[1]
    for (let n = 0; n < 5; n++) await change(`missed-${n}`)
    const again = await open('desk', last)
    const caught = await again.until('"missed-4"')
    const ids = [...caught.matchAll(/"id":"(missed-\d)"/g)].map((found) => found[1])
    expect([...new Set(ids)]).toEqual(['missed-0', 'missed-1', 'missed-2', 'missed-3', 'missed-4'])
    expect(caught).not.toContain('"before"')
    again.close()
  })

  test('a position that makes no sense starts afresh instead of failing', async () => {
    const stream = await open('desk', 'nonsense')
    await stream.until('event: hello')
    stream.close()
  })

  test('who asks for the head of the stream alone is answered, and waits for nothing', async () => {
    const answer = await app.http.inject({ method: 'HEAD', url: '/api/v1/live' })
    expect(answer.statusCode).toBe(404)
  })

  test('nobody listens without being known', async () => {
    expect((await fetch(`${base}/api/v1/live`, { headers: { 'x-who': 'nobody' } })).status).toBe(401)
  })
})
