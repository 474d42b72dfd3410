/** Use cases of the staff register (V20): ask, agree, go out, come back. */
import { may } from '../../../kernel/authorize.ts'
import { loadCalendar } from '../../../kernel/calendar/load.ts'
import { isWorkingTime } from '../../../kernel/calendar/rules.ts'
import type { RouteInput } from '../../../kernel/contract.ts'
import type { Sql } from '../../../kernel/db/sql.ts'
import { DomainError, fail } from '../../../kernel/errors.ts'
import { newId } from '../../../kernel/ids.ts'
import { mustAllow } from '../../../kernel/transitions.ts'
import { type Ctx, command, query, type Work } from '../../../kernel/work/command.ts'
import { findEmployee, type StaffMember, staffMembers } from '../../directory/public.ts'
import type { OutingCard, outings } from './contract.ts'
import { outingLens, reasonOf, rulesOf } from './house.ts'
import { mayCommandOuting, maySeeOuting } from './policy.ts'
import { type OutingLens, presentOuting, stillUndoable, undoTarget } from './present.ts'
import { approverOf, needsApproval, type OutingCommand, outingTransitions } from './rules.ts'
import type { StaffRegisterRules } from './settings.ts'
import * as store from './store.ts'
import { approvalTask, lateTask } from './tasks.ts'

const subjectOf = (row: { readonly id: string }) => ({ entity: 'outing', id: row.id })

async function staffMember(sql: Sql, siteId: string, id: string): Promise<StaffMember> {
  const [person] = await sql.all(staffMembers(siteId, [id]))
  if (person === undefined)
    throw new DomainError('outing.employee-unknown', {}, [{ path: 'employeeId', code: 'unknown' }])
  return person
}

const approver = (person: StaffMember) =>
  approverOf({ employeeId: person.id, headId: person.headId, deputyId: person.deputyId })

/** A year the calendar does not know counts as working time: rather a question too many. */
async function inWorkingTime(work: Work, at: Date): Promise<boolean> {
  try {
    return isWorkingTime(await loadCalendar(work, work.ctx.siteId), at)
  } catch (error) {
    if (error instanceof DomainError && error.code.startsWith('calendar.')) return true
    throw error
  }
}

interface Asked {
  readonly id?: string | undefined
  readonly reason: string
  readonly destination: string
  readonly note: string
  readonly returnBy: string | null
}

function newOuting(
  work: Work,
  lens: OutingLens,
  person: StaffMember,
  asked: Asked,
  from: Pick<store.OutingRow, 'status' | 'approval' | 'leave_at'> & store.OutingPatch,
): store.OutingRow {
  const returnBy = asked.returnBy === null ? null : new Date(asked.returnBy)
  if (returnBy !== null && returnBy <= from.leave_at)
    throw new DomainError('input.invalid', {}, [{ path: 'returnBy', code: 'in-the-past' }])
  return {
    id: asked.id ?? newId(),
    site_id: work.ctx.siteId,
    version: 1,
    previous_status: null,
    status_at: work.now,
    status_by: lens.viewer.id,
    employee_id: person.id,
    employee_name: person.name,
    employee_number: person.number,
    department_id: person.departmentId,
    department: person.departmentName,
    reason: asked.reason,
    destination: asked.destination,
    note: asked.note,
    return_by: returnBy,
    decided_by: null,
    decided_by_name: '',
    decided_at: null,
    decline_reason: '',
    out_at: null,
    out_by_name: '',
    back_at: null,
    back_by_name: '',
    created_at: work.now,
    created_by: lens.viewer.id,
    created_by_name: work.ctx.actor.name,
    updated_at: work.now,
    ...from,
  }
}

/** Who hears of it live: the person and whoever decides. */
const peopleOf = (row: store.OutingRow, ...more: readonly (string | null)[]) => [
  ...new Set([row.employee_id, row.decided_by, ...more].filter((id): id is string => id !== null)),
]

function insert(work: Work, row: store.OutingRow, action: string, told: string | null): void {
  work.write(store.insertOuting(row))
  work.journal({
    entity: 'outing',
    entityId: row.id,
    action,
    version: 1,
    after: { status: row.status, employeeName: row.employee_name, reason: row.reason },
    data: { people: peopleOf(row, told) },
  })
}

