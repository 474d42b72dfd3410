/** Figures made anew from the visits, and the nightly proof that they are right (V23, G8). */
import { systemActor } from '../../../kernel/actor.ts'
import { raw, type Sql, sqlOn } from '../../../kernel/db/sql.ts'
import { type Kernel, systemCtx } from '../../../kernel/kernel.ts'
import { command } from '../../../kernel/work/command.ts'
import { sites } from '../../identity/public.ts'
import * as count from './count.ts'
import { visitFigures } from './follower.ts'
import { forgetUnused, repackSpan, wrongPacks } from './packs.ts'
import { monthOf, nextMonth } from './rules.ts'

/** Visits per transaction of the first stage; a month each of the second: the follower waits no longer than one of them. */
const visitsAtOnce = 25_000

export interface RebuildProgress {
  readonly stage: 'visits' | 'tallies' | 'done'
  /** Batches finished so far. */
  readonly batches: number
}

interface Standing {
  readonly stage: 'visits' | 'tallies' | 'done'
  readonly last_visitor: string | null
  readonly last_day: string | null
}

async function inTransaction<T>(kernel: Kernel, use: (sql: Sql) => Promise<T>): Promise<T> {
  const client = await kernel.pool.connect()
  let broken = true
  try {
    await client.query('begin')
    const answer = await use(sqlOn(client))
    await client.query('commit')
    broken = false
    return answer
  } catch (error) {
    broken = await client.query('rollback').then(
      () => false,
      () => true,
    )
    throw error
  } finally {
    client.release(broken)
  }
}

const standing = raw<Standing>(
  'select stage, last_visitor, last_day::text as last_day from visit_rebuild for update',
)
const stand = (stage: Standing['stage'], visitor: string | null, day: string | null, now: Date) =>
  raw(
    `update visit_rebuild set stage = $1, last_visitor = $2, last_day = $3::date,
       finished_at = case when $1 = 'done' then $4::timestamptz end`,
    [stage, visitor, day, now],
  )

/**
 * Goes on where an interrupted one stopped, unless `fresh`. The house works meanwhile; the follower keeps up with it
 * between the batches.
 */
export async function rebuildFigures(
  kernel: Kernel,
  { fresh = false, onBatch }: { fresh?: boolean; onBatch?: (progress: RebuildProgress) => void } = {},
): Promise<void> {
  await inTransaction(kernel, (sql) => begin(sql, kernel.clock.now(), fresh))
  for (let batches = 1; ; batches++) {
    const stage = await inTransaction(kernel, (sql) => next(sql, kernel.clock.now()))
    onBatch?.({ stage, batches })
    if (stage === 'done') return
  }
}

async function begin(sql: Sql, now: Date, fresh: boolean): Promise<void> {
  await sql.run(count.takeTurn)
  const before = await sql.maybe(standing)
  if (before !== undefined && before.stage !== 'done' && !fresh) return
  await sql.run(
    raw(
      `insert into visit_rebuild (stage, started_at) values ('visits', $1)
       on conflict (singleton) do update set stage = 'visits', last_visitor = null, last_day = null, started_at = $1, finished_at = null`,
      [now],
    ),
  )
  await sql.run(count.forgetGone)
}

/** One batch. @returns the stage it leads to */
async function next(sql: Sql, now: Date): Promise<Standing['stage']> {
  await sql.run(count.takeTurn)
  const at = await sql.maybe(standing)
  if (at === undefined || at.stage === 'done') return 'done'
  if (at.stage === 'visits') {
    const end = await sql.maybe(count.batchEnd(at.last_visitor, visitsAtOnce))
    await sql.run(count.recountVisitors(at.last_visitor, end?.visitor_id ?? null))
    const stage = end === undefined ? 'tallies' : 'visits'
    await sql.run(stand(stage, end?.visitor_id ?? null, null, now))
    return stage
  }
  const [days, all] = await Promise.all([sql.one(count.daysKept), sql.all(sites())])
  const last = at.last_day ?? days.from
  const from = last === null ? null : monthOf(last)
  if (from === null || days.to === null || from > days.to) {
    for (const statement of forgetUnused) await sql.run(statement)
    // Else the planner would know nothing of them until autovacuum comes by.
    await sql.run(count.analyse)
    await sql.run(stand('done', null, null, now))
    return 'done'
  }
  const to = nextMonth(from)
  const ids = all.map((site) => site.id)
  for (const statement of [...count.retally(ids, from, to), ...repackSpan(ids, from, to)])
    await sql.run(statement)
  await sql.run(stand('tallies', null, to, now))
  return 'tallies'
}

export interface Checked {
  readonly visits: readonly string[]
  readonly days: readonly { readonly tally: string; readonly day: string }[]
  /** More were wrong than are listed. */
  readonly more: boolean
}

const mostListed = 100

/** A full recount beside what is kept; changes nothing. What the follower has still before it is not held against it. */
export async function checkFigures(kernel: Kernel): Promise<Checked> {
  const visits: string[] = []
  let after: string | null = null
  do {
    const end: { visitor_id: string } | undefined = await kernel.sql.maybe(
      count.batchEnd(after, visitsAtOnce),
    )
    const upTo: string | null = end?.visitor_id ?? null
    // A snapshot of its own each, taking turns with the follower: half a change must not look like a fault.
    const wrong = await inTransaction(kernel, async (sql) => {
      await sql.run(count.takeTurn)
      return sql.all(count.wrongVisits(after, upTo, visitFigures.name))
    })
    visits.push(...wrong.map((one) => one.visit_id))
    after = upTo
  } while (after !== null)
  const all = (await kernel.sql.all(sites())).map((site) => site.id)
  const days = [...(await kernel.sql.all(count.wrongDays(all))), ...(await wrongPeople(kernel, all))]
  return {
    visits: visits.slice(0, mostListed),
    days: days.slice(0, mostListed),
    more: visits.length > mostListed || days.length > mostListed,
  }
}

/** Month by month: all of it at once would not fit into the memory of one statement. */
async function wrongPeople(kernel: Kernel, all: readonly string[]) {
  const days = await kernel.sql.one(count.daysKept)
  const wrong: { readonly tally: string; readonly day: string }[] = []
  if (days.from === null || days.to === null) return wrong
  for (let from = monthOf(days.from); from <= days.to; from = nextMonth(from))
    wrong.push(...(await kernel.sql.all(wrongPacks(all, from, nextMonth(from)))))
  return wrong
}

export const figuresTask = 'visit-figures.differ'

/** Nightly: a difference is a fault of the program; it is on record and somebody owns it (G1, G4). */
export async function checkNightly(kernel: Kernel): Promise<void> {
  const found = await checkFigures(kernel)
  const wrong = found.visits.length + found.days.length
  const [site] = await kernel.sql.all(sites())
  if (wrong === 0 || site === undefined) return
  const day = kernel.clock.now().toISOString().slice(0, 10)
  await command(systemCtx(kernel, site.id, systemActor), async (work) => {
    const subject = { entity: 'visit-figures', id: day }
    work.openTask({
      kind: figuresTask,
      subject,
      facts: { visits: found.visits.length, days: found.days.length },
      owner: { kind: 'post', id: 'system_admin' },
      dueAt: new Date(work.now.getTime() + 86_400_000),
    })
    work.journal({
      entity: subject.entity,
      entityId: day,
      action: 'visit-figures.differed',
      after: { ...found },
    })
  })
}
