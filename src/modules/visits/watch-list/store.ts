/** What a screening reads and writes. The list's own screens have `entries-store.ts`. */
import { json, type RawStatement, raw } from '../../../kernel/db/sql.ts'
import type { VisitRow } from '../store.ts'
import type { Match } from './match.ts'
import type { Decision, Moment } from './rules.ts'

export interface Candidate {
  readonly id: string
  readonly level: 'alert' | 'block'
  readonly name: string
  readonly aliases: string[]
  readonly organisation: string
  readonly phones: string[]
  readonly plates: string[]
  readonly document_kind: string | null
  /** Its keys `d:…`: one per kind the number may be shown as. */
  readonly documents: string[]
  /** Attributes that agreed each time somebody judged this pair. */
  readonly judged: string[][]
}

export interface Known {
  readonly index: string
  readonly kind: string
}

/**
 * Entries that share a key with the visitor, and what was judged of the pair before. Who shows no document, or another one
 * than last time, is still recognised by every one the house has seen of them, also under another name. A pair judged with
 * a document in hand stays judged for that document.
 */
export function candidates(
  siteId: string,
  keys: readonly string[],
  of: {
    readonly visitorId: string | null
    readonly visitId: string | null
    readonly documentIndex: string | null
  },
  now: Date,
): RawStatement<Candidate & { readonly known: readonly Known[] }> {
  return raw(
    `with people as materialized (
       select $3::uuid as id
       union
       (select v.visitor_id from document_check c join visit v on v.id = c.visit_id
        where c.site_id = $1 and c.document_index = $5::text limit 20)
     ), known as materialized (
       select p.document_index, p.document_kind as kind from visitor p
       where p.site_id = $1 and p.id in (select id from people) and p.document_index is not null
       union
       select c.document_index, c.kind from people
         cross join lateral (select v.id from visit v where v.visitor_id = people.id order by v.sort_at desc limit 20) v
         join document_check c on c.visit_id = v.id
       where c.site_id = $1 and c.document_index is not null
     ), wanted as materialized (
       select $2::text[] || coalesce((select array_agg('d:' || document_index) from known), '{}') as keys,
         $7::text[] || coalesce((select array_agg('d:' || document_index) from known), '{}') as rare
     )
     select e.id, e.level, e.name, e.aliases, e.organisation, e.phones, e.plates, e.document_kind,
       array(select k from unnest(e.keys) k where k like 'd:%') as documents,
       coalesce((select jsonb_agg(d.agreed) from watch_dismissal d where d.entry_id = e.id
         and (d.document_index = $5::text or (d.visitor_id = $3::uuid
           and ($5::text is null or d.document_index is null or d.document_index = $5::text)))
         and (d.visit_id is null or d.visit_id = $4::uuid)), '[]') as judged,
       coalesce((select jsonb_agg(jsonb_build_object('index', document_index, 'kind', kind)) from known), '[]') as known
     from watch_entry e
     where e.status = 'active' and e.keys && (select keys from wanted) and e.site_id = $1
       and e.valid_from <= $6 and (e.valid_until is null or e.valid_until > $6)
     order by (e.keys && (select rare from wanted)) desc
     limit 500`,
    [
      siteId,
      keys,
      of.visitorId,
      of.visitId,
      of.documentIndex,
      now,
      // A common name must not push the one telephone or document out of the list.
      keys.filter((key) => /^[dlp]:/.test(key)),
    ],
  )
}

/** At the counter or inside: who may still be stopped or looked after. */
export function presentVisits(siteId: string): RawStatement<VisitRow> {
  return raw(
    `select * from visit where site_id = $1 and status in ('asking', 'admitted', 'with_host', 'signed_off')
     order by id limit 5000`,
    [siteId],
  )
}

export interface HitInsert {
  readonly id: string
  readonly siteId: string
  readonly visitId: string
  readonly visitorId: string
  readonly moment: Moment
  readonly person: Readonly<Record<string, unknown>>
  readonly match: Match
  readonly effect: 'held' | 'alert'
  readonly at: Date
  readonly byName: string
}

/** The same entry again at a later step of the visit is the same hit, with what is known now; an old decision no longer holds. */
export function keepHit(hit: HitInsert): RawStatement<unknown> {
  return raw(
    `insert into watch_hit (id, site_id, visit_id, visitor_id, entry_id, moment, person, level, score, agreed, differed,
       effect, at, by_name)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
     on conflict (visit_id, entry_id) do update set moment = excluded.moment, person = excluded.person,
       level = excluded.level, score = excluded.score, agreed = excluded.agreed, differed = excluded.differed,
       effect = excluded.effect, at = excluded.at, by_name = excluded.by_name, decision = null, decided_at = null,
       decided_by = null, decided_by_name = '', note = ''`,
    [
      hit.id,
      hit.siteId,
      hit.visitId,
      hit.visitorId,
      hit.match.entryId,
      hit.moment,
      json(hit.person),
      hit.match.level,
      hit.match.score,
      json(hit.match.agreed),
      json(hit.match.differed),
      hit.effect,
      hit.at,
      hit.byName,
    ],
  )
}

export interface HitRow {
  readonly id: string
  readonly visit_id: string
  readonly visitor_id: string
  readonly entry_id: string
  readonly agreed: readonly { readonly attribute: string; readonly how: string }[]
  readonly effect: 'held' | 'alert'
  readonly decision: Decision | null
}

const hitColumns = 'id, visit_id, visitor_id, entry_id, agreed, effect, decision'

export function openHitsOfVisit(siteId: string, visitId: string): RawStatement<HitRow> {
  return raw(
    `select ${hitColumns} from watch_hit where site_id = $1 and visit_id = $2 and decision is null for update`,
    [siteId, visitId],
  )
}

export function lockHit(siteId: string, id: string): RawStatement<HitRow> {
  return raw(`select ${hitColumns} from watch_hit where site_id = $1 and id = $2 for update`, [siteId, id])
}

export interface Judgement {
  readonly decision: Decision
  readonly note: string
  readonly at: Date
  readonly by: string
  readonly byName: string
}

export function decideHit(id: string, judged: Judgement): RawStatement<unknown> {
  return raw(
    `update watch_hit set decision = $2, decided_at = $3, decided_by = $4, decided_by_name = $5, note = $6
     where id = $1 and decision is null`,
    [id, judged.decision, judged.at, judged.by, judged.byName, judged.note],
  )
}

export interface DismissalInsert {
  readonly id: string
  readonly siteId: string
  readonly entryId: string
  readonly visitorId: string
  readonly documentIndex: string | null
  /** Only for this visit: the person is the one, and was let in. */
  readonly visitId: string | null
  readonly agreed: readonly string[]
}

export function rememberDismissal(pair: DismissalInsert, judged: Judgement): RawStatement<unknown> {
  return raw(
    `insert into watch_dismissal (id, site_id, entry_id, visitor_id, document_index, visit_id, agreed, at, by_id, by_name, note)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    [
      pair.id,
      pair.siteId,
      pair.entryId,
      pair.visitorId,
      pair.documentIndex,
      pair.visitId,
      pair.agreed,
      judged.at,
      judged.by,
      judged.byName,
      judged.note,
    ],
  )
}
