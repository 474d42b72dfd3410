/**
 * The one way a call changes: load locked → may this person → does the table allow it → write → journal. Every command
 * of the module is a function handed to `step`, so none can forget a part of it.
 */
import { DomainError, fail } from '../../kernel/errors.ts'
import { mustAllow } from '../../kernel/transitions.ts'
import { type Ctx, command, type Work } from '../../kernel/work/command.ts'
import { type House, houseOf, viewerOf } from './house.ts'
import { concerned, isOthers, mayCommand, maySee, type Viewer } from './policy.ts'
import { termColumns, termsOf } from './row.ts'
import { type CallCommand, type CallStatus, transitions } from './rules.ts'
import * as store from './store.ts'

export interface Step {
  readonly ctx: Ctx
  readonly work: Work
  readonly house: House
  readonly viewer: Viewer
  readonly call: store.CallRow
  readonly subject: { readonly entity: 'call'; readonly id: string }
}

export interface Change {
  /** Same as before when the command changes no status. */
  readonly to?: CallStatus
  readonly patch?: store.CallPatch
  /** `call.<past participle>` */
  readonly action: string
  readonly data?: Readonly<Record<string, unknown>>
  /** Employees besides handler and wanted one who see it live. */
  readonly people?: readonly (string | null)[]
}

/** Nothing changed: what was asked for is so already. */
export const unchanged = null

/**
 * @returns the row as it is after the commit
 * @throws DomainError `entity.not-found` (also for a call the actor may not see), `call.taken` when a colleague has it
 * (G1), `auth.forbidden`, `transition.refused` when the state does not allow it
 */
export async function step(
  ctx: Ctx,
  id: string,
  order: CallCommand,
  use: (step: Step) => Promise<Change | typeof unchanged>,
): Promise<{ id: string }> {
  const house = await houseOf(ctx)
  return command(ctx, async (work) => {
    const call = await work.maybe(store.lockCall(ctx.siteId, id))
    const viewer = viewerOf(ctx)
    if (call === undefined || !(await sees(work, viewer, call))) return fail('entity.not-found')
    mustAllow(transitions, call.status, order)
    mustBeTheirs(viewer, call, order)
    const change = await use({ ctx, work, house, viewer, call, subject: { entity: 'call', id } })
    if (change !== unchanged) apply(work, viewer.id, call, order, change)
    return { id }
  })
}

/** Rung, tried, left a message: not on the record itself, and theirs all the same. */
export async function involvedIn(
  work: Pick<Work, 'maybe'>,
  viewer: Viewer,
  call: store.CallRow,
): Promise<boolean> {
  if (viewer.employeeId === null || concerned(viewer, call)) return false
  return (await work.maybe(store.concerns(call.id, viewer.employeeId)))?.yes === true
}

async function sees(work: Work, viewer: Viewer, call: store.CallRow): Promise<boolean> {
  return maySee(viewer, call) || (await involvedIn(work, viewer, call))
}

function mustBeTheirs(viewer: Viewer, call: store.CallRow, order: CallCommand): void {
  // Taking over and undoing decide by themselves, with a better word for why not.
  if (order === 'answer' || order === 'takeOver' || order === 'undo' || mayCommand(viewer, call, order))
    return
  if (viewer.handles && isOthers(viewer, call)) throw taken(call)
  throw new DomainError('auth.forbidden', { action: `call.${order}` })
}

export function taken(call: store.CallRow): DomainError {
  return new DomainError('call.taken', { name: call.handler_name, id: call.handler_id })
}

/** The part after permission; what the exchange tells needs none and comes in here. @returns the row after the commit */
export function apply(
  work: Work,
  by: string,
  call: store.CallRow,
  order: CallCommand,
  change: Change,
): store.CallRow {
  const to = change.to ?? call.status
  mustAllow(transitions, call.status, order, to)
  const version = call.version + 1
  const moved = to !== call.status
  const patch: store.CallPatch = {
    ...change.patch,
    version,
    updated_at: work.now,
    ...(moved ? { status: to, previous_status: call.status, status_at: work.now, status_by: by } : {}),
  }
  const after = merge(call, patch)
  if (termColumns.some((column) => column in patch)) patch.terms = termsOf(after)
  work.write(store.updateCall(call.id, call.status, patch))
  const { before, after: now } = difference(call, patch)
  work.journal({
    entity: 'call',
    entityId: call.id,
    action: change.action,
    version,
    before,
    after: now,
    data: { ...change.data, people: peopleOf(call, after, change.people) },
  })
  return after
}

/** Bookkeeping says nothing to a reader; numbers stay in their columns (G5). */
const silent = new Set(['version', 'updated_at', 'previous_status', 'status_at', 'status_by', 'terms'])
const numbers = new Set(['contact_phone', 'caller_number', 'dialled'])

function difference(call: store.CallRow, patch: store.CallPatch) {
  const before: Record<string, unknown> = {}
  const after: Record<string, unknown> = {}
  const old: Readonly<Record<string, unknown>> = call
  for (const [key, value] of Object.entries(patch)) {
    if (silent.has(key)) continue
    before[key] = numbers.has(key) ? tail(old[key]) : (old[key] ?? null)
    after[key] = numbers.has(key) ? tail(value) : value
  }
  return { before, after }
}

function tail(number: unknown): string {
  return typeof number === 'string' && number !== '' ? `…${number.slice(-4)}` : ''
}

/** Everybody whose call it is or was: they see it live without reading everybody's. */
export function peopleOf(
  call: Pick<store.CallRow, 'handler_id' | 'wanted_id'>,
  after: Pick<store.CallRow, 'handler_id' | 'wanted_id'> = call,
  more: readonly (string | null)[] = [],
): string[] {
  const people = [call.handler_id, call.wanted_id, after.handler_id, after.wanted_id, ...more]
  return [...new Set(people.filter((id): id is string => typeof id === 'string'))]
}

/** The row as it will be after the commit. */
function merge(call: store.CallRow, patch: store.CallPatch): store.CallRow {
  return { ...call, ...patch } as store.CallRow
}
