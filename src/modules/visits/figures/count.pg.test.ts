import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type TestApp, testActor, testApp, testNow } from '../../../apps/server/testing.ts'
import type { Actor } from '../../../kernel/actor.ts'
import { raw } from '../../../kernel/db/sql.ts'
import { DomainError } from '../../../kernel/errors.ts'
import { newId } from '../../../kernel/ids.ts'
import { follow } from '../../../kernel/journal/followers.ts'
import { dispatchAll } from '../../../kernel/tasks/dispatcher.ts'
import { command } from '../../../kernel/work/command.ts'
import { announce } from '../arrival/announce.ts'
import { checkIn } from '../arrival/check-in.ts'
import { register } from '../arrival/register.ts'
import { visits } from '../contract.ts'
import { closeDays } from '../daily.ts'
import { answer, redirect } from '../stay/answers.ts'
import { cancel, noShow, refuse, release, undo } from '../stay/exit.ts'
import { edit, meet, sign } from '../stay/inside.ts'
import { houseFor } from '../testing.ts'
import { visitFigures } from './follower.ts'
import { checkFigures, checkNightly, rebuildFigures } from './rebuild.ts'
import { tallies } from './tallies.ts'

let app: TestApp
const site = newId()
let desk: Actor
let host: Actor
let hostId: string
let deputyId: string

beforeAll(async () => {
  app = await testApp()
  ;({ hostId, deputyId } = await houseFor(app, site))
  desk = testActor(site, ['receptionist'])
  host = testActor(site, ['host'], hostId)
})
afterAll(() => app.close())

const on = (actor: Actor) => app.ctx(actor, site)
const all = <T>(text: string, values: unknown[] = []) => app.kernel.sql.all<T>(raw(text, values))
const caughtUp = async () => {
  await app.settled()
  while ((await follow(app.kernel, visitFigures)) > 0);
}

const kept = async () => {
  const rows = []
  for (const { table, measures } of [{ table: 'visit_counted', measures: ['visits'] }, ...tallies]) {
    rows.push(
      ...(await all<{ row: string }>(
        `select to_jsonb(t) || '{"of": "${table}"}' as row from ${table} t where ${measures.includes('visits') ? 'visits' : 'arrived'} > 0`,
      )),
    )
  }
  // Numbers stay whose they are, also through a rebuild.
  rows.push(...(await all<{ row: string }>('select to_jsonb(t) as row from visit_tally_people t')))
  return rows.map((one) => JSON.stringify(one.row)).sort()
}

interface Row {
  status: string
  arrived_at: Date | null
  announced: boolean
  party_size: number
  kind: string
  sort_at: Date
  consent_at: Date | null
  asked_ids: string[]
  signed_at: Date | null
  left_at: Date | null
  late_signature: boolean
  pass_returned: boolean | null
  visitor_id: string
  id: string
}

/** A second opinion in another language: adds up the register by hand. */
function byHand(rows: readonly Row[]) {
  const of = (test: (row: Row) => unknown) => rows.filter(test).length
  const came = rows.filter((row) => row.arrived_at !== null)
  const people = new Set(came.map((row) => row.visitor_id))
  const asked = rows.filter(
    (row) =>
      row.asked_ids.length > 0 &&
      row.asked_ids[0] !== 'desk' &&
      (row.consent_at !== null || row.status === 'declined' || row.asked_ids.length > 1),
  )
  const signable = rows.filter(
    (row) => row.status === 'left' && (row.signed_at !== null || row.late_signature),
  )
  return {
    visits: rows.length,
    people: came.reduce((sum, row) => sum + row.party_size, 0),
    arrived: came.length,
    announced: came.filter((row) => row.announced).length,
    walk_in: came.filter((row) => !row.announced).length,
    first: people.size,
    again: came.length - people.size,
    no_show: of((row) => row.status === 'no_show'),
    declined: of((row) => row.status === 'declined'),
    refused: of((row) => row.status === 'refused'),
    cancelled: of((row) => row.status === 'cancelled'),
    ask_of: asked.length,
    sign_of: signable.length,
    sign_kept: signable.filter(
      (row) => Number(row.signed_at) <= Number(row.left_at) && row.signed_at !== null,
    ).length,
    pass_of: of((row) => row.status === 'left' && row.pass_returned !== null),
    pass_kept: of((row) => row.status === 'left' && row.pass_returned === true),
  }
}

async function mustEqualByHand() {
  const rows = await all<Row>('select * from visit where site_id = $1', [site])
  const wanted = byHand(rows)
  const whole = tallies.filter(({ measures }) => measures.includes('announced'))
  for (const table of ['visit_counted', ...whole.map((one) => one.table)]) {
    const [sum] = await all<Record<string, string>>(
      `select ${Object.keys(wanted)
        .map((name) => `coalesce(sum(${name}), 0)::int as ${name}`)
        .join(', ')} from ${table} where site_id = $1`,
      [site],
    )
    expect(sum, table).toEqual(wanted)
  }
  const hours = await all<{ hour: number; n: number }>(
    'select hour::int, sum(visits)::int as n from visit_tally_hour where visits > 0 group by 1 order by 1',
  )
  const expected = Map.groupBy(rows, (row) => (row.sort_at.getUTCHours() + 8) % 24)
  expect(new Map(hours.map((one) => [one.hour, one.n]))).toEqual(
    new Map([...expected].map(([hour, own]) => [hour, own.length])),
  )
}

