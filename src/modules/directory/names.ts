/** How a name is found: pinyin with surname readings, initials, parts of it; and what a search text asks for. */
import { pinyin } from 'pinyin-pro'

export interface NameKeys {
  /** `zhangwei`, `deborahhorton`: also the order of every list. */
  readonly pinyin: string
  readonly initials: string
  readonly terms: readonly string[]
}

const han = /\p{Script=Han}/u
const longestTerm = 12

/** Lower case letters and digits only; ü is typed v. */
function plain(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll('ü', 'v')
    .normalize('NFD')
    .replace(/[^\p{L}\p{N}]/gu, '')
}

/** Syllables of Chinese, words of everything else: 单伟 → shan wei, Deborah K. Horton → deborah k horton. */
function syllables(name: string, surname: 'head' | 'off'): string[] {
  const parts = pinyin(name.normalize('NFKC'), {
    toneType: 'none',
    type: 'array',
    v: true,
    nonZh: 'consecutive',
    surname,
  })
  return parts.flatMap((part) => part.split(/[\s·.,()/_-]+/u).map(plain)).filter((part) => part !== '')
}

function prefixes(text: string, into: Set<string>): void {
  for (let length = 1; length <= Math.min(text.length, longestTerm); length++) into.add(text.slice(0, length))
}

/** Every reading of the name someone at the desk may type: the surname's, and the everyday one of the character. */
export function nameKeys(name: string): NameKeys {
  const right = syllables(name, 'head')
  const terms = new Set<string>()
  for (const reading of [right, syllables(name, 'off')]) {
    // From every syllable on, so that a given name or a last name finds its person: wei, xiaoming, horton.
    for (let from = 0; from < reading.length; from++) {
      const rest = reading.slice(from)
      prefixes(rest.join(''), terms)
      prefixes(rest.map((part) => part[0] ?? '').join(''), terms)
    }
    // The surname's initial and the given name in full, as in zwei for 张伟.
    prefixes(`${reading[0]?.[0] ?? ''}${reading.slice(1).join('')}`, terms)
  }
  const characters = [...name.normalize('NFKC')]
  for (const [index, character] of characters.entries()) {
    if (!han.test(character)) continue
    terms.add(character)
    const next = characters[index + 1]
    if (next !== undefined && han.test(next)) terms.add(character + next)
  }
  return {
    pinyin: right.join('') || name.trim().toLowerCase(),
    initials: right.map((part) => part[0] ?? '').join(''),
    terms: [...terms],
  }
}

/** The last four to eleven digits: people say the tail of a number. */
export function mobileTerms(e164: string | null): string[] {
  if (e164 === null) return []
  const digits = e164.slice(1)
  return Array.from({ length: 8 }, (_, n) => digits.slice(-(n + 4))).filter((tail) => tail.length >= 4)
}

/** A staff number from its beginning, however it is punctuated. */
export function numberTerms(number: string | null): string[] {
  const terms = new Set<string>()
  if (number !== null) prefixes(plain(number), terms)
  return [...terms]
}

export type Wanted =
  | { readonly kind: 'nothing' }
  /** Chinese characters: `prefix` of the name, or all `terms` and the whole `text` somewhere in it. */
  | { readonly kind: 'han'; readonly text: string; readonly terms: readonly string[] }
  | { readonly kind: 'letters'; readonly text: string; readonly term: string }
  | { readonly kind: 'digits'; readonly text: string; readonly tail: string }

/** What a search text asks for. Mixed text such as 王wei is read as letters of its pinyin. */
export function wanted(query: string): Wanted {
  const text = query.normalize('NFKC').trim()
  if (text === '') return { kind: 'nothing' }
  const dense = text.replace(/[\s()+-]/g, '')
  if (/^\d+$/.test(dense)) return { kind: 'digits', text: dense, tail: dense.slice(-11) }
  const characters = [...text.replace(/\s/g, '')]
  if (characters.every((character) => han.test(character) || character === '·')) {
    const known = characters.filter((character) => han.test(character))
    const pairs = known.slice(1).map((character, index) => `${known[index]}${character}`)
    const whole = characters.join('')
    return { kind: 'han', text: whole, terms: pairs.length === 0 || whole.includes('·') ? known : pairs }
  }
  const letters = syllables(text, 'head').join('')
  if (letters === '') return { kind: 'nothing' }
  return { kind: 'letters', text: letters, term: letters.slice(0, longestTerm) }
}
