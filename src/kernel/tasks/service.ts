import { fail, failWith } from '../errors.ts'
import { newId } from '../ids.ts'
import { mustAllow } from '../transitions.ts'
import { type Ctx, command, type Work } from '../work/command.ts'
import { taskErrors } from './contract.ts'
import { can, fixedPosts, type TaskCan, type Viewer } from './policy.ts'
import {
  type HandedNote,
  namesOf,
  ownerOf,
  presentOne,
  sees,
  subjectOf,
  type TaskAnswer,
  viewerOf,
} from './present.ts'
import {
  type LadderStep,
  mayStillUndo,
  nextMoment,
  type Owner,
  sameOwner,
  type TaskCommand,
  taskTable,
  timingAt,
} from './rules.ts'
import { freeTasks } from './settings.ts'
import * as store from './store.ts'

const refuse = failWith(taskErrors)
type One = { readonly params: { readonly id: string } }

interface NewFreeTask {
  readonly id?: string | undefined
  readonly title: string
  readonly note?: string | undefined
  readonly owner?: Owner | undefined
  readonly dueAt: string
}

/** G2: a promise of any kind, without a subject of its own. */
export async function open(ctx: Ctx, input: { body: NewFreeTask }): Promise<TaskAnswer> {
  const { title, note } = input.body
  const { remindMinutes, escalateMinutes } = await ctx.kernel.settings.get(ctx.siteId, freeTasks)
  return await command(ctx, async (work) => {
    const viewer = await viewerOf(ctx, work)
    const dueAt = mustBeAhead(work, input.body.dueAt)
    const owner = input.body.owner ?? selfOf(viewer)
    if (input.body.owner !== undefined) await mustExist(ctx, work, owner)
    const id = input.body.id ?? newId()
    const earlier = new Date(dueAt.getTime() - remindMinutes * 60_000)
    const remindAt = earlier > work.now ? earlier : null
    const ladder: LadderStep[] = [
      { afterMinutes: escalateMinutes, owner: { kind: 'post', id: 'duty_manager' } },
    ]
    const subject = { entity: 'task', id }
    const facts = note === undefined || note === '' ? { title } : { title, note }
    work.openTask({ id, kind: 'task.free', subject, facts, owner, dueAt, remindAt, ladder })
    work.journal({
      entity: 'task',
      entityId: id,
      action: 'task.opened',
      version: 1,
      after: { title, owner, dueAt: dueAt.toISOString() },
      data: { kind: 'task.free', people: personsIn(owner) },
    })
    return await presentOne(ctx, work, viewer, {
      ...{ id, siteId: ctx.siteId, kind: 'task.free', subjectEntity: 'task', subjectId: id, facts },
      ...{
        ownerKind: owner.kind,
        ownerId: owner.id,
        status: 'open',
        dueAt,
        remindAt,
        nextAt: remindAt ?? dueAt,
      },
      ...{ reminded: remindAt === null, level: 0, ladder, outcome: null, settledAt: null, settledBy: null },
      ...{ settledByName: null, createdAt: work.now, createdByName: ctx.actor.name, version: 1 },
    })
  })
}

/** G1: twenty at once — the row's lock lets one through, the others find another owner than they saw. */
export async function takeOver(ctx: Ctx, input: One & { body: { from: Owner } }): Promise<TaskAnswer> {
  return await change(ctx, input, 'takeOver', async (work, row, viewer) => {
    mustStillOwn(row, input.body.from)
    const to = selfOf(viewer)
    if (sameOwner(ownerOf(row), to)) return row
    mustMay(row, canNow(ctx, work, viewer, row), 'takeOver')
    return giveTo(work, row, to, 'task.taken-over', null)
  })
}

/** G1, G3: to a person or a post, never to nobody. */
export async function handOn(
  ctx: Ctx,
  input: One & { body: { from: Owner; to: Owner; note?: string | undefined } },
): Promise<TaskAnswer> {
  const { from, to, note } = input.body
  return await change(ctx, input, 'handOn', async (work, row, viewer) => {
    mustStillOwn(row, from)
    mustMay(row, canNow(ctx, work, viewer, row), 'handOn')
    await mustExist(ctx, work, to)
    return giveTo(work, row, to, 'task.handed-on', note ?? null)
  })
}

/** G2: done, and the outcome is written down. */
export async function settle(ctx: Ctx, input: One & { body: { outcome: string } }): Promise<TaskAnswer> {
  const { outcome } = input.body
  return await change(ctx, input, 'settle', async (work, row, viewer) => {
    mustBeFree(ctx, row)
    mustMay(row, canNow(ctx, work, viewer, row), 'settle')
    work.write(store.setSettled(row.id, outcome, { at: work.now, by: viewer.self, byName: ctx.actor.name }))
    note(work, row, 'task.settled', { before: { status: 'open' }, after: { status: 'done', outcome } })
    const settled = { settledAt: work.now, settledBy: viewer.self, settledByName: ctx.actor.name }
    return { ...row, ...settled, status: 'done', outcome, nextAt: null, version: row.version + 1 }
  })
}

/** Undo of `settle`; the first outcome stays in the journal (G4). */
export async function reopen(ctx: Ctx, input: One): Promise<TaskAnswer> {
  return await change(ctx, input, 'reopen', async (work, row, viewer) => {
    mustBeFree(ctx, row)
    if (row.settledAt !== null && !mayStillUndo(row.settledAt, work.now)) refuse('task.reopen-late')
    mustMay(row, canNow(ctx, work, viewer, row), 'reopen')
    const nextAt = nextMoment(timingAt(row, work.now))
    work.write(store.setReopened(row.id, nextAt))
    const before = { status: 'done', outcome: row.outcome }
    note(work, row, 'task.reopened', { before, after: { status: 'open' } })
    const unsettled = { settledAt: null, settledBy: null, settledByName: null, outcome: null }
    return { ...row, ...unsettled, status: 'open', nextAt, version: row.version + 1 }
  })
}

