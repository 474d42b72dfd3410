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
  // Nearly always: a syllable as pinyin gives it.
  if (/^[a-z0-9]*$/.test(text)) return text
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
  return parts
    .flatMap((part) => (/^[a-z]+$/.test(part) ? part : part.split(/[\s·.,()/_-]+/u).map(lettersOf)))
    .filter((part) => part !== '')
}

const initialsOf = (syllables: readonly string[]) => syllables.map((part) => [...part][0] ?? '').join('')

/** The two columns alone: a third of the work of `spellingOf`, for the path of every registration. */
export function pinyinOf(name: string): { readonly pinyin: string; readonly initials: string } {
  return columnsFrom(name, syllablesOf(name))
}

function columnsFrom(name: string, syllables: readonly string[]) {
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

/** Syllables of a personal name; longer ones belong to companies. */
const longestPersonal = 4
/** Everybody's last words: no part of a name begins in them. */
const legalForm = /(?:股份有限公司|有限责任公司|有限公司|公司)$/

/**
 * Every text of letters that may be the beginning of what is typed for this name, the whole name among them: from each
 * syllable on, in letters and in initials.
 */
export function readingsOf(name: string): string[] {
  return readingsFrom(name, syllablesOf(name))
}

function readingsFrom(name: string, right: readonly string[]): string[] {
  const found = new Set<string>()
  const form = legalForm.exec(name)?.[0].length ?? 0
  const distinct = right.length - form || right.length
  for (const reading of han.test(name) ? [right, syllablesOf(name, 'off')] : [right]) {
    for (let from = 0; from < Math.min(reading.length, distinct); from++) {
      const rest = reading.slice(from)
      found.add(cut(rest.join('')))
      found.add(cut(initialsOf(rest)))
    }
    // The surname's initial and the given name in full, as in zwei for 张伟.
    if (reading.length > 1 && reading.length <= longestPersonal)
      found.add(cut(`${initialsOf(reading.slice(0, 1))}${reading.slice(1).join('')}`))
  }
  return [...found].filter((reading) => reading !== '')
}

const cut = (letters: string) => letters.slice(0, longestLetters)

/**
 * @param others what else the same one is found by: short name, organisation. Its fragments join, and its letters and
 * initials from the beginning only, because a person is rarely looked for by the middle of an employer's name.
 */
export function spellingOf(name: string, ...others: readonly string[]): Spelling {
  const syllables = syllablesOf(name)
  const own = columnsFrom(name, syllables)
  const terms = new Set(fragmentsOf(name, ...others))
  const readings = [
    ...readingsFrom(name, syllables),
    ...others.flatMap((other) => {
      const read = pinyinOf(other)
      return [cut(read.pinyin), cut(read.initials)]
    }),
  ]
  const columns = [cut(own.pinyin), cut(own.initials)]
  for (const reading of readings) {
    // One letter alone says nothing, and the whole is a column of its own.
    if (reading.length > 1 && !columns.includes(reading)) terms.add(reading)
  }
  return { ...own, terms: [...terms] }
}
