/** The security call: one key, every console, somebody answers or the supervisor is told (V16). */
import { may } from '../../../kernel/authorize.ts'
import type { RouteInput } from '../../../kernel/contract.ts'
import { DomainError, fail } from '../../../kernel/errors.ts'
import { newId } from '../../../kernel/ids.ts'
import type { LadderStep, Owner } from '../../../kernel/tasks/rules.ts'
import { mustAllow } from '../../../kernel/transitions.ts'
import { type Ctx, command, mustBeVersion, type Work } from '../../../kernel/work/command.ts'
import { staffNumbered } from '../../directory/public.ts'
import { findVisit } from '../store.ts'
import type { Incident, incidents } from './contract.ts'
import { incidentNumber, presentIncident, subjectOf, viewerOf } from './present.ts'
import {
  type IncidentCommand,
  type IncidentStatus,
  incidentTransitions,
  mayDo,
  mayUndoIncident,
} from './rules.ts'
import { type Security, securitySetting } from './settings.ts'
import * as store from './store.ts'

const gate: Owner = { kind: 'post', id: 'gate' }
const dutyManager: Owner = { kind: 'post', id: 'duty_manager' }

async function supervisorOf(work: Work, rules: Security): Promise<Owner> {
  if (rules.supervisor === '') return dutyManager
  const [found] = await work.all(staffNumbered(work.ctx.siteId, [rules.supervisor]))
  return found === undefined ? dutyManager : { kind: 'person', id: found.id }
}

async function openAlarm(work: Work, row: store.IncidentRow, rules: Security): Promise<void> {
  const seconds = rules.escalateSeconds
  const supervisor = await supervisorOf(work, rules)
  const ladder: LadderStep[] = [
    { afterMinutes: 0, owner: supervisor },
    ...(supervisor.id === dutyManager.id ? [] : [{ afterMinutes: seconds / 60, owner: dutyManager }]),
  ]
  work.openTask({
    kind: 'incident.alarm',
    subject: { entity: 'incident', id: row.id },
    facts: { number: incidentNumber(row.number), place: row.place, byName: row.raised_by_name },
    owner: gate,
    dueAt: new Date(work.now.getTime() + seconds * 1000),
    ladder,
  })
}

/** Whoever answered owes the record until it is closed (G1, G2). */
function openReport(work: Work, row: store.IncidentRow, rules: Security): void {
  const { employeeId } = work.ctx.actor
  work.openTask({
    kind: 'incident.report',
    subject: { entity: 'incident', id: row.id },
    facts: { number: incidentNumber(row.number), place: row.place },
    owner: employeeId === null ? dutyManager : { kind: 'person', id: employeeId },
    dueAt: new Date(work.now.getTime() + rules.reportHours * 3_600_000),
    ladder: [{ afterMinutes: 60, owner: dutyManager }],
  })
}

export async function raise(
  ctx: Ctx,
  { body }: Pick<RouteInput<typeof incidents.raise>, 'body'>,
): Promise<Incident> {
  const rules = await ctx.kernel.settings.get(ctx.siteId, securitySetting)
  const id = body.id ?? newId()
  return command(ctx, async (work) => {
    const [visit, { number }] = await Promise.all([
      body.visitId === undefined ? undefined : work.maybe(findVisit(ctx.siteId, body.visitId)),
      work.one(store.nextIncidentNumber),
    ])
    if (body.visitId !== undefined && visit === undefined) return fail('entity.not-found')
    const by = ctx.actor.employeeId ?? ctx.actor.id
    const row: store.IncidentRow = {
      id,
      number,
      version: 1,
      status: 'open',
      previous_status: null,
      status_at: work.now,
      status_by: by,
      place: body.place,
      visit_id: visit?.id ?? null,
      surface: body.surface,
      persons:
        visit === undefined ? '' : [visit.visitor_name, visit.organisation].filter(Boolean).join(' · '),
      course: '',
      measures: '',
      report: '',
      police_called: false,
      raised_at: work.now,
      raised_by: by,
      raised_by_name: ctx.actor.name,
      acknowledged_at: null,
      acknowledged_by_name: '',
      escalated_at: null,
      on_site_at: null,
      on_site_by_name: '',
      closed_at: null,
      closed_by_name: '',
      false_reason: '',
      visit_number: visit?.number ?? null,
      visitor_name: visit?.visitor_name ?? null,
    }
    work.write(store.insertIncident(ctx.siteId, row))
    await openAlarm(work, row, rules)
    work.journal({
      entity: 'incident',
      entityId: id,
      action: 'incident.raised',
      version: 1,
      after: { status: 'open', place: row.place, visit_id: row.visit_id },
      data: { number: incidentNumber(number), surface: body.surface },
    })
    return presentIncident(row, viewerOf(ctx), work.now, rules.undoMinutes)
  })
}

interface Move {
  readonly to?: IncidentStatus
  readonly patch?: Partial<store.IncidentRow>
  readonly action: string
  readonly data?: Readonly<Record<string, unknown>>
}

