/** What is kept of visitors, a copy for the person it is about, and erasing on request (G5). */

import type { FastifyReply } from 'fastify'
import { DateTime } from 'luxon'
import writeXlsxFile from 'write-excel-file/node'
import { zoneOf } from '../../../kernel/calendar/site-day.ts'
import type { RouteAnswer, RouteInput } from '../../../kernel/contract.ts'
import { raw } from '../../../kernel/db/sql.ts'
import { DomainError, fail } from '../../../kernel/errors.ts'
import { disposition } from '../../../kernel/files/rules.ts'
import { tidy } from '../../../kernel/find/spelling.ts'
import { newId } from '../../../kernel/ids.ts'
import { maskNumber } from '../../../kernel/telephone/mask.ts'
import { type Ctx, command, query, type Work } from '../../../kernel/work/command.ts'
import { houseOf } from '../house.ts'
import { visitNumber } from '../present.ts'
import { selectVisit, type VisitRow } from '../store.ts'
import type { privacy } from './contract.ts'
import { erase as eraseVisits } from './erase.ts'
import { hindrances, keptSince, termOf } from './rules.ts'
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
  return { terms, documentDays: retention.documentDays, photoDays: retention.photoDays, runs: [...runs] }
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
  return command({ ...ctx, idempotency: null }, async (work) => {
    const found = await stored(ctx, work, input.params.id)
    const { visits, counts } = found
    return {
      visits: visits.length,
      documents: counts.documents,
      files: counts.files,
      signatures: counts.signatures,
      invitations: counts.invitations,
      firstAt: visits[0]?.sort_at.toISOString() ?? null,
      lastAt: visits.at(-1)?.sort_at.toISOString() ?? null,
      hindrances: hindrances({ ...counts, statuses: visits.map(({ status }) => status) }),
    }
  })
}

async function stored(ctx: Ctx, work: Work, id: string) {
  const [row, visits, counts] = await Promise.all([
    work.maybe(store.person(ctx.siteId, id)),
    work.all(store.visitsOfPerson(ctx.siteId, id)),
    work.one(store.personCounts(ctx.siteId, id)),
  ])
  return row === undefined ? fail('entity.not-found') : { row, visits, counts }
}

const heads = {
  zh: [
    '编号',
    '种类',
    '类别',
    '状态',
    '姓名',
    '单位',
    '电话',
    '随行人员',
    '事由',
    '车牌',
    '被访人',
    '部门',
    '预约',
    '到达',
    '离开',
    '出入证',
    '证件',
    '备注',
  ],
  en: [
    'Number',
    'Kind',
    'Category',
    'State',
    'Name',
    'Organisation',
    'Phone',
    'Companions',
    'Purpose',
    'Plate',
    'Host',
    'Department',
    'Expected',
    'In',
    'Out',
    'Pass',
    'Document',
    'Note',
  ],
} as const

/** A person may know what is stored about them; who gave the copy out and why is on record. */
export async function exportPerson(
  ctx: Ctx,
  input: RouteInput<typeof privacy.export>,
  http: { readonly reply: FastifyReply },
): Promise<string> {
  const { language, reason } = input.body
  const { id } = input.params
  const [zone, house] = await Promise.all([zoneOf(query(ctx), ctx.siteId), houseOf(ctx)])
  const rows = await command({ ...ctx, idempotency: null }, async (work) => {
    const { visits } = await stored(ctx, work, id)
    const found = await work.all<VisitRow>(
      raw(
        `${selectVisit} where v.site_id = $1 and v.visitor_id = $2 and v.erased_at is null order by v.sort_at`,
        [ctx.siteId, id],
      ),
    )
    record(ctx, work, 'export', id, reason, visits.length)
    return found
  })
  const at = (moment: Date | null) =>
    moment === null ? '' : DateTime.fromJSDate(moment, { zone }).toFormat('yyyy-MM-dd HH:mm')
  const sheet = rows.map((row) => [
    visitNumber(row.number),
    house.kinds.get(row.kind)?.name[language] ?? row.kind,
    house.categories.get(row.category)?.name[language] ?? row.category,
    row.status,
    row.visitor_name,
    row.organisation,
    row.phone,
    Array.isArray(row.companions) ? row.companions.join('、') : '',
    row.purpose,
    row.plate,
    row.host_name,
    row.host_department,
    at(row.expected_at),
    at(row.arrived_at),
    at(row.left_at),
    row.pass_number ?? '',
    row.document_tail === null ? '' : `${row.document_kind ?? ''} ****${row.document_tail}`,
    row.note,
  ])
  const content = await writeXlsxFile(
    [
      heads[language].map((value) => ({ value, fontWeight: 'bold' as const })),
      ...sheet.map((line) => line.map((value) => ({ value, type: String }))),
    ],
    { sheet: 'Foyer', columns: heads[language].map(() => ({ width: 16 })), stickyRowsCount: 1 },
  ).toBuffer()
  await http.reply
    .type('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet')
    .header(
      'content-disposition',
      disposition('attachment', language === 'zh' ? '个人数据.xlsx' : 'personal-data.xlsx'),
    )
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
    await work.maybe(store.lockPerson(ctx.siteId, params.id))
    const { row, visits, counts } = await stored(ctx, work, params.id)
    if (tidy(body.name) !== row.name)
      throw new DomainError('input.invalid', {}, [{ path: 'name', code: 'differs' }])
    const why = hindrances({ ...counts, statuses: visits.map(({ status }) => status) })
    if (why.length > 0) throw new DomainError('privacy.still-needed', { why })
    const erased = await eraseVisits(work, visits, 'all', 'request')
    if (visits.length === 0) work.write(store.eraseVisitors(ctx.siteId, [row.id]))
    record(ctx, work, 'erase', row.id, body.reason, visits.length)
    return erased
  })
}

function record(
  ctx: Ctx,
  work: Work,
  kind: 'export' | 'erase',
  visitorId: string,
  reason: string,
  visits: number,
): void {
  work.write(
    store.addRequest(ctx.siteId, {
      id: newId(),
      kind,
      visitor_id: visitorId,
      reason,
      visits,
      at: work.now,
      by_id: ctx.actor.employeeId ?? ctx.actor.id,
      by_name: ctx.actor.name,
    }),
  )
  work.journal({
    entity: 'privacy',
    entityId: visitorId,
    action: kind === 'export' ? 'privacy.exported' : 'privacy.erased',
    after: { visits },
    data: { reason },
  })
}
