/** What is written of somebody becomes an entry: normalised, sealed, with the keys a screening finds it by. */
import { startOfDay, startOfNextDay } from '../../../kernel/calendar/site-day.ts'
import { DomainError } from '../../../kernel/errors.ts'
import { fragmentsOf, pinyinOf, tidy } from '../../../kernel/find/spelling.ts'
import type { Secrets } from '../../../kernel/secrets.ts'
import type { DocumentKind } from '../identity/kinds.ts'
import { documentFault, normaliseNumber } from '../identity/rules.ts'
import { indexesOf, normalisePhone } from '../people.ts'
import type { EntryRow } from './entries-store.ts'
import { foldPlate, keysOf, keysVersion } from './keys.ts'

export interface Written {
  readonly level: 'alert' | 'block'
  readonly name: string
  readonly aliases: readonly string[]
  readonly organisation: string
  readonly phones: readonly string[]
  readonly plates: readonly string[]
  readonly reason: string
}

export interface WrittenDocument {
  readonly document_kind: string | null
  readonly document_sealed: string | null
  readonly document_index: string | null
  readonly document_tail: string | null
  /** Keys `d:…`. */
  readonly keys: readonly string[]
}

const noDocument: WrittenDocument = {
  document_kind: null,
  document_sealed: null,
  document_index: null,
  document_tail: null,
  keys: [],
}

/** @throws DomainError `watch-list.document-invalid` naming what is wrong with the number (V12) */
export async function sealWritten(
  secrets: Secrets,
  document: { readonly kind: DocumentKind; readonly number: string } | null,
  today: string,
): Promise<WrittenDocument> {
  const number = document === null ? '' : normaliseNumber(document.number)
  if (document === null || number === '') return noDocument
  const fault = documentFault({ kind: document.kind, number }, today)
  if (fault !== null)
    throw new DomainError('watch-list.document-invalid', {}, [{ path: 'document.number', code: fault }])
  return {
    document_kind: document.kind,
    document_sealed: await secrets.encrypt(number),
    document_index: secrets.blindIndex(`${document.kind}:${number}`),
    document_tail: number.slice(-4),
    keys: indexesOf(secrets, number).map((index) => `d:${index}`),
  }
}

export function sealedOf(row: EntryRow): WrittenDocument {
  return { ...row, keys: row.keys.filter((key) => key.startsWith('d:')) }
}

type Derived = Pick<
  EntryRow,
  | 'level'
  | 'name'
  | 'name_pinyin'
  | 'aliases'
  | 'organisation'
  | 'phones'
  | 'plates'
  | 'reason'
  | 'keys'
  | 'keys_version'
  | 'grams'
> &
  Omit<WrittenDocument, 'keys'>

/** @throws DomainError `watch-list.names-nobody` when nothing in it could ever agree */
export function derive(written: Written, document: WrittenDocument): Derived {
  const name = tidy(written.name)
  const aliases = [...new Set(written.aliases.map(tidy))].filter((one) => one !== '' && one !== name)
  const organisation = tidy(written.organisation)
  const phones = [...new Set(written.phones.map((phone, i) => normalisePhone(phone, `phones.${i}`)))].filter(
    Boolean,
  )
  const plates = [...new Set(written.plates.map(foldPlate))].filter(Boolean)
  const { keys: documentKeys, document_kind, document_sealed, document_index, document_tail } = document
  const keys = [
    ...keysOf({ names: [name, ...aliases], organisation, phones, plates, documents: [] }, 'entry'),
    ...documentKeys,
  ]
  if (keys.length === 0)
    throw new DomainError('watch-list.names-nobody', {}, [{ path: 'name', code: 'required' }])
  return {
    level: written.level,
    name,
    name_pinyin: name === '' ? '' : pinyinOf(name).pinyin,
    aliases,
    organisation,
    phones,
    plates,
    reason: tidy(written.reason),
    keys,
    keys_version: keysVersion,
    grams: fragmentsOf(name, ...aliases, organisation),
    document_kind,
    document_sealed,
    document_index,
    document_tail,
  }
}

/** @throws DomainError `input.invalid` when it ends before it begins */
export function period(
  zone: string,
  from: string | undefined,
  until: string | null,
  now: Date,
): { valid_from: Date; valid_until: Date | null } {
  const valid_from = from === undefined ? now : startOfDay(zone, from)
  const valid_until = until === null ? null : startOfNextDay(zone, until)
  if (valid_until !== null && (valid_until <= valid_from || valid_until <= now))
    throw new DomainError('input.invalid', {}, [{ path: 'validUntil', code: 'before-start' }])
  return { valid_from, valid_until }
}
