/** C5: one person is one person, under whichever record they telephoned. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestApp, testApp } from '../../apps/server/testing.ts'
import { raw } from '../../kernel/db/sql.ts'
import { newId } from '../../kernel/ids.ts'
import { callbacks } from './callbacks/contract.ts'
import * as promises from './callbacks/reading.ts'
import { calls } from './contract.ts'
import { list } from './log/service.ts'
import { messages } from './messages/contract.ts'
import * as slips from './messages/reading.ts'
import { testConsole } from './test-console.ts'
import { type CallsHouse, callsHouse, deskActor } from './testing.ts'

let app: TestApp
let house: CallsHouse
const site = newId()
beforeAll(async () => {
  app = await testApp()
  house = await callsHouse(app, site)
})
afterAll(() => app.close())

const none = { params: undefined, body: undefined }

test('C5 after a merge the calls, messages and promises of both records are those of the one kept, by either id', async () => {
  const desk = deskActor(site, house.deskId, '前台小周')
  const on = () => app.ctx(desk, site)
  const { ring, change, end } = testConsole(on)
  const to = { kind: 'person' as const, id: house.ownerId }
  let call = await change(await ring({ number: '13512340002' }), { contactName: '冯一', reason: '问价' })
  call = await end(call, {
    outcome: 'message',
    message: { to, matter: '请回电' },
    callback: { owner: to, minutes: 30 },
  })
  const other = call.contactId ?? ''
  expect(other).not.toBe('')
  await app.kernel.sql.run(raw('update contact set merged_into = $2 where id = $1', [other, house.contactId]))

  for (const contactId of [house.contactId, other]) {
    const log = await list(on(), { ...none, query: calls.log.query.parse({ contactId }) })
    expect(log.items.map(({ id }) => id)).toEqual([call.id])
    const slip = await slips.list(on(), {
      ...none,
      query: messages.list.query.parse({ contactId, whose: 'all', status: 'any' }),
    })
    expect(slip.items).toMatchObject([{ matter: '请回电' }])
    const owed = await promises.list(on(), {
      ...none,
      query: callbacks.list.query.parse({ contactId, whose: 'all', status: 'any' }),
    })
    expect(owed.items).toHaveLength(1)
  }
  const nobody = await list(on(), { ...none, query: calls.log.query.parse({ contactId: newId() }) })
  expect(nobody.items).toEqual([])

  // The next call from the number of the one kept: the desk hears what was promised to the other.
  app.clock.advance(1)
  const next = await ring()
  expect(next).toMatchObject({ contactId: house.contactId, callsBefore: 1, promisesOpen: 2 })
})
