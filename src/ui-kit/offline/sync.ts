/** Sends what waits, one tab at a time; goes on after a reload where it stood, because every answer is written down first. */
import type { RouteSpec } from '../../kernel/contract.ts'
import { call } from '../client.ts'
import { ApiProblem } from '../problem.ts'
import { deviceId } from './device.ts'
import { behind, meaningOf, nextBatch, pauseBefore } from './merge.ts'
import { discard, inTurn, outbox, refresh, save } from './outbox.ts'
import type { Correction, Entry, LocalCommand, Parts, Refusal } from './part.ts'
import { offlineState, setOfflineState } from './state.ts'

interface Helm {
  readonly commandOf: (route: string) => LocalCommand | undefined
  /** Everything sent: screens and snapshots are to be fetched again. */
  readonly settled: () => void
  /** An entry the server refused: it has to know, because somebody may stand inside (V12). */
  readonly report: (entry: Entry, refusal: Refusal) => Promise<void>
}

let helm: Helm | undefined
let timer: ReturnType<typeof setTimeout> | undefined
let attempt = 0
let stopped = new AbortController()
const faults = new Map<string, number>()

export function steer(next: Helm) {
  helm = next
}

export function stopSending() {
  clearTimeout(timer)
  stopped.abort()
  stopped = new AbortController()
}

export function sendSoon(ms = 0) {
  clearTimeout(timer)
  timer = setTimeout(() => void send(), ms)
}

export async function send(): Promise<void> {
  const { signal } = stopped
  // Another tab is at it: it tells this one of every change.
  await navigator.locks.request('foyer-sync', { ifAvailable: true }, async (lock) => {
    if (lock) await sendAll(signal)
  })
}

async function sendAll(signal: AbortSignal): Promise<void> {
  await refresh()
  if (nextBatch(outbox()).length === 0) return
  setOfflineState({ sending: true })
  let sent = 0
  try {
    for (;;) {
      const batch = signal.aborted || !offlineState().online ? [] : nextBatch(outbox())
      if (batch.length === 0) break
      const meanings = await Promise.all(batch.map((entry) => sendOne(entry, signal)))
      sent += meanings.filter((meaning) => meaning === 'done' || meaning === 'already').length
      if (meanings.includes('locked')) return
      if (meanings.includes('later')) return sendSoon(pauseBefore(attempt++, Math.random()))
      attempt = 0
    }
  } finally {
    setOfflineState({ sending: false })
    if (sent > 0) helm?.settled()
  }
}

async function headersOf(entry: Entry): Promise<Record<string, string>> {
  return { 'Foyer-Occurred-At': entry.occurredAt, 'Foyer-Device': await deviceId() }
}

async function attemptCall(route: RouteSpec, parts: Parts, entry: Entry, key: string, signal: AbortSignal) {
  try {
    const answer = await call(route, parts as never, {
      signal,
      idempotencyKey: key,
      headers: await headersOf(entry),
      alone: true,
      timeoutMs: 30_000,
    })
    return { answer, refusal: null }
  } catch (fault) {
    if (!(fault instanceof ApiProblem)) throw fault
    return { answer: undefined, refusal: { code: fault.code, status: fault.status, data: fault.data } }
  }
}

async function sendOne(entry: Entry, signal: AbortSignal) {
  const command = helm?.commandOf(entry.route)
  try {
    const { refusal } = command
      ? await attemptCall(command.route, entry.parts, entry, entry.id, signal)
      : // The part that made it is gone with an update: a person has to see it.
        { refusal: { code: 'offline.unknown', status: 422, data: {} } }
    const theirs =
      refusal && refusal.status >= 400 && refusal.status < 500 && refusal.status !== 401
        ? await command?.theirs?.(entry, signal).catch(() => null)
        : null
    const meaning = meaningOf(refusal, command, entry, theirs ?? null, faults.get(entry.id))
    if (refusal && refusal.status >= 500) faults.set(entry.id, (faults.get(entry.id) ?? 0) + 1)
    if (meaning === 'done' || meaning === 'already') {
      await follow(entry, command, signal)
      await inTurn(() => discard(entry.id))
    }
    if (meaning === 'conflict' && refusal) {
      await helm?.report(entry, refusal)
      await inTurn(() => save({ ...entry, state: 'conflict', refusal, theirs: theirs ?? null }))
    }
    return meaning
  } catch {
    return 'later' as const
  }
}

/** What the device had added to a command whose first try may have arrived without it. */
async function follow(entry: Entry, command: LocalCommand | undefined, signal: AbortSignal) {
  if (!entry.maybeSent) return
  const late = command?.afterwards?.(entry)
  if (late) await attemptCall(late.route, late.parts, entry, `${entry.id}-after`, signal)
}

/** Decided: they leave the outbox; what was behind them goes on, with another subject where the record became another. */
export async function settle(gone: readonly Entry[], moves?: string): Promise<void> {
  await inTurn(async () => {
    for (const entry of gone) {
      if (moves !== undefined)
        for (const next of behind(outbox(), entry)) await save(moved(next, entry.subject, moves))
      await discard(entry.id)
    }
  })
  sendSoon()
  helm?.settled()
}

function moved(entry: Entry, from: string, to: string): Entry {
  const params = Object.fromEntries(
    Object.entries(entry.parts.params ?? {}).map(([name, value]) => [name, value === from ? to : value]),
  )
  return { ...entry, subject: to, parts: { ...entry.parts, params } }
}

export async function sendCorrection(
  entry: Entry,
  { route, key }: Correction,
  parts: Parts,
): Promise<Refusal | null> {
  const { refusal } = await attemptCall(
    route,
    parts,
    entry,
    `${entry.id}-${key}-${hash(parts)}`,
    stopped.signal,
  )
  return refusal
}

/** Another word is another request, and needs another key. */
function hash(parts: Parts): string {
  let sum = 0
  for (const letter of JSON.stringify(parts)) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) >>> 0
  return sum.toString(36)
}
