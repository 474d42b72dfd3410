import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type TestApp, testActor, testApp } from '../../../apps/server/testing.ts'
import { systemActor } from '../../../kernel/actor.ts'
import { raw } from '../../../kernel/db/sql.ts'
import { newId } from '../../../kernel/ids.ts'
import { systemCtx } from '../../../kernel/kernel.ts'
import { storeSetting } from '../../../kernel/settings/settings.ts'
import type { Ctx } from '../../../kernel/work/command.ts'
import { command } from '../../../kernel/work/command.ts'
import { announce } from '../arrival/announce.ts'
import { checkIn } from '../arrival/check-in.ts'
import { register } from '../arrival/register.ts'
import { visits } from '../contract.ts'
import { visitRoutesSetting } from '../routes/settings.ts'
import { houseFor, type TestHouse } from '../testing.ts'
import { edit } from './inside.ts'

let app: TestApp
let house: TestHouse
let desk: Ctx
const site = newId()

beforeAll(async () => {
  app = await testApp()
  house = await houseFor(app, site)
  desk = app.ctx(testActor(site, ['receptionist'], house.deskId), site)
})
afterAll(() => app.close())

const who = { organisation: '华信', purpose: '交流', kind: 'visitor' }
const inHours = (n: number) => new Date(app.clock.now().getTime() + n * 3_600_000).toISOString()
const placeOf = async (id: string) =>
  (
    await app.kernel.sql.one(raw<{ sort_at: Date }>('select sort_at from visit where id = $1', [id]))
  ).sort_at.toISOString()
const moved = (visit: { id: string; version: number }, expectedAt: string) =>
  edit(desk, {
    params: { id: visit.id },
    query: undefined,
    body: visits.edit.body.parse({ version: visit.version, expectedAt }),
  })

describe('V3 an appointment that is moved', () => {
  test('stands in the lists where it is now expected; who has come stays where they came', async () => {
    const visit = await announce(desk, {
      body: visits.announce.body.parse({
        ...who,
        visitorName: '改期的人',
        hostId: house.hostId,
        expectedAt: inHours(1),
      }),
    })
    const tomorrow = inHours(25)
    const after = await moved(visit, tomorrow)
    expect(await placeOf(visit.id)).toBe(tomorrow)
    const came = await checkIn(desk, {
      params: { id: after.id },
      query: undefined,
      body: visits.checkIn.body.parse({ consent: { how: 'phone', byId: house.hostId } }),
    })
    const arrived = await placeOf(visit.id)
    await moved(came, inHours(3))
    expect(await placeOf(visit.id)).toBe(arrived)
  })
})

describe('V5 V6 the courteous words of the row that turns away', () => {
  test('are given to gate and desk with the card; the reason inside is not', async () => {
    const row = {
      key: 'no-sales',
      name: { zh: '推销', en: 'Sales' },
      when: {
        ...{ kinds: ['visitor'], topics: [], words: ['推销'] },
        ...{ appointment: 'without' as const, person: 'any' as const, hours: 'any' as const },
      },
      decision: 'decline' as const,
      targets: [],
      last: 'decline' as const,
      say: { zh: '今天不接待推销，请把资料留在前台。', en: 'Please leave your papers at the desk.' },
      note: { zh: '内部：一律谢绝', en: 'Inside: always declined' },
    }
    await command(systemCtx(app.kernel, site, systemActor), async (work) =>
      storeSetting(work, visitRoutesSetting, [row], 0, 'test'),
    )
    app.kernel.settings.forget(site)
    const visit = await register(desk, {
      body: visits.register.body.parse({
        ...who,
        visitorName: '推销员',
        purpose: '推销保险',
        phone: '13900001234',
        hostId: house.hostId,
      }),
    })
    expect(visit).toMatchObject({ status: 'declined', say: row.say })
    expect(JSON.stringify(visit)).not.toContain('一律谢绝')
  })
})
