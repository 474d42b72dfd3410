/** C10: works off what waits for a robot. */
import { z } from 'zod'
import type { JobHandler } from '../../../jobs/worker.ts'
import { addJobs, type FollowerJob } from '../../../journal/followers.ts'
import type { Kernel } from '../../../kernel.ts'
import { keysOf } from '../address.ts'
import type { ChannelKind } from '../rules.ts'
import { type Sender, SendFault } from '../sender.ts'
import { dropOldSecrets, eraseDeleted } from '../store.ts'
import { dingtalk } from '../vendors/dingtalk.ts'
import { feishu } from '../vendors/feishu.ts'
import type { ChatVendor, Outgoing, Verdict } from '../vendors/vendor.ts'
import { webhookRequest, webhookVerdict } from '../vendors/webhook.ts'
import { wecom } from '../vendors/wecom.ts'
import * as store from './store.ts'
import { endTurn, type Turn, takeTurn } from './turns.ts'
import { chatMessage, webhookBody } from './words.ts'

export const channelTask = 'notification-channel'

/** Then the job makes room for others and queues itself again. */
const mostRequests = 25

/** One job a robot: the key makes many into one. */
export function channelJob(robotKey: string, runAt?: Date): FollowerJob {
  return {
    task: channelTask,
    payload: { robot: robotKey },
    key: `channel:${robotKey}`,
    ...(runAt === undefined ? {} : { runAt }),
  }
}

const vendors: Readonly<Record<Exclude<ChannelKind, 'webhook'>, ChatVendor>> = { dingtalk, wecom, feishu }

/**
 * Sends while there is something to send and the minute allows it. A crash between sending and writing it down sends
 * those messages once more after the lease is over: a chat shows them twice, a webhook repeats its `webhook-id`.
 */
export function sendThrough(send: Sender): JobHandler {
  return async (kernel, payload) => {
    const { robot } = z.object({ robot: z.string() }).parse(payload)
    for (let sent = 0; sent < mostRequests; sent += 1) {
      const taken = await takeTurn(kernel, robot)
      if (taken.do === 'nothing') return
      if (taken.do === 'wait') return await again(kernel, robot, taken.until)
      await endTurn(kernel, taken, await attempt(kernel, send, taken))
    }
    await kernel.sql.run(addJobs([channelJob(robot)]))
  }
}

/** The worker goes by the database's clock, not by ours: what counts is how long. */
async function again(kernel: Kernel, robot: string, until: Date): Promise<void> {
  const wait = Math.max(200, until.getTime() - kernel.clock.now().getTime())
  await kernel.sql.run(addJobs([channelJob(robot, new Date(Date.now() + wait))]))
}

async function attempt(kernel: Kernel, send: Sender, turn: Turn): Promise<Verdict> {
  const { kind } = turn.channel
  let hidden: readonly string[] = []
  try {
    const { outgoing, secrets } = await requestOf(kernel, turn)
    hidden = [...secrets, ...keysOf(outgoing.url)]
    const answer = await send(outgoing)
    const verdict = kind === 'webhook' ? webhookVerdict(answer) : vendors[kind].verdict(answer)
    return verdict.ok ? verdict : { ...verdict, words: withoutSecrets(verdict.words, hidden) }
  } catch (error) {
    if (error instanceof SendFault)
      return {
        ok: false,
        how: error.fault === 'address' ? 'broken' : 'later',
        fault: error.fault,
        words: withoutSecrets(error.message, hidden),
      }
    if (error instanceof SealFault) return { ok: false, how: 'broken', fault: 'sealed', words: '' }
    // A fault of ours: the message stays, and what went wrong stands in the log, not in front of people.
    kernel.log.error({ err: error, channel: turn.channel.id }, 'a message could not be put together')
    return { ok: false, how: 'later', fault: 'unknown', words: '' }
  }
}

class SealFault extends Error {}

async function requestOf(
  kernel: Kernel,
  { channel, rows }: Turn,
): Promise<{ outgoing: Outgoing; secrets: readonly string[] }> {
  const now = kernel.clock.now()
  const unseal = async (sealed: string | null) => {
    if (sealed === null) return null
    return await kernel.secrets.decrypt(sealed).catch(() => {
      throw new SealFault('not sealed with this secret')
    })
  }
  const old = channel.oldSecretUntil !== null && channel.oldSecretUntil > now ? channel.oldSecretSealed : null
  const [url, secret, before] = await Promise.all([
    unseal(channel.urlSealed),
    unseal(channel.secretSealed),
    unseal(old),
  ])
  if (url === null) throw new SealFault('erased')
  const secrets = [secret, before].filter((one) => one !== null)
  const [first] = rows
  if (channel.kind === 'webhook') {
    if (first === undefined) throw new Error('nothing to send')
    const message = { id: first.id, body: await webhookBody(kernel, channel, first) }
    return { outgoing: webhookRequest(url, secrets, message, now), secrets }
  }
  const message = await chatMessage(kernel, channel, rows)
  return { outgoing: vendors[channel.kind].request({ url, secret }, message, now), secrets }
}

/** A vendor may repeat what it was sent; no key of ours stands in a list or a backup because of it. */
function withoutSecrets(words: string, hidden: readonly string[]): string {
  return hidden
    .flatMap((one) => [one, encodeURIComponent(one)])
    .reduce((text, one) => text.replaceAll(one, '***'), words)
}

/** Every minute: robots with something due whose job was lost, or whose sender died. */
export async function sweepChannels(kernel: Kernel): Promise<void> {
  const idle = await kernel.sql.all(store.idleRobots(kernel.clock.now()))
  if (idle.length > 0) await kernel.sql.run(addJobs(idle.map(({ key }) => channelJob(key))))
}

const keepDays = 180

export async function forgetChannels(kernel: Kernel): Promise<void> {
  const now = kernel.clock.now()
  const daysAgo = (days: number) => new Date(now.getTime() - days * 86_400_000)
  await kernel.sql.run(dropOldSecrets(now))
  await kernel.sql.run(eraseDeleted(daysAgo(1)))
  for (const statement of store.forgetOld(daysAgo(keepDays))) await kernel.sql.run(statement)
}
