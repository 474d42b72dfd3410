/** One holder of the link in a cluster, whatever comes twice, late or not at all (C1, C3, C15, G2, G4). */
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { type TestApp, testApp } from '../../../apps/server/testing.ts'
import { systemActor } from '../../../kernel/actor.ts'
import { raw } from '../../../kernel/db/sql.ts'
import { newId } from '../../../kernel/ids.ts'
import { command } from '../../../kernel/work/command.ts'
import type { ExchangeCall } from '../exchange/link.ts'
import { insertHop, lockCall } from '../store.ts'
import { exchangeIntake, type Intake, type IntakeOptions } from './service.ts'
import { linkOf } from './store.ts'
import {
  connect,
  type FakeLink,
  fakeLinks,
  intakeHouse,
  leg,
  type Recorded,
  recorded,
  ringing,
} from './testing.ts'

let app: TestApp
const running: Intake[] = []

/** Other test files share the machine. */
const soon = <T>(look: () => T) => expect.poll(look, { timeout: 20_000 })

beforeAll(async () => {
  app = await testApp()
})
afterEach(async () => {
  for (const intake of running.splice(0)) await intake.stop()
  await app.kernel.sql.run(raw('update exchange set enabled = false'))
})
afterAll(() => app.close())

const at = (seconds: number) => new Date(Date.UTC(2026, 2, 9, 1, 0, 0) + seconds * 1000).toISOString()

function node(options: Partial<IntakeOptions> = {}) {
  const fake = fakeLinks()
  const intake = exchangeIntake(app.kernel, { lookMs: 20, listedMs: 20, openLink: fake.openLink, ...options })
  running.push(intake)
  intake.start()
  return { intake, links: fake.links, link: () => fake.links.at(-1) as FakeLink }
}

async function house(options: Partial<IntakeOptions> = {}) {
  const made = await intakeHouse(app)
  const one = node(options)
  await connect(app, made.siteId, 5038)
  await soon(async () => (await stateOf(made.siteId))?.state).toBe('up')
  const tell = async (...calls: readonly ExchangeCall[]): Promise<Recorded[]> => {
    for (const call of calls) one.link().listener.call(call)
    await one.intake.settled()
    return await app.kernel.sql.all(recorded(made.siteId))
  }
  return { ...made, ...one, tell }
}

const stateOf = (siteId: string) => app.kernel.sql.maybe(linkOf(siteId))

const journal = (siteId: string, entity = 'call') =>
  app.kernel.sql.all<{ action: string; data: { people?: string[]; extensions?: string[] } }>(
    raw('select action, data from journal where site_id = $1 and entity = $2 order by id', [siteId, entity]),
  )

const answered = (id: string, more: Partial<ExchangeCall> = {}): ExchangeCall =>
  ringing(id, at(0), {
    revision: 2,
    answeredAt: at(4),
    answeredBy: '8000',
    legs: [
      leg(`${id}.1`, '8000', at(0), { answeredAt: at(4), result: 'answered', ringSeconds: 4, rings: 1 }),
    ],
    ...more,
  })

const ended = (id: string, more: Partial<ExchangeCall> = {}): ExchangeCall =>
  answered(id, {
    revision: 3,
    endedAt: at(34),
    endedBy: 'caller',
    outcome: 'answered',
    legs: [
      leg(`${id}.1`, '8000', at(0), {
        answeredAt: at(4),
        endedAt: at(34),
        result: 'answered',
        ringSeconds: 4,
        rings: 1,
        talkSeconds: 30,
      }),
    ],
    ...more,
  })

