/** The driver for Asterisk (12 and later) over its manager interface: client and tracker joined, and orders. */
import { displayName, isChannelId, isDestination, isDialable, isExtension } from './action.ts'
import { Client, type ClientOptions, usualPace } from './client.ts'
import { ActionFailed } from './connection.ts'
import type { ExchangeAddress, ExchangeLink, ExchangeListener, OrderResult } from './link.ts'
import { Originates } from './originates.ts'
import { Tracker, type TrackerOutput } from './tracker.ts'
import { iso } from './tracking/snapshot.ts'

export interface AsteriskOptions extends Partial<ClientOptions> {
  /** Milliseconds. */
  readonly now?: () => number
}

/** How long a colleague's own phone rings for a click-to-dial. */
const dialTimeoutMs = 30_000

export function asteriskLink(
  address: ExchangeAddress,
  listener: ExchangeListener,
  options: AsteriskOptions = {},
): ExchangeLink {
  const { now = Date.now, pace = usualPace, random = Math.random, log = () => undefined } = options
  const tracker = new Tracker(address)
  const originates = new Originates(dialTimeoutMs + pace.answerMs)
  /** When the last connection was heard last, while the calls known from it have not been looked for again. */
  let heardAt: number | null = null
  /** The same moment by our clock, and how much had been told until then. */
  let broke = { at: 0, mark: 0 }
  let relist: NodeJS.Timeout | undefined

  const told = (what: string, tell: () => void): void => {
    try {
      tell()
    } catch (error) {
      log(`exchange listener failed on ${what}: ${String(error)}`)
    }
  }

  const publish = ({ calls, devices, at }: TrackerOutput): void => {
    for (const call of calls) told('call', () => listener.call(call))
    for (const { extension, state } of devices)
      told('device', () => listener.device(extension, state, iso(at)))
  }

  const client: Client = new Client(
    address,
    {
      state(state, reason) {
        clearTimeout(relist)
        if (state !== 'up' && state !== 'connecting') {
          originates.disconnected()
          const output = tracker.disconnected(now())
          if (heardAt === null) broke = { at: now(), mark: tracker.mark }
          heardAt ??= output.at
          publish(output)
        }
        told('link', () => listener.link(state, reason, iso(now())))
      },
      message(message) {
        publish(tracker.handle(message, now()))
        if (message.event === 'FullyBooted') restarted(Number(message.get('Uptime') ?? Number.NaN))
        if (message.event === 'OriginateResponse') originates.answered(message, (id) => tracker.legResult(id))
      },
      ready() {
        askState().catch((error: unknown) => log(`exchange state not told: ${String(error)}`))
      },
    },
    { pace, random, log },
  )

  /** An exchange that runs for a shorter time than it was not heard has forgotten every call from before. */
  function restarted(uptimeSeconds: number): void {
    if (heardAt !== null && uptimeSeconds * 1000 <= now() - broke.at)
      publish(tracker.listed([], broke.mark, now(), heardAt))
  }

  /** Channels and lamps as they are now. What a user may not ask, or an exchange does not know, is left out. */
  async function askState(): Promise<void> {
    // Calls first: an exchange that leaves a question unanswered holds up what is asked after it.
    await askChannels().catch((error: unknown) => log(`exchange channels not told: ${String(error)}`))
    for (const action of ['ExtensionStateList', 'DeviceStateList'])
      await client.list(action).catch((error: unknown) => log(`exchange ${action}: ${String(error)}`))
  }

  async function askChannels(): Promise<void> {
    clearTimeout(relist)
    if (client.state !== 'up') return
    relist = setTimeout(() => {
      askChannels().catch((error: unknown) => log(`exchange channels not told: ${String(error)}`))
    }, pace.relistMs)
    const asked = tracker.mark
    // CoreShowChannels needs `system` or `reporting`; Status is content with `call`.
    const items = await client
      .list('CoreShowChannels')
      .catch(() => client.list('Status'))
      .then((list) => list.filter(({ event }) => event === 'CoreShowChannel' || event === 'Status'))
      .catch((error: unknown) => {
        // Who may not ask cannot tell which calls survived a lost connection: none may be claimed to.
        if (heardAt !== null && error instanceof ActionFailed && reasonOf(error.reason) === 'not-allowed')
          return []
        throw error
      })
    publish(tracker.listed(items, asked, now(), heardAt))
    heardAt = null
  }

  const order = async (act: () => Promise<OrderResult>): Promise<OrderResult> => {
    if (client.state !== 'up') return { ok: false, reason: 'not-connected' }
    try {
      return await act()
    } catch (error) {
      if (error instanceof ActionFailed) return { ok: false, reason: reasonOf(error.reason) }
      log(`exchange order failed: ${String(error)}`)
      return { ok: false, reason: 'failed' }
    }
  }

  return {
    get state() {
      return client.state
    },
    start: () => client.start(),
    stop: () => client.stop(),

    dial: ({ orderId, extension, number, showAs }) =>
      order(async () => {
        if (!isChannelId(orderId) || !isExtension(extension) || !isDialable(number))
          return { ok: false, reason: 'not-allowed' }
        if (originates.has(orderId)) return { ok: false, reason: 'failed' }
        const name = showAs === null ? '' : displayName(showAs)
        tracker.expect(orderId, number)
        const outcome = originates.expect(orderId)
        try {
          await client.request('Originate', {
            ActionID: originates.actionId(orderId),
            Channel: `${address.technology}/${extension}`,
            Context: address.context,
            Exten: number,
            Priority: '1',
            // Without it the phone shows its own name; the number stays the extension, as the callee may see it.
            ...(name === '' ? {} : { CallerID: `"${name}" <${extension}>` }),
            Timeout: String(dialTimeoutMs),
            Async: 'true',
            ChannelId: orderId,
          })
          return await outcome
        } finally {
          originates.forget(orderId)
          tracker.unexpect(orderId)
        }
      }),

    transfer: ({ callId, extension, to, kind }) =>
      order(async () => {
        if (!isExtension(extension) || !isDestination(to)) return { ok: false, reason: 'not-allowed' }
        const parties = tracker.partiesOf(callId, extension)
        if (!parties?.own) return { ok: false, reason: 'no-such-call' }
        const { own, other, talking } = parties
        const target = { Context: address.context, Exten: to }
        if (kind === 'attended') {
          if (!talking) return { ok: false, reason: 'no-such-call' }
          await client.request('Atxfer', { Channel: own, ...target })
        } else if (talking) {
          // Unlike Redirect it tells everybody, by an event, who handed the call to whom.
          await client.request('BlindTransfer', { Channel: own, ...target }).catch((error: unknown) => {
            const said = error instanceof ActionFailed ? error.reason : ''
            if (other === null || !/^(Invalid|Unknown)/i.test(said)) throw error
            return client.request('Redirect', { Channel: other, ...target, Priority: '1' })
          })
        } else {
          if (other === null) return { ok: false, reason: 'no-such-call' }
          await client.request('Redirect', { Channel: other, ...target, Priority: '1' })
        }
        return { ok: true, callId }
      }),

    hangUp: ({ callId, extension }) =>
      order(async () => {
        const parties = isExtension(extension) ? tracker.partiesOf(callId, extension) : null
        if (!parties?.own) return { ok: false, reason: 'no-such-call' }
        await client.request('Hangup', { Channel: parties.own, Cause: '16' })
        return { ok: true, callId }
      }),
  }
}

type Refusal = Exclude<OrderResult, { ok: true }>['reason']

function reasonOf(said: string): Refusal {
  if (said === 'timeout') return 'timeout'
  if (said === 'closed') return 'not-connected'
  if (/permission denied|not permitted/i.test(said)) return 'not-allowed'
  if (/no such channel|channel (specified )?does not exist/i.test(said)) return 'no-such-call'
  if (/extension does not exist/i.test(said)) return 'unknown-extension'
  return 'failed'
}
