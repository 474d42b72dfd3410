/**
 * The device's own desk clerk: keeps what the screens need while there is a server, answers in its place when there is
 * none, and sends what was done. Loaded after the first paint; `src/apps/web/offline.ts` starts it.
 */
import { type CallOptions, type StandIn, setStandIn } from '../client.ts'
import { serverNow } from '../clock.ts'
import { onLiveChange } from '../live.ts'
import { ApiProblem } from '../problem.ts'
import { deviceId } from './device.ts'
import { behind, inOrder } from './merge.ts'
import { add, adopt, entryId, inTurn, outbox, outboxVault, refresh, takeVault } from './outbox.ts'
import type {
  Correction,
  Entry,
  Local,
  LocalCommand,
  LocalRead,
  OfflinePart,
  Parts,
  Refusal,
} from './part.ts'
import { keepFresh, loadSnapshots, snapshotValue, stopSnapshots } from './snapshots.ts'
import { missed, offlineState, onOfflineState, reached, setOfflineState } from './state.ts'
import { send, sendCorrection, sendSoon, settle, steer, stopSending } from './sync.ts'
import { forget, note, openKept, openOnce, possible, setNote, unlock, waitingByOwner } from './vault.ts'

export interface Owner {
  readonly id: string
  readonly name: string
  readonly siteId: string
  readonly actions: readonly string[]
}

/** Without a word from the server this long, whoever stands here has to sign in again. */
const strangerAfterDays = 3

let parts: readonly OfflinePart[] = []
let shore: Ashore | undefined
let owner: Owner | undefined
let device = ''

const mine = () => parts.filter((part) => owner?.actions.includes(part.action))

function commandOf(route: string): LocalCommand | undefined {
  return parts.flatMap((part) => part.commands).find((command) => command.route.id === route)
}

const readOf = (route: string): LocalRead | undefined =>
  mine()
    .flatMap((part) => part.reads)
    .find((read) => read.route.id === route)

const mayCommand = (route: string) =>
  mine().some((part) => part.commands.some((one) => one.route.id === route))

function local(): Local {
  if (!owner) throw new ApiProblem({ code: 'network.unreachable', status: 0 })
  return { snapshot: snapshotValue, entries: outbox(), device, owner, now: serverNow }
}

export interface Order {
  readonly route: string
  readonly parts: Parts
  /** Given by whoever tried the server first: the same key must go on meaning the same. */
  readonly key?: string
  readonly maybeSent?: boolean
  /** For tests and imports of paper lists; default: now. */
  readonly at?: number
}

/**
 * Does a command here and puts it into the outbox; on return it is safe on disk.
 * @returns what the server would answer, as far as this device can tell
 * @throws ApiProblem when the rules refuse it
 */
export async function enqueue(order: Order): Promise<unknown> {
  const command = commandOf(order.route)
  if (!command || !outboxVault()) throw new ApiProblem({ code: 'network.unreachable', status: 0 })
  const answer = await inTurn(async () => {
    const at = order.at ?? serverNow()
    const here = { ...local(), now: () => at }
    const act = command.act(order.parts, here)
    await add({
      id: order.key ?? entryId(),
      route: order.route,
      // A first try may have arrived: then the body must stay as it was, and what the device added is sent after it.
      parts: order.maybeSent ? order.parts : (act.parts ?? order.parts),
      subject: command.subject(act.parts ?? order.parts),
      label: act.label,
      occurredAt: new Date(at).toISOString(),
      before: act.before ?? null,
      after: act.after,
      maybeSent: order.maybeSent ?? false,
      by: { id: here.owner.id, name: here.owner.name },
    })
    return act.answer === undefined ? act.after : act.answer
  })
  if (offlineState().online) sendSoon()
  return answer
}

/** What was kept of the server's answer, or undefined. */
export function snapshot<T>(name: string): T | undefined {
  return snapshotValue<T>(name)
}

function unreachable(): never {
  throw new ApiProblem({ code: 'network.unreachable', status: 0 })
}

