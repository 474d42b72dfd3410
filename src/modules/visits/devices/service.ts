/** Doors of a site: registered, corrected, put out of use, tried; and what came from them. */
import type { RouteAnswer, RouteInput } from '../../../kernel/contract.ts'
import { DomainError, fail } from '../../../kernel/errors.ts'
import { newId } from '../../../kernel/ids.ts'
import { type Ctx, command, mustBeVersion, query, type Work } from '../../../kernel/work/command.ts'
import type { Door, doors } from './contract.ts'
import { judge } from './judge.ts'
import { opens } from './rules.ts'
import * as store from './store.ts'

function present(row: store.DoorRow): Door {
  const { id, version, name, area, direction, externalId, controller } = row
  return {
    ...{ id, version, name, area, direction, externalId, controller },
    archived: row.archivedAt !== null,
    lastSeenAt: row.lastSeenAt?.toISOString() ?? null,
  }
}

export async function list(
  ctx: Ctx,
  input: RouteInput<typeof doors.list>,
): Promise<RouteAnswer<typeof doors.list>> {
  const sql = query(ctx)
  const [rows, areas] = await Promise.all([
    sql.all(store.doorsOf(ctx.siteId, input.query.archived === 'true')),
    sql.all(store.areasKnown(ctx.siteId)),
  ])
  return { items: rows.map(present), areas: areas.map(({ area }) => area) }
}

export async function create(ctx: Ctx, { body }: RouteInput<typeof doors.create>): Promise<Door> {
  return command(ctx, async (work) => {
    const id = newId()
    work.write(store.insertDoor(ctx.siteId, id, body, work.now, ctx.actor.employeeId ?? ctx.actor.id))
    work.journal({ entity: 'door', entityId: id, action: 'door.created', version: 1, after: body })
    return present({ id, version: 1, ...body, archivedAt: null, lastSeenAt: null })
  })
}

async function locked(ctx: Ctx, work: Work, id: string, version: number): Promise<store.DoorRow> {
  const row = await work.maybe(store.lockDoor(ctx.siteId, id))
  if (row === undefined) return fail('entity.not-found')
  mustBeVersion(row.version, version)
  return row
}

export async function edit(ctx: Ctx, { params, body }: RouteInput<typeof doors.edit>): Promise<Door> {
  return command(ctx, async (work) => {
    const row = await locked(ctx, work, params.id, body.version)
    const { version: _, ...words } = body
    work.write(store.updateDoor(row.id, words))
    const { name, area, direction, externalId, controller } = row
    work.journal({
      entity: 'door',
      entityId: row.id,
      action: 'door.edited',
      version: row.version + 1,
      before: { name, area, direction, externalId, controller },
      after: words,
    })
    return present({ ...row, ...words, version: row.version + 1 })
  })
}

export async function archive(ctx: Ctx, { params, body }: RouteInput<typeof doors.archive>): Promise<Door> {
  return command(ctx, async (work) => {
    const row = await locked(ctx, work, params.id, body.version)
    if (body.archived === (row.archivedAt !== null)) return present(row)
    const archivedAt = body.archived ? work.now : null
    work.write(store.archiveDoor(row.id, archivedAt))
    work.journal({
      entity: 'door',
      entityId: row.id,
      action: body.archived ? 'door.archived' : 'door.restored',
      version: row.version + 1,
    })
    return present({ ...row, archivedAt, version: row.version + 1 })
  })
}

export async function events(
  ctx: Ctx,
  { params, query: page }: RouteInput<typeof doors.events>,
): Promise<RouteAnswer<typeof doors.events>> {
  const sql = query(ctx)
  if ((await sql.maybe(store.findDoor(ctx.siteId, params.id))) === undefined) return fail('entity.not-found')
  const rows = await sql.all(store.scansOfDoor(params.id, readCursor(page.cursor), page.limit + 1))
  const shown = rows.slice(0, page.limit)
  const last = shown.at(-1)
  return {
    items: shown.map(({ id, at, receivedAt, direction, result, verdict, passNumber, visitId }) => ({
      ...{ id, direction, result, verdict, passNumber, visitId },
      at: at.toISOString(),
      receivedAt: receivedAt.toISOString(),
    })),
    next: rows.length > page.limit && last !== undefined ? `${last.at.toISOString()}_${last.id}` : null,
  }
}

function readCursor(text: string | undefined): { at: Date; id: string } | null {
  if (text === undefined) return null
  const found = /^(\d{4}-\d\d-\d\dT[\d:.]+Z)_([0-9a-f-]{36})$/.exec(text)
  if (found?.[1] === undefined || found[2] === undefined || Number.isNaN(Date.parse(found[1])))
    throw new DomainError('input.invalid', {}, [{ path: 'cursor', code: 'invalid_format' }])
  return { at: new Date(found[1]), id: found[2] }
}

export async function test(
  ctx: Ctx,
  { params, body }: RouteInput<typeof doors.test>,
): Promise<RouteAnswer<typeof doors.test>> {
  const door = await query(ctx).maybe(store.findDoor(ctx.siteId, params.id))
  if (door === undefined) return fail('entity.not-found')
  const unkeyed = { ...ctx, idempotency: null }
  const said = { code: '', passNumber: body.passNumber, card: '' }
  const judged = await judge(unkeyed, said, door, body.direction, ctx.kernel.clock.now())
  const answer = { opens: opens(judged.verdict, body.direction), verdict: judged.verdict }
  await command(unkeyed, async (work) => {
    work.journal({
      entity: 'door',
      entityId: door.id,
      action: 'door.tested',
      data: { passNumber: body.passNumber, direction: body.direction, ...answer },
    })
  })
  return answer
}