/** The same course in every run. */
function dice(seed: number) {
  let x = seed
  return (most: number) => {
    x = (Math.imul(x ^ (x >>> 15), 2246822519) + 0x9e3779b9) >>> 0
    return x % most
  }
}

const details = (roll: (most: number) => number) => ({
  visitorName: ['王芳', '李雷', '韩梅', '周杰', '吴敏'][roll(5)],
  organisation: ['华信', '海川', '远航'][roll(3)],
  phone: '',
  purpose: '洽谈',
  kind: 'visitor',
  partySize: 1 + roll(4),
  hostId,
})

type Deed = (id: string, roll: (most: number) => number) => Promise<unknown>
const q = undefined

const deeds: readonly Deed[] = [
  (_, roll) => register(on(desk), { body: visits.register.body.parse(details(roll)) }),
  (_, roll) =>
    register(on(desk), {
      body: visits.register.body.parse({
        ...details(roll),
        consent: { how: 'phone', byId: hostId },
        issuePass: true,
      }),
    }),
  (_, roll) =>
    announce(on(desk), {
      body: visits.announce.body.parse({
        ...details(roll),
        expectedAt: new Date(app.clock.now().getTime() + roll(300) * 60_000).toISOString(),
      }),
    }),
  (id) => checkIn(on(desk), { params: { id }, query: q, body: { issuePass: true } }),
  (id) => answer(on(host), { params: { id }, query: q, body: { answer: 'receive' } }),
  (id) => answer(on(host), { params: { id }, query: q, body: { answer: 'wait', minutes: 5 } }),
  (id) => answer(on(host), { params: { id }, query: q, body: { answer: 'decline', reason: '开会' } }),
  (id) => redirect(on(desk), { params: { id }, query: q, body: {} }),
  (id) => meet(on(desk), { params: { id }, query: q, body: undefined }),
  (id) => sign(on(host), { params: { id }, query: q, body: { note: '' } }),
  (id, roll) =>
    release(on(desk), {
      params: { id },
      query: q,
      body: { passReturned: roll(3) > 0, slipReturned: true, hostConfirmed: { byName: '张工' } },
    }),
  (id) => undo(on(desk), { params: { id }, query: q, body: undefined }),
  (id) => refuse(on(desk), { params: { id }, query: q, body: { reason: '证件不符' } }),
  (id) => cancel(on(desk), { params: { id }, query: q, body: { reason: '' } }),
  (id) => noShow(on(desk), { params: { id }, query: q, body: undefined }),
  async (id, roll) => {
    const [row] = await all<{ version: number }>('select version from visit where id = $1', [id])
    await edit(on(desk), {
      params: { id },
      query: q,
      body: { version: row?.version ?? 0, partySize: 1 + roll(9), hostId: roll(2) ? hostId : deputyId },
    })
  },
  async () => {
    await dispatchAll(app.kernel)
  },
  async () => closeDays(app.kernel),
  // Erased (G5): the person goes, the visit still counts.
  (id) =>
    command(on(desk), async (work) => {
      work.write(
        raw(
          "update visit set visitor_name = '—', phone = '', organisation = '', erased_at = $2 where id = $1",
          [id, work.now],
        ),
      )
      work.journal({ entity: 'visit', entityId: id, action: 'visit.erased' })
    }),
]

