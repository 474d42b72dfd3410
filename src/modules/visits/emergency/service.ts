/** Emergency visits (V14): in at once, contacts told at once, written down afterwards. */
import { may } from '../../../kernel/authorize.ts'
import type { RouteAnswer, RouteInput } from '../../../kernel/contract.ts'
import { DomainError, fail } from '../../../kernel/errors.ts'
import { newId } from '../../../kernel/ids.ts'
import { type Ctx, command, query } from '../../../kernel/work/command.ts'
import { employeeCard, staffNumbered } from '../../directory/public.ts'
import { begin } from '../arrival/begin.ts'
import type { VisitCard } from '../card/contract.ts'
import { houseOf, lensOf } from '../house.ts'
import { normalisePhone } from '../people.ts'
import { bilingual, presentCard } from '../present.ts'
import { rememberPerson } from '../row.ts'
import { visitorId } from '../search.ts'
import type { Category } from '../settings.ts'
import { merge, stepAnswering } from '../step.ts'
import { nextNumber } from '../store.ts'
import { plus } from '../tasks.ts'
import { normalisePlate, readPlate } from '../vehicles/rules.ts'
import { mustBePlate } from '../vehicles/service.ts'
import { heldColumns, standsStill } from '../watch-list/screen.ts'
import type { EmergencyVisit, emergencies } from './contract.ts'
import { openRegistration } from './owed.ts'
import { registrationDue } from './rules.ts'
import { type Emergency, emergencySetting } from './settings.ts'
import * as store from './store.ts'

/** No house needs to foresee it among its categories: nothing is asked for on the way in, nothing on the way out. */
const category: Category = {
  key: 'emergency',
  name: { zh: '紧急', en: 'Emergency' },
  important: false,
  consent: 'never',
  slip: false,
  idCheck: false,
  pass: false,
  escort: false,
  signOff: false,
  refuseByDefault: false,
  required: [],
  areas: [],
  waitingPlace: { zh: '现场', en: 'On the spot' },
  stayMinutes: 240,
  steps: [],
}

interface Told {
  readonly name: string
  readonly phone: string
  /** Person or post whom the product tells; nobody for a bare telephone number. */
  readonly personId: string | null
  readonly post: string | null
}

async function contactsOf(ctx: Ctx, kind: Emergency['kinds'][number]): Promise<Told[]> {
  const numbers = kind.contacts.flatMap((one) => (one.by === 'person' ? [one.staffNumber] : []))
  const staff = numbers.length === 0 ? [] : await query(ctx).all(staffNumbered(ctx.siteId, numbers))
  return kind.contacts.flatMap((one): Told[] => {
    switch (one.by) {
      case 'post':
        return [{ name: '', phone: '', personId: null, post: one.post }]
      case 'person': {
        const found = staff.find((member) => member.number === one.staffNumber)
        return found === undefined ? [] : [{ name: found.name, phone: '', personId: found.id, post: null }]
      }
      default:
        return [{ name: one.name, phone: one.phone, personId: null, post: null }]
    }
  })
}

function toldOf(value: unknown): EmergencyVisit['told'] {
  if (!Array.isArray(value)) return []
  return value.map((one: Partial<Told>) => ({
    name: one.name || one.post || '',
    phone: one.phone ?? '',
    told: one.personId != null || one.post != null,
  }))
}

function present(ctx: Ctx, visit: VisitCard, row: store.EmergencyRow): EmergencyVisit {
  return {
    visit,
    kind: row.kind,
    kindName: bilingual(row.kind_name),
    place: row.place,
    told: toldOf(row.told),
    letInByName: row.let_in_by_name,
    dueAt: row.due_at.toISOString(),
    registeredAt: row.registered_at?.toISOString() ?? null,
    registeredByName: row.registered_by_name,
    can: { register: row.registered_at === null && may(ctx, 'visit.register') },
  }
}

export async function kinds(ctx: Ctx): Promise<RouteAnswer<typeof emergencies.kinds>> {
  const setting = await ctx.kernel.settings.get(ctx.siteId, emergencySetting)
  return { items: setting.kinds.map(({ key, name }) => ({ key, name })) }
}

