/** The staff register as a list (员工出入登记表): filters, keyset pages, Excel with the columns of the form. */
import type { FastifyReply } from 'fastify'
import { DateTime } from 'luxon'
import writeXlsxFile, { type SheetData } from 'write-excel-file/node'
import { startOfDay, startOfNextDay, zoneOf } from '../../../kernel/calendar/site-day.ts'
import type { RouteAnswer, RouteInput } from '../../../kernel/contract.ts'
import { DomainError } from '../../../kernel/errors.ts'
import { type Ctx, command, query } from '../../../kernel/work/command.ts'
import type { outings } from './contract.ts'
import { outingLens, rulesOf } from './house.ts'
import { presentOuting } from './present.ts'
import type { StaffRegisterRules } from './settings.ts'
import {
  mostCounted,
  type OutingFilter,
  type OutingRow,
  outingCount,
  outingPage,
  type Place,
} from './store.ts'

type ListQuery = RouteInput<typeof outings.list>['query']
type Filter = Pick<ListQuery, 'from' | 'to' | 'status' | 'reason' | 'employeeId' | 'departmentId' | 'q'>

async function filterOf(ctx: Ctx, asked: Filter): Promise<OutingFilter> {
  const zone = await zoneOf(query(ctx), ctx.siteId)
  return {
    siteId: ctx.siteId,
    from: asked.from === undefined ? null : startOfDay(zone, asked.from),
    to: asked.to === undefined ? null : startOfNextDay(zone, asked.to),
    status: asked.status ?? null,
    reason: asked.reason ?? null,
    employeeId: asked.employeeId ?? null,
    departmentId: asked.departmentId ?? null,
    text: asked.q === undefined || asked.q === '' ? null : asked.q,
    now: ctx.kernel.clock.now(),
  }
}

const encode = (row: OutingRow) =>
  Buffer.from(`${row.leave_at.toISOString()}|${row.id}`).toString('base64url')

/** @throws DomainError `input.invalid` for a cursor that is not ours */
function decode(cursor: string): Place {
  const [at, id] = Buffer.from(cursor, 'base64url').toString('utf8').split('|')
  const instant = new Date(at ?? '')
  if (Number.isNaN(instant.getTime()) || id === undefined || !/^[0-9a-f-]{36}$/.test(id))
    throw new DomainError('input.invalid', {}, [{ path: 'cursor', code: 'pattern' }])
  return { at: instant, id }
}

export async function list(
  ctx: Ctx,
  input: RouteInput<typeof outings.list>,
): Promise<RouteAnswer<typeof outings.list>> {
  const { cursor, limit, order } = input.query
  const sql = query(ctx)
  const filter = await filterOf(ctx, input.query)
  const [rows, counted, lens] = await Promise.all([
    sql.all(outingPage(filter, order, cursor === undefined ? null : decode(cursor), limit + 1)),
    cursor === undefined ? sql.one(outingCount(filter)) : undefined,
    outingLens(ctx, sql, filter.now),
  ])
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  return {
    items: shown.map((row) => presentOuting(row, lens)),
    next: rows.length > limit && last !== undefined ? encode(last) : null,
    ...(counted === undefined
      ? {}
      : { total: Math.min(counted.n, mostCounted), totalIsFloor: counted.n > mostCounted }),
  }
}

interface Rendering {
  readonly language: 'zh' | 'en'
  readonly zone: string
  readonly rules: StaffRegisterRules
}
interface Column {
  readonly zh: string
  readonly en: string
  readonly width: number
  readonly value: (row: OutingRow, how: Rendering, index: number) => string | number
}

const at = (instant: Date | null, zone: string, format = 'yyyy-MM-dd HH:mm') =>
  instant === null ? '' : DateTime.fromJSDate(instant, { zone }).toFormat(format)

const columns: readonly Column[] = [
  { zh: '序号', en: 'No.', width: 6, value: (_row, _how, index) => index + 1 },
  { zh: '日期', en: 'Date', width: 12, value: (row, how) => at(row.leave_at, how.zone, 'yyyy-MM-dd') },
  { zh: '工号', en: 'Staff no.', width: 10, value: (row) => row.employee_number },
  { zh: '姓名', en: 'Name', width: 14, value: (row) => row.employee_name },
  { zh: '部门', en: 'Department', width: 18, value: (row) => row.department },
  {
    zh: '外出事由',
    en: 'Reason',
    width: 14,
    value: (row, how) =>
      how.rules.reasons.find(({ key }) => key === row.reason)?.name[how.language] ?? row.reason,
  },
  { zh: '去向', en: 'Destination', width: 24, value: (row) => row.destination },
  { zh: '预计返回', en: 'Expected back', width: 18, value: (row, how) => at(row.return_by, how.zone) },
  { zh: '批准人', en: 'Approved by', width: 14, value: (row) => row.decided_by_name },
  { zh: '出门时间', en: 'Time out', width: 18, value: (row, how) => at(row.out_at, how.zone) },
  { zh: '返回时间', en: 'Time in', width: 18, value: (row, how) => at(row.back_at, how.zone) },
  { zh: '门岗', en: 'Gate', width: 14, value: (row) => row.out_by_name },
  { zh: '备注', en: 'Note', width: 24, value: (row) => row.decline_reason || row.note },
]
const title = { zh: '员工出入登记表', en: 'Staff in and out' } as const

const mostExported = 100_000
const chunk = 2_000

export async function exportOutings(
  ctx: Ctx,
  input: RouteInput<typeof outings.export>,
  http: { readonly reply: FastifyReply },
): Promise<string> {
  const { language } = input.query
  const sql = query(ctx)
  const [filter, zone, rules] = await Promise.all([
    filterOf(ctx, input.query),
    zoneOf(sql, ctx.siteId),
    rulesOf(ctx),
  ])
  const rows: OutingRow[] = []
  let after: Place | null = null
  for (;;) {
    const page: OutingRow[] = await sql.all(outingPage(filter, 'oldest', after, chunk))
    rows.push(...page)
    if (rows.length > mostExported) throw new DomainError('outing.too-many-rows', { most: mostExported })
    const last = page.at(-1)
    if (last === undefined || page.length < chunk) break
    after = { at: last.leave_at, id: last.id }
  }
  const how = { language, zone, rules }
  const data: SheetData = [
    columns.map((column) => ({ value: column[language], fontWeight: 'bold' as const })),
    // Text cells stay text: a name that begins with "=" must not become a formula in somebody's Excel.
    ...rows.map((row, index) =>
      columns.map((column) => {
        const value = column.value(row, how, index)
        return typeof value === 'number' ? { value, type: Number } : { value, type: String }
      }),
    ),
  ]
  const content = await writeXlsxFile(data, {
    sheet: title[language],
    columns: columns.map(({ width }) => ({ width })),
    stickyRowsCount: 1,
  }).toBuffer()
  await command({ ...ctx, idempotency: null }, async (work) => {
    const { from, to, status, reason, departmentId } = input.query
    work.journal({
      entity: 'outing',
      entityId: 'register',
      action: 'outing.exported',
      data: { rows: rows.length, filter: { from, to, status, reason, departmentId } },
    })
  })
  await http.reply
    .type('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet')
    .header(
      'content-disposition',
      `attachment; filename="staff-register.xlsx"; filename*=UTF-8''${encodeURIComponent(title[language])}.xlsx`,
    )
    .send(content)
  return ''
}
