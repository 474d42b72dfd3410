/** PURE: rows → what the screens get; numbers masked (G5). */
import { maskNumber } from '../../../kernel/telephone/mask.ts'
import { allows } from '../../../kernel/transitions.ts'
import { visitNumber } from '../present.ts'
import { maskDocument } from '../rules.ts'
import type { WatchEntry, WatchHit } from './contract.ts'
import type { EntryRow, HitView } from './entries-store.ts'
import { entryCommands, entryTransitions, isSecondPerson } from './rules.ts'

export function presentEntry(row: EntryRow, manages: boolean): WatchEntry {
  const can: WatchEntry['can'] = {}
  if (manages) {
    for (const command of entryCommands)
      if (command !== 'expire' && allows(entryTransitions, row.status, command)) can[command] = true
    if (row.phones.length > 0 || row.document_sealed !== null) can.reveal = true
  }
  return {
    id: row.id,
    version: row.version,
    status: row.status,
    level: row.level,
    name: row.name,
    aliases: [...row.aliases],
    organisation: row.organisation,
    phonesMasked: row.phones.map(maskNumber),
    plates: [...row.plates],
    documentKind: row.document_kind as WatchEntry['documentKind'],
    documentMasked: row.document_tail === null ? '' : maskDocument(row.document_tail),
    reason: row.reason,
    validFrom: row.valid_from.toISOString(),
    validUntil: row.valid_until?.toISOString() ?? null,
    withdrawnWhy: row.withdrawn_why,
    visitId: row.visit_id,
    createdAt: row.created_at.toISOString(),
    createdByName: row.created_by_name,
    can,
  }
}

export function presentHit(
  row: HitView,
  viewer: { readonly id: string; readonly decides: boolean },
): WatchHit {
  const second = isSecondPerson(viewer.id, {
    created_by: row.created_by,
    status: row.visit_status,
    status_by: row.status_by,
    document_checked_by: row.document_checked_by,
    host_id: row.host_id,
    consent_by: row.consent_by,
  })
  const whyNot = !viewer.decides ? 'no-right' : second ? '' : 'second-person'
  return {
    id: row.id,
    visitId: row.visit_id,
    visitNumber: visitNumber(row.number),
    visitStatus: row.visit_status,
    moment: row.moment as WatchHit['moment'],
    at: row.at.toISOString(),
    byName: row.by_name,
    level: row.level,
    score: row.score,
    agreed: [...row.agreed],
    differed: [...row.differed],
    effect: row.effect,
    person: {
      name: row.person.name,
      organisation: row.person.organisation,
      phoneMasked: row.person.phoneMasked,
      plate: row.person.plate,
      documentMasked: row.person.documentTail === '' ? '' : maskDocument(row.person.documentTail),
    },
    entry: {
      id: row.entry_id,
      name: row.name,
      aliases: [...row.aliases],
      organisation: row.organisation,
      phonesMasked: row.phones.map(maskNumber),
      plates: [...row.plates],
      documentMasked: row.document_tail === null ? '' : maskDocument(row.document_tail),
      reason: row.reason,
      validUntil: row.valid_until?.toISOString() ?? null,
    },
    decision: row.decision as WatchHit['decision'],
    decidedAt: row.decided_at?.toISOString() ?? null,
    decidedByName: row.decided_by_name,
    note: row.note,
    canDecide: whyNot === '' && row.decision === null,
    whyNot,
  }
}
