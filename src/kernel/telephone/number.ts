/** PURE: telephone numbers as people write and exchanges send them, brought into one form (C2, C5). */
import { parsePhoneNumberFromString } from 'libphonenumber-js/max'

export type NumberKind = 'mobile' | 'landline' | 'service' | 'extension' | 'other'

export interface TelephoneNumber {
  /** Public numbers in E.164; service numbers (95588, 4008106666) and extensions as they are dialled. */
  readonly number: string
  readonly kind: NumberKind
  /** Behind a main number: `8130`; '' when there is none. */
  readonly extension: string
}

export interface NumberOptions {
  /** Digit dialled for an outside line, which some exchanges leave before a caller's number: `9`, `0`. */
  readonly outsideLine?: string
}

/** Emergency and short codes; 400 and 800 are dialled as they are too, from inside the country only. */
const services: readonly RegExp[] = [
  /^(110|112|114|119|120|122)$/,
  /^12\d{3}$/,
  /^95\d{3}$/,
  /^95\d{4}$/,
  /^95\d{6}$/,
  /^96\d{3,4}$/,
  /^10[01]\d{2}$/,
  /^10086\d{1,2}$/,
  /^1010\d{4}$/,
  /^11[168]\d{2,3}$/,
  /^106\d{5,17}$/,
  /^[48]00\d{7}$/,
]
const mobile = /^(?:0)?(1[3-9]\d{9})$/
/** Cheap-call prefixes that stay before the number on some displays. */
const carrier = /^(?:179\d{2}|12593|11808|10193)(?=\d{7,})/
const saidExtension = /(?:转(?:分机)?|分机(?:号)?|内线|ext\.?|extension|;ext=|[x#*,,])[:=\s]*(\d{1,6})$/i

/**
 * Reads one number: any common spelling, full-width digits, `+86`, `0086`, `17951`, an extension behind it.
 * @returns null when it is no telephone number
 */
export function telephoneNumber(text: string, options: NumberOptions = {}): TelephoneNumber | null {
  const typed = tidy(text)
  if (typed === '') return null
  const said = saidExtension.exec(typed)
  if (said?.[1] !== undefined) {
    const before = typed.slice(0, said.index)
    if (before === '') return found(said[1], 'extension', '', said[1].length >= 3)
    const main = withoutExtension(before, options)
    return main === null || main.kind === 'extension' ? null : { ...main, extension: said[1] }
  }
  return withoutExtension(typed, options) ?? dashedExtension(typed, options)
}

function found(number: string, kind: NumberKind, extension = '', good = true): TelephoneNumber | null {
  return good ? { number, kind, extension } : null
}

/** What input methods, spreadsheets and other people's contact lists leave around a number. */
function tidy(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[\u200b-\u200f\u202a-\u202e\u2060\ufeff]/g, '')
    .replace(/[\u2010-\u2015\u2212\u30fc\uff0d—]/g, '-')
    .replace(/^(?:电话|手机|座机|tel|phone|mobile|tel\.)\s*[:.]\s*/i, '')
    .trim()
    .replace(/\.0$/, '')
}

function withoutExtension(text: string, options: NumberOptions): TelephoneNumber | null {
  const plain = text.replace(/[\s().\-/]/g, '')
  if (!/^\+?\d{2,20}$/.test(plain)) return null
  const read = publicNumber(plain)
  if (read !== null) return read
  const { outsideLine = '' } = options
  if (outsideLine !== '' && plain.startsWith(outsideLine)) {
    const outside = publicNumber(plain.slice(outsideLine.length))
    if (outside !== null) return outside
  }
  const cheap = carrier.exec(plain)
  if (cheap !== null) {
    const rest = publicNumber(plain.slice(cheap[0].length))
    if (rest !== null) return rest
  }
  // A number with a group too many may be one with its extension: the whole is tried as such first.
  if (/\d-\d{1,6}$/.test(text) && (text.match(/\d+/g)?.length ?? 0) > 1 && plain.length > 8) {
    const split = dashedExtension(text, options)
    if (split !== null) return split
  }
  if (/^\d{3,6}$/.test(plain)) return found(plain, 'extension')
  if (/^\d{7,15}$/.test(plain) || /^\+\d{7,15}$/.test(plain)) return found(plain, 'other')
  return null
}

/** `0755-66668000-8130`: the last group is an extension when only the groups before it make a number. */
function dashedExtension(text: string, options: NumberOptions): TelephoneNumber | null {
  const match = /^(.+\d\)?)\s*-\s*(\d{1,6})$/.exec(text)
  if (match?.[1] === undefined || match[2] === undefined) return null
  const plain = match[1].replace(/[\s().\-/]/g, '')
  const main =
    publicNumber(plain) ??
    (options.outsideLine !== undefined && plain.startsWith(options.outsideLine)
      ? publicNumber(plain.slice(options.outsideLine.length))
      : null)
  if (main !== null) return { ...main, extension: match[2] }
  // A local number without its area code: `66668000-8130`.
  return /^\d{7,8}$/.test(plain) ? { number: plain, kind: 'other', extension: match[2] } : null
}

/** A number that may be dialled from anywhere in the country, or a service's. */
function publicNumber(plain: string): TelephoneNumber | null {
  const national = plain.replace(/^(?:\+|00)86/, '')
  // `+8610 6…` is a landline of Beijing, `106…` the port of short messages.
  const port = national !== plain && /^106\d{5}/.test(national)
  if (!port && services.some((service) => service.test(national))) return found(national, 'service')
  const own =
    mobile.exec(national) ?? (/^86(?=1[3-9]\d{9}$)/.test(national) ? mobile.exec(national.slice(2)) : null)
  // New ranges are opened faster than tables of numbers are renewed.
  if (own?.[1] !== undefined) return found(`+86${own[1]}`, 'mobile')
  const parsed = parsePhoneNumberFromString(plain, 'CN')
  if (parsed?.isValid() !== true) return null
  const type = parsed.getType()
  if (parsed.countryCallingCode === '86' && (type === 'SHARED_COST' || type === 'TOLL_FREE'))
    return found(parsed.nationalNumber, 'service')
  if (type === 'MOBILE') return found(parsed.number, 'mobile')
  return found(parsed.number, type === 'FIXED_LINE' ? 'landline' : 'other')
}

/** For the eye: `138 1234 5678`, `0755-6666 8000`, `400-810-6666`, `+852 9123 4567`; short ones as they are. */
export function showNumber(number: string): string {
  const hotline = /^([48]00)(\d{3})(\d{4})$/.exec(number)
  if (hotline) return `${hotline[1]}-${hotline[2]}-${hotline[3]}`
  if (!number.startsWith('+')) return number
  const own = /^\+86(1\d{2})(\d{4})(\d{4})$/.exec(number)
  if (own) return `${own[1]} ${own[2]} ${own[3]}`
  const parsed = parsePhoneNumberFromString(number)
  if (parsed?.isValid() !== true) return number
  return parsed.countryCallingCode === '86'
    ? parsed.formatNational().replace(/^(0\d{2,3}) /, '$1-')
    : parsed.formatInternational()
}
