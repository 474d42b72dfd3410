/** What a guest sees and does with the link of their invitation: their own visit, nothing of the house (V3, G5). */
import type { FastifyReply } from 'fastify'
import { systemActor } from '../../../kernel/actor.ts'
import type { RouteAnswer, RouteInput } from '../../../kernel/contract.ts'
import type { Sql } from '../../../kernel/db/sql.ts'
import { json } from '../../../kernel/db/sql.ts'
import { fail, failWith } from '../../../kernel/errors.ts'
import { disposition } from '../../../kernel/files/rules.ts'
import { maskNumber } from '../../../kernel/telephone/mask.ts'
import { type Ctx, command, query } from '../../../kernel/work/command.ts'
import { presentDue, sign as signAgreement, whomOf } from '../agreements/sign.ts'
import { dueAgreements, signaturesFor } from '../agreements/store.ts'
import { waysOf } from '../areas/ways.ts'
import { plateOf } from '../arrival/particulars.ts'
import { houseOf } from '../house.ts'
import { qrSvg } from '../passes/code.ts'
import { normalisePhone, type SealedDocument, sealDocument } from '../people.ts'
import type { Viewer } from '../policy.ts'
import { texts } from '../present.ts'
import { apply, merge } from '../step.ts'
import { findVisit, lockVisit, sealVisitorDocument, type VisitPatch, type VisitRow } from '../store.ts'
import { standsStill } from '../watch-list/screen.ts'
import { calendarOf } from './calendar.ts'
import { signedCode } from './code.ts'
import { invitationErrors, type invitations, type OwnInvitation } from './contract.ts'
import { guestUrl, sayIn, spaced } from './send.ts'
import { invitationSetting } from './settings.ts'
import * as store from './store.ts'

const refuse = failWith(invitationErrors)

/** The guest's own changes go in under their name, with nobody's rights but this visit's. */
const guestViewer: Viewer = {
  atDesk: false,
  reads: false,
  releases: false,
  employeeId: null,
  id: systemActor.id,
  posts: [],
}

/** The key in the link, not an id: a link sent to the wrong address stops working when the right one is written down. */
async function invitationOf(ctx: Ctx, sql: Sql): Promise<store.InvitationRow> {
  const { link } = ctx.actor
  if (link?.entity !== 'invitation') return fail('entity.not-found')
  const row = await sql.maybe(store.invitationByKey(ctx.siteId, link.id))
  return row ?? fail('entity.not-found')
}

const states: Partial<Record<VisitRow['status'], OwnInvitation['state']>> = {
  expected: 'open',
  held: 'here',
  asking: 'here',
  admitted: 'here',
  with_host: 'here',
  signed_off: 'here',
  cancelled: 'cancelled',
}

async function present(ctx: Ctx, row: store.InvitationRow, visit: VisitRow): Promise<OwnInvitation> {
  const sql = query(ctx)
  const now = ctx.kernel.clock.now()
  const state = states[visit.status] ?? 'over'
  const [facts, setting, due, signed, code, ways] = await Promise.all([
    sql.maybe(store.invitedVisit(visit.id)),
    ctx.kernel.settings.get(ctx.siteId, invitationSetting),
    state === 'open' || state === 'here'
      ? sql.all(dueAgreements(ctx.siteId, whomOf(visit), now))
      : Promise.resolve([]),
    sql.all(signaturesFor(ctx.siteId, { id: visit.id, visitorId: visit.visitor_id }, now)),
    signedCode(ctx.kernel, ctx.siteId, row.code, visit.valid_until ?? now),
    state === 'open' || state === 'here' ? waysOf(sql, visit, now) : [],
  ])
  const { address, mapUrl, directions, parking, houseRules, contact } = setting
  return {
    siteName: facts?.siteName ?? '',
    zone: facts?.zone ?? 'Asia/Shanghai',
    language: row.language,
    state,
    visitorName: visit.visitor_name,
    organisation: visit.organisation,
    hostName: facts?.hostName ?? '',
    expectedAt: visit.expected_at?.toISOString() ?? null,
    validUntil: visit.valid_until?.toISOString() ?? null,
    phoneMasked: visit.phone === '' ? '' : maskNumber(visit.phone),
    plate: visit.plate,
    partySize: visit.party_size,
    companions: texts(visit.companions),
    documentGiven: visit.document_sealed !== null,
    completed: row.completedAt !== null,
    code: state === 'open' ? spaced(row.code) : '',
    qrSvg: state === 'open' ? qrSvg(code) : '',
    place: { address, mapUrl, directions, parking, houseRules, contact },
    ways,
    due: due.map(presentDue),
    signed: signed.map(({ title, signedAt }) => ({ title, signedAt: signedAt.toISOString() })),
  }
}

export async function own(ctx: Ctx, _input: unknown, http: { reply: FastifyReply }): Promise<OwnInvitation> {
  const sql = query(ctx)
  void http.reply.header('cache-control', 'no-store')
  const row = await invitationOf(ctx, sql)
  const visit = await sql.maybe(findVisit(ctx.siteId, row.visitId))
  if (visit === undefined) return fail('entity.not-found')
  if (row.openedAt === null) await sql.run(store.markOpened(row.visitId, ctx.kernel.clock.now()))
  return present(ctx, row, visit)
}

