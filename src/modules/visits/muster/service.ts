/** Use cases of an evacuation (V18): start, mark, add, end, what became of the missing. */
import { may } from '../../../kernel/authorize.ts'
import type { RouteInput } from '../../../kernel/contract.ts'
import type { Sql } from '../../../kernel/db/sql.ts'
import { DomainError, fail } from '../../../kernel/errors.ts'
import { newId } from '../../../kernel/ids.ts'
import { type Ctx, command, query, type Work } from '../../../kernel/work/command.ts'
import { staffMembers } from '../../directory/public.ts'
import type { MusterCard, MusterPersonCard, musters } from './contract.ts'
import { boundedTime, mergeMarks, standing } from './marks.ts'
import { type MusterRights, musterRights } from './policy.ts'
import { presentInside, presentMuster, presentPerson } from './present.ts'
import { type MusterRules, musterSetting } from './settings.ts'
import { peopleInside } from './sources.ts'
import * as store from './store.ts'

/** A device may come back from the basement hours later; after a day the report stands. */
const lateHours = 24

/** Before the transaction: a setting not yet in memory takes a connection of its own, and twenty would wait for each other. */
function rulesOf(ctx: Ctx): Promise<MusterRules> {
  return ctx.kernel.settings.get(ctx.siteId, musterSetting)
}

async function rightsOf(ctx: Ctx, sql: Sql, rules: MusterRules): Promise<MusterRights> {
  const { employeeId, roles } = ctx.actor
  const [me] =
    rules.wardens.length === 0 || employeeId === null
      ? []
      : await sql.all(staffMembers(ctx.siteId, [employeeId]))
  return musterRights(rules, {
    roles: roles.get(ctx.siteId) ?? [],
    leads: may(ctx, 'muster.lead'),
    reads: may(ctx, 'muster.read'),
    number: me?.number ?? '',
  })
}

const refused = () => new DomainError('muster.not-allowed')

export async function current(ctx: Ctx) {
  const sql = query(ctx)
  const rules = await rulesOf(ctx)
  const [rights, row] = await Promise.all([
    rightsOf(ctx, sql, rules),
    sql.maybe(store.runningMuster(ctx.siteId)),
  ])
  const { employeeId } = ctx.actor
  const me =
    row === undefined || employeeId === null || !(rules.selfMark || rights.mark)
      ? undefined
      : await sql.maybe(store.personOfEmployee(row.id, employeeId))
  return {
    muster: row === undefined ? null : presentMuster(row),
    me: me ?? null,
    points: rules.points,
    rights,
  }
}

export async function inside(ctx: Ctx) {
  const sql = query(ctx)
  const rules = await rulesOf(ctx)
  const rights = await rightsOf(ctx, sql, rules)
  if (!rights.read) throw refused()
  const items = await peopleInside(sql, ctx.siteId, rules.staff)
  return { at: ctx.kernel.clock.now().toISOString(), items: items.map(presentInside) }
}

/** The index `muster_running` lets one of twenty through; the others learn that it runs. */
export async function start(ctx: Ctx, { body }: RouteInput<typeof musters.start>): Promise<MusterCard> {
  const rules = await rulesOf(ctx)
  return command(ctx, async (work) => {
    const rights = await rightsOf(ctx, work, rules)
    if (!rights.start) throw refused()
    const people = await peopleInside(work, ctx.siteId, rules.staff)
    const row = {
      id: body.id ?? newId(),
      site_id: ctx.siteId,
      kind: body.kind,
      status: 'running' as const,
      note: body.note,
      revision: 1,
      started_at: work.now,
      started_by: ctx.actor.employeeId ?? ctx.actor.id,
      started_by_name: ctx.actor.name,
      ended_at: null,
      ended_by_name: '',
      end_note: '',
    }
    work.write(store.insertMuster(row))
    if (people.length > 0) {
      work.write(
        store.insertPeople(
          row.id,
          people.map((person) => ({ ...person, id: newId() })),
          { at: work.now, by: ctx.actor.name, how: 'frozen', revision: 1 },
        ),
      )
    }
    work.journal({
      entity: 'muster',
      entityId: row.id,
      action: 'muster.started',
      after: { kind: row.kind, people: people.length, note: row.note },
    })
    return presentMuster({ ...row, total: people.length, safe: 0, safe_at_end: 0 })
  })
}

export interface ComingMark extends Omit<store.MarkRow, 'at'> {
  readonly at: number
  readonly byId: string
}

/**
 * Takes marks in under the muster's lock and folds each person's whole set anew.
 * @returns the people who stand differently now
 */
