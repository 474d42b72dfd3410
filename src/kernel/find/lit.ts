/** PURE: which part of a line is what was typed, also when it was typed in pinyin: zw lights 张伟 up (C5). */
import { hasHan, syllablesOf } from './spelling.ts'
import type { Wanted } from './wanted.ts'

export type Lit = [from: number, to: number][]

/** @returns places in `text`, in order, not overlapping; nothing when the hit has another reason */
export function litOf(text: string, wanted: Wanted): Lit {
  const low = text.toLowerCase()
  const typed = wanted.text.toLowerCase()
  // Lower case may be longer than the text (İ): then places would be wrong.
  if (typed !== '' && low.length === text.length) {
    const at = low.indexOf(typed)
    if (at >= 0) return [[at, at + typed.length]]
  }
  for (const letters of [wanted.letters, wanted.mixed?.pinyin, wanted.mixed?.initials]) {
    const spoken = letters === null || letters === undefined ? [] : spokenIn(text, letters)
    if (spoken.length > 0) return spoken
  }
  const parts = wanted.grams.flatMap((gram): Lit => {
    const at = text.indexOf(gram)
    return at < 0 ? [] : [[at, at + gram.length]]
  })
  if (parts.length > 0) return joined(parts)
  return wanted.digits === null ? [] : tailIn(text, wanted.digits)
}

interface Spoken {
  readonly syllable: string
  readonly from: number
  readonly to: number
}

/** Runs of Chinese character by character, other words whole, each with its place. */
function spokenParts(text: string): Spoken[] {
  const parts: Spoken[] = []
  for (const match of text.matchAll(/\p{Script=Han}+|[\p{L}\p{N}]+?(?=\p{Script=Han}|[^\p{L}\p{N}]|$)/gu)) {
    const [run] = match
    const characters = hasHan(run) ? [...run] : [run]
    const syllables = syllablesOf(run)
    if (syllables.length !== characters.length) continue
    let from = match.index
    for (const [index, character] of characters.entries()) {
      parts.push({ syllable: syllables[index] ?? '', from, to: from + character.length })
      from += character.length
    }
  }
  return parts
}

/** Each part takes its whole syllable, its beginning when it is the last, or its initial. */
function spokenIn(text: string, letters: string): Lit {
  const parts = spokenParts(text)
  for (let start = 0; start < parts.length; start++) {
    const end = taken(parts, start, letters)
    if (end !== null) return joined(parts.slice(start, end).map(({ from, to }) => [from, to]))
  }
  return []
}

/** Index behind the last part that `rest` needs from `at` on; null when it does not fit. */
function taken(parts: readonly Spoken[], at: number, rest: string): number | null {
  if (rest === '') return at
  const syllable = parts[at]?.syllable
  if (syllable === undefined || syllable === '') return null
  if (rest.startsWith(syllable)) {
    const end = taken(parts, at + 1, rest.slice(syllable.length))
    if (end !== null) return end
  }
  if (syllable.startsWith(rest)) return at + 1
  return rest[0] === syllable[0] ? taken(parts, at + 1, rest.slice(1)) : null
}

/** The tail of a number, masked or not: as much of it as is shown. */
function tailIn(text: string, digits: string): Lit {
  for (const match of text.matchAll(/\d+/g)) {
    const run = match[0]
    const length = Math.min(run.length, digits.length)
    if (length >= 3 && run.slice(-length) === digits.slice(-length)) {
      const to = match.index + run.length
      return [[to - length, to]]
    }
  }
  return []
}

function joined(parts: Lit): Lit {
  const all: Lit = []
  for (const [from, to] of parts.sort((a, b) => a[0] - b[0])) {
    const last = all.at(-1)
    if (last !== undefined && from <= last[1]) last[1] = Math.max(last[1], to)
    else all.push([from, to])
  }
  return all
}
