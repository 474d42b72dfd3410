/** What a channel may be, what goes into one message, and when the next may be sent. PURE. */
import type { Facts } from '../rules.ts'

export const channelKinds = ['dingtalk', 'wecom', 'feishu', 'webhook'] as const
export type ChannelKind = (typeof channelKinds)[number]

/** What keeps a message from being accepted, as people are told: `channels.fault.<code>`. */
export const faults = [
  ...['sign', 'keyword', 'ip', 'robot', 'disabled', 'rate', 'content', 'busy', 'http', 'redirect'],
  ...['timeout', 'unreachable', 'address', 'garbage', 'gone', 'stale', 'sealed', 'unknown'],
] as const
export type Fault = (typeof faults)[number]

export interface Limits {
  readonly perMinute: number
  readonly perSecond: number | null
  /** How long the vendor refuses everything after the limit was passed. */
  readonly pauseSeconds: number
  /** Programs read one event at a time. */
  readonly digests: boolean
}

/**
 * Limits as documented: DingTalk 自定义机器人接入 (20 a minute, else refused for 10 minutes), WeCom 群机器人配置说明
 * (20 a minute), Feishu 自定义机器人使用指南 (100 a minute, 5 a second). Webhooks: our own, so that a flood reaches a
 * small receiver in portions.
 */
export const limits: Readonly<Record<ChannelKind, Limits>> = {
  dingtalk: { perMinute: 20, perSecond: null, pauseSeconds: 600, digests: true },
  wecom: { perMinute: 20, perSecond: null, pauseSeconds: 60, digests: true },
  feishu: { perMinute: 100, perSecond: 5, pauseSeconds: 60, digests: true },
  webhook: { perMinute: 300, perSecond: 20, pauseSeconds: 60, digests: false },
}

/** A minute with a margin: nodes' clocks differ a little, and vendors count when a request arrives. */
export const windowMs = 65_000
const secondMs = 1_200
/** Rows one digest takes at most; what does not fit its bytes is counted in it, "还有 N 条". */
export const mostInDigest = 500

export interface Waiting {
  readonly id: string
  readonly channelId: string
  /** Has to go by itself: a test, or a part of a digest that was refused as a whole. */
  readonly alone: boolean
}

export type Plan =
  | { readonly do: 'nothing' }
  | { readonly do: 'wait'; readonly until: Date }
  | { readonly do: 'send'; readonly ids: readonly string[]; readonly digest: boolean }

/**
 * The next request to a robot. One by one while all that waits may be sent within the minute; else everything of the
 * oldest one's channel goes together (C10: nothing is lost, nobody is flooded).
 * @param waiting oldest first; @param total how many wait, `waiting` may be its beginning only
 */
export function plan(
  limit: Limits,
  recent: readonly Date[],
  waiting: readonly Waiting[],
  total: number,
  now: Date,
): Plan {
  const [first] = waiting
  if (first === undefined) return { do: 'nothing' }
  const within = (ms: number) =>
    recent.filter((at) => at.getTime() > now.getTime() - ms).sort((a, b) => a.getTime() - b.getTime())
  const [minute, second] = [within(windowMs), within(secondMs)]
  const left = limit.perMinute - minute.length
  // From the oldest of those that fill the limit: with it the first place becomes free.
  if (left <= 0) return { do: 'wait', until: after(minute.at(-limit.perMinute), windowMs, now) }
  if (limit.perSecond !== null && second.length >= limit.perSecond)
    return { do: 'wait', until: after(second.at(-limit.perSecond), secondMs, now) }
  const together = waiting.filter((one) => one.channelId === first.channelId && !one.alone)
  if (!limit.digests || first.alone || total <= left || together.length < 2)
    return { do: 'send', ids: [first.id], digest: false }
  return { do: 'send', ids: together.slice(0, mostInDigest).map((one) => one.id), digest: true }
}

function after(at: Date | undefined, ms: number, now: Date): Date {
  return new Date((at ?? now).getTime() + ms + 1)
}

const chatPauses = [10, 30, 120, 600, 1800, 3600, 7200]
/** A receiver may be down over a night: tried for a good day, as Standard Webhooks recommends. */
const webhookPauses = [5, 60, 300, 1800, 7200, 18_000, 36_000, 36_000]

/** @returns seconds until the next attempt; null: given up after about 3½ hours (chat) or 27 hours (webhooks) */
export function retrySeconds(kind: ChannelKind, attempts: number): number | null {
  return (kind === 'webhook' ? webhookPauses : chatPauses)[attempts - 1] ?? null
}

/** Seconds a robot rests after this many faults in a row, so that one that hangs does not hold up the worker. */
export function restSeconds(failures: number): number {
  return [0, 0, 5, 20][failures] ?? 60
}

/** So many failed messages in a row are a matter for whoever looks after the channel. */
export const failuresToTell = 3

/** Yesterday's news is not pushed into a chat; it stands in the failure list instead. */
export const staleMs = 24 * 3_600_000

/** What a notice is about, as channels and people choose it: a template, or the kind of a task. */
export function topicOf(notice: { readonly template: string; readonly facts: Facts }): string {
  const task = notice.facts['task']
  if (!notice.template.startsWith('task.') || typeof task !== 'object' || !('key' in task)) {
    return notice.template
  }
  return `task:${task.key.replace(/^task\./, '')}`
}

/** `visit` carries every action of visits, `visit.left` this one. */
export function carriesEvent(events: readonly string[], entity: string, action: string): boolean {
  return events.includes(entity) || events.includes(action)
}

/** The entity of a chosen event. */
export function entityOf(event: string): string {
  return event.split('.')[0] ?? event
}

/** Cut on the border of a character, never within one. @returns at most `most` bytes of UTF-8 */
export function fitBytes(text: string, most: number): string {
  const encoder = new TextEncoder()
  if (encoder.encode(text).length <= most) return text
  if (most < 3) return ''
  let used = encoder.encode('…').length
  let kept = ''
  for (const character of text) {
    used += encoder.encode(character).length
    if (used > most) break
    kept += character
  }
  return `${kept}…`
}

/** A number in words people typed goes into no chat in full (G5): 139****5678, 0755****1234, 4401****1234. */
export function maskNumbers(text: string): string {
  return text
    .replace(
      /(?<![\dA-Za-z])\d{6}(?:18|19|20)\d{9}[\dXx](?![\dA-Za-z])/g,
      (id) => `${id.slice(0, 4)}****${id.slice(-4)}`,
    )
    .replace(/(?<!\d)(1[3-9]\d)[ -]?\d{4}[ -]?(\d{4})(?!\d)/g, '$1****$2')
    .replace(/(?<!\d)(0\d{2,3})[ -]?\d{3,4}(\d{4})(?!\d)/g, '$1****$2')
    .replace(/\+\d[\d -]{6,14}\d(?!\d)/g, (phone) => `${phone.slice(0, 4)}****${phone.slice(-4)}`)
}

/**
 * Words of strangers stand in messages: what a vendor would read as markup, a hidden link or a mention of everybody
 * (`[text](address)`, `<@all>`) is written with its look-alike.
 */
export function plainWords(text: string): string {
  return text
    .replaceAll('<', '＜')
    .replaceAll('>', '＞')
    .replaceAll('[', '［')
    .replaceAll(']', '］')
    .replaceAll('`', 'ˋ')
    .replace(/^(\s*)#/gm, '$1＃')
    .replace(/@(?=all\b|所有人|everyone\b|1\d{10})/gi, '＠')
}
