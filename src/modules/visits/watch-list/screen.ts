/**
 * Every visitor is held against the list (V12): a few candidates off the index, judged by `match.ts`. What comes of it is
 * silent: the answer to gate, desk and visitor says neither that nor why.
 */
import type { Sql } from '../../../kernel/db/sql.ts'
import { newId } from '../../../kernel/ids.ts'
import { maskNumber } from '../../../kernel/telephone/mask.ts'
import type { Ctx, Work } from '../../../kernel/work/command.ts'
import { texts, visitNumber } from '../present.ts'
import { endHop } from '../routes/store.ts'
import type { VisitRow } from '../store.ts'
import { asking, plus, staying } from '../tasks.ts'
import { vehiclesOf } from '../vehicles/store.ts'
import { keysOf, samePlate } from './keys.ts'
import { effectOf, type Match, match } from './match.ts'
import { isDismissed, type Moment } from './rules.ts'
import { type WatchListRules, watchListSetting } from './settings.ts'
import { type Candidate, candidates, type Known, keepHit } from './store.ts'

interface Other {
  readonly name: string
  readonly phone: string
}

/** Cars of the visit, and who drives them: they come through the gate as well (V19). */
export interface Cars {
  readonly plates: readonly string[]
  readonly drivers: readonly Other[]
}

export interface ScreenedPerson {
  readonly name: string
  readonly organisation: string
  /** Normalised. */
  readonly phone: string
  readonly documentIndex: string | null
  readonly documentKind?: string | null
  readonly plate: string
  readonly visitorId: string | null
  /** A decision made for this visit holds for it. */
  readonly visitId?: string | null
  /** Came along: names only. */
  readonly companions?: readonly string[]
  readonly cars?: Cars
}

export interface Hit extends Match {
  readonly effect: 'held' | 'alert'
  /** Whose particulars agreed: the visitor's name, or a companion's or driver's. */
  readonly name: string
  readonly phone: string
  readonly plate: string
  readonly rules: WatchListRules
}

const platesOf = ({ plate, cars }: ScreenedPerson) =>
  [...new Set([plate, ...(cars?.plates ?? [])])].filter((one) => one !== '')

const othersOf = ({ companions = [], cars }: ScreenedPerson): Other[] => [
  ...companions.map((name) => ({ name, phone: '' })),
  ...(cars?.drivers ?? []).filter((one) => one.name !== '' || one.phone !== ''),
]

/** Under which keys this visit is looked for: the visitor, their cars, and everybody they bring. */
export function keysOfPerson(person: ScreenedPerson): string[] {
  const { organisation, phone, documentIndex } = person
  const keys = keysOf(
    {
      names: [person.name],
      organisation,
      phones: phone === '' ? [] : [phone],
      plates: platesOf(person),
      documents: documentIndex === null ? [] : [documentIndex],
    },
    'person',
  )
  for (const { name, phone } of othersOf(person)) {
    const phones = phone === '' ? [] : [phone]
    keys.push(...keysOf({ names: [name], organisation, phones, plates: [], documents: [] }, 'person'))
  }
  return [...new Set(keys)]
}

/** @returns hits that tell or hold, strongest first; what somebody judged before is left out */
export async function screen(
  ctx: Ctx,
  sql: Sql,
  person: ScreenedPerson,
  now: Date = ctx.kernel.clock.now(),
): Promise<readonly Hit[]> {
  const { visitorId, documentIndex, visitId = null } = person
  const [found, rules] = await Promise.all([
    sql.all(candidates(ctx.siteId, keysOfPerson(person), { visitorId, visitId, documentIndex }, now)),
    ctx.kernel.settings.get(ctx.siteId, watchListSetting),
  ])
  return judged(person, found, rules)
}

type Judged = Candidate & { readonly known: readonly Known[] }

/** What the entries found say of this visit. */
export function judged(
  person: ScreenedPerson,
  found: readonly Judged[],
  rules: WatchListRules,
): readonly Hit[] {
  const { organisation, documentIndex } = person
  const plates = platesOf(person)
  const hits: Hit[] = []
  for (const entry of found) {
    const facts = {
      id: entry.id,
      level: entry.level,
      names: [entry.name, ...entry.aliases].filter((name) => name !== ''),
      organisation: entry.organisation,
      phones: entry.phones,
      plates: entry.plates,
      documents: entry.documents.map((key) => key.slice(2)),
      documentKind: entry.document_kind,
    }
    const own = match(
      {
        names: [person.name],
        organisation,
        phones: person.phone === '' ? [] : [person.phone],
        plates,
        documents: [documentIndex, ...entry.known.map(({ index }) => index)].filter((one) => one !== null),
        documentKind: documentIndex === null ? (entry.known[0]?.kind ?? null) : (person.documentKind ?? null),
      },
      facts,
    )
    const all = othersOf(person).map(({ name, phone }) => ({
      name,
      phone,
      found: match(
        {
          names: [name],
          organisation,
          phones: phone === '' ? [] : [phone],
          plates: [],
          documents: [],
          documentKind: null,
        },
        facts,
      ),
    }))
    const best = [{ name: person.name, phone: person.phone, found: own }, ...all].reduce((a, b) =>
      (b.found?.score ?? 0) > (a.found?.score ?? 0) ? b : a,
    )
    if (best.found === null) continue
    const effect = effectOf(best.found, rules)
    const attributes = best.found.agreed.map(({ attribute }) => attribute)
    if (effect === null || isDismissed(attributes, entry.judged)) continue
    const listed = entry.plates.map(samePlate)
    const plate = plates.find((one) => listed.includes(samePlate(one))) ?? person.plate
    hits.push({ ...best.found, effect, name: best.name || person.name, phone: best.phone, plate, rules })
  }
  return hits.sort((a, b) => b.score - a.score)
}

