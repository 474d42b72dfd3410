/** The list of vehicles as a sheet (V19). */
import { DateTime } from 'luxon'
import writeXlsxFile, { type SheetData } from 'write-excel-file/node'
import type { Vehicle } from './contract.ts'

const columns: readonly {
  readonly zh: string
  readonly en: string
  readonly width: number
  readonly value: (one: Vehicle, zone: string) => string
}[] = [
  { zh: '车牌号', en: 'Plate', width: 14, value: (one) => one.plate },
  { zh: '来访人', en: 'Visitor', width: 16, value: (one) => one.visitorName },
  { zh: '来访单位', en: 'Organisation', width: 26, value: (one) => one.organisation },
  { zh: '登记编号', en: 'Number', width: 12, value: (one) => one.visitNumber },
  { zh: '被访人', en: 'Host', width: 14, value: (one) => one.hostName },
  { zh: '车位', en: 'Place', width: 10, value: (one) => one.place },
  { zh: '驾驶员', en: 'Driver', width: 14, value: (one) => one.driverName },
  { zh: '驾驶员电话', en: "Driver's phone", width: 18, value: (one) => one.driverPhone },
  { zh: '驶入时间', en: 'In', width: 18, value: (one, zone) => at(one.inAt, zone) },
  { zh: '驶出时间', en: 'Out', width: 18, value: (one, zone) => at(one.outAt, zone) },
]

const at = (instant: string | null, zone: string) =>
  instant === null ? '' : DateTime.fromISO(instant, { zone }).toFormat('yyyy-MM-dd HH:mm')

export async function vehicleSheet(
  rows: readonly Vehicle[],
  language: 'zh' | 'en',
  zone: string,
): Promise<{ name: string; content: Buffer }> {
  const name = language === 'zh' ? '来访车辆登记表' : 'Vehicles of visitors'
  const data: SheetData = [
    columns.map((column) => ({ value: column[language], fontWeight: 'bold' as const })),
    ...rows.map((row) => columns.map((column) => ({ value: column.value(row, zone), type: String }))),
  ]
  const content = await writeXlsxFile(data, {
    sheet: name,
    columns: columns.map(({ width }) => ({ width })),
    stickyRowsCount: 1,
  }).toBuffer()
  return { name, content }
}
