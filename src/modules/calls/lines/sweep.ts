/**
 * Every minute: what was said "until" is over; and messages nobody put before their colleague though the line is free —
 * its owner changed telephones, or the change of the line and the message met in the middle (C6).
 */
import { systemActor } from '../../../kernel/actor.ts'
import { type Kernel, systemCtx } from '../../../kernel/kernel.ts'
import { command, type Work } from '../../../kernel/work/command.ts'
import { extensionLines } from '../../directory/public.ts'
import { sitesWaiting, waitingSince } from '../messages/store.ts'
import { presentWaiting } from '../messages/waiting.ts'
import { lampsTurned, turnOf } from './device.ts'
import { isHeld, type LineFacts, stateOf } from './rules.ts'
import * as store from './store.ts'

/** Younger ones are in the hands of whoever writes them. */
const overlookedMs = 60_000

export async function sweepLines(kernel: Kernel): Promise<void> {
  const now = kernel.clock.now()
  for (const { siteId } of await kernel.sql.all(store.lapsedSites(now)))
    await command(systemCtx(kernel, siteId, systemActor), forgetLapsed)
  for (const { siteId } of await kernel.sql.all(sitesWaiting(new Date(now.getTime() - overlookedMs))))
    await command(systemCtx(kernel, siteId, systemActor), presentOverlooked)
}

async function forgetLapsed(work: Work): Promise<void> {
  const { siteId } = work.ctx
  const rows = await work.all(store.lockLapsed(siteId, work.now))
  if (rows.length === 0) return
  work.write(
    store.forgetSaid(
      siteId,
      rows.map((row) => row.extension),
    ),
  )
  // To everybody it was said until now, so that is what the lamp turns from.
  const justBefore = (row: store.LineRow) => new Date((row.saidUntil ?? work.now).getTime() - 1)
  const turned = rows.flatMap((row) => {
    const silent: LineFacts = { ...row, said: null, saidUntil: null, saidAt: null }
    const told: LineFacts = { ...row, saidUntil: null, saidAt: justBefore(row) }
    return turnOf(row.extension, told, silent, work.now)
  })
  await lampsTurned(work, turned, 'said-free')
}

async function presentOverlooked(work: Work): Promise<void> {
  const { siteId } = work.ctx
  const before = new Date(work.now.getTime() - overlookedMs)
  const [waiting, numbers, lines] = await Promise.all([
    work.all(waitingSince(siteId, before)),
    work.all(extensionLines(siteId)),
    work.all(store.allLines(siteId)),
  ])
  const held = new Set(lines.filter((row) => isHeld(stateOf(row, work.now))).map((row) => row.extension))
  const extensions = new Map(numbers.map((one) => [one.employeeId, one.extension]))
  const free = waiting.filter(({ employeeId }) => !held.has(extensions.get(employeeId) ?? ''))
  await presentWaiting(
    work,
    free.map((one) => one.employeeId),
    'device-free',
  )
}
