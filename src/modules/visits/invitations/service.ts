/** Invitations as desk and host handle them (V3): sent, sent again, readdressed, copied. */
import type { RouteAnswer, RouteInput } from '../../../kernel/contract.ts'
import { fail, failWith } from '../../../kernel/errors.ts'
import { newId } from '../../../kernel/ids.ts'
import { type Ctx, command, query, type Work } from '../../../kernel/work/command.ts'
import { houseOf, lensOf } from '../house.ts'
import { mayCommand, maySee } from '../policy.ts'
import { ofLink } from '../step.ts'
import { findVisit, lockVisit, type VisitRow } from '../store.ts'
import { newCode } from './code.ts'
import { type Invitation, invitationErrors, type invitations } from './contract.ts'
import { guestUrl } from './send.ts'
import * as store from './store.ts'

const refuse = failWith(invitationErrors)

/** Called by whatever announces a visitor with an address, after the visit itself is written. */
export function invite(
  work: Work,
  visitId: string,
  to: { readonly email?: string | undefined; readonly language?: 'zh' | 'en' | undefined },
): void {
  if (to.email === undefined) return
  work.write(store.insertInvitation(newInvitation(work, visitId, to.email, to.language ?? 'zh')))
}

function newInvitation(work: Work, visitId: string, email: string, language: 'zh' | 'en') {
  const { ctx } = work
  return {
    ...{ visitId, email, language, siteId: ctx.siteId, key: newId(), code: newCode(), at: work.now },
    by: ctx.actor.employeeId ?? ctx.actor.id,
  }
}

/** `w***@example.com` */
function maskEmail(email: string): string {
  if (email === '') return ''
  const at = email.lastIndexOf('@')
  return `${email.slice(0, 1)}***${email.slice(at)}`
}

function present(row: store.InvitationRow, letters: readonly store.LetterRow[]): Invitation {
  return {
    emailMasked: maskEmail(row.email),
    language: row.language,
    code: row.code,
    openedAt: row.openedAt?.toISOString() ?? null,
    completedAt: row.completedAt?.toISOString() ?? null,
    letters: letters.map(({ id, kind, status, attempts, lastError, at, sentAt }) => ({
      ...{ id, kind, status, attempts, lastError },
      at: at.toISOString(),
      sentAt: sentAt?.toISOString() ?? null,
    })),
  }
}

export async function ofVisit(
  ctx: Ctx,
  { params }: RouteInput<typeof invitations.ofVisit>,
): Promise<RouteAnswer<typeof invitations.ofVisit>> {
  const sql = query(ctx)
  const now = ctx.kernel.clock.now()
  const house = await houseOf(ctx)
  const [visit, lens, row, letters] = await Promise.all([
    sql.maybe(findVisit(ctx.siteId, params.id)),
    lensOf(ctx, sql, house, now),
    sql.maybe(store.findInvitation(ctx.siteId, params.id)),
    sql.all(store.lettersOf(ctx.siteId, params.id)),
  ])
  if (visit === undefined || !maySee(lens.viewer, visit) || !ofLink(ctx, visit.id)) {
    return fail('entity.not-found')
  }
  const send =
    visit.status === 'expected' && ctx.actor.link === null && mayCommand(lens.viewer, visit, 'cancel')
  return { invitation: row === undefined ? null : present(row, letters), can: { send } }
}

/** Whoever may call the visit off may also invite to it: desk, host, who announced it. */
async function invitable(ctx: Ctx, work: Work, id: string): Promise<VisitRow> {
  const house = await houseOf(ctx)
  const [visit, lens] = await Promise.all([
    work.maybe(lockVisit(ctx.siteId, id)),
    lensOf(ctx, work, house, work.now),
  ])
  if (visit === undefined || !mayCommand(lens.viewer, visit, 'cancel')) return fail('entity.not-found')
  if (visit.status !== 'expected') return refuse('invitation.too-late')
  return visit
}

export async function send(
  ctx: Ctx,
  { params, body }: RouteInput<typeof invitations.send>,
): Promise<Invitation> {
  return command(ctx, async (work) => {
    const visit = await invitable(ctx, work, params.id)
    const before = await work.maybe(store.lockInvitation(ctx.siteId, visit.id))
    const letters = await work.all(store.lettersOf(ctx.siteId, visit.id))
    // Nothing there: invited on paper so far.
    const email = body.email ?? (before?.email || undefined)
    if (email === undefined) return refuse('invitation.no-address', {}, [{ path: 'email', code: 'required' }])
    const language = body.language ?? before?.language ?? 'zh'
    const after = { ...(before ?? newInvitation(work, visit.id, email, language)), email, language }
    if (before === undefined) work.write(store.insertInvitation(newOf(after, work, ctx)))
    else {
      // Whoever had the old address keeps nothing that opens anything.
      const key = before.email === email ? before.key : newId()
      work.write(store.readdress(visit.id, email, language, key))
    }
    work.journal({
      entity: 'visit',
      entityId: visit.id,
      action: 'visit.invitation-sent',
      version: visit.version,
      after: { email: maskEmail(email), language },
      data: { people: visit.host_id === null ? [] : [visit.host_id] },
    })
    const row: store.InvitationRow = before ?? {
      ...{ sequence: 0, told: null, openedAt: null, completedAt: null },
      ...newOf(after, work, ctx),
    }
    return present({ ...row, email, language }, letters)
  })
}

function newOf(
  row: Pick<store.InvitationInsert, 'visitId' | 'key' | 'code' | 'email' | 'language'>,
  work: Work,
  ctx: Ctx,
): store.InvitationInsert {
  const { visitId, key, code, email, language } = row
  return {
    ...{ visitId, key, code, email, language, siteId: ctx.siteId, at: work.now },
    by: ctx.actor.employeeId ?? ctx.actor.id,
  }
}

/** Before the sheet is made: a guest without e-mail gets their code now, and the giving out is on record (G5). */
export async function printed(
  ctx: Ctx,
  id: string,
  { language, size }: RouteInput<typeof invitations.paper>['body'],
): Promise<void> {
  await command({ ...ctx, idempotency: null }, async (work) => {
    const visit = await invitable(ctx, work, id)
    const row = await work.maybe(store.findInvitation(ctx.siteId, visit.id))
    if (row === undefined) work.write(store.insertInvitation(newInvitation(work, visit.id, '', language)))
    work.journal({
      entity: 'visit',
      entityId: visit.id,
      action: 'visit.invitation-printed',
      version: visit.version,
      data: { language, size },
    })
  })
}

export async function link(
  ctx: Ctx,
  { params }: RouteInput<typeof invitations.link>,
): Promise<{ url: string }> {
  return command(ctx, async (work) => {
    const visit = await invitable(ctx, work, params.id)
    const row = await work.maybe(store.findInvitation(ctx.siteId, visit.id))
    if (row === undefined) return fail('entity.not-found')
    work.journal({
      entity: 'visit',
      entityId: visit.id,
      action: 'visit.invitation-copied',
      version: visit.version,
    })
    const until = visit.valid_until ?? visit.expected_at ?? work.now
    return { url: await guestUrl(ctx.kernel, { ...row, visitorName: visit.visitor_name }, until) }
  })
}
