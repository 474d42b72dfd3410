/** 20 000 malformed requests over all routes of the OpenAPI document: no 5xx, no hang, healthy afterwards. */
import { mkdtemp, rm } from 'node:fs/promises'
import { Agent, request as send } from 'node:http'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { setUpHouse, textAt } from '../support/api-house.ts'
import { chance } from '../support/random.ts'
import { type ServerProcess, startServer } from '../support/server-process.ts'
import { type Document, type HostileRequest, operationsOf, requestFor } from './requests.ts'

const total = 20_000
const width = 24
const seed = Number(process.env.HOSTILE_SEED ?? 20_261_121)
const tooLongMs = 10_000

let home: string
let server: ServerProcess
let document: Document
let keys: string[]
let ids: string[]

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'foyer-hostile-'))
  server = await startServer({ home })
  const roles = ['receptionist', 'office_admin', 'system_admin', 'director', 'guard', 'host']
  const house = await setUpHouse(server, { roles, hosts: 3, passes: 40 })
  keys = Object.values(house.keys)
  ids = [house.siteId, ...house.hosts]
  for (let n = 0; n < 6; n += 1) {
    const made = await call('POST', '/api/v1/visits', house.keys.receptionist ?? '', {
      visitorName: `来客${n}`,
      organisation: '个人',
      purpose: '洽谈',
      kind: 'customer',
      hostId: house.hosts[0],
    })
    ids.push(textAt(made, 'id'))
  }
  document = (await (await fetch(`${server.address}/api/openapi.json`)).json()) as Document
}, 400_000)

afterAll(async () => {
  await server?.stop()
  await rm(home, { recursive: true, force: true })
}, 60_000)

