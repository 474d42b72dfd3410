/** PURE: one line of a customer list, cell by cell. */
import type { ImportRow, LineProblem } from '../../../kernel/imports/importer.ts'
import { telephoneNumber } from '../../../kernel/telephone/number.ts'
import type { CompanyPatch } from '../companies/company.ts'
import type { ContactPatch } from '../contacts/contact.ts'
import type { NewPhone } from '../phones/store.ts'
import { companyKey, type Grade, grades, plain } from '../rules.ts'
import { type ColumnKey, gradeWords } from '../sheets/columns.ts'

/** What a line says; what it does not say is `undefined` and stays as it is stored. Empty cells say nothing. */
export interface CustomerLine {
  readonly line: number
  readonly company: {
    readonly name: string
    readonly key: string
    readonly patch: CompanyPatch
    readonly phones: readonly NewPhone[]
    readonly owner: string | undefined
    readonly lockedUntil: string | undefined
  } | null
  readonly contact: {
    readonly name: string
    readonly patch: ContactPatch
    readonly phones: readonly NewPhone[]
  } | null
}

const longest = 200
const mail = /^[^\s@]+@[^\s@]+\.[^\s@]+$/
const separators = /[、,,;;|\n]+/
const yes = new Set(['是', '有', '√', '✓', 'y', 'yes', 'true', '1', 'x', 'vip', '贵宾'])
const no = new Set(['否', '无', '×', 'n', 'no', 'false', '0', '-'])
const sexes: Readonly<Record<string, 'female' | 'male'>> = {
  ...{
    女: 'female',
    女士: 'female',
    小姐: 'female',
    female: 'female',
    f: 'female',
    ms: 'female',
    mrs: 'female',
  },
  ...{ 男: 'male', 先生: 'male', male: 'male', m: 'male', mr: 'male' },
}
const languages: Readonly<Record<string, string>> = {
  ...{
    普通话: 'zh',
    中文: 'zh',
    汉语: 'zh',
    chinese: 'zh',
    mandarin: 'zh',
    英语: 'en',
    英文: 'en',
    english: 'en',
  },
  ...{ 日语: 'ja', 日文: 'ja', japanese: 'ja', 韩语: 'ko', korean: 'ko', 法语: 'fr', french: 'fr' },
  ...{ 德语: 'de', german: 'de', 俄语: 'ru', russian: 'ru', 西班牙语: 'es', spanish: 'es' },
}

function gradeOf(word: string): Grade | undefined {
  const text = word.toLowerCase()
  return grades.find((one) => one === text || gradeWords[one].some((known) => known.toLowerCase() === text))
}

/** `办公 0755-66668000转8130、13812345678` → each number with what stands before it; null when one is none. */
function phonesIn(cell: string): NewPhone[] | null {
  const phones: NewPhone[] = []
  for (const part of cell.split(separators).map((text) => text.trim())) {
    if (part === '') continue
    const said = /^([^\d+((]*?)[\s::]*((?:转|分机|ext)?[\d+((].*)$/i.exec(part)
    const read = telephoneNumber(said?.[2] ?? part)
    if (read === null) return null
    const label = (said?.[1] ?? '').trim().slice(0, 30)
    if (!phones.some((one) => one.number === read.number && one.extension === read.extension))
      phones.push({ ...read, label })
  }
  return phones
}

export function readLine(row: ImportRow): CustomerLine | readonly LineProblem[] {
  const problems: LineProblem[] = []
  const bad = (field: ColumnKey, code: string, value: string) => {
    problems.push({ field, code, value: value.slice(0, 60) })
    return undefined
  }
  const text = (field: ColumnKey, most = longest) => {
    const value = plain(row.cells[field] ?? '')
    return value === '' ? undefined : value.length > most ? bad(field, 'too-long', value) : value
  }
  const read = <T>(field: ColumnKey, code: string, parse: (value: string) => T | undefined) => {
    const value = text(field)
    return value === undefined ? undefined : (parse(value) ?? bad(field, code, value))
  }
  const list = (field: ColumnKey) =>
    read(field, 'too-long', (value) => {
      const words = value
        .split(separators)
        .map((word) => word.trim())
        .filter((word) => word !== '')
      return words.length <= 20 && words.every((word) => word.length <= 30) ? words : undefined
    })
  const phones = (field: ColumnKey) => {
    const value = plain(row.cells[field] ?? '')
    if (value === '') return []
    const found = phonesIn(row.cells[field] ?? '')
    return found ?? bad(field, 'phone', value) ?? []
  }
  const companyName = text('company')
  const contactName = text('contact', 80)
  if (companyName === undefined && contactName === undefined && problems.length === 0)
    problems.push({ field: 'company', code: 'required' })
  const company = {
    shortName: text('shortName'),
    grade: read('grade', 'unknown', gradeOf),
    industry: text('industry'),
    address: text('address'),
    website: text('website'),
    tags: list('companyTags'),
    note: text('companyNote', 4000),
  }
  const contact = {
    title: text('post'),
    sex: read('sex', 'unknown', (value) => sexes[value.toLowerCase().replace('.', '')]),
    email: read('email', 'email', (value) => (mail.test(value) ? value.toLowerCase() : undefined)),
    dialect: text('dialect', 20),
    language: read('language', 'unknown', languageOf),
    vip: read('vip', 'yes-no', (value) =>
      yes.has(value.toLowerCase()) ? true : no.has(value.toLowerCase()) ? false : undefined,
    ),
    tags: list('contactTags'),
    note: text('contactNote', 4000),
  }
  const lockedUntil = read('lockedUntil', 'date', dayIn)
  const owner = text('owner')
  const [companyPhones, contactPhones] = [phones('companyPhone'), phones('phone')]
  if (problems.length > 0) return problems
  // A number without a person's name is the company's.
  const shared = contactName === undefined ? [...companyPhones, ...contactPhones] : companyPhones
  return {
    line: row.line,
    company:
      companyName === undefined
        ? null
        : {
            name: companyName,
            key: companyKey(companyName),
            patch: { ...company },
            phones: shared,
            owner,
            lockedUntil,
          },
    contact:
      contactName === undefined ? null : { name: contactName, patch: { ...contact }, phones: contactPhones },
  }
}

function languageOf(value: string): string | undefined {
  const word = value.toLowerCase()
  return /^[a-z]{2}$/.test(word) ? word : languages[word]
}

/** `2026-01-02`, `2026/1/2`, `2026年1月2日`, `2026-01-02 00:00`. */
function dayIn(value: string): string | undefined {
  const match = /^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:\s.*)?$/.exec(value)
  if (match === null) return undefined
  const [year, month, day] = [
    match[1] ?? '',
    (match[2] ?? '').padStart(2, '0'),
    (match[3] ?? '').padStart(2, '0'),
  ]
  const text = `${year}-${month}-${day}`
  const at = new Date(`${text}T00:00:00Z`)
  return Number.isNaN(at.getTime()) || at.toISOString().slice(0, 10) !== text ? undefined : text
}
