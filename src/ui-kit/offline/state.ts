/** What every screen may know of the connection and of the entries that wait; small, so that it comes with the first load. */
import { useSyncExternalStore } from 'react'

export interface OfflineState {
  /** The server answers. */
  readonly online: boolean
  /** Entries still to be sent, those held up behind a conflict among them. */
  readonly waiting: number
  /** Entries the server refused and a person has to decide on. */
  readonly conflicts: number
  /** Entries on this device that belong to somebody else; only they, or whoever takes over, can send them. */
  readonly foreign: number
  readonly sending: boolean
  /** A new version is there; it comes with the next reload. */
  readonly update: (() => void) | null
}

let state: OfflineState = {
  online: true,
  waiting: 0,
  conflicts: 0,
  foreign: 0,
  sending: false,
  update: null,
}
const listeners = new Set<() => void>()

export function offlineState(): OfflineState {
  return state
}

export function setOfflineState(part: Partial<OfflineState>) {
  const next = { ...state, ...part }
  const same = Object.entries(next).every(([key, value]) =>
    Object.entries(state).some(([k, v]) => k === key && v === value),
  )
  if (same) return
  state = next
  for (const listener of listeners) listener()
}

export function onOfflineState(listener: () => void) {
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
  }
}

/** `{ online, waiting, conflicts, … }`, for strips and for screens that say what works without a server. */
export function useOffline(): OfflineState {
  return useSyncExternalStore(onOfflineState, offlineState)
}

/** An answer came, whatever it said. */
export function reached() {
  if (!state.online) setOfflineState({ online: true })
}

/** No answer came. */
export function missed() {
  if (state.online) setOfflineState({ online: false })
}