/** Reminder and ladder keep their distance to the due time and count anew. */
export async function postpone(
  ctx: Ctx,
  input: One & { body: { dueAt: string; reason: string } },
): Promise<TaskAnswer> {
  return await change(ctx, input, 'postpone', async (work, row, viewer) => {
    mustBeFree(ctx, row)
    mustMay(row, canNow(ctx, work, viewer, row), 'postpone')
    const dueAt = mustBeAhead(work, input.body.dueAt)
    const moved =
      row.remindAt === null ? null : new Date(row.remindAt.getTime() + dueAt.getTime() - row.dueAt.getTime())
    const remindAt = moved !== null && moved > work.now ? moved : null
    const next = { ...row, dueAt, remindAt, level: 0 }
    const nextAt = nextMoment(timingAt(next, work.now))
    work.write(store.setTimes(row.id, { dueAt, remindAt, nextAt }))
    const handed = leave(work, row, input.body.reason)
    note(work, row, 'task.postponed', {
      before: { dueAt: row.dueAt.toISOString() },
      after: { dueAt: dueAt.toISOString(), reason: input.body.reason },
    })
    return { ...next, nextAt, facts: { ...row.facts, handed }, version: row.version + 1 }
  })
}

/** Load locked → may it be seen → does its state allow it → the command's own decision. */
async function change(
  ctx: Ctx,
  input: One,
  name: TaskCommand,
  apply: (work: Work, row: store.TaskRow, viewer: Viewer) => Promise<store.TaskRow>,
): Promise<TaskAnswer> {
  return await command(ctx, async (work) => {
    const [viewer, row] = await Promise.all([
      viewerOf(ctx, work),
      work.maybe(store.lockTask(ctx.siteId, input.params.id)),
    ])
    if (row === undefined || !sees(ctx, viewer, row)) return fail('entity.not-found')
    mustAllow(taskTable, row.status, name)
    return await presentOne(ctx, work, viewer, await apply(work, row, viewer))
  })
}

function giveTo(
  work: Work,
  row: store.TaskRow,
  to: Owner,
  action: string,
  text: string | null,
): store.TaskRow {
  const from = ownerOf(row)
  work.write(store.setOwner(row.id, to))
  const facts = text === null ? row.facts : { ...row.facts, handed: leave(work, row, text) }
  note(work, row, action, { before: { owner: from }, after: { owner: to, note: text } }, [from, to])
  return { ...row, ownerKind: to.kind, ownerId: to.id, facts, version: row.version + 1 }
}

/** What is said with it goes along with the task to whoever has it next. */
function leave(work: Work, row: store.TaskRow, text: string): HandedNote {
  const handed = { text, by: work.ctx.actor.name, at: work.now.toISOString() }
  work.write(store.setFact(row.id, 'handed', handed))
  return handed
}

function note(
  work: Work,
  row: store.TaskRow,
  action: string,
  change: { before: Record<string, unknown>; after: Record<string, unknown> },
  owners: readonly Owner[] = [ownerOf(row)],
): void {
  work.journal({
    entity: 'task',
    entityId: row.id,
    action,
    version: row.version + 1,
    ...change,
    data: {
      kind: row.kind,
      subject: { entity: row.subjectEntity, id: row.subjectId },
      people: personsIn(...owners),
    },
  })
}

function personsIn(...owners: readonly Owner[]): string[] {
  return owners.filter((owner) => owner.kind === 'person').map((owner) => owner.id)
}

function canNow(ctx: Ctx, work: Work, viewer: Viewer, row: store.TaskRow): TaskCan {
  return can(viewer, subjectOf(ctx, row), work.now)
}

function mustMay(row: store.TaskRow, allowed: TaskCan, what: keyof TaskCan): void {
  if (!allowed[what]) refuse('task.not-yours', { owner: ownerOf(row) })
}

function mustStillOwn(row: store.TaskRow, seen: Owner): void {
  if (!sameOwner(ownerOf(row), seen)) refuse('task.owner-changed', { owner: ownerOf(row) })
}

function mustBeFree(ctx: Ctx, row: store.TaskRow): void {
  if (subjectOf(ctx, row).settledBySubject) refuse('task.settled-by-subject', { kind: row.kind })
}

function mustBeAhead(work: Work, text: string): Date {
  const at = new Date(text)
  if (at <= work.now) refuse('task.due-past', {}, [{ path: 'dueAt', code: 'task.due-past' }])
  return at
}

function selfOf(viewer: Viewer): Owner {
  if (viewer.person === null)
    return refuse('task.owner-unknown', {}, [{ path: 'owner', code: 'task.owner-unknown' }])
  return { kind: 'person', id: viewer.person }
}

/** G1: an owner who does not exist would be nobody. */
async function mustExist(ctx: Ctx, work: Work, owner: Owner): Promise<void> {
  if (owner.kind === 'post' && fixedPosts.includes(owner.id)) return
  const names = await namesOf(ctx, work, [owner])
  if (!names.has(owner.id))
    refuse('task.owner-unknown', {}, [{ path: 'owner.id', code: 'task.owner-unknown' }])
}
