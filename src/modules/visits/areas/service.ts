/** Where a visitor may go: asked, agreed, declined, taken back (V9). */
import { may } from '../../../kernel/authorize.ts'
import type { RouteAnswer, RouteInput } from '../../../kernel/contract.ts'
import { json, type Sql } from '../../../kernel/db/sql.ts'
import { DomainError, fail } from '../../../kernel/errors.ts'
import { postsOf } from '../../../kernel/tasks/policy.ts'
import { allows, mustAllow } from '../../../kernel/transitions.ts'
import { type Ctx, command, query, type Work } from '../../../kernel/work/command.ts'
import { departmentsLedBy, standsInFor } from '../../directory/public.ts'
import { houseOf, lensOf } from '../house.ts'
import { mayCommand, maySee } from '../policy.ts'
import { texts, visitNumber } from '../present.ts'
import { ofLink, stepAnswering } from '../step.ts'
import { findVisit, lockVisit, type VisitRow } from '../store.ts'
import {
  approvalTask,
  ask,
  end,
  isOpen,
  journal,
  openQuestion,
  restrictedOf,
  subjectOfApproval,
} from './ask.ts'
import type { Approval, areas, VisitAreas } from './contract.ts'
import { type Decider, isAsked, mayDecide } from './policy.ts'
import { type ApprovalCommand, approvalTransitions, undoMinutes } from './rules.ts'
import * as store from './store.ts'

async function deciderOf(ctx: Ctx, sql: Sql): Promise<Decider> {
  const { employeeId } = ctx.actor
  const [led, others] =
    employeeId === null
      ? [[], []]
      : await Promise.all([departmentsLedBy(sql, employeeId), sql.all(standsInFor(ctx.siteId, employeeId))])
  const departments = led.map((id) => `department:${id}`)
  return {
    id: employeeId ?? ctx.actor.id,
    employeeId,
    standsInFor: others.map(({ id }) => id),
    posts: postsOf([...(ctx.actor.roles.get(ctx.siteId) ?? [])], departments),
    atDesk: may(ctx, 'visit.register'),
  }
}

const iso = (at: Date | null) => at?.toISOString() ?? null

function fresh(row: store.ApprovalRow, now: Date): boolean {
  return now.getTime() - row.status_at.getTime() <= undoMinutes * 60_000
}

function canOf(row: store.ApprovalRow, viewer: Decider, now: Date): Approval['can'] {
  const at = (order: ApprovalCommand, told: boolean) =>
    allows(approvalTransitions, row.status, order) && mayDecide(viewer, row, order, told)
  return {
    ...(at('approve', true) ? { decide: true as const } : {}),
    ...(at('withdraw', false) ? { withdraw: true as const } : {}),
    ...(at('undo', false) && fresh(row, now) ? { undo: true as const } : {}),
  }
}

function presentApproval(row: store.ApprovalRow, viewer: Decider, now: Date): Approval {
  return {
    id: row.id,
    visitId: row.visit_id,
    visitNumber: visitNumber(row.number),
    visitorName: row.visitor_name,
    organisation: row.organisation,
    purpose: row.purpose,
    hostName: row.host_name,
    expectedAt: iso(row.expected_at),
    arrivedAt: iso(row.arrived_at),
    areaId: row.area_id,
    area: { zh: row.name_zh, en: row.name_en },
    status: row.status,
    askedId: row.asked_id,
    askedName: row.asked_name,
    askedAt: row.asked_at.toISOString(),
    askedByName: row.asked_by_name,
    decidedByName: row.decided_by_name,
    decidedAt: iso(row.decided_at),
    until: iso(row.until),
    note: row.note,
    can: canOf(row, viewer, now),
  }
}