describe('C15: the ringing is on the console with the caller’s card', () => {
  test('the first sound goes out at once, to those whose telephone rings', async () => {
    const { tell, siteId, people, contactId } = await house()
    const [call] = await tell(ringing('a', at(0)))
    expect(call).toMatchObject({ status: 'ringing', contact_id: contactId, contact_name: '王芳', version: 1 })
    const [entry] = await journal(siteId)
    expect(entry).toMatchObject({
      action: 'call.rang',
      data: { extensions: ['8000'], people: [people['8000']] },
    })
  })

  test('a second telephone that rings is told, a revision of the same is not', async () => {
    const { tell, siteId, people } = await house()
    await tell(ringing('a', at(0)))
    await tell(ringing('a', at(0), { revision: 2 }))
    const second = [
      leg('a.1', '8000', at(0), { result: 'no-answer', endedAt: at(10) }),
      leg('a.2', '8133', at(10)),
    ]
    await tell(ringing('a', at(0), { revision: 3, legs: second }))
    const rang = await journal(siteId)
    expect(rang.map(({ data }) => data.extensions)).toEqual([['8000'], ['8133']])
    expect(rang[1]?.data.people).toContain(people['8133'])
  })

  test('a number withheld, masked or inside is no contact’s', async () => {
    const { tell } = await house()
    const calls = await tell(
      ringing('w', at(0), { callerNumber: null }),
      ringing('m', at(1), { callerNumber: '139****5678' }),
      ringing('i', at(2), { direction: 'internal', callerNumber: '8171', callerExtension: '8171' }),
    )
    expect(calls.map((call) => [call.caller_number, call.caller_extension, call.contact_name])).toEqual([
      ['', '', ''],
      ['', '', ''],
      ['', '8171', '同事8171'],
    ])
  })
})

describe('C1, G4: what comes twice, late or from an earlier holder changes nothing', () => {
  test('older and equal revisions are not heard', async () => {
    const { tell, siteId } = await house()
    await tell(ended('a'))
    const before = await journal(siteId)
    const [call] = await tell(answered('a'))
    expect(call).toMatchObject({ status: 'after', talk_seconds: 30, rings: 1 })
    await tell(ended('a'))
    expect(await journal(siteId)).toEqual(before)
  })

  test('after a restart the same call goes on, and what was measured before stays', async () => {
    const one = await house()
    await one.tell(answered('a'))
    await one.intake.stop()
    const two = node({ listedMs: 60_000 })
    await soon(() => two.links.length).toBe(1)
    const rebuilt = answered('a', { revision: 1, answeredAt: at(60), rebuilt: true, ringingAt: null })
    two.link().listener.call({
      ...rebuilt,
      legs: [leg('a.1', '8000', at(0), { ringingAt: null, answeredAt: at(60), result: 'answered' })],
    })
    await two.intake.settled()
    const [going] = await app.kernel.sql.all(recorded(one.siteId))
    expect(going).toMatchObject({ status: 'open', ring_seconds: 4, rings: 1 })
    expect(going?.answered_at?.toISOString()).toBe(at(4))
    two.link().listener.call({ ...rebuilt, revision: 2, endedAt: at(90), outcome: 'answered', legs: [] })
    await two.intake.settled()
    const [over] = await app.kernel.sql.all(recorded(one.siteId))
    expect(over).toMatchObject({ status: 'after', legs: ['8000 dial answered ring 4 talk 86'] })
  })

  test('a call nobody hears of after a restart is closed: missed while it rang, owed while it was open', async () => {
    const one = await house()
    await one.tell(ringing('r', at(0)), answered('o'))
    await one.intake.stop()
    node()
    await soon(async () =>
      (await app.kernel.sql.all(recorded(one.siteId))).map(({ status }) => status).sort(),
    ).toEqual(['after', 'missed'])
    const calls = await app.kernel.sql.all(recorded(one.siteId))
    expect(calls.map(({ exchange_outcome }) => exchange_outcome)).toEqual(['lost', 'lost'])
  })

  test('told twice at the same moment, one record', async () => {
    const one = await house()
    const [first, second] = await Promise.all([one.tell(answered('a')), one.tell(ended('a'))])
    expect([first, second].map((calls) => calls.length)).toEqual([1, 1])
  })
})

