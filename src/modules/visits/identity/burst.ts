/** PURE: what an ID reader types in one burst, read into fields (V12). Readers differ in order and separator only. */
import type { DocumentKind } from './kinds.ts'
import { kindOfNumber, normaliseNumber } from './rules.ts'

export interface ReadDocument {
  readonly kind: DocumentKind
  readonly number: string
  readonly name: string
  /** null: none, or 长期. */
  readonly expiresOn: string | null
}

const separators = /[|,;#^~\t\r\n，；]+/
const written = /^(\d{4})[-./年]?(\d{2})[-./月]?(\d{2})日?$/
/** 男女, nations and provinces stand between name and number; an address is longer than a name or holds digits. */
const noName = /^(?:男|女|性别.*|.+族|汉|公民身份.*|身份证|长期|M|F|CHN|[A-Z]{3})$/

function dayOf(text: string): string | null {
  const found = written.exec(text)
  return found === null ? null : `${found[1]}-${found[2]}-${found[3]}`
}

function isName(text: string): boolean {
  if (noName.test(text) || /\d/.test(text)) return false
  return /^\p{Script=Han}[\p{Script=Han}·]{1,14}$/u.test(text)
    ? text.length <= 6 || text.includes('·')
    : /^[A-Z][A-Z '.-]{2,60}$/i.test(text)
}

/** The two lines at the foot of a passport (ICAO 9303, TD3). */
function fromPassport(text: string): ReadDocument | null {
  const found = /P[A-Z<]([A-Z]{3})([A-Z<]{39})\s*([A-Z0-9<]{9})\d[A-Z<]{3}\d{7}[MFX<](\d{6})\d/.exec(
    text.replace(/\s+/g, ''),
  )
  if (found === null) return null
  const name = (found[2] ?? '')
    .replace(/<+$/, '')
    .split('<<')
    .map((part) => part.replace(/<+/g, ' '))
    .join(' ')
  const ends = found[4] ?? ''
  return {
    kind: 'passport',
    number: (found[3] ?? '').replace(/</g, ''),
    name: name.trim(),
    expiresOn: `20${ends.slice(0, 2)}-${ends.slice(2, 4)}-${ends.slice(4, 6)}`,
  }
}

/** @returns null when it is no burst: one plain number, or nothing that is a document */
export function readBurst(text: string): ReadDocument | null {
  const passport = fromPassport(text.toUpperCase())
  if (passport !== null) return passport
  const parts = text
    .normalize('NFKC')
    .split(separators)
    .map((part) => part.replace(/^[^:：]{1,8}[:：]/, '').trim())
    .filter((part) => part !== '')
  if (parts.length < 2) return null
  const days = parts
    .flatMap((part) => part.split(/\s*[-~至]\s*(?=\d{4}|长期)/))
    .map(dayOf)
    .filter((day) => day !== null)
  // A date of eight digits has the form of a Taiwan permit; a reader of ID cards types dates.
  const numbers = parts
    .map(normaliseNumber)
    .filter((part) => kindOfNumber(part) !== null && dayOf(part) === null)
  const number = numbers.find((part) => part.length === 18) ?? numbers[0]
  const kind = number === undefined ? null : kindOfNumber(number)
  if (number === undefined || kind === null) return null
  return {
    kind,
    number,
    name: parts.find(isName) ?? '',
    // Birth, beginning and end in this order; the birth alone is no end.
    expiresOn:
      parts.some((part) => part.includes('长期')) || days.length < 2
        ? null
        : ([...days].sort().at(-1) ?? null),
  }
}
