import { json, type RawStatement, raw } from '../../../kernel/db/sql.ts'
import type { VisitStatus } from '../rules.ts'
import type { LetterKind, Told } from './rules.ts'

export interface InvitationRow {
  readonly visitId: string
  readonly siteId: string
  readonly key: string
  readonly code: string
  readonly email: string
  readonly language: 'zh' | 'en'
  readonly sequence: number
  readonly told: unknown
  readonly openedAt: Date | null
  readonly completedAt: Date | null
}

const columns = `i.visit_id as "visitId", i.site_id as "siteId", i.key, i.code, i.email, i.language, i.sequence, i.told,
  i.opened_at as "openedAt", i.completed_at as "completedAt"`

export interface InvitationInsert {
  readonly visitId: string
  readonly siteId: string
  readonly key: string
  readonly code: string
  readonly email: string
  readonly language: 'zh' | 'en'
  readonly at: Date
  readonly by: string
}

export function insertInvitation(row: InvitationInsert): RawStatement<unknown> {
  return raw(
    `insert into invitation (visit_id, site_id, key, code, email, language, created_at, created_by)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [row.visitId, row.siteId, row.key, row.code, row.email, row.language, row.at, row.by],
  )
}

export function lockInvitation(siteId: string, visitId: string): RawStatement<InvitationRow> {
  return raw(`select ${columns} from invitation i where i.site_id = $1 and i.visit_id = $2 for update`, [
    siteId,
    visitId,
  ])
}

export function findInvitation(siteId: string, visitId: string): RawStatement<InvitationRow> {
  return raw(`select ${columns} from invitation i where i.site_id = $1 and i.visit_id = $2`, [
    siteId,
    visitId,
  ])
}

export function invitationByKey(siteId: string, key: string): RawStatement<InvitationRow> {
  return raw(`select ${columns} from invitation i where i.site_id = $1 and i.key = $2`, [siteId, key])
}

export function visitOfCode(siteId: string, code: string): RawStatement<{ visitId: string }> {
  return raw('select visit_id as "visitId" from invitation where site_id = $1 and code = $2', [siteId, code])
}

export function readdress(
  visitId: string,
  email: string,
  language: string,
  key: string,
): RawStatement<unknown> {
  return raw('update invitation set email = $2, language = $3, key = $4 where visit_id = $1', [
    visitId,
    email,
    language,
    key,
  ])
}

export function markOpened(visitId: string, at: Date): RawStatement<unknown> {
  return raw('update invitation set opened_at = $2 where visit_id = $1 and opened_at is null', [visitId, at])
}

export function markCompleted(visitId: string, at: Date): RawStatement<unknown> {
  return raw('update invitation set completed_at = $2 where visit_id = $1', [visitId, at])
}

export function setGuestDocument(
  visitId: string,
  document: { kind: string; sealed: string | null; index: string | null; tail: string | null },
): RawStatement<unknown> {
  return raw(
    `update visit set document_kind = $2, document_sealed = $3, document_index = $4, document_tail = $5
     where id = $1 and document_checked_at is null`,
    [visitId, document.kind, document.sealed, document.index, document.tail],
  )
}

export interface InvitedVisit extends InvitationRow {
  readonly status: VisitStatus
  readonly number: number
  readonly visitorId: string
  readonly visitorName: string
  readonly hostName: string
  readonly expectedAt: Date | null
  readonly validUntil: Date | null
  readonly siteName: string
  readonly zone: string
}

const withVisit = `${columns}, v.status, v.number, v.visitor_id as "visitorId", v.visitor_name as "visitorName",
  coalesce(nullif(v.receiver_name, ''), v.host_name) as "hostName", v.expected_at as "expectedAt",
  v.valid_until as "validUntil", s.name as "siteName", s.zone
  from invitation i join visit v on v.id = i.visit_id join site s on s.id = i.site_id`

export function invitedVisit(visitId: string): RawStatement<InvitedVisit> {
  return raw(`select ${withVisit} where i.visit_id = $1`, [visitId])
}

/** Locked: two nodes following at once must not both write the next letter. */
export function invitedVisits(visitIds: readonly string[]): RawStatement<InvitedVisit> {
  return raw(`select ${withVisit} where i.visit_id = any($1::uuid[]) order by i.visit_id for update of i`, [
    visitIds,
  ])
}

export interface LetterInsert {
  readonly id: string
  readonly siteId: string
  readonly visitId: string
  readonly kind: LetterKind
  readonly sequence: number
  readonly address: string
  readonly messageId: string
  readonly status: 'queued' | 'skipped'
  readonly lastError: string | null
  readonly at: Date
}

export function insertLetter(row: LetterInsert): RawStatement<unknown> {
  return raw(
    `insert into invitation_letter (id, site_id, visit_id, kind, sequence, address, message_id, status, last_error, at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [
      ...[row.id, row.siteId, row.visitId, row.kind, row.sequence, row.address, row.messageId, row.status],
      ...[row.lastError, row.at],
    ],
  )
}

export function tell(visitId: string, told: Told, sequence: number): RawStatement<unknown> {
  return raw('update invitation set told = $2, sequence = $3 where visit_id = $1', [
    visitId,
    json(told),
    sequence,
  ])
}

export interface LetterRow {
  readonly id: string
  readonly kind: LetterKind
  readonly sequence: number
  readonly address: string
  readonly status: 'queued' | 'sending' | 'sent' | 'failed' | 'skipped'
  readonly attempts: number
  readonly lastError: string | null
  readonly messageId: string
  readonly at: Date
  readonly sentAt: Date | null
}

export function lettersOf(siteId: string, visitId: string): RawStatement<LetterRow> {
  return raw(
    `select id, kind, sequence, address, status, attempts, last_error as "lastError", message_id as "messageId", at,
       sent_at as "sentAt"
     from invitation_letter where site_id = $1 and visit_id = $2 order by at desc, id desc limit 50`,
    [siteId, visitId],
  )
}

export interface LetterToSend extends InvitedVisit {
  readonly letterKind: LetterKind
  readonly letterSequence: number
  readonly address: string
  readonly messageId: string
  readonly attempts: number
}

export function beginLetter(id: string): RawStatement<{ visitId: string }> {
  return raw(
    `update invitation_letter set status = 'sending', attempts = attempts + 1
     where id = $1 and status in ('queued', 'sending') returning visit_id as "visitId"`,
    [id],
  )
}

export function letterToSend(id: string): RawStatement<LetterToSend> {
  return raw(
    `select ${withVisit.replace(
      'from invitation i',
      `, l.kind as "letterKind", l.sequence as "letterSequence", l.address, l.message_id as "messageId", l.attempts
       from invitation_letter l join invitation i on i.visit_id = l.visit_id`,
    )} where l.id = $1`,
    [id],
  )
}

export function endLetter(
  id: string,
  status: 'queued' | 'sent' | 'failed',
  error: string | null,
  at: Date,
): RawStatement<unknown> {
  return raw(
    `update invitation_letter set status = $2, last_error = $3,
       sent_at = case when $2 = 'sent' then $4::timestamptz end where id = $1`,
    [id, status, error, at],
  )
}
