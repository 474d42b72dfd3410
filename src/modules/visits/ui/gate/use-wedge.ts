import { useEffect, useRef } from 'react'

const loadReader = () => import('../id-burst.ts')

/** Ahead of the first screen that listens, so that nothing read there comes too early. */
export function fetchReader() {
  void loadReader().catch(() => undefined)
}

/**
 * Hears a reader that works as a keyboard. A code typed while no field has the focus is handed over; in a field it
 * stays there, only what an ID reader types goes to the fields it belongs to. Comes after the first screen (budget).
 */
export function useWedge(onCode: (code: string) => void, layer: 'page' | 'app' = 'page') {
  const latest = useRef(onCode)
  latest.current = onCode
  useEffect(() => {
    let stop: (() => void) | undefined
    let gone = false
    void loadReader().then(({ hearCodes }) => {
      if (!gone) stop = hearCodes((code) => latest.current(code), layer)
    })
    return () => {
      gone = true
      stop?.()
    }
  }, [layer])
}
