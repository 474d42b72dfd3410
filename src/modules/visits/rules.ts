/** PURE: the life of a visit. No clock, no database. */
import { type TransitionTable, transitions as table } from '../../kernel/transitions.ts'

export const statuses = [
  'expected',
  'held',
  'asking',
  'admitted',
  'with_host',
  'signed_off',
  'left',
  'declined',
  'refused',
  'cancelled',
  'no_show',
] as const
export type VisitStatus = (typeof statuses)[number]

export const commands = [
  'edit',
  'checkIn',
  'clear',
  'receive',
  'wait',
  'delegate',
  'redirect',
  'decline',
  'checkDocument',
  'issuePass',
  'meet',
  'sign',
  'release',
  'signLate',
  'refuse',
  'cancel',
  'noShow',
  'undo',
] as const
export type VisitCommand = (typeof commands)[number]

/** The one truth about what may follow what; the trigger `visit_transition` repeats it (a test compares them). */
export const transitions: TransitionTable<VisitStatus, VisitCommand> = table({
  expected: {
    edit: ['expected'],
    checkIn: ['asking', 'admitted', 'held'],
    refuse: ['refused'],
    cancel: ['cancelled'],
    noShow: ['no_show'],
  },
  held: {
    edit: ['held'],
    checkDocument: ['held'],
    clear: ['asking', 'admitted', 'with_host'],
    refuse: ['refused'],
    release: ['left'],
  },
  asking: {
    edit: ['asking', 'held'],
    receive: ['admitted'],
    wait: ['admitted'],
    delegate: ['admitted'],
    checkDocument: ['asking', 'held'],
    // Nobody answered and the route says so: the courteous refusal (V6).
    redirect: ['asking', 'declined'],
    decline: ['declined'],
    refuse: ['refused'],
    cancel: ['cancelled'],
    undo: ['expected'],
  },
  admitted: {
    edit: ['admitted', 'held'],
    wait: ['admitted'],
    delegate: ['admitted'],
    checkDocument: ['admitted', 'held'],
    issuePass: ['admitted'],
    meet: ['with_host'],
    sign: ['signed_off'],
    release: ['left'],
    refuse: ['refused'],
    cancel: ['cancelled'],
    undo: ['expected', 'asking'],
  },
  with_host: {
    edit: ['with_host', 'held'],
    delegate: ['with_host'],
    checkDocument: ['with_host', 'held'],
    issuePass: ['with_host'],
    sign: ['signed_off'],
    release: ['left'],
    undo: ['admitted'],
  },
  signed_off: { edit: ['signed_off'], release: ['left'], undo: ['admitted', 'with_host'] },
  left: { edit: ['left'], signLate: ['left'], undo: ['admitted', 'with_host', 'signed_off'] },
  declined: { undo: ['asking'] },
  refused: { undo: ['expected', 'held', 'asking', 'admitted'] },
  cancelled: { undo: ['expected', 'asking', 'admitted'] },
  no_show: { checkIn: ['asking', 'admitted', 'held'], undo: ['expected'] },
})

/** On the premises, or at the counter: must be on the evacuation list (V18). */
export const insideStatuses: readonly VisitStatus[] = [
  'held',
  'asking',
  'admitted',
  'with_host',
  'signed_off',
]

export interface CategoryPolicy {
  /** `always`: the host is asked even when the visit was announced. */
  readonly consent: 'always' | 'unless-announced' | 'never'
  readonly slip: boolean
  readonly idCheck: boolean
  readonly pass: boolean
  readonly escort: boolean
  readonly signOff: boolean
  /** Refused unless somebody inside explicitly agrees (solicitors, troublemakers). */
  readonly refuseByDefault: boolean
}

/** Where an arriving visit goes: the host is asked, or consent is already there (V3, V5). */
export function arrivalStatus(
  policy: Pick<CategoryPolicy, 'consent'>,
  visit: { readonly announced: boolean; readonly consentGiven: boolean },
): 'asking' | 'admitted' {
  if (visit.consentGiven || policy.consent === 'never') return 'admitted'
  if (policy.consent === 'unless-announced' && visit.announced) return 'admitted'
  return 'asking'
}

export const requirements = ['document', 'agreement', 'approval', 'pass', 'escort'] as const
export type Requirement = (typeof requirements)[number]

/** What the category still wants before the visitor may go to the host (V2, V8, V9, V11, V13). */
export function outstanding(
  policy: Pick<CategoryPolicy, 'idCheck' | 'pass' | 'escort'>,
  visit: {
    readonly documentChecked: boolean
    readonly passNumber: string | null
    readonly escortId: string | null
    readonly agreementsDue: number
    /** Restricted areas whose head has not agreed (V9). */
    readonly approvalsDue: number
    /** One of the areas is restricted: somebody walks along (V13). */
    readonly escortDue: boolean
  },
): Requirement[] {
  const missing: Requirement[] = []
  if (policy.idCheck && !visit.documentChecked) missing.push('document')
  if (visit.agreementsDue > 0) missing.push('agreement')
  if (visit.approvalsDue > 0) missing.push('approval')
  if (policy.pass && visit.passNumber === null) missing.push('pass')
  if ((policy.escort || visit.escortDue) && visit.escortId === null) missing.push('escort')
  return missing
}

export type ReleaseDecision =
  | { readonly kind: 'release'; readonly lateSignature: boolean }
  | { readonly kind: 'ask-host' }

/**
 * V10: signed → out. Unsigned where a signature is due → the gate calls the host; with the host's word the visitor
 * goes and the host owes a signature.
 */
export function releaseDecision(
  policy: Pick<CategoryPolicy, 'signOff'>,
  visit: { readonly status: VisitStatus; readonly hostConfirmed: boolean },
): ReleaseDecision {
  if (visit.status === 'signed_off' || !policy.signOff) return { kind: 'release', lateSignature: false }
  return visit.hostConfirmed ? { kind: 'release', lateSignature: true } : { kind: 'ask-host' }
}

/** What goes wrong at the exit with the numbered pass (V11). */
export function passOutcome(passNumber: string | null, returned: boolean): 'none' | 'returned' | 'missing' {
  if (passNumber === null) return 'none'
  return returned ? 'returned' : 'missing'
}

export interface Undoable {
  readonly status: VisitStatus
  readonly previousStatus: VisitStatus | null
  readonly statusAt: Date
  readonly statusBy: string
}

/** One step back, by whoever made it, while it is fresh; afterwards a correction is a record of its own (G4). */
export function mayUndo(visit: Undoable, by: string, now: Date, minutes: number): boolean {
  if (visit.previousStatus === null || visit.statusBy !== by) return false
  if (now.getTime() - visit.statusAt.getTime() > minutes * 60_000) return false
  return (transitions[visit.status].undo ?? []).includes(visit.previousStatus)
}

/** `4403************12`: enough to compare with the document in hand. */
export function maskDocument(tail: string): string {
  return `************${tail}`
}

const idWeights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]

/** GB 11643: seventeen digits with a real date of birth, and the check character (V12). */
export function idCardIsValid(number: string): boolean {
  if (!/^\d{17}[\dX]$/.test(number)) return false
  const birth = `${number.slice(6, 10)}-${number.slice(10, 12)}-${number.slice(12, 14)}`
  const at = new Date(`${birth}T00:00:00Z`)
  if (Number.isNaN(at.getTime()) || at.toISOString().slice(0, 10) !== birth) return false
  const sum = idWeights.reduce((total, weight, i) => total + weight * Number(number[i]), 0)
  return '10X98765432'[sum % 11] === number[17]
}
