/** Visitors who registered while the server was away: kept here, sent when it is back, with the time of the act (design §1.5). */
import { call } from '../../../../ui-kit/client.ts'
import { ApiProblem } from '../../../../ui-kit/problem.ts'
import type { DueAgreement } from '../../agreements/contract.ts'
import { type KioskSelf, kiosks } from '../../kiosk/contract.ts'
import { arriveWith, isAway, isOut, type Said } from './calls.ts'
import { canKeep, forget, keep, kept, namesKept } from './kept.ts'

interface Unsent {
  readonly said: Said
  readonly occurredAt: string
  readonly device: string
}

const prefix = 'unsent.'
const documentsEvery = 30 * 60_000
let documentsAt = 0

/** What this kiosk offered last; undefined: it cannot do anything without the server. */
export const offeredBefore = () =>
  canKeep() ? kept<KioskSelf>('self').catch(() => undefined) : Promise.resolve(undefined)

/** After every look at the server: what the next hour without it needs. */
export async function keepOffer(self: KioskSelf): Promise<void> {
  if (!canKeep()) return
  await keep('self', self)
  if (Date.now() - documentsAt < documentsEvery) return
  documentsAt = Date.now()
  for (const { key } of self.kinds) {
    const { items } = await call(kiosks.agreements, { query: { kind: key } }, { timeoutMs: 6000 })
    await keep(`documents.${key}`, items)
  }
}

/** This browser is no kiosk any more. What waits stays sealed, and goes out when it is paired again. */
export async function forgetOffer(): Promise<void> {
  if (!canKeep()) return
  documentsAt = 0
  for (const name of [...(await namesKept('self')), ...(await namesKept('documents.'))]) await forget(name)
}

export async function documentsKept(kind: string): Promise<readonly DueAgreement[]> {
  return (await kept<readonly DueAgreement[]>(`documents.${kind}`).catch(() => undefined)) ?? []
}

/** Safe on disk when it returns. */
export async function noteVisitor(said: Said, kiosk: string): Promise<void> {
  const one: Unsent = { said: { ...said, due: [] }, occurredAt: new Date().toISOString(), device: kiosk }
  await keep(`${prefix}${said.id}`, one)
}

export const waitingHere = async (): Promise<number> => (canKeep() ? (await namesKept(prefix)).length : 0)

/**
 * Sends what waits, one after the other in the order of coming (the ids are made of the time). What the server refuses
 * goes to the desk as a task: nobody stands here any more who could be asked.
 */
export async function sendWaiting(): Promise<void> {
  if (!canKeep()) return
  // One page at a time, should the kiosk be open twice.
  await navigator.locks.request('foyer-kiosk-send', { ifAvailable: true }, async (lock) => {
    if (!lock) return
    for (const name of (await namesKept(prefix)).sort()) {
      const one = await kept<Unsent>(name).catch(() => undefined)
      if (one && !(await sent(one))) return
      await forget(name)
    }
  })
}

/** @returns false: the server is away again, or this kiosk is out; it stays */
async function sent({ said, occurredAt, device }: Unsent): Promise<boolean> {
  const headers = { 'Foyer-Occurred-At': occurredAt, 'Foyer-Device': device }
  try {
    await arriveWith(said, null, headers)
    return true
  } catch (fault) {
    if (!(fault instanceof ApiProblem) || isAway(fault) || isOut(fault)) return false
    if (fault.status >= 500 || fault.status === 429) return false
    const { visitorName, organisation, purpose, hostName } = said
    const body = { visitorName, organisation, purpose, hostName, code: fault.code, occurredAt }
    try {
      await call(kiosks.unsent, { body }, { idempotencyKey: `${said.id}-unsent` })
      return true
    } catch {
      return false
    }
  }
}
