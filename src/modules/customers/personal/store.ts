/** SQL of what is stored about a contact (G5); ids of contacts merged into one belong to it. */
import { type RawStatement, raw } from '../../../kernel/db/sql.ts'

/** Stands where a name stood: the same in every language, and nobody's name. */
const erasedName = '***'

export interface ContactKept {
  readonly id: string
  readonly name: string
  readonly organisation: string
  readonly title: string
  readonly email: string | null
  readonly note: string
  readonly tags: readonly string[]
  readonly phones: readonly string[]
  readonly createdAt: Date
  readonly lastSeenAt: Date | null
}

export function contactsKept(siteId: string, ids: readonly string[]): RawStatement<ContactKept> {
  return raw(
    `select c.id, c.name, coalesce(k.name, c.organisation) as organisation, c.title, c.email, c.note, c.tags,
       array(select p.number from customer_phone p where p.contact_id = c.id order by p.position) as phones,
       c.created_at as "createdAt", c.last_seen_at as "lastSeenAt"
     from contact c left join customer k on k.id = c.customer_id
     where c.site_id = $1 and (c.id = any($2::uuid[]) or c.merged_into = any($2::uuid[])) and c.name <> $3
     order by c.created_at`,
    [siteId, ids, erasedName],
  )
}

export interface RemarkKept {
  readonly id: string
  readonly at: Date
  readonly kind: string
  readonly text: string
  readonly answer: string
}

export function remarksKept(siteId: string, ids: readonly string[]): RawStatement<RemarkKept> {
  return raw(
    `select id, at, kind, text, answer from customer_remark where site_id = $1 and contact_id = any($2::uuid[]) order by at`,
    [siteId, ids],
  )
}

/**
 * Of these, those the house knows from visits alone, nobody's customer, not seen since: their time ends with the visits'.
 */
export function knownFromVisits(
  siteId: string,
  ids: readonly string[],
  before: Date,
): RawStatement<{ id: string }> {
  return raw(
    `select c.id from contact c where c.site_id = $1 and c.id = any($2::uuid[]) and c.origin = 'visit' and not c.vip
       and c.merged_into is null and (c.last_seen_at is null or c.last_seen_at < $3)
       and not exists (select from contact m where m.merged_into = c.id)
       and not exists (select from customer_remark r where r.contact_id = c.id)`,
    [siteId, ids, before],
  )
}

/** The row stays for what points at it; the person goes. */
export function eraseContacts(siteId: string, ids: readonly string[], at: Date): RawStatement<unknown>[] {
  const mine = [siteId, ids]
  return [
    raw('delete from customer_phone where site_id = $1 and contact_id = any($2::uuid[])', mine),
    raw('delete from contact_concern where site_id = $1 and contact_id = any($2::uuid[])', mine),
    raw(
      `update contact set name = $3, name_pinyin = '', name_initials = '', terms = '{}', organisation = '', sex = null,
         title = '', email = null, language = '', dialect = '', vip = false, note = '', tags = '{}', active = false,
         customer_id = null, version = version + 1, updated_at = $4
       where site_id = $1 and id = any($2::uuid[])`,
      [...mine, erasedName, at],
    ),
    raw(
      `update customer_merge set moved = '{}' where site_id = $1 and entity = 'contact'
         and (kept_id = any($2::uuid[]) or merged_id = any($2::uuid[]))`,
      mine,
    ),
  ]
}

export function strikeRemarks(
  siteId: string,
  ids: readonly string[],
  words: readonly string[],
): RawStatement<unknown> {
  return raw(
    `update customer_remark set text = words_struck(text, $3), answer = words_struck(answer, $3),
       version = version + 1 where site_id = $1 and id = any($2::uuid[])`,
    [siteId, ids, words],
  )
}
