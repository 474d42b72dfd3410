/**
 * A visitor at the kiosk. Every way in ends in the same use cases as at the desk (`register`, `checkIn`): the kiosk acts
 * for the desk there, inside this process, for the visit of its ticket only.
 */
import { dayAt, zoneOf } from '../../../kernel/calendar/site-day.ts'
import type { RouteAnswer, RouteInput } from '../../../kernel/contract.ts'
import { DomainError, fail, failWith } from '../../../kernel/errors.ts'
import { keep } from '../../../kernel/files/keep.ts'
import { recognise } from '../../../kernel/files/recognise.ts'
import { filesOf } from '../../../kernel/files/store.ts'
import { type Ctx, command, query } from '../../../kernel/work/command.ts'
import { employeesCalled, findEmployee } from '../../directory/public.ts'
import { sitesWith } from '../../identity/public.ts'
import { presentDue, sign as signAgreement, whomOf } from '../agreements/sign.ts'
import { dueAgreements } from '../agreements/store.ts'
import { waysOf } from '../areas/ways.ts'
import { checkIn } from '../arrival/check-in.ts'
import { register as registerVisit } from '../arrival/register.ts'
import { categoryOf, type House, houseOf } from '../house.ts'
import { codeOf } from '../invitations/code.ts'
import { visitOfCode } from '../invitations/store.ts'
import { bilingual } from '../present.ts'
import { wordingSetting } from '../settings.ts'
import { findVisit, type VisitRow } from '../store.ts'
import { type KioskVisit, kioskErrors, type kiosks } from './contract.ts'
import { hostTerms, mostHosts, stateOf } from './rules.ts'
import { kioskSetting } from './settings.ts'
import * as store from './store.ts'
import { helpTask, unsentTask } from './tasks.ts'
import { ticketFor, visitOfTicket } from './ticket.ts'
import { countWrong, mustBeFree } from './tries.ts'

const refuse = failWith(kioskErrors)
const photoName = 'photo'

/** The desk's rights for one call of a use case; no request can bring them, since a device holds the role `kiosk` only. */
export function forDesk(ctx: Ctx): Ctx {
  return { ...ctx, actor: { ...ctx.actor, roles: new Map([[ctx.siteId, ['kiosk', 'receptionist']]]) } }
}

export async function self(ctx: Ctx): Promise<RouteAnswer<typeof kiosks.self>> {
  const { settings } = ctx.kernel
  const [house, offer, wording, site] = await Promise.all([
    houseOf(ctx),
    settings.get(ctx.siteId, kioskSetting),
    settings.get(ctx.siteId, wordingSetting),
    query(ctx).maybe(sitesWith([ctx.siteId])),
  ])
  const { walkIn, photo, print, checkOut, resetSeconds } = offer
  return {
    ...{ walkIn, photo, print, checkOut, resetSeconds },
    id: ctx.actor.id,
    name: ctx.actor.name,
    siteName: site?.name ?? '',
    zone: site?.zone ?? 'Asia/Shanghai',
    kinds: offered(house, offer.kinds),
    wording: {
      welcome: wording.greeting,
      wait: wording.pleaseWait,
      declined: wording.declined,
      farewell: wording.farewell,
    },
  }
}

/** What is refused by default is decided by a person, not at a screen (V2). */
function offered(house: House, only: readonly string[]): RouteAnswer<typeof kiosks.self>['kinds'] {
  return [...house.kinds.values()]
    .filter(({ key }) => only.length === 0 || only.includes(key))
    .flatMap(({ key, name, category }) => {
      const found = house.categories.get(category)
      return found === undefined || found.refuseByDefault || found.important
        ? []
        : [{ key, name, asks: [...found.required] }]
    })
}

