/** What is kept of the server's answers: in memory for the screens, sealed in the vault for the next start. */
import { deviceId } from './device.ts'
import type { OfflinePart, SnapshotSource } from './part.ts'
import { offlineState } from './state.ts'
import type { Vault } from './vault.ts'

interface Kept {
  readonly at: number
  readonly value: unknown
}

const kept = new Map<string, Kept>()
const running = new Map<string, AbortController>()
const again = new Set<string>()
let vault: Vault | undefined
let timer: ReturnType<typeof setInterval> | undefined

export function snapshotValue<T>(name: string): T | undefined {
  return kept.get(name)?.value as T | undefined
}

export async function loadSnapshots(from: Vault): Promise<void> {
  vault = from
  kept.clear()
  const names = ((await from.get('snapshot', 'names')) ?? []) as string[]
  for (const name of names) {
    const one = (await from.get('snapshot', name)) as Kept | undefined
    if (one) kept.set(name, one)
  }
}

export function stopSnapshots() {
  vault = undefined
  clearInterval(timer)
  timer = undefined
  for (const one of running.values()) one.abort()
  running.clear()
  kept.clear()
}

/** Fetches what is old, or what one of these entities changed. */
export function keepFresh(parts: readonly OfflinePart[], entities: readonly string[] | 'all') {
  if (!vault || !offlineState().online) return
  const sources = parts.flatMap((part) => part.snapshots)
  clearInterval(timer)
  timer = setInterval(() => keepFresh(parts, []), 60_000)
  for (const source of sources) if (isDue(source, entities)) void fetchOne(source)
}

function isDue(source: SnapshotSource, entities: readonly string[] | 'all'): boolean {
  if (entities !== 'all' && source.entities.some((entity) => entities.includes(entity))) return true
  const at = kept.get(source.name)?.at ?? 0
  // Signing in and coming back ask for everything that moves; what hardly moves waits for its time.
  if (entities === 'all' && source.everyMinutes <= 5) return true
  return Date.now() - at >= source.everyMinutes * 60_000
}

async function fetchOne(source: SnapshotSource): Promise<void> {
  const { name } = source
  // News during a fetch: the answer may be older than it, so once more afterwards.
  if (running.has(name)) return void again.add(name)
  const stop = new AbortController()
  running.set(name, stop)
  const target = vault
  try {
    const value = await source.fetch(stop.signal, await deviceId())
    if (target !== vault || !target) return
    const one: Kept = { at: Date.now(), value }
    kept.set(name, one)
    await target.put('snapshot', name, one)
    await target.put('snapshot', 'names', [...kept.keys()])
  } catch {
    // The old one stays; the next news or minute tries again.
  } finally {
    running.delete(name)
  }
  if (again.delete(name) && target === vault) setTimeout(() => void fetchOne(source), restMs)
}

/** A busy house changes several times a second; the device need not ask as often. */
const restMs = 2000
