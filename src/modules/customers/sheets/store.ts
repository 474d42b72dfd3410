/** Rows of the Excel file: every company with its people, and people without one. */
import { type RawStatement, raw } from '../../../kernel/db/sql.ts'

export interface SheetContact {
  readonly id: string
  readonly customerId: string | null
  readonly name: string
  readonly organisation: string
  readonly title: string
  readonly sex: 'female' | 'male' | null
  readonly email: string | null
  readonly dialect: string
  readonly language: string
  readonly vip: boolean
  readonly tags: readonly string[]
  readonly note: string
}

export function peopleOfCompanies(siteId: string, ids: readonly string[]): RawStatement<SheetContact> {
  return raw(
    `select id, customer_id as "customerId", name, organisation, title, sex, email, dialect, language, vip, tags, note
     from contact where site_id = $1 and customer_id = any($2::uuid[]) and merged_into is null and active
     order by name_pinyin, id`,
    [siteId, ids],
  )
}

/** Only where no filter of companies narrows the list. */
export function peopleWithoutCompany(
  siteId: string,
  after: { readonly pinyin: string; readonly id: string } | null,
  limit: number,
): RawStatement<SheetContact & { pinyin: string }> {
  return raw(
    `select id, customer_id as "customerId", name, organisation, title, sex, email, dialect, language, vip, tags, note,
       name_pinyin as pinyin
     from contact where site_id = $1 and customer_id is null and merged_into is null and active
       and ($2::text is null or (name_pinyin, id) > ($2, $3::uuid))
     order by name_pinyin, id limit $4`,
    [siteId, after?.pinyin ?? null, after?.id ?? null, limit],
  )
}
