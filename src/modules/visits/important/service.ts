/** An important guest: the executive's word, the steps in and out (V7). */

import { may } from '../../../kernel/authorize.ts'
import type { RouteInput } from '../../../kernel/contract.ts'
import { DomainError } from '../../../kernel/errors.ts'
import { newId } from '../../../kernel/ids.ts'
import { type Ctx, command, type Work } from '../../../kernel/work/command.ts'
import { employeeCard } from '../../directory/public.ts'
import { begin, taskSubject } from '../arrival/begin.ts'
import { categoryOf, type House, houseOf } from '../house.ts'
import { normalisePhone } from '../people.ts'
import { type Change, type Step, stepAnswering, subjectOf } from '../step.ts'
import { nextNumber, type VisitPatch } from '../store.ts'
import { plus } from '../tasks.ts'
import { showPlate } from '../vehicles/rules.ts'
import { mustBePlate } from '../vehicles/service.ts'
import { driversTold, insertVehicle, vehiclesOf } from '../vehicles/store.ts'
import { type Attendance, attendanceOf } from './attendance.ts'
import type { important, Reception } from './contract.ts'
import { courseOf, lastStep, presentReception } from './reading.ts'
import { mayTakeBack, mayWarn, possibleSteps, type ReceptionStep } from './rules.ts'
import { importantSetting } from './settings.ts'
import * as store from './store.ts'
import { departureTask, openArrival, warningTask } from './tasks.ts'

/** The site's kind for such guests, else the first of an important category, else the first. */
function kindFor(house: House, wanted: string): string {
  if (house.kinds.has(wanted)) return wanted
  const kinds = [...house.kinds.values()]
  const found = kinds.find((kind) => house.categories.get(kind.category)?.important === true)
  return (found ?? kinds[0])?.key ?? ''
}

function mustBeExecutive(ctx: Ctx, who: string, attendance: Attendance): void {
  const announcer = {
    employeeId: ctx.actor.employeeId,
    atDesk: may(ctx, 'visit.register'),
    director: (ctx.actor.roles.get(ctx.siteId) ?? []).includes('director'),
  }
  const { secretaries, listed } = attendance
  if (!mayWarn(announcer, { id: who, secretaries, listed })) throw new DomainError('visit.not-executive')
}

export async function warn(
  ctx: Ctx,
  { body }: Pick<RouteInput<typeof important.warn>, 'body'>,
): Promise<Reception> {
  const house = await houseOf(ctx)
  const rules = await ctx.kernel.settings.get(ctx.siteId, importantSetting)
  const kind = kindFor(house, rules.kind)
  const category = categoryOf(house, kind, undefined)
  const plates = [...new Set(body.plates.map((text, at) => mustBePlate(text, body.foreign, `plates.${at}`)))]
  const driverPhone = normalisePhone(body.driverPhone, 'driverPhone')
  const hostId = body.hostId ?? ctx.actor.employeeId
  if (hostId === null) throw new DomainError('visit.host-unknown', {}, [{ path: 'hostId', code: 'required' }])
  const id = body.id ?? newId()
  return command(ctx, async (work) => {
    const [host, attendance, { number }] = await Promise.all([
      work.maybe(employeeCard(ctx.siteId, hostId)),
      attendanceOf(ctx.kernel, work, ctx.siteId, hostId),
      work.one(nextNumber),
    ])
    if (host === undefined)
      throw new DomainError('visit.host-unknown', {}, [{ path: 'hostId', code: 'unknown' }])
    mustBeExecutive(ctx, host.id, attendance)
    const expectedAt = body.expectedAt === undefined ? work.now : new Date(body.expectedAt)
    const guest = body.guestName || (host.language === 'en' ? `Guest of ${host.name}` : `${host.name}的客人`)
    const details = {
      id,
      visitorName: guest,
      organisation: body.organisation,
      phone: '',
      partySize: body.partySize,
      companions: [],
      purpose: '',
      kind,
      hostName: '',
      plate: plates[0] ?? '',
      note: body.note,
      driverName: body.driverName,
      driverPhone,
    }
    const validUntil = plus(
      new Date(Math.max(expectedAt.getTime(), work.now.getTime())),
      category.stayMinutes,
    )
    const visit = await begin(ctx, work, house, category, details, {
      host,
      number,
      status: 'expected',
      action: 'visit.announced',
      expectedAt,
      validUntil,
    })
    for (const plate of plates.slice(1)) {
      const car = {
        id: newId(),
        siteId: ctx.siteId,
        visitId: id,
        plate,
        driverName: '',
        driverPhone: '',
        inAt: null,
      }
      work.write(insertVehicle({ ...car, at: work.now }))
    }
    const by = ctx.actor.employeeId ?? ctx.actor.id
    work.write(store.insertWarning(ctx.siteId, id, work.now, by, ctx.actor.name, body.parkingWish))
    const subject = taskSubject(id, number, details, host)
    work.openTask(warningTask(subject, work.now, rules, plates.map(showPlate).join(' ')))
    work.journal({
      entity: 'visit',
      entityId: id,
      action: 'visit.warned',
      version: 1,
      data: { plates: plates.map(showPlate), people: [host.id] },
    })
    return {
      visit,
      warned: { at: work.now.toISOString(), byName: ctx.actor.name },
      parkingWish: body.parkingWish,
      parkingPlace: '',
      vehicles: [],
      acknowledged: null,
      ledIn: null,
      leaving: null,
      gateTold: null,
      driverTold: null,
      note: body.note,
      steps: may(ctx, 'visit.register') ? ['acknowledge'] : [],
      undo: null,
    }
  })
}

