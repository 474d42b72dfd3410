import type { ChannelKind, Fault } from '../rules.ts'

/** What is to be said, already in the channel's language and cut to size by the vendor. */
export interface Message {
  readonly title: string
  readonly text: string
  /** Words of the link below, and where it leads. */
  readonly link: { readonly words: string; readonly url: string } | null
  /** Foot of the message: product and site; houses take it as the robot's keyword. */
  readonly foot: string
  /** Called by number where the vendor can, by name where not. */
  readonly people: readonly { readonly name: string; readonly mobile: string | null }[]
}

export interface Robot {
  readonly url: string
  readonly secret: string | null
}

export interface Outgoing {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

export interface Answer {
  readonly status: number
  readonly body: string
}

/**
 * `later`: worth another attempt; `rate`: too fast, everybody has to wait; `refused`: this message, never mind the
 * next; `broken`: the channel has to be mended by somebody.
 */
export type Verdict =
  | { readonly ok: true }
  | {
      readonly ok: false
      readonly how: 'later' | 'rate' | 'refused' | 'broken'
      /** `channels.fault.<fault>`. */
      readonly fault: Fault
      /** What the vendor said. */
      readonly words: string
    }

export interface ChatVendor {
  readonly kind: Exclude<ChannelKind, 'webhook'>
  request(robot: Robot, message: Message, now: Date): Outgoing
  verdict(answer: Answer): Verdict
}

export const jsonHeaders = { 'content-type': 'application/json; charset=utf-8' }

type Refusal = readonly [how: 'later' | 'rate' | 'refused' | 'broken', fault: Fault]

/** Robots answer 200 also when they refuse; the code in the body is what counts. */
export function chatVerdict(
  answer: Answer,
  read: (body: Readonly<Record<string, unknown>>) => { code: unknown; words: unknown },
  refusals: Readonly<Record<string, Refusal | ((words: string) => Refusal)>>,
): Verdict {
  const status = statusVerdict(answer)
  const body = objectOf(answer.body)
  if (body === undefined) return status ?? garbage(answer)
  const { code, words: said } = read(body)
  if (code === 0) return status ?? { ok: true }
  // Feishu answers some refusals with status 400 and their code.
  if (typeof code !== 'number') return status ?? garbage(answer)
  const words = `${code} ${typeof said === 'string' ? said : ''}`.trim()
  const found = refusals[String(code)]
  const [how, fault] = typeof found === 'function' ? found(words) : (found ?? ['later', 'unknown'])
  return { ok: false, how, fault, words }
}

/** What the status alone says; undefined: accepted. */
export function statusVerdict({ status, body }: Answer): Verdict | undefined {
  if (status >= 200 && status < 300) return undefined
  const words = `HTTP ${status} ${body.replace(/\s+/g, ' ').slice(0, 200)}`.trim()
  if (status >= 300 && status < 400) return { ok: false, how: 'broken', fault: 'redirect', words }
  if (status === 429) return { ok: false, how: 'rate', fault: 'rate', words }
  return { ok: false, how: 'later', fault: status >= 500 ? 'busy' : 'http', words }
}

function garbage({ body }: Answer): Verdict {
  return { ok: false, how: 'later', fault: 'garbage', words: body.replace(/\s+/g, ' ').slice(0, 200) }
}

function objectOf(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value))
      : undefined
  } catch {
    return undefined
  }
}
