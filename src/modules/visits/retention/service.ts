/** What is kept of visitors, a copy for the person it is about, and erasing on request (G5). */

import type { FastifyReply } from 'fastify'
import type { RouteAnswer, RouteInput } from '../../../kernel/contract.ts'
import { DomainError, fail } from '../../../kernel/errors.ts'
import { disposition } from '../../../kernel/files/rules.ts'
import { tidy } from '../../../kernel/find/spelling.ts'
import { newId } from '../../../kernel/ids.ts'
import { maskNumber } from '../../../kernel/telephone/mask.ts'
import { type Ctx, command, query, type Work } from '../../../kernel/work/command.ts'
import { sitesWith } from '../../identity/public.ts'
import { houseOf } from '../house.ts'
import { collect } from './collect.ts'
import type { privacy } from './contract.ts'
import { fileName, formats } from './copy.ts'
import { erase as eraseVisits } from './erase.ts'
import { hindrances, keptSince, termOf, wordsOf } from './rules.ts'
import { retentionSetting } from './settings.ts'
import * as store from './store.ts'

export async function overview(ctx: Ctx): Promise<RouteAnswer<typeof privacy.overview>> {
  const sql = query(ctx)
  const now = ctx.kernel.clock.now()
  const [retention, house, kept, runs] = await Promise.all([
    ctx.kernel.settings.get(ctx.siteId, retentionSetting),
    houseOf(ctx),
    sql.all(store.keptByCategory(ctx.siteId)),
    sql.all(store.lastRuns(ctx.siteId)),
  ])
  const keys = [...new Set([...house.categories.keys(), ...kept.map(({ category }) => category)])]
  const terms = await Promise.all(
    keys.map(async (category) => {
      const term = termOf(retention, category)
      const found = kept.find((one) => one.category === category)
      const due = await sql.one(store.dueCount(ctx.siteId, category, keptSince(now, term.days)))
      return {
        category,
        name: house.categories.get(category)?.name ?? { zh: category, en: category },
        days: term.days,
        erase: term.erase,
        kept: found?.kept ?? 0,
        due: due.n,
        oldest: found?.oldest?.toISOString() ?? null,
      }
    }),
  )
  return {
    terms,
    documentDays: retention.documentDays,
    lookDays: retention.lookDays,
    photoDays: retention.photoDays,
    importDays: retention.importDays,
    runs: [...runs],
  }
}

const requestNumber = (number: number): string => `DP${String(number).padStart(5, '0')}`

export async function requests(
  ctx: Ctx,
  input: RouteInput<typeof privacy.requests>,
): Promise<RouteAnswer<typeof privacy.requests>> {
  const { cursor, limit } = input.query
  const from = cursor === undefined ? null : Number(cursor)
  if (from !== null && !Number.isSafeInteger(from))
    throw new DomainError('input.invalid', {}, [{ path: 'cursor', code: 'pattern' }])
  const rows = await query(ctx).all(store.requestPage(ctx.siteId, from, limit + 1))
  const shown = rows.slice(0, limit)
  return {
    items: shown.map((row) => ({
      id: row.id,
      number: requestNumber(row.number),
      kind: row.kind,
      reason: row.reason,
      visits: row.visits,
      at: row.at.toISOString(),
      byName: row.by_name,
    })),
    next: rows.length > limit ? String(shown.at(-1)?.number) : null,
  }
}

export async function people(
  ctx: Ctx,
  input: RouteInput<typeof privacy.people>,
): Promise<RouteAnswer<typeof privacy.people>> {
  const text = tidy(input.query.q)
  const digits = text.replace(/\D/g, '')
  const rows = await query(ctx).all(store.findPeople(ctx.siteId, text, digits.length >= 4 ? digits : ''))
  await command({ ...ctx, idempotency: null }, async (work) => {
    work.journal({
      entity: 'privacy',
      entityId: 'people',
      action: 'privacy.searched',
      data: { found: rows.length },
    })
  })
  return {
    items: rows.map((row) => ({
      id: row.id,
      name: row.name,
      organisation: row.organisation,
      phoneMasked: row.phone === '' ? '' : maskNumber(row.phone),
      visits: row.visits,
      lastVisitAt: row.last_visit_at.toISOString(),
    })),
  }
}

