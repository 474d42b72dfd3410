/** V18: the report as a file to keep: figures first, then the missing and what became of them, then everybody. */
import { DateTime } from 'luxon'
import { Paper } from '../../../kernel/paper/pdf.ts'
import type { MusterCard, MusterPersonCard } from './contract.ts'

export interface ReportFacts extends MusterCard {
  readonly minutes: {
    readonly half: number | null
    readonly most: number | null
    readonly all: number | null
  }
  readonly people: readonly MusterPersonCard[]
}

interface Column {
  readonly zh: string
  readonly en: string
  readonly width: number
  readonly value: (
    person: MusterPersonCard,
    how: { readonly language: 'zh' | 'en'; readonly zone: string },
    index: number,
  ) => string | number
}

const words = {
  zh: {
    ...{
      started: '开始',
      ended: '结束',
      minutes: '50% / 90% / 100% 用时（分）',
      missingAtEnd: '结束时未找到',
    },
    ...{ missing: '未找到的人和去向', everybody: '全部名单', nobody: '无', warden: '清点负责人' },
    ...{ note: '说明', checked: '审核人', page: (n: number, of: number) => `第 ${n} 页 共 ${of} 页` },
  },
  en: {
    ...{ started: 'Started', ended: 'Ended', minutes: 'Minutes to 50 / 90 / 100 %' },
    ...{ missingAtEnd: 'Missing at the end', missing: 'The missing and what became of them' },
    ...{ everybody: 'Everybody', nobody: 'None', warden: 'Warden', note: 'Note', checked: 'Checked by' },
    page: (n: number, of: number) => `Page ${n} of ${of}`,
  },
}

export function musterPdf(
  facts: ReportFacts,
  columns: readonly Column[],
  sheet: {
    readonly title: string
    readonly siteName: string
    readonly language: 'zh' | 'en'
    readonly zone: string
    readonly at: Date
  },
): Promise<Buffer> {
  const { language, zone, title } = sheet
  const say = words[language]
  const at = (instant: string | null) =>
    instant === null ? '—' : DateTime.fromISO(instant, { zone }).toFormat('yyyy-MM-dd HH:mm:ss')
  const { half, most, all } = facts.minutes
  const paper = new Paper({
    ...{ title, language, author: sheet.siteName, at: sheet.at, landscape: true, margin: 32 },
    footer: say.page,
  })
  paper.text(sheet.siteName, { muted: true, align: 'center' }).heading()
  paper.fields([
    [say.started, `${at(facts.startedAt)}　${facts.startedByName}`],
    [say.ended, `${at(facts.endedAt)}　${facts.endedByName}`],
    [say.minutes, [half, most, all].map((value) => value ?? '—').join(' / ')],
    [say.missingAtEnd, `${facts.missingAtEnd ?? facts.total - facts.safe} / ${facts.total}`],
    [say.note, [facts.note, facts.endNote].filter(Boolean).join(' · ')],
  ])
  const head = columns.map((column) => ({ title: column[language], width: column.width }))
  const rowsOf = (people: readonly MusterPersonCard[]) =>
    people.map((person, index) =>
      columns.map((column) => String(column.value(person, { language, zone }, index))),
    )
  const { endedAt } = facts
  const missing = facts.people.filter(
    (person) => !person.safe || person.outcome || (endedAt !== null && (person.markedAt ?? '') > endedAt),
  )
  paper.text(`${say.missing} (${missing.length})`, { bold: true, size: 12 }).space(4)
  if (missing.length === 0) paper.text(say.nobody).space(6)
  else paper.table(head, rowsOf(missing)).space(6)
  paper.text(`${say.everybody} (${facts.people.length})`, { bold: true, size: 12 }).space(4)
  paper.table(head, rowsOf(facts.people)).space(8)
  paper.signature(say.warden).signature(say.checked)
  return paper.bytes()
}
