import { v7 } from 'uuid'
import { note, setNote } from './vault.ts'

let device: Promise<string> | undefined

/** An id this installation made for itself; says nothing of a person and outlives signing out. */
export function deviceId(): Promise<string> {
  device ??= (async () => {
    const known = await note<string>('device')
    if (known) return known
    const made = v7()
    await setNote('device', made)
    return made
  })()
  return device
}
