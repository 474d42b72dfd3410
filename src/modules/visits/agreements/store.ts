import { json, type RawStatement, raw } from '../../../kernel/db/sql.ts'
import type { agreementStatuses, purposes } from './contract.ts'

export interface Words {
  readonly zh: string
  readonly en: string
}

export interface AgreementRow {
  readonly id: string
  readonly purpose: (typeof purposes)[number]
  readonly title: Words
  readonly status: (typeof agreementStatuses)[number]
  readonly kinds: string[]
  readonly categories: string[]
  readonly validDays: number
  readonly needsSignature: boolean
  readonly version: number
}

export interface VersionRow {
  readonly id: string
  readonly agreementId: string
  readonly number: number
  readonly body: Words
  readonly effectiveAt: Date | null
  readonly publishedAt: Date | null
  readonly publishedByName: string
  readonly signatures: number
}

const columns = `id, purpose, title, status, kinds, categories, valid_days as "validDays",
  needs_signature as "needsSignature", version`

export function agreementsOf(siteId: string): RawStatement<AgreementRow> {
  return raw(`select ${columns} from agreement where site_id = $1 order by position, id limit 500`, [siteId])
}

export function lockAgreement(siteId: string, id: string): RawStatement<AgreementRow> {
  return raw(`select ${columns} from agreement where site_id = $1 and id = $2 for update`, [siteId, id])
}

/** The three that matter of each: in force, coming, draft; or with `all` every one. */
export function versionsOf(
  siteId: string,
  agreementId: string | null,
  at: Date,
  all: boolean,
): RawStatement<VersionRow> {
  return raw(
    `select v.id, v.agreement_id as "agreementId", v.number, v.body, v.effective_at as "effectiveAt",
       v.published_at as "publishedAt", v.published_by_name as "publishedByName",
       (select count(*)::int from agreement_signature s where s.version_id = v.id) as signatures
     from agreement_version v
     where v.site_id = $1 and ($2::uuid is null or v.agreement_id = $2)
       and ($4 or v.published_at is null or v.effective_at > $3 or v.number = (
         select max(n.number) from agreement_version n
         where n.agreement_id = v.agreement_id and n.published_at is not null and n.effective_at <= $3))
     order by v.agreement_id, v.number desc limit 2000`,
    [siteId, agreementId, at, all],
  )
}

export function insertAgreement(
  siteId: string,
  row: AgreementRow,
  at: Date,
  by: string,
): RawStatement<unknown> {
  return raw(
    `insert into agreement (id, site_id, purpose, title, status, kinds, categories, valid_days, needs_signature, position,
       version, created_at, created_by, updated_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9,
       (select coalesce(max(position), 0) + 1 from agreement where site_id = $2), 1, $10, $11, $10)`,
    [
      ...[row.id, siteId, row.purpose, json(row.title), row.status, row.kinds, row.categories, row.validDays],
      ...[row.needsSignature, at, by],
    ],
  )
}

export function updateAgreement(row: AgreementRow, at: Date): RawStatement<unknown> {
  return raw(
    `update agreement set title = $2, status = $3, kinds = $4, categories = $5, valid_days = $6, needs_signature = $7,
       version = $8, updated_at = $9 where id = $1`,
    [
      ...[row.id, json(row.title), row.status, row.kinds, row.categories, row.validDays, row.needsSignature],
      ...[row.version, at],
    ],
  )
}

export interface DraftInsert {
  readonly id: string
  readonly siteId: string
  readonly agreementId: string
  readonly body: Words
  readonly sha256: string
  readonly at: Date
  readonly by: string
}

/** The one draft of a document: begun, or written anew. */
export function writeDraft(draft: DraftInsert): RawStatement<unknown> {
  return raw(
    `insert into agreement_version (id, agreement_id, site_id, number, body, sha256, created_at, created_by)
     values ($1, $2, $3, (select coalesce(max(number), 0) + 1 from agreement_version where agreement_id = $2), $4, $5, $6, $7)
     on conflict (agreement_id) where published_at is null
     do update set body = excluded.body, sha256 = excluded.sha256, created_at = excluded.created_at,
       created_by = excluded.created_by`,
    [draft.id, draft.agreementId, draft.siteId, json(draft.body), draft.sha256, draft.at, draft.by],
  )
}

export function publishDraft(
  versionId: string,
  effectiveAt: Date,
  at: Date,
  by: string,
  byName: string,
): RawStatement<unknown> {
  return raw(
    `update agreement_version set published_at = $3, effective_at = $2, published_by = $4, published_by_name = $5
     where id = $1 and published_at is null`,
    [versionId, effectiveAt, at, by, byName],
  )
}

