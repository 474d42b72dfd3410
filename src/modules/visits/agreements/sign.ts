/** A visitor signs what they have read (V11, V13): at the kiosk, from their invitation, or on paper at the desk. */
import type { RouteAnswer, RouteInput } from '../../../kernel/contract.ts'
import { fail, failWith } from '../../../kernel/errors.ts'
import { keep } from '../../../kernel/files/keep.ts'
import { newId } from '../../../kernel/ids.ts'
import { type Ctx, command, query } from '../../../kernel/work/command.ts'
import { sitesWith } from '../../identity/public.ts'
import { houseOf, lensOf } from '../house.ts'
import { maySee } from '../policy.ts'
import { ofLink } from '../step.ts'
import { findVisit, lockVisit, type VisitRow } from '../store.ts'
import { plus } from '../tasks.ts'
import { agreementErrors, type agreements, type DueAgreement, type Signing } from './contract.ts'
import { signedPaper } from './paper.ts'
import { hashOfWords } from './service.ts'
import * as store from './store.ts'

const refuse = failWith(agreementErrors)

export function presentDue(row: store.DueRow): DueAgreement {
  const { versionId, purpose, title, body, number, needsSignature } = row
  return { versionId, purpose, title, body, number, needsSignature }
}

export function whomOf(visit: Pick<VisitRow, 'id' | 'visitor_id' | 'kind' | 'category'>) {
  return { visitId: visit.id, visitorId: visit.visitor_id, kind: visit.kind, category: visit.category }
}

/**
 * The caller has made sure that this visit is theirs to sign for (the kiosk's ticket, the guest's link). Signed twice,
 * the answer is the same.
 * @throws DomainError `agreement.not-due`, `agreement.signature-missing`
 */
export async function sign(
  ctx: Ctx,
  visitId: string,
  given: Signing,
  surface: 'kiosk' | 'guest',
): Promise<{ left: number }> {
  const [visit, site] = await Promise.all([
    query(ctx).maybe(findVisit(ctx.siteId, visitId)),
    query(ctx).maybe(sitesWith([ctx.siteId])),
  ])
  if (visit === undefined) return fail('entity.not-found')
  const now = ctx.kernel.clock.now()
  const due = await query(ctx).all(store.dueAgreements(ctx.siteId, whomOf(visit), now))
  const wanted = due.find(({ versionId }) => versionId === given.versionId)
  if (wanted === undefined) return refuse('agreement.not-due')
  const picture = given.picture === null ? undefined : pngOf(given.picture)
  const manner = !wanted.needsSignature ? 'read' : picture === undefined ? 'typed' : 'drawn'
  // Drawn before the transaction: laying out a page takes longer than writing its row.
  const content = await signedPaper({
    ...{ agreement: wanted, visit, manner, language: given.language, signerName: given.signerName },
    ...{ at: now, zone: site?.zone ?? 'Asia/Shanghai', siteName: site?.name ?? '' },
    sha256: hashOfWords(wanted.body[given.language]),
    picture,
  })
  return record(ctx, visitId, {
    ...{ surface, manner, content },
    versionId: given.versionId,
    signerName: given.signerName,
    language: given.language,
  })
}

interface Recorded
  extends Pick<store.SignatureInsert, 'versionId' | 'signerName' | 'language' | 'surface' | 'manner'> {
  readonly content: Buffer | null
}

function record(ctx: Ctx, visitId: string, given: Recorded): Promise<{ left: number }> {
  return command(ctx, async (work) => {
    const visit = await work.maybe(lockVisit(ctx.siteId, visitId))
    if (visit === undefined) return fail('entity.not-found')
    // Behind the lock: two who sign the same at once are one signature.
    const due = await work.all(store.dueAgreements(ctx.siteId, whomOf(visit), work.now))
    const wanted = due.find(({ versionId }) => versionId === given.versionId)
    if (wanted === undefined) return refuse('agreement.not-due')
    const name = wanted.title[given.language]
    const file =
      given.content === null
        ? null
        : await keep(work, {
            ...{ entity: 'visit', subjectId: visit.id, content: given.content },
            name: `${name.replace(/[\\/:*?"<>|]/g, '_').slice(0, 80)} v${wanted.number}.pdf`,
            mediaType: 'application/pdf',
          })
    work.write(
      store.insertSignature({
        ...{ id: newId(), siteId: ctx.siteId, visitId: visit.id, visitorId: visit.visitor_id },
        ...{ agreementId: wanted.agreementId, versionId: wanted.versionId, signerName: given.signerName },
        ...{
          language: given.language,
          surface: given.surface,
          manner: given.manner,
          fileId: file?.id ?? null,
        },
        sha256: hashOfWords(wanted.body[given.language]),
        signedAt: work.now,
        validUntil: wanted.validDays === 0 ? null : plus(work.now, wanted.validDays * 24 * 60),
        by: ctx.actor.employeeId ?? ctx.actor.id,
        byName: ctx.actor.name,
      }),
    )
    work.write(store.setDue(visit.id, due.length - 1))
    work.journal({
      entity: 'visit',
      entityId: visit.id,
      action: 'visit.agreement-signed',
      version: visit.version,
      after: { agreement: wanted.title, number: wanted.number, file: file?.id ?? null },
      data: {
        title: wanted.title,
        number: wanted.number,
        surface: given.surface,
        people: visit.host_id === null ? [] : [visit.host_id],
      },
    })
    return { left: due.length - 1 }
  })
}

const pngHead = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])

/** @throws DomainError `agreement.signature-missing` for a drawing that is no picture */
function pngOf(base64: string): Buffer {
  const bytes = Buffer.from(base64, 'base64')
  if (!bytes.subarray(0, 8).equals(pngHead)) {
    return refuse('agreement.signature-missing', {}, [{ path: 'picture', code: 'invalid' }])
  }
  return bytes
}

/** The desk laid the sheet before the visitor; no picture of it is made up. */
export async function onPaper(
  ctx: Ctx,
  { params, body }: RouteInput<typeof agreements.onPaper>,
): Promise<{ left: number }> {
  return record(ctx, params.id, { ...body, language: 'zh', surface: 'paper', manner: 'paper', content: null })
}

export async function ofVisit(
  ctx: Ctx,
  { params }: RouteInput<typeof agreements.ofVisit>,
): Promise<RouteAnswer<typeof agreements.ofVisit>> {
  const sql = query(ctx)
  const now = ctx.kernel.clock.now()
  const house = await houseOf(ctx)
  const [visit, lens] = await Promise.all([
    sql.maybe(findVisit(ctx.siteId, params.id)),
    lensOf(ctx, sql, house, now),
  ])
  if (visit === undefined || !maySee(lens.viewer, visit) || !ofLink(ctx, visit.id)) {
    return fail('entity.not-found')
  }
  const [due, signed] = await Promise.all([
    sql.all(store.dueAgreements(ctx.siteId, whomOf(visit), now)),
    sql.all(store.signaturesFor(ctx.siteId, { id: visit.id, visitorId: visit.visitor_id }, now)),
  ])
  return {
    due: due.map(presentDue),
    signed: signed.map((row) => ({
      ...{ versionId: row.versionId, title: row.title, number: row.number, signerName: row.signerName },
      ...{ surface: row.surface, manner: row.manner, fileId: row.fileId },
      signedAt: row.signedAt.toISOString(),
    })),
  }
}
