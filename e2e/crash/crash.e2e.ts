/**
 * Server and PostgreSQL are killed in the middle of load, twenty times (design §1, issue "Proof"): what was answered is
 * there exactly once, what was not is there exactly once after the retry, no promise is lost, the journal verifies.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { startPostgres } from '../../src/kernel/db/embedded.ts'
import { setUpHouse } from '../support/api-house.ts'
import { foyer, freePort, postmasterOf, type ServerProcess, startServer } from '../support/server-process.ts'
import { type Load, startLoad } from './clients.ts'

const kills = 20
const clients = 8

let home: string
let server: ServerProcess
let load: Load
let db: pg.Client
let stopDatabase: () => Promise<void>

/** Both die, in changing order and with a changing pause between them. */
async function killBoth(round: number): Promise<void> {
  const postmaster = await postmasterOf(home)
  expect(postmaster, `round ${round}: PostgreSQL runs`).toBeDefined()
  const killPostgres = async () => {
    if (postmaster !== undefined) process.kill(postmaster, 'SIGKILL')
  }
  const steps = round % 2 === 0 ? [() => server.kill(), killPostgres] : [killPostgres, () => server.kill()]
  for (const step of steps) {
    await step()
    await sleep((round % 3) * 40)
  }
}

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'foyer-crash-'))
  const port = await freePort()
  server = await startServer({ home, port })
  const house = await setUpHouse(server, { roles: ['receptionist'], hosts: 20, passes: 20_000 })
  load = startLoad({
    address: server.address,
    key: house.keys.receptionist ?? '',
    hosts: house.hosts,
    clients,
  })
  for (let round = 0; round < kills; round += 1) {
    const before = load.acknowledged()
    const until = performance.now() + 10_000
    while (load.acknowledged() < before + 40 && performance.now() < until) await sleep(20)
    await sleep(50 + ((round * 137) % 400))
    await killBoth(round)
    server = await startServer({ home, port })
  }
  await load.finish()
  process.stdout.write(
    `crash: ${load.sent.length} visits, ${load.acknowledged()} commands answered, ${load.retried()} of them sent again\n`,
  )
  const database = await startPostgres({ home })
  stopDatabase = () => database.stop()
  db = new pg.Client({ connectionString: database.url })
  await db.connect()
  // The followers and the seal catch up with what was cut off; the journal is sealed at each full minute, and twenty
  // deaths may have fallen on every one so far.
  await vi.waitUntil(async () => (await rows('select no from journal_seal limit 1')).length > 0, {
    timeout: 180_000,
    interval: 1000,
  })
  await sleep(3000)
  await server.stop()
}, 600_000)

afterAll(async () => {
  await server?.kill()
  await db?.end()
  await stopDatabase?.()
  await rm(home, { recursive: true, force: true })
}, 60_000)

async function rows<T extends pg.QueryResultRow>(text: string): Promise<T[]> {
  return (await db.query<T>(text)).rows
}

const actionOf = {
  register: 'visit.registered',
  answer: 'visit.answered',
  release: 'visit.released',
} as const

describe(`G2, G4: ${kills} times SIGKILL of server and PostgreSQL under load`, () => {
  test('there was load, commands were cut off, and none was refused for it', () => {
    expect(load.refusals).toEqual([])
    expect(load.acknowledged()).toBeGreaterThan(kills * 40)
    expect(load.retried()).toBeGreaterThan(kills)
  })

  test('every answered command is there exactly once, none that nobody sent', async () => {
    const entries = new Map<string, string[]>()
    for (const row of await rows<{ entity_id: string; action: string }>(
      `select entity_id, action from journal where entity = 'visit' and action = any('{visit.registered,visit.answered,visit.released}') order by id`,
    )) {
      entries.set(row.entity_id, [...(entries.get(row.entity_id) ?? []), row.action])
    }
    for (const one of load.sent) {
      expect(entries.get(one.visitId), one.visitId).toEqual(one.done.map((action) => actionOf[action]))
    }
    expect(entries.size).toBe(load.sent.length)
    const visits = await rows<{ id: string; number: string; status: string }>(
      'select id, number, status from visit',
    )
    expect(visits.map(({ id }) => id).sort()).toEqual(load.sent.map(({ visitId }) => visitId).sort())
    expect(new Set(visits.map(({ number }) => number)).size).toBe(visits.length)
    const status = new Map(visits.map((visit) => [visit.id, visit.status]))
    for (const { visitId, done } of load.sent) {
      const wanted = { register: 'asking', answer: 'admitted', release: 'left' }[done.at(-1) ?? 'register']
      expect(status.get(visitId), visitId).toBe(wanted)
    }
  })

  test('no task is lost or doubled', async () => {
    const found = await rows<{ id: string; status: string; open: string[] }>(
      `select v.id, v.status, array_remove(array_agg(t.kind order by t.kind), null) as open
       from visit v left join task t on t.subject_entity = 'visit' and t.subject_id = v.id::text and t.status = 'open'
       group by v.id, v.status`,
    )
    // Whoever waits for an answer has one open question, whoever is inside is looked after, whoever left owes a signature.
    const promises: Readonly<Record<string, RegExp>> = {
      asking: /^visit\.(consent|unanswered)$/,
      admitted: /^visit\.overstay,visit\.waiting$/,
      left: /^visit\.late-signature$/,
    }
    const wrong = found.filter(({ status, open }) => promises[status]?.test(open.join()) !== true)
    expect(wrong).toEqual([])
    expect(new Set(found.map(({ status }) => status))).toEqual(new Set(['asking', 'admitted', 'left']))
  })

  test('each pass is in one hand', async () => {
    const wrong = await rows(
      `select v.id from visit v left join pass p on p.visit_id = v.id and p.status = 'issued'
       where (v.status in ('asking', 'admitted')) <> (p.number is not null and p.number = v.pass_number)`,
    )
    expect(wrong).toEqual([])
    expect(await rows("select number from pass where status not in ('in_stock', 'issued')")).toEqual([])
  })

  test('followers went on without a failure', async () => {
    expect(await rows('select follower, last_error from journal_cursor where failures > 0')).toEqual([])
  })

  test('the journal verifies', async () => {
    const verified = await foyer(home, ['journal', 'verify'])
    expect(verified.out).toMatch(/^intact: [1-9]\d* entries/m)
    expect(verified.code).toBe(0)
  })
})
