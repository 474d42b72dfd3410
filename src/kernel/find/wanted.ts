/** PURE: what somebody typed into the single window, read once for all modules (C5). */
import { fragmentsOf, hasHan, lettersOf, pinyinOf, tidy } from './spelling.ts'

export interface Wanted {
  /** Trimmed, NFKC, single spaces. */
  readonly text: string
  /** Chinese characters typed, in overlapping pairs; one alone stands by itself. */
  readonly grams: readonly string[]
  /** Letters of pinyin or initials, lower case without spaces; null when there are none or Chinese stands beside them. */
  readonly letters: string | null
  /** 王wei, half through the input method: the pinyin of all of it, for names that have `grams`; null without letters. */
  readonly mixed: { readonly pinyin: string; readonly initials: string } | null
  /** Three digits or more, without punctuation; a tail or the whole of a telephone number. */
  readonly digits: string | null
  /** Upper-case letters and digits when the text may be a plate (GA 36); `·` and spaces left out. */
  readonly plate: string | null
  /** Upper-case, when the text may be the number of a document. */
  readonly document: string | null
  /** Of a record: `C-1024`, `#1024`. */
  readonly recordNumber: number | null
  /** The letters before it, upper case; empty when there were none. */
  readonly recordPrefix: string
}

/** Nobody types more to find somebody; what is pasted beyond it is left unread. */
const longest = 100

/** Zero-width and direction marks come along when a number is copied out of a chat or a contact list. */
const invisible = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]/g
/** Every dash a keyboard or a printed letter has. */
const dashes = /[\u2010-\u2015\u2212]/g

export function readWanted(typed: string): Wanted {
  const seen = typed
    .slice(0, longest * 8)
    .replace(invisible, '')
    // PostgreSQL takes no NUL, and nobody's name has a tabulator.
    .replace(/\p{Cc}/gu, ' ')
  const text = [...tidy(seen).toWellFormed()].slice(0, longest).join('').trim()
  const chinese = hasHan(text)
  const letters = chinese || !/\p{L}/u.test(text) ? '' : lettersOf(text)
  const number = text.replace(dashes, '-')
  return {
    text,
    grams: chinese ? fragmentsOf(...(text.match(/\p{Script=Han}+/gu) ?? [])) : [],
    letters: letters === '' ? null : letters,
    mixed: chinese && /[a-z]/i.test(text) && !/\d/.test(text) ? mixedOf(text) : null,
    digits: digitsOf(number),
    plate: plateOf(number),
    document: documentOf(number),
    ...recordOf(number),
  }
}

/** 王xm may be the beginning of wangxm or stand for wxm. */
function mixedOf(text: string): Wanted['mixed'] {
  const initials = [...text].map((one) => (hasHan(one) ? pinyinOf(one).initials : lettersOf(one))).join('')
  return { pinyin: pinyinOf(text).pinyin, initials }
}

const saidExtension = /^(.*\d)\s*(?:转(?:分机)?|分机|ext\.?|[x#])\s*\d{1,6}$/i

/** `+86 138-1234 5678` → 8613812345678, `0755-6666 8000 转 8130` → 75566668000: as the tail of what is stored. */
function digitsOf(text: string): string | null {
  const main = saidExtension.exec(text)?.[1] ?? text
  if (!/^[+(\d][\d\s().\-/]*$/.test(main)) return null
  const plain = main.replace(/\D/g, '')
  // Stored with the country's code, so without the zeros that are dialled inside it.
  const digits = main.startsWith('+') || plain.length < 10 ? plain : plain.replace(/^00?/, '')
  return digits.length >= 3 && digits.length <= 15 ? digits : null
}

const provinces = '京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼使'
const bare = (text: string) => text.toUpperCase().replace(/[\s·•.-]/g, '')
/** 粤B12345, 粤BD12345 (new energy), 粤Z1234港, from its second character on; no I and no O. */
const wholePlate = new RegExp(
  `^[${provinces}](?:[A-HJ-NP-Z][A-HJ-NP-Z0-9]{0,6}|\\d{1,6})[警学挂港澳领超试]?$`,
  'u',
)
/** Without the province, as it is read out: letters and digits, at least one of each. */
const platePart = /^(?=.*\d)(?=.*[A-Z])[A-HJ-NP-Z0-9]{4,7}[警学挂港澳领超试]?$/u

function plateOf(text: string): string | null {
  const plate = bare(text)
  return wholePlate.test(plate) || platePart.test(plate) ? plate : null
}

const saidDocument =
  /^(?:证件|身份证|护照|通行证|驾驶?证|id|passport|document)(?:号码?)?\s*[:.# ]?\s*(?=[a-z0-9])/iu
const documents: readonly RegExp[] = [
  /^\d{17}[\dX]$/,
  /^[1-9]\d{14}$/,
  // Chinese passports and travel permits; shorter ones look like the number of a record.
  /^[A-Z]\d{8}$/,
  /^[A-Z]{2}\d{7}$/,
  /^[HM]\d{10}$/,
  // Passports of other countries: nine characters, mostly digits.
  /^(?=(?:.*\d){5})(?=.+[A-Z])[A-Z][A-Z0-9]{8}$/,
]

/** Digits alone may as well be a telephone number: other documents than identity cards are told apart by a word. */
function documentOf(text: string): string | null {
  const said = saidDocument.exec(text)
  const number = text
    .slice(said?.[0].length ?? 0)
    .toUpperCase()
    .replace(/[\s-]/g, '')
  if (said !== null && /^[A-Z0-9]{6,30}$/.test(number)) return number
  return documents.some((document) => document.test(number)) ? number : null
}

/** `#1024`, `C-1024`, `v001024`, 1024 alone; twelve digits are more than anybody has records. */
function recordOf(text: string): Pick<Wanted, 'recordNumber' | 'recordPrefix'> {
  const match = /^(?:#|№|No\.?)?\s*([a-z]{0,3})\s*[-#]?\s*(\d{1,12})$/i.exec(text)
  if (match?.[2] === undefined || Number(match[2]) === 0) return { recordNumber: null, recordPrefix: '' }
  return { recordNumber: Number(match[2]), recordPrefix: (match[1] ?? '').toUpperCase() }
}