export interface DueRow {
  readonly versionId: string
  readonly agreementId: string
  readonly purpose: AgreementRow['purpose']
  readonly title: Words
  readonly body: Words
  readonly number: number
  readonly needsSignature: boolean
  readonly validDays: number
}

/**
 * In force now, for this kind and category, neither signed for the visit nor lately by its visitor. The same question
 * as `visit_agreements_due` of the database, with the words.
 */
export function dueAgreements(
  siteId: string,
  whom: {
    readonly visitId: string | null
    readonly visitorId: string | null
    readonly kind: string
    readonly category: string
  },
  at: Date,
): RawStatement<DueRow> {
  return raw(
    `select a.id as "agreementId", a.purpose, a.title, a.needs_signature as "needsSignature", a.valid_days as "validDays",
       c.id as "versionId", c.body, c.number
     from agreement a
     cross join lateral (
       select v.id, v.body, v.number from agreement_version v
       where v.agreement_id = a.id and v.published_at is not null and v.effective_at <= $6
       order by v.number desc limit 1
     ) c
     where a.site_id = $1 and a.status = 'published'
       and (a.kinds = '{}' or $4 = any (a.kinds)) and (a.categories = '{}' or $5 = any (a.categories))
       and not exists (
         select 1 from agreement_signature s where s.version_id = c.id
           and (s.visit_id = $2::uuid or (s.visitor_id = $3::uuid and s.valid_until > $6)))
     order by a.position, a.id`,
    [siteId, whom.visitId, whom.visitorId, whom.kind, whom.category, at],
  )
}

export interface SignatureInsert {
  readonly id: string
  readonly siteId: string
  readonly agreementId: string
  readonly versionId: string
  readonly visitId: string
  readonly visitorId: string
  readonly signerName: string
  readonly language: 'zh' | 'en'
  readonly sha256: string
  readonly surface: 'kiosk' | 'guest' | 'paper'
  readonly manner: 'drawn' | 'typed' | 'paper' | 'read'
  readonly fileId: string | null
  readonly signedAt: Date
  readonly validUntil: Date | null
  readonly by: string
  readonly byName: string
}

export function insertSignature(row: SignatureInsert): RawStatement<unknown> {
  return raw(
    `insert into agreement_signature (id, site_id, agreement_id, version_id, visit_id, visitor_id, signer_name, language,
       sha256, surface, manner, file_id, signed_at, valid_until, recorded_by, recorded_by_name)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)`,
    [
      ...[row.id, row.siteId, row.agreementId, row.versionId, row.visitId, row.visitorId, row.signerName],
      ...[
        row.language,
        row.sha256,
        row.surface,
        row.manner,
        row.fileId,
        row.signedAt,
        row.validUntil,
        row.by,
      ],
      row.byName,
    ],
  )
}

export function setDue(visitId: string, due: number): RawStatement<unknown> {
  return raw('update visit set agreements_due = $2 where id = $1', [visitId, due])
}

export interface SignedRow {
  readonly id: string
  readonly versionId: string
  readonly visitId: string
  readonly title: Words
  readonly number: number
  readonly signerName: string
  readonly surface: string
  readonly manner: string
  readonly signedAt: Date
  readonly validUntil: Date | null
  readonly fileId: string | null
}

const signed = `s.id, s.version_id as "versionId", s.visit_id as "visitId", a.title, v.number,
  s.signer_name as "signerName", s.surface, s.manner, s.signed_at as "signedAt", s.valid_until as "validUntil",
  s.file_id as "fileId"
  from agreement_signature s join agreement a on a.id = s.agreement_id join agreement_version v on v.id = s.version_id`

/** Its own, and those of earlier visits of its visitor that still serve. */
export function signaturesFor(
  siteId: string,
  visit: { readonly id: string; readonly visitorId: string },
  at: Date,
): RawStatement<SignedRow> {
  return raw(
    `select ${signed} where s.site_id = $1 and (s.visit_id = $2 or (s.visitor_id = $3 and s.valid_until > $4))
     order by s.signed_at limit 200`,
    [siteId, visit.id, visit.visitorId, at],
  )
}

/** Keyset by id, which is made in the order of time. */
export function signaturePage(
  siteId: string,
  agreementId: string,
  before: string | null,
  limit: number,
): RawStatement<SignedRow> {
  return raw(
    `select ${signed} where s.site_id = $1 and s.agreement_id = $2 and ($3::uuid is null or s.id < $3)
     order by s.id desc limit $4`,
    [siteId, agreementId, before, limit],
  )
}
