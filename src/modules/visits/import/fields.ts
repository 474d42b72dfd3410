import type { ImportField } from '../../../kernel/imports/importer.ts'

/**
 * Columns of the registers we have met: the paper form as a sheet, and the visitor access records of a large house,
 * whose names come in three columns and whose groups share an event number.
 */
export const visitFields: readonly ImportField[] = [
  {
    key: 'visitorName',
    required: false,
    aliases: ['来访人姓名', '姓名', '访客', '来访人', 'visitor', 'name', 'full name'],
  },
  { key: 'companions', required: false, aliases: ['随行人员', 'companions'] },
  { key: 'familyName', required: false, aliases: ['姓', 'namelast', 'last name', 'family name', 'surname'] },
  { key: 'givenName', required: false, aliases: ['名', 'namefirst', 'first name', 'given name'] },
  { key: 'middleName', required: false, aliases: ['namemid', 'middle name', 'middle'] },
  {
    key: 'organisation',
    required: false,
    aliases: ['来访单位', '单位', '公司', 'organisation', 'organization', 'company'],
  },
  { key: 'phone', required: false, aliases: ['联系电话', '电话', '手机', 'phone', 'mobile'] },
  { key: 'purpose', required: false, aliases: ['来访事由', '事由', 'purpose', 'reason'] },
  { key: 'kind', required: false, aliases: ['来访类别', '类别', '种类', 'kind', 'type', 'group'] },
  { key: 'hostName', required: false, aliases: ['被访人', '接待人', 'host'] },
  { key: 'hostFamilyName', required: false, aliases: ['visitee last name', 'visitee_namelast'] },
  { key: 'hostGivenName', required: false, aliases: ['visitee first name', 'visitee_namefirst'] },
  { key: 'groupKey', required: false, aliases: ['团组编号', '批次', 'event', 'uin', 'appointment number'] },
  {
    key: 'groupSize',
    required: false,
    aliases: ['人数', 'total people', 'total_people', 'party', 'party size'],
  },
  {
    key: 'startAt',
    required: true,
    aliases: ['预约时间', '日期', '来访时间', 'appt_start_date', 'start', 'date', 'expected'],
  },
  { key: 'endAt', required: false, aliases: ['预约结束', '结束时间', 'appt_end_date', 'end', 'valid until'] },
  { key: 'cancelledAt', required: false, aliases: ['取消时间', 'appt_cancel_date', 'cancelled'] },
  { key: 'arrivedAt', required: false, aliases: ['进入时间', '到达时间', 'toa', 'time in', 'arrived'] },
  { key: 'leftAt', required: false, aliases: ['离开时间', 'tod', 'time out', 'left'] },
  { key: 'place', required: false, aliases: ['地点', 'meeting location', 'meeting_loc', 'place'] },
  { key: 'room', required: false, aliases: ['房间', '会议室', 'meeting room', 'meeting_room', 'room'] },
  { key: 'plate', required: false, aliases: ['车牌号', '车牌', 'plate'] },
  { key: 'note', required: false, aliases: ['备注', 'description', 'note', 'remarks'] },
]