/** What the kiosk may say of a visit, with a fresh ticket. */
async function present(ctx: Ctx, visit: VisitRow): Promise<KioskVisit> {
  const sql = query(ctx)
  const now = ctx.kernel.clock.now()
  const house = await houseOf(ctx)
  const receiverId = visit.receiver_id ?? visit.host_id
  const [due, files, receiver, ticket] = await Promise.all([
    sql.all(dueAgreements(ctx.siteId, whomOf(visit), now)),
    sql.all(filesOf(ctx.siteId, 'visit', visit.id)),
    receiverId === null ? undefined : findEmployee(sql, ctx.siteId, receiverId),
    ticketFor(ctx, visit.id),
  ])
  const state = stateOf({ status: visit.status, askedId: visit.asked_id })
  const ready = visit.host_ready_at
  return {
    ticket,
    visitorName: visit.visitor_name,
    hostName: visit.receiver_name || visit.host_name,
    expectedAt: visit.expected_at?.toISOString() ?? null,
    state,
    due: due.map(presentDue),
    photoTaken: files.some(({ name }) => name.startsWith(photoName)),
    where:
      state === 'welcome'
        ? {
            waiting: bilingual(visit.waiting_place),
            floor: receiver?.floor ?? '',
            room: receiver?.room ?? '',
            ways: await waysOf(sql, visit, now),
          }
        : null,
    waitMinutes: ready !== null && ready > now ? Math.ceil((ready.getTime() - now.getTime()) / 60_000) : null,
    passWanted: house.categories.get(visit.category)?.pass ?? false,
    passNumber: visit.pass_number,
  }
}

async function presentId(ctx: Ctx, id: string): Promise<KioskVisit> {
  const visit = await query(ctx).maybe(findVisit(ctx.siteId, id))
  return visit === undefined ? fail('entity.not-found') : present(ctx, visit)
}

export async function find(ctx: Ctx, { body }: RouteInput<typeof kiosks.find>): Promise<KioskVisit> {
  await mustBeFree(ctx)
  const sql = query(ctx)
  const now = ctx.kernel.clock.now()
  const id =
    'code' in body ? await byCode(ctx, body.code, now) : await byName(ctx, body.name, body.phoneTail, now)
  const visit = id === undefined ? undefined : await sql.maybe(findVisit(ctx.siteId, id))
  if (visit === undefined) {
    await countWrong(ctx, 'code' in body ? 'code' : 'name')
    return refuse('kiosk.not-found')
  }
  return present(ctx, visit)
}

async function byCode(ctx: Ctx, given: string, now: Date): Promise<string | undefined> {
  const code = await codeOf(ctx.kernel, ctx.siteId, given, now)
  if (code === undefined) return undefined
  return (await query(ctx).maybe(visitOfCode(ctx.siteId, code)))?.visitId
}

/** Exactly one, today's: of two with one name and one end of the phone the desk finds out who is who. */
async function byName(ctx: Ctx, name: string, tail: string, now: Date): Promise<string | undefined> {
  const sql = query(ctx)
  const { from, to } = dayAt(await zoneOf(sql, ctx.siteId), now)
  const found = await sql.all(store.expectedNamed(ctx.siteId, name, tail, from, to))
  return found.length === 1 ? found[0]?.id : undefined
}

export async function hosts(
  ctx: Ctx,
  { query: { q } }: RouteInput<typeof kiosks.hosts>,
): Promise<RouteAnswer<typeof kiosks.hosts>> {
  await mustOffer(ctx, 'walkIn')
  await mustBeFree(ctx)
  const terms = hostTerms(q)
  if (terms === null) return { items: [], more: false }
  const rows = await query(ctx).all(employeesCalled(ctx.siteId, terms, mostHosts + 1))
  if (rows.length > mostHosts) return { items: [], more: true }
  if (rows.length === 0) await countWrong(ctx, 'host')
  return { items: rows, more: false }
}

async function mustOffer(ctx: Ctx, what: 'walkIn' | 'photo' | 'checkOut'): Promise<void> {
  const offer = await ctx.kernel.settings.get(ctx.siteId, kioskSetting)
  if (!offer[what]) return refuse('kiosk.off', { what })
}

export async function agreementsFor(
  ctx: Ctx,
  input: RouteInput<typeof kiosks.agreements>,
): Promise<RouteAnswer<typeof kiosks.agreements>> {
  const { kind } = input.query
  const category = categoryOf(await houseOf(ctx), kind, undefined)
  const nobody = { visitId: null, visitorId: null, kind, category: category.key }
  const due = await query(ctx).all(dueAgreements(ctx.siteId, nobody, ctx.kernel.clock.now()))
  return { items: due.map(presentDue) }
}