/** Both halves of a step: what the visit says, and which promise is kept or made by it. */
function course(at: Step, step: ReceptionStep, rules: Attendance['rules'], car: boolean): Change {
  const { work, visit, subject } = at
  const who = subjectOf(visit)
  switch (step) {
    case 'acknowledge':
      work.settleTasks(subject, ['visit.warning'], 'acknowledged')
      return { action: 'visit.warning-acknowledged' }
    case 'lead-in':
      work.settleTasks(subject, ['visit.lead-in', 'visit.warning'], 'led in')
      return { action: 'visit.led-in', patch: { led_in_at: work.now } }
    case 'leaving':
      work.settleTasks(
        subject,
        ['visit.lead-in', 'visit.guest-here', 'visit.guest-office', 'visit.waiting'],
        'leaving',
      )
      work.openTask(departureTask('visit.gate-told', who, work.now, rules))
      return { action: 'visit.leaving', patch: { leaving_at: work.now } }
    case 'gate-told':
      work.settleTasks(subject, ['visit.gate-told'], 'told')
      work.openTask(departureTask(car ? 'visit.driver-told' : 'visit.car-out', who, work.now, rules))
      return { action: 'visit.gate-told', patch: { gate_told_at: work.now } }
    case 'driver-told':
      work.settleTasks(subject, ['visit.driver-told'], 'told')
      work.write(driversTold(visit.id, work.now, null))
      work.openTask(departureTask('visit.car-out', who, work.now, rules))
      return { action: 'visit.driver-told', patch: { driver_told_at: work.now } }
  }
}

/** The step as it was before: what it settled is owed again. */
function back(at: Step, step: ReceptionStep, attendance: Attendance, plates: string): VisitPatch {
  const { work, visit, subject } = at
  const who = subjectOf(visit)
  const { rules } = attendance
  switch (step) {
    case 'acknowledge':
      work.openTask(warningTask(who, work.now, rules, plates))
      return {}
    case 'lead-in':
      if (visit.status === 'admitted') reopenLeadIn(work, at, attendance)
      return { led_in_at: null }
    case 'leaving':
      work.cancelTasks(subject, ['visit.gate-told'], 'undone')
      if (visit.status === 'admitted') openArrival(work, who, attendance)
      return { leaving_at: null }
    case 'gate-told':
      work.cancelTasks(subject, ['visit.driver-told', 'visit.car-out'], 'undone')
      work.openTask(departureTask('visit.gate-told', who, work.now, rules))
      return { gate_told_at: null }
    case 'driver-told':
      work.cancelTasks(subject, ['visit.car-out'], 'undone')
      work.write(driversTold(visit.id, null, visit.driver_told_at))
      work.openTask(departureTask('visit.driver-told', who, work.now, rules))
      return { driver_told_at: null }
  }
}

function reopenLeadIn(work: Work, { visit, subject }: Step, attendance: Attendance): void {
  work.cancelTasks(subject, ['visit.guest-here', 'visit.guest-office'], 'undone')
  openArrival(work, subjectOf(visit), attendance)
}

