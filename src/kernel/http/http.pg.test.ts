import { Writable } from 'node:stream'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { type TestApp, testActor, testApp } from '../../apps/server/testing.ts'
import { route } from '../contract.ts'
import { DomainError } from '../errors.ts'
import { newId } from '../ids.ts'
import { makeLog } from '../log.ts'
import type { FoyerModule } from '../module.ts'

const site = newId()
const desk = testActor(site, ['receptionist'])

const make = route({
  method: 'POST',
  path: '/things',
  id: 'things.make',
  tag: 'things',
  summary: 'A thing',
  action: 'thing.make',
  body: z.object({ name: z.string().min(2), lines: z.array(z.object({ size: z.int() })).max(5) }),
  response: z.object({ name: z.string() }),
})

const module: FoyerModule = {
  name: 'things',
  actors: () => async (request) => (request.headers['x-who'] === 'desk' ? desk : null),
  grants: { 'thing.make': ['receptionist'] },
  errors: { 'thing.taken': 409 },
  routes: (bind) =>
    bind(make, async (_ctx, { body }) => {
      if (body.name === 'taken') throw new DomainError('thing.taken', { name: body.name })
      // What PostgreSQL says of a NUL character.
      if (body.name.includes('\u0000')) throw Object.assign(new Error('bytes'), { code: '22021' })
      if (body.name === 'broken') throw new Error('the secret is 13912345678')
      return { name: body.name }
    }),
}

let app: TestApp
beforeAll(async () => {
  app = await testApp({ modules: [module], env: { RATE_LIMIT: '40' } })
})
afterAll(() => app.close())

function post(payload: unknown, headers: Record<string, string> = {}) {
  return app.http.inject({
    method: 'POST',
    url: '/api/v1/things',
    headers: { 'x-who': 'desk', 'content-type': 'application/json', ...headers },
    payload: typeof payload === 'string' ? payload : JSON.stringify(payload),
  })
}

describe('errors are problem documents that say what to mend', () => {
  test('every bad field is named with its path', async () => {
    const answer = await post({ name: 'x', lines: [{ size: 1 }, { size: 'big' }] })
    expect(answer.statusCode).toBe(400)
    expect(answer.headers['content-type']).toContain('application/problem+json')
    const body = answer.json()
    expect(body).toMatchObject({ code: 'input.invalid', status: 400 })
    expect(body.fields.map((field: { path: string }) => field.path)).toEqual(['name', 'lines.1.size'])
  })

  test.each([
    ['{"name": ', 400, 'input.malformed'],
    ['{"__proto__": {"admin": true}, "name": "ab", "lines": []}', 400, 'input.malformed'],
    [JSON.stringify({ name: 'taken', lines: [] }), 409, 'thing.taken'],
    [JSON.stringify({ name: 'x'.repeat(1_100_000), lines: [] }), 413, 'input.too-large'],
  ])('%.60s → %s %s', async (payload, status, code) => {
    const answer = await post(payload)
    expect(answer.statusCode).toBe(status)
    expect(answer.json().code).toBe(code)
  })

  test('a text the database cannot keep is named by its field', async () => {
    const answer = await post({ name: 'a\u0000b', lines: [] })
    expect(answer.statusCode).toBe(400)
    expect(answer.json()).toMatchObject({
      code: 'input.invalid',
      fields: [{ path: 'name', code: 'unstorable' }],
    })
  })

  test('another content type, an unknown route, nobody, the wrong role', async () => {
    expect((await post('name=ab', { 'content-type': 'text/csv' })).json().code).toBe('input.media-type')
    expect((await app.http.inject({ url: '/api/v1/nothing' })).json().code).toBe('route.unknown')
    expect((await post({ name: 'ab', lines: [] }, { 'x-who': 'nobody' })).statusCode).toBe(401)
    const elsewhere = await post({ name: 'ab', lines: [] }, { 'foyer-site': newId() })
    expect(elsewhere.json().code).toBe('site.unknown')
  })

  test('a fault is 500 with an id and says nothing else', async () => {
    const answer = await post({ name: 'broken', lines: [] })
    expect(answer.statusCode).toBe(500)
    expect(answer.body).not.toContain('139')
    expect(answer.json().data.requestId).toMatch(/^[0-9a-f-]{36}$/)
  })
})

describe('K3 G5 the door', () => {
  test('a page of another site cannot send commands', async () => {
    const good = { name: 'ab', lines: [] }
    expect((await post(good, { origin: 'https://evil.example' })).json().code).toBe('auth.csrf')
    expect((await post(good, { 'sec-fetch-site': 'cross-site' })).json().code).toBe('auth.csrf')
    expect((await post(good, { origin: 'http://localhost:8080', host: 'localhost:8080' })).statusCode).toBe(
      200,
    )
  })

  test('a strict policy without inline code, a new nonce each time', async () => {
    const policies = await Promise.all(
      [1, 2].map(async () => String((await app.http.inject('/healthz')).headers['content-security-policy'])),
    )
    expect(policies[0]).not.toContain('unsafe-inline')
    expect(policies[0]).toMatch(/script-src [^;]*'nonce-/)
    expect(policies[0]).toContain("frame-ancestors 'none'")
    expect(policies[0]).not.toBe(policies[1])
    expect((await app.http.inject('/healthz')).headers['x-content-type-options']).toBe('nosniff')
  })

  test('too many requests are told to wait', async () => {
    const codes = new Set<number>()
    for (let n = 0; n < 60; n++)
      codes.add((await post({ name: 'ab', lines: [] }, { 'x-api-key': 'one' })).statusCode)
    expect([...codes].sort()).toEqual([200, 429])
  })

  test('readiness tells database and journal apart, metrics name routes and no people', async () => {
    const ready = await app.http.inject('/readyz')
    expect(ready.json()).toMatchObject({ database: true })
    const metrics = await app.http.inject('/metrics')
    expect(metrics.body).toContain('foyer_http_request_seconds_bucket')
    expect(metrics.body).toContain('route="/api/v1/things"')
  })
})

test('G5 the log is cut clean of what names a person or opens a door', () => {
  const lines: string[] = []
  const sink = new Writable({
    write(chunk, _encoding, done) {
      lines.push(String(chunk))
      done()
    },
  })
  const log = makeLog('info', sink)
  log.info({ req: { id: '1', method: 'GET', url: '/api/v1/visitors/known?q=王芳' } }, 'request')
  log.info(
    { visitor: { phone: '13912345678', documentNumber: '4405', name: 'x' }, user: { password: 'geheim' } },
    'thing',
  )
  const text = lines.join('')
  for (const secret of ['王芳', '13912345678', '4405', 'geheim']) expect(text).not.toContain(secret)
  expect(text).toContain('/api/v1/visitors/known')
})
