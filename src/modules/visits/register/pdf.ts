/** The paper registers as PDF: A4 landscape, the head on every page, lines to sign on at the end. */
import { DateTime } from 'luxon'
import { Paper } from '../../../kernel/paper/pdf.ts'
import type { VisitRow } from '../store.ts'
import { type Form, forms, type Rendering } from './forms.ts'

export interface Cover {
  readonly siteName: string
  /** `2026-11-01 — 2026-11-30`; empty: everything. */
  readonly days: string
  readonly preparedBy: string
  readonly at: Date
}

const lines = {
  zh: {
    prepared: '制表人',
    checked: '审核人',
    count: (n: number) => `共 ${n} 条`,
    page: (n: number, of: number) => `第 ${n} 页 共 ${of} 页`,
  },
  en: {
    prepared: 'Prepared by',
    checked: 'Checked by',
    count: (n: number) => `${n} ${n === 1 ? 'row' : 'rows'}`,
    page: (n: number, of: number) => `Page ${n} of ${of}`,
  },
}

export async function registerPdf(
  form: Form,
  rows: readonly VisitRow[],
  how: Rendering,
  cover: Cover,
): Promise<{ name: string; content: Buffer }> {
  const { language, zone } = how
  const chosen = forms[form]
  const title = chosen[language]
  const words = lines[language]
  const made = DateTime.fromJSDate(cover.at, { zone }).toFormat('yyyy-MM-dd HH:mm')
  const paper = new Paper({
    title,
    language,
    author: cover.siteName,
    at: cover.at,
    landscape: true,
    margin: 28,
    footer: words.page,
  })
    .heading()
    .text([cover.siteName, cover.days, made, words.count(rows.length)].filter(Boolean).join('    '), {
      size: 9,
      muted: true,
      align: 'center',
    })
    .space(4)
    .table(
      chosen.columns.map((column) => ({ title: column[language], width: column.paper })),
      rows.map((row, index) =>
        chosen.columns.map((column) => column.short?.(row, how) ?? String(column.value(row, how, index))),
      ),
      chosen.columns.length > 12 ? 7.5 : 9.5,
    )
    .signature(words.prepared, { words: cover.preparedBy })
    .signature(words.checked)
  return { name: title, content: await paper.bytes() }
}
