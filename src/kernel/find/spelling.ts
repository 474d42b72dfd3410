/**
 * PURE: what is stored of a name so that it is found by pinyin, initials and fragments (C5). One spelling for everybody
 * who has a name: visitors, employees, contacts, companies.
 */
import { pinyin } from 'pinyin-pro'

export interface Spelling {
  /** `zhangwei`, `deborahhorton`: lower case without spaces; also the order of lists. Never empty. */
  readonly pinyin: string
  /** `zw`, `dh` */
  readonly initials: string
  /**
   * Finds the middle and the other readings of a name, which the columns above do not: Chinese in overlapping pairs,
   * words of other scripts, and pinyin and initials from every later syllable on (`wei`, `zwei`; 单伟 also `danwei`).
   */
  readonly terms: readonly string[]
}

const han = /\p{Script=Han}/u
/** Nobody types more letters than this to tell two names apart; a longer text is compared up to here. */
export const longestLetters = 24

/** NFKC, trimmed, single spaces: full-width letters and digits of Chinese input methods become plain ones. */
export function tidy(text: string): string {
  return text.normalize('NFKC').trim().replace(/\s+/g, ' ')
}

export function hasHan(text: string): boolean {
  return han.test(text)
}

/** Lower-case letters and digits only; ü is typed v, accents are not typed at all. */
export function lettersOf(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll('ü', 'v')
    .normalize('NFD')
    .replace(/[^\p{L}\p{N}]/gu, '')
}

/**
 * Syllables of Chinese, words of everything else: 单伟 → shan wei, Deborah K. Horton → deborah k horton.
 * `head` reads the first characters as a surname (单 shan), `off` in their everyday reading (dan).
 */
export function syllablesOf(name: string, surname: 'head' | 'off' = 'head'): string[] {
  const text = name.normalize('NFKC')
  const parts = han.test(text)
    ? pinyin(text, { toneType: 'none', type: 'array', v: true, nonZh: 'consecutive', surname })
    : [text]
  return parts.flatMap((part) => part.split(/[\s·.,()/_-]+/u).map(lettersOf)).filter((part) => part !== '')
}

const initialsOf = (syllables: readonly string[]) => syllables.map((part) => [...part][0] ?? '').join('')

/** The two columns alone: a third of the work of `spellingOf`, for the path of every registration. */
export function pinyinOf(name: string): { readonly pinyin: string; readonly initials: string } {
  const syllables = syllablesOf(name)
  return { pinyin: syllables.join('') || tidy(name).toLowerCase(), initials: initialsOf(syllables) }
}

/** Overlapping pairs of characters of the Chinese parts, and whole words of the others; one character alone stands by itself. */
export function fragmentsOf(...texts: readonly string[]): string[] {
  const found = new Set<string>()
  for (const text of texts) {
    for (const part of tidy(text)
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

/** Every text of letters that may be the beginning of what is typed for this name, the whole name among them. */
export function readingsOf(name: string): string[] {
  const found = new Set<string>()
  const right = syllablesOf(name)
  for (const reading of han.test(name) ? [right, syllablesOf(name, 'off')] : [right]) {
    for (let from = 0; from < reading.length; from++) {
      const rest = reading.slice(from)
      found.add(rest.join('').slice(0, longestLetters))
      found.add(initialsOf(rest).slice(0, longestLetters))
    }
    // The surname's initial and the given name in full, as in zwei for 张伟.
    if (reading.length > 1)
      found.add(`${initialsOf(reading.slice(0, 1))}${reading.slice(1).join('')}`.slice(0, longestLetters))
  }
  return [...found].filter((reading) => reading !== '')
}

/** @param others further names of the same one: short name, name in English; only its terms join */
export function spellingOf(name: string, ...others: readonly string[]): Spelling {
  const { pinyin: letters, initials } = pinyinOf(name)
  const terms = new Set(fragmentsOf(name, ...others))
  for (const reading of [name, ...others].flatMap(readingsOf)) {
    // One letter alone says nothing, and the whole is a column of its own.
    if (reading.length > 1 && reading !== letters && reading !== initials) terms.add(reading)
  }
  return { pinyin: letters, initials, terms: [...terms] }
}
