/** Recordings of a real exchange, played through a TCP server into the database: shared/ami tells what happened in each. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type TestApp, testApp } from '../../../apps/server/testing.ts'
import { raw } from '../../../kernel/db/sql.ts'
import { player, recording, tcpServer } from '../exchange/testing.ts'
import { connect, type IntakeHouse, intakeHouse, quickIntake, type Recorded, recorded } from './testing.ts'

let app: TestApp

beforeAll(async () => {
  app = await testApp()
})
afterAll(() => app.close())

async function played(...names: readonly string[]): Promise<{ house: IntakeHouse; calls: Recorded[] }> {
  const house = await intakeHouse(app)
  const { siteId } = house
  let over = 0
  await using server = await tcpServer((socket, connection) => {
    const name = names[connection]
    if (name === undefined) {
      over += 1
      socket.destroy()
    } else player(recording(name).chunks.map(({ bytes }) => bytes))(socket)
  })
  const intake = quickIntake(app)
  intake.start()
  await connect(app, siteId, server.port)
  await expect.poll(() => over, { timeout: 20_000 }).toBeGreaterThan(0)
  await intake.settled()
  const calls = await app.kernel.sql.all(recorded(siteId))
  await intake.stop()
  await app.kernel.sql.run(raw('update exchange set enabled = false where site_id = $1', [siteId]))
  return { house, calls }
}

const tasksOf = (siteId: string) =>
  app.kernel.sql.all<{ kind: string; owner: string; status: string }>(
    raw(`select kind, owner_id as owner, status from task where site_id = $1 order by kind, created_at`, [
      siteId,
    ]),
  )

describe('C1: answered, measured, and an outcome owed (C4)', () => {
  test('01: the desk answers after four seconds; caller hangs up', async () => {
    const { house, calls } = await played('01-inbound-answered')
    expect(calls).toHaveLength(1)
    expect(calls[0]).toMatchObject({
      status: 'after',
      direction: 'in',
      outcome: null,
      exchange_outcome: 'answered',
      caller_number: '+8613912345678',
      contact_id: house.contactId,
      customer_id: house.customerId,
      contact_name: '王芳',
      handler_id: house.people['8000'],
      handler_extension: '8000',
      ended_by: 'caller',
      rings: 1,
      // Nobody typing at that moment is told that their record is stale.
      version: 1,
      legs: ['8000 dial answered ring 4 talk 5'],
    })
    expect(calls[0]?.ring_seconds).toBeCloseTo(4, 0)
    expect(calls[0]?.talk_seconds).toBeCloseTo(5, 0)
    expect(await tasksOf(house.siteId)).toEqual([
      { kind: 'call.outcome', owner: house.people['8000'], status: 'open' },
    ])
  })

  test('18: the same with the default settings of the exchange', async () => {
    const { calls } = await played('18-same-as-01-default-settings')
    expect(calls.map(({ status, legs }) => [status, legs.length])).toEqual([['after', 1]])
  })

  test.each([
    ['02-inbound-caller-gives-up', 'abandoned', 20, 5],
    ['02b-inbound-noanswer-timeout', 'no-answer', 10, 3],
    ['02c-inbound-rejected-by-phone', 'rejected', 3, 1],
  ])('%s: missed, and the caller is promised a call', async (name, outcome, seconds, rings) => {
    const { house, calls } = await played(name)
    expect(calls).toHaveLength(1)
    expect(calls[0]).toMatchObject({ status: 'missed', outcome: 'missed', exchange_outcome: outcome, rings })
    expect(calls[0]?.ring_seconds).toBeCloseTo(seconds, 0)
    const [promise] = await app.kernel.sql.all<{ kind: string; phone: string; call_id: string }>(
      raw('select kind, phone, call_id from callback where site_id = $1', [house.siteId]),
    )
    expect(promise).toEqual({ kind: 'missed', phone: '+8613912345678', call_id: calls[0]?.id })
  })

  test('07: hotline and its substitute busy: missed after two busy telephones', async () => {
    const { calls } = await played('07-hotline-all-busy')
    expect(calls[0]).toMatchObject({ status: 'missed', exchange_outcome: 'busy' })
    expect(calls[0]?.legs).toEqual(['8000 dial busy', '8300 dial busy'])
  })
})

describe('C3, C4: transfers are measured hops', () => {
  test('03: put through to 8171, who answers', async () => {
    const { house, calls } = await played('03-blind-transfer-answered')
    expect(calls[0]).toMatchObject({ status: 'after', handler_extension: '8000' })
    expect(calls[0]?.hops).toEqual(['8171 answered 3 s measured'])
    const [hop] = await app.kernel.sql.all<Record<string, unknown>>(
      raw(`select target_kind, target_id, target_name, by_id, by_name from call_hop where site_id = $1`, [
        house.siteId,
      ]),
    )
    expect(hop).toEqual({
      target_kind: 'person',
      target_id: house.people['8171'],
      target_name: '同事8171',
      by_id: house.people['8000'],
      by_name: '同事8000',
    })
  })

  test('04: a consultation that became the conversation is one call, and no second record stays', async () => {
    const { house, calls } = await played('04-attended-transfer')
    expect(calls).toHaveLength(1)
    expect(calls[0]?.hops).toEqual(['2222 answered 3 s measured'])
    expect(calls[0]?.legs).toEqual([
      '8000 dial answered ring 3 talk 10',
      '2222 consultation answered ring 3 talk 8',
    ])
    const told = await app.kernel.sql.all<{ action: string }>(
      raw(
        `select action from journal where site_id = $1 and entity = 'call' and action like 'call.%ed' order by id`,
        [house.siteId],
      ),
    )
    // Whether the consultation was ever a record of its own depends on how quickly it all was told.
    expect(told.map(({ action }) => action)).toContain('call.answered')
  })

  test('05: busy, then the manager answers: two hops', async () => {
    const { calls } = await played('05-blind-transfer-busy-to-manager')
    expect(calls[0]?.hops).toEqual(['8133 busy 0 s measured', '8130 answered 4 s measured'])
  })

  test('05c: nobody answers, then the manager does', async () => {
    const { calls } = await played('05c-blind-transfer-noanswer-to-manager')
    expect(calls[0]?.hops).toEqual(['8133 no-answer 20 s measured', '8130 answered 2 s measured'])
  })

  test('06: sales busy, the desk takes it; the colleague it consults is busy too', async () => {
    const { calls } = await played('06-sales-busy-to-front-desk')
    expect(calls.map((call) => [call.direction, call.status, call.outcome, call.exchange_outcome])).toEqual([
      ['in', 'after', null, 'answered'],
      ['internal', 'closed', 'resolved', 'busy'],
    ])
  })
})

describe('C12: what never came to the desk closes by itself, so that the log is complete', () => {
  test('08: two at once, one for the desk and one for a colleague', async () => {
    const { house, calls } = await played('08-two-simultaneous')
    expect(calls.map((call) => [call.caller_number, call.status, call.outcome, call.handler_id])).toEqual([
      ['+8613911111111', 'after', null, house.people['8000']],
      ['+8613922222222', 'closed', 'resolved', house.people['601']],
    ])
    expect(await tasksOf(house.siteId)).toHaveLength(1)
  })

  test('11: a call to the outside belongs to whoever made it', async () => {
    const { house, calls } = await played('11-outbound')
    expect(calls[0]).toMatchObject({
      direction: 'out',
      status: 'closed',
      outcome: 'resolved',
      caller_extension: '8000',
      dialled: '+8613800138000',
      handler_id: house.people['8000'],
    })
    expect(calls[0]?.talk_seconds).toBeCloseTo(5, 0)
    expect(await tasksOf(house.siteId)).toEqual([])
  })

  test('09: inside calls and the lamps they light', async () => {
    const { house, calls } = await played('09-device-states')
    expect(calls.map(({ direction, status, outcome }) => [direction, status, outcome])).toEqual([
      ['in', 'closed', 'resolved'],
      ['internal', 'closed', 'resolved'],
    ])
    const lamps = await app.kernel.sql.all<{ extension: string }>(
      raw('select extension from line where site_id = $1 order by extension', [house.siteId]),
    )
    expect(lamps.map(({ extension }) => extension)).toContain('8171')
  })

  test('10: a queue rings two; who answered has the call', async () => {
    const { house, calls } = await played('10-queue-answered')
    expect(calls[0]).toMatchObject({ handler_id: house.people['2222'], status: 'closed', rings: 1 })
    expect(calls[0]?.legs).toEqual(['8171 queue elsewhere ring 4', '2222 queue answered ring 4 talk 5'])
  })
})

describe('C15: what happens when the exchange stops', () => {
  test('14: stopped in the middle of a call, started again', async () => {
    const { calls } = await played(
      '14-stop-in-the-middle-of-a-call-part1',
      '14-stop-in-the-middle-of-a-call-part2',
    )
    // None is left ringing or open for ever.
    expect(calls.filter(({ ended_at }) => ended_at === null)).toEqual([])
    expect(
      calls.every(({ status }) => status === 'after' || status === 'missed' || status === 'closed'),
    ).toBe(true)
  })
})
