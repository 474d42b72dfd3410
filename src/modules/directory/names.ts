/** How an employee is found: parts of the name, of the number; and what a search text asks for. */
import { hasHan, lettersOf, pinyinOf, readingsOf, syllablesOf } from '../../kernel/find/spelling.ts'

export interface NameKeys {
  /** `zhangwei`, `deborahhorton`: also the order of every list. */
  readonly pinyin: string
  readonly initials: string
  readonly terms: readonly string[]
}

const longestTerm = 12

function prefixes(text: string, into: Set<string>): void {
  for (let length = 1; length <= Math.min(text.length, longestTerm); length++) into.add(text.slice(0, length))
}

/** Every beginning of every reading someone at the desk may type: colleagues are few enough to store them all. */
export function nameKeys(name: string): NameKeys {
  const terms = new Set<string>()
  for (const reading of readingsOf(name)) prefixes(reading, terms)
  const characters = [...name.normalize('NFKC')]
  for (const [index, character] of characters.entries()) {
    if (!hasHan(character)) continue
    terms.add(character)
    const next = characters[index + 1]
    if (next !== undefined && hasHan(next)) terms.add(character + next)
  }
  return { ...pinyinOf(name), terms: [...terms] }
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
  if (number !== null) prefixes(lettersOf(number), terms)
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
  if (characters.every((character) => hasHan(character) || character === '·')) {
    const known = characters.filter(hasHan)
    const pairs = known.slice(1).map((character, index) => `${known[index]}${character}`)
    const whole = characters.join('')
    return { kind: 'han', text: whole, terms: pairs.length === 0 || whole.includes('·') ? known : pairs }
  }
  const letters = syllablesOf(text).join('')
  if (letters === '') return { kind: 'nothing' }
  return { kind: 'letters', text: letters, term: letters.slice(0, longestTerm) }
}
