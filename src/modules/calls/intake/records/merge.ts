/** A consultation that became the conversation is no call of its own any more: what hangs on it moves to the one it joined. */
import type { Work } from '../../../../kernel/work/command.ts'
import type { ExchangeCall } from '../../exchange/link.ts'
import { callNumber } from '../../row.ts'
import type { CallRow } from '../../store.ts'
import { ofSituations, untilOutcome } from '../../tasks.ts'
import type { Entries } from './entries.ts'
import * as store from './store.ts'

export function mergeCalls(
  work: Work,
  batch: readonly ExchangeCall[],
  rowOf: (exchangeId: string) => CallRow | undefined,
  entries: Entries,
): void {
  for (const { id, mergedInto } of batch) {
    if (mergedInto === null) continue
    const part = rowOf(id)
    const whole = rowOf(mergedInto)
    if (part !== undefined && whole !== undefined && part.id !== whole.id) merge(work, part, whole, entries)
  }
}

/** Dropped, and said so in both places: two records of one conversation would count the caller twice (G4, G8). */
function merge(work: Work, part: CallRow, whole: CallRow, entries: Entries): void {
  for (const statement of store.moveAll(part.id, whole.id, work.now)) work.write(statement)
  const said =
    part.reason !== '' || part.route !== null || part.contact_name !== '' || part.organisation !== ''
  if (said) work.write(store.completeFrom(whole.id, part, work.now))
  work.write(store.dropCall(part.id))
  work.cancelTasks({ entity: 'call', id: part.id }, [...untilOutcome, ...ofSituations], 'merged')
  const people = [part.handler_id, whole.handler_id].filter((id) => id !== null)
  entries.other({
    entity: 'call',
    entityId: part.id,
    action: 'call.merged',
    version: part.version,
    before: {
      number: callNumber(part.number),
      status: part.status,
      direction: part.direction,
      callerExtension: part.caller_extension,
      dialled: part.direction === 'internal' ? part.dialled : '',
      startedAt: part.started_at,
      reason: part.reason,
    },
    after: { into: callNumber(whole.number) },
    data: { into: whole.id, people },
  })
  entries.other({
    entity: 'call',
    entityId: whole.id,
    action: 'call.joined',
    version: whole.version,
    after: { part: callNumber(part.number) },
    data: { number: callNumber(whole.number), people },
  })
}
