/** S10, C5: a suggestion answered at the moment its company becomes another one. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestApp, testActor, testApp } from '../../../apps/server/testing.ts'
import { systemActor } from '../../../kernel/actor.ts'
import { newId } from '../../../kernel/ids.ts'
import { command } from '../../../kernel/work/command.ts'
import * as companies from '../companies/service.ts'
import * as merging from '../merges/service.ts'
import { type SalesHouse, salesHouse } from '../testing.ts'
import * as said from './service.ts'
import { lockRemark } from './store.ts'

let app: TestApp
let house: SalesHouse
const site = newId()
beforeAll(async () => {
  app = await testApp()
  house = await salesHouse(app, site)
})
afterAll(() => app.close())

const none = { params: undefined, query: undefined }

test('S10 the owner answers while the company is merged into another of theirs: answered, not unknown', async () => {
  const office = app.ctx(testActor(site, ['office_admin'], house.officeId), site)
  const an = app.ctx(testActor(site, ['host'], house.anId), site)
  const [kept, merged] = await Promise.all([
    companies.create(an, { ...none, body: { name: '合并甲公司', mine: true } }),
    companies.create(an, { ...none, body: { name: '合并乙公司', mine: true } }),
  ])
  const body = { customerId: merged.id, kind: 'suggestion' as const, text: '希望增加停车位' }
  const remark = await said.add(office, { ...none, body })
  const [done, answered] = await command(app.ctx(systemActor, site), async (work) => {
    await work.run(lockRemark(site, remark.id))
    const pair = {
      keptId: kept.id,
      mergedId: merged.id,
      keptVersion: kept.version,
      mergedVersion: merged.version,
    }
    const merge = merging.merge(office, { ...none, body: { entity: 'customer', ...pair, fields: {} } })
    await app.waiting(1)
    const answer = said.answer(an, { params: { id: remark.id }, query: undefined, body: { answer: '好的' } })
    await app.waiting(2)
    return [merge, answer] as const
  }).then(async (calls) => Promise.all(calls))
  expect(done.name).toBe('合并乙公司')
  expect(answered).toMatchObject({ status: 'answered', customerId: kept.id, answer: '好的' })
})
