/** Busy lamps, and what colleagues say of themselves (C6, C13, C15). */
import type { RouteAnswer, RouteInput } from '../../../kernel/contract.ts'
import type { Sql } from '../../../kernel/db/sql.ts'
import { DomainError, fail } from '../../../kernel/errors.ts'
import { type Ctx, command, query, type Work } from '../../../kernel/work/command.ts'
import { employeeCard, extensionLines, hiddenDepartments } from '../../directory/public.ts'
import type { Lamp, lines } from './contract.ts'
import { lampsTurned, presentTo, turnOf } from './device.ts'
import { type LineFacts, type Said, saidHolds, stateOf, unknownLine } from './rules.ts'
import * as store from './store.ts'

export async function list(ctx: Ctx): Promise<RouteAnswer<typeof lines.list>> {
  const sql = query(ctx)
  const now = ctx.kernel.clock.now()
  const [items, exchange] = await Promise.all([
    lampsNow(ctx, sql, now),
    sql.maybe(store.exchangeState(ctx.siteId)),
  ])
  return {
    now: now.toISOString(),
    items,
    exchange: exchange === undefined ? null : exchange.enabled ? exchange.state : 'stopped',
  }
}

/** The extension list's numbers, then those only the exchange knows. */
async function lampsNow(ctx: Ctx, sql: Sql, now: Date): Promise<Lamp[]> {
  const [everybody, rows, waiting, hidden] = await Promise.all([
    sql.all(extensionLines(ctx.siteId)),
    sql.all(store.allLines(ctx.siteId)),
    sql.all(store.waitingCounts(ctx.siteId)),
    hiddenDepartments(ctx, sql),
  ])
  // E1: a lamp of another company's colleague says who works there and how much they telephone.
  const numbers = everybody.filter(
    ({ departmentId }) => departmentId === null || !hidden.includes(departmentId),
  )
  const lines = new Map<string, store.LineRow>(rows.map((row) => [row.extension, row]))
  const counts = new Map(waiting.map((one) => [one.employeeId, one.n]))
  const listed = new Set(everybody.map((one) => one.extension))
  const others = rows
    .filter((row) => !listed.has(row.extension))
    .map(({ extension }) => ({ extension, employeeId: null, name: '', departmentName: '' }))
  return [...numbers.map(({ departmentId: _, ...one }) => one), ...others].map((one) =>
    lampOf(one, lines.get(one.extension), counts.get(one.employeeId ?? '') ?? 0, now),
  )
}

interface Whose {
  readonly extension: string
  readonly employeeId: string | null
  readonly name: string
  readonly departmentName: string
}

function lampOf(whose: Whose, row: LineFacts | undefined, waitingMessages: number, now: Date): Lamp {
  const line = row ?? unknownLine
  const holds = saidHolds(line, now)
  return {
    ...whose,
    state: stateOf(line, now),
    device: line.device,
    said: holds ? line.said : null,
    saidUntil: holds ? (line.saidUntil?.toISOString() ?? null) : null,
    at: (holds ? line.saidAt : line.deviceAt)?.toISOString() ?? null,
    waitingMessages,
  }
}

export async function mine(ctx: Ctx): Promise<RouteAnswer<typeof lines.mine>> {
  const sql = query(ctx)
  const whose = await ownLine(ctx, sql)
  return { lamp: whose === undefined ? null : await lampNow(ctx, sql, whose) }
}

async function ownLine(ctx: Ctx, sql: Sql): Promise<Whose | undefined> {
  const { employeeId } = ctx.actor
  const card = employeeId === null ? undefined : await sql.maybe(employeeCard(ctx.siteId, employeeId))
  if (card === undefined || card.extension === null || card.extension === '') return undefined
  const { id, name, extension, departmentName } = card
  return { extension, employeeId: id, name, departmentName: departmentName ?? '' }
}

async function lampNow(ctx: Ctx, sql: Sql, whose: Whose): Promise<Lamp> {
  const [row, waiting] = await Promise.all([
    sql.maybe(store.oneLine(ctx.siteId, whose.extension)),
    sql.all(store.waitingCounts(ctx.siteId)),
  ])
  const count = waiting.find((one) => one.employeeId === whose.employeeId)?.n ?? 0
  return lampOf(whose, row, count, ctx.kernel.clock.now())
}

type Saying = RouteInput<typeof lines.say>['body']

/** "I am free": whatever waits is put before the colleague in this transaction. @throws DomainError `line.no-extension` */
export async function say(
  ctx: Ctx,
  { body }: RouteInput<typeof lines.say>,
): Promise<RouteAnswer<typeof lines.say>> {
  return command(ctx, async (work) => {
    const whose = await ownLine(ctx, work)
    if (whose === undefined) throw new DomainError('line.no-extension')
    const presented = await saying(work, whose.extension, body)
    return { lamp: await lampNow(ctx, work, whose), presented }
  })
}

/** @throws DomainError `line.unknown` */
export async function sayFor(
  ctx: Ctx,
  { params, body }: RouteInput<typeof lines.sayFor>,
): Promise<RouteAnswer<typeof lines.sayFor>> {
  const { extension } = params
  return command(ctx, async (work) => {
    const [numbers, row] = await Promise.all([
      work.all(extensionLines(ctx.siteId)),
      work.maybe(store.oneLine(ctx.siteId, extension)),
    ])
    const listed = numbers.find((one) => one.extension === extension)
    if (listed === undefined && row === undefined) throw new DomainError('line.unknown')
    const presented = await saying(work, extension, body)
    const { departmentId: _, ...whose } = listed ?? {
      ...{ extension, employeeId: null, name: '' },
      ...{ departmentId: null, departmentName: '' },
    }
    return { lamp: await lampNow(ctx, work, whose), presented }
  })
}

async function saying(work: Work, extension: string, body: Saying): Promise<number> {
  const { siteId, actor } = work.ctx
  const until = endOf(work, body)
  const [known] = await work.all(store.lockLines(siteId, [extension]))
  const before: LineFacts = known ?? unknownLine
  const said: { said: Said | null; until: Date | null; at: Date } = { said: body.said, until, at: work.now }
  // At once: the answer reads the lamp.
  await work.run(store.putSaid(siteId, extension, { ...said, byName: actor.name }))
  const after: LineFacts = { ...before, said: said.said, saidUntil: until, saidAt: work.now }
  work.journal({
    entity: 'line',
    entityId: extension,
    action: 'line.said',
    before: { said: before.said, until: before.saidUntil?.toISOString() ?? null },
    after: { said: body.said, until: until?.toISOString() ?? null },
  })
  const presented = await lampsTurned(work, turnOf(extension, before, after, work.now), 'said-free')
  // Said free though the lamp was not busy: what the exchange kept waiting is put before them all the same.
  return body.said === 'free' && presented === 0 ? await presentTo(work, [extension], 'said-free') : presented
}

/** Free has no end; an end that is over would be forgotten at once. */
function endOf(work: Work, { said, until }: Saying): Date | null {
  if (until === null || said === null || said === 'free') return null
  const at = new Date(until)
  if (at <= work.now) return fail('input.invalid', {}, [{ path: 'until', code: 'task.due-past' }])
  return at
}