describe('C15: exactly one node of the cluster holds the link', () => {
  test('the other stands by and takes over', async () => {
    const one = await house()
    const two = node()
    await soon(() => one.intake.holding()).toEqual([one.siteId])
    expect(two.intake.holding()).toEqual([])
    // As a process that dies: its connection is gone, nothing was said.
    await app.kernel.sql.run(
      raw(`select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and granted and objsubid = 1
             and pid in (select pid from pg_stat_activity where application_name = 'foyer-leadership'
               and datname = current_database())`),
    )
    await soon(() => one.links.length + two.links.length).toBe(2)
    expect(one.intake.holding().length + two.intake.holding().length).toBe(1)
    const row = await stateOf(one.siteId)
    expect(row?.term).toBe(2)
  })

  test('a changed setup opens the link anew, a disabled one closes it and its calls', async () => {
    const one = await house()
    await one.tell(ringing('r', at(0)))
    await connect(app, one.siteId, 5039, { version: 1 })
    await soon(() => one.links.length).toBe(2)
    await connect(app, one.siteId, 5039, { version: 2, enabled: false })
    await soon(() => one.intake.holding()).toEqual([])
    const [call] = await app.kernel.sql.all(recorded(one.siteId))
    expect(call).toMatchObject({ status: 'missed', exchange_outcome: 'lost' })
  })
})

describe('C3: the console’s hop is measured by the exchange', () => {
  async function withHop(target: string) {
    const one = await house()
    const [call] = await one.tell(answered('a'))
    const hopId = newId()
    await app.kernel.sql.run(
      insertHop({
        id: hopId,
        site_id: one.siteId,
        call_id: call?.id ?? '',
        position: 1,
        target_kind: 'extension',
        target_id: null,
        target_name: target,
        target_extension: target,
        started_at: new Date(at(10)),
        result: 'trying',
        by_id: 'desk',
        by_name: '前台',
      }),
    )
    return one
  }
  const transfer = (to: string, result: 'ringing' | 'busy' | 'answered') => ({
    transfers: [{ at: at(12), kind: 'blind' as const, by: '8000', to, result }],
  })

  test('the same telephone: one hop, with its result and seconds', async () => {
    const { tell, siteId } = await withHop('8171')
    await tell(answered('a', { revision: 3, ...transfer('8171', 'ringing') }))
    const [call] = await tell(
      answered('a', { revision: 4, ...transfer('8171', 'busy'), endedAt: at(14), outcome: 'answered' }),
    )
    expect(call?.hops).toEqual(['8171 busy 2 s measured'])
    expect((await journal(siteId)).map(({ action }) => action)).toContain('call.hop-ended')
  })

  test('another telephone than the console said: that try is off, the real one counts', async () => {
    const { tell } = await withHop('8171')
    const [call] = await tell(answered('a', { revision: 3, ...transfer('2222', 'ringing') }))
    expect(call?.hops).toEqual(['8171 cancelled', '2222 trying measured'])
  })

  const aside = ringing('b', at(11), {
    direction: 'internal',
    callerNumber: '8000',
    callerExtension: '8000',
    dialled: '8133',
    endedAt: at(13),
    outcome: 'busy',
    legs: [leg('b.1', '8133', at(11), { ringingAt: null, endedAt: at(13), result: 'busy' })],
  })

  test('a colleague consulted in a call beside it, and busy', async () => {
    const { tell } = await withHop('8133')
    const [call] = await tell(aside)
    expect(call?.hops).toEqual(['8133 busy 2 s measured'])
  })

  test('the desk says how its try ended at the moment the exchange does: what the desk said stands', async () => {
    const { tell, siteId } = await withHop('8133')
    const lookedUp = await app.kernel.sql.one<{ id: string }>(
      raw('select id from call where site_id = $1', [siteId]),
    )
    const told = await command(app.ctx(systemActor, siteId), async (work) => {
      await work.run(lockCall(siteId, lookedUp.id))
      const tellings = tell(aside)
      await app.waiting(1)
      work.write(raw('update call set version = version + 1 where id = $1', [lookedUp.id]))
      work.write(
        raw("update call_hop set result = 'not-in', ended_at = $2 where call_id = $1", [lookedUp.id, at(12)]),
      )
      return [tellings] as const
    })
    const [call] = await told[0]
    expect(call?.hops).toEqual(['8133 not-in'])
  })

  test('a consultation merged into the call takes everything along that hung on it', async () => {
    const { tell, siteId } = await house()
    const aside = ringing('b', at(11), {
      direction: 'internal',
      callerNumber: '8000',
      callerExtension: '8000',
      dialled: '2222',
      legs: [leg('b.1', '2222', at(11))],
    })
    const [, part] = await tell(answered('a'), aside)
    await app.kernel.sql.run(
      raw(
        `insert into message (id, site_id, status, status_at, status_by, call_id, caller_name, matter, to_kind, to_id, to_name,
           taken_at, taken_by, taken_by_name) values ($1, $2, 'new', now(), 'x', $3, '王芳', '报价', 'post', 'desk', '前台',
           now(), 'x', 'x')`,
        [newId(), siteId, part?.id],
      ),
    )
    const calls = await tell({ ...aside, revision: 2, mergedInto: 'a' }, answered('a', { revision: 3 }))
    expect(calls.map(({ exchange_id }) => exchange_id)).toEqual(['a'])
    const [message] = await app.kernel.sql.all<{ call_id: string }>(
      raw('select call_id from message where site_id = $1', [siteId]),
    )
    expect(message?.call_id).toBe(calls[0]?.id)
    expect((await journal(siteId)).map(({ action }) => action)).toEqual(
      expect.arrayContaining(['call.merged', 'call.joined']),
    )
  })
})