/** Load locked → may they → does the table allow it → write → journal: the one way an incident changes. */
async function move(
  ctx: Ctx,
  id: string,
  order: IncidentCommand,
  use: (work: Work, row: store.IncidentRow, rules: Security) => Promise<Move>,
): Promise<Incident> {
  const rules = await ctx.kernel.settings.get(ctx.siteId, securitySetting)
  return command(ctx, async (work) => {
    const row = await work.maybe(store.lockIncident(ctx.siteId, id))
    if (row === undefined || !may(ctx, 'incident.raise')) return fail('entity.not-found')
    const viewer = viewerOf(ctx)
    mustAllow(incidentTransitions, row.status, order)
    if (!mayDo(viewer, subjectOf(row), order)) throw new DomainError('incident.not-yours')
    const done = await use(work, row, rules)
    const to = done.to ?? row.status
    mustAllow(incidentTransitions, row.status, order, to)
    const moved = to !== row.status
    const after: store.IncidentRow = {
      ...row,
      ...done.patch,
      version: row.version + 1,
      status: to,
      ...(moved ? { previous_status: row.status, status_at: work.now, status_by: viewer.id } : {}),
    }
    work.write(store.updateIncident(row.status, after, work.now))
    const changed = Object.keys(done.patch ?? {}) as (keyof store.IncidentRow)[]
    work.journal({
      entity: 'incident',
      entityId: id,
      action: done.action,
      version: after.version,
      before: { status: row.status, ...Object.fromEntries(changed.map((key) => [key, row[key]])) },
      after: { status: to, ...done.patch },
      data: { ...done.data },
    })
    return presentIncident(after, viewer, work.now, rules.undoMinutes)
  })
}

const subject = (row: store.IncidentRow) => ({ entity: 'incident', id: row.id })

export async function acknowledge(
  ctx: Ctx,
  { params }: RouteInput<typeof incidents.acknowledge>,
): Promise<Incident> {
  return move(ctx, params.id, 'acknowledge', async (work, row, rules) => {
    work.settleTasks(subject(row), ['incident.alarm'], 'acknowledged')
    openReport(work, row, rules)
    return {
      to: 'acknowledged',
      action: 'incident.acknowledged',
      patch: { acknowledged_at: work.now, acknowledged_by_name: ctx.actor.name },
    }
  })
}

/** Whoever is on the spot has heard it, too. */
export async function arrive(ctx: Ctx, { params }: RouteInput<typeof incidents.arrive>): Promise<Incident> {
  return move(ctx, params.id, 'arrive', async (work, row, rules) => {
    const heard = { acknowledged_at: work.now, acknowledged_by_name: ctx.actor.name }
    if (row.status === 'open') {
      work.settleTasks(subject(row), ['incident.alarm'], 'on the spot')
      openReport(work, row, rules)
    }
    return {
      to: 'on_site',
      action: 'incident.arrived',
      patch: {
        on_site_at: work.now,
        on_site_by_name: ctx.actor.name,
        ...(row.status === 'open' ? heard : {}),
      },
    }
  })
}

export async function edit(ctx: Ctx, { params, body }: RouteInput<typeof incidents.edit>): Promise<Incident> {
  return move(ctx, params.id, 'edit', async (_work, row) => {
    mustBeVersion(row.version, body.version)
    // What a closed record rests on cannot be emptied afterwards.
    if (row.status === 'closed' && (body.course === '' || body.measures === '')) throw missing(row, body)
    return {
      action: 'incident.edited',
      patch: {
        ...(body.place === undefined ? {} : { place: body.place }),
        ...(body.persons === undefined ? {} : { persons: body.persons }),
        ...(body.course === undefined ? {} : { course: body.course }),
        ...(body.measures === undefined ? {} : { measures: body.measures }),
        ...(body.report === undefined ? {} : { report: body.report }),
        ...(body.policeCalled === undefined ? {} : { police_called: body.policeCalled }),
      },
    }
  })
}

function missing(
  row: Pick<store.IncidentRow, 'course' | 'measures'>,
  body: { readonly course?: string | undefined; readonly measures?: string | undefined } = {},
): DomainError {
  const fields = (['course', 'measures'] as const).filter((name) => (body[name] ?? row[name]) === '')
  return new DomainError(
    'incident.report-missing',
    {},
    fields.map((path) => ({ path, code: 'required' })),
  )
}

export async function close(ctx: Ctx, { params }: RouteInput<typeof incidents.close>): Promise<Incident> {
  return move(ctx, params.id, 'close', async (work, row) => {
    if (row.course === '' || row.measures === '') throw missing(row)
    work.settleTasks(subject(row), ['incident.report'], 'closed')
    return {
      to: 'closed',
      action: 'incident.closed',
      patch: { closed_at: work.now, closed_by_name: ctx.actor.name },
    }
  })
}

export async function falseAlarm(
  ctx: Ctx,
  { params, body }: RouteInput<typeof incidents.falseAlarm>,
): Promise<Incident> {
  return move(ctx, params.id, 'falseAlarm', async (work, row) => {
    work.cancelTasks(subject(row), [], 'false alarm')
    return {
      to: 'false_alarm',
      action: 'incident.false-alarm',
      patch: { false_reason: body.reason },
      data: { reason: body.reason },
    }
  })
}

export async function undo(ctx: Ctx, { params }: RouteInput<typeof incidents.undo>): Promise<Incident> {
  return move(ctx, params.id, 'undo', async (work, row, rules) => {
    const to = row.previous_status
    if (to === null || !mayUndoIncident(subjectOf(row), viewerOf(ctx).id, work.now, rules.undoMinutes))
      throw new DomainError('incident.undo-too-late', { minutes: rules.undoMinutes })
    work.cancelTasks(subject(row), [], 'undone')
    if (to === 'open') await openAlarm(work, row, rules)
    else openReport(work, row, rules)
    return { to, action: 'incident.undone', patch: cleared(row, to), data: { from: row.status, to } }
  })
}

/** What the undone step had written. */
function cleared(row: store.IncidentRow, to: IncidentStatus): Partial<store.IncidentRow> {
  const unheard = to === 'open' ? { acknowledged_at: null, acknowledged_by_name: '' } : {}
  switch (row.status) {
    case 'acknowledged':
      return unheard
    case 'on_site':
      return { on_site_at: null, on_site_by_name: '', ...unheard }
    case 'closed':
      return { closed_at: null, closed_by_name: '' }
    default:
      return { false_reason: '' }
  }
}
