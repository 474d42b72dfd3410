/** Headings of the copy, in both languages: it is read by somebody who does not know the product. */
import type { VisitStatus } from '../rules.ts'
import type { Event } from './copy-store.ts'

interface Both {
  readonly zh: string
  readonly en: string
}

const both = (zh: string, en: string): Both => ({ zh, en })

const number = both('编号', 'Number')
const time = both('时间', 'Time')
const name = both('姓名', 'Name')
const organisation = both('单位', 'Organisation')
const phone = both('电话', 'Telephone')
const plate = both('车牌', 'Plate')
const document = both('证件尾号', 'Document ends')
const purpose = both('事由', 'Purpose')

export const titles = {
  person: both('本人资料', 'Person'),
  visits: both('来访记录', 'Visits'),
  documents: both('证件查验', 'Documents checked'),
  cars: both('车辆', 'Vehicles'),
  permits: both('长期出入许可', 'Standing permits'),
  signatures: both('签署的文件', 'Documents signed'),
  letters: both('邀请邮件', 'Invitations'),
  files: both('照片与附件', 'Pictures and files'),
  events: both('其他记载', 'Other records'),
} as const

export const heads = {
  person: [
    name,
    organisation,
    phone,
    plate,
    document,
    both('来访次数', 'Visits'),
    both('首次登记', 'First entry'),
    both('最近来访', 'Last visit'),
  ],
  visits: [
    number,
    both('种类', 'Kind'),
    both('类别', 'Category'),
    both('状态', 'State'),
    name,
    organisation,
    phone,
    both('人数', 'People'),
    both('随行人员', 'Companions'),
    purpose,
    plate,
    both('团组', 'Group'),
    both('被访人', 'Host'),
    both('部门', 'Department'),
    both('预约', 'Expected'),
    both('到达', 'In'),
    both('离开', 'Out'),
    both('出入证', 'Pass'),
    document,
    both('备注', 'Note'),
  ],
  documents: [
    number,
    time,
    both('证件', 'Document'),
    document,
    both('证件姓名', 'Name on it'),
    both('签发地', 'Issued in'),
    both('有效期至', 'Valid until'),
  ],
  cars: [
    number,
    plate,
    both('驾驶员', 'Driver'),
    both('驾驶员电话', 'Driver’s telephone'),
    both('车位', 'Place'),
    both('驶入', 'In'),
    both('驶出', 'Out'),
  ],
  permits: [
    number,
    name,
    organisation,
    phone,
    plate,
    document,
    purpose,
    both('起', 'From'),
    both('止', 'To'),
    both('证照', 'Papers'),
  ],
  signatures: [number, both('文件', 'Document'), both('版本', 'Version'), both('签署人', 'Signed by'), time],
  letters: [number, time, both('邮箱', 'E-mail')],
  files: [number, time, both('文件', 'File'), both('类型', 'Type')],
  events: [number, time, both('事项', 'What'), both('地点', 'Place'), both('内容', 'Words')],
} as const satisfies Record<keyof typeof titles, readonly Both[]>

export const events = {
  incident: both('安保事件', 'Security incident'),
  refused: both('拒绝入内', 'Entry refused'),
  muster: both('疏散清点', 'Evacuation'),
  emergency: both('紧急来访', 'Emergency visit'),
  unannounced: both('未预约重要客户', 'Unannounced important visitor'),
} as const satisfies Record<Event['what'], Both>

export const states = {
  expected: both('预约', 'Expected'),
  held: both('稍候', 'On hold'),
  asking: both('询问中', 'Asking'),
  admitted: both('等候', 'Waiting'),
  with_host: both('会面中', 'With host'),
  signed_off: both('已签字', 'Signed off'),
  left: both('已离开', 'Left'),
  declined: both('已谢绝', 'Declined'),
  refused: both('已拒入', 'Refused'),
  cancelled: both('已取消', 'Cancelled'),
  no_show: both('未到', 'No-show'),
} as const satisfies Record<VisitStatus, Both>
