/** Documents a visitor reads and signs: written, published in numbered versions, withdrawn (V11, V13, G5). */
import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { RouteAnswer, RouteInput } from '../../../kernel/contract.ts'
import type { Sql } from '../../../kernel/db/sql.ts'
import { DomainError, fail, failWith } from '../../../kernel/errors.ts'
import { newId } from '../../../kernel/ids.ts'
import { type Ctx, command, mustBeVersion, query, type Work } from '../../../kernel/work/command.ts'
import { type Agreement, type AgreementVersion, agreementErrors, type agreements } from './contract.ts'
import * as store from './store.ts'

const refuse = failWith(agreementErrors)

/** What was signed can be shown to be what was published. */
export function hashOfWords(words: string): string {
  return createHash('sha256').update(words.normalize('NFC')).digest('hex')
}

const hashOfBody = (body: store.Words) => hashOfWords(`${body.zh}\n\n${body.en}`)

function presentVersion(row: store.VersionRow): AgreementVersion {
  const { id, number, body, publishedByName, signatures } = row
  return {
    ...{ id, number, body, publishedByName, signatures },
    effectiveAt: row.effectiveAt?.toISOString() ?? null,
    publishedAt: row.publishedAt?.toISOString() ?? null,
  }
}

function present(row: store.AgreementRow, versions: readonly store.VersionRow[], now: Date): Agreement {
  const own = versions.filter(({ agreementId }) => agreementId === row.id)
  const of = (test: (one: store.VersionRow) => boolean) => {
    const found = own.find(test)
    return found === undefined ? null : presentVersion(found)
  }
  return {
    ...row,
    current: of(({ effectiveAt }) => effectiveAt !== null && effectiveAt <= now),
    coming: of(({ effectiveAt }) => effectiveAt !== null && effectiveAt > now),
    draft: of(({ publishedAt }) => publishedAt === null),
  }
}

export async function list(ctx: Ctx): Promise<RouteAnswer<typeof agreements.list>> {
  const sql = query(ctx)
  const now = ctx.kernel.clock.now()
  const [rows, versions] = await Promise.all([
    sql.all(store.agreementsOf(ctx.siteId)),
    sql.all(store.versionsOf(ctx.siteId, null, now, false)),
  ])
  return { items: rows.map((row) => present(row, versions, now)) }
}

export async function versions(
  ctx: Ctx,
  { params }: RouteInput<typeof agreements.versions>,
): Promise<RouteAnswer<typeof agreements.versions>> {
  const rows = await query(ctx).all(store.versionsOf(ctx.siteId, params.id, ctx.kernel.clock.now(), true))
  if (rows.length === 0) return fail('entity.not-found')
  return { items: rows.map(presentVersion) }
}

export async function signatures(
  ctx: Ctx,
  { params, query: page }: RouteInput<typeof agreements.signatures>,
): Promise<RouteAnswer<typeof agreements.signatures>> {
  const cursor = page.cursor === undefined ? null : z.uuid().safeParse(page.cursor)
  if (cursor?.success === false) return fail('input.invalid', {}, [{ path: 'cursor', code: 'invalid' }])
  const rows = await query(ctx).all(
    store.signaturePage(ctx.siteId, params.id, cursor?.data ?? null, page.limit + 1),
  )
  const shown = rows.slice(0, page.limit)
  return {
    items: shown.map(({ signedAt, validUntil, ...row }) => ({
      ...row,
      signedAt: signedAt.toISOString(),
      validUntil: validUntil?.toISOString() ?? null,
    })),
    next: rows.length > page.limit ? (shown.at(-1)?.id ?? null) : null,
  }
}

export async function create(ctx: Ctx, { body }: RouteInput<typeof agreements.create>): Promise<Agreement> {
  return command(ctx, async (work) => {
    const { body: words, ...rest } = body
    const row: store.AgreementRow = { ...rest, id: body.id ?? newId(), status: 'draft', version: 1 }
    work.write(store.insertAgreement(ctx.siteId, row, work.now, byOf(ctx)))
    const draft = writeDraft(work, row.id, words, 1)
    work.journal({
      entity: 'agreement',
      entityId: row.id,
      action: 'agreement.created',
      version: 1,
      after: { title: row.title, purpose: row.purpose },
    })
    return present(row, [draft], work.now)
  })
}

const byOf = (ctx: Ctx) => ctx.actor.employeeId ?? ctx.actor.id

