/**
 * V15: somebody unannounced says to be important. Calm words, contact with whoever is in charge, an explicit instruction,
 * and only then the act; the trigger `visit_unannounced_guard` lets nobody in without one.
 */
import type { RouteInput } from '../../../kernel/contract.ts'
import type { Sql } from '../../../kernel/db/sql.ts'
import { DomainError, fail } from '../../../kernel/errors.ts'
import { newId } from '../../../kernel/ids.ts'
import { entriesOf } from '../../../kernel/journal/store.ts'
import { type Ctx, command, query, type Work } from '../../../kernel/work/command.ts'
import { employeeCard } from '../../directory/public.ts'
import { begin, taskSubject } from '../arrival/begin.ts'
import type { VisitCard } from '../card/contract.ts'
import { writeHop } from '../consent.ts'
import { type House, houseOf, lensOf } from '../house.ts'
import { guestIsHere } from '../important/arrived.ts'
import { importantSetting } from '../important/settings.ts'
import { presentCard, visitNumber } from '../present.ts'
import { type Askee, askeeOf } from '../routes/resolve.ts'
import type { HopResult } from '../routes/rules.ts'
import { endHop, hopsOf } from '../routes/store.ts'
import { type Change, type Step, stepAnswering, subjectOf } from '../step.ts'
import { findVisit, nextNumber } from '../store.ts'
import { openStay, plus, type TaskSubject } from '../tasks.ts'
import { chain, dutyManager, named, ownerOf } from './charge.ts'
import type { UnannouncedVisit, unannounced } from './contract.ts'
import { lackingIn, outcomeOf } from './rules.ts'
import * as store from './store.ts'

/** Somebody owes a word; after the time the duty manager does. */
async function openInstruction(
  work: Work,
  visit: TaskSubject,
  charge: Pick<Askee, 'kind' | 'id'>,
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
    owner: ownerOf(charge),
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
  house: House,
  visit: VisitCard,
  row: store.UnannouncedRow,
): Promise<UnannouncedVisit> {
  const [{ unannounced: rules }, entries, charge, hops, next] = await Promise.all([
    ctx.kernel.settings.get(ctx.siteId, importantSetting),
    sql.all(entriesOf('visit', row.visit_id, 200)),
    row.charge_kind === 'person' ? sql.maybe(employeeCard(ctx.siteId, row.charge_id)) : undefined,
    sql.all(hopsOf(row.visit_id)),
    visit.status === 'held' ? following(ctx, sql, house, visit, row) : undefined,
  ])
  const hop = hops.find((one) => one.asked_id === row.charge_id)
  const text = (value: unknown) => (typeof value === 'string' ? value : '')
  return {
    visit,
    claim: row.claim,
    charge: {
      kind: row.charge_kind,
      id: row.charge_id,
      name: row.charge_name,
      extension: charge?.extension ?? hop?.extension ?? '',
    },
    next: next === undefined ? null : { name: next.name, extension: next.extension },
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
    const said = { ...body, kind: chosen.key, category }
    const [{ route, people }, { number }, wanted] = await Promise.all([
      chain(ctx, work, house, said),
      work.one(nextNumber),
      body.chargeId === null ? undefined : named(ctx, work, body.chargeId, 'chargeId'),
    ])
    const charge = wanted ?? people[0] ?? fail('entity.not-found')
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
      route: wanted === undefined ? route : '',
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
    writeHop(work, id, charge)
    await openInstruction(work, taskSubject(id, number, details, host), charge)
    const shown = await present(ctx, work, house, visit, row)
    // The hop goes out with the commit: its telephone is not there to be read yet.
    return { ...shown, charge: { ...shown.charge, extension: charge.extension } }
  })
}

async function held({ work, visit }: Step): Promise<store.UnannouncedRow> {
  const row = await work.maybe(store.unannouncedOf(visit.site_id, visit.id))
  if (row === undefined || visit.status !== 'held') throw new DomainError('visit.not-unannounced')
  return row
}