export async function register(ctx: Ctx, { body }: RouteInput<typeof kiosks.register>): Promise<KioskVisit> {
  await mustOffer(ctx, 'walkIn')
  const offer = await ctx.kernel.settings.get(ctx.siteId, kioskSetting)
  // A kind that is not on the screen was typed by no visitor.
  if (!offered(await houseOf(ctx), offer.kinds).some(({ key }) => key === body.kind)) {
    return refuse('kiosk.at-the-desk')
  }
  const card = await registerVisit(forDesk(ctx), {
    body: { ...body, topic: '', companions: [], note: '', issuePass: false },
  })
  return presentId(ctx, card.id)
}

export async function arrive(ctx: Ctx, { body }: RouteInput<typeof kiosks.arrive>): Promise<KioskVisit> {
  const id = await visitOfTicket(ctx, body.ticket)
  try {
    await checkIn(forDesk(ctx), { params: { id }, query: undefined, body: { issuePass: false } })
  } catch (error) {
    // What the desk would ask besides is asked there.
    if (error instanceof DomainError && error.code === 'input.invalid') return refuse('kiosk.at-the-desk')
    throw error
  }
  return presentId(ctx, id)
}

export async function visit(ctx: Ctx, { body }: RouteInput<typeof kiosks.visit>): Promise<KioskVisit> {
  return presentId(ctx, await visitOfTicket(ctx, body.ticket))
}

export async function sign(ctx: Ctx, { body }: RouteInput<typeof kiosks.sign>): Promise<{ left: number }> {
  const { ticket, ...given } = body
  return signAgreement(ctx, await visitOfTicket(ctx, ticket), given, 'kiosk')
}

export async function photo(ctx: Ctx, { body }: RouteInput<typeof kiosks.photo>): Promise<{ kept: true }> {
  await mustOffer(ctx, 'photo')
  const id = await visitOfTicket(ctx, body.ticket)
  const content = Buffer.from(body.picture, 'base64')
  const known = await recognise(content, `${photoName}.jpg`)
  if (known?.mediaType !== 'image/jpeg') throw new DomainError('file.type')
  return command(ctx, async (work) => {
    const found = await work.maybe(findVisit(ctx.siteId, id))
    if (found === undefined) return fail('entity.not-found')
    const name = `${photoName}.jpg`
    await keep(work, { entity: 'visit', subjectId: id, name, mediaType: known.mediaType, content })
    return { kept: true as const }
  })
}

/** Asked twice, the desk is told once. */
export async function help(ctx: Ctx, { body }: RouteInput<typeof kiosks.help>): Promise<{ told: true }> {
  return command(ctx, async (work) => {
    const kiosk = await work.maybe(store.lockKiosk(ctx.siteId, ctx.actor.id))
    if (kiosk === undefined) return fail('entity.not-found')
    work.cancelTasks({ entity: 'kiosk', id: kiosk.id }, ['kiosk.help'], 'asked again')
    work.openTask(helpTask(kiosk, work.now))
    work.journal({
      entity: 'kiosk',
      entityId: kiosk.id,
      action: 'kiosk.help-asked',
      version: kiosk.version,
      data: { language: body.language },
    })
    return { told: true as const }
  })
}

/** Somebody was told they are registered, and the house cannot: a person decides what becomes of it (V1). */
export async function unsent(ctx: Ctx, { body }: RouteInput<typeof kiosks.unsent>): Promise<{ told: true }> {
  return command(ctx, async (work) => {
    const kiosk = await work.maybe(store.lockKiosk(ctx.siteId, ctx.actor.id))
    if (kiosk === undefined) return fail('entity.not-found')
    work.openTask(unsentTask(kiosk, body, work.now))
    work.journal({
      entity: 'kiosk',
      entityId: kiosk.id,
      action: 'kiosk.registration-refused',
      version: kiosk.version,
      data: { ...body },
    })
    return { told: true as const }
  })
}
