/** Where a page of messages or promises ended. */
import { DomainError } from '../../../kernel/errors.ts'
import { readWanted, type Wanted } from '../../../kernel/find/wanted.ts'

interface Place {
  readonly at: Date
  readonly id: string
}

export function encodePlace(place: Place): string {
  return Buffer.from(`${place.at.toISOString()}|${place.id}`).toString('base64url')
}

/** @throws DomainError `input.invalid` for a cursor that is not ours */
export function decodePlace(cursor: string | undefined): Place | null {
  if (cursor === undefined) return null
  const [at, id] = Buffer.from(cursor, 'base64url').toString('utf8').split('|')
  const instant = new Date(at ?? '')
  if (Number.isNaN(instant.getTime()) || id === undefined || !/^[0-9a-f-]{36}$/.test(id))
    throw new DomainError('input.invalid', {}, [{ path: 'cursor', code: 'pattern' }])
  return { at: instant, id }
}

interface TextFilter {
  readonly number: number | null
  readonly terms: readonly string[] | null
  /** Backwards, as the index keeps it. */
  readonly phoneTail: string | null
}

/** What was typed into the filter: number of the record, tail of a telephone number, Chinese, pinyin or a word. */
export function textFilter(typed: string | undefined, prefix: 'M' | 'B'): TextFilter {
  if (typed === undefined || typed === '') return { number: null, terms: null, phoneTail: null }
  const wanted = readWanted(typed)
  const own = wanted.recordPrefix === '' || wanted.recordPrefix === prefix
  const number = own ? wanted.recordNumber : null
  const phoneTail = wanted.digits === null ? null : [...wanted.digits].reverse().join('')
  const terms = termsWanted(wanted)
  // What cannot be read finds nothing, instead of everything.
  return number === null && phoneTail === null && terms === null
    ? { number, phoneTail, terms: [wanted.text] }
    : { number, phoneTail, terms }
}

function termsWanted(wanted: Wanted): readonly string[] | null {
  if (wanted.grams.length > 0) return wanted.grams
  return wanted.letters === null ? null : [wanted.letters]
}
