/** PURE: who a visitor is, and what a text typed at the desk asks for. Spelling: `kernel/find/spelling.ts`. */
import { v5 } from 'uuid'
import { fragmentsOf, hasHan, tidy } from '../../kernel/find/spelling.ts'
import type { KnownTerms } from './store.ts'

/** Any fixed namespace will do; changing it would make every known visitor a stranger. */
const namespace = 'd2a4d0a5-1d43-5e19-9d0b-6f1f6a0f5c11'

/** Same phone and name, or without a phone same name and organisation: the same person (V3). */
export function visitorId(siteId: string, name: string, phone: string, organisation: string): string {
  const who = phone === '' ? `o|${tidy(organisation).toLowerCase()}` : `p|${phone}`
  return v5(`${siteId}|${who}|${tidy(name).toLowerCase()}`, namespace)
}

export function knownTerms(typed: string): KnownTerms {
  const text = tidy(typed)
  const latin = /^[a-z' ]+$/i.test(text) ? text.toLowerCase().replace(/[^a-z]/g, '') : ''
  const digits = /^[\d +()-]{3,}$/.test(text) ? text.replace(/\D/g, '') : ''
  const pieces = hasHan(text)
    ? fragmentsOf(text)
    : text.length >= 3 && digits === ''
      ? [text.toLowerCase()]
      : []
  return {
    namePrefix: text,
    initials: latin === '' || latin.length > 6 ? null : latin,
    pinyin: latin.length < 2 ? null : latin,
    phoneReversed: digits.length < 3 ? null : [...digits].reverse().join(''),
    grams: pieces,
  }
}
