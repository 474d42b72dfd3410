/** PURE: beginnings as ranges of bytes, which use an index of a "C" column whatever plan the statement has (C5). */
import { longestLetters } from './spelling.ts'

/** Sorts after every text that begins with `text`. */
export function endOf(text: string): string {
  return `${text}\u{10ffff}`
}

/** Numbers are stored backwards: the tail becomes a beginning. */
export function backwards(text: string): string {
  return [...text].reverse().join('')
}

/** Words of `find_word` are cut: Chinese at twelve characters, letters at 24. What is typed beyond is not compared. */
export function wordOf(text: string): string {
  const low = text.toLowerCase()
  return /\p{Script=Han}/u.test(low) ? [...low].slice(0, 12).join('') : low.slice(0, longestLetters)
}
