import { useCallback, useEffect, useRef, useState } from 'react'
import { useSessionIfAny } from './session.ts'

const prefix = 'foyer.draft.'
const keepDays = 7

interface Stored {
  at: number
  value: unknown
}

function read(name: string): unknown {
  try {
    const stored: Stored = JSON.parse(localStorage.getItem(name) ?? 'null')
    return stored && Date.now() - stored.at < keepDays * 86_400_000 ? stored.value : undefined
  } catch {
    return undefined
  }
}

/** On sign-out: what one person began is not the next one's business. */
export function clearDrafts() {
  for (const name of Object.keys(localStorage)) if (name.startsWith(prefix)) localStorage.removeItem(name)
}

/** Begins the draft of a form from elsewhere: the form shows it when it is opened. */
export function seedDraft(owner: string, key: string, value: object) {
  localStorage.setItem(`${prefix}${owner}.${key}`, JSON.stringify({ at: Date.now(), value } satisfies Stored))
}

/**
 * State of a form that survives reload and crash, kept per user: `const draft = useDraft('visit.new', empty)`. An object
 * is laid over `initial`, so a field added later gets its default. Call `clear` once the form has been sent. Without sign-in nothing is stored.
 */
export function useDraft<T extends object>(key: string, initial: T) {
  const owner = useSessionIfAny()?.user.id
  const name = owner ? `${prefix}${owner}.${key}` : undefined
  const first = useRef(initial)
  const [start] = useState(() => {
    const stored = name ? read(name) : undefined
    return stored && typeof stored === 'object'
      ? { value: { ...initial, ...stored }, restored: true }
      : undefined
  })
  const [value, setValue] = useState<T>(start?.value ?? initial)
  const [restored, setRestored] = useState(start?.restored ?? false)
  const touched = useRef(false)

  useEffect(() => {
    if (!name || !touched.current || value === first.current) return
    const write = () => localStorage.setItem(name, JSON.stringify({ at: Date.now(), value } satisfies Stored))
    const timer = setTimeout(write, 150)
    window.addEventListener('pagehide', write)
    return () => {
      clearTimeout(timer)
      window.removeEventListener('pagehide', write)
      // Closing the panel right after the last letter must not lose it; after `clear` nothing is left to write.
      if (touched.current) write()
    }
  }, [name, value])

  const set = useCallback((next: T | ((before: T) => T)) => {
    touched.current = true
    setValue(next)
  }, [])

  const clear = useCallback(() => {
    touched.current = false
    if (name) localStorage.removeItem(name)
    setValue(first.current)
    setRestored(false)
  }, [name])

  /** One field: `draft.patch({ name })`. */
  const patch = useCallback((part: Partial<T>) => set((before) => ({ ...before, ...part })), [set])

  return { value, set, patch, clear, restored }
}
