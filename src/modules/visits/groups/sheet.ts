/** The list of a group with its times in and out, as Excel (V22). */
import type { FastifyReply } from 'fastify'
import { DateTime } from 'luxon'
import writeXlsxFile, { type SheetData } from 'write-excel-file/node'
import { may } from '../../../kernel/authorize.ts'
import { zoneOf } from '../../../kernel/calendar/site-day.ts'
import type { RouteInput } from '../../../kernel/contract.ts'
import { fail } from '../../../kernel/errors.ts'
import { maskNumber } from '../../../kernel/telephone/mask.ts'
import { type Ctx, command, query } from '../../../kernel/work/command.ts'
import { visitNumber } from '../present.ts'
import { writtenPlate } from '../vehicles/rules.ts'
import type { groups } from './contract.ts'
import * as store from './store.ts'

const headings = {
  zh: ['序号', '登记编号', '姓名', '单位', '电话', '车牌号', '出入证号', '进入时间', '离开时间'],
  en: ['No.', 'Number', 'Name', 'Organisation', 'Phone', 'Plate', 'Pass', 'Time in', 'Time out'],
} as const

export async function exportGroup(
  ctx: Ctx,
  { params, query: asked }: RouteInput<typeof groups.export>,
  http: { readonly reply: FastifyReply },
): Promise<string> {
  const sql = query(ctx)
  const [group, rows, zone] = await Promise.all([
    sql.maybe(store.findGroup(ctx.siteId, params.id)),
    sql.all(store.membersOf(ctx.siteId, params.id)),
    zoneOf(sql, ctx.siteId),
  ])
  if (group === undefined) return fail('entity.not-found')
  const full = may(ctx, 'visit.register')
  // People counted without names stand on no list.
  const named = rows.filter((row) => row.source !== 'crowd')
  const at = (moment: Date | null) =>
    moment === null ? '' : DateTime.fromJSDate(moment, { zone }).toFormat('yyyy-MM-dd HH:mm')
  const data: SheetData = [
    headings[asked.language].map((value) => ({ value, fontWeight: 'bold' as const })),
    ...named.map((row, i) =>
      [
        String(i + 1),
        visitNumber(row.number),
        row.visitor_name,
        row.organisation,
        row.phone === '' ? '' : full ? row.phone : maskNumber(row.phone),
        writtenPlate(row.plate, asked.language),
        row.pass_number ?? '',
        at(row.arrived_at),
        at(row.left_at),
      ].map((value) => ({ value, type: String })),
    ),
  ]
  const content = await writeXlsxFile(data, {
    sheet: group.title.replace(/[\\/?*[\]:]/g, ' ').slice(0, 31) || 'group',
    columns: [6, 12, 16, 26, 18, 12, 10, 18, 18].map((width) => ({ width })),
    stickyRowsCount: 1,
  }).toBuffer()
  await command({ ...ctx, idempotency: null }, async (work) => {
    work.journal({
      entity: 'visit-group',
      entityId: group.id,
      action: 'visit-group.exported',
      data: { rows: rows.length, full },
    })
  })
  await http.reply
    .type('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet')
    .header(
      'content-disposition',
      `attachment; filename="group.xlsx"; filename*=UTF-8''${encodeURIComponent(group.title)}.xlsx`,
    )
    .send(content)
  return ''
}
