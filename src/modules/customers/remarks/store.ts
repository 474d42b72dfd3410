import { type RawStatement, raw } from '../../../kernel/db/sql.ts'
import type { RemarkKind } from '../rules.ts'

export interface RemarkRow {
  readonly id: string
  readonly kind: RemarkKind
  readonly text: string
  readonly status: 'open' | 'answered' | 'kept'
  readonly customerId: string | null
  readonly customerName: string | null
  readonly ownerId: string | null
  readonly contactId: string | null
  readonly contactName: string | null
  readonly answer: string
  readonly answeredAt: Date | null
  readonly answeredByName: string
  readonly at: Date
  readonly byId: string
  readonly byName: string
  readonly version: number
  /** The viewer serves the company, or the contact was their visitor or caller. */
  readonly concerns: boolean
}

/** `$1` the site, `$2` the viewer's employee id. */
const concerned = `($2::uuid is not null and (
    exists (select 1 from customer_team t where t.customer_id = k.id and t.employee_id = $2)
    or exists (select 1 from contact_concern n where n.contact_id = c.id and n.employee_id = $2)))`
const columns = `r.id, r.kind, r.text, r.status, k.id as "customerId", k.name as "customerName", k.owner_id as "ownerId",
  r.contact_id as "contactId", c.name as "contactName", r.answer, r.answered_at as "answeredAt",
  r.answered_by_name as "answeredByName", r.at, r.by_id as "byId", r.by_name as "byName", r.version,
  ${concerned} as concerns`
/** A remark of a contact is one of the contact's company too. */
const source = `customer_remark r left join contact c on c.id = r.contact_id
  left join customer k on k.id = coalesce(r.customer_id, c.customer_id)`

export function remarkById(siteId: string, me: string | null, id: string): RawStatement<RemarkRow> {
  return raw(`select ${columns} from ${source} where r.site_id = $1 and r.id = $3`, [siteId, me, id])
}

/** Only the remark itself. Whose customer it is about is read by the next statement: after waiting, this one knows it no more. */
export function lockRemark(siteId: string, id: string): RawStatement<unknown> {
  return raw('select from customer_remark where site_id = $1 and id = $2 for update', [siteId, id])
}

export interface RemarkFilter {
  readonly siteId: string
  readonly me: string | null
  /** Also those of companies that are not the viewer's. */
  readonly all: boolean
  readonly customerId: string | null
  readonly contactIds: readonly string[] | null
  readonly kind: RemarkKind | null
  readonly status: string | null
  readonly after: { readonly at: Date; readonly id: string } | null
  readonly limit: number
}

export function remarkPage(filter: RemarkFilter): RawStatement<RemarkRow> {
  return raw(
    `select ${columns} from ${source}
     where r.site_id = $1 and ($3::boolean or k.owner_id = $2 or ${concerned})
       and ($4::uuid is null or r.customer_id = $4
         or r.contact_id in (select id from contact where customer_id = $4))
       and ($5::uuid[] is null or r.contact_id = any($5))
       and ($6::text is null or r.kind = $6) and ($7::text is null or r.status = $7)
       and ($8::timestamptz is null or (r.at, r.id) < ($8, $9::uuid))
     order by r.at desc, r.id desc limit $10`,
    [
      filter.siteId,
      filter.me,
      filter.all,
      filter.customerId,
      filter.contactIds,
      filter.kind,
      filter.status,
      filter.after?.at ?? null,
      filter.after?.id ?? null,
      filter.limit,
    ],
  )
}

export interface NewRemark {
  readonly id: string
  readonly siteId: string
  readonly customerId: string | null
  readonly contactId: string | null
  readonly kind: RemarkKind
  readonly text: string
  readonly status: 'open' | 'kept'
  readonly at: Date
  readonly byId: string
  readonly byName: string
}

export function insertRemark(one: NewRemark): RawStatement<unknown> {
  return raw(
    `insert into customer_remark (id, site_id, customer_id, contact_id, kind, text, status, at, by_id, by_name)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [
      one.id,
      one.siteId,
      one.customerId,
      one.contactId,
      one.kind,
      one.text,
      one.status,
      one.at,
      one.byId,
      one.byName,
    ],
  )
}

export function setAnswer(
  id: string,
  answer: { readonly text: string; readonly at: Date; readonly byName: string } | null,
): RawStatement<unknown> {
  return raw(
    `update customer_remark set status = $2, answer = $3, answered_at = $4, answered_by_name = $5, version = version + 1
     where id = $1`,
    [id, answer === null ? 'open' : 'answered', answer?.text ?? '', answer?.at ?? null, answer?.byName ?? ''],
  )
}