export async function person(
  ctx: Ctx,
  input: RouteInput<typeof privacy.person>,
): Promise<RouteAnswer<typeof privacy.person>> {
  const house = await houseOf(ctx)
  return command({ ...ctx, idempotency: null }, async (work) => {
    const { people, visits, counts } = await stored(ctx, work, input.params.id)
    const parts = await collect(ctx, work, house, people)
    return {
      visits: visits.length,
      documents: counts.documents,
      files: counts.files,
      signatures: counts.signatures,
      invitations: counts.invitations,
      firstAt: visits[0]?.sort_at.toISOString() ?? null,
      lastAt: visits.at(-1)?.sort_at.toISOString() ?? null,
      parts: parts.map(({ title, rows }) => ({ title, rows: rows.length })),
      hindrances: hindrances({ ...counts, statuses: visits.map(({ status }) => status) }),
    }
  })
}

async function stored(ctx: Ctx, work: Work, id: string) {
  const people = await work.all(store.rowsOfPerson(ctx.siteId, id))
  const row = people.find((one) => one.id === id) ?? fail('entity.not-found')
  const ids = people.map((one) => one.id)
  const [visits, counts] = await Promise.all([
    work.all(store.visitsOfPeople(ctx.siteId, ids)),
    work.one(store.personCounts(ctx.siteId, ids)),
  ])
  return { row, people, visits, counts }
}

/** A person may know what is stored about them; who gave the copy out and why is on record. */
export async function exportPerson(
  ctx: Ctx,
  input: RouteInput<typeof privacy.export>,
  http: { readonly reply: FastifyReply },
): Promise<string> {
  const { format, language, reason } = input.body
  const { id } = input.params
  const house = await houseOf(ctx)
  const { parts, site } = await command({ ...ctx, idempotency: null }, async (work) => {
    const { people, visits } = await stored(ctx, work, id)
    const found = await collect(ctx, work, house, people)
    record(ctx, work, { kind: 'export', visitorId: id, reason, visits: visits.length })
    return { parts: found, site: await work.one(sitesWith([ctx.siteId])) }
  })
  const { type, write } = formats[format]
  const content = await write(parts, {
    language,
    zone: site.zone,
    siteName: site.name,
    at: ctx.kernel.clock.now(),
  })
  await http.reply
    .type(type)
    .header('content-disposition', disposition('attachment', fileName(format, language)))
    .send(content)
  return ''
}

/** @throws DomainError `privacy.still-needed` naming why, `input.invalid` when the name typed is another one */
export async function erase(
  ctx: Ctx,
  input: RouteInput<typeof privacy.erase>,
): Promise<RouteAnswer<typeof privacy.erase>> {
  const { body, params } = input
  return command(ctx, async (work) => {
    const { row, people, visits, counts } = await stored(ctx, work, params.id)
    if (tidy(body.name) !== row.name)
      throw new DomainError('input.invalid', {}, [{ path: 'name', code: 'differs' }])
    const why = hindrances({ ...counts, statuses: visits.map(({ status }) => status) })
    if (why.length > 0) throw new DomainError('privacy.still-needed', { why })
    // Before the ids change: the request is the person's, too.
    const words = wordsOf(people.flatMap((one) => [one.name, one.phone]))
    const reason = words.reduce((text, word) => text.replaceAll(word, '***'), body.reason)
    record(ctx, work, { kind: 'erase', visitorId: row.id, reason, visits: visits.length })
    return await eraseVisits(work, visits, {
      what: 'all',
      why: 'request',
      visitorIds: people.map(({ id }) => id),
    })
  })
}

interface Request {
  readonly kind: 'export' | 'erase'
  readonly visitorId: string
  readonly reason: string
  readonly visits: number
}

/** In the journal under its own id: the person's is made from their name. */
function record(ctx: Ctx, work: Work, { kind, visitorId, reason, visits }: Request): void {
  const id = newId()
  work.write(
    store.addRequest(ctx.siteId, {
      ...{ id, kind, visitor_id: visitorId, reason, visits },
      at: work.now,
      by_id: ctx.actor.employeeId ?? ctx.actor.id,
      by_name: ctx.actor.name,
    }),
  )
  work.journal({
    entity: 'privacy',
    entityId: id,
    action: kind === 'export' ? 'privacy.exported' : 'privacy.erased',
    after: { visits },
    data: { reason },
  })
}
