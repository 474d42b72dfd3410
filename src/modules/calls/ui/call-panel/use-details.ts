import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useDraft } from '../../../../ui-kit/drafts.ts'
import { ApiProblem } from '../../../../ui-kit/problem.ts'
import type { CallDetail } from '../../card/contract.ts'
import type { CallCommands } from '../call-commands.ts'
import {
  changed,
  conflicts,
  type DetailName,
  type Details,
  detailsOf,
  nothingTyped,
  patchOf,
  type Typed,
  type as typeInto,
} from '../details.ts'
import { callKeys } from '../queries.ts'

/**
 * What is being taken down: kept per call over a reload, sent when the step goes on. Whoever else writes meanwhile is
 * not overwritten: different fields come together, the same field is asked about.
 */
export function useDetails(call: CallDetail, commands: CallCommands) {
  const client = useQueryClient()
  const draft = useDraft<Typed>(`call.${call.id}`, nothingTyped)
  const [fault, setFault] = useState<unknown>(null)
  const [clash, setClash] = useState<readonly DetailName[]>([])
  const record = detailsOf(call)
  const value: Details = { ...record, ...draft.value.typed }

  const newest = () => client.getQueryData<CallDetail>(callKeys.detail(call.id)) ?? call

  /** @returns false when something stands in the way; it is shown beside the fields */
  async function save(part: Partial<Details> = {}, decided = false): Promise<boolean> {
    setFault(null)
    let mine = Object.keys(part).length > 0 ? typeInto(draft.value, record, part) : draft.value
    if (mine !== draft.value) draft.set(mine)
    // Twice: a stale edit has fetched the new record, over which the same words are laid once more.
    for (let attempt = 0; attempt < 2; attempt++) {
      const now = newest()
      const touched = changed(mine, detailsOf(now))
      if (touched.length === 0) break
      const open = decided ? [] : conflicts(mine, detailsOf(now))
      setClash(open)
      if (open.length > 0) return false
      const done = await commands.edit(call, { version: now.version, ...patchOf(mine, touched) })
      if (done.ok) break
      if (!(done.fault instanceof ApiProblem && done.fault.code === 'edit.stale') || attempt > 0) {
        setFault(done.fault)
        return false
      }
      mine = { ...mine }
    }
    setClash([])
    draft.clear()
    return true
  }

  return {
    value,
    record,
    patch: (part: Partial<Details>) => draft.set((before) => typeInto(before, record, part)),
    save,
    clash,
    /** The other's words stay; one's own are dropped for these fields. */
    takeTheirs() {
      draft.set(({ typed, base }) => ({
        typed: without(typed, clash),
        base: without(base, clash),
      }))
      setClash([])
    },
    keepMine: () => save({}, true),
    fault,
    restored: draft.restored,
    pending: changed(draft.value, record).length > 0,
  }
}

export type DetailsDraft = ReturnType<typeof useDetails>

function without(of: Partial<Details>, names: readonly DetailName[]): Partial<Details> {
  return Object.fromEntries(Object.entries(of).filter(([name]) => !names.some((one) => one === name)))
}
