/** PURE: what is true of a group follows from its members and its count, so nothing can disagree with them (V22). */
import type { VisitStatus } from '../rules.ts'

export const groupStates = ['planned', 'arriving', 'inside', 'leaving', 'left', 'cancelled'] as const
export type GroupState = (typeof groupStates)[number]

export const passModes = ['each', 'group', 'none'] as const
export type PassMode = (typeof passModes)[number]

/** How many members stand in a status; companions of a member are people too. */
export interface Tally {
  readonly status: VisitStatus
  readonly people: number
}

/** People counted without names. */
export interface Headcount {
  readonly expected: number
  readonly in: number
  readonly out: number
}

export interface GroupCounts {
  /** Everybody of the group: in + missing + cancelled. */
  readonly size: number
  /** Came in, whether still here or not. */
  readonly in: number
  readonly out: number
  readonly inside: number
  /** At the counter: the watch list asked for a person's decision, or the host has not answered yet. */
  readonly held: number
  readonly asking: number
  /** Expected and not here, those given up at the end of the day among them. */
  readonly missing: number
  readonly neverCame: number
  /** Called off, declined, refused. */
  readonly cancelled: number
}

type Place = 'missing' | 'inside' | 'out' | 'cancelled'

const places: Readonly<Record<VisitStatus, Place>> = {
  expected: 'missing',
  no_show: 'missing',
  held: 'inside',
  asking: 'inside',
  admitted: 'inside',
  with_host: 'inside',
  signed_off: 'inside',
  left: 'out',
  declined: 'cancelled',
  refused: 'cancelled',
  cancelled: 'cancelled',
}

/** More came than were announced: then the size grows, and nobody counts twice. */
export function countGroup(members: readonly Tally[], crowd: Headcount): GroupCounts {
  const crowdMissing = Math.max(0, crowd.expected - crowd.in)
  const counts = {
    inside: crowd.in - crowd.out,
    out: crowd.out,
    held: 0,
    asking: 0,
    missing: crowdMissing,
    neverCame: 0,
    cancelled: 0,
  }
  for (const { status, people } of members) {
    counts[places[status]] += people
    if (status === 'held') counts.held += people
    if (status === 'asking') counts.asking += people
    if (status === 'no_show') counts.neverCame += people
  }
  const came = counts.inside + counts.out
  return { ...counts, in: came, size: came + counts.missing + counts.cancelled }
}

export function stateOf(counts: GroupCounts, calledOff: boolean): GroupState {
  if (calledOff || (counts.size > 0 && counts.cancelled === counts.size)) return 'cancelled'
  if (counts.in === 0) return 'planned'
  const waitedFor = counts.missing - counts.neverCame
  if (counts.inside === 0) return waitedFor > 0 ? 'arriving' : 'left'
  if (counts.out > 0) return 'leaving'
  return waitedFor > 0 ? 'arriving' : 'inside'
}

/** What the count may become: never out without having been in, never below nothing. */
export function countedIn(crowd: Headcount, people: number, most: number): Headcount | undefined {
  return people < 1 || crowd.in + people > most ? undefined : { ...crowd, in: crowd.in + people }
}

export function countedOut(crowd: Headcount, people: number): Headcount | undefined {
  return people < 1 || crowd.out + people > crowd.in ? undefined : { ...crowd, out: crowd.out + people }
}

/** May a member in this status be checked in, let out, signed for? One place, for server and screen. */
export const mayArrive: readonly VisitStatus[] = ['expected', 'no_show']
export const mayLeave: readonly VisitStatus[] = ['held', 'admitted', 'with_host', 'signed_off']
export const mayBeSigned: readonly VisitStatus[] = ['admitted', 'with_host']
