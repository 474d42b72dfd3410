/** Staff on site (V18): signed in and out by tap, card or door; who is out on an errand does not count as inside. */
import type { RouteInput } from '../../../kernel/contract.ts'
import type { Sql } from '../../../kernel/db/sql.ts'
import { DomainError } from '../../../kernel/errors.ts'
import { type Ctx, command, query } from '../../../kernel/work/command.ts'
import { type StaffMember, staffFound, staffMembers, staffNumbered } from '../../directory/public.ts'
import type { StaffState, staffPresence } from './contract.ts'
import { outingLens } from './house.ts'
import { presentStaff } from './present.ts'
import { type Presence, type PresenceEvent, presenceAfter } from './rules.ts'
import * as store from './store.ts'

async function statesOf(
  ctx: Ctx,
  sql: Sql,
  people: readonly StaffMember[],
  now: Date,
): Promise<StaffState[]> {
  const ids = people.map(({ id }) => id)
  const [lens, presence, outings] = await Promise.all([
    outingLens(ctx, sql, now),
    sql.all(store.presenceOf(ctx.siteId, ids)),
    sql.all(store.openOutings(ctx.siteId, ids)),
  ])
  const present = new Map(presence.map((one) => [one.employeeId, one]))
  const out = new Map(outings.map((one) => [one.employee_id, one]))
  return people.map((person) => presentStaff(person, present.get(person.id), out.get(person.id), lens))
}

/** A card or staff number names exactly one; anything else is looked up as it is typed. */
export async function find(ctx: Ctx, input: RouteInput<typeof staffPresence.find>) {
  const sql = query(ctx)
  const { q } = input.query
  const [card] = await sql.all(store.cardsOf(ctx.siteId, [q]))
  const exact =
    card === undefined
      ? await sql.all(staffNumbered(ctx.siteId, [q]))
      : await sql.all(staffMembers(ctx.siteId, [card.employeeId]))
  const people = exact.length > 0 ? exact : await sql.all(staffFound(ctx.siteId, q))
  return { items: await statesOf(ctx, sql, people, ctx.kernel.clock.now()), byCard: exact.length === 1 }
}

export async function list(ctx: Ctx) {
  const sql = query(ctx)
  const [signed, out] = await Promise.all([
    sql.all(store.staffSignedIn(ctx.siteId)),
    sql.all(store.allOut(ctx.siteId)),
  ])
  const ids = [...new Set([...signed.map((one) => one.employeeId), ...out.map((one) => one.employee_id)])]
  const people = await sql.all(staffMembers(ctx.siteId, ids))
  const items = await statesOf(ctx, sql, people, ctx.kernel.clock.now())
  return {
    items,
    inside: items.filter((one) => one.inside === true).length,
    out: items.filter((one) => one.outing?.status === 'out').length,
  }
}

async function oneOf(sql: Sql, siteId: string, id: string): Promise<StaffMember> {
  const [person] = await sql.all(staffMembers(siteId, [id]))
  if (person === undefined)
    throw new DomainError('outing.employee-unknown', {}, [{ path: 'employeeId', code: 'unknown' }])
  return person
}

export async function sign(ctx: Ctx, { body }: RouteInput<typeof staffPresence.sign>): Promise<StaffState> {
  return command(ctx, async (work) => {
    await work.run(store.lockPresence(ctx.siteId))
    const [person, [known], [outing], lens] = await Promise.all([
      oneOf(work, ctx.siteId, body.employeeId),
      work.all(store.presenceOf(ctx.siteId, [body.employeeId])),
      work.all(store.openOutings(ctx.siteId, [body.employeeId])),
      outingLens(ctx, work, work.now),
    ])
    const after = presenceAfter(known, { direction: body.direction, zone: body.zone, at: work.now })
    if (after !== undefined) {
      work.write(store.savePresence(ctx.siteId, [{ employeeId: person.id, via: body.via, ...after }]))
      work.journal({
        entity: 'staff-presence',
        entityId: person.id,
        action: body.direction === 'in' ? 'staff-presence.arrived' : 'staff-presence.left',
        after: { zone: after.zone, via: body.via },
        data: { people: [person.id] },
      })
    }
    return presentStaff(person, after ?? known, outing, lens)
  })
}

