/**
 * What the kiosk keeps, encrypted, for the time without a server: what it offers, the documents to sign, and registrations
 * that wait. A registration leaves with the server's answer (G5). Where nothing can be kept the kiosk sends to the desk.
 */
import { canSeal, openSealedRows, type SealedRows } from '../../../../ui-kit/sealed-rows.ts'

export const canKeep = canSeal

let place: Promise<SealedRows> | undefined

function open(): Promise<SealedRows> {
  place ??= openSealedRows('foyer-kiosk', 'rows', 'kiosk', {
    terminated() {
      place = undefined
    },
  })
  return place
}

/** On return it is safe on disk. */
export async function keep(name: string, value: unknown): Promise<void> {
  const { db, seal } = await open()
  const row = await seal(name, value)
  const transaction = db.transaction('rows', 'readwrite', { durability: 'strict' })
  await transaction.store.put(row)
  await transaction.done
}

export async function kept<T>(name: string): Promise<T | undefined> {
  const { db, unseal } = await open()
  const row = await db.get('rows', name)
  return row && (await unseal<T>(row))
}

export async function namesKept(prefix: string): Promise<string[]> {
  const { db } = await open()
  return (await db.getAllKeys('rows')).filter((name) => name.startsWith(prefix))
}

export async function forget(name: string): Promise<void> {
  const { db } = await open()
  await db.delete('rows', name)
}
