/**
 * V15: somebody unannounced says to be important. Calm words, contact with whoever is in charge, an explicit instruction,
 * and only then the act; the trigger `visit_unannounced_guard` lets nobody in without one.
 */
import type { RouteInput } from '../../../kernel/contract.ts'
import type { Sql } from '../../../kernel/db/sql.ts'
import { DomainError, fail } from '../../../kernel/errors.ts'
import { newId } from '../../../kernel/ids.ts'
import { entriesOf } from '../../../kernel/journal/store.ts'
import type { Owner } from '../../../kernel/tasks/rules.ts'
import { type Ctx, command, query, type Work } from '../../../kernel/work/command.ts'
import { employeeCard, staffNumbered } from '../../directory/public.ts'
import { begin, taskSubject } from '../arrival/begin.ts'
import type { VisitCard } from '../card/contract.ts'
import { houseOf, lensOf } from '../house.ts'
import { guestIsHere } from '../important/arrived.ts'
import { importantSetting } from '../important/settings.ts'
import { presentCard, visitNumber } from '../present.ts'
import { type Change, type Step, stepAnswering, subjectOf } from '../step.ts'
import { findVisit, nextNumber } from '../store.ts'
import { openStay, plus, type TaskSubject } from '../tasks.ts'
import type { UnannouncedVisit, unannounced } from './contract.ts'
import { lackingIn, outcomeOf } from './rules.ts'
import * as store from './store.ts'

interface Charge {
  readonly kind: 'person' | 'post'
  readonly id: string
  readonly name: string
}

const dutyManager: Owner = { kind: 'post', id: 'duty_manager' }

/** Whoever is named, else the one of the setting, else the duty manager. */
async function chargeOf(ctx: Ctx, sql: Sql, chargeId: string | null, path: string): Promise<Charge> {
  if (chargeId !== null) {
    const found = await sql.maybe(employeeCard(ctx.siteId, chargeId))
    if (found === undefined) throw new DomainError('visit.host-unknown', {}, [{ path, code: 'unknown' }])
    return { kind: 'person', id: found.id, name: found.name }
  }
  const { unannounced: rules } = await ctx.kernel.settings.get(ctx.siteId, importantSetting)
  const [set] = rules.inCharge === '' ? [] : await sql.all(staffNumbered(ctx.siteId, [rules.inCharge]))
  return set === undefined ? { ...dutyManager, name: '' } : { kind: 'person', id: set.id, name: set.name }
}

/** Somebody owes a word; after the time the duty manager does. */
async function openInstruction(
  work: Work,
  visit: TaskSubject,
  charge: Charge,
  minutes?: number,
): Promise<void> {
  const { unannounced: rules } = await work.ctx.kernel.settings.get(work.ctx.siteId, importantSetting)
  work.openTask({
    kind: 'visit.instruction',
    subject: { entity: 'visit', id: visit.id },
    facts: {
      number: visitNumber(visit.number),
      visitorName: visit.visitorName,
      organisation: visit.organisation,
    },
    owner: { kind: charge.kind, id: charge.id },
    dueAt: plus(work.now, minutes ?? rules.instructionMinutes),
    ladder: [
      ...(charge.id === dutyManager.id
        ? []
        : [{ afterMinutes: rules.instructionMinutes, owner: dutyManager }]),
      { afterMinutes: rules.instructionMinutes * 2, owner: { kind: 'post', id: 'office_admin' } },
    ],
  })
}

