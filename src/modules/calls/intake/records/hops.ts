/** Transfers seen at the exchange are hops of the record: measured, whoever pressed the keys (C3, C4). */
import { newId } from '../../../../kernel/ids.ts'
import { maskNumber } from '../../../../kernel/telephone/mask.ts'
import type { Work } from '../../../../kernel/work/command.ts'
import { type CallRow, endHop, findCall, type HopRow, insertHop } from '../../store.ts'
import type { Told } from './apply.ts'
import type { Entries } from './entries.ts'
import { span } from './legs.ts'
import { exchangeBy, type Site } from './reading.ts'
import * as store from './store.ts'
import { consulted, type HopChange, hopChanges, type Try, triesOf } from './tries.ts'

export async function writeHops(told: Told, row: CallRow, entries: Entries): Promise<void> {
  const { call, legs, hops } = told
  let position = Math.max(0, ...hops.map((hop) => hop.position))
  for (const change of hopChanges(hops, triesOf(call, legs))) {
    if (change.kind === 'new') {
      position += 1
      newHop(told, row, change.seen, position, entries)
    } else changeHop(told, row, change, entries)
  }
  const alone = consulted(call, legs)
  if (alone !== null && (told.before?.ended_at ?? null) === null) await consultedInVain(told, alone, entries)
}

function newHop(told: Told, row: CallRow, seen: Try, position: number, entries: Entries): void {
  const { work, site } = told
  const hop: HopRow = { ...seenHop(seen, site), id: newId(), site_id: row.site_id, call_id: row.id, position }
  work.write(insertHop(hop))
  entries.hop(told, row, 'call.tried', hop)
  if (hop.result !== 'trying') entries.hop(told, row, 'call.hop-ended', hop)
}

function seenHop(seen: Try, site: Site): Omit<HopRow, 'id' | 'site_id' | 'call_id' | 'position'> {
  const colleague = site.colleague(seen.to)
  const by = site.colleague(seen.by)
  return {
    step: null,
    target_kind: colleague === null ? 'extension' : 'person',
    target_id: colleague?.id ?? null,
    target_name: colleague?.name ?? maskNumber(seen.to),
    target_extension: seen.to,
    told_caller: false,
    started_at: seen.at,
    ended_at: seen.endedAt,
    seconds: seen.endedAt === null ? null : span(seen.at, seen.endedAt),
    result: seen.result,
    measured: true,
    transfer_at: seen.at,
    note: '',
    by_id: by?.id ?? exchangeBy,
    by_name: by?.name ?? seen.by ?? '',
  }
}

function changeHop(
  told: Told,
  row: CallRow,
  change: Exclude<HopChange, { kind: 'new' }>,
  entries: Entries,
): void {
  const { work } = told
  if (change.kind === 'cancel') {
    const ended = { result: 'cancelled' as const, ended_at: change.endedAt }
    work.write(endHop(change.hop.id, ended))
    entries.hop(told, row, 'call.hop-ended', { ...change.hop, ...ended })
    return
  }
  work.write(store.measureHop(change.hop.id, change.patch))
  if (change.ends) entries.hop(told, row, 'call.hop-ended', { ...change.hop, ...change.patch })
}

/** A colleague was rung beside the call, and did not answer: the hop that waited for it has its result. */
async function consultedInVain(told: Told, seen: Try, entries: Entries): Promise<void> {
  const { work, call } = told
  if (seen.by === null) return
  const before = new Date(call.endedAt ?? call.startedAt)
  const hop = await work.maybe(store.waitingHop(work.ctx.siteId, seen.by, seen.to, before))
  const row = hop === undefined ? undefined : await parentOf(work, hop)
  if (hop === undefined || row === undefined) return
  const [change] = hopChanges([hop], [seen])
  if (change?.kind === 'measure') changeHop({ ...told, legs: [] }, row, change, entries)
}

function parentOf(work: Work, hop: HopRow): Promise<CallRow | undefined> {
  return work.maybe(findCall(work.ctx.siteId, hop.call_id))
}
