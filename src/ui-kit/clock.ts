import { useSyncExternalStore } from 'react'

/**
 * The clock every running figure reads: the server's, so that a tablet set wrong still shows right waiting times.
 * One timer for the whole page, stopped while nobody listens.
 */
let offset = 0
let current = Date.now()
let timer: ReturnType<typeof setTimeout> | undefined
const listeners = new Set<() => void>()

/** Told by the HTTP client from the `Date` header; differences a second-wide header cannot prove are ignored. */
export function setServerTime(serverMs: number) {
  const measured = serverMs - Date.now()
  offset = Math.abs(measured) < 2000 ? 0 : measured
}

export function serverNow() {
  return Date.now() + offset
}

function tick() {
  current = serverNow()
  for (const listener of listeners) listener()
  // On the second, so that all figures change together.
  timer = setTimeout(tick, 1000 - (current % 1000))
}

function subscribe(listener: () => void) {
  listeners.add(listener)
  if (listeners.size === 1) {
    current = serverNow()
    timer = setTimeout(tick, 1000 - (current % 1000))
  }
  return () => {
    listeners.delete(listener)
    if (listeners.size === 0) clearTimeout(timer)
  }
}

const everySecond = () => Math.floor(current / 1000) * 1000

/** Milliseconds since the epoch, renewed each second. */
export function useNow() {
  return useSyncExternalStore(subscribe, everySecond)
}
