/** G5: what the kernel itself keeps around erased records: tasks, notices and their deliveries, remembered answers. */
import { type RawStatement, raw } from '../db/sql.ts'
import { redactEntries } from '../journal/redact.ts'
import type { Work } from '../work/command.ts'

/** Records of one entity, and the numbers under which notices speak of them. */
export interface Erased {
  readonly entity: string
  readonly ids: readonly string[]
  readonly numbers: readonly string[]
}

/** Names under which tasks and notices speak of people from outside. */
const personal = [
  'visitorName',
  'callerName',
  'holderName',
  'leaderName',
  'name',
  'organisation',
  'phone',
  'plate',
  'plates',
  'matter',
  'purpose',
  'words',
]

/** @param words what the person is called; taken out of what was written by hand */
export async function forgetAround(work: Work, about: Erased, words: readonly string[]): Promise<void> {
  if (about.ids.length === 0) return
  const { siteId } = work.ctx
  const mine = [siteId, about.entity, about.ids]
  const tasks = await work.all(
    raw<{ id: string }>(
      'select id from task where site_id = $1 and subject_entity = $2 and subject_id = any($3::text[])',
      mine,
    ),
  )
  work.write(
    raw(
      `update task set facts = words_struck(facts - $4::text[], $5), outcome = words_struck(outcome, $5),
         last_error = null
       where site_id = $1 and subject_entity = $2 and subject_id = any($3::text[])`,
      [...mine, personal, words],
    ),
  )
  const ids = tasks.map(({ id }) => id)
  if (ids.length > 0) work.write(redactEntries(siteId, 'task', ids, personal, work.now, words))
  for (const statement of forgetNotices(siteId, about, words)) work.write(statement)
}

const aboutLink = "substring(link from '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}')"

/** Copies of what the journal keeps: gone with what they speak of. Those without an address are known by its number. */
function forgetNotices(siteId: string, { ids, numbers }: Erased, words: readonly string[]) {
  const given = [siteId, ids, numbers, words]
  const speaks = `(${aboutLink} = any($2::text[]) or (facts->>'number' = any($3::text[])
    and exists (select from unnest($4::text[]) as word where position(word in facts::text) > 0)))`
  return [
    raw(
      `delete from delivery where notification_id in (select id from notification where site_id = $1 and ${speaks})`,
      given,
    ),
    raw(`delete from notification where site_id = $1 and ${speaks}`, given),
    raw(
      `delete from channel_delivery where site_id = $1 and (${speaks}
         or exists (select from unnest($2::text[]) as id where position(id in event::text) > 0))`,
      given,
    ),
  ]
}

/**
 * Answers a screen might ask for again. They are forgotten after days anyway (`work/forget.ts`); a person who asked to be
 * erased is not kept waiting. A command sent once more then meets the erased record.
 */
export function forgetAnswersAbout(ids: readonly string[]): RawStatement<unknown> {
  return raw(
    `delete from idempotency where exists (select from unnest($1::text[]) as id where position(id in answer::text) > 0)`,
    [ids],
  )
}
