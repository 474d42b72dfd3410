/** Each look at a document stays: what it was, whose name stood on it, until when it holds, what was odd about it (V12). */
import { newId } from '../../../kernel/ids.ts'
import type { Work } from '../../../kernel/work/command.ts'
import type { VisitDetail } from '../card/contract.ts'
import type { SealedDocument } from '../people.ts'
import { maskDocument } from '../rules.ts'
import { compareNames } from '../watch-list/names.ts'
import { insertLook, type LookInsert, type LookRow } from './store.ts'

/** @param name as the visitor gave it */
function nameAgrees(onDocument: string, name: string): LookInsert['nameAgrees'] {
  if (onDocument.trim() === '') return 'unknown'
  const found = compareNames(onDocument, name)
  if (found === null || found.how === 'one-character') return 'differs'
  return found.score >= 0.95 ? 'same' : 'close'
}

export function keepLook(
  work: Work,
  visit: { readonly id: string; readonly visitor_name: string },
  document: SealedDocument,
): LookInsert['nameAgrees'] {
  const { seen } = document
  const agrees = nameAgrees(seen?.name ?? '', visit.visitor_name)
  work.write(
    insertLook({
      id: newId(),
      siteId: work.ctx.siteId,
      visitId: visit.id,
      kind: document.kind,
      index: document.index,
      tail: document.tail,
      name: seen?.name ?? '',
      nameAgrees: agrees,
      expiresOn: seen?.expiresOn ?? null,
      country: seen?.country ?? '',
      suspicion: seen?.suspicion ?? '',
      at: work.now,
      by: work.ctx.actor.employeeId ?? work.ctx.actor.id,
      byName: work.ctx.actor.name,
    }),
  )
  return agrees
}

export function presentLook(row: LookRow): VisitDetail['documentChecks'][number] {
  return {
    at: row.checked_at.toISOString(),
    byName: row.checked_by_name,
    kind: row.kind,
    masked: row.tail === null ? '' : maskDocument(row.tail),
    nameOnDocument: row.name_on_document,
    nameAgrees: row.name_agrees,
    expiresOn: row.expires_on,
    issuingCountry: row.issuing_country,
    suspicion: row.suspicion,
  }
}
