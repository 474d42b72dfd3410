/** The two paper registers: their columns are the same on paper, in Excel and in PDF (来访人员登记表, 来访人员出入登记表). */
import { DateTime } from 'luxon'
import { maskNumber } from '../../../kernel/telephone/mask.ts'
import type { House } from '../house.ts'
import { texts, visitNumber } from '../present.ts'
import type { VisitRow } from '../store.ts'

type Lang = 'zh' | 'en'
export type Form = 'registration' | 'in-out'

export interface Rendering {
  readonly language: Lang
  readonly zone: string
  /** Complete phone numbers. */
  readonly full: boolean
  readonly house: House
}

interface FormColumn {
  readonly zh: string
  readonly en: string
  readonly width: number
  readonly value: (row: VisitRow, how: Rendering, index: number) => string | number
  /** On paper: its share of the width, and shorter words where a sheet has no room. */
  readonly paper: number
  readonly short?: (row: VisitRow, how: Rendering) => string
}

const at = (instant: Date | null, zone: string, format: string) =>
  instant === null ? '' : DateTime.fromJSDate(instant, { zone }).toFormat(format)

const phone = (row: VisitRow, how: Rendering) =>
  row.phone === '' ? '' : how.full ? row.phone : maskNumber(row.phone)

/** The day again only when it is another. */
const leftShort = (row: VisitRow, { zone }: Rendering) =>
  at(
    row.left_at,
    zone,
    at(row.left_at, zone, 'DDD') === at(row.arrived_at, zone, 'DDD') ? 'HH:mm' : 'MM-dd HH:mm',
  )

const columns = {
  index: { zh: '序号', en: 'No.', width: 6, paper: 28, value: (_row, _how, index) => index + 1 },
  number: { zh: '登记编号', en: 'Number', width: 12, paper: 42, value: (row) => visitNumber(row.number) },
  day: {
    zh: '日期',
    en: 'Date',
    width: 12,
    paper: 50,
    value: (row, how) => at(row.arrived_at ?? row.expected_at, how.zone, 'yyyy-MM-dd'),
  },
  name: { zh: '来访人姓名', en: 'Visitor', width: 16, paper: 52, value: (row) => row.visitor_name },
  companions: {
    zh: '随行人员',
    en: 'Companions',
    width: 20,
    paper: 52,
    value: (row) => texts(row.companions).join('、'),
  },
  organisation: {
    zh: '来访单位',
    en: 'Organisation',
    width: 26,
    paper: 76,
    value: (row) => row.organisation,
  },
  phone: { zh: '联系电话', en: 'Phone', width: 18, paper: 70, value: phone },
  party: { zh: '人数', en: 'Party', width: 6, paper: 29, value: (row) => row.party_size },
  kind: {
    zh: '来访类别',
    en: 'Kind',
    width: 14,
    paper: 50,
    value: (row, how) => how.house.kinds.get(row.kind)?.name[how.language] ?? row.kind,
  },
  purpose: { zh: '来访事由', en: 'Purpose', width: 26, paper: 78, value: (row) => row.purpose },
  host: {
    zh: '被访人',
    en: 'Host',
    width: 14,
    paper: 40,
    value: (row) => row.receiver_name || row.host_name,
  },
  department: { zh: '被访部门', en: 'Department', width: 16, paper: 58, value: (row) => row.host_department },
  timeIn: {
    zh: '进入时间',
    en: 'Time in',
    width: 18,
    value: (row, how) => at(row.arrived_at, how.zone, 'yyyy-MM-dd HH:mm'),
    paper: 44,
    short: (row, how) => at(row.arrived_at, how.zone, 'HH:mm'),
  },
  timeOut: {
    zh: '离开时间',
    en: 'Time out',
    width: 18,
    value: (row, how) => at(row.left_at, how.zone, 'yyyy-MM-dd HH:mm'),
    paper: 44,
    short: leftShort,
  },
  pass: { zh: '出入证号', en: 'Pass', width: 10, paper: 44, value: (row) => row.pass_number ?? '' },
  plate: { zh: '车牌号', en: 'Plate', width: 12, paper: 52, value: (row) => row.plate },
  signed: {
    zh: '被访人签字',
    en: 'Signed by host',
    width: 14,
    paper: 42,
    value: (row) => row.signed_by_name,
  },
  guard: { zh: '经办人', en: 'Recorded by', width: 14, paper: 46, value: (row) => row.created_by_name },
  note: { zh: '备注', en: 'Note', width: 24, paper: 38, value: (row) => row.note },
} satisfies Record<string, FormColumn>

/** By the form's name; `width` is in characters of Excel. */
export const forms: Readonly<
  Record<Form, { readonly zh: string; readonly en: string; readonly columns: readonly FormColumn[] }>
> = {
  registration: {
    zh: '来访人员登记表',
    en: 'Visitor registration',
    columns: [
      columns.index,
      columns.number,
      columns.day,
      columns.name,
      columns.companions,
      columns.organisation,
      columns.phone,
      columns.party,
      columns.kind,
      columns.purpose,
      columns.host,
      columns.department,
      columns.timeIn,
      columns.timeOut,
      columns.signed,
      columns.guard,
      columns.note,
    ],
  },
  'in-out': {
    zh: '来访人员出入登记表',
    en: 'Visitors in and out',
    columns: [
      columns.index,
      columns.day,
      columns.name,
      columns.organisation,
      columns.party,
      columns.host,
      columns.pass,
      columns.plate,
      columns.timeIn,
      columns.timeOut,
      columns.signed,
      columns.guard,
    ],
  },
}
