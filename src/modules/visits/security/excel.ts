/** The incident record as a sheet (V16). */
import { DateTime } from 'luxon'
import writeXlsxFile, { type SheetData } from 'write-excel-file/node'
import type { Incident } from './contract.ts'

const states: Readonly<Record<Incident['status'], { readonly zh: string; readonly en: string }>> = {
  open: { zh: '已呼叫', en: 'Called' },
  acknowledged: { zh: '已应答', en: 'Acknowledged' },
  on_site: { zh: '已到场', en: 'On site' },
  closed: { zh: '已结案', en: 'Closed' },
  false_alarm: { zh: '误报', en: 'False alarm' },
}

type Language = 'zh' | 'en'

const columns: readonly {
  readonly zh: string
  readonly en: string
  readonly width: number
  readonly value: (one: Incident, zone: string, language: Language) => string
}[] = [
  { zh: '编号', en: 'Number', width: 10, value: (one) => one.number },
  { zh: '时间', en: 'Time', width: 18, value: (one, zone) => at(one.raised.at, zone) },
  { zh: '地点', en: 'Place', width: 18, value: (one) => one.place },
  { zh: '状态', en: 'State', width: 12, value: (one, _zone, language) => states[one.status][language] },
  { zh: '呼叫人', en: 'Called by', width: 12, value: (one) => one.raised.byName },
  { zh: '涉及人员', en: 'Persons', width: 24, value: (one) => one.persons },
  { zh: '经过', en: 'Course', width: 40, value: (one) => one.course || one.falseReason },
  { zh: '处置措施', en: 'Measures', width: 40, value: (one) => one.measures },
  {
    zh: '是否报警',
    en: 'Police called',
    width: 10,
    value: (one, _zone, language) =>
      (one.policeCalled ? { zh: '是', en: 'Yes' } : { zh: '否', en: 'No' })[language],
  },
  { zh: '应答人', en: 'Acknowledged by', width: 12, value: (one) => one.acknowledged?.byName ?? '' },
  { zh: '应答时间', en: 'Acknowledged', width: 18, value: (one, zone) => at(one.acknowledged?.at, zone) },
  { zh: '到场时间', en: 'On site', width: 18, value: (one, zone) => at(one.onSite?.at, zone) },
  { zh: '结案人', en: 'Closed by', width: 12, value: (one) => one.closed?.byName ?? '' },
  { zh: '结案时间', en: 'Closed', width: 18, value: (one, zone) => at(one.closed?.at, zone) },
  { zh: '报告', en: 'Report', width: 40, value: (one) => one.report },
]

const at = (instant: string | undefined, zone: string) =>
  instant === undefined ? '' : DateTime.fromISO(instant, { zone }).toFormat('yyyy-MM-dd HH:mm:ss')

export async function incidentSheet(
  rows: readonly Incident[],
  language: Language,
  zone: string,
): Promise<{ name: string; content: Buffer }> {
  const name = language === 'zh' ? '安保事件记录' : 'Incident record'
  const data: SheetData = [
    columns.map((column) => ({ value: column[language], fontWeight: 'bold' as const })),
    ...rows.map((row) =>
      columns.map((column) => ({ value: column.value(row, zone, language), type: String })),
    ),
  ]
  const content = await writeXlsxFile(data, {
    sheet: name,
    columns: columns.map(({ width }) => ({ width })),
    stickyRowsCount: 1,
  }).toBuffer()
  return { name, content }
}
