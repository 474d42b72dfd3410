/** One line of a staff list, cell by cell. Pure. */
import type { ImportRow, LineProblem } from '../../../kernel/imports/importer.ts'
import { extensionOf, mobileOf } from '../phone.ts'
import type { ColumnKey } from '../sheets/columns.ts'
import { isActiveWord, languageCode, wordsOf, yesOrNo } from '../sheets/words.ts'

/** What a line says; what it does not say is `undefined` and stays as it is stored. Empty cells say nothing. */
export interface StaffLine {
  readonly line: number
  readonly name: string
  readonly number?: string
  /** From the top: 总部, 销售部. */
  readonly department?: readonly string[]
  readonly title?: string
  readonly extension?: string
  /** E.164 */
  readonly mobile?: string
  readonly email?: string
  readonly floor?: string
  readonly room?: string
  readonly lineWorker?: boolean
  readonly languages?: readonly string[]
  readonly dialects?: readonly string[]
  readonly language?: 'zh' | 'en'
  readonly active?: boolean
  /** Name or staff number of somebody. */
  readonly secretary?: string
  readonly deputy?: string
  /** `true`: this person leads the department; a text: the one who does. */
  readonly head?: true | string
}

const mail = /^[^\s@]+@[^\s@]+\.[^\s@]+$/
const longest = 200

export function readLine(row: ImportRow): { line: StaffLine } | { problems: LineProblem[] } {
  const problems: LineProblem[] = []
  const bad = (field: ColumnKey, code: string, value: string) => {
    problems.push({ field, code, value: value.slice(0, 60) })
    return undefined
  }
  const text = (field: ColumnKey) => {
    const value = (row.cells[field] ?? '').replace(/\s+/g, ' ').trim()
    return value === '' ? undefined : value.length > longest ? bad(field, 'too-long', value) : value
  }
  const read = <T>(field: ColumnKey, code: string, parse: (value: string) => T | undefined) => {
    const value = text(field)
    return value === undefined ? undefined : (parse(value) ?? bad(field, code, value))
  }
  const all =
    <T>(parse: (word: string) => T | undefined) =>
    (value: string) => {
      const found = wordsOf(value).map(parse)
      return found.every((one) => one !== undefined) ? found : undefined
    }
  const said = {
    number: text('number'),
    department: read('department', 'invalid', pathOf),
    title: text('post'),
    extension: read('extension', 'extension', extensionOf),
    mobile: read('mobile', 'phone', mobileOf),
    email: read('email', 'email', (value) => (mail.test(value) ? value : undefined)),
    floor: text('floor'),
    room: text('room'),
    lineWorker: read('lineWorker', 'yes-no', yesOrNo),
    languages: read('languages', 'unknown', all(languageCode)),
    dialects: read(
      'dialects',
      'too-long',
      all((word) => (word.length <= 20 ? word : undefined)),
    ),
    language: read('language', 'unknown', noticeLanguage),
    active: read('state', 'invalid', isActiveWord),
    secretary: text('secretary'),
    deputy: text('deputy'),
    head: read('head', 'invalid', headOf),
  }
  const name = text('name') ?? ''
  if (problems.length > 0) return { problems }
  const given = Object.fromEntries(
    Object.entries(said).filter(([, value]) => value !== undefined && value !== no),
  )
  return { line: { line: row.line, name, ...given } }
}

/** Marks the word for "not the head", which says nothing about who is. */
const no = Symbol('no')

function headOf(value: string): true | string | typeof no {
  const answer = yesOrNo(value)
  return answer === true ? true : answer === false ? no : value
}

function noticeLanguage(value: string): 'zh' | 'en' | undefined {
  const code = languageCode(value)
  return code === 'zh' || code === 'en' ? code : undefined
}

/** `总部/销售部`, `HQ > Sales`. */
function pathOf(value: string): string[] | undefined {
  const names = value
    .normalize('NFC')
    .split(/\s*[/\\>›→]\s*/)
    .map((name) => name.trim())
    .filter((name) => name !== '')
  return names.length > 0 && names.length <= 12 ? names : undefined
}

export interface Known {
  readonly id: string
  readonly number: string | null
  readonly name: string
  readonly mobile: string | null
  readonly email: string | null
  readonly departmentId: string | null
}

/**
 * Whom a line means: the one with its staff number; without one (or when nobody has the number yet), a namesake whom
 * nothing said in the line contradicts. Of several nobody can tell which.
 */
export function meant(
  line: Pick<StaffLine, 'name' | 'number' | 'mobile' | 'email'>,
  departmentId: string | null | undefined,
  people: readonly Known[],
): Known | 'nobody' | 'ambiguous' {
  if (line.number !== undefined) {
    const same = people.find((one) => one.number === line.number)
    if (same !== undefined) return same
  }
  const differs = (said: string | null | undefined, stored: string | null) =>
    said !== undefined && said !== null && stored !== null && said.toLowerCase() !== stored.toLowerCase()
  const possible = people.filter(
    (one) =>
      one.name === line.name &&
      (line.number === undefined || one.number === null) &&
      !differs(line.mobile, one.mobile) &&
      !differs(line.email, one.email) &&
      !differs(departmentId === undefined ? undefined : (departmentId ?? 'new'), one.departmentId),
  )
  const [first, second] = possible
  if (first === undefined) return 'nobody'
  return second === undefined ? first : 'ambiguous'
}
