import type { RouteAnswer } from '../../../../kernel/contract.ts'
import { PaperWord } from '../../../../ui-kit/paper-word.tsx'
import { toWall } from '../../../../ui-kit/zone-time.ts'
import type { passes } from '../../passes/contract.ts'

export type Paper = RouteAnswer<typeof passes.print>

/**
 * The official forms keep their Chinese titles with English below, whatever language the screen speaks; so these words
 * are part of the form and not of the interface.
 */
export const words = {
  slip: ['来访人员来访登记表', 'Visitor slip'],
  stub: ['存根联（门岗留存）', 'Stub, kept at the gate'],
  copy: ['随行联（离开时交回）', 'Copy, returned when leaving'],
  tear: ['沿此线撕开', 'Tear here'],
  pass: ['访客证', 'VISITOR'],
  number: ['编号', 'No.'],
  visitor: ['来访人', 'Visitor'],
  organisation: ['单位', 'Organisation'],
  phone: ['联系电话', 'Phone'],
  document: ['证件', 'Document'],
  party: ['人数', 'Party'],
  companions: ['随行人员', 'Companions'],
  purpose: ['来访事由', 'Purpose'],
  kind: ['来访类别', 'Kind'],
  host: ['被访人', 'Host'],
  department: ['部门 / 分机', 'Dept. / Ext.'],
  plate: ['车牌', 'Plate'],
  passNumber: ['出入证号', 'Pass no.'],
  timeIn: ['进入时间', 'Time in'],
  timeOut: ['离开时间', 'Time out'],
  until: ['有效至', 'Valid until'],
  areas: ['许可区域', 'Areas'],
  way: ['怎么走', 'Way'],
  signGate: ['门岗签字', 'Gate'],
  signVisitor: ['来访人签字', 'Visitor'],
  signHost: ['被访人签字', 'Host'],
  signRelease: ['门岗放行签字', 'Gate, released'],
  at: ['时间', 'Time'],
  notes: ['安全须知', 'Safety notes'],
  register: ['来访人员登记表', 'Visitor registration'],
  inOut: ['来访人员出入登记表', 'Visitors in and out'],
  index: ['序号', 'No.'],
  day: ['日期', 'Day'],
  name: ['来访人姓名', 'Visitor'],
  signed: ['签字', 'Signed'],
  remark: ['备注', 'Note'],
  preparedBy: ['制表人', 'Prepared by'],
  checkedBy: ['审核人', 'Checked by'],
  date: ['日期', 'Date'],
} as const satisfies Record<string, readonly [zh: string, en: string]>

export type WordName = keyof typeof words

export function Word({ name }: { name: WordName }) {
  return <PaperWord text={words[name]} />
}

/** 2026-11-21 09:42 of the site: read by everybody the same way. */
export function stamp(instant: string | null, zone: string): string {
  return instant === null ? '' : toWall(instant, zone).replace('T', ' ')
}