describe('V23 the figures follow the journal', () => {
  test('V23 G4 any course of changes counts as a full recount does', { timeout: 240_000 }, async () => {
    const roll = dice(20_260_309)
    for (let step = 1; step <= 400; step++) {
      app.clock.advance(roll(14))
      const rows = await all<{ id: string }>(
        'select id from visit where site_id = $1 order by created_at desc limit 12',
        [site],
      )
      const id = rows[roll(Math.max(1, rows.length))]?.id ?? newId()
      try {
        await deeds[roll(deeds.length)]?.(id, roll)
      } catch (error) {
        if (!(error instanceof DomainError)) throw error
      }
      if (step % 80 === 0) {
        await caughtUp()
        await mustEqualByHand()
        expect(await checkFigures(app.kernel)).toEqual({ visits: [], days: [], more: false })
      }
    }
    const statuses = await all<{ status: string }>('select distinct status from visit')
    expect(statuses.length, 'the course went everywhere').toBeGreaterThan(7)
  })

  test('V23 applied twice is once; a rebuild finds the same', async () => {
    await caughtUp()
    const live = await kept()
    expect(live.length).toBeGreaterThan(20)
    await app.kernel.sql.run(
      raw("update journal_cursor set xid = '0', id = 0 where follower = $1", [visitFigures.name]),
    )
    await caughtUp()
    expect(await kept()).toEqual(live)
    await rebuildFigures(app.kernel)
    expect(await kept()).toEqual(live)
  })

  test('V23 damage is found, journalled and owned, and a rebuild that was interrupted puts it right', async () => {
    const live = await kept()
    await app.kernel.sql.run(raw('update visit_tally_hour set arrived = arrived + 1'))
    await app.kernel.sql.run(
      raw(
        'update visit_counted set people = people + 1 where visit_id = (select min(visit_id::text)::uuid from visit_counted)',
      ),
    )
    const found = await checkFigures(app.kernel)
    expect(found.visits).toHaveLength(1)
    expect(new Set(found.days.map((one) => one.tally))).toEqual(
      // The hours are held against the visits, their sums against the hours; hosts against the visits' people.
      new Set([
        'visit_tally_hour',
        'visit_tally_host',
        'visit_tally_day',
        'visit_tally_month',
        'visit_tally_slot',
      ]),
    )
    await checkNightly(app.kernel)
    expect(await all("select owner_id from task where kind = 'visit-figures.differ'")).toEqual([
      { owner_id: 'system_admin' },
    ])
    expect(await all("select entity_id from journal where action = 'visit-figures.differed'")).toHaveLength(1)
    await expect(
      rebuildFigures(app.kernel, {
        onBatch: () => {
          throw new Error('power cut')
        },
      }),
    ).rejects.toThrow('power cut')
    await rebuildFigures(app.kernel)
    expect(await checkFigures(app.kernel)).toEqual({ visits: [], days: [], more: false })
    expect(await kept()).toEqual(live)
  })

  test('V23 a visit taken back with its import is not counted any more', async () => {
    const id = newId()
    const before = await kept()
    await register(on(desk), { body: visits.register.body.parse({ ...details(dice(1)), id }) })
    await caughtUp()
    expect(await kept()).not.toEqual(before)
    await command(on(desk), async (work) => {
      work.write(raw('delete from visit_hop where visit_id = $1', [id]))
      work.write(raw('delete from visit where id = $1', [id]))
      work.journal({ entity: 'visit', entityId: id, action: 'visit.import-undone' })
    })
    await caughtUp()
    expect(await kept()).toEqual(before)
  })

  test('G8 V5 V10 V11 V17 what is kept and what is missed, each with its deadline of the time', async () => {
    app.clock.set(new Date(testNow.getTime() + 40 * 86_400_000))
    const counted = async (id: string) => {
      await caughtUp()
      const [row] = await all<Record<string, number>>('select * from visit_counted where visit_id = $1', [id])
      return row
    }
    const prompt = await register(on(desk), { body: visits.register.body.parse(details(dice(2))) })
    app.clock.advance(2)
    await answer(on(host), { params: { id: prompt.id }, query: q, body: { answer: 'receive' } })
    expect(await counted(prompt.id)).toMatchObject({ ask_of: 1, ask_kept: 1, meet_of: 0, admit_minutes: 2 })
    // Past the ten minutes the host is reminded: kept as the rule says it, not prompt.
    app.clock.advance(11)
    await dispatchAll(app.kernel)
    expect(await counted(prompt.id)).toMatchObject({ meet_of: 1, meet_kept: 1, meet_prompt: 0 })
    await release(on(desk), {
      params: { id: prompt.id },
      query: q,
      body: { passReturned: false, slipReturned: true, hostConfirmed: { byName: '张工' } },
    })
    expect(await counted(prompt.id)).toMatchObject({
      sign_of: 1,
      sign_kept: 0,
      sign_late: 0,
      sign_overdue: 0,
    })
    app.clock.advance(60)
    await sign(on(host), { params: { id: prompt.id }, query: q, body: { note: '' } })
    expect(await counted(prompt.id)).toMatchObject({
      sign_of: 1,
      sign_kept: 0,
      sign_late: 1,
      sign_overdue: 0,
    })

    const slow = await register(on(desk), {
      body: visits.register.body.parse({ ...details(dice(3)), issuePass: true }),
    })
    app.clock.advance(4)
    await dispatchAll(app.kernel)
    expect(await counted(slow.id)).toMatchObject({ ask_of: 1, ask_kept: 0 })
    await answer(on(host), { params: { id: slow.id }, query: q, body: { answer: 'receive' } }).catch(() =>
      answer(on(desk), { params: { id: slow.id }, query: q, body: { answer: 'receive', how: 'phone' } }),
    )
    app.clock.advance(3)
    await meet(on(desk), { params: { id: slow.id }, query: q, body: undefined })
    expect(await counted(slow.id)).toMatchObject({
      meet_of: 1,
      meet_kept: 1,
      meet_prompt: 1,
      meet_minutes: 3,
    })
    await release(on(desk), {
      params: { id: slow.id },
      query: q,
      body: { passReturned: false, slipReturned: false, hostConfirmed: { byName: '张工' } },
    })
    expect(await counted(slow.id)).toMatchObject({ pass_of: 1, pass_kept: 0, sign_of: 1 })
    app.clock.advance(60 * 24 * 8)
    await dispatchAll(app.kernel)
    expect(await counted(slow.id)).toMatchObject({ sign_kept: 0, sign_overdue: 1 })
  })
})
