/** A member who goes out alone, at desk or gate like any other visitor (V22). Apart from exit.ts, which needs the exit of visits. */
import type { Step } from '../step.ts'
import * as store from './store.ts'

/**
 * For a member released by itself at desk or gate: the group's one pass goes on to somebody still inside, and who goes
 * for the uncounted takes all of them along.
 * @returns true when the pass is not this visitor's to hand in
 */
export async function leavesGroup({ work, visit }: Step): Promise<boolean> {
  if (visit.group_id === null) return false
  if (visit.source === 'crowd') work.write(store.allCountedOut(visit.group_id))
  const holder = await work.maybe(store.passHolder(visit.site_id, visit.group_id))
  if (holder === undefined || visit.pass_number === null || holder.holder_id === null) return false
  if (holder.holder_id !== visit.id) return true
  if (holder.other_id === null) return false
  work.write(store.handOnPass(visit.site_id, visit.pass_number, holder.other_id))
  return true
}