async function present(
  ctx: Ctx,
  sql: Sql,
  visit: VisitCard,
  row: store.UnannouncedRow,
): Promise<UnannouncedVisit> {
  const [{ unannounced: rules }, entries, charge] = await Promise.all([
    ctx.kernel.settings.get(ctx.siteId, importantSetting),
    sql.all(entriesOf('visit', row.visit_id, 200)),
    row.charge_kind === 'person' ? sql.maybe(employeeCard(ctx.siteId, row.charge_id)) : undefined,
  ])
  const text = (value: unknown) => (typeof value === 'string' ? value : '')
  return {
    visit,
    claim: row.claim,
    charge: {
      kind: row.charge_kind,
      id: row.charge_id,
      name: row.charge_name,
      extension: charge?.extension ?? '',
    },
    contacts: entries
      .filter((entry) => entry.action === 'visit.contacted')
      .reverse()
      .map((entry) => ({
        at: entry.at.toISOString(),
        name: text(entry.data?.name),
        result: text(entry.data?.result),
        byName: entry.actorName,
      })),
    instruction: row.instruction,
    words: row.instruction_words,
    instructedByName: row.instructed_by_name,
    instructedAt: row.instructed_at?.toISOString() ?? null,
    say: rules.say,
  }
}

export async function start(
  ctx: Ctx,
  { body }: Pick<RouteInput<typeof unannounced.begin>, 'body'>,
): Promise<UnannouncedVisit> {
  const house = await houseOf(ctx)
  const kind = [...house.kinds.values()].find((one) => house.categories.get(one.category)?.important === true)
  const chosen = kind ?? [...house.kinds.values()][0]
  const category = house.categories.get(chosen?.category ?? '')
  if (chosen === undefined || category === undefined) return fail('entity.not-found')
  const id = body.id ?? newId()
  return command(ctx, async (work) => {
    const [charge, { number }] = await Promise.all([
      chargeOf(ctx, work, body.chargeId, 'chargeId'),
      work.one(nextNumber),
    ])
    const host = charge.kind === 'person' ? await work.maybe(employeeCard(ctx.siteId, charge.id)) : undefined
    const details = {
      id,
      visitorName: body.visitorName,
      organisation: body.organisation,
      phone: '',
      partySize: body.partySize,
      companions: [],
      purpose: body.claim,
      kind: chosen.key,
      hostName: '',
      plate: '',
      note: '',
    }
    const visit = await begin(ctx, work, house, category, details, {
      host,
      number,
      status: 'held',
      holdReason: 'unannounced',
      action: 'visit.registered',
      expectedAt: null,
      validUntil: plus(work.now, category.stayMinutes),
    })
    const row: store.UnannouncedRow = {
      visit_id: id,
      claim: body.claim,
      charge_kind: charge.kind,
      charge_id: charge.id,
      charge_name: charge.name,
      instruction: null,
      instruction_words: '',
      instructed_by_name: '',
      instructed_how: null,
      instructed_at: null,
      recorded_by_name: '',
    }
    work.write(store.putUnannounced(ctx.siteId, row))
    await openInstruction(work, taskSubject(id, number, details, host), charge)
    return present(ctx, work, visit, row)
  })
}

async function held({ work, visit }: Step): Promise<store.UnannouncedRow> {
  const row = await work.maybe(store.unannouncedOf(visit.site_id, visit.id))
  if (row === undefined || visit.status !== 'held') throw new DomainError('visit.not-unannounced')
  return row
}

/** Nobody was reached: it is on record, and the next one is asked. */
export async function contact(
  ctx: Ctx,
  { params, body }: RouteInput<typeof unannounced.contact>,
): Promise<UnannouncedVisit> {
  await stepAnswering(
    ctx,
    params.id,
    'edit',
    async (at) => {
      const row = await held(at)
      const next = body.nextId === undefined ? null : await chargeOf(ctx, at.work, body.nextId, 'nextId')
      if (next !== null) {
        at.work.cancelTasks(at.subject, ['visit.instruction'], 'somebody else is asked')
        await openInstruction(at.work, subjectOf(at.visit), next)
        const charge = { charge_kind: next.kind, charge_id: next.id, charge_name: next.name }
        at.work.write(store.putUnannounced(ctx.siteId, { ...row, ...charge }))
      }
      return {
        action: 'visit.contacted',
        data: {
          name: row.charge_name,
          result: body.result,
          ...(next === null ? {} : { nextName: next.name }),
        },
      }
    },
    (after) => ({ id: after.id }),
  )
  return get(ctx, { params })
}