describe('C4: what a person said is not taken back by the exchange', () => {
  test('closed by hand while the line goes on: the outcome stays, the seconds are measured', async () => {
    const { tell, siteId } = await house()
    await tell(answered('a'))
    await app.kernel.sql.run(
      raw(
        `update call set status = 'closed', previous_status = 'open', status_by = 'desk', outcome = 'message' where site_id = $1`,
        [siteId],
      ),
    )
    const [call] = await tell(ended('a'))
    expect(call).toMatchObject({ status: 'closed', outcome: 'message', talk_seconds: 30 })
  })

  test('missed after all was answered: what was owed for it is owed no more', async () => {
    const { tell, siteId } = await house()
    const gone = { revision: 2, endedAt: at(20), outcome: 'lost' as const, legs: [] }
    const [missed] = await tell(ringing('a', at(0), gone))
    expect(missed?.status).toBe('missed')
    const [found] = await tell(answered('a', { revision: 4 }))
    expect(found).toMatchObject({ status: 'open', outcome: null })
    const [promise] = await app.kernel.sql.all<{ status: string }>(
      raw('select status from callback where site_id = $1', [siteId]),
    )
    expect(promise?.status).toBe('withdrawn')
  })
})

test('C15: two hundred calls at once are written, each with its end', async () => {
  const { tell, siteId } = await house()
  const ids = Array.from({ length: 200 }, (_, n) => `burst-${n}`)
  const from = (n: number) => ({ callerNumber: `139${String(10_000_000 + n)}` })
  await tell(...ids.map((id, n) => ringing(id, at(n / 10), from(n))))
  await tell(...ids.map((id, n) => answered(id, from(n))))
  const calls = await tell(...ids.map((id, n) => ended(id, from(n))))
  expect(calls).toHaveLength(200)
  expect(new Set(calls.map(({ status, talk_seconds }) => `${status} ${talk_seconds}`))).toEqual(
    new Set(['after 30']),
  )
  const [{ n } = { n: 0 }] = await app.kernel.sql.all<{ n: number }>(
    raw(`select count(*)::int as n from task where site_id = $1 and kind = 'call.outcome'`, [siteId]),
  )
  expect(n).toBe(200)
})

test('a call that cannot be written does not hold up the others', async () => {
  const { tell } = await house()
  const broken = ringing('bad', 'no time at all')
  const calls = await tell(broken, ringing('good', at(0)))
  expect(calls.map(({ exchange_id }) => exchange_id)).toEqual(['good'])
})
