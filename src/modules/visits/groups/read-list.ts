/**
 * PURE: a pasted list or the rows of a sheet → members, and every line that is not one with its reason (V22). Lists come
 * from letters, chats and other people's Excel: columns in any order, with a heading or without, tabs or commas or 、.
 */
import { tidy } from '../../../kernel/find/spelling.ts'
import { idCardIsValid } from '../rules.ts'
import { readPlate, statedPlate } from '../vehicles/rules.ts'

export const memberFields = ['visitorName', 'organisation', 'phone', 'document', 'plate'] as const
export type MemberField = (typeof memberFields)[number]

export interface ReadMember {
  readonly line: number
  readonly visitorName: string
  readonly organisation: string
  readonly phone: string
  readonly documentKind: 'id-card' | 'passport' | 'travel-permit' | 'other' | null
  readonly document: string
  readonly plate: string
  /** Stated beside it: another country's plate, or another kind. */
  readonly plateForeign: boolean
}

export const lineFaults = [
  'no-name',
  'name-has-digits',
  'too-long',
  'phone',
  'document',
  'plate',
  'duplicate',
  'unclear',
] as const
export type LineFault = (typeof lineFaults)[number]

export interface BadLine {
  readonly line: number
  readonly text: string
  readonly code: LineFault
  /** `duplicate`: the line it repeats. Otherwise the piece that cannot be understood. */
  readonly value: string
}

export interface ReadList {
  readonly members: readonly ReadMember[]
  readonly bad: readonly BadLine[]
  /** Which columns a heading named; null: none, recognised by their look. */
  readonly heading: readonly (MemberField | null)[] | null
}

const headings: Readonly<Record<MemberField, readonly string[]>> = {
  visitorName: [
    '姓名',
    '名字',
    '来访人',
    '来访人姓名',
    '访客',
    '成员',
    'name',
    'fullname',
    'visitor',
    'member',
  ],
  organisation: [
    '单位',
    '公司',
    '来访单位',
    '学校',
    '机构',
    'organisation',
    'organization',
    'company',
    'school',
  ],
  phone: ['电话', '手机', '手机号', '联系电话', '联系方式', 'phone', 'mobile', 'tel', 'telephone'],
  document: [
    '证件',
    '证件号',
    '证件号码',
    '身份证',
    '身份证号',
    '身份证号码',
    '护照',
    'document',
    'id',
    'idnumber',
    'passport',
  ],
  plate: ['车牌', '车牌号', '车号', 'plate', 'licenceplate', 'carplate'],
}
/** Columns a list carries for its own reader. */
const ignored = [
  '序号',
  '编号',
  'no',
  'nr',
  '性别',
  'gender',
  'sex',
  '备注',
  'note',
  'remarks',
  '年龄',
  'age',
]

const separators = /[\t,,;;|、]/
const platePattern = /^[\u4e00-\u9fa5][A-Z][·.\s]?[A-Z0-9]{5,6}$/
const passportPattern = /^[A-Z]{1,2}\d{6,9}$/
const organisationWord =
  /(公司|集团|大学|学院|学校|中学|小学|医院|银行|研究院|研究所|中心|协会|政府|局|委|厂|店|部|社|所|校|班)$|\b(ltd|inc|llc|gmbh|co|corp|university|school|college|company|group|bank|institute)\b\.?/i

const keyOf = (cell: string) =>
  tidy(cell)
    .toLowerCase()
    .replace(/[\s*::()()_-]/g, '')

function headingOf(cells: readonly string[]): (MemberField | null)[] | null {
  const found = cells.map((cell) => {
    const key = keyOf(cell)
    return memberFields.find((field) => headings[field].includes(key)) ?? null
  })
  const known = found.filter((field) => field !== null)
  const rest = cells.filter((cell, i) => found[i] === null && keyOf(cell) !== '')
  const plausible = known.includes('visitorName') && new Set(known).size === known.length
  // A heading of one word could be somebody's name, but nobody is called 姓名.
  return plausible && rest.every((cell) => !/\d/.test(cell)) ? found : null
}

export function readText(text: string): ReadList {
  const rows = text.split(/\r\n|\r|\n/).map((line, i) => ({ line: i + 1, cells: splitLine(line) }))
  return readRowsOf(rows)
}

