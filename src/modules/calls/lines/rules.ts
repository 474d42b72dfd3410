/** PURE: one lamp from what the exchange knows and what the colleague says of themselves (C6, C15). */
import type { lineStates } from './contract.ts'

export type LineState = (typeof lineStates)[number]
export type Device = 'idle' | 'ringing' | 'in-use' | 'on-hold' | 'unavailable' | 'unknown'
export type Said = 'free' | 'busy' | 'away'

export interface LineFacts {
  readonly device: Device
  readonly deviceAt: Date | null
  readonly said: Said | null
  readonly saidUntil: Date | null
  readonly saidAt: Date | null
}

export const unknownLine: LineFacts = {
  device: 'unknown',
  deviceAt: null,
  said: null,
  saidUntil: null,
  saidAt: null,
}

/** Without an end it is forgotten overnight: nobody is still in yesterday's meeting. */
export const saidLapsesHours = 12

/** "Free" says that the exchange is behind the times, so the next thing it tells counts again; the others last. */
export function saidHolds(line: LineFacts, now: Date): boolean {
  if (line.said === null || line.saidAt === null) return false
  if (line.saidUntil === null && now.getTime() - line.saidAt.getTime() >= saidLapsesHours * 3_600_000)
    return false
  if (line.saidUntil !== null && line.saidUntil <= now) return false
  return line.said !== 'free' || line.deviceAt === null || line.deviceAt <= line.saidAt
}

const ofDevice = {
  idle: 'free',
  ringing: 'ringing',
  'in-use': 'busy',
  'on-hold': 'busy',
  unavailable: 'unavailable',
  unknown: 'unknown',
} as const satisfies Record<Device, LineState>

/** The store says the same in SQL (`lampState`); a test compares the two. */
export function stateOf(line: LineFacts, now: Date): LineState {
  return line.said !== null && saidHolds(line, now) ? line.said : ofDevice[line.device]
}

/** C6: while the line is so, messages are written and sent but not yet put before the colleague. */
export function isHeld(state: LineState): boolean {
  return state === 'busy' || state === 'ringing'
}

export interface DeviceChange {
  readonly extension: string
  readonly state: Device
  readonly at: Date
}

/** The last word on each extension, in their order; of two at one instant the later told one. */
export function lastOfEach(changes: readonly DeviceChange[]): DeviceChange[] {
  const last = new Map<string, DeviceChange>()
  for (const change of changes) {
    const known = last.get(change.extension)
    if (known === undefined || known.at <= change.at) last.set(change.extension, change)
  }
  return [...last.values()].sort((a, b) => (a.extension < b.extension ? -1 : 1))
}
