/** What is left of an evacuation: past musters, the report, Excel (V18). */
import type { FastifyReply } from 'fastify'
import { DateTime } from 'luxon'
import writeXlsxFile, { type SheetData } from 'write-excel-file/node'
import { startOfDay, startOfNextDay, zoneOf } from '../../../kernel/calendar/site-day.ts'
import type { RouteAnswer, RouteInput } from '../../../kernel/contract.ts'
import { DomainError, fail } from '../../../kernel/errors.ts'
import { type Ctx, command, query } from '../../../kernel/work/command.ts'
import { sitesWith } from '../../identity/public.ts'
import type { MusterPersonCard, musters } from './contract.ts'
import { minutesTo } from './marks.ts'
import { presentMuster, presentPerson } from './present.ts'
import { musterPdf, type ReportFacts } from './report-pdf.ts'
import { mayEnd } from './service.ts'
import * as store from './store.ts'

function decode(cursor: string): { at: Date; id: string } {
  const [at, id] = Buffer.from(cursor, 'base64url').toString('utf8').split('|')
  const instant = new Date(at ?? '')
  if (Number.isNaN(instant.getTime()) || id === undefined || !/^[0-9a-f-]{36}$/.test(id))
    throw new DomainError('input.invalid', {}, [{ path: 'cursor', code: 'pattern' }])
  return { at: instant, id }
}

export async function list(
  ctx: Ctx,
  input: RouteInput<typeof musters.list>,
): Promise<RouteAnswer<typeof musters.list>> {
  const { cursor, limit, kind, from, to } = input.query
  const sql = query(ctx)
  const zone = await zoneOf(sql, ctx.siteId)
  const filter = {
    siteId: ctx.siteId,
    kind: kind ?? null,
    from: from === undefined ? null : startOfDay(zone, from),
    to: to === undefined ? null : startOfNextDay(zone, to),
  }
  const [rows, counted] = await Promise.all([
    sql.all(store.musterPage(filter, cursor === undefined ? null : decode(cursor), limit + 1)),
    cursor === undefined ? sql.one(store.musterCount(filter)) : undefined,
  ])
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  return {
    items: shown.map(presentMuster),
    next:
      rows.length > limit && last !== undefined
        ? Buffer.from(`${last.started_at.toISOString()}|${last.id}`).toString('base64url')
        : null,
    ...(counted === undefined ? {} : { total: counted.n, totalIsFloor: false }),
  }
}

async function wholeOf(ctx: Ctx, id: string) {
  const sql = query(ctx)
  const row = await sql.maybe(store.findMuster(ctx.siteId, id))
  if (row === undefined) return fail('entity.not-found')
  const people = await sql.all(store.peopleAfter(id, 0))
  const safeAt = people.flatMap(({ safe, marked_at: at }) => (safe && at !== null ? [at.getTime()] : []))
  const minutes = (share: number) => minutesTo(share, people.length, row.started_at.getTime(), safeAt)
  return {
    ...presentMuster(row),
    minutes: { half: minutes(0.5), most: minutes(0.9), all: minutes(1) },
    people: people.map(presentPerson),
  }
}

export async function report(ctx: Ctx, { params }: RouteInput<typeof musters.report>) {
  const [whole, ends] = await Promise.all([wholeOf(ctx, params.id), mayEnd(ctx)])
  return { ...whole, can: ends && whole.status === 'ended' ? { outcome: true as const } : {} }
}

const words = {
  outcome: {
    'found-safe': { zh: '平安找到', en: 'Found safe' },
    'had-left': { zh: '已离开', en: 'Had left' },
    injured: { zh: '受伤', en: 'Injured' },
    'not-there': { zh: '不在现场', en: 'Was not there' },
    other: { zh: '其他', en: 'Other' },
  },
  kind: {
    visitor: { zh: '来访人', en: 'Visitor' },
    staff: { zh: '员工', en: 'Staff' },
    other: { zh: '名单外', en: 'Not on the list' },
  },
  safe: { zh: '平安', en: 'Safe' },
  missing: { zh: '未找到', en: 'Missing' },
} as const