function splitLine(line: string): string[] {
  if (line.includes('\t')) return line.split('\t').map(tidy)
  const cells = line.split(separators).map(tidy)
  if (cells.length > 1) return cells
  // No separator at all: a name and a telephone with a space between, or Chinese pieces with spaces.
  const words = tidy(line).split(' ')
  const latinName = words.every((word) => /^[\p{Script=Latin}.'’-]+$/u.test(word))
  return words.length > 1 && !latinName && words.some((word) => /\d|\p{Script=Han}/u.test(word))
    ? joinLatin(words)
    : cells
}

/** `Ann Lee 13912345678`: the words of one Latin name stay together. */
function joinLatin(words: readonly string[]): string[] {
  const out: string[] = []
  let latin: string[] = []
  const flush = () => {
    if (latin.length > 0) out.push(latin.join(' '))
    latin = []
  }
  for (const word of words) {
    if (/^[\p{Script=Latin}.'’-]+$/u.test(word)) latin.push(word)
    else {
      flush()
      out.push(word)
    }
  }
  flush()
  return out
}

export function readRowsOf(
  rows: readonly { readonly line: number; readonly cells: readonly string[] }[],
): ReadList {
  const filled = rows.filter((row) => row.cells.some((cell) => tidy(cell) !== ''))
  const members: ReadMember[] = []
  const bad: BadLine[] = []
  const seen = new Map<string, number>()
  // A title above the table does no harm: the heading is one of the first lines.
  const at = filled.slice(0, 5).findIndex((row) => headingOf(row.cells) !== null)
  const heading = at < 0 ? null : headingOf(filled[at]?.cells ?? [])
  const ignoredColumns = at < 0 ? [] : (filled[at]?.cells ?? []).map((cell) => ignored.includes(keyOf(cell)))
  for (const row of filled.slice(at + 1)) {
    const cells = row.cells.map(tidy)
    const read = heading === null ? byLook(cells) : byHeading(cells, heading, ignoredColumns)
    const text = cells.filter(Boolean).join(' ')
    const fault = faultOf(read)
    if (fault !== undefined) {
      bad.push({ line: row.line, text, ...fault })
      continue
    }
    const member = memberOf(row.line, read)
    const key = [
      member.visitorName.toLowerCase(),
      member.phone || member.document || member.organisation.toLowerCase(),
    ].join('|')
    const before = seen.get(key)
    if (before !== undefined) {
      bad.push({ line: row.line, text, code: 'duplicate', value: String(before) })
      continue
    }
    seen.set(key, row.line)
    members.push(member)
  }
  return { members, bad, heading }
}

type Pieces = Partial<Record<MemberField, string>> & { unclear?: string }

function byHeading(
  cells: readonly string[],
  heading: readonly (MemberField | null)[],
  ignoredColumns: readonly boolean[],
): Pieces {
  const pieces: Pieces = {}
  cells.forEach((cell, i) => {
    const field = heading[i]
    if (cell === '' || ignoredColumns[i] === true) return
    if (field) pieces[field] = cell
  })
  return pieces
}

/** Telephone, document and plate look like nothing else; of what is left the shorter without company words is the name. */
function byLook(all: readonly string[]): Pieces {
  const pieces: Pieces = {}
  const words: string[] = []
  const cells = all.filter((cell) => cell !== '')
  cells.forEach((cell, i) => {
    const compact = cell.replace(/[\s-]/g, '').toUpperCase()
    if (i === 0 && cells.length > 1 && /^\d{1,4}[.)、]?$/.test(cell)) return
    if (/^[男女]$/.test(cell)) return
    if (/^\d{17}[\dX]$/.test(compact) || /^\d{15}$/.test(compact)) pieces.document ??= compact
    else if (/^\+?[\d\s()-]{5,20}$/.test(cell)) {
      if (pieces.phone === undefined) pieces.phone = cell
      else pieces.unclear ??= cell
    } else if (platePattern.test(compact) || statedPlate(cell).stated) pieces.plate ??= cell
    else if (passportPattern.test(compact)) pieces.document ??= compact
    else words.push(cell)
  })
  const nameAt = words.findIndex((word) => !organisationWord.test(word))
  const [name] = words.splice(Math.max(nameAt, 0), 1)
  if (name !== undefined && !(nameAt < 0 && cells.length > 1))
    pieces.visitorName = name.replace(/^\d{1,4}[.)、]\s*/, '')
  if (words.length === 1 && words[0] !== undefined) pieces.organisation = words[0]
  if (words.length > 1) pieces.unclear ??= words.slice(1).join(' ')
  return pieces
}

function faultOf(read: Pieces): { code: LineFault; value: string } | undefined {
  const { visitorName = '', organisation = '', phone = '', document = '', plate = '' } = read
  if (visitorName === '' || !/\p{L}/u.test(visitorName)) return { code: 'no-name', value: visitorName }
  if (/\d/.test(visitorName)) return { code: 'name-has-digits', value: visitorName }
  for (const [text, most] of [
    [visitorName, 80],
    [organisation, 200],
    [plate, 30],
  ] as const) {
    if (text.length > most) return { code: 'too-long', value: text.slice(0, 40) }
  }
  if (phone !== '' && !/^\+?\d{2,20}$/.test(phone.replace(/[\s()-]/g, '')))
    return { code: 'phone', value: phone }
  if (document !== '' && documentKindOf(compactOf(document)) === undefined)
    return { code: 'document', value: document }
  if (plate !== '' && plateIn(plate) === null) return { code: 'plate', value: plate }
  if (read.unclear !== undefined) return { code: 'unclear', value: read.unclear }
  return undefined
}

function plateIn(written: string) {
  const { text, stated } = statedPlate(written)
  return readPlate(text, stated)
}

const compactOf = (text: string) => text.replace(/[\s-]/g, '').toUpperCase()

/** An eighteen-digit number must be a true identity card; everything else is taken at its look. */
function documentKindOf(compact: string): Exclude<ReadMember['documentKind'], null> | undefined {
  if (/^\d{17}[\dX]$/.test(compact)) return idCardIsValid(compact) ? 'id-card' : undefined
  if (/^[HMC]\d{8,10}$/.test(compact)) return 'travel-permit'
  if (passportPattern.test(compact)) return 'passport'
  return /^[A-Z0-9]{4,30}$/.test(compact) ? 'other' : undefined
}

function memberOf(line: number, read: Pieces): ReadMember {
  const document = compactOf(read.document ?? '')
  return {
    line,
    visitorName: tidy(read.visitorName ?? ''),
    organisation: tidy(read.organisation ?? ''),
    phone: tidy(read.phone ?? ''),
    documentKind: document === '' ? null : (documentKindOf(document) ?? null),
    document,
    plate: plateIn(read.plate ?? '')?.plate ?? '',
    plateForeign: plateIn(read.plate ?? '')?.kind === null,
  }
}
