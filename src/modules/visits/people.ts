/** Visitor's particulars made storable: telephone, document, the known person. */
import parsePhoneNumber from 'libphonenumber-js/max'
import { DomainError } from '../../kernel/errors.ts'
import type { Secrets } from '../../kernel/secrets.ts'
import { idCardIsValid } from './rules.ts'

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
}

/**
 * Encrypted with a blind index; only the last four characters stay readable (G5).
 * @throws DomainError `visit.document-invalid` when an identity card's check digit is wrong (V12)
 */
export async function sealDocument(
  secrets: Secrets,
  document: { readonly kind: string; readonly number: string },
  path: string,
): Promise<SealedDocument> {
  const number = document.number.normalize('NFKC').replace(/\s/g, '').toUpperCase()
  if (number === '') return { kind: document.kind, sealed: null, index: null, tail: null }
  const wrong = document.kind === 'id-card' ? !idCardIsValid(number) : !/^[A-Z0-9-]{4,30}$/.test(number)
  if (wrong) throw new DomainError('visit.document-invalid', {}, [{ path, code: 'document' }])
  return {
    kind: document.kind,
    sealed: await secrets.encrypt(number),
    index: secrets.blindIndex(`${document.kind}:${number}`),
    tail: number.slice(-4),
  }
}