async function call(method: string, path: string, key: string, body?: object): Promise<unknown> {
  const answer = await fetch(`${server.address}${path}`, {
    method,
    headers: {
      authorization: `Bearer ${key}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  expect(answer.status, path).toBe(200)
  return await answer.json()
}

interface Outcome {
  readonly status: number
  readonly text: string
  readonly ms: number
}

/** Status 0: the connection was cut without an answer; -1: no answer in time. */
function shoot(agent: Agent, one: HostileRequest): Promise<Outcome> {
  const before = performance.now()
  return new Promise((resolve) => {
    const done = (status: number, text: string) => resolve({ status, text, ms: performance.now() - before })
    let outgoing: ReturnType<typeof send>
    try {
      outgoing = send(
        {
          agent,
          host: '127.0.0.1',
          port: server.port,
          method: one.method,
          path: one.path,
          headers: {
            ...one.headers,
            ...(one.body === undefined ? {} : { 'content-length': String(one.body.length) }),
          },
          timeout: tooLongMs * 2,
        },
        (incoming) => {
          const chunks: Buffer[] = []
          const status = incoming.statusCode ?? 0
          // An event stream never ends; that it opened is the answer.
          if (String(incoming.headers['content-type']).includes('event-stream')) {
            outgoing.destroy()
            return done(status, '')
          }
          incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
          incoming.once('end', () => done(status, Buffer.concat(chunks).toString()))
          incoming.once('error', () => done(0, ''))
        },
      )
    } catch (error) {
      // Our own http client refuses to send it.
      return done(400, String(error))
    }
    outgoing.once('timeout', () => {
      outgoing.destroy()
      done(-1, '')
    })
    outgoing.once('error', (error) => done(0, String(error)))
    outgoing.end(one.body)
  })
}

function describeRequest(n: number, one: HostileRequest, outcome: Outcome): string {
  const body = one.body === undefined ? '' : ` ${one.body.toString('utf8').slice(0, 600)}`
  const headers = JSON.stringify({
    ...one.headers,
    authorization: one.headers.authorization === undefined ? '-' : 'a key',
  })
  return `#${n} ${one.method} ${one.path.slice(0, 400)} ${headers}${body}\n  → ${outcome.status} in ${Math.round(outcome.ms)} ms ${outcome.text.slice(0, 300)}`
}

describe('hostile input', () => {
  test(`${total} malformed requests: no 5xx, no hang`, { timeout: 400_000 }, async () => {
    const dice = chance(seed)
    const operations = operationsOf(document)
    expect(operations.length).toBeGreaterThan(40)
    const agent = new Agent({ keepAlive: true, maxSockets: width })
    const bad: string[] = []
    const slow: [number, HostileRequest][] = []
    const seen = new Map<number, number>()
    let [next, slowest] = [0, 0]
    const lane = async () => {
      while (next < total && bad.length < 40 && slow.length < 200) {
        const n = next++
        const operation = operations[n % operations.length]
        if (operation === undefined) return
        const one = requestFor(
          operation,
          { schemas: document.components?.schemas ?? {}, ids },
          { keys },
          dice,
        )
        const outcome = await shoot(agent, one)
        seen.set(outcome.status, (seen.get(outcome.status) ?? 0) + 1)
        slowest = Math.max(slowest, outcome.ms)
        if (outcome.status >= 500) bad.push(describeRequest(n, one, outcome))
        if (outcome.status === -1 || outcome.ms > tooLongMs) slow.push([n, one])
      }
    }
    await Promise.all(Array.from({ length: width }, lane))
    // A request that hangs hangs alone too; one that only met a busy machine does not.
    for (const [n, one] of slow.slice(0, 20)) {
      const again = await shoot(agent, one)
      if (again.status === -1 || again.ms > tooLongMs) bad.push(describeRequest(n, one, again))
    }
    agent.destroy()
    const spread = [...seen].sort(([a], [b]) => a - b).map(([status, count]) => `${status}: ${count}`)
    process.stdout.write(
      `hostile: seed ${seed}, ${operations.length} operations, ${spread.join(', ')}, slowest ${Math.round(slowest)} ms, ${slow.length} tried again\n`,
    )
    if (bad.length > 0) process.stdout.write(`${bad.join('\n')}\n`)
    expect(bad).toEqual([])
    expect(slow.length).toBeLessThan(200)
    // Answers that are only refusals of our own making would prove nothing: some must have got through.
    expect(seen.get(200) ?? 0).toBeGreaterThan(total / 50)
  })

  test('bytes that are no HTTP end in a refusal', async () => {
    const attempts = [
      'GET / HTTP/9.9\r\n\r\n',
      '\u0000\u0001\u0002\r\n\r\n',
      'POST /api/v1/visits HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\ncontent-length: 5\r\n\r\nzz\r\n',
      `GET /${'a'.repeat(40_000)} HTTP/1.1\r\nhost: x\r\n\r\n`,
      `GET / HTTP/1.1\r\nhost: x\r\n${'x: y\r\n'.repeat(4000)}\r\n`,
      'GET /api/v1/me HTTP/1.1\r\n\r\n',
    ]
    for (const bytes of attempts) {
      const answer = await rawAnswer(bytes)
      expect(answer, JSON.stringify(bytes.slice(0, 60))).toMatch(/^$|^HTTP\/1\.1 (2|4)\d\d|^HTTP\/1\.1 505/)
    }
  })

  test('afterwards the server is healthy and nobody was made administrator', async () => {
    expect(server.running()).toBe(true)
    expect((await fetch(`${server.address}/readyz`)).status).toBe(200)
    await call('GET', '/api/v1/visits/board', keys[0] ?? '')
    const polluted: { admin?: unknown } = {}
    expect(polluted.admin).toBeUndefined()
    expect(server.log().filter((line) => line.includes('"level":60'))).toEqual([])
  })
})

function rawAnswer(bytes: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(server.port, '127.0.0.1', () => socket.write(bytes))
    let text = ''
    socket.setTimeout(tooLongMs, () => {
      socket.destroy()
      reject(new Error(`no answer to ${JSON.stringify(bytes.slice(0, 60))}`))
    })
    socket.on('data', (chunk) => {
      text += chunk.toString()
      socket.end()
    })
    socket.once('error', () => resolve(text))
    socket.once('close', () => resolve(text))
  })
}