export interface ScreenedVisit {
  readonly id: string
  readonly number: number
  readonly visitor_id: string
  readonly visitor_name: string
  readonly organisation: string
  readonly document_tail: string | null
  readonly version: number
}

/** Open while somebody has to look at a hit, or to keep the visitor company. */
export const watching = ['visit.watch-hit', 'visit.held'] as const

/** The reason is for those who may know it. */
export const heldColumns = { status: 'held', hold_reason: 'watch-list' } as const

/** The visit as it will be, held against the list. */
export function personOf(visit: VisitRow): ScreenedPerson {
  return {
    name: visit.visitor_name,
    organisation: visit.organisation,
    phone: visit.phone,
    documentIndex: visit.document_index,
    documentKind: visit.document_kind,
    plate: visit.plate,
    visitorId: visit.visitor_id,
    visitId: visit.id,
    companions: texts(visit.companions),
    cars: { plates: [], drivers: [{ name: visit.driver_name, phone: visit.driver_phone }] },
  }
}

/** The visit's further cars: the visit itself shows its first. */
async function withCars(work: Work, visit: VisitRow, more: Cars | undefined): Promise<ScreenedPerson> {
  const person = personOf(visit)
  const rows = visit.plate === '' ? [] : await work.all(vehiclesOf(visit.site_id, [visit.id]))
  const all = [person.cars, more].filter((one) => one !== undefined)
  return {
    ...person,
    cars: {
      plates: [...rows.map((row) => row.plate), ...all.flatMap(({ plates }) => plates)],
      drivers: [
        ...rows.map((row) => ({ name: row.driver_name, phone: row.driver_phone })),
        ...all.flatMap(({ drivers }) => drivers),
      ],
    },
  }
}

/**
 * For a visit that moves on: screens what it will be, puts the hits on record and tells the post.
 * @param more cars this command adds, not yet among those stored
 * @returns whether it must stand still now
 */
export async function standsStill(
  work: Work,
  visit: VisitRow,
  moment: Moment,
  more?: Cars,
): Promise<boolean> {
  const hits = await screen(work.ctx, work, await withCars(work, visit, more), work.now)
  return stopFor(work, visit, hits, moment)
}

/** @returns whether the visit stands still for these hits */
export function stopFor(work: Work, visit: VisitRow, hits: readonly Hit[], moment: Moment): boolean {
  const held = holds(hits) && mayBeHeld(visit, moment)
  raise(work, visit, hits, moment, held)
  if (!held) return false
  work.cancelTasks({ entity: 'visit', id: visit.id }, [...asking, ...staying], 'held')
  stopAsking(work, visit.id)
  return true
}

/** The host is asked when it is decided who stands here: what this unit meant to ask is taken back. */
export function stopAsking(work: Work, visitId: string): void {
  work.withdrawTasks({ entity: 'visit', id: visitId }, [...asking, ...staying])
  work.write(
    endHop(visitId, { result: 'passed', at: work.now, byName: work.ctx.actor.name, how: null, note: '' }),
  )
}

/** Who has not come or has gone cannot be stopped; who is held is held. */
function mayBeHeld(visit: VisitRow, moment: Moment): boolean {
  return moment === 'checked-in' || ['asking', 'admitted', 'with_host'].includes(visit.status)
}

/** Whether these hits stop the check-in. */
export function holds(hits: readonly Hit[]): boolean {
  return hits.some((hit) => hit.effect === 'held')
}

/** The hits on record, the post told; `held` also asks somebody to keep the visitor company. */
export function raise(
  work: Work,
  visit: ScreenedVisit,
  hits: readonly Hit[],
  moment: Moment,
  held: boolean,
): void {
  const [first] = hits
  if (first === undefined) return
  const subject = { entity: 'visit', id: visit.id }
  for (const hit of hits) {
    const effect = held ? hit.effect : 'alert'
    work.write(
      keepHit({
        id: newId(),
        siteId: work.ctx.siteId,
        visitId: visit.id,
        visitorId: visit.visitor_id,
        moment,
        person: {
          name: hit.name,
          organisation: visit.organisation,
          phoneMasked: hit.phone === '' ? '' : maskNumber(hit.phone),
          plate: hit.plate,
          documentTail: visit.document_tail ?? '',
        },
        match: hit,
        effect,
        at: work.now,
        byName: work.ctx.actor.name,
      }),
    )
    work.journal({
      entity: 'watch-entry',
      entityId: hit.entryId,
      action: 'watch-list.matched',
      data: {
        visitId: visit.id,
        number: visitNumber(visit.number),
        moment,
        score: hit.score,
        agreed: hit.agreed.map(({ attribute, how }) => ({ attribute, how })),
        differed: hit.differed,
        effect,
      },
    })
  }
  const { told, assist, decideMinutes } = first.rules
  const facts = { number: visitNumber(visit.number), visitorName: visit.visitor_name }
  const dueAt = plus(work.now, decideMinutes)
  work.settleTasks(subject, watching, 'looked at anew')
  for (const id of told) {
    work.openTask({ kind: 'visit.watch-hit', subject, facts, owner: { kind: 'post', id }, dueAt })
  }
  if (!held) return
  for (const id of assist) {
    work.openTask({ kind: 'visit.held', subject, facts, owner: { kind: 'post', id }, dueAt })
  }
  // On the visit's own course the word is neutral: who reads it there need not know why.
  work.journal({
    entity: 'visit',
    entityId: visit.id,
    action: 'visit.held',
    version: visit.version,
    data: { number: visitNumber(visit.number) },
  })
}
