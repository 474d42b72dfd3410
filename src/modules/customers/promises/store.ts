/** What is still owed to a customer: open tasks about it, its people and what they said (G2). */
import { type RawStatement, raw } from '../../../kernel/db/sql.ts'

export interface PromiseRow {
  readonly id: string
  readonly kind: string
  readonly facts: Record<string, unknown>
  /** Null for a post. */
  readonly ownerName: string | null
  readonly ownerPost: string | null
  readonly dueAt: Date
}

/** Soonest first. A task of another module joins by naming `customer` or `contact` as its subject. */
export function promisesOf(
  customerId: string | null,
  contactIds: readonly string[],
): RawStatement<PromiseRow> {
  return raw(
    `select t.id, t.kind, t.facts, e.name as "ownerName",
       case when t.owner_kind = 'post' then coalesce(d.name, t.owner_id) end as "ownerPost", t.due_at as "dueAt"
     from (
       select 'customer' as entity, $1::text as id where $1 is not null
       union all select 'contact', unnest($2::text[])
       union all select 'customer-transfer', id::text from customer_transfer
         where customer_id = $1::uuid and status = 'asked'
       union all select 'customer-remark', id::text from customer_remark
         where customer_id = $1::uuid and status = 'open'
       union all select 'customer-remark', id::text from customer_remark
         where contact_id = any($2::uuid[]) and status = 'open'
     ) about
     join task t on t.subject_entity = about.entity and t.subject_id = about.id and t.status = 'open'
     left join employee e on t.owner_kind = 'person' and e.id::text = t.owner_id
     left join department d on t.owner_kind = 'post' and 'department:' || d.id = t.owner_id
     group by t.id, e.name, d.name order by t.due_at, t.id limit 50`,
    [customerId, contactIds],
  )
}
