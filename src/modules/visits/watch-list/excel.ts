/** The list and the refusals as sheets; numbers stay masked (G5). */
import { DateTime } from 'luxon'
import writeXlsxFile, { type SheetData } from 'write-excel-file/node'
import type { RouteAnswer } from '../../../kernel/contract.ts'
import type { refusals, WatchEntry } from './contract.ts'

type Refusal = RouteAnswer<typeof refusals.list>['items'][number]
type Lang = 'zh' | 'en'

export interface Sheet {
  readonly name: string
  readonly content: Buffer
}

interface Column<R> {
  readonly zh: string
  readonly en: string
  readonly width: number
  readonly value: (row: R, zone: string, language: Lang) => string
}

const at = (iso: string | null, zone: string) =>
  iso === null ? '' : DateTime.fromISO(iso, { zone }).toFormat('yyyy-MM-dd HH:mm')

const words = {
  draft: { zh: '草稿', en: 'draft' },
  active: { zh: '生效', en: 'active' },
  expired: { zh: '已到期', en: 'expired' },
  withdrawn: { zh: '已撤出', en: 'withdrawn' },
  alert: { zh: '提示', en: 'alert' },
  block: { zh: '阻止', en: 'block' },
  yes: { zh: '是', en: 'yes' },
} as const

const entryColumns: readonly Column<WatchEntry>[] = [
  { zh: '姓名', en: 'Name', width: 18, value: (row) => row.name },
  { zh: '别名', en: 'Aliases', width: 24, value: (row) => row.aliases.join('、') },
  { zh: '单位', en: 'Company', width: 26, value: (row) => row.organisation },
  { zh: '电话', en: 'Phones', width: 20, value: (row) => row.phonesMasked.join('、') },
  { zh: '证件', en: 'Document', width: 22, value: (row) => row.documentMasked },
  { zh: '车牌号', en: 'Plates', width: 16, value: (row) => row.plates.join('、') },
  { zh: '级别', en: 'Level', width: 8, value: (row, _zone, language) => words[row.level][language] },
  { zh: '状态', en: 'Status', width: 10, value: (row, _zone, language) => words[row.status][language] },
  { zh: '原因', en: 'Reason', width: 40, value: (row) => row.reason },
  { zh: '起始', en: 'From', width: 18, value: (row, zone) => at(row.validFrom, zone) },
  { zh: '截止', en: 'Until', width: 18, value: (row, zone) => at(row.validUntil, zone) },
  { zh: '录入人', en: 'Added by', width: 14, value: (row) => row.createdByName },
]

const refusalColumns: readonly Column<Refusal>[] = [
  { zh: '时间', en: 'Time', width: 18, value: (row, zone) => at(row.at, zone) },
  { zh: '登记编号', en: 'Number', width: 12, value: (row) => row.number },
  { zh: '来访人', en: 'Visitor', width: 18, value: (row) => row.visitorName },
  { zh: '单位', en: 'Organisation', width: 26, value: (row) => row.organisation },
  { zh: '电话', en: 'Phone', width: 18, value: (row) => row.phoneMasked },
  { zh: '证件', en: 'Document', width: 22, value: (row) => row.documentMasked },
  { zh: '被访人', en: 'Host', width: 14, value: (row) => row.hostName },
  { zh: '事由', en: 'Purpose', width: 24, value: (row) => row.purpose },
  { zh: '拒绝原因', en: 'Reason', width: 36, value: (row) => row.reason },
  {
    zh: '形迹可疑',
    en: 'Suspicious',
    width: 10,
    value: (row, _z, language) => (row.suspicious ? words.yes[language] : ''),
  },
  { zh: '经办人', en: 'Refused by', width: 14, value: (row) => row.byName },
  { zh: '撤销时间', en: 'Taken back', width: 18, value: (row, zone) => at(row.undoneAt, zone) },
]

export async function sheetOf(
  what: 'entries',
  rows: readonly WatchEntry[],
  language: Lang,
  zone: string,
): Promise<Sheet>
export async function sheetOf(
  what: 'refusals',
  rows: readonly Refusal[],
  language: Lang,
  zone: string,
): Promise<Sheet>
export async function sheetOf(
  what: 'entries' | 'refusals',
  rows: readonly WatchEntry[] | readonly Refusal[],
  language: Lang,
  zone: string,
): Promise<Sheet> {
  if (what === 'entries')
    return write(
      language === 'zh' ? '关注名单' : 'Watch list',
      entryColumns,
      rows as readonly WatchEntry[],
      language,
      zone,
    )
  return write(
    language === 'zh' ? '拒绝入内记录' : 'Refusals',
    refusalColumns,
    rows as readonly Refusal[],
    language,
    zone,
  )
}

/** Text cells stay text: a name that begins with "=" must not become a formula in somebody's Excel. */
async function write<R>(
  name: string,
  columns: readonly Column<R>[],
  rows: readonly R[],
  language: Lang,
  zone: string,
): Promise<Sheet> {
  const data: SheetData = [
    columns.map((column) => ({ value: column[language], fontWeight: 'bold' as const })),
  ]
  for (const row of rows)
    data.push(columns.map((column) => ({ value: column.value(row, zone, language), type: String })))
  const content = await writeXlsxFile(data, {
    sheet: name,
    columns: columns.map(({ width }) => ({ width })),
    stickyRowsCount: 1,
  }).toBuffer()
  return { name, content }
}