async function around(ctx: Ctx, { work, visit }: Step) {
  const [[row], vehicles, attendance] = await Promise.all([
    work.all(store.receptionsOf(ctx.siteId, [visit.id])),
    work.all(vehiclesOf(ctx.siteId, [visit.id])),
    attendanceOf(ctx.kernel, work, ctx.siteId, visit.receiver_id ?? visit.host_id),
  ])
  return { row, vehicles, attendance }
}

const nothing = (visitId: string): store.ReceptionRow => ({
  visit_id: visitId,
  warned_at: null,
  warned_by: null,
  warned_by_name: '',
  parking_wish: '',
  acknowledged_at: null,
  acknowledged_by_name: '',
  led_in_by_name: '',
  leaving_by_name: '',
  gate_told_by_name: '',
  driver_told_by_name: '',
  last_step: null,
  last_step_at: null,
  last_step_by: null,
})

const nameColumn = {
  acknowledge: 'acknowledged_by_name',
  'lead-in': 'led_in_by_name',
  leaving: 'leaving_by_name',
  'gate-told': 'gate_told_by_name',
  'driver-told': 'driver_told_by_name',
} as const satisfies Record<ReceptionStep, keyof store.ReceptionRow>

/** V7: each step is one key; of two who press it at once one does it, the other hears that it is done. */
export async function stepTaken(
  ctx: Ctx,
  { params, body }: RouteInput<typeof important.step>,
): Promise<Reception> {
  let found: Awaited<ReturnType<typeof around>> | undefined
  return stepAnswering(
    ctx,
    params.id,
    'edit',
    async (at) => {
      found = await around(ctx, at)
      const where = courseOf(at.visit, found.row, found.vehicles)
      const allowed = possibleSteps(where)
      if (!allowed.includes(body.done)) throw new DomainError('visit.step-order', { step: body.done })
      const acknowledgedAt = body.done === 'acknowledge' ? at.work.now : (found.row?.acknowledged_at ?? null)
      const mark = {
        step: body.done,
        at: at.work.now,
        by: at.viewer.id,
        byName: ctx.actor.name,
        acknowledgedAt,
      }
      at.work.write(store.markStep(ctx.siteId, at.visit.id, body.done, mark))
      found.row = {
        ...(found.row ?? nothing(at.visit.id)),
        acknowledged_at: acknowledgedAt,
        [nameColumn[body.done]]: ctx.actor.name,
        last_step: body.done,
        last_step_at: at.work.now,
        last_step_by: at.viewer.id,
      }
      return course(at, body.done, found.attendance.rules, where.car)
    },
    (after, lens) => presentReception(ctx, lens, after, found?.row, found?.vehicles ?? []),
  )
}

export async function takeBack(
  ctx: Ctx,
  { params }: RouteInput<typeof important.takeBack>,
): Promise<Reception> {
  let found: Awaited<ReturnType<typeof around>> | undefined
  return stepAnswering(
    ctx,
    params.id,
    'edit',
    async (at) => {
      found = await around(ctx, at)
      const last = lastStep(found.row)
      const { undoMinutes } = at.house.timings
      if (
        last === null ||
        at.visit.status === 'left' ||
        !mayTakeBack(last, at.viewer.id, at.work.now, undoMinutes)
      )
        throw new DomainError('visit.step-too-late', { minutes: undoMinutes })
      const acknowledgedAt = last.step === 'acknowledge' ? null : (found.row?.acknowledged_at ?? null)
      const mark = { step: null, at: null, by: null, byName: '', acknowledgedAt }
      at.work.write(store.markStep(ctx.siteId, at.visit.id, last.step, mark))
      const plates = found.vehicles.map((one) => showPlate(one.plate)).join(' ')
      found.row = {
        ...(found.row ?? nothing(at.visit.id)),
        acknowledged_at: acknowledgedAt,
        [nameColumn[last.step]]: '',
        last_step: null,
        last_step_at: null,
        last_step_by: null,
      }
      return {
        action: 'visit.step-undone',
        patch: back(at, last.step, found.attendance, plates),
        data: { step: last.step },
      }
    },
    (after, lens) => presentReception(ctx, lens, after, found?.row, found?.vehicles ?? []),
  )
}
