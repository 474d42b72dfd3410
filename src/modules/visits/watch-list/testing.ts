/** A house with a watch list for the module's tests: who stands at the desk, who decides, who comes, who is listed. */
import { afterAll, beforeAll, beforeEach } from 'vitest'
import { type TestApp, testActor, testApp } from '../../../apps/server/testing.ts'
import type { Actor } from '../../../kernel/actor.ts'
import { raw } from '../../../kernel/db/sql.ts'
import { newId } from '../../../kernel/ids.ts'
import { register } from '../arrival/register.ts'
import type { VisitCard } from '../card/contract.ts'
import { visits } from '../contract.ts'
import { checkCharacter } from '../identity/rules.ts'
import { houseFor } from '../testing.ts'
import { watchList } from './contract.ts'
import { clear } from './decide.ts'
import * as service from './service.ts'

export interface WatchedPeople {
  readonly app: TestApp
  readonly desk: Actor
  readonly duty: Actor
  readonly hostId: string
}

/** Opened before the file's tests; before each of them the list is empty. `opened` gives the house to the file's own names. */
export function watchedHouse(opened: (people: WatchedPeople) => void) {
  const site = newId()
  let house: WatchedPeople

  beforeAll(async () => {
    const app = await testApp()
    const people = await houseFor(app, site)
    house = {
      app,
      desk: testActor(site, ['receptionist'], people.deskId),
      duty: testActor(site, ['duty_manager'], people.headId),
      hostId: people.hostId,
    }
    opened(house)
  })
  afterAll(() => house.app.close())
  beforeEach(async () => {
    await house.app.kernel.sql.run(raw("update watch_entry set status = 'withdrawn'"))
  })

  const on = (actor: Actor) => house.app.ctx(actor, site)
  const of = (id: string) => ({ params: { id }, query: undefined })

  return {
    site,
    on,
    of,
    card: (digits: string) => digits + checkCharacter(digits),

    walkIn(more: Record<string, unknown> = {}): Promise<VisitCard> {
      const body = visits.register.body.parse({
        visitorName: '张伟',
        organisation: '恒川科技',
        phone: '13912345678',
        purpose: '收款',
        kind: 'visitor',
        hostId: house.hostId,
        ...more,
      })
      return register(on(house.desk), { body })
    },

    listed(more: Record<string, unknown> = {}) {
      const body = watchList.add.body.parse({ level: 'block', name: '张伟', reason: '闹事', ...more })
      return service.add(on(house.duty), { params: undefined, query: undefined, body })
    },

    judge: (actor: Actor, id: string, decision: 'not-same-person' | 'confirmed' | 'let-in') =>
      clear(on(actor), { ...of(id), body: { decision, note: '已核对证件' } }),
  }
}