export async function takeMarks(
  work: Work,
  muster: store.MusterRow,
  people: readonly store.PersonRow[],
  marks: readonly ComingMark[],
  revision: number,
): Promise<store.PersonRow[]> {
  const known = await work.all(store.marksOf(people.map(({ id }) => id)))
  const startedAt = muster.started_at.getTime()
  const coming = marks.map((mark) => ({
    ...mark,
    at: boundedTime(mark.at, startedAt, work.now.getTime()),
  }))
  const after = people.map((person): store.PersonRow => {
    const mine = <M extends { personId: string }>(all: readonly M[]) =>
      all.filter((mark) => mark.personId === person.id)
    const old = mine(known).map((mark) => ({ ...mark, at: mark.at.getTime() }))
    const { safe, by, missingAt } = standing(mergeMarks(old, mine(coming)))
    return {
      ...person,
      safe,
      marked_at: by === null ? null : new Date(by.at),
      marked_by_name: by?.byName ?? '',
      point: by?.point ?? '',
      missing_at: missingAt === null ? null : new Date(missingAt),
    }
  })
  work.write(
    store.insertMarks(
      muster.id,
      coming.map((mark) => ({ ...mark, at: new Date(mark.at) })),
      work.now,
    ),
  )
  work.write(
    store.saveStandings(
      after.map((person) => ({
        id: person.id,
        safe: person.safe,
        markedAt: person.marked_at,
        markedByName: person.marked_by_name,
        point: person.point,
        missingAt: person.missing_at,
      })),
      revision,
    ),
  )
  return after
}

/** @throws DomainError `muster.over` when the report stands */
async function lockOpen(work: Work, id: string): Promise<store.MusterRow> {
  const muster = await work.maybe(store.lockMuster(work.ctx.siteId, id))
  if (muster === undefined) return fail('entity.not-found')
  const { ended_at: ended } = muster
  if (ended !== null && work.now.getTime() - ended.getTime() > lateHours * 3_600_000)
    throw new DomainError('muster.over')
  return muster
}

const byOf = (ctx: Ctx) => ({ byId: ctx.actor.employeeId ?? ctx.actor.id, byName: ctx.actor.name })

export async function mark(ctx: Ctx, { params, body }: RouteInput<typeof musters.mark>) {
  const rules = await rulesOf(ctx)
  return command(ctx, async (work) => {
    const [muster, rights] = await Promise.all([lockOpen(work, params.id), rightsOf(ctx, work, rules)])
    const wanted = [...new Set(body.marks.map(({ personId }) => personId))]
    const people = await work.all(store.peopleById(muster.id, wanted))
    const { employeeId } = ctx.actor
    const own = (person: store.PersonRow) =>
      rules.selfMark && person.kind === 'staff' && employeeId !== null && person.subject_id === employeeId
    if (!rights.mark && !people.every(own)) throw refused()
    if (people.length === 0) return fail('entity.not-found')
    const there = new Map(people.map((person) => [person.id, person]))
    const revision = muster.revision + 1
    const marks = body.marks.flatMap((one): ComingMark[] => {
      const person = there.get(one.personId)
      if (person === undefined) return []
      return [{ ...one, ...byOf(ctx), at: Date.parse(one.at), how: own(person) ? 'self' : 'person' }]
    })
    const after = await takeMarks(work, muster, people, marks, revision)
    work.write(store.setRevision(muster.id, revision))
    work.journal({
      entity: 'muster',
      entityId: muster.id,
      action: 'muster.marked',
      version: revision,
      data: {
        safe: after.filter((person) => person.safe).length,
        missing: after.filter((person) => !person.safe).length,
      },
    })
    return { revision, items: after.map(presentPerson) }
  })
}

