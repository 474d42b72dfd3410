/** PURE: are these two names of one person, and why (V12)? Chinese and Latin, no database. */
import { hasHan, syllablesOf } from '../../../kernel/find/spelling.ts'
import { inPinyin } from './surnames.ts'
import { simplified } from './variants.ts'

/** How two names agree; the text `watch.how.<…>` explains it. Best first. */
export type NameLikeness =
  | 'same'
  | 'variant'
  | 'order'
  | 'initials'
  | 'spelling'
  | 'romanised'
  | 'surname'
  | 'pinyin'
  | 'one-character'

export interface NameMatch {
  readonly how: NameLikeness
  /** 0–1, of the name alone. */
  readonly score: number
}

const titles = /(?:先生|女士|小姐|经理|老师|主任|总)$/
const latinTitles = new Set(['mr', 'mrs', 'ms', 'miss', 'dr', 'prof', 'sir', 'madam'])

/** Letters that NFD leaves whole. */
const letters: Readonly<Record<string, string>> = {
  ß: 'ss',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  æ: 'ae',
  œ: 'oe',
  ı: 'i',
  ð: 'd',
  þ: 'th',
}

/** Letters of other scripts that look like Latin ones, in the order of `lookLatin`. */
const lookAlike = 'аеорсухіјѕԁһԛԝвкмнтοαερντικυχ'
const lookLatin = 'aeopcyxijsdhqwbkmhtoaepvtikux'

/** What is not seen on a screen tells nobody apart: joiners, marks of direction, soft hyphens. */
const unseen = /\u034f|[\p{Cf}\u115f\u1160\u17b4\u17b5\u3164\uffa0]/gu

/** Nothing but the characters that name somebody, in their common form. */
export function foldHan(name: string): string {
  const plain = simplified(name.normalize('NFKC'))
  const bare = plain.replace(/[^\p{Script=Han}]/gu, '') || plain.replace(/[^\p{L}\p{N}]/gu, '')
  return bare.length > 2 ? bare.replace(titles, '') : bare
}

/**
 * Everything somebody may be called in what was typed as one name: 张伟（张大伟）, 张伟/李四, David 张伟. A Latin name stays
 * whole: its brackets and commas belong to it.
 */
export function namesIn(typed: string): string[] {
  const text = typed.normalize('NFKC').replace(unseen, '')
  if (!hasHan(text)) return text.trim() === '' ? [] : [text.trim()]
  const found = new Set<string>()
  for (const piece of text.split(/[()（）[\]【】<>《》「」/\\|、,，;；:：]+|曾用名|又名|别名|化名/u)) {
    const own = piece.replace(/[^\p{Script=Han}·•・‧\s]/gu, '').trim()
    if (own !== '') found.add(own)
    const latin = piece.replace(/[^\p{Script=Latin}.'’\s-]/gu, ' ').trim()
    if (latinWords(latin).some((word) => word.length > 1)) found.add(latin)
  }
  return found.size === 0 ? [text.trim()] : [...found]
}

/** ü is written v, u, yu: 吕 is LV, LU and LYU on passports. One spelling for keys and for comparing. */
export function foldPinyin(letters: string): string {
  return letters.replace(/([ln])(?:yu|v)/g, '$1u')
}

/** Reading is the dear part of a screening, and one name is held against many. */
const remembered = new Map<string, string[][]>()
const mostRemembered = 5_000

/** A surname has a reading of its own (单 shan); who read it aloud at the desk may not have known (dan). */
export function readingsOfHan(folded: string): string[][] {
  const known = remembered.get(folded)
  if (known !== undefined) return known
  const right = syllablesOf(folded)
  const everyday = syllablesOf(folded, 'off')
  const readings = right.join('') === everyday.join('') ? [right] : [right, everyday]
  if (remembered.size >= mostRemembered) remembered.clear()
  remembered.set(folded, readings)
  return readings
}

/** Surname last, as 伟张 or Wei Zhang; a compound surname (欧阳) goes as one. */
export function turned(syllables: readonly string[]): string[] {
  const [first = '', second = '', ...rest] = syllables
  return rest.length === 0
    ? [[second, first].join('')]
    : [[second, ...rest, first].join(''), [...rest, first, second].join('')]
}

export function foldLatin(text: string): string {
  return text
    .normalize('NFKC')
    .replace(unseen, '')
    .toLowerCase()
    .replace(/[\u0370-\u052f]/g, (letter) => lookLatin[lookAlike.indexOf(letter)] ?? letter)
    .replace(/[ßøłđæœıðþ]/g, (letter) => letters[letter] ?? letter)
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/['’`]/g, '')
}

/** Words of a Latin name: folded, without titles; an initial is a word of one letter. */
export function latinWords(name: string): string[] {
  const words = foldLatin(name)
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
  const named = words.filter((word) => !latinTitles.has(word))
  return named.length > 0 ? named : words
}

/** Optimal string alignment up to `most`; beyond it the exact number is of no use. */
function editDistance(a: string, b: string, most: number): number {
  if (Math.abs(a.length - b.length) > most) return most + 1
  let before: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, i) => i)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1]
      let cost = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + (same ? 0 : 1))
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        cost = Math.min(cost, (before[j - 2] ?? 0) + 1)
      row.push(cost)
    }
    before = last
    last = row
  }
  return last[b.length] ?? most + 1
}

