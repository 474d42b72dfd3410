import type { FastifyReply } from 'fastify'
import writeXlsxFile, { type SheetData } from 'write-excel-file/node'
import { fail } from '../errors.ts'
import { serverTexts, translator } from '../texts.ts'
import { type Ctx, command, query } from '../work/command.ts'
import { checkFile } from './check.ts'
import type { Importer, LineProblem } from './importer.ts'
import { mostLines } from './read.ts'
import { importerOf } from './service.ts'
import { rowsOf } from './source.ts'
import * as store from './store.ts'

interface BadSheet {
  readonly headings: readonly string[]
  readonly lines: readonly {
    readonly line: number
    readonly problems: readonly LineProblem[]
    readonly cells: readonly string[]
  }[]
}

/**
 * The bad lines with their own columns and one for the reasons, so that the file can be mended and given back as it is.
 * Before a run they are found by checking again, after it they are what the run kept.
 */
export async function badFile(
  ctx: Ctx,
  input: { params: { kind: string; id: string }; query: { lang: 'zh' | 'en' } },
  http: { readonly reply: FastifyReply },
): Promise<void> {
  const { kind, id } = input.params
  const { lang } = input.query
  const importer = importerOf(ctx, kind)
  const run = (await query(ctx).maybe(store.runById(ctx.siteId, kind, id))) ?? fail('entity.not-found')
  const sheet = run.status === 'draft' ? await checkedAgain(ctx, importer, run) : await keptLines(ctx, run)
  const translate = translator((await serverTexts())[lang], lang)
  const reason = ({ field, code, value }: LineProblem) => {
    const name = field === '' ? '' : `${translate(`import.${kind}.${field}`, {}) ?? field}: `
    const said = translate(`import.problem.${code}`, { value: value ?? '' }) ?? code
    return value === undefined || said.includes(value) ? `${name}${said}` : `${name}${said} (${value})`
  }
  const bold = (value: string) => ({ value, fontWeight: 'bold' as const })
  const rows: SheetData = [
    [
      ...sheet.headings.map(bold),
      bold(lang === 'zh' ? '原行号' : 'Line'),
      bold(lang === 'zh' ? '问题' : 'Problems'),
    ],
    ...sheet.lines.map(({ line, problems, cells }) => [
      ...sheet.headings.map((_, column) => ({ value: cells[column] ?? '', type: String })),
      { value: line, type: Number },
      { value: problems.map(reason).join('; '), type: String, wrap: true },
    ]),
  ]
  const columns = [...sheet.headings.map(() => ({ width: 16 })), { width: 8 }, { width: 60 }]
  const content = await writeXlsxFile(rows, { columns, stickyRowsCount: 1 }).toBuffer()
  await command({ ...ctx, idempotency: null }, async (work) => {
    work.journal({
      entity: 'import',
      entityId: id,
      action: 'import.bad-lines-exported',
      data: { lines: sheet.lines.length },
    })
  })
  await http.reply
    .type('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet')
    .header('content-disposition', `attachment; filename="${kind}-bad-lines.xlsx"`)
    .send(content)
}

async function checkedAgain(ctx: Ctx, importer: Importer, run: store.RunRow): Promise<BadSheet> {
  const raw = await rowsOf(ctx.kernel, run.sha256)
  const { table, checked } = await command({ ...ctx, idempotency: null }, (work) =>
    checkFile(work, importer, raw, run.mapping),
  )
  const cells = new Map(table.rows.map((row) => [row.line, row.cells]))
  const lines = checked.flatMap((one) =>
    one.ok ? [] : [{ line: one.line, problems: one.problems, cells: cells.get(one.line) ?? [] }],
  )
  return { headings: table.headings, lines }
}

async function keptLines(ctx: Ctx, run: store.RunRow): Promise<BadSheet> {
  const rows = await query(ctx).all(store.badLines(run.id, mostLines))
  return { headings: run.headings, lines: rows.map((row) => ({ ...row, cells: row.cells ?? [] })) }
}
