/** What a demo house has besides its visits: papers to sign, permits, list, cars, staff. Each by whoever would do it, through the use cases. */
import { createHash } from 'node:crypto'
import { systemActor } from '../../kernel/actor.ts'
import { dayAt } from '../../kernel/calendar/site-day.ts'
import type { RouteInput, RouteSpec } from '../../kernel/contract.ts'
import type { Kernel } from '../../kernel/kernel.ts'
import { storeSetting } from '../../kernel/settings/settings.ts'
import { type Ctx, command } from '../../kernel/work/command.ts'
import { agreements } from '../../modules/visits/agreements/contract.ts'
import * as agreement from '../../modules/visits/agreements/service.ts'
import * as group from '../../modules/visits/groups/announce.ts'
import { groups } from '../../modules/visits/groups/contract.ts'
import { important } from '../../modules/visits/important/contract.ts'
import { warn } from '../../modules/visits/important/service.ts'
import { create as addKiosk } from '../../modules/visits/kiosk/admin.ts'
import { kiosks } from '../../modules/visits/kiosk/contract.ts'
import { permits } from '../../modules/visits/permits/contract.ts'
import * as permit from '../../modules/visits/permits/service.ts'
import { incidents } from '../../modules/visits/security/contract.ts'
import * as incident from '../../modules/visits/security/service.ts'
import { outings, staffPresence } from '../../modules/visits/staff-register/contract.ts'
import { sign } from '../../modules/visits/staff-register/presence.ts'
import { leaveNow } from '../../modules/visits/staff-register/service.ts'
import { vehicles } from '../../modules/visits/vehicles/contract.ts'
import * as vehicle from '../../modules/visits/vehicles/service.ts'
import { watchList } from '../../modules/visits/watch-list/contract.ts'
import { add as watch } from '../../modules/visits/watch-list/service.ts'
import { type Company, demoCtx, idIn } from './demo-company.ts'
import type { DemoAct, DemoHouse } from './preset-files.ts'

interface Given {
  readonly params: unknown
  readonly body: unknown
}

/** Read by the route's own schema, as if it had come over the wire. */
function act<S extends RouteSpec>(route: S, run: (ctx: Ctx, input: RouteInput<S>) => Promise<unknown>) {
  const read = ({ params, body }: Given) =>
    ({
      params: route.params?.parse(params),
      query: undefined,
      body: route.body?.parse(body),
    }) as RouteInput<S>
  return { check: (given: Given) => void read(given), run: (ctx: Ctx, given: Given) => run(ctx, read(given)) }
}

const acts = {
  'agreement.create': act(agreements.create, agreement.create),
  'agreement.publish': act(agreements.publish, agreement.publish),
  'kiosk.create': act(kiosks.create, addKiosk),
  'watch-list.add': act(watchList.add, watch),
  'permit.create': act(permits.create, permit.create),
  'permit.activate': act(permits.activate, permit.activate),
  'group.create': act(groups.create, group.create),
  'important.warn': act(important.warn, warn),
  'incident.raise': act(incidents.raise, incident.raise),
  'incident.acknowledge': act(incidents.acknowledge, incident.acknowledge),
  'incident.arrive': act(incidents.arrive, incident.arrive),
  'incident.edit': act(incidents.edit, incident.edit),
  'incident.close': act(incidents.close, incident.close),
  'staff.sign': act(staffPresence.sign, sign),
  'staff.leave': act(outings.leaveNow, leaveNow),
  'vehicle.add': act(vehicles.add, vehicle.add),
  'vehicle.place': act(vehicles.place, vehicle.place),
  'vehicle.in': act(vehicles.in, vehicle.carIn),
} as const

function actNamed(name: string) {
  const found = Object.entries(acts).find(([key]) => key === name)?.[1]
  if (found === undefined) throw new Error(`the demo house does "${name}", which nobody knows`)
  return found
}

/** What stands for a person, a visit, a thing made before, a moment, a day. */
export interface Meanings {
  person(key: string): string
  visit(key: string): string
  thing(key: string): string
  moment(minutes: number): string
  day(days: number): string
}

const named = /^@(person|visit|thing):([a-z][a-z0-9-]*)$/
const timed = /^@(now|day)([+-]\d+)?$/

function meant(value: unknown, meanings: Meanings): unknown {
  if (Array.isArray(value)) return value.map((one) => meant(one, meanings))
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, meant(one, meanings)]))
  if (typeof value !== 'string' || !value.startsWith('@')) return value
  const [, kind, key] = named.exec(value) ?? []
  if (kind !== undefined && key !== undefined) return meanings[kind as 'person' | 'visit' | 'thing'](key)
  const [, unit, shift] = timed.exec(value) ?? []
  if (unit === undefined) throw new Error(`the demo house says "${value}", which means nothing`)
  return unit === 'now' ? meanings.moment(Number(shift ?? 0)) : meanings.day(Number(shift ?? 0))
}

const givenOf = (one: DemoAct, meanings: Meanings): Given => ({
  params: meant(one.params ?? {}, meanings),
  body: meant(
    one.body === undefined ? {} : { ...one.body, ...(one.as ? { id: `@thing:${one.as}` } : {}) },
    meanings,
  ),
})

/** Says what is wrong with an act before anybody plays it. */
export function checkAct(one: DemoAct, meanings: Meanings): void {
  actNamed(one.do).check(givenOf(one, meanings))
}

/** The same in every start, so that one killed half way finds what it made. */
function thingId(siteId: string, key: string): string {
  const hex = createHash('sha256').update(`${siteId}:${key}`).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

/** Places and people of the invented house; a preset's own settings name none. */
export async function settleHouse(kernel: Kernel, company: Company, house: DemoHouse): Promise<void> {
  await command(demoCtx(kernel, company.siteId, systemActor, 'house-settings'), async (work) => {
    for (const [key, value] of Object.entries(house.settings)) {
      const definition = kernel.modules.settings.get(key)
      if (definition === undefined) throw new Error(`the demo house sets ${key}, which no module knows`)
      await storeSetting(work, definition, value, 0, null)
    }
    return null
  })
}

export interface Stage {
  readonly company: Company
  readonly now: Date
  readonly zone: string
  readonly visitId: (key: string) => string
  /** What acts before made, by their `as`. */
  readonly made: Map<string, string>
}

export async function playAct(
  ctx: Ctx,
  { company, now, zone, visitId, made }: Stage,
  one: DemoAct,
): Promise<void> {
  const given = givenOf(one, {
    person: (key) => idIn(company.people, key),
    visit: visitId,
    thing: (key) => made.get(key) ?? thingId(company.siteId, key),
    moment: (minutes) => new Date(now.getTime() + minutes * 60_000).toISOString(),
    day: (days) => dayAt(zone, new Date(now.getTime() + days * 24 * 60 * 60_000)).day,
  })
  const answer = await actNamed(one.do).run(ctx, given)
  if (one.as === undefined || typeof answer !== 'object' || answer === null) return
  if ('id' in answer && typeof answer.id === 'string') made.set(one.as, answer.id)
}
