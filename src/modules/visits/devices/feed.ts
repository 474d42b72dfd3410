/** What controllers are told (V11, G4): changes of passes in order, and all that is out now. */
import type { RouteAnswer, RouteInput } from '../../../kernel/contract.ts'
import { DomainError } from '../../../kernel/errors.ts'
import { parsePosition, positionText } from '../../../kernel/journal/entry.ts'
import { type Ctx, query } from '../../../kernel/work/command.ts'
import { access } from './contract.ts'
import * as store from './store.ts'

const action = access.events.response.shape.items.element.shape.type

export async function events(
  ctx: Ctx,
  { query: page }: RouteInput<typeof access.events>,
): Promise<RouteAnswer<typeof access.events>> {
  const { after = '0.0', limit } = page
  const from = parsePosition(after)
  if (from === undefined) throw new DomainError('access.cursor-unknown', { after })
  const rows = await query(ctx).all(store.feedAfter(ctx.siteId, from, limit + 1))
  const items = rows.slice(0, limit).map((row) => ({
    cursor: positionText(row),
    at: row.at.toISOString(),
    type: action.parse(row.action),
    pass: row.facts,
  }))
  return { items, next: items.at(-1)?.cursor ?? after, more: rows.length > limit }
}

export async function passes(
  ctx: Ctx,
  input: RouteInput<typeof access.passes>,
): Promise<RouteAnswer<typeof access.passes>> {
  const { xid, version, items } = await query(ctx).one(store.snapshot(ctx.siteId))
  const unchanged = input.query.version === version
  return { version, cursor: positionText({ xid, id: 0 }), unchanged, items: unchanged ? [] : items }
}