function writeDraft(work: Work, agreementId: string, body: store.Words, number: number): store.VersionRow {
  const { ctx, now } = work
  const id = newId()
  work.write(
    store.writeDraft({
      ...{ id, agreementId, body, at: now },
      siteId: ctx.siteId,
      sha256: hashOfBody(body),
      by: byOf(ctx),
    }),
  )
  return {
    ...{ id, agreementId, number, body },
    effectiveAt: null,
    publishedAt: null,
    publishedByName: '',
    signatures: 0,
  }
}

async function locked(ctx: Ctx, sql: Sql, id: string, version: number, now: Date) {
  const [row, known] = await Promise.all([
    sql.maybe(store.lockAgreement(ctx.siteId, id)),
    sql.all(store.versionsOf(ctx.siteId, id, now, false)),
  ])
  if (row === undefined) return fail('entity.not-found')
  mustBeVersion(row.version, version)
  return { row, known }
}

export async function edit(
  ctx: Ctx,
  { params, body }: RouteInput<typeof agreements.edit>,
): Promise<Agreement> {
  return command(ctx, async (work) => {
    const { row, known } = await locked(ctx, work, params.id, body.version, work.now)
    const { body: words, version: _, ...changes } = body
    const given = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined))
    const after: store.AgreementRow = { ...row, ...given, version: row.version + 1 }
    work.write(store.updateAgreement(after, work.now))
    const number = Math.max(0, ...known.map((one) => one.number))
    const draft = known.find(({ publishedAt }) => publishedAt === null)
    const drafted = words === undefined ? [] : [writeDraft(work, row.id, words, draft?.number ?? number + 1)]
    work.journal({
      entity: 'agreement',
      entityId: row.id,
      action: 'agreement.edited',
      version: after.version,
      before: Object.fromEntries(Object.keys(given).map((key) => [key, Reflect.get(row, key)])),
      after: given,
      data: { words: words !== undefined },
    })
    return present(after, [...drafted, ...known], work.now)
  })
}

/** The words of a version never change again; who signed an earlier one is asked for this one at the next visit. */
export async function publish(
  ctx: Ctx,
  { params, body }: RouteInput<typeof agreements.publish>,
): Promise<Agreement> {
  return command(ctx, async (work) => {
    const { row, known } = await locked(ctx, work, params.id, body.version, work.now)
    const draft = known.find(({ publishedAt }) => publishedAt === null)
    if (draft === undefined) return refuse('agreement.draft-missing')
    const effectiveAt = body.effectiveAt === undefined ? work.now : new Date(body.effectiveAt)
    const latest = known.find(({ publishedAt }) => publishedAt !== null)
    const earliest = latest?.effectiveAt ?? null
    if (effectiveAt < work.now || (earliest !== null && effectiveAt < earliest)) {
      return refuse('agreement.effective-before', {}, [{ path: 'effectiveAt', code: 'in-the-past' }])
    }
    const after: store.AgreementRow = { ...row, status: 'published', version: row.version + 1 }
    work.write(store.publishDraft(draft.id, effectiveAt, work.now, byOf(ctx), ctx.actor.name))
    work.write(store.updateAgreement(after, work.now))
    work.journal({
      entity: 'agreement',
      entityId: row.id,
      action: 'agreement.published',
      version: after.version,
      before: { status: row.status },
      after: { status: 'published', number: draft.number, effectiveAt: effectiveAt.toISOString() },
      data: { sha256: hashOfBody(draft.body) },
    })
    const published = { ...draft, effectiveAt, publishedAt: work.now, publishedByName: ctx.actor.name }
    return present(after, [published, ...known.filter((one) => one !== draft)], work.now)
  })
}

export const withdraw = (ctx: Ctx, input: RouteInput<typeof agreements.withdraw>) =>
  move(ctx, input, 'published', 'withdrawn', 'withdrawn')

export const restore = (ctx: Ctx, input: RouteInput<typeof agreements.restore>) =>
  move(ctx, input, 'withdrawn', 'published', 'restored')

function move(
  ctx: Ctx,
  { params, body }: Pick<RouteInput<typeof agreements.withdraw>, 'params' | 'body'>,
  from: store.AgreementRow['status'],
  to: store.AgreementRow['status'],
  past: string,
): Promise<Agreement> {
  return command(ctx, async (work) => {
    const { row, known } = await locked(ctx, work, params.id, body.version, work.now)
    if (row.status !== from) throw new DomainError('transition.refused', { from: row.status, command: past })
    const after: store.AgreementRow = { ...row, status: to, version: row.version + 1 }
    work.write(store.updateAgreement(after, work.now))
    work.journal({
      entity: 'agreement',
      entityId: row.id,
      action: `agreement.${past}`,
      version: after.version,
      before: { status: from },
      after: { status: to },
    })
    return present(after, known, work.now)
  })
}
