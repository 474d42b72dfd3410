import type { FastifyReply } from 'fastify'
import writeXlsxFile, { type SheetData } from 'write-excel-file/node'
import { type Ctx, command, query } from '../../../kernel/work/command.ts'
import { departmentRows } from '../departments/store.ts'
import { everyRow, type ListQuery } from '../employees/service.ts'
import type { EmployeeRow } from '../employees/store.ts'
import { seesMobile } from '../policy.ts'
import { maskMobile, pathTo, showMobile } from '../rules.ts'
import { type ColumnKey, employeeColumns } from './columns.ts'
import { languageName } from './words.ts'

type Lang = 'zh' | 'en'

/** The list as a file whose columns the importer reads again; that it was taken out of the house is journalled (G4, G5). */
export async function exportEmployees(
  ctx: Ctx,
  input: { query: ListQuery & { lang: Lang } },
  http: { reply: FastifyReply },
): Promise<void> {
  const { lang } = input.query
  const departments = new Map((await query(ctx).all(departmentRows(ctx.siteId))).map((row) => [row.id, row]))
  const rows: SheetData = [
    employeeColumns.map((column) => ({ value: column[lang], fontWeight: 'bold' as const })),
  ]
  let count = 0
  for await (const row of everyRow(ctx, input.query)) {
    const path =
      row.departmentId === null
        ? ''
        : pathTo(departments, row.departmentId)
            .map((one) => one.name)
            .join('/')
    const head = row.departmentId !== null && departments.get(row.departmentId)?.headId === row.id
    rows.push(
      employeeColumns.map(({ key }) => ({ value: cell(ctx, row, key, { lang, path, head }), type: String })),
    )
    count += 1
  }
  const content = await writeXlsxFile(rows, {
    sheet: lang === 'zh' ? '员工' : 'Employees',
    columns: employeeColumns.map(({ width }) => ({ width })),
    stickyRowsCount: 1,
  }).toBuffer()
  await command({ ...ctx, idempotency: null }, async (work) => {
    work.journal({ entity: 'employee', entityId: 'list', action: 'employee.exported', data: { rows: count } })
  })
  const name = lang === 'zh' ? `员工名册` : 'employees'
  await http.reply
    .type('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet')
    .header(
      'content-disposition',
      `attachment; filename="employees.xlsx"; filename*=UTF-8''${encodeURIComponent(name)}.xlsx`,
    )
    .send(content)
}

function cell(
  ctx: Ctx,
  row: EmployeeRow,
  key: ColumnKey,
  about: { lang: Lang; path: string; head: boolean },
): string {
  const { lang } = about
  switch (key) {
    case 'department':
      return about.path
    case 'mobile':
      return (seesMobile(ctx, row.id) ? showMobile(row.mobile) : maskMobile(row.mobile)) ?? ''
    case 'post':
      return row.title ?? ''
    case 'lineWorker':
      return answer(row.lineWorker, lang)
    case 'head':
      return about.head ? answer(true, lang) : ''
    case 'languages':
      return row.languages.map((code) => languageName(code, lang)).join(lang === 'zh' ? '、' : ', ')
    case 'dialects':
      return row.dialects.join(lang === 'zh' ? '、' : ', ')
    case 'secretary':
      return row.secretaryName ?? ''
    case 'deputy':
      return row.deputyName ?? ''
    case 'state':
      return lang === 'zh' ? (row.active ? '在职' : '离职') : row.active ? 'Active' : 'Left'
    case 'language':
      return row.language
    default:
      return row[key] ?? ''
  }
}

function answer(value: boolean, lang: Lang): string {
  return lang === 'zh' ? (value ? '是' : '否') : value ? 'yes' : 'no'
}