type Completion = RouteInput<typeof invitations.complete>['body']

/** Empty means "as it is": the form shows a masked number and must not wipe it out. */
function columnsOf(body: Completion, phone: string, plate: string | undefined): VisitPatch {
  return {
    ...(phone === '' ? {} : { phone }),
    ...(body.organisation ? { organisation: body.organisation } : {}),
    ...(plate === undefined ? {} : { plate }),
    ...(body.companions === undefined
      ? {}
      : { companions: json(body.companions), party_size: body.companions.length + 1 }),
  }
}

export async function complete(
  ctx: Ctx,
  { body }: RouteInput<typeof invitations.complete>,
): Promise<RouteAnswer<typeof invitations.complete>> {
  const phone = normalisePhone(body.phone ?? '', 'phone')
  const plate = body.plate === undefined ? undefined : plateOf(ctx, body.plate, body.plateForeign)
  const document: SealedDocument | null =
    body.document === undefined || body.document.number === ''
      ? null
      : await sealDocument(ctx.kernel.secrets, body.document, 'document.number', ctx.kernel.clock.now())
  const house = await houseOf(ctx)
  const done = await command(ctx, async (work) => {
    const row = await invitationOf(ctx, work)
    const visit = await work.maybe(lockVisit(ctx.siteId, row.visitId))
    if (visit === undefined) return fail('entity.not-found')
    if (visit.status !== 'expected') return refuse('invitation.too-late')
    const patch = columnsOf(body, phone, plate)
    await apply(work, house, guestViewer, visit, 'edit', async () => ({
      action: 'visit.completed-by-guest',
      patch,
      data: { document: document !== null },
    }))
    // V12: nobody has come who could be stopped, but the post is told ahead.
    const shown = document === null ? {} : { document_kind: document.kind, document_index: document.index }
    await standsStill(work, merge(visit, { ...patch, ...shown, version: visit.version + 1 }), 'edited')
    if (document !== null) {
      // Noted, not checked: the desk compares it with the document in hand (V12).
      work.write(store.setGuestDocument(visit.id, document))
      work.write(sealVisitorDocument(visit.visitor_id, document))
    }
    work.write(store.markCompleted(visit.id, work.now))
    return { visitId: visit.id }
  })
  return reread(ctx, done.visitId)
}

async function reread(ctx: Ctx, visitId: string): Promise<OwnInvitation> {
  const sql = query(ctx)
  const [row, visit] = await Promise.all([
    sql.one(store.findInvitation(ctx.siteId, visitId)),
    sql.one(findVisit(ctx.siteId, visitId)),
  ])
  return present(ctx, row, visit)
}

export async function sign(
  ctx: Ctx,
  { body }: RouteInput<typeof invitations.sign>,
): Promise<{ left: number }> {
  const row = await invitationOf(ctx, query(ctx))
  const visit = await query(ctx).maybe(findVisit(ctx.siteId, row.visitId))
  if (visit === undefined) return fail('entity.not-found')
  if (!['open', 'here'].includes(states[visit.status] ?? 'over')) return refuse('invitation.too-late')
  return signAgreement(ctx, row.visitId, body, 'guest')
}

export async function cancel(
  ctx: Ctx,
  { body }: RouteInput<typeof invitations.cancel>,
): Promise<OwnInvitation> {
  const house = await houseOf(ctx)
  const done = await command(ctx, async (work) => {
    const row = await invitationOf(ctx, work)
    const visit = await work.maybe(lockVisit(ctx.siteId, row.visitId))
    if (visit === undefined) return fail('entity.not-found')
    if (visit.status !== 'expected') return refuse('invitation.too-late')
    await apply(work, house, guestViewer, visit, 'cancel', async () => ({
      to: 'cancelled',
      action: 'visit.cancelled',
      data: { reason: body.reason, byGuest: true },
    }))
    return { visitId: visit.id }
  })
  return reread(ctx, done.visitId)
}

export async function calendar(ctx: Ctx, _input: unknown, http: { reply: FastifyReply }): Promise<string> {
  const sql = query(ctx)
  const row = await invitationOf(ctx, sql)
  const visit = await sql.maybe(store.invitedVisit(row.visitId))
  if (visit === undefined || visit.expectedAt === null || visit.validUntil === null) {
    return fail('entity.not-found')
  }
  const { expectedAt, validUntil } = visit
  const [setting, say, url] = await Promise.all([
    ctx.kernel.settings.get(ctx.siteId, invitationSetting),
    sayIn(row.language),
    guestUrl(ctx.kernel, visit, validUntil),
  ])
  const text = calendarOf(ctx.kernel, { ...visit, expectedAt, validUntil }, setting, {
    ...{ say, url, sequence: row.sequence },
    cancelled: visit.status === 'cancelled',
  })
  await http.reply
    .header('content-type', 'text/calendar; charset=utf-8')
    .header('content-disposition', disposition('attachment', 'visit.ics'))
    .header('cache-control', 'no-store')
    .send(text)
  return ''
}
