/** Visitor's particulars made storable: telephone, document, the known person. */
import parsePhoneNumber from 'libphonenumber-js/max'
import { DomainError } from '../../kernel/errors.ts'
import type { Secrets } from '../../kernel/secrets.ts'
import { type DocumentKind, storedKinds } from './identity/kinds.ts'
import { type DocumentFault, documentFault, isExpired, normaliseNumber } from './identity/rules.ts'

/**
 * E.164 where it is a public number; short codes and extensions stay as they are (95588, 8171).
 * @throws DomainError `input.invalid` at `path` when it is no telephone number at all
 */
export function normalisePhone(text: string, path: string): string {
  const typed = text.trim()
  if (typed === '') return ''
  const parsed = parsePhoneNumber(typed, 'CN')
  if (parsed?.isValid() === true) return parsed.number
  const digits = typed.replace(/[\s()-]/g, '')
  if (/^\+?\d{2,20}$/.test(digits)) return digits
  throw new DomainError('input.invalid', {}, [{ path, code: 'phone' }])
}

export interface SealedDocument {
  readonly kind: string
  readonly sealed: string | null
  readonly index: string | null
  readonly tail: string | null
  /** What was read off it besides the number; kept with each look at it (`document_check`). */
  readonly seen?: {
    readonly name: string
    readonly expiresOn: string | null
    readonly country: string
    readonly suspicion: string
  }
}

export interface DocumentShown {
  readonly kind: DocumentKind
  readonly number: string
  readonly nameOnDocument?: string | undefined
  readonly expiresOn?: string | null | undefined
  readonly issuingCountry?: string | undefined
  readonly suspicion?: string | undefined
}

/** Ahead of UTC, where a day begins first. */
const firstDayHours = 14
/** Behind UTC, where a day ends last. */
const lastDayHours = 12

/** One number has one index per kind: who is looked for by it may show it as another kind. */
export function indexesOf(secrets: Secrets, number: string): string[] {
  return storedKinds.map((kind) => secrets.blindIndex(`${kind}:${number}`))
}

/**
 * Encrypted with a blind index; only the last four characters stay readable (G5).
 * @param now a day has begun where it begins first and ended where it ends last: nothing valid is refused for the hour's sake
 * @throws DomainError `visit.document-invalid` naming what is wrong with number or validity (V12)
 */
export async function sealDocument(
  secrets: Secrets,
  document: DocumentShown,
  path: string,
  now: Date,
): Promise<SealedDocument> {
  const today = new Date(now.getTime() + firstDayHours * 3_600_000).toISOString().slice(0, 10)
  const number = normaliseNumber(document.number)
  const { kind, issuingCountry = '' } = document
  const fault = documentFault({ kind, number, issuingCountry }, today)
  if (fault !== null) throw invalid(path, fault)
  const expiresOn = document.expiresOn ?? null
  const ended = new Date(now.getTime() - lastDayHours * 3_600_000).toISOString().slice(0, 10)
  if (isExpired(expiresOn, ended)) {
    throw invalid(path.replace(/number$/, 'expiresOn'), 'document-expired')
  }
  const seen = {
    name: document.nameOnDocument ?? '',
    expiresOn,
    country: issuingCountry,
    suspicion: document.suspicion ?? '',
  }
  if (number === '') return { kind, sealed: null, index: null, tail: null, seen }
  return {
    kind,
    sealed: await secrets.encrypt(number),
    index: secrets.blindIndex(`${kind}:${number}`),
    tail: number.slice(-4),
    seen,
  }
}

function invalid(path: string, code: DocumentFault): DomainError {
  return new DomainError('visit.document-invalid', {}, [{ path, code }])
}
