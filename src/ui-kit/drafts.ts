import { useCallback, useEffect, useRef, useState } from 'react'
import type { DraftStore } from './draft-store.ts'
import { useSessionIfAny } from './session.ts'

export interface Stored {
  readonly at: number
  readonly value: unknown
}

/** In memory for the forms, sealed on the device for the next start (draft-store.ts). */
const known = new Map<string, Stored>()
let store: Promise<DraftStore | undefined> | undefined
let opened: string | undefined
/** Counts the sign-outs: a form still closing must not write down again what was just erased. */
let life = 0

/** Another tab wrote a draft, sent a form (null), or signed out (undefined). */
function heard(name?: string, one?: Stored | null) {
  if (name === undefined) {
    life++
    opened = undefined
  }
  if (name === undefined) known.clear()
  else if (one) known.set(name, one)
  else known.delete(name)
}

/** After the first paint's files: the cipher and the database come when somebody is signed in. */
function device() {
  store ??= import('./draft-store.ts').then(
    ({ draftStore }) => draftStore(heard),
    () => {
      store = undefined
      return undefined
    },
  )
  return store
}

/** Before the first form stands: what this person began earlier; anybody else's is dropped. Never later than a second. */
export async function openDrafts(owner: string): Promise<void> {
  if (opened === owner) return
  opened = owner
  const load = async () => {
    const kept = await (await device())?.load(owner)
    for (const [name, one] of kept ?? []) if (!known.has(name)) known.set(name, one)
  }
  await Promise.race([load().catch(() => undefined), new Promise((resolve) => setTimeout(resolve, 1000))])
}

/** On sign-out: what one person began is not the next one's business. Needs no file that may not be there offline. */
export async function eraseDrafts(): Promise<void> {
  heard()
  await new Promise<void>((resolve) => {
    const asked = globalThis.indexedDB?.deleteDatabase('foyer-drafts')
    if (!asked) return resolve()
    asked.onsuccess = asked.onerror = () => resolve()
  })
}

function keep(name: string, value: unknown) {
  const one = { at: Date.now(), value }
  known.set(name, one)
  void device().then((to) => to?.keep(name, one))
}

function drop(name: string) {
  known.delete(name)
  void device().then((to) => to?.keep(name, null))
}

/** Begins the draft of a form from elsewhere: the form shows it when it is opened. */
export function seedDraft(owner: string, key: string, value: object) {
  keep(`${owner}.${key}`, value)
}

/**
 * State of a form that survives reload and crash, kept per user and encrypted: `const draft = useDraft('visit.new', empty)`.
 * An object is laid over `initial`, so a field added later gets its default. Call `clear` once the form has been sent.
 * Without sign-in nothing is stored, and over plain http nothing outlives the page: a browser does not encrypt there (G5).
 */
export function useDraft<T extends object>(key: string, initial: T) {
  const owner = useSessionIfAny()?.user.id
  const name = owner && `${owner}.${key}`
  const first = useRef(initial)
  const [born] = useState(life)
  const [start] = useState(() => {
    const stored = name ? known.get(name)?.value : undefined
    return stored && typeof stored === 'object' ? { ...initial, ...stored } : undefined
  })
  const [value, setValue] = useState<T>(start ?? initial)
  const [restored, setRestored] = useState(start !== undefined)
  const touched = useRef(false)

  useEffect(() => {
    if (name && touched.current && value !== first.current && born === life) keep(name, value)
  }, [name, value, born])

  const set = useCallback((next: T | ((before: T) => T)) => {
    touched.current = true
    setValue(next)
  }, [])

  const clear = useCallback(() => {
    touched.current = false
    if (name) drop(name)
    setValue(first.current)
    setRestored(false)
  }, [name])

  /** One field: `draft.patch({ name })`. */
  const patch = useCallback((part: Partial<T>) => set((before) => ({ ...before, ...part })), [set])

  return { value, set, patch, clear, restored }
}
