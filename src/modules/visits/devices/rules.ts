/** PURE: one event of a controller, read and judged. */
export const doorDirections = ['in', 'out', 'both'] as const
export type DoorDirection = (typeof doorDirections)[number]
export type ScanDirection = 'in' | 'out'

/** The verdict of the gate, and what a door adds to it. */
export const scanVerdicts = [
  'valid',
  'unknown',
  'staff',
  'forged',
  'other-site',
  'void',
  'returned',
  'held',
  'left',
  'not-admitted',
  'early',
  'expired',
  'not-approved',
  'not-on-pass',
] as const
export type ScanVerdict = (typeof scanVerdicts)[number]

/** Controllers' clocks are put right by nobody: a little ahead is forgiven. */
const skewMs = 2 * 60_000
const oldestMs = 7 * 24 * 60 * 60_000

export interface ScanFault {
  readonly path: string
  readonly code: 'unknown' | 'in-the-future' | 'too-old' | 'required' | 'wrong-direction'
}

export interface ScanSaid {
  readonly at: Date
  readonly direction: ScanDirection | null
  readonly code: string
  readonly passNumber: string
  readonly card: string
}

/** What is wrong with an event, field by field; an event with faults is left out, the others of its batch are kept. */
export function faultsOf(
  said: ScanSaid,
  door: { readonly direction: DoorDirection } | undefined,
  now: Date,
): ScanFault[] {
  const faults: ScanFault[] = []
  if (said.at.getTime() > now.getTime() + skewMs) faults.push({ path: 'at', code: 'in-the-future' })
  if (said.at.getTime() < now.getTime() - oldestMs) faults.push({ path: 'at', code: 'too-old' })
  if (said.code === '' && said.passNumber === '' && said.card === '')
    faults.push({ path: 'code', code: 'required' })
  if (door === undefined) faults.push({ path: 'doorExternalId', code: 'unknown' })
  else if (directionOf(door.direction, said.direction) === null)
    faults.push({ path: 'direction', code: said.direction === null ? 'required' : 'wrong-direction' })
  return faults
}

/** A one-way door says itself which way; a door for both has to be told. */
export function directionOf(door: DoorDirection, said: ScanDirection | null): ScanDirection | null {
  if (door === 'both') return said
  return said === null || said === door ? door : null
}

export interface PassTold {
  /** The area of the door, or one above it, is on the pass. */
  readonly covers: boolean
  readonly validFrom: Date
  readonly suspended: boolean
}

/**
 * What the door adds to the gate's verdict. On the way out nobody is kept in: only the pass itself counts.
 * @param area the door's own; empty means no area is asked for
 */
export function atDoor(
  verdict: ScanVerdict,
  pass: PassTold | undefined,
  { area, direction, at }: { readonly area: string; readonly direction: ScanDirection; readonly at: Date },
): ScanVerdict {
  if (verdict !== 'valid' || pass === undefined || direction === 'out') return verdict
  if (pass.suspended) return 'held'
  if (at.getTime() < pass.validFrom.getTime() - skewMs) return 'early'
  return area !== '' && !pass.covers ? 'not-on-pass' : 'valid'
}

/** May the door open? Out it opens for whatever this house issued, also when the time is over (V18: they are leaving). */
export function opens(verdict: ScanVerdict, direction: ScanDirection): boolean {
  return verdict === 'valid' || verdict === 'staff' || (direction === 'out' && verdict === 'expired')
}

export interface AccessState {
  readonly revision: number
  readonly active: boolean
}

/** How a controller keeps its list: whatever the order of arrival, the highest revision of a number stands. */
export function applyEvent<E extends AccessState & { readonly number: string }>(
  known: Map<string, E>,
  event: E,
): void {
  if ((known.get(event.number)?.revision ?? 0) < event.revision) known.set(event.number, event)
}