async function presentVisitAreas(
  ctx: Ctx,
  sql: Sql,
  visit: VisitRow,
  viewer: Decider,
  now: Date,
): Promise<VisitAreas> {
  const [tree, approvals, lens] = await Promise.all([
    sql.all(store.areaRows(ctx.siteId, false)),
    sql.all(store.approvalsOf(visit.id)),
    lensOf(ctx, sql, await houseOf(ctx), now),
  ])
  const shown = approvals.map((row) => presentApproval(row, viewer, now))
  const names = texts(visit.areas)
  const items = names.map((name) => {
    const area = tree.find((one) => one.name_zh === name || (one.name_en !== '' && one.name_en === name))
    if (area === undefined)
      return {
        areaId: null,
        name: { zh: name, en: name },
        restricted: false,
        way: { zh: '', en: '' },
        approval: null,
      }
    return {
      areaId: area.id,
      name: { zh: area.name_zh, en: area.name_en || area.name_zh },
      restricted: area.restricted,
      way: { zh: area.way_zh, en: area.way_en || area.way_zh },
      approval: shown.findLast((one) => one.areaId === area.id) ?? null,
    }
  })
  const here = new Set(items.map(({ areaId }) => areaId))
  const may = isOpen(visit) && mayCommand(lens.viewer, visit, 'meet')
  return {
    items,
    declined: shown.filter((one) => one.status === 'declined' && !here.has(one.areaId)),
    escort: visit.escort_id === null ? null : { id: visit.escort_id, name: visit.escort_name },
    escortDue: visit.escort_due || (lens.categories.get(visit.category)?.escort ?? false),
    seen: visit.seen_at === null ? null : { area: visit.seen_area, at: visit.seen_at.toISOString() },
    can: may ? { request: true, escort: true } : {},
  }
}

export async function ofVisit(ctx: Ctx, { params }: RouteInput<typeof areas.ofVisit>): Promise<VisitAreas> {
  const sql = query(ctx)
  const now = ctx.kernel.clock.now()
  const [visit, lens, viewer] = await Promise.all([
    sql.maybe(findVisit(ctx.siteId, params.id)),
    lensOf(ctx, sql, await houseOf(ctx), now),
    deciderOf(ctx, sql),
  ])
  if (visit === undefined || !ofLink(ctx, visit.id)) return fail('entity.not-found')
  // Whoever is asked about one of its areas may look at where the visitor goes.
  if (!maySee(lens.viewer, visit)) {
    const asked = await sql.all(store.approvalsOf(visit.id))
    if (!asked.some((row) => isAsked(viewer, row))) return fail('entity.not-found')
  }
  return presentVisitAreas(ctx, sql, visit, viewer, now)
}

export async function request(
  ctx: Ctx,
  { params, body }: Pick<RouteInput<typeof areas.request>, 'params' | 'body'>,
): Promise<VisitAreas> {
  await stepAnswering(
    ctx,
    params.id,
    'edit',
    async ({ work, visit, viewer }) => {
      if (!isOpen(visit)) throw new DomainError('area.visit-over')
      const tree = await work.all(store.areaRows(ctx.siteId, false))
      const area = tree.find(({ id }) => id === body.areaId)
      if (area === undefined) throw new DomainError('area.unknown', {}, [{ path: 'areaId', code: 'unknown' }])
      const names = texts(visit.areas)
      const there = names.includes(area.name_zh) || (area.name_en !== '' && names.includes(area.name_en))
      if (area.restricted) {
        const approvals = await work.all(store.approvalsOf(visit.id))
        const running = approvals.some(
          (one) => one.area_id === area.id && (one.status === 'asked' || one.status === 'approved'),
        )
        if (!running) await ask(work, visit, area, { id: viewer.id, name: ctx.actor.name })
      }
      return {
        action: 'visit.edited',
        patch: there ? {} : { areas: json([...names, area.name_zh]) },
        data: { area: area.name_zh },
      }
    },
    () => ({ done: true }),
    'meet',
  )
  return ofVisit(ctx, { params, query: undefined, body: undefined } as RouteInput<typeof areas.ofVisit>)
}

const peopleOf = ({ employeeId, standsInFor: others }: Decider) =>
  employeeId === null ? [] : [employeeId, ...others]

const lately = 14 * 86_400_000

export async function mine(ctx: Ctx): Promise<RouteAnswer<typeof areas.mine>> {
  const sql = query(ctx)
  const now = ctx.kernel.clock.now()
  const viewer = await deciderOf(ctx, sql)
  const everything = viewer.posts.includes('duty_manager')
  const [asked, decided] = await Promise.all([
    sql.all(store.approvalsAsked(ctx.siteId, peopleOf(viewer), viewer.posts, everything)),
    sql.all(store.approvalsDecidedBy(ctx.siteId, viewer.id, new Date(now.getTime() - lately))),
  ])
  const show = (row: store.ApprovalRow) => presentApproval(row, viewer, now)
  return { asked: asked.map(show), decided: decided.map(show) }
}