export async function request(ctx: Ctx, { body }: RouteInput<typeof outings.request>): Promise<OutingCard> {
  const rules = await rulesOf(ctx)
  return command(ctx, async (work) => {
    const lens = await outingLens(ctx, work, work.now)
    const employeeId = body.employeeId ?? lens.viewer.employeeId
    if (employeeId === null)
      throw new DomainError('outing.employee-unknown', {}, [{ path: 'employeeId', code: 'required' }])
    if (employeeId !== lens.viewer.employeeId && !lens.viewer.registers)
      throw new DomainError('outing.not-yours')
    const reason = reasonOf(rules, body)
    const leaveAt = body.leaveAt === undefined ? work.now : new Date(body.leaveAt)
    const [person, working] = await Promise.all([
      staffMember(work, ctx.siteId, employeeId),
      inWorkingTime(work, leaveAt),
    ])
    const approval = needsApproval(reason, working)
    const who = approver(person)
    const status = approval ? 'requested' : 'approved'
    const row = newOuting(work, lens, person, body, { status, approval, leave_at: leaveAt })
    insert(work, row, 'outing.requested', approval ? who : null)
    if (approval) work.openTask(approvalTask(row, who, work.now, rules))
    return presentOuting(row, lens)
  })
}

/** V20 at the gate: nobody asked before; out in one tap, with whoever agreed on the telephone. */
export async function leaveNow(ctx: Ctx, { body }: RouteInput<typeof outings.leaveNow>): Promise<OutingCard> {
  const rules = await rulesOf(ctx)
  return command(ctx, async (work) => {
    const reason = reasonOf(rules, body)
    const [lens, person, working, agreed] = await Promise.all([
      outingLens(ctx, work, work.now),
      staffMember(work, ctx.siteId, body.employeeId),
      inWorkingTime(work, work.now),
      body.approvedById === undefined ? undefined : findEmployee(work, ctx.siteId, body.approvedById),
    ])
    const approval = needsApproval(reason, working)
    if (approval && (agreed === undefined || agreed.id === person.id))
      throw new DomainError('outing.not-approved', {}, [{ path: 'approvedById', code: 'required' }])
    const row = newOuting(work, lens, person, body, {
      status: 'out',
      approval,
      leave_at: work.now,
      out_at: work.now,
      out_by_name: ctx.actor.name,
      ...(agreed === undefined
        ? {}
        : { decided_by: agreed.id, decided_by_name: agreed.name, decided_at: work.now }),
    })
    const who = approver(person)
    insert(work, row, 'outing.left', who)
    if (row.return_by !== null) work.openTask(lateTask(row, who, row.return_by, rules))
    return presentOuting(row, lens)
  })
}

interface Change {
  readonly to: store.OutingRow['status']
  readonly action: string
  readonly patch?: store.OutingPatch
}

interface Step {
  readonly work: Work
  readonly row: store.OutingRow
  readonly lens: OutingLens
}

/** The one way an outing changes: load locked → may they → does the table allow it → write → journal. */
async function step(
  ctx: Ctx,
  id: string,
  order: OutingCommand,
  use: (step: Step) => Change | Promise<Change>,
): Promise<OutingCard> {
  return command(ctx, async (work) => {
    const [row, lens] = await Promise.all([
      work.maybe(store.lockOuting(ctx.siteId, id)),
      outingLens(ctx, work, work.now),
    ])
    if (row === undefined || !maySeeOuting(lens.viewer, row)) return fail('entity.not-found')
    if (!mayCommandOuting(lens.viewer, row, order)) throw new DomainError('outing.not-yours')
    mustAllow(outingTransitions, row.status, order)
    const { to, action, patch } = await use({ work, row, lens })
    mustAllow(outingTransitions, row.status, order, to)
    const after: store.OutingPatch = {
      ...patch,
      status: to,
      previous_status: row.status,
      status_at: work.now,
      status_by: lens.viewer.id,
      version: row.version + 1,
      updated_at: work.now,
    }
    work.write(store.updateOuting(row.id, after))
    const next: store.OutingRow = { ...row, ...after }
    work.journal({
      entity: 'outing',
      entityId: row.id,
      action,
      version: next.version,
      before: { status: row.status },
      after: { status: to, ...(patch?.decline_reason ? { declineReason: patch.decline_reason } : {}) },
      data: { people: peopleOf(next) },
    })
    return presentOuting(next, lens)
  })
}