const standIn: StandIn = {
  covers: (route) =>
    owner !== undefined && outboxVault() !== undefined && (mayCommand(route) || readOf(route) !== undefined),
  away: () => !offlineState().online,
  queued(route, sent) {
    const command = mayCommand(route) ? commandOf(route) : undefined
    if (!command || outbox().length === 0) return false
    const subject = command.subject(sent)
    return outbox().some((entry) => entry.subject === subject)
  },
  async answer(route, sent, options: CallOptions & { maybeSent?: boolean }) {
    if (mayCommand(route)) {
      const { idempotencyKey, maybeSent = false } = options
      return await enqueue({
        route,
        parts: sent,
        maybeSent,
        ...(idempotencyKey ? { key: idempotencyKey } : {}),
      })
    }
    const read = readOf(route)
    if (!read) return unreachable()
    const answer = read.answer(sent, local())
    return answer === undefined ? unreachable() : answer
  },
  overlay(route, answer, sent) {
    const read = outbox().length === 0 ? undefined : readOf(route)
    return read?.overlay ? read.overlay(answer, sent, local()) : answer
  },
}

/** What the app adds: fetching the screens again, and telling the server of an entry it refused. */
export interface Ashore {
  readonly settled: () => void
  /** The server answers again: who is signed in, and is everything on the screen still so? */
  readonly back: () => void
  readonly report: (entry: Entry, refusal: Refusal) => Promise<void>
  readonly decided: (entry: Entry, decision: Decision, reason: string) => Promise<void>
}

/** Theirs stands; mine went on record another way; mine is dropped. */
export type Decision = 'theirs' | 'mended' | 'dropped'

/** Told once which modules take part. */
export function startOffline(list: readonly OfflinePart[], ashore: Ashore) {
  parts = list
  shore = ashore
  steer({
    commandOf,
    report: ashore.report,
    settled() {
      ashore.settled()
      keepFresh(mine(), 'all')
    },
  })
  setStandIn(standIn)
  window.addEventListener('online', look)
  window.addEventListener('offline', missed)
  onLiveChange({ open: reached, lost: look, news: (entities) => keepFresh(mine(), entities) })
  onOfflineState(onState)
  // A strip that counts must be right from the start, whoever is signed in.
  void refresh().catch(() => undefined)
}

let wasOnline = true
function onState() {
  const { online } = offlineState()
  if (online === wasOnline) return
  wasOnline = online
  if (!online) return watch(0)
  shore?.back()
  sendSoon()
  keepFresh(mine(), 'all')
}

let watching: ReturnType<typeof setTimeout> | undefined

/** Asks until somebody answers. Not the API: an answer of a stopped proxy is none. */
function watch(attempt: number) {
  clearTimeout(watching)
  if (offlineState().online) return
  watching = setTimeout(
    () => void look().then(() => watch(attempt + 1)),
    Math.min(15_000, 1000 * 2 ** attempt),
  )
}

async function look(): Promise<void> {
  try {
    const answer = await fetch('/healthz', { cache: 'no-store', signal: AbortSignal.timeout(5000) })
    if (answer.ok) reached()
    else missed()
  } catch {
    missed()
  }
}

/**
 * Somebody is signed in and the server says so: the key comes from it, what waited for them is opened and sent, and
 * whatever another person left is closed.
 */
export async function signedIn(
  person: Owner,
  session: unknown,
  fetchSecret: (device: string) => Promise<string>,
): Promise<void> {
  if (!possible()) return
  const name = `${person.id}.${person.siteId}`
  if (mineNothing(person)) return await lock()
  const own = ++turn
  device = await deviceId()
  const secret = await fetchSecret(device)
  // Left again while the server was asked: the key must not come back after it was forgotten.
  if (own !== turn) return
  await forget(name)
  const vault = await unlock(name, secret)
  if (own !== turn) return await forget(null)
  owner = person
  await setNote('current', { owner: name, until: Date.now() + strangerAfterDays * 86_400_000 })
  await vault.put('snapshot', 'session', { person, session })
  await takeVault(vault)
  await loadSnapshots(vault)
  keepFresh(mine(), 'all')
  sendSoon()
}

