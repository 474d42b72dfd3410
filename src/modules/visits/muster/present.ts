import type { MusterCard, MusterPersonCard } from './contract.ts'
import type { InsidePerson } from './sources.ts'
import type { CountedMuster, PersonRow } from './store.ts'

const iso = (at: Date | null) => at?.toISOString() ?? null

export function presentMuster(row: CountedMuster): MusterCard {
  return {
    id: row.id,
    kind: row.kind,
    status: row.status,
    note: row.note,
    startedAt: row.started_at.toISOString(),
    startedByName: row.started_by_name,
    endedAt: iso(row.ended_at),
    endedByName: row.ended_by_name,
    endNote: row.end_note,
    revision: row.revision,
    total: row.total,
    safe: row.safe,
    missingAtEnd: row.ended_at === null ? null : row.total - row.safe_at_end,
  }
}

export function presentPerson(row: PersonRow): MusterPersonCard {
  return {
    id: row.id,
    kind: row.kind,
    name: row.name,
    organisation: row.organisation,
    hostName: row.host_name,
    detail: row.detail,
    zone: { zh: row.zone_zh, en: row.zone_en },
    addedHow: row.added_how,
    addedAt: row.added_at.toISOString(),
    addedByName: row.added_by_name,
    safe: row.safe,
    markedAt: iso(row.marked_at),
    markedByName: row.marked_by_name,
    point: row.point,
    missingAt: iso(row.missing_at),
    outcome: row.outcome,
    outcomeNote: row.outcome_note,
    outcomeByName: row.outcome_by_name,
    outcomeAt: iso(row.outcome_at),
  }
}

export function presentInside(person: InsidePerson) {
  const { kind, name, organisation, hostName, detail } = person
  return { kind, name, organisation, hostName, detail, zone: { zh: person.zoneZh, en: person.zoneEn } }
}