export async function instruct(
  ctx: Ctx,
  { params, body }: RouteInput<typeof unannounced.instruct>,
): Promise<UnannouncedVisit> {
  const lacking = lackingIn(body)
  if (lacking !== null) throw new DomainError('input.invalid', {}, [{ path: lacking, code: 'required' }])
  const outcome = outcomeOf(body)
  const order = outcome === 'admit' ? 'clear' : outcome === 'refuse' ? 'refuse' : 'edit'
  await stepAnswering(
    ctx,
    params.id,
    order,
    async (at) => {
      const row = await held(at)
      const giver =
        body.byId === undefined ? undefined : await at.work.maybe(employeeCard(ctx.siteId, body.byId))
      if (body.byId !== undefined && giver === undefined)
        throw new DomainError('visit.host-unknown', {}, [{ path: 'byId', code: 'unknown' }])
      const byName = giver?.name ?? (body.byName || row.charge_name)
      if (byName === '') throw new DomainError('input.invalid', {}, [{ path: 'byName', code: 'required' }])
      // Before the visit moves: the guard in the database looks here.
      at.work.write(
        store.putUnannounced(ctx.siteId, {
          ...row,
          instruction: body.instruction,
          instruction_words: body.words,
          instructed_by_name: byName,
          instructed_how: body.how,
          instructed_at: at.work.now,
          recorded_by_name: ctx.actor.name,
        }),
      )
      const data = { instruction: body.instruction, words: body.words, byName, how: body.how }
      return {
        data,
        ...(await carriedOut(ctx, at, row, { ...body, outcome, giver: giver?.id ?? null, byName })),
      }
    },
    (after) => ({ id: after.id }),
    // No hold of the watch list: the desk carries out what whoever is in charge has said.
    'edit',
  )
  return get(ctx, { params })
}

interface Given {
  readonly outcome: ReturnType<typeof outcomeOf>
  readonly words: string
  readonly how: 'phone' | 'in-person' | 'chat'
  readonly minutes?: number | undefined
  readonly giver: string | null
  readonly byName: string
}

async function carriedOut(ctx: Ctx, at: Step, row: store.UnannouncedRow, given: Given): Promise<Change> {
  const { work, visit, house, subject } = at
  const action = 'visit.instructed'
  work.settleTasks(subject, ['visit.instruction'], given.outcome)
  switch (given.outcome) {
    case 'admit': {
      openStay(work, subjectOf(visit), work.now, visit.valid_until ?? work.now, house.timings)
      await guestIsHere(ctx, work, house.categories.get(visit.category), visit)
      const consent = {
        consent_by: given.giver ?? (row.charge_kind === 'person' ? row.charge_id : null),
        consent_by_name: given.byName,
        consent_how: given.how,
        consent_at: work.now,
      }
      return { to: 'admitted', action, patch: { admitted_at: work.now, hold_reason: '', ...consent } }
    }
    case 'refuse':
      return { to: 'refused', action, patch: { refuse_reason: given.words || given.byName } }
    default: {
      const charge = { kind: row.charge_kind, id: row.charge_id, name: row.charge_name }
      await openInstruction(work, subjectOf(visit), charge, given.minutes)
      return { action }
    }
  }
}

export async function get(
  ctx: Ctx,
  { params }: Pick<RouteInput<typeof unannounced.get>, 'params'>,
): Promise<UnannouncedVisit> {
  const sql = query(ctx)
  const house = await houseOf(ctx)
  const [visit, row, lens] = await Promise.all([
    sql.maybe(findVisit(ctx.siteId, params.id)),
    sql.maybe(store.unannouncedOf(ctx.siteId, params.id)),
    lensOf(ctx, sql, house, ctx.kernel.clock.now()),
  ])
  if (visit === undefined || row === undefined) return fail('entity.not-found')
  return present(ctx, sql, presentCard(visit, lens), row)
}
