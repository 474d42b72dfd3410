/**
 * Crash between promise and delivery (issue 3, "Proof"): server and PostgreSQL are killed the moment a message or a
 * promise to call back is answered. Each is there exactly once, with its task, and its owner was told exactly once.
 */
import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { startPostgres } from '../../src/kernel/db/embedded.ts'
import { newId } from '../../src/kernel/ids.ts'
import { setUpHouse } from '../support/api-house.ts'
import { freePort, postmasterOf, type ServerProcess, startServer } from '../support/server-process.ts'

const kills = 3
const perRound = 12

let home: string
let server: ServerProcess
let db: pg.Client
let stopDatabase: () => Promise<void>
const callbacks: string[] = []
const messages: string[] = []
let retried = 0

/** The same key until somebody has answered. */
async function command(path: string, secret: string, body: object, answered: () => void): Promise<void> {
  const headers = {
    'content-type': 'application/json',
    authorization: `Bearer ${secret}`,
    'idempotency-key': randomUUID(),
  }
  for (let attempt = 0; ; attempt += 1) {
    if (attempt === 1) retried += 1
    if (attempt > 0) await sleep(60)
    const answer = await fetch(`${server.address}/api/v1${path}`, {
      method: 'POST',
      headers,
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(20_000),
    }).catch(() => undefined)
    if (answer === undefined || answer.status >= 500) continue
    if (!answer.ok) throw new Error(`${path} → ${answer.status} ${await answer.text()}`)
    return answered()
  }
}

/** Half of them messages, half promises, to different colleagues; the house dies after the first few are answered. */
async function round(n: number, secret: string, hosts: readonly string[], port: number): Promise<void> {
  let answers = 0
  const sent = Array.from({ length: perRound }, (_, one) => {
    const id = newId()
    const to = { kind: 'person', id: hosts[(n * perRound + one) % hosts.length] }
    const caller = {
      id,
      callerName: `来电人${n}-${one}`,
      organisation: '某某公司',
      phone: `1391234${1000 + one}`,
    }
    const more = one % 2 === 0 ? { to, matter: '请回电' } : { owner: to, minutes: 30 }
    const [list, path] =
      one % 2 === 0 ? ([messages, '/messages'] as const) : ([callbacks, '/callbacks'] as const)
    list.push(id)
    return command(path, secret, { ...caller, ...more }, () => {
      answers += 1
    })
  })
  while (answers < 2 + (n % 3)) await sleep(1)
  const postmaster = await postmasterOf(home)
  if (n % 2 === 0) await server.kill()
  if (postmaster !== undefined) process.kill(postmaster, 'SIGKILL')
  if (n % 2 === 1) await server.kill()
  server = await startServer({ home, port })
  await Promise.all(sent)
}

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'foyer-promises-'))
  const port = await freePort()
  server = await startServer({ home, port })
  const house = await setUpHouse(server, { roles: ['receptionist'], hosts: 10, passes: 0 })
  for (let n = 0; n < kills; n += 1) await round(n, house.keys.receptionist ?? '', house.hosts, port)
  const database = await startPostgres({ home })
  stopDatabase = () => database.stop()
  db = new pg.Client({ connectionString: database.url })
  await db.connect()
  // The follower catches up with what was cut off.
  await vi.waitUntil(
    async () =>
      (
        await rows(`select 1 from journal j, journal_cursor c
         where c.follower = 'notifications' and j.entity in ('message', 'callback') and (j.xid, j.id) > (c.xid, c.id)
         limit 1`)
      ).length === 0,
    { timeout: 60_000, interval: 200 },
  )
  await server.stop()
}, 400_000)

afterAll(async () => {
  await server?.kill()
  await db?.end()
  await stopDatabase?.()
  await rm(home, { recursive: true, force: true })
}, 60_000)

async function rows<T extends pg.QueryResultRow>(text: string, values: unknown[] = []): Promise<T[]> {
  return (await db.query<T>(text, values)).rows
}

const tasksOf = (ids: readonly string[]) =>
  rows<{ subject: string; owner: string; kinds: string }>(
    `select subject_id as subject, min(owner_id) as owner, string_agg(kind, ',' order by kind) as kinds
     from task where subject_id = any($1) and status = 'open' group by subject_id`,
    [ids],
  )

describe(`C10 G2: ${kills} times SIGKILL between promise and delivery`, () => {
  test('commands were cut off and sent again', () => {
    expect(retried).toBeGreaterThan(0)
    expect(messages.length + callbacks.length).toBe(kills * perRound)
  })

  test('every promise is there once, with its one task, and its owner was told once', async () => {
    const stored = await rows<{ id: string; owner_id: string }>('select id, owner_id from callback')
    expect(stored.map((one) => one.id).sort()).toEqual([...callbacks].sort())
    const tasks = new Map((await tasksOf(callbacks)).map((one) => [one.subject, one]))
    const told = await rows<{ id: string; people: string[] }>(
      `select split_part(link, '=', 2) as id, array_agg(person_id::text) as people from notification
       where template = 'task.opened' and link like '/callbacks?%' group by link`,
    )
    const people = new Map(told.map((one) => [one.id, one.people]))
    for (const { id, owner_id } of stored) {
      expect(tasks.get(id), id).toMatchObject({ owner: owner_id, kinds: 'callback.due' })
      expect(people.get(id), id).toEqual([owner_id])
    }
  })

  test('every message is there once, its recipient was told once', async () => {
    const stored = await rows<{ id: string; to_id: string }>('select id, to_id from message')
    expect(stored.map((one) => one.id).sort()).toEqual([...messages].sort())
    const tasks = new Map((await tasksOf(messages)).map((one) => [one.subject, one]))
    const told = await rows<{ id: string; people: string[] }>(
      `select split_part(link, '/', 4) as id, array_agg(person_id::text) as people from notification
       where template = 'message-taken' group by link`,
    )
    const people = new Map(told.map((one) => [one.id, one.people]))
    for (const { id, to_id } of stored) {
      expect(tasks.get(id), id).toMatchObject({ owner: to_id, kinds: 'message.undone,message.unread' })
      expect(people.get(id), id).toEqual([to_id])
    }
  })
})
