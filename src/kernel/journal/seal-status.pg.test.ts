import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { type TestApp, testActor, testApp } from '../../apps/server/testing.ts'
import { raw } from '../db/sql.ts'
import { newId } from '../ids.ts'
import type { FoyerModule } from '../module.ts'
import { command } from '../work/command.ts'
import { journalRoutes } from './contract.ts'
import { journalModule } from './module.ts'
import { seal } from './seal.ts'
import { checkSeals } from './service.ts'
import { allSettled } from './store.ts'

const site = newId()
const quality = testActor(site, ['quality'])
const desk = testActor(site, ['receptionist'])
const people: FoyerModule = {
  name: 'people',
  grants: { 'journal.read': ['quality'] },
  actors: () => async (request) => (request.headers['x-who'] === 'quality' ? quality : desk),
}
let app: TestApp
beforeAll(async () => {
  app = await testApp({ modules: [journalModule, people] })
})
afterAll(() => app.close())

const status = () => app.call(journalRoutes.sealStatus, {}, { 'x-who': 'quality' })

test('G4 how far the journal is sealed, what waits, what the nightly check found', async () => {
  expect((await app.call(journalRoutes.sealStatus, {})).status).toBe(403)
  expect((await status()).body).toEqual({
    head: null,
    sealed: 0,
    waiting: 0,
    waitingSince: null,
    checked: null,
  })
  await command(app.ctx(desk, site), async (work) => {
    for (let n = 0; n < 3; n += 1) work.journal({ entity: 'thing', entityId: 'x', action: 'thing.made' })
  })
  expect((await status()).body).toMatchObject({ waiting: 3, waitingSince: app.clock.now().toISOString() })
  await vi.waitUntil(async () => (await app.kernel.sql.one(allSettled())).settled, { timeout: 20_000 })
  await app.settled()
  await seal(app.kernel)
  await checkSeals(app.kernel)
  const { body } = await status()
  expect(body).toMatchObject({
    head: { no: 1 },
    sealed: 3,
    waiting: 1,
    checked: { ok: true, head: body.head?.hash },
  })

  await app.kernel.sql.run(raw('delete from journal_seal'))
  await app.kernel.sql.run(
    raw(`insert into journal_seal (no, upto_xid, upto_id, entries, previous, hash, sealed_at, leaves)
         values (1, '1000000', 1, 1, 'x', 'y', now(), '')`),
  )
  await checkSeals(app.kernel)
  expect((await status()).body).toMatchObject({ checked: { ok: false } })
})
