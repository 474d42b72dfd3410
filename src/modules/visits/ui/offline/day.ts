/** PURE: the day as this device knows it: what it kept of the server's, with what was done here laid over it. */
import type { Entry, Local } from '../../../../ui-kit/offline/part.ts'
import type { VisitCard } from '../../card/contract.ts'
import { insideStatuses, statuses, type VisitStatus } from '../../rules.ts'
import { type Board, placeOnBoard } from '../board.ts'
import { type CategoryOption, categoryFor, readOptions, type VisitOptions } from '../options.ts'
import { canHere } from './acts.ts'

export const kept = {
  day: 'visits.day',
  options: 'visits.options',
  directory: 'visits.directory',
  passes: 'visits.passes',
} as const

export interface KeptDay {
  readonly now: string
  readonly items: readonly VisitCard[]
}

export interface Colleague {
  readonly id: string
  readonly name: string
  readonly pinyin: string
  readonly initials: string
  readonly departmentId: string | null
  readonly departmentName: string
  readonly title: string
  readonly extension: string
  readonly lineWorker: boolean
}

export interface Lease {
  readonly numbers: readonly string[]
  readonly until: string
}

/** The part of an entry's record that is a visit; other modules' entries have something else. */
function cardOf(value: unknown): VisitCard | undefined {
  return typeof value === 'object' && value !== null && 'visitorName' in value && 'status' in value
    ? (value as VisitCard)
    : undefined
}

const ofVisit = (entry: Entry) => cardOf(entry.after) !== undefined

/**
 * Visits changed here and not yet on the server, newest state each. Where the server refused and knows the visit, its
 * own picture stands until somebody decides; a visitor it does not know at all stays on the list, because they are inside.
 */
function changedHere(entries: readonly Entry[], known: (id: string) => boolean): VisitCard[] {
  const bySubject = Map.groupBy(entries.filter(ofVisit), (entry) => entry.subject)
  return [...bySubject].flatMap(([subject, own]) => {
    if (known(subject) && own.some((entry) => entry.state === 'conflict')) return []
    const last = cardOf(own.at(-1)?.after)
    return last ? [last] : []
  })
}

/** Every visit this device can show. */
export function cardsOf(local: Local): VisitCard[] {
  const day = local.snapshot<KeptDay>(kept.day)?.items ?? []
  const mayRegister = local.owner.actions.includes('visit.register')
  const cards = new Map(day.map((card) => [card.id, { ...card, can: canHere(card.status, mayRegister) }]))
  for (const card of changedHere(local.entries, (id) => cards.has(id))) cards.set(card.id, card)
  return [...cards.values()]
}

export function cardIn(local: Local, id: string): VisitCard | undefined {
  return cardsOf(local).find((card) => card.id === id)
}

const listed: readonly VisitStatus[] = ['expected', 'left', ...insideStatuses]

export function boardOf(local: Local): Board | undefined {
  if (local.snapshot(kept.day) === undefined && local.entries.length === 0) return undefined
  const cards = cardsOf(local)
  const counts = Object.fromEntries(
    statuses.map((status) => [status, cards.filter((card) => card.status === status).length]),
  ) as Board['counts']
  return {
    now: new Date(local.now()).toISOString(),
    items: cards.filter((card) => listed.includes(card.status)),
    counts,
    inside: peopleOf(cards.filter((card) => insideStatuses.includes(card.status))),
    expectedMore: 0,
  }
}

export const peopleOf = (cards: readonly VisitCard[]) => cards.reduce((sum, card) => sum + card.partySize, 0)

/** The server's board with what waits here laid over it. */
export function overBoard(board: Board, local: Local): Board {
  const known = new Set(board.items.map((card) => card.id))
  return changedHere(local.entries, (id) => known.has(id)).reduce(placeOnBoard, board)
}

export function overList(
  items: readonly VisitCard[],
  local: Local,
  stays: (card: VisitCard) => boolean,
): VisitCard[] {
  const known = new Set(items.map((card) => card.id))
  const own = changedHere(local.entries, (id) => known.has(id))
  const changed = new Set(own.map((card) => card.id))
  return [...items.filter((card) => !changed.has(card.id)), ...own].filter(stays)
}

function optionsOf(local: Local): VisitOptions | undefined {
  const answer = local.snapshot<Parameters<typeof readOptions>[0]>(kept.options)
  return answer && readOptions(answer)
}

export function categoryIn(local: Local, kind: string, category?: string): CategoryOption | undefined {
  return categoryFor(optionsOf(local), kind, category)
}

/** Numbers this device may hand out now: leased, the lease still running, and not in a visitor's hand. */
export function freePasses(local: Local): string[] {
  const lease = local.snapshot<Lease>(kept.passes)
  if (!lease || Date.parse(lease.until) <= local.now()) return []
  const out = new Set(
    cardsOf(local)
      .filter((card) => insideStatuses.includes(card.status))
      .map((card) => card.passNumber),
  )
  // One not handed back is missing, whoever had it.
  for (const entry of local.entries) {
    const body = entry.parts.body
    const lost =
      typeof body === 'object' && body !== null && 'passReturned' in body && body.passReturned === false
    if (lost) out.add(cardOf(entry.before)?.passNumber ?? null)
  }
  return lease.numbers.filter((number) => !out.has(number))
}

/** Hosts by name, pinyin, initials or extension; beginnings first. */
export function findHosts(local: Local, text: string, limit: number): Colleague[] {
  const all = local.snapshot<{ items: readonly Colleague[] }>(kept.directory)?.items ?? []
  const wanted = text.trim().toLowerCase().replaceAll(' ', '')
  if (wanted === '') return []
  const rank = (one: Colleague) => {
    const keys = [one.name, one.pinyin.replaceAll(' ', ''), one.initials, one.extension].map((key) =>
      key.toLowerCase(),
    )
    if (keys.some((key) => key === wanted)) return 0
    if (keys.some((key) => key.startsWith(wanted))) return 1
    return one.name.includes(wanted) ? 2 : 3
  }
  return all
    .map((one) => ({ one, at: rank(one) }))
    .filter(({ at }) => at < 3)
    .sort((a, b) => a.at - b.at)
    .slice(0, limit)
    .map(({ one }) => one)
}
