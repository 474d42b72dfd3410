import { useCallback, useRef } from 'react'

/** The same function for the whole life of the screen, calling the newest one: two hundred cards need not be drawn again. */
export function useStable<A extends unknown[], R>(newest: (...args: A) => R): (...args: A) => R {
  const latest = useRef(newest)
  latest.current = newest
  return useCallback((...args: A) => latest.current(...args), [])
}