export function decide(ctx: Ctx, { params, body }: RouteInput<typeof outings.decide>): Promise<OutingCard> {
  return step(ctx, params.id, body.answer, ({ work, row, lens }) => {
    work.settleTasks(subjectOf(row), ['outing.approval'], body.answer)
    const decided = {
      decided_by: lens.viewer.employeeId,
      decided_by_name: ctx.actor.name,
      decided_at: work.now,
    }
    return body.answer === 'approve'
      ? { to: 'approved', action: 'outing.approved', patch: decided }
      : { to: 'declined', action: 'outing.declined', patch: { ...decided, decline_reason: body.reason } }
  })
}

export function cancel(ctx: Ctx, { params }: RouteInput<typeof outings.cancel>): Promise<OutingCard> {
  return step(ctx, params.id, 'cancel', ({ work, row }) => {
    work.cancelTasks(subjectOf(row), ['outing.approval'], 'cancelled')
    return { to: 'cancelled', action: 'outing.cancelled' }
  })
}

async function openLate(work: Work, row: store.OutingRow, rules: StaffRegisterRules): Promise<void> {
  if (row.return_by === null) return
  const [person] = await work.all(staffMembers(work.ctx.siteId, [row.employee_id]))
  work.openTask(lateTask(row, person === undefined ? null : approver(person), row.return_by, rules))
}

/** A person who left before (another outing still open) is refused by the index `outing_one_out`. */
export async function leave(ctx: Ctx, { params }: RouteInput<typeof outings.leave>): Promise<OutingCard> {
  const rules = await rulesOf(ctx)
  return step(ctx, params.id, 'leave', async ({ work, row }) => {
    await openLate(work, row, rules)
    return {
      to: 'out',
      action: 'outing.left',
      patch: { out_at: work.now, out_by_name: ctx.actor.name },
    }
  })
}

export function comeBack(ctx: Ctx, { params }: RouteInput<typeof outings.return>): Promise<OutingCard> {
  return step(ctx, params.id, 'return', ({ work, row }) => {
    work.settleTasks(subjectOf(row), ['outing.late'], 'back')
    return {
      to: 'back',
      action: 'outing.returned',
      patch: { back_at: work.now, back_by_name: ctx.actor.name },
    }
  })
}

export async function undo(ctx: Ctx, { params }: RouteInput<typeof outings.undo>): Promise<OutingCard> {
  const rules = await rulesOf(ctx)
  return step(ctx, params.id, 'undo', async ({ work, row }) => {
    const to = undoTarget(row)
    if (to === null) throw new DomainError('transition.refused', { from: row.status, command: 'undo' })
    if (!stillUndoable(row, work.now)) throw new DomainError('outing.undo-too-late')
    const patch: store.OutingPatch = {}
    if (row.status === 'back') {
      Object.assign(patch, { back_at: null, back_by_name: '' })
      await openLate(work, row, rules)
    } else if (row.status === 'out') {
      Object.assign(patch, { out_at: null, out_by_name: '' })
      work.cancelTasks(subjectOf(row), ['outing.late'], 'undone')
    }
    if (to === 'requested') {
      Object.assign(patch, { decided_by: null, decided_by_name: '', decided_at: null, decline_reason: '' })
      const person = await staffMember(work, ctx.siteId, row.employee_id)
      work.openTask(approvalTask(row, approver(person), work.now, rules))
    }
    return { to, action: 'outing.undone', patch }
  })
}

const ownDays = 14

export async function mine(ctx: Ctx) {
  const sql = query(ctx)
  const now = ctx.kernel.clock.now()
  const lens = await outingLens(ctx, sql, now)
  const { employeeId, leads, dutyManager } = lens.viewer
  const [own, toDecide, presence] = await Promise.all([
    employeeId === null
      ? []
      : sql.all(store.ownOutings(ctx.siteId, employeeId, new Date(now.getTime() - ownDays * 86_400_000))),
    leads.length === 0 && !dutyManager ? [] : sql.all(store.outingsToDecide(ctx.siteId, leads, dutyManager)),
    employeeId === null ? [] : sql.all(store.presenceOf(ctx.siteId, [employeeId])),
  ])
  return {
    own: own.map((row) => presentOuting(row, lens)),
    toDecide: toDecide.map((row) => presentOuting(row, lens)).filter((card) => card.can.approve === true),
    inside: presence[0]?.inside ?? null,
  }
}

export async function options(ctx: Ctx) {
  const { reasons, zones } = await rulesOf(ctx)
  return { reasons, zones: may(ctx, 'outing.register') ? zones : [] }
}
