/**
 * PURE: under which keys an entry is found. A screening asks for the entries that share one key with the visitor (GIN on
 * `keys`) and judges those alone, so a key must be rare: never a surname, never a common word by itself.
 */
import { hasHan } from '../../../kernel/find/spelling.ts'
import { normalisePlate } from '../vehicles/rules.ts'
import { coreOfCompany, foldCompany } from './company.ts'
import { foldHan, foldPinyin, latinWords, namesIn, readingsOfHan, turned } from './names.ts'
import { inPinyin } from './surnames.ts'

/** Counted up when the same particulars get other keys: entries of before get theirs in the background (`rekey.ts`). */
export const keysVersion = 3

export interface Named {
  readonly names: readonly string[]
  readonly organisation: string
  readonly phones: readonly string[]
  readonly plates: readonly string[]
  /** Blind indexes of the number, one per kind it may be shown as. */
  readonly documents: readonly string[]
}

/** As stored: letters and digits. */
export function foldPlate(plate: string): string {
  return normalisePlate(plate).replace(/[^\p{L}\p{N}]/gu, '')
}

/** As compared: no plate has I or O, who writes them means 1 and 0. */
export function samePlate(plate: string): string {
  return foldPlate(plate).replaceAll('O', '0').replaceAll('I', '1')
}

/** A mobile number with or without its country, whatever the metadata of numbers knew when it was stored. */
export function samePhone(phone: string): string {
  const digits = phone.normalize('NFKC').replace(/[^\d+]/g, '')
  return /^(?:(?:\+|00)?86)?0?(1\d{10})$/.exec(digits)?.[1] ?? digits.replace(/^00/, '+')
}

/** Entry and visitor get the same keys of the same particulars; `entry` only decides what stands alone. */
export function keysOf(named: Named, side: 'entry' | 'person'): string[] {
  const keys = new Set<string>()
  // Entries keyed by the rule of before have the company with its place, until `rekey.ts` has been there.
  const companies = new Set([
    coreOfCompany(named.organisation),
    ...(side === 'person' ? [foldCompany(named.organisation)] : []),
  ])
  companies.delete('')
  for (const name of named.names.flatMap(namesIn)) {
    for (const key of nameKeys(name)) keys.add(key)
    // A name that differs in one character counts only with another attribute: found by both together.
    for (const one of companies) for (const part of nameParts(name)) keys.add(`c:${one}|${part}`)
  }
  const nameless = named.names.every((name) => name.trim() === '')
  if (side === 'person' || nameless) for (const one of companies) keys.add(`o:${one}`)
  for (const phone of named.phones) {
    if (phone.length < 5) continue
    keys.add(`p:${samePhone(phone)}`)
    // Entries keyed by the rule of before have the number as it was stored, until `rekey.ts` has been there.
    if (side === 'person') keys.add(`p:${phone}`)
  }
  for (const plate of named.plates) if (samePlate(plate).length >= 4) keys.add(`l:${samePlate(plate)}`)
  for (const document of named.documents) keys.add(`d:${document}`)
  return [...keys]
}

function nameKeys(name: string): string[] {
  return hasHan(name) ? hanKeys(foldHan(name)) : latinKeys(latinWords(name))
}

function hanKeys(folded: string): string[] {
  if ([...folded].length < 2) return folded === '' ? [] : [`h:${folded}`]
  const keys = new Set([`h:${folded}`])
  for (const syllables of readingsOfHan(folded))
    for (const form of [syllables.join(''), ...turned(syllables)]) keys.add(`y:${foldPinyin(form)}`)
  return [...keys]
}

/** Six words are a name; more are a sentence that nobody may use to fill the index. */
const mostWords = 6

function latinKeys(all: readonly string[]): string[] {
  const words = all.slice(0, mostWords).map(foldPinyin)
  const joined = words.join('')
  const keys: string[] = joined.length >= 4 ? [`y:${joined}`] : []
  for (const one of inPinyin(words)) {
    keys.push(`y:${foldPinyin(one.join(''))}`)
    // Surname last in one of the two: Wei Chan and Chen Wei.
    keys.push(`y:${foldPinyin([...one.slice(1), one[0]].join(''))}`)
  }
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
