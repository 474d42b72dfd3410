/** PURE: what somebody typed into the single window, read once for all modules (C5). */

export interface Wanted {
  /** Trimmed, NFKC, single spaces. */
  readonly text: string
  /** Chinese characters typed, in overlapping pairs; one alone stands by itself. */
  readonly grams: readonly string[]
  /** Letters of pinyin or initials, lower case without spaces; null when there are none or Chinese stands beside them. */
  readonly letters: string | null
  /** Three digits or more, without punctuation; a tail or the whole of a telephone number. */
  readonly digits: string | null
  /** Upper-case letters and digits when the text may be a plate (GA 36). */
  readonly plate: string | null
  /** Upper-case, when the text may be the number of a document. */
  readonly document: string | null
  /** Of a record: `C-1024`, `#1024`. */
  readonly recordNumber: number | null
}
