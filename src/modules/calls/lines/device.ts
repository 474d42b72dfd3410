/** The exchange tells which telephones are in use (C6, C15). */
import type { Work } from '../../../kernel/work/command.ts'
import { employeesWithExtension } from '../../directory/public.ts'
import { presentWaiting } from '../messages/waiting.ts'
import {
  type DeviceChange,
  isHeld,
  type LineFacts,
  type LineState,
  lastOfEach,
  stateOf,
  unknownLine,
} from './rules.ts'
import * as store from './store.ts'

/**
 * Writes what the exchange told, many telephones at once; an exchange may tell two hundred things a second, so there is
 * one journal entry for all of them, and none when no lamp looks different. Whoever's line became free gets the messages
 * that wait for them, in this transaction.
 */
export async function deviceChanged(work: Work, changes: readonly DeviceChange[]): Promise<void> {
  const told = lastOfEach(changes)
  if (told.length === 0) return
  const { siteId } = work.ctx
  const known = await work.all(
    store.lockLines(
      siteId,
      told.map((one) => one.extension),
    ),
  )
  const rows = new Map<string, LineFacts>(known.map((row) => [row.extension, row]))
  const fresh = told.filter((one) => {
    const line = rows.get(one.extension) ?? unknownLine
    return line.device !== one.state && (line.deviceAt === null || line.deviceAt <= one.at)
  })
  if (fresh.length === 0) return
  await work.run(store.putDevices(siteId, fresh))
  const turned = fresh.flatMap(({ extension, state, at }) => {
    const before = rows.get(extension) ?? unknownLine
    return turnOf(extension, before, { ...before, device: state, deviceAt: at }, work.now)
  })
  await lampsTurned(work, turned, 'device-free')
}

interface Turned {
  readonly extension: string
  readonly from: LineState
  readonly to: LineState
}

export function turnOf(extension: string, before: LineFacts, after: LineFacts, now: Date): Turned[] {
  const [from, to] = [stateOf(before, now), stateOf(after, now)]
  return from === to ? [] : [{ extension, from, to }]
}

/** Live to every console; the colleagues whose line is free again find their messages before them (C6). */
export async function lampsTurned(
  work: Work,
  turned: readonly Turned[],
  how: 'device-free' | 'said-free',
): Promise<number> {
  if (turned.length === 0) return 0
  work.journal({
    entity: 'line',
    entityId: turned.length === 1 && turned[0] !== undefined ? turned[0].extension : work.ctx.siteId,
    action: 'line.changed',
    after: { lamps: Object.fromEntries(turned.map(({ extension, to }) => [extension, to])) },
  })
  const freed = turned.filter(({ from, to }) => isHeld(from) && !isHeld(to)).map((one) => one.extension)
  return freed.length === 0 ? 0 : await presentTo(work, freed, how)
}

/** Everybody at these telephones; a shared one has several. */
export async function presentTo(
  work: Work,
  extensions: readonly string[],
  how: 'device-free' | 'said-free',
): Promise<number> {
  const people = await work.all(employeesWithExtension(work.ctx.siteId, extensions))
  return await presentWaiting(
    work,
    people.map((one) => one.id),
    how,
  )
}