/** Somebody stands at the assembly point whom no list knows: on it now, and safe. */
export async function add(ctx: Ctx, { params, body }: RouteInput<typeof musters.add>) {
  const rules = await rulesOf(ctx)
  return command(ctx, async (work) => {
    const [muster, rights] = await Promise.all([lockOpen(work, params.id), rightsOf(ctx, work, rules)])
    if (!rights.mark) throw refused()
    const revision = muster.revision + 1
    const by = byOf(ctx)
    const at = boundedTime(Date.parse(body.at), muster.started_at.getTime(), work.now.getTime())
    const person: store.PersonRow = {
      id: body.id ?? newId(),
      muster_id: muster.id,
      kind: 'other',
      subject_id: null,
      place: 0,
      name: body.name,
      organisation: body.organisation,
      host_name: '',
      detail: '',
      zone_zh: body.zone,
      zone_en: body.zone,
      added_at: work.now,
      added_by_name: by.byName,
      added_how: 'found',
      safe: false,
      marked_at: null,
      marked_by_name: '',
      point: '',
      missing_at: null,
      outcome: null,
      outcome_note: '',
      outcome_at: null,
      outcome_by_name: '',
    }
    work.write(
      store.insertPeople(
        muster.id,
        [
          {
            id: person.id,
            kind: 'other',
            subjectId: null,
            place: 0,
            name: body.name,
            organisation: body.organisation,
            hostName: '',
            detail: '',
            zoneZh: body.zone,
            zoneEn: body.zone,
          },
        ],
        { at: work.now, by: by.byName, how: 'found', revision },
      ),
    )
    const seen = {
      id: newId(),
      personId: person.id,
      safe: true,
      at,
      point: body.point,
      how: 'person' as const,
    }
    const after = await takeMarks(work, muster, [person], [{ ...seen, ...by }], revision)
    work.write(store.setRevision(muster.id, revision))
    work.journal({
      entity: 'muster',
      entityId: muster.id,
      action: 'muster.person-added',
      version: revision,
      after: { name: body.name },
    })
    return { revision, items: after.map(presentPerson) }
  })
}

export async function end(ctx: Ctx, { params, body }: RouteInput<typeof musters.end>): Promise<MusterCard> {
  const rules = await rulesOf(ctx)
  return command(ctx, async (work) => {
    const [locked, rights] = await Promise.all([
      work.maybe(store.lockMuster(ctx.siteId, params.id)),
      rightsOf(ctx, work, rules),
    ])
    if (!rights.end) throw refused()
    if (locked === undefined) return fail('entity.not-found')
    if (locked.status === 'ended') throw new DomainError('muster.ended')
    // Counted under the lock: nobody marks between the count and the end.
    const muster = await work.one(store.findMuster(ctx.siteId, params.id))
    const revision = muster.revision + 1
    const { byId, byName } = byOf(ctx)
    work.write(store.endMuster(muster.id, { at: work.now, by: byId, byName, note: body.note, revision }))
    work.journal({
      entity: 'muster',
      entityId: muster.id,
      action: 'muster.ended',
      version: revision,
      before: { status: 'running' },
      after: { status: 'ended', safe: muster.safe, missing: muster.total - muster.safe },
    })
    return presentMuster({
      ...muster,
      status: 'ended',
      ended_at: work.now,
      ended_by_name: byName,
      end_note: body.note,
      revision,
      safe_at_end: muster.safe,
    })
  })
}

export async function outcome(
  ctx: Ctx,
  { params, body }: RouteInput<typeof musters.outcome>,
): Promise<MusterPersonCard> {
  const rules = await rulesOf(ctx)
  return command(ctx, async (work) => {
    const [muster, rights] = await Promise.all([
      work.maybe(store.lockMuster(ctx.siteId, params.id)),
      rightsOf(ctx, work, rules),
    ])
    if (!rights.end) throw refused()
    const [person] = muster === undefined ? [] : await work.all(store.peopleById(muster.id, [params.person]))
    if (muster === undefined || person === undefined) return fail('entity.not-found')
    if (muster.status === 'running') throw new DomainError('muster.still-running')
    const revision = muster.revision + 1
    work.write(store.saveOutcome(person.id, { ...body, at: work.now, by: ctx.actor.name, revision }))
    work.write(store.setRevision(muster.id, revision))
    work.journal({
      entity: 'muster',
      entityId: muster.id,
      action: 'muster.outcome-recorded',
      version: revision,
      before: { name: person.name, outcome: person.outcome },
      after: { name: person.name, outcome: body.outcome },
    })
    return presentPerson({
      ...person,
      outcome: body.outcome,
      outcome_note: body.note,
      outcome_at: work.now,
      outcome_by_name: ctx.actor.name,
    })
  })
}

export async function people(ctx: Ctx, input: RouteInput<typeof musters.people>) {
  const sql = query(ctx)
  const rights = await rightsOf(ctx, sql, await rulesOf(ctx))
  if (!rights.mark && !rights.read) throw refused()
  // The muster first: what comes between the two reads is delivered again with the next revision.
  const muster = await sql.maybe(store.findMuster(ctx.siteId, input.params.id))
  if (muster === undefined) return fail('entity.not-found')
  const rows = await sql.all(store.peopleAfter(muster.id, input.query.after))
  return { revision: muster.revision, items: rows.map(presentPerson), muster: presentMuster(muster) }
}

export async function mayEnd(ctx: Ctx): Promise<boolean> {
  return (await rightsOf(ctx, query(ctx), await rulesOf(ctx))).end
}