interface Rendering {
  readonly language: 'zh' | 'en'
  readonly zone: string
}
interface Column {
  readonly zh: string
  readonly en: string
  readonly width: number
  readonly value: (person: MusterPersonCard, how: Rendering, index: number) => string | number
}

const columns: readonly Column[] = [
  { zh: '序号', en: 'No.', width: 6, value: (_person, _how, index) => index + 1 },
  { zh: '姓名', en: 'Name', width: 18, value: (person) => person.name },
  { zh: '类别', en: 'Kind', width: 12, value: (person, how) => words.kind[person.kind][how.language] },
  { zh: '单位 / 部门', en: 'Organisation / dept.', width: 24, value: (person) => person.organisation },
  { zh: '被访人', en: 'Host', width: 14, value: (person) => person.hostName },
  { zh: '证号 / 工号', en: 'Pass / staff no.', width: 14, value: (person) => person.detail },
  { zh: '区域', en: 'Zone', width: 18, value: (person, how) => person.zone[how.language] },
  {
    zh: '状态',
    en: 'State',
    width: 10,
    value: (person, how) => (person.safe ? words.safe : words.missing)[how.language],
  },
  {
    zh: '确认时间',
    en: 'Marked at',
    width: 20,
    value: (person, how) =>
      person.markedAt === null
        ? ''
        : DateTime.fromISO(person.markedAt, { zone: how.zone }).toFormat('yyyy-MM-dd HH:mm:ss'),
  },
  { zh: '确认人', en: 'Marked by', width: 14, value: (person) => person.markedByName },
  { zh: '集合点', en: 'Assembly point', width: 16, value: (person) => person.point },
  {
    zh: '最终去向',
    en: 'What became of them',
    width: 16,
    value: (person, how) => (person.outcome === null ? '' : words.outcome[person.outcome][how.language]),
  },
  { zh: '说明', en: 'Note', width: 24, value: (person) => person.outcomeNote },
]

export async function exportReport(
  ctx: Ctx,
  input: RouteInput<typeof musters.export>,
  http: { readonly reply: FastifyReply },
): Promise<string> {
  const { language, form } = input.query
  const [whole, zone] = await Promise.all([wholeOf(ctx, input.params.id), zoneOf(query(ctx), ctx.siteId)])
  const title =
    whole.kind === 'drill'
      ? { zh: '疏散演练报告', en: 'Evacuation drill' }[language]
      : { zh: '疏散报告', en: 'Evacuation' }[language]
  const content =
    form === 'excel'
      ? await excelOf(whole, title, { language, zone })
      : await pdfOf(ctx, whole, title, { language, zone })
  await command({ ...ctx, idempotency: null }, async (work) => {
    work.journal({
      entity: 'muster',
      entityId: whole.id,
      action: 'muster.exported',
      data: { rows: whole.people.length },
    })
  })
  const ending = form === 'excel' ? 'xlsx' : 'pdf'
  await http.reply
    .type(
      form === 'excel'
        ? 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
        : 'application/pdf',
    )
    .header(
      'content-disposition',
      `attachment; filename="muster.${ending}"; filename*=UTF-8''${encodeURIComponent(title)}.${ending}`,
    )
    .send(content)
  return ''
}

async function excelOf(whole: ReportFacts, title: string, how: Rendering): Promise<Buffer> {
  const data: SheetData = [
    columns.map((column) => ({ value: column[how.language], fontWeight: 'bold' as const })),
    ...whole.people.map((person, index) =>
      columns.map((column) => {
        const value = column.value(person, how, index)
        return typeof value === 'number' ? { value, type: Number } : { value, type: String }
      }),
    ),
  ]
  return writeXlsxFile(data, {
    sheet: title,
    columns: columns.map(({ width }) => ({ width })),
    stickyRowsCount: 1,
  }).toBuffer()
}

async function pdfOf(ctx: Ctx, whole: ReportFacts, title: string, how: Rendering): Promise<Buffer> {
  const site = await query(ctx).maybe(sitesWith([ctx.siteId]))
  return musterPdf(whole, columns, { ...how, title, siteName: site?.name ?? '', at: ctx.kernel.clock.now() })
}
