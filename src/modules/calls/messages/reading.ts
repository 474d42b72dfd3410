/** What the screens read of messages: the board, one's own, one message with its course. */
import { must } from '../../../kernel/authorize.ts'
import type { RouteAnswer, RouteInput } from '../../../kernel/contract.ts'
import { fail } from '../../../kernel/errors.ts'
import { entriesOf } from '../../../kernel/journal/store.ts'
import { type Ctx, query } from '../../../kernel/work/command.ts'
import { sameParties } from '../../customers/public.ts'
import { courseOf } from '../owners/course.ts'
import { decodePlace, encodePlace, textFilter } from '../owners/place.ts'
import type { Viewer } from '../owners/policy.ts'
import { rulesSetting } from '../settings.ts'
import type { messages } from './contract.ts'
import { maySee } from './policy.ts'
import { type Lens, presentMessage } from './present.ts'
import { type MessageStatus, messageStatuses } from './rules.ts'
import { lensOf, ofLink } from './step.ts'
import * as store from './store.ts'

type ListQuery = RouteInput<typeof messages.list>['query']
type Board = RouteAnswer<typeof messages.list>

const open: readonly MessageStatus[] = ['new', 'seen', 'done']

async function lensNow(ctx: Ctx): Promise<Lens> {
  const rules = await ctx.kernel.settings.get(ctx.siteId, rulesSetting)
  return lensOf(ctx, query(ctx), rules, ctx.kernel.clock.now())
}

export async function list(ctx: Ctx, input: RouteInput<typeof messages.list>): Promise<Board> {
  const asked = input.query
  if (asked.whose === 'all') must(ctx, 'message.read')
  const lens = await lensNow(ctx)
  if (ctx.actor.link !== null) return linked(ctx, lens, ctx.actor.link.id)
  const sql = query(ctx)
  const filter = await filterOf(ctx, lens.viewer, asked)
  const [rows, counted, sums] = await Promise.all([
    sql.all(store.messagePage(filter, decodePlace(asked.cursor), asked.limit + 1)),
    asked.cursor === undefined ? sql.one(store.messageCount(filter)) : undefined,
    sql.one(store.messageSums(ctx.siteId, filter.people, filter.posts, filter.takenBy)),
  ])
  const shown = rows.slice(0, asked.limit)
  const last = shown.at(-1)
  return {
    items: shown.map((row) => presentMessage(row, lens)),
    next:
      rows.length > asked.limit && last !== undefined
        ? encodePlace({ at: last.taken_at, id: last.id })
        : null,
    ...(counted === undefined
      ? {}
      : {
          total: Math.min(counted.n, store.mostCounted),
          totalIsFloor: counted.n > store.mostCounted,
        }),
    ...sums,
  }
}

async function filterOf(ctx: Ctx, viewer: Viewer, asked: ListQuery): Promise<store.MessageFilter> {
  const { whose, status } = asked
  return {
    siteId: ctx.siteId,
    people: whose !== 'mine' ? null : viewer.employeeId === null ? [] : [viewer.employeeId],
    posts: whose === 'mine' ? viewer.posts : [],
    takenBy: whose === 'taken-by-me' ? viewer.id : null,
    statuses: status === 'open' ? open : status === 'any' ? messageStatuses : [status],
    openOnly: status === 'open',
    toId: asked.toId ?? null,
    ...(await sameParties(query(ctx), ctx.siteId, asked)),
    ...textFilter(asked.text, 'M'),
  }
}

/** Whoever came by a signed link sees that message and no other. */
async function linked(ctx: Ctx, lens: Lens, id: string): Promise<Board> {
  const row = ofLink(ctx, id) ? await query(ctx).maybe(store.findMessage(ctx.siteId, id)) : undefined
  const items = row !== undefined && maySee(lens.viewer, row) ? [presentMessage(row, lens)] : []
  const unread = items.filter((one) => one.status === 'new').length
  return { items, next: null, total: items.length, totalIsFloor: false, unread, toReport: 0 }
}

export async function get(
  ctx: Ctx,
  { params }: RouteInput<typeof messages.get>,
): Promise<RouteAnswer<typeof messages.get>> {
  const sql = query(ctx)
  const [row, lens, entries] = await Promise.all([
    sql.maybe(store.findMessage(ctx.siteId, params.id)),
    lensNow(ctx),
    sql.all(entriesOf('message', params.id, 200)),
  ])
  if (row === undefined || !maySee(lens.viewer, row) || !ofLink(ctx, row.id)) return fail('entity.not-found')
  return { ...presentMessage(row, lens), timeline: courseOf(entries) }
}
