/**
 * The one way a visit changes: load locked → may this person → does the table allow it → write → journal. Every
 * command of the module is a function handed to `step`, so none can forget a part of it.
 */
import { DomainError, fail } from '../../kernel/errors.ts'
import { mustAllow } from '../../kernel/transitions.ts'
import { type Ctx, command, type Work } from '../../kernel/work/command.ts'
import type { VisitCard } from './card/contract.ts'
import { type House, houseOf, lensOf } from './house.ts'
import { mayCommand, maySee, type Viewer } from './policy.ts'
import { type Lens, presentCard } from './present.ts'
import { endQuestion } from './routes/question.ts'
import { transitions, type VisitCommand, type VisitStatus } from './rules.ts'
import * as store from './store.ts'
import type { TaskSubject } from './tasks.ts'

export interface Step {
  readonly work: Work
  readonly house: House
  readonly viewer: Viewer
  readonly visit: store.VisitRow
  readonly subject: { readonly entity: 'visit'; readonly id: string }
}

export interface Change {
  /** Same as before when the command changes no status. */
  readonly to?: VisitStatus
  readonly patch?: store.VisitPatch
  /** `visit.<past participle>` */
  readonly action: string
  readonly data?: Readonly<Record<string, unknown>>
}

/**
 * @throws DomainError `entity.not-found` (also for a visit the caller may not see), `visit.host-not-asked` when it is
 * not theirs to decide, `transition.refused` when the state does not allow it
 */
export async function step(
  ctx: Ctx,
  id: string,
  order: VisitCommand,
  use: (step: Step) => Promise<Change>,
): Promise<VisitCard> {
  return stepAnswering(ctx, id, order, use, presentCard)
}

/** The same, for commands that answer something else than the visit's card; what they answer is what a retry gets. */
export async function stepAnswering<T>(
  ctx: Ctx,
  id: string,
  order: VisitCommand,
  use: (step: Step) => Promise<Change>,
  answer: (after: store.VisitRow, lens: Lens) => T,
  /** Where the command's own rule says more than who may do it: whoever may do this. */
  allowedTo: VisitCommand = order,
): Promise<T> {
  const house = await houseOf(ctx)
  return command(ctx, async (work) => {
    const [visit, lens] = await Promise.all([
      work.maybe(store.lockVisit(ctx.siteId, id)),
      lensOf(ctx, work, house, work.now),
    ])
    if (visit === undefined || !maySee(lens.viewer, visit) || !ofLink(ctx, id))
      return fail('entity.not-found')
    // What a gate did without a server stays behind the arrival, whatever its clock says.
    if (visit.arrived_at !== null) work.notBefore(visit.arrived_at)
    if (!mayCommand(lens.viewer, visit, allowedTo)) throw new DomainError('visit.host-not-asked')
    mustAllow(transitions, visit.status, order)
    const after = await apply(work, house, lens.viewer, visit, order, use)
    return answer(after, lens)
  })
}

/** A signed link opens one visit only. */
export function ofLink(ctx: Ctx, id: string): boolean {
  return ctx.actor.link === null || ctx.actor.link.id === id
}

/** The part after permission; the dispatcher, which nobody needs to permit, comes in here. */
export async function apply(
  work: Work,
  house: House,
  viewer: Viewer,
  visit: store.VisitRow,
  order: VisitCommand,
  use: (step: Step) => Promise<Change>,
): Promise<store.VisitRow> {
  const change = await use({ work, house, viewer, visit, subject: { entity: 'visit', id: visit.id } })
  const to = change.to ?? visit.status
  mustAllow(transitions, visit.status, order, to)
  const version = visit.version + 1
  const moved = to !== visit.status
  const patch: store.VisitPatch = {
    ...change.patch,
    version,
    updated_at: work.now,
    ...(moved
      ? {
          status: to,
          previous_status: visit.status,
          status_at: later(work.now, visit.status_at),
          status_by: viewer.id,
        }
      : {}),
  }
  if (visit.status === 'asking' && moved && order !== 'redirect') endQuestion(work, visit.id, order, change)
  work.write(store.updateVisit(visit.id, visit.status, patch))
  const { before, after } = difference(visit, patch)
  work.journal({
    entity: 'visit',
    entityId: visit.id,
    action: change.action,
    version,
    before,
    after,
    data: { ...change.data, people: peopleOf(visit, patch) },
  })
  return merge(visit, patch)
}

/** An act told late may lie before somebody else's; the state's own time never runs back. */
const later = (a: Date, b: Date) => (a > b ? a : b)

/** Bookkeeping says nothing to a reader; sealed values must not leave their column (G5). */
const silent = new Set([
  'version',
  'updated_at',
  'previous_status',
  'status_at',
  'status_by',
  'document_sealed',
  'document_index',
])

function difference(visit: store.VisitRow, patch: store.VisitPatch) {
  const before: Record<string, unknown> = {}
  const after: Record<string, unknown> = {}
  const old: Readonly<Record<string, unknown>> = visit
  for (const [key, value] of Object.entries(patch)) {
    if (silent.has(key)) continue
    before[key] = old[key] ?? null
    after[key] = value
  }
  return { before, after }
}

/** Everybody whose visitor it is or was: they see it live, and the one replaced learns that it is off their list. */
function peopleOf(visit: store.VisitRow, patch: store.VisitPatch): string[] {
  const people = [visit.host_id, visit.receiver_id, patch.host_id, patch.receiver_id]
  if (visit.asked_kind === 'person') people.push(visit.asked_id)
  if (patch.asked_kind === 'person') people.push(patch.asked_id)
  return [...new Set(people.filter((id): id is string => typeof id === 'string'))]
}

const jsonColumns = new Set(['companions', 'areas', 'waiting_place', 'asked_ids'])

/** The row as it will be after the commit, so that the answer needs no second read. */
export function merge(visit: store.VisitRow, patch: store.VisitPatch): store.VisitRow {
  const merged: Record<string, unknown> = { ...visit }
  for (const [key, value] of Object.entries(patch)) {
    merged[key] = jsonColumns.has(key) && typeof value === 'string' ? JSON.parse(value) : value
  }
  return merged as unknown as store.VisitRow
}

export function subjectOf(visit: store.VisitRow): TaskSubject {
  return {
    id: visit.id,
    number: visit.number,
    visitorName: visit.visitor_name,
    organisation: visit.organisation,
    hostName: visit.receiver_name || visit.host_name,
    hostId: visit.receiver_id ?? visit.host_id,
  }
}
