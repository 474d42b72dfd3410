/** Permits with every paper and its last day, as Excel. */
import type { FastifyReply } from 'fastify'
import writeXlsxFile, { type SheetData } from 'write-excel-file/node'
import type { RouteInput } from '../../../kernel/contract.ts'
import { DomainError } from '../../../kernel/errors.ts'
import { type Ctx, command, query } from '../../../kernel/work/command.ts'
import type { permits } from './contract.ts'
import { presentPermit } from './present.ts'
import { filterOf, permitLens } from './reading.ts'
import * as store from './store.ts'

const most = 10_000
const headings = {
  zh: [
    '编号',
    '持证人',
    '单位',
    '电话',
    '车牌号',
    '被访人',
    '状态',
    '有效期自',
    '有效期至',
    '证件材料及到期日',
  ],
  en: [
    'Number',
    'Holder',
    'Organisation',
    'Phone',
    'Plate',
    'Host',
    'State',
    'From',
    'To',
    'Papers and last days',
  ],
} as const

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
  const data: SheetData = [
    headings[language].map((value) => ({ value, fontWeight: 'bold' as const })),
    ...rows.map((row) => {
      const one = presentPermit(
        row,
        papers.filter((paper) => paper.permit_id === row.id),
        lens,
      )
      const list = one.papers.map((paper) =>
        [paper.kind, paper.number, paper.expiresOn].filter(Boolean).join(' '),
      )
      return [
        one.number,
        one.holderName,
        one.organisation,
        one.phoneMasked,
        one.plate,
        one.hostName,
        one.status,
        one.validFrom,
        one.validTo,
        list.join('; '),
      ].map((value) => ({ value, type: String }))
    }),
  ]
  const content = await writeXlsxFile(data, {
    sheet: language === 'zh' ? '长期通行证' : 'Permits',
    columns: [10, 16, 26, 18, 12, 14, 10, 12, 12, 50].map((width) => ({ width })),
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
