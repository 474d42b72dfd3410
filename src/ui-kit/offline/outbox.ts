/** The entries of the person signed in, in memory and in the vault; several tabs share them. */
import { v7 } from 'uuid'
import { inOrder } from './merge.ts'
import type { Entry } from './part.ts'
import { setOfflineState } from './state.ts'
import { note, revision, type Vault, waitingByOwner } from './vault.ts'

const tabs = new BroadcastChannel('foyer-offline')
const changed = new Set<() => void>()

let vault: Vault | undefined
let entries: readonly Entry[] = []
let read = -1

export function outboxVault() {
  return vault
}

export function outbox(): readonly Entry[] {
  return entries
}

export function onOutbox(listener: () => void) {
  changed.add(listener)
  return () => {
    changed.delete(listener)
  }
}

export async function takeVault(next: Vault | undefined): Promise<void> {
  vault = next
  read = -1
  await refresh()
}

/** Reads again what another tab, or the time before a reload, has written. */
export async function refresh(): Promise<void> {
  // Somebody else signed in, or out, in another tab: nothing here may go out under their name.
  const current = vault ? await note<{ owner: string }>('current') : undefined
  if (vault && current?.owner !== vault.owner) vault = undefined
  const now = vault ? await revision() : 0
  if (!vault) entries = []
  else if (now !== read) entries = inOrder((await vault.all('entry')) as Entry[])
  read = now
  await tell()
}

async function tell() {
  const owners = await waitingByOwner()
  let foreign = 0
  for (const [owner, count] of owners) if (owner !== vault?.owner) foreign += count
  const conflicts = entries.filter((entry) => entry.state === 'conflict').length
  setOfflineState({ waiting: entries.length - conflicts, conflicts, foreign })
  for (const listener of changed) listener()
}

tabs.onmessage = () => void refresh()

/** One tab at a time decides and writes: two must not hand out the same pass number. */
export async function inTurn<T>(use: () => Promise<T>): Promise<T> {
  return await navigator.locks.request('foyer-outbox', async () => {
    await refresh()
    return await use()
  })
}

export type NewEntry = Omit<Entry, 'order' | 'state' | 'refusal' | 'theirs'>

/** Written before anybody is told that it was done. Call inside `inTurn`. */
export async function add(entry: NewEntry): Promise<Entry> {
  const last = entries.at(-1)?.order ?? 0
  const whole: Entry = { ...entry, order: last + 1, state: 'waiting', refusal: null, theirs: null }
  await save(whole)
  return whole
}

/** Somebody else's entry becomes this person's, at the end, as it was. */
export async function adopt(entry: Entry): Promise<void> {
  await save({ ...entry, order: (entries.at(-1)?.order ?? 0) + 1 })
}

export async function save(entry: Entry): Promise<void> {
  if (!vault) throw new Error('the outbox is locked')
  await vault.put('entry', entry.id, entry)
  await after(inOrder([...entries.filter((one) => one.id !== entry.id), entry]))
}

export async function discard(id: string): Promise<void> {
  if (!vault) return
  await vault.remove('entry', id)
  await after(entries.filter((one) => one.id !== id))
}

async function after(next: readonly Entry[]) {
  entries = next
  read = await revision()
  await tell()
  tabs.postMessage('changed')
}

export const entryId = () => v7()