/** Counts sign-ins and sign-outs, so that one that was overtaken ends. */
let turn = 0

const mineNothing = (person: Owner) => !parts.some((part) => person.actions.includes(part.action))

/**
 * After a reload without a server, or one that goes away before it gave the key: whoever was signed in goes on, if that
 * is not too long ago.
 * @param only whom this page is open for, where it knows; what another person left stays closed
 * @returns the session as the server last gave it
 */
export async function resume(only?: string): Promise<unknown> {
  if (!possible()) return undefined
  const own = turn
  const current = await note<{ owner: string; until: number }>('current')
  if (!current || current.until < Date.now()) return undefined
  const vault = await openKept(current.owner)
  const kept = (await vault?.get('snapshot', 'session')) as { person: Owner; session: unknown } | undefined
  if (!vault || !kept || own !== turn) return undefined
  if (only !== undefined && kept.person.id !== only) return undefined
  owner = kept.person
  device = await deviceId()
  if (outboxVault()?.owner !== vault.owner) {
    await takeVault(vault)
    await loadSnapshots(vault)
  }
  missed()
  return kept.session
}

/** Signed out, or the session was revoked: the key and everything read are gone, what waits stays sealed. */
export async function lock(): Promise<void> {
  turn++
  owner = undefined
  stopSending()
  stopSnapshots()
  if (!possible()) return
  await setNote('current', undefined)
  await forget(null)
  await takeVault(undefined)
  setOfflineState({ sending: false })
}

/** Tries now, and waits until nothing more can go out. */
export async function sendNow(): Promise<void> {
  await send()
}

/**
 * A person has decided on a refused entry. What follows it goes on; a dropped registration takes what was done with it
 * along, each on record.
 */
export async function decide(entry: Entry, decision: 'theirs' | 'dropped', reason: string): Promise<void> {
  const gone = decision === 'dropped' && isBeginning(entry) ? [entry, ...behind(outbox(), entry)] : [entry]
  for (const one of gone) await shore?.decided(one, decision, reason)
  await settle(gone)
}

/** Nothing was there before: without it, what was done afterwards has no subject. */
const isBeginning = (entry: Entry) => entry.before === null

/** How a refused entry can still be put on record. */
export function correctionsOf(entry: Entry): readonly Correction[] {
  return commandOf(entry.route)?.corrections?.(entry, entry.theirs) ?? []
}

/** @returns why it was refused again, or null */
export async function mend(entry: Entry, correction: Correction, word: string): Promise<Refusal | null> {
  const said = correction.asks === 'name' ? { hostConfirmed: { byName: word } } : { despiteDefault: word }
  const sent = correction.asks
    ? { ...correction.parts, body: { ...(correction.parts.body as object), ...said } }
    : correction.parts
  const refusal = await sendCorrection(entry, correction, sent)
  if (refusal) return refusal
  await shore?.decided(entry, 'mended', correction.key)
  await settle([entry], correction.moves)
  return null
}

/** What somebody else left here, sent by a manager under their own name; the server has it on record. */
export async function takeOver(
  foreign: string,
  fetchSecret: (device: string) => Promise<string>,
): Promise<number> {
  const from = await openOnce(foreign, await fetchSecret(device))
  const left = (await from.all('entry')) as Entry[]
  for (const entry of inOrder(left)) {
    await inTurn(() => adopt(entry))
    await from.remove('entry', entry.id)
  }
  sendSoon()
  return left.length
}

/** Owners of what waits here besides whoever is signed in, and how much it is. */
export async function foreignOwners(): Promise<readonly { owner: string; count: number }[]> {
  const own = outboxVault()?.owner
  return [...(await waitingByOwner())]
    .filter(([name]) => name !== own)
    .map(([name, count]) => ({ owner: name, count }))
}
