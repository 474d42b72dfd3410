/** SQL of what calls, messages and promises say about a person (G5). */
import { type RawStatement, raw } from '../../../kernel/db/sql.ts'
import type { PersonBehind } from '../../../kernel/personal/source.ts'

/** Stands where a name or number must stand. */
const erased = '***'

export interface Kept {
  readonly source: 'call' | 'message' | 'callback'
  readonly id: string
  readonly number: number
  readonly at: Date
  readonly name: string
  readonly organisation: string
  readonly phone: string
  readonly matter: string
  readonly colleague: string
  readonly outcome: string
}

/** Theirs by the card, or by the telephone where the record names nobody's card. */
export function kept({ siteId, contactIds, phones }: PersonBehind): RawStatement<Kept> {
  const mine = (number: string) =>
    `(contact_id = any($2::uuid[]) or (contact_id is null and ${number} = any($3::text[])))`
  return raw(
    `select 'call' as source, id, number, started_at as at, contact_name as name, organisation,
       coalesce(nullif(contact_phone, ''), case when direction = 'out' then dialled else caller_number end) as phone,
       reason as matter, handler_name as colleague, outcome_note as outcome
     from call where site_id = $1 and (contact_id = any($2::uuid[]) or (contact_id is null
       and (caller_number = any($3::text[]) or contact_phone = any($3::text[])
         or (direction = 'out' and dialled = any($3::text[])))))
     union all
     select 'message', id, number, taken_at, caller_name, organisation, phone, matter, to_name, done_note
     from message where site_id = $1 and ${mine('phone')}
     union all
     select 'callback', id, number, promised_at, caller_name, organisation, phone, matter, owner_name, result_note
     from callback where site_id = $1 and ${mine('phone')}
     order by at`,
    [siteId, contactIds, phones],
  )
}

export function eraseCalls(siteId: string, ids: readonly string[], at: Date): RawStatement<unknown>[] {
  const mine = [siteId, ids]
  return [
    raw(
      `update call set contact_name = '', organisation = '', contact_phone = '', caller_number = '', caller_shown = '',
         dialled = case when direction = 'out' then '' else dialled end, reason = '', outcome_note = '', terms = '{}',
         version = version + 1, updated_at = $3
       where site_id = $1 and id = any($2::uuid[])`,
      [...mine, at],
    ),
    raw(
      "update call_hop set note = '' where site_id = $1 and call_id = any($2::uuid[]) and note <> ''",
      mine,
    ),
    raw('update call_leg set number = null where call_id = any($1::uuid[]) and extension is null', [ids]),
  ]
}

export function eraseMessages(siteId: string, ids: readonly string[]): RawStatement<unknown> {
  return raw(
    `update message set caller_name = $3, organisation = '', phone = '', matter = $3, done_note = '', reported_note = '',
       terms = '{}', version = version + 1
     where site_id = $1 and id = any($2::uuid[])`,
    [siteId, ids, erased],
  )
}

/** How content they were stays with the figures; what they said goes. */
export function eraseCallbacks(siteId: string, ids: readonly string[]): RawStatement<unknown>[] {
  return [
    raw(
      `update callback set caller_name = $3, organisation = '', phone = $3, matter = '', result_note = '', answers = '[]',
         terms = '{}', version = version + 1
       where site_id = $1 and id = any($2::uuid[])`,
      [siteId, ids, erased],
    ),
    raw(
      "update callback_attempt set note = '' where site_id = $1 and callback_id = any($2::uuid[]) and note <> ''",
      [siteId, ids],
    ),
  ]
}
