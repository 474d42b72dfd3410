/** G5 beside G4: when retention ends the words about a person leave the journal, and the seals over it still hold. */
import { type RawStatement, raw } from '../db/sql.ts'

/**
 * Takes the named values out of all entries of these records, and any value that says one of `words`; who, when, which
 * action and which record stay. Whoever calls it journals what was done. A redacted entry keeps the digest it was sealed
 * with (`verify.ts`), and the database lets nothing but this happen to an entry.
 * @param keys names in `before`, `after` and `data`
 */
export function redactEntries(
  siteId: string,
  entity: string,
  ids: readonly string[],
  keys: readonly string[],
  at: Date,
  words: readonly string[] = [],
): RawStatement<unknown> {
  return raw(
    `update journal set before = words_left_out(before, $4, $6), after = words_left_out(after, $4, $6),
       data = words_left_out(data, $4, $6),
       actor_name = case when actor_kind = 'guest' then '' else actor_name end,
       redacted_at = $5, digest = coalesce(digest, journal_digest(journal.*))
     where site_id = $1 and entity = $2 and entity_id = any($3)
       and (before ?| $4::text[] or after ?| $4::text[] or data ?| $4::text[]
         or exists (select from unnest($6::text[]) as word
           where position(word in concat(before::text, after::text, data::text)) > 0)
         or (actor_kind = 'guest' and actor_name <> ''))`,
    [siteId, entity, ids, keys, at, words],
  )
}
