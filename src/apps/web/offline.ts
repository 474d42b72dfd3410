/**
 * Starts what goes on without a server; loaded after the first paint, for whoever works at gate, desk or kiosk. The list
 * of parts is here: a module that wants to be used offline adds its own.
 */

import { musterPart } from '../../modules/visits/muster/ui/offline.ts'
import { offline } from '../../modules/visits/offline/contract.ts'
import { visitsOffline } from '../../modules/visits/ui/offline/part.ts'
import { call } from '../../ui-kit/client.ts'
import { deviceId } from '../../ui-kit/offline/device.ts'
import {
  type Decision,
  enqueue,
  lock,
  resume,
  signedIn,
  snapshot,
  startOffline,
  takeOver,
} from '../../ui-kit/offline/engine.ts'
import type { Entry, Refusal } from '../../ui-kit/offline/part.ts'
import { offlineState } from '../../ui-kit/offline/state.ts'
import { ApiProblem } from '../../ui-kit/problem.ts'
import type { Session } from '../../ui-kit/session.ts'
import { meQuery, queryClient } from './queries.ts'
import { registerWorker } from './worker/register.ts'

startOffline([visitsOffline, musterPart], {
  settled: () => void queryClient.invalidateQueries(),
  back() {
    void queryClient
      .fetchQuery({ ...meQuery, staleTime: 0 })
      .then(attend)
      .then(() => queryClient.invalidateQueries())
      // Signed out meanwhile: the client has told everybody.
      .catch(() => undefined)
  },
  report: async (entry, refusal) => {
    await call(
      offline.report,
      { body: await told(entry, refusal) },
      { idempotencyKey: `${entry.id}-report`, alone: true },
    )
  },
  decided: async (entry, decision, reason) => {
    await call(
      offline.settle,
      {
        params: { id: entry.id },
        body: { ...(await told(entry, entry.refusal)), decision, reason, what: whatOf(entry, decision) },
      },
      { idempotencyKey: `${entry.id}-${decision}`, alone: true },
    )
  },
})

async function told(entry: Entry, refusal: Refusal | null) {
  return {
    id: entry.id,
    device: await deviceId(),
    route: entry.route,
    visitId: /^[\da-f-]{36}$/.test(entry.subject) ? entry.subject : null,
    label: entry.label.slice(0, 200),
    occurredAt: entry.occurredAt,
    code: refusal?.code ?? '',
  }
}

/** The record keeps what would otherwise be gone; never a phone or document number (G4, G5). */
const open = [
  'status',
  'visitorName',
  'organisation',
  'partySize',
  'kind',
  'hostName',
  'passNumber',
  'arrivedAt',
  'leftAt',
]

function whatOf(entry: Entry, decision: Decision) {
  const after = decision === 'mended' ? null : entry.after
  return Object.fromEntries(Object.entries(after ?? {}).filter(([name]) => open.includes(name)))
}

const workers = ['visit.register']

/** The server has said who this is: from now on they can go on without it. */
export async function attend(me: Session): Promise<void> {
  if (!offlineState().online) return await goOnWithout(me)
  if (!me.actions.some((action) => workers.includes(action))) return await lock()
  registerWorker()
  const person = { id: me.user.id, name: me.user.name, siteId: me.site.id, actions: me.actions }
  const secret = async (device: string) =>
    (await call(offline.key, { body: { device } }, { alone: true })).secret
  try {
    await signedIn(person, me, secret)
  } catch (fault) {
    if (!(fault instanceof ApiProblem) || (fault.status !== 0 && fault.status < 502)) throw fault
    await goOnWithout(me)
  }
}

/** The network went between the page and the key: what the device kept of this person serves until it is back. */
async function goOnWithout(me: Session): Promise<void> {
  await resume(me.user.id)
}

/** The session as it last was, where the server cannot be asked; undefined: nobody may go on here. */
export async function resumed(): Promise<Session | undefined> {
  return (await resume()) as Session | undefined
}

/** Signed out: the key goes, pass numbers go back where the server can hear it. */
export async function leaveDevice(): Promise<void> {
  if (offlineState().online) {
    const body = { device: await deviceId(), want: 0 }
    await call(offline.lease, { body }, { alone: true, timeoutMs: 3000 }).catch(() => undefined)
  }
}

/** @returns how many entries of that person are now this one's to send */
export async function takeOverFrom(owner: string): Promise<number> {
  const [userId = ''] = owner.split('.')
  return await takeOver(
    owner,
    async (device) => (await call(offline.takeOver, { body: { device, userId } }, { alone: true })).secret,
  )
}

export { lock as lockDevice }

/**
 * An entry as the screens make them, at a moment of one's own: for journeys that play a day, and whoever types in a list
 * kept on paper.
 * @public
 */
export const enqueueHere = (order: Parameters<typeof enqueue>[0]) => enqueue(order)

/** What was last kept of the server's answer. @public */
export const keptHere = (name: string): unknown => snapshot(name)
