/** G5 beside G4: when retention ends the words about a person leave the journal, and the seals over it still hold. */
import { type RawStatement, raw } from '../db/sql.ts'

/**
 * Takes the named values out of all entries of these records; who, when, which action and which record stay. Whoever calls it
 * journals what was done. A redacted entry keeps the digest it was sealed with (`verify.ts`), and the database lets nothing
 * but this happen to an entry.
 * @param keys names in `before`, `after` and `data`
 */
export function redactEntries(
  siteId: string,
  entity: string,
  ids: readonly string[],
  keys: readonly string[],
  at: Date,
): RawStatement<unknown> {
  return raw(
    `update journal set before = before - $4::text[], after = after - $4::text[], data = data - $4::text[],
       actor_name = case when actor_kind = 'guest' then '' else actor_name end,
       redacted_at = $5, digest = coalesce(digest, journal_digest(journal.*))
     where site_id = $1 and entity = $2 and entity_id = any($3)
       and (before ?| $4::text[] or after ?| $4::text[] or data ?| $4::text[]
         or (actor_kind = 'guest' and actor_name <> ''))`,
    [siteId, entity, ids, keys, at],
  )
}
