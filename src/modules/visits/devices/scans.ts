/** What controllers tell (V11, V18, G4): every event counts once, is judged as the gate judges, and moves who is inside. */
import type { RouteAnswer, RouteInput } from '../../../kernel/contract.ts'
import { DomainError } from '../../../kernel/errors.ts'
import { type Ctx, command, query, type Work } from '../../../kernel/work/command.ts'
import { seenAt } from '../areas/store.ts'
import { report } from '../staff-register/presence.ts'
import { release } from '../stay/exit.ts'
import { findVisit } from '../store.ts'
import { type access, type Scan, scanSchema } from './contract.ts'
import { type Judged, judge } from './judge.ts'
import { directionOf, faultsOf, opens, type ScanDirection, type ScanFault } from './rules.ts'
import { accessSetting } from './settings.ts'
import * as store from './store.ts'
import { outByDoor, outByDoorTask } from './tasks.ts'

type Item = RouteAnswer<typeof access.scans>['items'][number]

interface Good {
  readonly scan: Scan
  readonly door: store.DoorRow
  readonly direction: ScanDirection
  readonly at: Date
}
type Seen = Good & { readonly judged: Judged }
type Refused = { readonly id: string | null; readonly faults: readonly { path: string; code: string }[] }

const saidOf = (scan: Pick<Scan, 'code' | 'passNumber' | 'card'>) => ({
  code: scan.code,
  passNumber: scan.passNumber,
  card: scan.card,
})

export async function scans(
  ctx: Ctx,
  { body }: RouteInput<typeof access.scans>,
): Promise<RouteAnswer<typeof access.scans>> {
  const read = await readAll(ctx, body.scans)
  const good = read.filter((one): one is Good => 'door' in one)
  // The first of an id in a batch stands for all of them.
  const own = new Map(good.map((one) => [one.scan.id, one] as const).reverse())
  const known = await query(ctx).all(store.scansKept(ctx.siteId, [...own.keys()]))
  const old = new Set(known.map(({ id }) => id))
  const fresh = [...own.values()].filter(({ scan }) => !old.has(scan.id)).sort((a, b) => +a.at - +b.at)
  const seen = await judgeAll(ctx, fresh)
  await movePresence(ctx, seen)
  const released = await releaseAll(ctx, seen)
  const kept = await keep(ctx, seen, released)
  const rows = await query(ctx).all(store.scansKept(ctx.siteId, [...own.keys()]))
  const byId = new Map(rows.map((row) => [row.id, row]))
  const answered = new Set<string>()
  return {
    items: read.map((one): Item => {
      if (!('door' in one)) return { kept: false, id: one.id, faults: [...one.faults] }
      const { id } = one.scan
      const row = byId.get(id)
      if (row === undefined) throw new Error(`scan ${id} was not kept`)
      const repeated = !kept.has(id) || answered.has(id)
      answered.add(id)
      return { kept: true, id, repeated, verdict: row.verdict, opens: opens(row.verdict, row.direction) }
    }),
  }
}

async function readAll(ctx: Ctx, list: readonly unknown[]): Promise<(Good | Refused)[]> {
  const parsed = list.map((one) => scanSchema.safeParse(one))
  const names = new Set(parsed.flatMap((one) => (one.success ? [one.data.doorExternalId] : [])))
  const found = await query(ctx).all(store.doorsByExternal(ctx.siteId, [...names]))
  const byName = new Map(found.map((door) => [door.externalId, door]))
  const now = ctx.kernel.clock.now()
  return parsed.map((one, place) => {
    if (!one.success) {
      const faults = one.error.issues.map(({ path, code }) => ({ path: path.join('.'), code }))
      return { id: idOf(list[place]), faults }
    }
    const { data: scan } = one
    const door = byName.get(scan.doorExternalId)
    const at = new Date(scan.at)
    const direction = door === undefined ? null : directionOf(door.direction, scan.direction ?? null)
    const faults = faultsOf({ ...saidOf(scan), at, direction: scan.direction ?? null }, door, now)
    if (faults.length > 0 || door === undefined || direction === null) return { id: scan.id, faults }
    return { scan, door, direction, at: at > now ? now : at }
  })
}

function idOf(value: unknown): string | null {
  const id = typeof value === 'object' && value !== null && 'id' in value ? value.id : null
  return typeof id === 'string' ? id.slice(0, 60) : null
}

/** The same act of the same event twice is one act, also when two requests bring it at the same moment. */
const once = (ctx: Ctx, what: string, { scan, door, at }: Good): Ctx => ({
  ...ctx,
  idempotency: { key: `access:${what}:${ctx.siteId}:${scan.id}`, requestHash: scan.id },
  occurred: { at, device: `door-${door.id}` },
})

const atOnce = 4

async function judgeAll(ctx: Ctx, fresh: readonly Good[]): Promise<Seen[]> {
  const seen: Seen[] = []
  for (let start = 0; start < fresh.length; start += atOnce) {
    const part = fresh.slice(start, start + atOnce)
    const judged = part.map(async (one) => ({
      ...one,
      judged: await judge(once(ctx, 'judged', one), saidOf(one.scan), one.door, one.direction, one.at),
    }))
    seen.push(...(await Promise.all(judged)))
  }
  return seen
}