/** Of the table's order the first who has not been tried; nobody when the duty manager has been. */
async function following(
  ctx: Ctx,
  sql: Sql,
  house: House,
  visit: Pick<VisitCard, 'id' | 'kind' | 'category' | 'visitorName' | 'organisation'>,
  { claim, charge_id: now }: store.UnannouncedRow,
): Promise<Askee | undefined> {
  const category = house.categories.get(visit.category)
  if (category === undefined) return undefined
  const [{ people }, tried] = await Promise.all([
    chain(ctx, sql, house, { ...visit, category, claim }),
    sql.all(hopsOf(visit.id)),
  ])
  return people.find(({ id }) => id !== now && !tried.some((one) => one.asked_id === id))
}

const heard: Readonly<Record<'no-answer' | 'busy' | 'absent', HopResult>> = {
  'no-answer': 'no-answer',
  busy: 'busy',
  absent: 'no-answer',
}

/** Who was tried is on record; who was not reached is followed by the next of the table, or by whoever is named. */
export async function contact(
  ctx: Ctx,
  { params, body }: RouteInput<typeof unannounced.contact>,
): Promise<UnannouncedVisit> {
  const { result, nextId } = body
  await stepAnswering(
    ctx,
    params.id,
    'edit',
    async (at) => {
      const { work, visit, house } = at
      const row = await held(at)
      const facts = { id: visit.id, kind: visit.kind, category: visit.category }
      const who = { visitorName: visit.visitor_name, organisation: visit.organisation }
      const next =
        nextId !== undefined
          ? await named(ctx, work, nextId, 'nextId')
          : result === 'reached'
            ? undefined
            : await following(ctx, work, house, { ...facts, ...who }, row)
      if (result !== 'reached' || next !== undefined) {
        const end = result === 'reached' ? 'passed' : heard[result]
        work.write(endHop(visit.id, { ...ended(at, end), note: '' }))
      }
      if (next !== undefined) {
        work.cancelTasks(at.subject, ['visit.instruction'], 'somebody else is asked')
        await openInstruction(work, subjectOf(visit), next)
        const charge = { charge_kind: next.kind, charge_id: next.id, charge_name: next.name }
        work.write(store.putUnannounced(ctx.siteId, { ...row, ...charge }))
        writeHop(work, visit.id, next)
      }
      return {
        action: 'visit.contacted',
        data: {
          name: row.charge_name,
          result,
          ...(next === undefined ? {} : { nextName: next.name }),
        },
      }
    },
    (after) => ({ id: after.id }),
  )
  return get(ctx, { params })
}

const ended = ({ work }: Step, result: HopResult, how: string | null = 'phone') => ({
  result,
  at: work.now,
  byName: work.ctx.actor.name,
  how,
})

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
      await endOfAsking(at, row, giver === undefined ? undefined : askeeOf('hand', giver), {
        ...{ outcome, how: body.how, words: body.words },
      })
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

const results = { admit: 'agreed', refuse: 'declined', wait: 'wait' } as const

/** The one asked has answered; an instruction by somebody else is a hop of its own, and who was asked is passed over. */
async function endOfAsking(
  at: Step,
  row: store.UnannouncedRow,
  giver: Askee | undefined,
  given: Pick<Given, 'outcome' | 'how' | 'words'>,
): Promise<void> {
  const { work, visit } = at
  const result = results[given.outcome]
  const open = (await work.all(hopsOf(visit.id))).some((hop) => hop.result === null)
  const another = giver !== undefined && giver.id !== row.charge_id
  if (open) {
    const end = another ? ended(at, 'passed', null) : ended(at, result, given.how)
    work.write(endHop(visit.id, { ...end, note: another ? '' : given.words }))
  }
  if (another) writeHop(work, visit.id, giver, { result, how: given.how })
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
  return present(ctx, sql, house, presentCard(visit, lens), row)
}
