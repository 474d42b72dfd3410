/** Columns of the employees' Excel file: the same headings are written and read again. */
export interface EmployeeColumn {
  readonly key: string
  readonly zh: string
  readonly en: string
  /** Other headings seen in real staff lists, lower case. */
  readonly aliases: readonly string[]
  readonly width: number
}

export const employeeColumns = [
  {
    key: 'number',
    zh: '工号',
    en: 'Staff no.',
    aliases: [
      '员工编号',
      '员工号',
      '编号',
      'staff no',
      'employee id',
      'employee no',
      'staff number',
      'number',
      'id',
    ],
    width: 12,
  },
  {
    key: 'name',
    zh: '姓名',
    en: 'Name',
    aliases: ['员工姓名', '名字', '人员', 'full name', 'employee', 'employee name'],
    width: 14,
  },
  {
    key: 'department',
    zh: '部门',
    en: 'Department',
    aliases: [
      '所属部门',
      '部门路径',
      '组织',
      'dept',
      'department path',
      'organisation',
      'organization',
      'team',
    ],
    width: 24,
  },
  {
    key: 'post',
    zh: '职务',
    en: 'Title',
    aliases: ['职位', '岗位', '职称', 'job title', 'position', 'post'],
    width: 16,
  },
  {
    key: 'extension',
    zh: '分机',
    en: 'Extension',
    aliases: ['分机号', '内线', '短号', '座机分机', 'ext', 'ext.', 'extension no', 'internal phone'],
    width: 10,
  },
  {
    key: 'mobile',
    zh: '手机',
    en: 'Mobile',
    aliases: [
      '手机号',
      '手机号码',
      '移动电话',
      '联系电话',
      '电话',
      'mobile phone',
      'cell',
      'cell phone',
      'phone',
      'mobile no',
    ],
    width: 16,
  },
  {
    key: 'email',
    zh: '邮箱',
    en: 'E-mail',
    aliases: ['电子邮箱', '电子邮件', '邮件', 'email', 'mail', 'email address', 'e-mail address'],
    width: 26,
  },
  { key: 'floor', zh: '楼层', en: 'Floor', aliases: ['所在楼层', 'level', 'storey'], width: 8 },
  {
    key: 'room',
    zh: '房间',
    en: 'Room',
    aliases: ['房间号', '办公室', '工位', '座位', 'office', 'seat', 'desk'],
    width: 10,
  },
  {
    key: 'lineWorker',
    zh: '一线工人',
    en: 'Line worker',
    aliases: ['一线', '一线员工', '生产线', '车间工人', 'blue collar', 'worker'],
    width: 10,
  },
  {
    key: 'languages',
    zh: '语言',
    en: 'Languages',
    aliases: ['外语', '语种', 'language', 'spoken languages'],
    width: 16,
  },
  { key: 'dialects', zh: '方言', en: 'Dialects', aliases: ['地方话', 'dialect'], width: 14 },
  {
    key: 'secretary',
    zh: '秘书',
    en: 'Secretary',
    aliases: ['秘书姓名', '秘书工号', 'assistant'],
    width: 12,
  },
  {
    key: 'deputy',
    zh: '代理人',
    en: 'Deputy',
    aliases: ['代理', '代办人', '替代人', 'substitute', 'stand-in'],
    width: 12,
  },
  {
    key: 'head',
    zh: '部门负责人',
    en: 'Department head',
    aliases: ['负责人', '部门主管', '主管', '是否负责人', 'head', 'manager', 'is head'],
    width: 12,
  },
  {
    key: 'language',
    zh: '通知语言',
    en: 'Notice language',
    aliases: ['界面语言', 'ui language', 'preferred language'],
    width: 10,
  },
  { key: 'state', zh: '状态', en: 'State', aliases: ['在职状态', '是否在职', 'status', 'active'], width: 8 },
] as const satisfies readonly EmployeeColumn[]

export type ColumnKey = (typeof employeeColumns)[number]['key']
