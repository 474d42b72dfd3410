/** While the guest is inside: document, pass, handover, reminders, signature, corrections. */
import type { RouteInput } from '../../../kernel/contract.ts'
import { json } from '../../../kernel/db/sql.ts'
import { DomainError } from '../../../kernel/errors.ts'
import { type Ctx, mustBeVersion } from '../../../kernel/work/command.ts'
import { employeeCard } from '../../directory/public.ts'
import { correctedAreas } from '../areas/chosen.ts'
import { tellEscort } from '../areas/escort.ts'
import { documentColumns, plateOf, takePass } from '../arrival/particulars.ts'
import type { VisitCard } from '../card/contract.ts'
import type { visits } from '../contract.ts'
import { categoryOf } from '../house.ts'
import { keepLook } from '../identity/look.ts'
import { markBack, markIssued } from '../passes/store.ts'
import { normalisePhone, sealDocument } from '../people.ts'
import { stillOutstanding } from '../present.ts'
import { type Change, merge, type Step, step, subjectOf } from '../step.ts'
import { findVisit, sealVisitorDocument, type VisitPatch } from '../store.ts'
import { overstayTask, withHost } from '../tasks.ts'
import type { Moment } from '../watch-list/rules.ts'
import { heldColumns, standsStill } from '../watch-list/screen.ts'
import type { stay } from './contract.ts'

export async function checkDocument(
  ctx: Ctx,
  { params, body }: RouteInput<typeof stay.checkDocument>,
): Promise<VisitCard> {
  const document = await sealDocument(ctx.kernel.secrets, body, 'number', ctx.kernel.clock.now())
  return step(ctx, params.id, 'checkDocument', async (at) => {
    const { work, visit, viewer } = at
    work.write(sealVisitorDocument(visit.visitor_id, document))
    const nameAgrees = keepLook(work, visit, document)
    const change = {
      action: 'visit.document-checked',
      patch: documentColumns(document, work.now, viewer.id),
      data: {
        documentKind: document.kind,
        ...(nameAgrees === 'unknown' ? {} : { nameAgrees }),
        ...((body.suspicion ?? '') === '' ? {} : { suspicion: body.suspicion }),
      },
    }
    return await screenedChange(at, change, 'document-checked')
  })
}

/** A second pass exchanges the first: the old number goes back to the stock (V11). */
export async function issuePass(
  ctx: Ctx,
  { params, body }: RouteInput<typeof stay.issuePass>,
): Promise<VisitCard> {
  return step(ctx, params.id, 'issuePass', async ({ work, visit }) => {
    const number = await takePass(ctx, work, body.number)
    if (visit.pass_number !== null) work.write(markBack(ctx.siteId, visit.pass_number, visit.id, false))
    work.write(markIssued(ctx.siteId, number, visit.id, work.now))
    return {
      action: 'visit.pass-issued',
      patch: { pass_number: number, pass_returned: null },
      data: { passNumber: number },
    }
  })
}

/** V18: handed over to the host; only with everything the category wants (V2, V8). */
export async function meet(ctx: Ctx, { params }: RouteInput<typeof stay.meet>): Promise<VisitCard> {
  return step(ctx, params.id, 'meet', async ({ work, house, visit, subject }) => {
    const missing = stillOutstanding(visit, house.categories.get(visit.category))
    if (missing.length > 0) throw new DomainError('visit.requirements-missing', { missing })
    work.settleTasks(subject, ['visit.waiting', ...withHost], 'met')
    return { to: 'with_host', action: 'visit.met', patch: { met_at: work.now } }
  })
}

/** V17: the desk reminds by hand; the notification goes out like the automatic one. */
export async function remind(ctx: Ctx, { params }: RouteInput<typeof stay.remind>): Promise<VisitCard> {
  return step(ctx, params.id, 'edit', async ({ visit }) => {
    if (visit.status !== 'asking' && visit.status !== 'admitted') {
      throw new DomainError('transition.refused', { from: visit.status, command: 'remind' })
    }
    const asked = visit.status === 'asking' ? visit.asked_id : (visit.receiver_id ?? visit.host_id)
    return { action: 'visit.waiting-reminded', data: { remindedId: asked } }
  })
}

/** V10: the host signs; after the exit the same act is the late signature and settles the task. */
export async function sign(ctx: Ctx, { params, body }: RouteInput<typeof stay.sign>): Promise<VisitCard> {
  const late = await isLate(ctx, params.id)
  return step(ctx, params.id, late ? 'signLate' : 'sign', async ({ work, visit, viewer, subject }) => {
    if (late && !visit.late_signature) {
      throw new DomainError('transition.refused', { from: visit.status, command: 'signLate' })
    }
    work.settleTasks(subject, late ? ['visit.late-signature'] : ['visit.waiting'], 'signed')
    const signature: VisitPatch = {
      signed_at: work.now,
      signed_by: viewer.id,
      signed_by_name: ctx.actor.name,
      sign_note: body.note,
    }
    if (late) return { action: 'visit.late-signed', patch: { ...signature, late_signature: false } }
    return {
      to: 'signed_off',
      action: 'visit.signed',
      patch: { ...signature, ...(visit.met_at === null ? { met_at: visit.admitted_at } : {}) },
    }
  })
}

/** Which act it is depends on the state; the lock inside `step` decides whether that is still true. */
async function isLate(ctx: Ctx, id: string): Promise<boolean> {
  const row = await ctx.kernel.sql.maybe(findVisit(ctx.siteId, id))
  return row?.status === 'left'
}

