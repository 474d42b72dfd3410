/** Columns of the customers' Excel file: the same headings are written and read again. One line per contact. */
export interface CustomerColumn {
  readonly key: string
  readonly zh: string
  readonly en: string
  /** Other headings seen in real lists, lower case. */
  readonly aliases: readonly string[]
  readonly width: number
}

export const customerColumns = [
  {
    key: 'company',
    zh: '客户单位',
    en: 'Company',
    aliases: [
      '单位',
      '单位名称',
      '公司',
      '公司名称',
      '客户',
      '客户名称',
      '企业名称',
      'customer',
      'company name',
      'account',
      'account name',
      'organisation',
      'organization',
      'employer',
    ],
    width: 30,
  },
  {
    key: 'shortName',
    zh: '简称',
    en: 'Short name',
    aliases: ['公司简称', '客户简称', 'abbreviation'],
    width: 14,
  },
  {
    key: 'grade',
    zh: '等级',
    en: 'Grade',
    aliases: ['客户等级', '客户级别', '级别', 'customer grade', 'level', 'tier'],
    width: 10,
  },
  { key: 'industry', zh: '行业', en: 'Industry', aliases: ['所属行业', 'sector'], width: 14 },
  {
    key: 'companyPhone',
    zh: '单位电话',
    en: 'Company phone',
    aliases: ['公司电话', '总机', '座机', 'main phone', 'office phone', 'switchboard'],
    width: 22,
  },
  {
    key: 'address',
    zh: '地址',
    en: 'Address',
    aliases: ['单位地址', '公司地址', '联系地址', 'street', 'company address'],
    width: 30,
  },
  { key: 'website', zh: '网址', en: 'Website', aliases: ['网站', '官网', 'url', 'web'], width: 20 },
  {
    key: 'companyTags',
    zh: '单位标签',
    en: 'Company tags',
    aliases: ['客户标签', '标签', 'tags'],
    width: 16,
  },
  {
    key: 'companyNote',
    zh: '单位备注',
    en: 'Company note',
    aliases: ['客户备注', '备注', 'remarks', 'note', 'notes'],
    width: 24,
  },
  {
    key: 'owner',
    zh: '归属',
    en: 'Owner',
    aliases: [
      '归属人',
      '业务员',
      '销售',
      '跟进人',
      '客户经理',
      '负责人',
      'account manager',
      'sales rep',
      'salesperson',
      'assigned to',
    ],
    width: 12,
  },
  {
    key: 'lockedUntil',
    zh: '保护期至',
    en: 'Protected until',
    aliases: ['保护期', '锁定至', 'locked until', 'lock'],
    width: 12,
  },
  {
    key: 'contact',
    zh: '联系人',
    en: 'Contact',
    aliases: ['姓名', '联系人姓名', '客户姓名', 'name', 'contact name', 'contact person', 'full name'],
    width: 14,
  },
  { key: 'post', zh: '职务', en: 'Title', aliases: ['职位', '岗位', 'job title', 'position'], width: 14 },
  { key: 'sex', zh: '性别', en: 'Sex', aliases: ['称谓', 'gender'], width: 6 },
  {
    key: 'phone',
    zh: '电话',
    en: 'Phone',
    aliases: [
      '联系电话',
      '手机',
      '手机号',
      '手机号码',
      '移动电话',
      'mobile',
      'mobile phone',
      'telephone',
      'cell',
      'phone number',
    ],
    width: 22,
  },
  {
    key: 'email',
    zh: '邮箱',
    en: 'E-mail',
    aliases: ['电子邮箱', '电子邮件', 'email', 'mail', 'email address', 'e-mail address'],
    width: 26,
  },
  { key: 'dialect', zh: '方言', en: 'Dialect', aliases: ['地方话'], width: 10 },
  { key: 'language', zh: '语言', en: 'Language', aliases: ['语种'], width: 10 },
  { key: 'vip', zh: '贵宾', en: 'VIP', aliases: ['重要联系人', '是否vip', '是否贵宾'], width: 8 },
  { key: 'contactTags', zh: '联系人标签', en: 'Contact tags', aliases: [], width: 16 },
  { key: 'contactNote', zh: '联系人备注', en: 'Contact note', aliases: [], width: 24 },
] as const satisfies readonly CustomerColumn[]

export type ColumnKey = (typeof customerColumns)[number]['key']

export const gradeWords = {
  normal: ['普通', 'Normal', '一般', '普通客户', 'c', 'standard'],
  key: ['重点', 'Key', '重点客户', '大客户', 'key account', 'b'],
  vip: ['贵宾', 'VIP', '贵宾客户', 'vip客户', 'a'],
} as const
