import { type RawStatement, raw } from '../../../kernel/db/sql.ts'
import type { DocumentKind } from './kinds.ts'

export interface LookInsert {
  readonly id: string
  readonly siteId: string
  readonly visitId: string
  readonly kind: string
  readonly index: string | null
  readonly tail: string | null
  readonly name: string
  readonly nameAgrees: 'unknown' | 'same' | 'close' | 'differs'
  readonly expiresOn: string | null
  readonly country: string
  readonly suspicion: string
  readonly at: Date
  readonly by: string
  readonly byName: string
}

export function insertLook(look: LookInsert): RawStatement<unknown> {
  return raw(
    `insert into document_check (id, site_id, visit_id, kind, document_index, tail, name_on_document, name_agrees,
       expires_on, issuing_country, suspicion, checked_at, checked_by, checked_by_name)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
    [
      look.id,
      look.siteId,
      look.visitId,
      look.kind,
      look.index,
      look.tail,
      look.name,
      look.nameAgrees,
      look.expiresOn,
      look.country,
      look.suspicion,
      look.at,
      look.by,
      look.byName,
    ],
  )
}

export interface LookRow {
  readonly kind: DocumentKind
  readonly tail: string | null
  readonly name_on_document: string
  readonly name_agrees: LookInsert['nameAgrees']
  readonly expires_on: string | null
  readonly issuing_country: string
  readonly suspicion: string
  readonly checked_at: Date
  readonly checked_by_name: string
}

export function looksOf(siteId: string, visitId: string): RawStatement<LookRow> {
  return raw(
    `select kind, tail, name_on_document, name_agrees, expires_on::text, issuing_country, suspicion, checked_at, checked_by_name
     from document_check where site_id = $1 and visit_id = $2 order by checked_at limit 50`,
    [siteId, visitId],
  )
}
