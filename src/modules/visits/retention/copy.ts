/** The copy as a file: a workbook to look through, a PDF to print, JSON for another system (G5). */
import { DateTime } from 'luxon'
import writeXlsxFile from 'write-excel-file/node'
import { Paper } from '../../../kernel/paper/pdf.ts'
import type { Cell, PersonalPart } from '../../../kernel/personal/source.ts'

export interface How {
  readonly language: 'zh' | 'en'
  readonly zone: string
  readonly siteName: string
  readonly at: Date
}

const words = {
  zh: { title: '个人数据副本', page: (n: number, of: number) => `第 ${n} 页 共 ${of} 页`, none: '无记录' },
  en: {
    title: 'Copy of personal data',
    page: (n: number, of: number) => `Page ${n} of ${of}`,
    none: 'nothing stored',
  },
}

const day = (at: Date, zone: string) => DateTime.fromJSDate(at, { zone }).toFormat('yyyy-MM-dd HH:mm')

function shown(cell: Cell, { language, zone }: How): string {
  if (cell === null) return ''
  if (cell instanceof Date) return day(cell, zone)
  return typeof cell === 'object' ? cell[language] : String(cell)
}

export const formats = {
  xlsx: { type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', write: sheets },
  pdf: { type: 'application/pdf', write: pages },
  json: { type: 'application/json; charset=utf-8', write: records },
} as const

export function fileName(format: keyof typeof formats, language: 'zh' | 'en'): string {
  return `${language === 'zh' ? '个人数据' : 'personal-data'}.${format}`
}

/** One sheet per table. Text cells stay text: a name that begins with "=" is no formula. */
async function sheets(parts: readonly PersonalPart[], how: How): Promise<Buffer> {
  return await writeXlsxFile(
    parts.map((part) => ({
      sheet: part.title[how.language],
      columns: part.heads.map(() => ({ width: 18 })),
      stickyRowsCount: 1,
      data: [
        part.heads.map((head) => ({ value: head[how.language], fontWeight: 'bold' as const })),
        ...part.rows.map((row) => row.map((cell) => ({ value: shown(cell, how), type: String }))),
      ],
    })),
  ).toBuffer()
}

/** Each record as lines of "what: words": wide tables do not fit a page, and the person reads it once. */
async function pages(parts: readonly PersonalPart[], how: How): Promise<Buffer> {
  const { language, siteName, at } = how
  const say = words[language]
  const paper = new Paper({ title: say.title, language, author: siteName, at, footer: say.page })
    .heading()
    .text(`${siteName}    ${day(at, how.zone)}`, { size: 9, muted: true, align: 'center' })
  for (const part of parts) {
    paper.space(10).text(`${part.title[language]} (${part.rows.length})`, { size: 13, bold: true }).space(2)
    if (part.rows.length === 0) paper.text(say.none, { size: 9, muted: true })
    for (const row of part.rows) {
      const lines = row.flatMap((cell, index) => {
        const text = shown(cell, how)
        return text === '' ? [] : [`${part.heads[index]?.[language] ?? ''}: ${text}`]
      })
      paper.text(lines.join('    '), { size: 9.5 }).space(4)
    }
  }
  return await paper.bytes()
}

/** English names, instants in UTC: for a program, whichever language the person reads. */
async function records(parts: readonly PersonalPart[], how: How): Promise<Buffer> {
  const value = (cell: Cell) =>
    cell instanceof Date ? cell.toISOString() : typeof cell === 'object' && cell !== null ? cell.en : cell
  const tables = parts.map((part) => ({
    table: part.title.en,
    records: part.rows.map((row) =>
      Object.fromEntries(row.map((cell, index) => [part.heads[index]?.en ?? '', value(cell)])),
    ),
  }))
  return Buffer.from(`${JSON.stringify({ site: how.siteName, at: how.at.toISOString(), tables }, null, 2)}\n`)
}
