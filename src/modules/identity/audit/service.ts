/** The audit view: the journal as it is, filtered and paged (G4). */
import { DomainError } from '../../../kernel/errors.ts'
import type { JournalEntry } from '../../../kernel/journal/entry.ts'
import { journalPage } from '../../../kernel/journal/store.ts'
import { type Ctx, query } from '../../../kernel/work/command.ts'

export interface AuditQuery {
  readonly cursor?: string | undefined
  readonly limit: number
  readonly entity?: string | undefined
  readonly entityId?: string | undefined
  readonly actor?: string | undefined
  readonly action?: string | undefined
  readonly from?: string | undefined
  readonly to?: string | undefined
}

export async function list(ctx: Ctx, input: { query: AuditQuery }) {
  const { limit } = input.query
  const before = readCursor(input.query.cursor)
  const rows = await query(ctx).all(
    journalPage({
      siteId: ctx.siteId,
      entity: given(input.query.entity),
      entityId: given(input.query.entityId),
      actor: given(input.query.actor),
      action: given(input.query.action),
      from: moment(input.query.from),
      to: moment(input.query.to),
      beforeAt: before?.at ?? null,
      beforeId: before?.id ?? null,
      limit: limit + 1,
    }),
  )
  const items = rows.slice(0, limit)
  const last = items.at(-1)
  return {
    items: items.map(present),
    next: rows.length > limit && last !== undefined ? `${last.at.getTime()}.${last.id}` : null,
  }
}

function given(text: string | undefined): string | null {
  return text === undefined || text === '' ? null : text
}

function moment(text: string | undefined): Date | null {
  return text === undefined ? null : new Date(text)
}

function readCursor(text: string | undefined): { at: Date; id: number } | null {
  if (text === undefined) return null
  const match = /^(\d{1,15})\.(\d{1,15})$/.exec(text)
  if (match === null) throw new DomainError('input.invalid', {}, [{ path: 'cursor', code: 'cursor' }])
  return { at: new Date(Number(match[1])), id: Number(match[2]) }
}

function present(row: JournalEntry) {
  const { actorKind, actorId, actorName, requestId, entity, entityId, action, before, after } = row
  const id = `${row.xid}.${row.id}`
  return {
    id,
    at: row.at.toISOString(),
    actorKind,
    actorId,
    actorName,
    requestId,
    entity,
    entityId,
    action,
    before,
    after,
  }
}
