/** Permits with every paper and its last day, as Excel; the importer reads the same columns. */
import type { FastifyReply } from 'fastify'
import writeXlsxFile, { type SheetData } from 'write-excel-file/node'
import type { RouteInput } from '../../../kernel/contract.ts'
import { DomainError } from '../../../kernel/errors.ts'
import { type Ctx, command, query, type Work } from '../../../kernel/work/command.ts'
import { type House, houseOf } from '../house.ts'
import { texts } from '../present.ts'
import { type CellKey, cellKeys, cellsOf, type Language, type PermitFacts } from './cells.ts'
import type { permits } from './contract.ts'
import { permitNumber, termsOf } from './present.ts'
import { filterOf, permitLens } from './reading.ts'
import * as store from './store.ts'

const most = 10_000
const headings: Readonly<Record<Language, Readonly<Record<CellKey | 'status', string>>>> = {
  zh: {
    number: '证号',
    holderName: '持证人',
    organisation: '单位',
    phone: '电话',
    plate: '车牌号',
    host: '被访人',
    kind: '来访类别',
    purpose: '来访事由',
    areas: '许可区域',
    validFrom: '有效期自',
    validTo: '有效期至',
    weekdays: '可来的日子',
    hours: '可来时段',
    papers: '证件材料及到期日',
    note: '备注',
    status: '状态',
  },
  en: {
    number: 'Number',
    holderName: 'Holder',
    organisation: 'Organisation',
    phone: 'Phone',
    plate: 'Plate',
    host: 'Host',
    kind: 'Kind',
    purpose: 'Purpose',
    areas: 'Areas',
    validFrom: 'Valid from',
    validTo: 'Valid to',
    weekdays: 'Days',
    hours: 'Hours',
    papers: 'Papers and last days',
    note: 'Note',
    status: 'State',
  },
}
const states: Readonly<Record<Language, Readonly<Record<store.PermitRow['status'], string>>>> = {
  zh: { draft: '草稿', active: '有效', suspended: '暂停', ended: '已终止' },
  en: { draft: 'draft', active: 'active', suspended: 'suspended', ended: 'ended' },
}
const widths = [10, 16, 26, 18, 14, 14, 14, 24, 24, 12, 12, 22, 14, 50, 30, 10]

function factsOf(row: store.PermitRow, papers: readonly store.PaperRow[], house: House): PermitFacts {
  const own = papers.filter((paper) => paper.permit_id === row.id)
  const terms = termsOf(row, own)
  return {
    number: permitNumber(row.number),
    holderName: row.holder_name,
    organisation: row.organisation,
    phone: row.phone,
    plate: row.plate,
    hostName: row.host_name,
    kindName: house.kinds.get(row.kind)?.name ?? { zh: row.kind, en: row.kind },
    purpose: row.purpose,
    areas: texts(row.areas),
    validFrom: row.valid_from,
    validTo: row.valid_to,
    weekdays: terms.weekdays,
    fromMinute: row.from_minute,
    toMinute: row.to_minute,
    papers: terms.papers,
    note: row.note,
  }
}

/** What is kept of these permits, as a sheet has it. */
export async function factsNumbered(
  work: Work,
  numbers: readonly number[],
): Promise<readonly (PermitFacts & { readonly id: string })[]> {
  if (numbers.length === 0) return []
  const [rows, house] = await Promise.all([
    work.all(store.permitsNumbered(work.ctx.siteId, numbers)),
    houseOf(work.ctx),
  ])
  const papers = await work.all(store.papersOf(rows.map((row) => row.id)))
  return rows.map((row) => ({ ...factsOf(row, papers, house), id: row.id }))
}

export async function exportPermits(
  ctx: Ctx,
  input: RouteInput<typeof permits.export>,
  http: { readonly reply: FastifyReply },
): Promise<string> {
  const sql = query(ctx)
  const lens = await permitLens(ctx, sql)
  const rows = await sql.all(store.permitPage(filterOf(ctx, input.query, lens), null, most + 1))
  if (rows.length > most) throw new DomainError('permit.too-many-rows', { most })
  const papers = await sql.all(store.papersOf(rows.map((row) => row.id)))
  const { language } = input.query
  const house = await houseOf(ctx)
  const columns = [...cellKeys, 'status'] as const
  const data: SheetData = [
    columns.map((key) => ({ value: headings[language][key], fontWeight: 'bold' as const })),
    ...rows.map((row) => {
      const cells = {
        ...cellsOf(factsOf(row, papers, house), language),
        status: states[language][row.status],
      }
      return columns.map((key) => ({ value: cells[key], type: String }))
    }),
  ]
  const content = await writeXlsxFile(data, {
    sheet: language === 'zh' ? '长期通行证' : 'Permits',
    columns: widths.map((width) => ({ width })),
    stickyRowsCount: 1,
  }).toBuffer()
  await command({ ...ctx, idempotency: null }, async (work) => {
    work.journal({
      entity: 'permit',
      entityId: 'list',
      action: 'permit.exported',
      data: { rows: rows.length },
    })
  })
  await http.reply
    .type('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet')
    .header('content-disposition', 'attachment; filename="permits.xlsx"')
    .send(content)
  return ''
}
