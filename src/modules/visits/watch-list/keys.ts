/**
 * PURE: under which keys an entry is found. A screening asks for the entries that share one key with the visitor (GIN on
 * `keys`) and judges those alone, so a key must be rare: never a surname, never a common word by itself.
 */
import { hasHan, pinyinOf, syllablesOf } from '../../../kernel/find/spelling.ts'
import { foldCompany, foldHan, latinWords } from './names.ts'

export interface Named {
  readonly names: readonly string[]
  readonly organisation: string
  readonly phones: readonly string[]
  readonly plates: readonly string[]
  /** Blind indexes of the number, one per kind it may be shown as. */
  readonly documents: readonly string[]
}

export function foldPlate(plate: string): string {
  return plate
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^\p{L}\p{N}]/gu, '')
}

/** Entry and visitor get the same keys of the same particulars; `entry` only decides what stands alone. */
export function keysOf(named: Named, side: 'entry' | 'person'): string[] {
  const keys = new Set<string>()
  const organisation = foldCompany(named.organisation)
  for (const name of named.names) {
    if (name.trim() === '') continue
    for (const key of nameKeys(name)) keys.add(key)
    // A name that differs in one character counts only with another attribute: found by both together.
    if (organisation !== '') for (const part of nameParts(name)) keys.add(`c:${organisation}|${part}`)
  }
  const nameless = named.names.every((name) => name.trim() === '')
  if (organisation !== '' && (side === 'person' || nameless)) keys.add(`o:${organisation}`)
  for (const phone of named.phones) if (phone.length >= 5) keys.add(`p:${phone}`)
  for (const plate of named.plates) if (foldPlate(plate).length >= 4) keys.add(`l:${foldPlate(plate)}`)
  for (const document of named.documents) keys.add(`d:${document}`)
  return [...keys]
}

function nameKeys(name: string): string[] {
  return hasHan(name) ? hanKeys(foldHan(name)) : latinKeys(latinWords(name))
}

function hanKeys(folded: string): string[] {
  if ([...folded].length < 2) return folded === '' ? [] : [`h:${folded}`]
  const { pinyin } = pinyinOf(folded)
  const [surname = '', ...given] = syllablesOf(folded)
  return [`h:${folded}`, `y:${pinyin}`, `y:${[...given, surname].join('')}`]
}

/** Four words are a name; more are a sentence that nobody may use to fill the index. */
const mostWords = 4

function latinKeys(all: readonly string[]): string[] {
  const words = all.slice(0, mostWords)
  const joined = words.join('')
  const keys: string[] = joined.length >= 4 ? [`y:${joined}`] : []
  if (words.length === 1) {
    for (const form of formsOf(joined)) keys.push(`w:${form}`)
    return keys
  }
  words.forEach((word, i) => {
    if (word.length === 1) return
    words.forEach((other, j) => {
      if (i === j) return
      // A word, as written or with a letter missing, and the initial of another: order and misspelling do not matter.
      for (const form of formsOf(word)) keys.push(`w:${form}|${other[0]}`)
    })
  })
  return keys
}

/** A word and everything it becomes when one letter is dropped: two words one mistake apart share one. */
function formsOf(word: string): string[] {
  if (word.length < 5) return [word]
  const forms = new Set([word])
  for (let i = 0; i < word.length; i++) forms.add(word.slice(0, i) + word.slice(i + 1))
  return [...forms]
}

function nameParts(name: string): string[] {
  if (!hasHan(name)) return latinWords(name).map((word) => word[0] ?? '')
  return [...new Set(foldHan(name))]
}
