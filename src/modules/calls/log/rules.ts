/** PURE: what somebody typed above the call log (C2). */

import { backwards } from '../../../kernel/find/range.ts'
import { fragmentsOf, tidy } from '../../../kernel/find/spelling.ts'
import { readWanted } from '../../../kernel/find/wanted.ts'

export interface LogText {
  /** Every one must be among what the call is found by; empty: no words were typed. */
  readonly terms: readonly string[]
  /** Pinyin of a whole name, or initials. */
  readonly letters: string | null
  /** The end of a number, backwards. */
  readonly tail: string | null
  readonly extension: string | null
  readonly number: number | null
}

/** A mask shows the last four digits; by more only those may look who may have the number revealed (G5). */
const shownDigits = 4

/** @returns null when nothing was typed */
export function textOf(typed: string, mayReveal: boolean): LogText | null {
  const text = tidy(typed)
  if (text === '') return null
  const wanted = readWanted(text)
  const { digits, recordNumber, recordPrefix } = wanted
  const hidden = digits !== null && digits.length > shownDigits && !mayReveal
  return {
    terms: digits === null || /\p{L}/u.test(text) ? fragmentsOf(text) : [],
    letters: wanted.letters,
    tail: digits === null || hidden ? null : backwards(digits),
    extension: /^\d{2,6}$/.test(text) ? text : null,
    number: recordNumber !== null && ['', 'C'].includes(recordPrefix) ? recordNumber : null,
  }
}