interface Found {
  readonly work: Work
  readonly visit: VisitRow
  readonly row: store.ApprovalRow
  readonly viewer: Decider
}

/** The one way a person changes an approval: visit locked, approval locked → may they → does the table allow it → write. */
async function change(
  ctx: Ctx,
  id: string,
  order: ApprovalCommand,
  told: boolean,
  use: (found: Found) => Promise<void> | void,
): Promise<Approval> {
  return command(ctx, async (work) => {
    const [found, viewer] = await Promise.all([
      work.maybe(store.visitOfApproval(ctx.siteId, id)),
      deciderOf(ctx, work),
    ])
    const visit = found && (await work.maybe(lockVisit(ctx.siteId, found.visit_id)))
    const row = await work.maybe(store.lockApproval(ctx.siteId, id))
    if (!visit || row === undefined || !ofLink(ctx, visit.id)) return fail('entity.not-found')
    if (!mayDecide(viewer, row, order, told)) throw new DomainError('area.not-yours')
    mustAllow(approvalTransitions, row.status, order)
    await use({ work, visit, row, viewer })
    const [to] = approvalTransitions[row.status][order] ?? []
    const decided = to === 'approved' || to === 'declined'
    return presentApproval(
      {
        ...row,
        status: to ?? row.status,
        status_at: work.now,
        status_by: viewer.id,
        ...(decided ? { decided_by_name: ctx.actor.name, decided_at: work.now } : {}),
      },
      viewer,
      work.now,
    )
  })
}

/** Not granted: the area leaves the visit, so that the visitor may go everywhere else. */
function takeOut(work: Work, visit: VisitRow, row: store.ApprovalRow): void {
  const rest = texts(visit.areas).filter((name) => name !== row.name_zh && name !== row.name_en)
  work.write(store.writeAreas(visit.id, rest))
}

export async function decide(
  ctx: Ctx,
  { params, body }: Pick<RouteInput<typeof areas.decide>, 'params' | 'body'>,
): Promise<Approval> {
  const until = body.answer === 'approve' && body.until !== undefined ? new Date(body.until) : null
  return change(ctx, params.id, body.answer, body.how !== undefined, ({ work, visit, row, viewer }) => {
    if (until !== null && until <= work.now)
      throw new DomainError('input.invalid', {}, [{ path: 'until', code: 'in-the-past' }])
    work.settleTasks(subjectOfApproval(row.id), [approvalTask], body.answer)
    const status = body.answer === 'approve' ? ('approved' as const) : ('declined' as const)
    const { note, how = null } = body
    work.write(
      store.setApproval(row, {
        status,
        by: viewer.id,
        byName: ctx.actor.name,
        at: work.now,
        how,
        until,
        note,
      }),
    )
    if (status === 'declined') takeOut(work, visit, row)
    journal(work, visit, row.name_zh, status, { reason: note, how, until: iso(until) })
  })
}

export async function withdraw(
  ctx: Ctx,
  { params }: Pick<RouteInput<typeof areas.withdraw>, 'params'>,
): Promise<Approval> {
  return change(ctx, params.id, 'withdraw', false, ({ work, visit, row }) => {
    end(work, visit, row, 'withdrawn')
    takeOut(work, visit, row)
  })
}

export async function undo(
  ctx: Ctx,
  { params }: Pick<RouteInput<typeof areas.undo>, 'params'>,
): Promise<Approval> {
  return change(ctx, params.id, 'undo', false, async ({ work, visit, row, viewer }) => {
    if (!fresh(row, work.now)) throw new DomainError('area.undo-too-late', { minutes: undoMinutes })
    if (!isOpen(visit)) throw new DomainError('area.visit-over')
    const area = (await work.all(store.areaRows(ctx.siteId, false))).find(({ id }) => id === row.area_id)
    if (area === undefined) throw new DomainError('area.unknown')
    work.write(
      store.setApproval(row, {
        status: 'asked',
        by: viewer.id,
        byName: ctx.actor.name,
        at: work.now,
        how: null,
        until: null,
        note: '',
      }),
    )
    const names = texts(visit.areas)
    if (restrictedOf(names, [area]).length === 0)
      work.write(store.writeAreas(visit.id, [...names, area.name_zh]))
    await openQuestion(work, visit, area, row.id)
    journal(work, visit, row.name_zh, 'undone', { from: row.status })
  })
}
