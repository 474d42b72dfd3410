/**
 * Signed webhooks: the specification Standard Webhooks 1.0.0 (github.com/standard-webhooks/standard-webhooks,
 * spec/standard-webhooks.md), so that receivers verify with its libraries.
 */
import { createHmac, randomBytes } from 'node:crypto'
import { type Answer, type Outgoing, statusVerdict, type Verdict } from './vendor.ts'

const prefix = 'whsec_'

/** 256 bits; the specification asks for 192 to 512. */
export function newWebhookSecret(): string {
  return prefix + randomBytes(32).toString('base64')
}

/** Whether a secret given by the house is one: 24 to 64 bytes of base64 behind the prefix. */
export function isWebhookSecret(text: string): boolean {
  if (!/^whsec_[A-Za-z0-9+/]+={0,2}$/.test(text)) return false
  const bytes = Buffer.from(text.slice(prefix.length), 'base64').length
  return bytes >= 24 && bytes <= 64
}

export interface WebhookMessage {
  /** The same at every attempt: the receiver knows a repetition by it. */
  readonly id: string
  readonly body: string
}

/** @param secrets the new one first; while the old one is still good, each signs */
export function webhookRequest(
  url: string,
  secrets: readonly string[],
  { id, body }: WebhookMessage,
  now: Date,
): Outgoing {
  const timestamp = String(Math.floor(now.getTime() / 1000))
  return {
    url,
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'webhook-id': id,
      'webhook-timestamp': timestamp,
      'webhook-signature': secrets.map((secret) => webhookSign(secret, id, timestamp, body)).join(' '),
    },
    body,
  }
}

export function webhookSign(secret: string, id: string, timestamp: string, body: string): string {
  const key = Buffer.from(secret.slice(prefix.length), 'base64')
  return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`, 'utf8').digest('base64')}`
}

/** 2xx is success, 410 Gone says never again, everything else is tried later; redirects are not followed. */
export function webhookVerdict(answer: Answer): Verdict {
  if (answer.status === 410) return { ok: false, how: 'broken', fault: 'gone', words: 'HTTP 410' }
  const verdict = statusVerdict(answer) ?? { ok: true }
  // Other events may be welcome: only this one waits, and its attempts end some time.
  return !verdict.ok && verdict.how === 'rate' ? { ...verdict, how: 'later' } : verdict
}
