/** PURE: how the day's visits lie on the board, and what needs somebody this minute. */
import type { VisitCard } from '../card/contract.ts'
import { insideStatuses, type VisitStatus } from '../rules.ts'
import type { WordingKey } from './options.ts'
import { nobodyAnswered } from './visit-acts.ts'

export const lanes = ['expected', 'waiting', 'meeting', 'leaving'] as const
export type Lane = (typeof lanes)[number]

const laneStatuses: Record<Lane, readonly VisitStatus[]> = {
  expected: ['expected'],
  waiting: ['asking', 'admitted'],
  meeting: ['with_host'],
  leaving: ['signed_off', 'left'],
}

export interface Board {
  now: string
  items: VisitCard[]
  counts: Partial<Record<VisitStatus, number>>
  inside: number
  expectedMore: number
}

const time = (instant: string | null) => (instant === null ? 0 : Date.parse(instant))

/** First whoever has been here, or is due, longest; of those who left the last one first. */
const laneOrder: Record<Lane, (a: VisitCard, b: VisitCard) => number> = {
  expected: (a, b) => time(a.expectedAt) - time(b.expectedAt),
  waiting: (a, b) => time(a.arrivedAt) - time(b.arrivedAt),
  meeting: (a, b) => time(a.validUntil) - time(b.validUntil),
  leaving: (a, b) =>
    a.status === b.status
      ? time(b.leftAt ?? b.signedAt) - time(a.leftAt ?? a.signedAt)
      : a.status === 'signed_off'
        ? -1
        : 1,
}

export function laneOf(items: readonly VisitCard[], lane: Lane): VisitCard[] {
  return items.filter((item) => laneStatuses[lane].includes(item.status)).sort(laneOrder[lane])
}

/** What the box above the board looks through: everything a card shows. */
export function matches(card: VisitCard, text: string): boolean {
  const wanted = text.trim().toLowerCase()
  if (wanted === '') return true
  return [
    card.visitorName,
    card.organisation,
    card.hostName,
    card.hostDepartment,
    card.receiverName,
    card.plate,
    card.passNumber,
    card.number,
    card.phoneMasked,
    card.purpose,
    card.groupTitle,
  ].some((part) => part?.toLowerCase().includes(wanted))
}

const onBoard: readonly VisitStatus[] = ['expected', 'left', ...insideStatuses]

/** The answer of a command put onto the board at once; the next fetch confirms it. */
export function placeOnBoard(board: Board, card: VisitCard): Board {
  const before = board.items.find((item) => item.id === card.id)
  const stays = onBoard.includes(card.status)
  const others = board.items.filter((item) => item.id !== card.id)
  const counts = { ...board.counts }
  if (before) counts[before.status] = Math.max(0, (counts[before.status] ?? 0) - 1)
  counts[card.status] = (counts[card.status] ?? 0) + 1
  const people = (visit: VisitCard | undefined) =>
    visit && insideStatuses.includes(visit.status) ? visit.partySize : 0
  return {
    ...board,
    items: stays ? [...others, card] : others,
    counts,
    inside: Math.max(0, board.inside - people(before) + people(card)),
  }
}

export const situations = [
  'held',
  'declined',
  'unanswered',
  'overstay',
  'waitingLong',
  'asking',
  'preparing',
] as const
/** Why a visit stands in the Now column, the most pressing first. */
export type Situation = (typeof situations)[number]

export const pressing: readonly Situation[] = ['held', 'declined', 'unanswered', 'overstay']

export interface SituationTimings {
  readonly waitingMinutes: number
  readonly overstayGraceMinutes: number
}

/** From when on the guest counts as waiting: since arrival, or since the host wanted to be ready (V17). */
function waitingSince(card: VisitCard): number {
  return Math.max(time(card.arrivedAt), time(card.hostReadyAt))
}

export function situationOf(card: VisitCard, timings: SituationTimings, now: number): Situation | null {
  if (card.status === 'held') return 'held'
  if (card.status === 'declined') return 'declined'
  if (card.status === 'asking') return nobodyAnswered(card) ? 'unanswered' : 'asking'
  if (!insideStatuses.includes(card.status)) return null
  const end = time(card.validUntil)
  if (end > 0 && now > end + timings.overstayGraceMinutes * 60_000) return 'overstay'
  if (card.status !== 'admitted') return null
  if (now - waitingSince(card) > timings.waitingMinutes * 60_000) return 'waitingLong'
  return card.outstanding.length > 0 ? 'preparing' : null
}

export interface Pressing {
  readonly card: VisitCard
  readonly situation: Situation
}

export function pressingNow(cards: readonly VisitCard[], timings: SituationTimings, now: number): Pressing[] {
  return cards
    .flatMap((card) => {
      const situation = situationOf(card, timings, now)
      return situation ? [{ card, situation }] : []
    })
    .sort(
      (a, b) =>
        situations.indexOf(a.situation) - situations.indexOf(b.situation) ||
        time(a.card.arrivedAt) - time(b.card.arrivedAt),
    )
}

/** The standard wording that fits (G7). */
export function wordingFor(card: VisitCard | undefined): WordingKey[] {
  if (!card) return ['greeting']
  switch (card.status) {
    case 'expected':
    case 'no_show':
      return ['greeting']
    case 'held':
    case 'asking':
      return ['pleaseWait']
    case 'admitted':
      return card.passNumber === null ? ['pleaseWait'] : ['handPass', 'safetyNotes', 'pleaseWait']
    case 'with_host':
      // An important guest has no slip to be signed (V7).
      return [card.important ? 'farewell' : 'exitUnsigned']
    case 'signed_off':
    case 'left':
      return ['farewell']
    case 'declined':
    case 'cancelled':
      return ['declined']
    case 'refused':
      return ['refused']
  }
}