/** Short words have no misspellings: Li is not Lily, Yes is not Reyes. */
function spared(length: number): number {
  if (length < 5) return 0
  return length < 9 ? 1 : 2
}

type WordLikeness = 'same' | 'spelling' | 'initial'

function likeWord(a: string, b: string): WordLikeness | null {
  if (a === b) return 'same'
  if (a.length === 1 || b.length === 1) return a[0] === b[0] ? 'initial' : null
  const most = spared(Math.min(a.length, b.length))
  return most > 0 && editDistance(a, b, most) <= most ? 'spelling' : null
}

/** Each word of the shorter name finds one of the longer; a whole word at least must agree. */
function alignWords(a: readonly string[], b: readonly string[]): NameMatch | null {
  const [few, many] = a.length <= b.length ? [a, b] : [b, a]
  const left = [...many]
  const found: WordLikeness[] = []
  // Whole words first, so that an initial does not take the word another one spells.
  for (const wanted of [...few].sort((x, y) => y.length - x.length)) {
    const best = (['same', 'spelling', 'initial'] as const)
      .map((how) => ({ how, at: left.findIndex((word) => likeWord(wanted, word) === how) }))
      .find(({ at }) => at >= 0)
    if (best === undefined) return null
    left.splice(best.at, 1)
    found.push(best.how)
  }
  // One word of several (a surname alone) names a family, not a person.
  if (few.length === 1 && many.length > 1) return null
  if (!found.some((how) => how !== 'initial')) return null
  const initials = found.filter((how) => how === 'initial').length
  const misspelt = found.filter((how) => how === 'spelling').length
  const score = 1 - 0.18 * initials - 0.12 * misspelt - 0.08 * left.length
  if (score < 0.55) return null
  const ordered = a.length === b.length && a.every((word, i) => likeWord(word, b[i] ?? '') !== null)
  const how =
    initials > 0 ? 'initials' : misspelt > 0 ? 'spelling' : ordered && left.length === 0 ? 'same' : 'order'
  return { how, score: how === 'order' ? Math.min(score, 0.97) : score }
}

/** Chan Wei for Chen Wei: below the same letters, for Wong may be 王 and 黄. */
const otherSurname: NameMatch = { how: 'surname', score: 0.84 }

function compareLatin(a: string, b: string): NameMatch | null {
  const [wordsA, wordsB] = [latinWords(a).map(foldPinyin), latinWords(b).map(foldPinyin)]
  if (wordsA.length === 0 || wordsB.length === 0) return null
  const aligned = alignWords(wordsA, wordsB)
  if (aligned !== null) return aligned
  // Written together or apart: ZhangWei, Zhang Wei.
  const joined = wordsA.join('')
  if (joined.length >= 6 && joined === wordsB.join('')) return { how: 'order', score: 0.95 }
  const written = (words: readonly string[]) =>
    [words, ...inPinyin(words)].map((one) => foldPinyin([...one].sort().join(' ')))
  return wordsA.length === wordsB.length && written(wordsA).some((one) => written(wordsB).includes(one))
    ? otherSurname
    : null
}

function compareHan(a: string, b: string): NameMatch | null {
  const [foldA, foldB] = [foldHan(a), foldHan(b)]
  if (foldA === foldB) {
    const bare = (text: string) => text.normalize('NFKC').replace(/[^\p{L}\p{N}]/gu, '')
    return bare(a) === bare(b) ? { how: 'same', score: 1 } : { how: 'variant', score: 0.97 }
  }
  const [charactersA, charactersB] = [[...foldA], [...foldB]]
  if (isTurned(charactersA, foldB) || isTurned(charactersB, foldA)) return { how: 'order', score: 0.9 }
  const said = (folded: string) => readingsOfHan(folded).map((reading) => foldPinyin(reading.join('')))
  if (said(foldA).some((one) => said(foldB).includes(one))) return { how: 'pinyin', score: 0.8 }
  if (charactersA.length !== charactersB.length || charactersA.length < 2) return null
  const different = charactersA.filter((character, i) => character !== charactersB[i]).length
  return different === 1 ? { how: 'one-character', score: charactersA.length > 2 ? 0.6 : 0.4 } : null
}

/** 建国王 is 王建国 for whoever fills in a form with the surname second. */
function isTurned(characters: readonly string[], other: string): boolean {
  return characters.length > 1 && turned(characters).includes(other)
}

/** A passport writes 张伟 as ZHANG WEI, and its holder sometimes as Wei Zhang. */
function compareRomanised(han: string, latin: string): NameMatch | null {
  const words = latinWords(latin)
  const written = foldPinyin(words.join(''))
  if (written.length < 4) return null
  const forms = readingsOfHan(foldHan(han))
    .filter((syllables) => syllables.length > 1)
    .flatMap((syllables) => [syllables.join(''), ...turned(syllables)])
  const said = forms.map(foldPinyin)
  if (said.includes(written)) return { how: 'romanised', score: 0.85 }
  return inPinyin(words).some((one) => said.includes(foldPinyin(one.join('')))) ? otherSurname : null
}

/** @returns how they agree, or null when they are two people's names */
export function compareNames(a: string, b: string): NameMatch | null {
  if (a.trim() === '' || b.trim() === '') return null
  const [hanA, hanB] = [hasHan(a), hasHan(b)]
  if (hanA && hanB) return compareHan(a, b)
  if (hanA) return compareRomanised(a, b)
  if (hanB) return compareRomanised(b, a)
  return compareLatin(a, b)
}
