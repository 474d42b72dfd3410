import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { route } from '../kernel/contract.ts'
import { call, onSignedOut, routeUrl } from './client.ts'
import { ApiProblem } from './problem.ts'

const command = route({
  method: 'POST',
  path: '/things/:thing/close',
  id: 'things.close',
  tag: 'things',
  summary: '',
  action: 'thing.close',
  params: z.object({ thing: z.string() }),
  query: z.object({ kind: z.array(z.string()).optional(), q: z.string().optional() }),
  body: z.object({ reason: z.string() }),
  response: z.object({ done: z.boolean() }),
})
const parts = { params: { thing: 'a/b' }, query: {}, body: { reason: 'x' } }

const sent: { url: string; headers: Headers }[] = []
let answers: (Response | 'broken')[] = []

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  vi.stubGlobal('localStorage', { getItem: () => 'site-1' })
  vi.stubGlobal('document', { documentElement: { lang: 'zh-CN' } })
  vi.stubGlobal('fetch', async (url: string, init: { headers: Headers }) => {
    sent.push({ url, headers: init.headers })
    const next = answers.shift()
    if (!next || next === 'broken') throw new TypeError('network')
    return next
  })
  sent.length = 0
  answers = []
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

async function settle<T>(promise: Promise<T>): Promise<T | ApiProblem> {
  const caught = promise.catch((fault: unknown) => {
    if (fault instanceof ApiProblem) return fault
    throw fault
  })
  await vi.runAllTimersAsync()
  return caught
}

const problem = (status: number, code: string) =>
  new Response(JSON.stringify({ type: 'x', title: 'x', status, code, data: { minutes: 3 } }), { status })

test('fills parameters and repeats list values', () => {
  expect(routeUrl(command, { params: { thing: 'a/b' }, query: { kind: ['x', 'y'], q: undefined } })).toBe(
    '/api/v1/things/a%2Fb/close?kind=x&kind=y',
  )
})

test('a lost answer is asked for again with the same idempotency key', async () => {
  answers = ['broken', new Response('', { status: 503 }), Response.json({ done: true })]
  expect(await settle(call(command, parts))).toEqual({ done: true })
  const keys = sent.map(({ headers }) => headers.get('Idempotency-Key'))
  expect(new Set(keys).size).toBe(1)
  expect(keys).toHaveLength(3)
  expect(sent[0]?.headers.get('Foyer-Site')).toBe('site-1')
})

test('gives up as network.unreachable after the fourth try', async () => {
  const fault = await settle(call(command, parts))
  expect(fault).toMatchObject({ code: 'network.unreachable', status: 0 })
  expect(sent).toHaveLength(4)
})

test('a refusal is not repeated and keeps its code and data', async () => {
  answers = [problem(409, 'transition.refused')]
  expect(await settle(call(command, parts))).toMatchObject({
    code: 'transition.refused',
    data: { minutes: 3 },
  })
  expect(sent).toHaveLength(1)
})

test('an ended session is announced, a wrong password is not', async () => {
  const listener = vi.fn()
  const stop = onSignedOut(listener)
  answers = [problem(401, 'auth.required'), problem(401, 'sign-in.refused')]
  await settle(call(command, parts))
  expect(listener).toHaveBeenCalledTimes(1)
  await settle(call({ ...command, action: 'public' }, parts))
  expect(listener).toHaveBeenCalledTimes(1)
  stop()
})
