/** What the screens read of promises: mine, my posts', all; one with its tries, script and course. */
import { must } from '../../../kernel/authorize.ts'
import type { RouteAnswer, RouteInput } from '../../../kernel/contract.ts'
import type { Sql } from '../../../kernel/db/sql.ts'
import { fail } from '../../../kernel/errors.ts'
import { entriesOf } from '../../../kernel/journal/store.ts'
import { type Ctx, query } from '../../../kernel/work/command.ts'
import { sameParties } from '../../customers/public.ts'
import { courseOf } from '../owners/course.ts'
import { decodePlace, encodePlace, textFilter } from '../owners/place.ts'
import type { Viewer } from '../owners/policy.ts'
import type { Situation } from '../rules.ts'
import { returnVisitSetting, rulesSetting, wordingSetting } from '../settings.ts'
import { scriptFor } from '../wording/fill.ts'
import { fallbackScripts } from '../wording-defaults.ts'
import type { CallbackDetail, callbacks } from './contract.ts'
import { maySee } from './policy.ts'
import { type Lens, presentCallback } from './present.ts'
import { type Answer, type CallbackStatus, callbackStatuses, retryMinutes } from './rules.ts'
import { type Changed, lensOf } from './step.ts'
import * as store from './store.ts'

type ListQuery = RouteInput<typeof callbacks.list>['query']

const open: readonly CallbackStatus[] = ['promised', 'taken']

export async function list(
  ctx: Ctx,
  input: RouteInput<typeof callbacks.list>,
): Promise<RouteAnswer<typeof callbacks.list>> {
  const asked = input.query
  if (asked.whose === 'all') must(ctx, 'callback.read')
  const sql = query(ctx)
  const now = ctx.kernel.clock.now()
  const rules = await ctx.kernel.settings.get(ctx.siteId, rulesSetting)
  const lens = await lensOf(ctx, sql, rules, now)
  const filter = await filterOf(ctx, lens, asked)
  const order = asked.status === 'open' ? 'due' : 'newest'
  const [rows, counted, overdue] = await Promise.all([
    sql.all(store.callbackPage(filter, order, decodePlace(asked.cursor), asked.limit + 1)),
    asked.cursor === undefined ? sql.one(store.callbackCount(filter)) : undefined,
    sql.one(store.overdueCount(ctx.siteId, filter.people, filter.posts, now)),
  ])
  const shown = rows.slice(0, asked.limit)
  const last = shown.at(-1)
  const place = (row: store.CallbackRow) => ({
    at: order === 'due' ? row.due_at : row.promised_at,
    id: row.id,
  })
  return {
    items: shown.map((row) => presentCallback(row, lens)),
    next: rows.length > asked.limit && last !== undefined ? encodePlace(place(last)) : null,
    ...(counted === undefined
      ? {}
      : {
          total: Math.min(counted.n, store.mostCounted),
          totalIsFloor: counted.n > store.mostCounted,
        }),
    overdue: overdue.n,
  }
}

async function filterOf(ctx: Ctx, { viewer, now }: Lens, asked: ListQuery): Promise<store.CallbackFilter> {
  const { status } = asked
  return {
    siteId: ctx.siteId,
    ...whoseOf(viewer, asked.whose),
    statuses: status === 'open' ? open : status === 'any' ? callbackStatuses : [status],
    kind: asked.kind ?? null,
    late: asked.late === undefined ? null : asked.late === 'true',
    now,
    ...(await sameParties(query(ctx), ctx.siteId, asked)),
    from: asked.from === undefined ? null : new Date(asked.from),
    to: asked.to === undefined ? null : new Date(asked.to),
    ...textFilter(asked.text, 'B'),
  }
}

/** `posts`: what nobody has taken yet of those the viewer staffs. */
function whoseOf(viewer: Viewer, whose: ListQuery['whose']) {
  if (whose === 'all') return { people: null, posts: [] }
  if (whose === 'posts') return { people: [], posts: viewer.posts }
  return { people: viewer.employeeId === null ? [] : [viewer.employeeId], posts: [] }
}

export async function get(ctx: Ctx, { params }: RouteInput<typeof callbacks.get>): Promise<CallbackDetail> {
  const sql = query(ctx)
  const rules = await ctx.kernel.settings.get(ctx.siteId, rulesSetting)
  const [row, lens] = await Promise.all([
    sql.maybe(store.findCallback(ctx.siteId, params.id)),
    lensOf(ctx, sql, rules, ctx.kernel.clock.now()),
  ])
  if (row === undefined || !maySee(lens.viewer, row)) return fail('entity.not-found')
  return detail(ctx, sql, row, lens)
}

export function detailOf({ row, lens, work }: Changed): Promise<CallbackDetail> {
  return detail(work.ctx, work, row, lens)
}

async function detail(ctx: Ctx, sql: Sql, row: store.CallbackRow, lens: Lens): Promise<CallbackDetail> {
  const [tries, entries, wording, script] = await Promise.all([
    sql.all(store.attemptsOf(row.id)),
    sql.all(entriesOf('callback', row.id, 200)),
    ctx.kernel.settings.get(ctx.siteId, wordingSetting),
    ctx.kernel.settings.get(ctx.siteId, returnVisitSetting),
  ])
  const situations = said(row)
  return {
    ...presentCallback(row, lens),
    ...triesOf(tries),
    answers: row.answers as unknown as Answer[],
    questions: row.kind === 'return-visit' ? script.questions : [],
    // The house's own where the site has not said it (G7).
    words: situations.flatMap((key) => scriptFor(wording, fallbackScripts, key) ?? []),
    timeline: courseOf(entries),
  }
}

function triesOf(tries: readonly store.AttemptRow[]) {
  const last = tries.at(-1)
  const minutes = last === undefined ? null : retryMinutes(last.result)
  return {
    tries: tries.map((one) => ({
      at: one.at.toISOString(),
      result: one.result,
      note: one.note,
      byName: one.by_name,
    })),
    retryAt:
      last === undefined || minutes === null
        ? null
        : new Date(last.at.getTime() + minutes * 60_000).toISOString(),
  }
}

/** G7: what is said when the customer answers, and at the end. */
function said(row: store.CallbackRow): readonly Situation[] {
  if (row.kind === 'return-visit') return ['return-visit-opening', 'return-visit-closing', 'farewell']
  return row.kind === 'message'
    ? ['callback-opening', 'callback-report', 'farewell']
    : ['callback-opening', 'farewell']
}
