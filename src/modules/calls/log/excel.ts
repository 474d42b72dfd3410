/** 客户来电记录单 as a sheet, with the columns of the paper form (C2). */
import { DateTime } from 'luxon'
import writeXlsxFile, { type SheetData } from 'write-excel-file/node'
import { maskNumber } from '../../../kernel/telephone/mask.ts'
import { maySeeParty, type Viewer } from '../policy.ts'
import { callNumber, otherParty } from '../row.ts'
import type { Route } from '../settings.ts'
import type { CallRow } from '../store.ts'
import type { HopLine } from './store.ts'

type Lang = 'zh' | 'en'

export interface Rendering {
  readonly language: Lang
  readonly zone: string
  /** Complete numbers. */
  readonly full: boolean
  readonly viewer: Viewer
  readonly routes: readonly Route[]
}

export interface LogLine {
  readonly row: CallRow
  readonly hops: readonly HopLine[]
}

interface LogColumn {
  readonly zh: string
  readonly en: string
  readonly width: number
  readonly value: (line: LogLine, how: Rendering, index: number) => string | number
}

const directions = {
  in: { zh: '来电', en: 'Incoming' },
  out: { zh: '去电', en: 'Outgoing' },
  internal: { zh: '内线', en: 'Internal' },
} as const
const outcomes: Readonly<Record<string, Readonly<Record<Lang, string>>>> = {
  'put-through': { zh: '已转接', en: 'Put through' },
  message: { zh: '已留言', en: 'Message taken' },
  callback: { zh: '承诺回电', en: 'Callback promised' },
  declined: { zh: '已婉拒', en: 'Declined' },
  resolved: { zh: '已解决', en: 'Resolved' },
  missed: { zh: '未接', en: 'Missed' },
  'wrong-number': { zh: '打错', en: 'Wrong number' },
  private: { zh: '私人电话', en: 'Private' },
}
const results: Readonly<Record<string, Readonly<Record<Lang, string>>>> = {
  trying: { zh: '转接中', en: 'trying' },
  answered: { zh: '接听', en: 'answered' },
  busy: { zh: '占线', en: 'busy' },
  'no-answer': { zh: '无人接', en: 'no answer' },
  refused: { zh: '不便接听', en: 'refused' },
  callback: { zh: '稍后回电', en: 'calls back' },
  'not-in': { zh: '不在', en: 'not in' },
  cancelled: { zh: '取消', en: 'cancelled' },
}

const at = (instant: Date | null, zone: string, format: string) =>
  instant === null ? '' : DateTime.fromJSDate(instant, { zone }).toFormat(format)
const number = (value: string, how: Rendering) => (how.full ? value : value === '' ? '' : maskNumber(value))
/** C12: with whom a colleague spoke privately is nobody's business. */
const party = (value: (row: CallRow, how: Rendering) => string) => (line: LogLine, how: Rendering) =>
  maySeeParty(how.viewer, line.row) ? value(line.row, how) : ''
const transfers = ({ hops }: LogLine, { language }: Rendering) =>
  hops
    .map(({ target_name: name, target_extension: extension, result, seconds }) => {
      const who = name === extension ? name : `${name} ${extension}`.trim()
      const took = seconds === null ? '' : ` ${Math.round(seconds)}s`
      return `${who} ${results[result]?.[language] ?? result}${took}`
    })
    .join(language === 'zh' ? ';' : '; ')

const columns: readonly LogColumn[] = [
  { zh: '序号', en: 'No.', width: 6, value: (_line, _how, index) => index + 1 },
  { zh: '记录编号', en: 'Number', width: 12, value: ({ row }) => callNumber(row.number) },
  { zh: '日期', en: 'Date', width: 12, value: ({ row }, how) => at(row.started_at, how.zone, 'yyyy-MM-dd') },
  {
    zh: '来电时间',
    en: 'Time',
    width: 10,
    value: ({ row }, how) => at(row.started_at, how.zone, 'HH:mm:ss'),
  },
  { zh: '类型', en: 'Kind', width: 10, value: ({ row }, how) => directions[row.direction][how.language] },
  {
    zh: '电话号码',
    en: 'Number shown',
    width: 18,
    value: (line, how) =>
      line.row.direction === 'internal'
        ? line.row.caller_extension
        : party((row) => number(otherParty(row), how))(line, how),
  },
  { zh: '来电单位', en: 'Company', width: 26, value: party((row) => row.organisation) },
  { zh: '联系人', en: 'Contact', width: 14, value: party((row) => row.contact_name || row.caller_shown) },
  { zh: '联系电话', en: 'Phone', width: 18, value: party((row, how) => number(row.contact_phone, how)) },
  { zh: '振铃(秒)', en: 'Ringing (s)', width: 10, value: ({ row }) => row.ring_seconds ?? '' },
  { zh: '响铃次数', en: 'Rings', width: 10, value: ({ row }) => row.rings ?? '' },
  { zh: '通话(秒)', en: 'Talk (s)', width: 10, value: ({ row }) => Math.round(row.talk_seconds) },
  {
    zh: '业务类别',
    en: 'Matter',
    width: 16,
    value: ({ row }, how) =>
      how.routes.find(({ key }) => key === row.route)?.name[how.language] ?? row.route ?? '',
  },
  { zh: '来电事由', en: 'Reason', width: 30, value: party((row) => row.reason) },
  { zh: '涉及部门', en: 'Department concerned', width: 16, value: ({ row }) => row.department_name },
  { zh: '涉及人员', en: 'Person concerned', width: 14, value: ({ row }) => row.wanted_name },
  { zh: '转接记录', en: 'Transfers', width: 44, value: transfers },
  {
    zh: '处理结果',
    en: 'Outcome',
    width: 14,
    value: ({ row }, how) =>
      row.outcome === null ? '' : (outcomes[row.outcome]?.[how.language] ?? row.outcome),
  },
  { zh: '处理说明', en: 'Note', width: 26, value: party((row) => row.outcome_note) },
  { zh: '接听人', en: 'Handled by', width: 12, value: ({ row }) => row.handler_name },
  { zh: '记录人', en: 'Recorded by', width: 12, value: ({ row }) => row.outcome_by_name },
]

const title = { zh: '客户来电记录单', en: 'Call log' } as const

/** Text cells stay text: a name that begins with "=" must not become a formula in somebody's Excel. */
export async function logSheet(
  lines: readonly LogLine[],
  how: Rendering,
): Promise<{ name: string; content: Buffer }> {
  const data: SheetData = [
    columns.map((column) => ({ value: column[how.language], fontWeight: 'bold' as const })),
  ]
  lines.forEach((line, index) => {
    data.push(
      columns.map((column) => {
        const value = column.value(line, how, index)
        return typeof value === 'number' ? { value, type: Number } : { value, type: String }
      }),
    )
  })
  const content = await writeXlsxFile(data, {
    sheet: title[how.language],
    columns: columns.map(({ width }) => ({ width })),
    stickyRowsCount: 1,
  }).toBuffer()
  return { name: title[how.language], content }
}
