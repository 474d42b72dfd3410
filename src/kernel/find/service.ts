import { may } from '../authorize.ts'
import type { RouteAnswer, RouteInput } from '../contract.ts'
import { sqlOn } from '../db/sql.ts'
import type { Ctx } from '../work/command.ts'
import type { find } from './contract.ts'
import type { Finder, Found } from './finder.ts'
import { litOf } from './lit.ts'
import { groupsOf } from './rank.ts'
import { readWanted, type Wanted } from './wanted.ts'

/** A statement that takes longer than somebody waits between two keys is given up; the others' answers are shown. */
const patienceMs = 1500
/**
 * Every statement of a finder names the index range it walks, so there is nothing for PostgreSQL to choose by the values;
 * planning each anew took longer than answering (9 of 13 ms of processor time at a million people).
 */
const settings = "select set_config('statement_timeout', $1, false), set_config('plan_cache_mode', $2, false)"
/** Finders are asked for more than is shown, because two may know the same record. */
const spare = 4

export async function search(
  ctx: Ctx,
  { query }: RouteInput<typeof find.search>,
  http?: { readonly request: { readonly raw: { readonly destroyed: boolean } } },
): Promise<RouteAnswer<typeof find.search>> {
  const wanted = readWanted(query.q)
  const finders = ctx.kernel.modules.list.flatMap(({ name, finder }) =>
    finder !== undefined && may(ctx, finder.action) ? [{ name, finder }] : [],
  )
  // Already gone: the next key was pressed before this one's turn came.
  if (wanted.text === '' || finders.length === 0 || http?.request.raw.destroyed === true)
    return { groups: [], incomplete: false }
  const answers = await onOneConnection(ctx, (asking) =>
    Promise.all(
      finders.map(({ name, finder }) => answerOf(asking, name, finder, wanted, query.limit + spare)),
    ),
  )
  const known = answers.filter((answer) => answer !== null)
  return {
    groups: groupsOf(known, query.limit).map(({ entity, items }) => ({
      entity,
      items: items.map((one) => present(one, wanted)),
    })),
    incomplete: known.length < answers.length,
  }
}

/**
 * Every statement of every module goes down one connection without waiting for the one before it: one trip. Outside a
 * transaction, so that one failing statement does not take the others with it.
 */
async function onOneConnection<T>(ctx: Ctx, use: (ctx: Ctx) => Promise<T>): Promise<T> {
  const client = await ctx.kernel.pool.connect()
  let clean = false
  try {
    const limited = client.query(settings, [String(patienceMs), 'force_generic_plan'])
    const [answer] = await Promise.all([
      use({ ...ctx, kernel: { ...ctx.kernel, sql: sqlOn(client) } }),
      limited,
    ])
    await client.query('reset statement_timeout; reset plan_cache_mode')
    clean = true
    return answer
  } finally {
    client.release(!clean)
  }
}

/** @returns null when the module could not answer */
async function answerOf(
  ctx: Ctx,
  name: string,
  finder: Finder,
  wanted: Wanted,
  limit: number,
): Promise<readonly Found[] | null> {
  try {
    return await finder.find(ctx, wanted, limit)
  } catch (error) {
    // Never with what was typed: it may be somebody's number (G5).
    ctx.kernel.log.error({ err: error, module: name, requestId: ctx.requestId }, 'a finder failed')
    return null
  }
}

function present(one: Found, wanted: Wanted) {
  return {
    ...one,
    marks: [...one.marks],
    labelLit: litOf(one.label, wanted),
    detailLit: litOf(one.detail, wanted),
    seenAt: one.seenAt?.toISOString() ?? null,
  }
}