/** V18: staff by their cards; what is not newer than the newest known changes nothing. */
async function movePresence(ctx: Ctx, seen: readonly Seen[]): Promise<void> {
  const events = seen
    .filter(({ judged, scan }) => judged.kind === 'staff' && scan.result !== 'denied')
    .map(({ scan, door, direction, at }) => ({
      ...{ card: scan.card || scan.code, direction, at: at.toISOString() },
      zone: direction === 'in' ? door.area.slice(0, 60) : '',
    }))
  if (events.length === 0) return
  await report(
    { ...ctx, idempotency: null },
    { params: undefined, query: undefined, body: { via: 'door', events } },
  )
}

const inside = new Set(['admitted', 'with_host', 'signed_off'])
const wentOut = ({ judged, scan, direction }: Seen) =>
  direction === 'out' && scan.result !== 'denied' && opens(judged.verdict, 'out') && judged.visitId !== null

/** By the card of a permit they may go, but a pass they were given besides is still with them (V11): the gate looks. */
const nothingInHand = ({ judged }: Seen) => judged.token === 'pass' || !judged.visit?.passNumber

async function releaseAll(ctx: Ctx, seen: readonly Seen[]): Promise<Set<string>> {
  const released = new Set<string>()
  if (!(await ctx.kernel.settings.get(ctx.siteId, accessSetting)).autoRelease) return released
  for (const one of seen.filter((each) => wentOut(each) && nothingInHand(each))) {
    const { visitId } = one.judged
    if (visitId === null) continue
    try {
      const body = { passReturned: true, slipReturned: false }
      await release(once(ctx, 'released', one), { params: { id: visitId }, query: undefined, body })
      released.add(one.scan.id)
    } catch (error) {
      // A missing signature, somebody else's step: then the gate has to look.
      if (!(error instanceof DomainError)) throw error
    }
  }
  return released
}

async function keep(ctx: Ctx, seen: readonly Seen[], released: ReadonlySet<string>): Promise<Set<string>> {
  if (seen.length === 0) return new Set()
  const rows = seen.map(
    ({ scan, door, direction, at, judged }): store.ScanRow => ({
      ...{ id: scan.id, doorId: door.id, at, direction, result: scan.result },
      ...{ kind: judged.kind, verdict: judged.verdict },
      ...{ passNumber: judged.passNumber, visitId: judged.visitId },
    }),
  )
  return command({ ...ctx, idempotency: null }, async (work) => {
    const added = await work.all(store.keepScans(ctx.siteId, rows, work.now))
    const fresh = new Set(added.map(({ id }) => id))
    const doorIds = new Set(seen.map(({ door }) => door.id))
    await work.run(store.seen(ctx.siteId, [...doorIds], work.now))
    for (const one of seen) if (fresh.has(one.scan.id)) await follow(work, one, released.has(one.scan.id))
    return fresh
  })
}

/** V11: every pass at a door is on record with the door; the gate's judge has written down what itself refused. */
async function follow(work: Work, one: Seen, released: boolean): Promise<void> {
  const { judged, scan, door, direction, at } = one
  if (judged.kind === 'staff') return
  work.journal({
    entity: 'pass',
    entityId: judged.passNumber || 'unknown',
    action: opens(judged.verdict, direction) ? 'pass.scanned' : 'pass.scan-refused',
    data: {
      ...{ doorId: door.id, door: door.name, scanId: scan.id, at: at.toISOString(), direction },
      ...{ verdict: judged.verdict, result: scan.result, visitId: judged.visitId },
    },
  })
  if (judged.visitId === null || scan.result === 'denied') return
  const subject = { entity: 'visit', id: judged.visitId }
  if (direction === 'in' && judged.verdict === 'valid' && door.area !== '')
    work.write(seenAt(judged.visitId, door.area, at))
  if (direction === 'in' && judged.verdict === 'valid') work.cancelTasks(subject, [outByDoor], 'in again')
  if (released || !wentOut(one)) return
  const visit = await work.maybe(findVisit(work.ctx.siteId, judged.visitId))
  if (visit === undefined || !inside.has(visit.status)) return
  // Out by two doors, one after the other, is one thing to look at.
  work.withdrawTasks(subject, [outByDoor])
  work.cancelTasks(subject, [outByDoor], 'out again')
  const { id, number, visitor_name: visitorName, organisation } = visit
  const person = { id, number, visitorName, organisation, hostName: visit.host_name, hostId: visit.host_id }
  work.openTask(outByDoorTask(person, door.name, work.now))
}

export async function verify(
  ctx: Ctx,
  { body }: RouteInput<typeof access.verify>,
): Promise<RouteAnswer<typeof access.verify>> {
  const now = ctx.kernel.clock.now()
  const [door] = await query(ctx).all(store.doorsByExternal(ctx.siteId, [body.doorExternalId]))
  const said = saidOf(body)
  const faults: ScanFault[] = faultsOf({ ...said, at: now, direction: body.direction ?? null }, door, now)
  const direction = door === undefined ? null : directionOf(door.direction, body.direction ?? null)
  if (faults.length > 0 || door === undefined || direction === null)
    throw new DomainError('input.invalid', {}, faults)
  const judged = await judge({ ...ctx, idempotency: null }, said, door, direction, now)
  return {
    opens: opens(judged.verdict, direction),
    verdict: judged.verdict,
    passNumber: judged.passNumber,
    visitId: judged.visitId,
    validUntil: judged.validUntil?.toISOString() ?? null,
  }
}