export async function letIn(
  ctx: Ctx,
  { body }: Pick<RouteInput<typeof emergencies.letIn>, 'body'>,
): Promise<EmergencyVisit> {
  const [house, setting] = await Promise.all([
    houseOf(ctx),
    ctx.kernel.settings.get(ctx.siteId, emergencySetting),
  ])
  const kind = setting.kinds.find((one) => one.key === body.kind)
  if (kind === undefined)
    throw new DomainError('emergency.kind-unknown', {}, [{ path: 'kind', code: 'unknown' }])
  const told = await contactsOf(ctx, kind)
  const id = body.id ?? newId()
  return command(ctx, async (work) => {
    const { number } = await work.one(nextNumber)
    const by = ctx.actor.employeeId ?? ctx.actor.id
    const dueAt = registrationDue(work.now, null, setting)
    const details = {
      id,
      visitorName: kind.name.zh,
      organisation: '',
      phone: '',
      partySize: body.partySize,
      companions: [],
      purpose: body.place,
      kind: kind.key,
      hostName: '',
      // An unread plate stops nobody; it is checked when the visit is written down.
      plate: readPlate(body.plate, true)?.plate ?? normalisePlate(body.plate).slice(0, 12),
      note: '',
    }
    const visit = await begin(ctx, work, house, category, details, {
      host: undefined,
      number,
      // On the spot, not waiting for anybody.
      status: 'with_host',
      action: 'visit.registered',
      expectedAt: null,
      validUntil: plus(work.now, category.stayMinutes),
      emergency: true,
    })
    const row = {
      visit_id: id,
      kind: kind.key,
      kind_name: kind.name,
      place: body.place,
      told,
      let_in_by: by,
      let_in_by_name: ctx.actor.name,
      due_at: dueAt,
    }
    work.write(store.insertEmergency(ctx.siteId, row))
    openRegistration(work, {
      visit: { id, number, visitor_name: kind.name.zh },
      place: body.place,
      letInBy: ctx.actor.employeeId,
      dueAt,
    })
    work.journal({
      entity: 'visit',
      entityId: id,
      action: 'visit.emergency-let-in',
      version: 1,
      data: { kind: kind.name, place: body.place, told: told.length },
    })
    return present(ctx, visit, { ...row, registered_at: null, registered_by_name: '' })
  })
}

export async function register(
  ctx: Ctx,
  { params, body }: RouteInput<typeof emergencies.register>,
): Promise<EmergencyVisit> {
  const phone = normalisePhone(body.phone, 'phone')
  const plate = body.plate === '' ? '' : mustBePlate(body.plate, body.foreign)
  let row: store.EmergencyRow | undefined
  return stepAnswering(
    ctx,
    params.id,
    'edit',
    async ({ work, visit, subject }) => {
      const [found, host] = await Promise.all([
        work.maybe(store.emergencyOf(ctx.siteId, visit.id)),
        body.hostId === null ? undefined : work.maybe(employeeCard(ctx.siteId, body.hostId)),
      ])
      if (found === undefined) return fail('entity.not-found')
      if (found.registered_at !== null)
        throw new DomainError('emergency.registered', { by: found.registered_by_name })
      if (body.hostId !== null && host === undefined)
        throw new DomainError('visit.host-unknown', {}, [{ path: 'hostId', code: 'unknown' }])
      row = { ...found, registered_at: work.now, registered_by_name: ctx.actor.name }
      const who = {
        visitor_name: body.visitorName,
        organisation: body.organisation,
        phone,
        visitor_id: visitorId(ctx.siteId, body.visitorName, phone, body.organisation),
        plate: plate || visit.plate,
      }
      // The person comes before the visit that points at them.
      rememberPerson(work, { ...visit, ...who }, visit.arrived_at ?? work.now)
      // Whoever stood for them until now is nobody and has no car (G5).
      if (visit.visitor_id !== who.visitor_id) work.write(store.forgetStandIn(ctx.siteId, visit.visitor_id))
      work.write(store.markRegistered(visit.id, work.now, ctx.actor.name))
      work.settleTasks(subject, ['visit.emergency-registration'], 'registered')
      // V12: the name is known only now.
      const still = await standsStill(work, merge(visit, { ...who, version: visit.version + 1 }), 'edited')
      return {
        ...(still ? { to: heldColumns.status } : {}),
        action: 'visit.emergency-registered',
        patch: {
          ...who,
          ...(still ? { hold_reason: heldColumns.hold_reason } : {}),
          party_size: body.partySize,
          purpose: body.purpose,
          note: body.note,
          ...(host === undefined
            ? {}
            : {
                host_id: host.id,
                host_name: host.name,
                host_department_id: host.departmentId,
                host_department: host.departmentName ?? '',
                host_extension: host.extension ?? '',
              }),
        },
      }
    },
    (after, lens) => present(ctx, presentCard(after, lens), row ?? fail('entity.not-found')),
  )
}

const shownMs = 24 * 3_600_000

export async function list(ctx: Ctx): Promise<RouteAnswer<typeof emergencies.list>> {
  const sql = query(ctx)
  const now = ctx.kernel.clock.now()
  const house = await houseOf(ctx)
  const [visits, lens] = await Promise.all([
    sql.all(store.emergencies(ctx.siteId, new Date(now.getTime() - shownMs))),
    lensOf(ctx, sql, house, now),
  ])
  const ids = visits.map((one) => one.id)
  const rows = await sql.all(store.emergencyRows(ctx.siteId, ids))
  return {
    now: now.toISOString(),
    items: visits.flatMap((visit) => {
      const row = rows.find((one) => one.visit_id === visit.id)
      return row === undefined ? [] : [present(ctx, presentCard(visit, lens), row)]
    }),
  }
}
