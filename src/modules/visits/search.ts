/** PURE: what is stored of a name so that it is found by pinyin, initials, fragments and phone tails. */
import { pinyin } from 'pinyin-pro'
import { v5 } from 'uuid'
import type { KnownTerms } from './store.ts'

/** Any fixed namespace will do; changing it would make every known visitor a stranger. */
const namespace = 'd2a4d0a5-1d43-5e19-9d0b-6f1f6a0f5c11'

const han = /\p{Script=Han}/u

export function plain(text: string): string {
  return text.normalize('NFKC').trim().replace(/\s+/g, ' ')
}

/** `zhangwei` and `zw`; a Latin name gives its letters and the initials of its words. */
export function spelling(name: string): { pinyin: string; initials: string } {
  const text = plain(name).toLowerCase()
  if (!han.test(text)) {
    const words = text.split(/[\s.'’-]+/).filter((word) => word !== '')
    return { pinyin: words.join(''), initials: words.map((word) => word[0] ?? '').join('') }
  }
  const options = { toneType: 'none', type: 'array', surname: 'head', nonZh: 'consecutive', v: true } as const
  const syllables = pinyin(text, options)
    .map((part) => part.replace(/[^a-z0-9]/g, ''))
    .filter((part) => part !== '')
  return { pinyin: syllables.join(''), initials: syllables.map((part) => part[0] ?? '').join('') }
}

/** Overlapping pairs of characters of the Chinese parts, and whole Latin words; one character alone stands by itself. */
export function grams(...texts: readonly string[]): string[] {
  const found = new Set<string>()
  for (const text of texts) {
    for (const part of plain(text)
      .toLowerCase()
      .split(/[^\p{L}\p{N}]+/u)) {
      if (part === '') continue
      if (!han.test(part)) {
        found.add(part)
        continue
      }
      const characters = [...part]
      if (characters.length === 1) found.add(part)
      for (let i = 0; i + 1 < characters.length; i++) found.add(`${characters[i]}${characters[i + 1]}`)
    }
  }
  return [...found]
}

/** Same phone and name, or without a phone same name and organisation: the same person (V3). */
export function visitorId(siteId: string, name: string, phone: string, organisation: string): string {
  const who = phone === '' ? `o|${plain(organisation).toLowerCase()}` : `p|${phone}`
  return v5(`${siteId}|${who}|${plain(name).toLowerCase()}`, namespace)
}

export function knownTerms(typed: string): KnownTerms {
  const text = plain(typed)
  const latin = /^[a-z' ]+$/i.test(text) ? text.toLowerCase().replace(/[^a-z]/g, '') : ''
  const digits = /^[\d +()-]{3,}$/.test(text) ? text.replace(/\D/g, '') : ''
  const pieces = han.test(text) ? grams(text) : text.length >= 3 && digits === '' ? [text.toLowerCase()] : []
  return {
    namePrefix: text,
    initials: latin === '' || latin.length > 6 ? null : latin,
    pinyin: latin.length < 2 ? null : latin,
    phoneReversed: digits.length < 3 ? null : [...digits].reverse().join(''),
    grams: pieces,
  }
}
