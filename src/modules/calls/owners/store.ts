import { type RawStatement, raw } from '../../../kernel/db/sql.ts'

export interface DutyRow {
  readonly post: string
  readonly employeeId: string
  readonly employeeName: string
}

/** Who stands in for the posts on the site's own calendar day. */
export function dutyToday(siteId: string, posts: readonly string[], now: Date): RawStatement<DutyRow> {
  return raw(
    `select d.post, d.employee_id as "employeeId", d.employee_name as "employeeName"
     from duty_day d join site s on s.id = d.site_id
     where d.site_id = $1 and d.post = any($2::text[]) and d.day = ($3::timestamptz at time zone s.zone)::date`,
    [siteId, posts, now],
  )
}

/** The open task goes where its subject goes; level and due time stay: the customer waits since the same moment. */
export function moveTasks(
  subject: { readonly entity: string; readonly id: string },
  kinds: readonly string[],
  owner: { readonly kind: 'person' | 'post'; readonly id: string },
): RawStatement<unknown> {
  return raw(
    `update task set owner_kind = $4, owner_id = $5, version = version + 1
     where subject_entity = $1 and subject_id = $2 and kind = any($3::text[]) and status = 'open'`,
    [subject.entity, subject.id, kinds, owner.kind, owner.id],
  )
}