/** Corrections: the original stays in the journal, an older picture is refused (G4). */
export async function edit(ctx: Ctx, { params, body }: RouteInput<typeof visits.edit>): Promise<VisitCard> {
  const phone = body.phone === undefined ? undefined : normalisePhone(body.phone, 'phone')
  const plate = body.plate === undefined ? undefined : plateOf(ctx, body.plate, body.plateForeign)
  return step(ctx, params.id, 'edit', async (at) => {
    const { house, visit } = at
    mustBeVersion(visit.version, body.version)
    const category =
      body.kind === undefined && body.category === undefined
        ? undefined
        : categoryOf(house, body.kind ?? visit.kind, body.category)
    const validUntil = body.validUntil === undefined ? undefined : new Date(body.validUntil)
    if (validUntil !== undefined) extend(at, validUntil)
    const areas = await correctedAreas(at.work, visit, body)
    const change: Change = {
      action: 'visit.edited',
      patch: {
        ...simpleColumns(body),
        ...movedTo(visit, body),
        ...(areas === undefined ? {} : { areas: json(areas) }),
        ...(phone === undefined ? {} : { phone }),
        ...(plate === undefined ? {} : { plate }),
        ...(category === undefined ? {} : { kind: body.kind ?? visit.kind, category: category.key }),
        ...(validUntil === undefined ? {} : { valid_until: validUntil }),
        ...(await hostColumns(ctx, at, body.hostId, body.hostName)),
        ...(await escortColumns(ctx, at, body.escortId)),
      },
    }
    return namesSomebodyElse(body) ? await screenedChange(at, change, 'edited') : change
  })
}

/** Who it is has changed: the list is asked again (V12). */
function namesSomebodyElse(body: Edit): boolean {
  return [body.visitorName, body.organisation, body.phone, body.plate, body.companions].some(
    (part) => part !== undefined,
  )
}

async function screenedChange({ work, visit }: Step, change: Change, moment: Moment): Promise<Change> {
  const after = merge(visit, { ...change.patch, version: visit.version + 1 })
  if (!(await standsStill(work, after, moment))) return change
  return {
    ...change,
    to: heldColumns.status,
    patch: { ...change.patch, hold_reason: heldColumns.hold_reason },
  }
}

type Edit = RouteInput<typeof visits.edit>['body']

function simpleColumns(body: Edit): VisitPatch {
  const patch: VisitPatch = {}
  if (body.visitorName !== undefined) patch.visitor_name = body.visitorName
  if (body.organisation !== undefined) patch.organisation = body.organisation
  if (body.partySize !== undefined) patch.party_size = body.partySize
  if (body.companions !== undefined) patch.companions = json(body.companions)
  if (body.purpose !== undefined) patch.purpose = body.purpose
  if (body.topic !== undefined) patch.topic = body.topic
  if (body.note !== undefined) patch.note = body.note
  if (body.expectedAt !== undefined) patch.expected_at = new Date(body.expectedAt)
  return patch
}

/** Who has not come yet stands in the lists where they are expected; who has, where they came. */
function movedTo(visit: Step['visit'], { expectedAt }: Edit): VisitPatch {
  return expectedAt === undefined || visit.arrived_at !== null ? {} : { sort_at: new Date(expectedAt) }
}

/** A longer stay moves the alert along (V18). */
function extend({ work, house, visit, subject }: Step, validUntil: Date): void {
  if (validUntil <= work.now) {
    throw new DomainError('input.invalid', {}, [{ path: 'validUntil', code: 'in-the-past' }])
  }
  if (!['admitted', 'with_host', 'signed_off'].includes(visit.status)) return
  work.cancelTasks(subject, ['visit.overstay'], 'extended')
  work.openTask(overstayTask(subjectOf(visit), validUntil, house.timings))
}

async function hostColumns(
  ctx: Ctx,
  { work, visit }: Step,
  hostId: string | null | undefined,
  hostName: string | undefined,
): Promise<VisitPatch> {
  if (hostId === undefined || hostId === visit.host_id)
    return hostName === undefined ? {} : { host_name: hostName }
  if (hostId === null) {
    return {
      host_id: null,
      host_name: hostName ?? '',
      host_department: '',
      host_department_id: null,
      host_extension: '',
    }
  }
  const host = await work.maybe(employeeCard(ctx.siteId, hostId))
  if (host === undefined)
    throw new DomainError('visit.host-unknown', {}, [{ path: 'hostId', code: 'unknown' }])
  return {
    host_id: host.id,
    host_name: host.name,
    host_department_id: host.departmentId,
    host_department: host.departmentName ?? '',
    host_extension: host.extension ?? '',
  }
}

async function escortColumns(
  ctx: Ctx,
  { work, visit }: Step,
  escortId: string | null | undefined,
): Promise<VisitPatch> {
  if (escortId === undefined) return {}
  if (escortId === null) {
    tellEscort(work, visit, null)
    return { escort_id: null, escort_name: '' }
  }
  const escort = await work.maybe(employeeCard(ctx.siteId, escortId))
  if (escort === undefined)
    throw new DomainError('visit.host-unknown', {}, [{ path: 'escortId', code: 'unknown' }])
  tellEscort(work, visit, escort)
  return { escort_id: escort.id, escort_name: escort.name }
}
