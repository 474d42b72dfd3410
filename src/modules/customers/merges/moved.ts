/** What a merge took along, as it is kept for its undo. */
import { z } from 'zod'

const changed = z.record(z.string(), z.object({ was: z.unknown(), is: z.unknown() }))
const ids = z.array(z.string())
const hand = z
  .object({ id: z.string(), name: z.string(), since: z.string(), lockedUntil: z.string().nullable() })
  .nullable()

export const movedCustomer = z.object({
  fields: changed,
  /** Only when the owner changed. */
  owner: z.object({ was: hand, is: hand }).nullable(),
  phones: ids,
  contacts: ids,
  remarks: ids,
  team: ids,
})
export type MovedCustomer = z.infer<typeof movedCustomer>

export const movedContact = z.object({
  fields: changed,
  seen: z.object({ was: z.string().nullable(), is: z.string().nullable() }),
  phones: ids,
  remarks: ids,
  concerns: ids,
})
export type MovedContact = z.infer<typeof movedContact>