/** V18: the door system's events, in the order of their times; one journal entry a batch names whom it moved. */
export async function report(ctx: Ctx, { body }: RouteInput<typeof staffPresence.report>) {
  return command(ctx, async (work) => {
    const texts = (pick: (event: (typeof body.events)[number]) => string | undefined) => [
      ...new Set(body.events.map(pick).filter((one): one is string => one !== undefined && one !== '')),
    ]
    await work.run(store.lockPresence(ctx.siteId))
    const [numbered, cards] = await Promise.all([
      work.all(
        staffNumbered(
          ctx.siteId,
          texts((event) => event.number),
        ),
      ),
      work.all(
        store.cardsOf(
          ctx.siteId,
          texts((event) => event.card),
        ),
      ),
    ])
    const byNumber = new Map(numbered.map((one) => [one.number, one.id]))
    const byCard = new Map(cards.map((one) => [one.code, one.employeeId]))
    const unknown: number[] = []
    const events: (PresenceEvent & { employeeId: string })[] = []
    for (const [place, event] of body.events.entries()) {
      const employeeId = byCard.get(event.card ?? '') ?? byNumber.get(event.number ?? '')
      // A door whose clock runs ahead must not close the future to all that follows.
      const at = new Date(Math.min(Date.parse(event.at), work.now.getTime()))
      if (employeeId === undefined) unknown.push(place)
      else events.push({ employeeId, direction: event.direction, zone: event.zone, at })
    }
    if (events.length === 0) throw new DomainError('presence.nobody-known')
    events.sort((a, b) => a.at.getTime() - b.at.getTime())
    const ids = [...new Set(events.map((event) => event.employeeId))]
    const before = await work.all(store.presenceOf(ctx.siteId, ids))
    const now = new Map<string, Presence>(before.map((one) => [one.employeeId, one]))
    const changed = new Set<string>()
    let old = 0
    for (const event of events) {
      const after = presenceAfter(now.get(event.employeeId), event)
      if (after === undefined) old += 1
      else {
        now.set(event.employeeId, after)
        changed.add(event.employeeId)
      }
    }
    const rows = [...now].filter(([id]) => changed.has(id))
    if (rows.length > 0) {
      work.write(
        store.savePresence(
          ctx.siteId,
          rows.map(([employeeId, { inside, zone, arrivedAt, leftAt, lastAt }]) => ({
            employeeId,
            inside,
            zone,
            arrivedAt,
            leftAt,
            lastAt,
            via: body.via,
          })),
        ),
      )
      work.journal({
        entity: 'staff-presence',
        entityId: ctx.siteId,
        action: 'staff-presence.reported',
        after: { in: rows.filter(([, one]) => one.inside).map(([id]) => id), moved: rows.length },
        data: { subjects: rows.map(([id]) => id) },
      })
    }
    return { applied: events.length - old, old, unknown }
  })
}

export async function giveCard(
  ctx: Ctx,
  { body }: RouteInput<typeof staffPresence.giveCard>,
): Promise<StaffState> {
  return command(ctx, async (work) => {
    const person = await oneOf(work, ctx.siteId, body.employeeId)
    const [[had], [state]] = await Promise.all([
      work.all(store.cardsOf(ctx.siteId, [body.code])),
      statesOf(ctx, work, [person], work.now),
    ])
    work.write(store.saveCard(ctx.siteId, body.code, person.id, work.now))
    // The code opens doors, so the journal keeps its end only.
    work.journal({
      entity: 'staff-card',
      entityId: person.id,
      action: 'staff-card.given',
      before: { employeeId: had?.employeeId ?? null },
      after: { employeeId: person.id, tail: body.code.slice(-4) },
      data: {},
    })
    if (state === undefined) throw new DomainError('outing.employee-unknown')
    return state
  })
}
