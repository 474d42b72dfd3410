/** Clients that lose their server again and again: every command keeps its key until somebody has answered it. */
import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { newId } from '../../src/kernel/ids.ts'

export type Action = 'register' | 'answer' | 'release'

/** What one visit was told, in order, and what the server said to it. */
export interface Sent {
  readonly visitId: string
  readonly done: Action[]
  number: string
}

export interface Refusal {
  readonly path: string
  readonly status: number
  readonly body: string
}

export interface Load {
  readonly sent: readonly Sent[]
  readonly refusals: readonly Refusal[]
  /** Commands that were sent more than once. */
  readonly retried: () => number
  /** Commands answered so far. */
  readonly acknowledged: () => number
  /** No new visits; resolves when the last command is answered. */
  finish(): Promise<void>
}

export interface LoadOptions {
  readonly address: string
  readonly key: string
  readonly hosts: readonly string[]
  readonly clients: number
}

export function startLoad({ address, key, hosts, clients }: LoadOptions): Load {
  const sent: Sent[] = []
  const refusals: Refusal[] = []
  let [going, retried, acknowledged] = [true, 0, 0]

  /** Sends until a server answers; the same key all the time. */
  async function command(path: string, body: object): Promise<unknown> {
    const headers = {
      'content-type': 'application/json',
      authorization: `Bearer ${key}`,
      'idempotency-key': randomUUID(),
    }
    for (let attempt = 0; ; attempt += 1) {
      if (attempt === 1) retried += 1
      if (attempt > 0) await sleep(60)
      try {
        const answer = await fetch(`${address}/api/v1${path}`, {
          method: 'POST',
          headers,
          body: JSON.stringify(body),
          signal: AbortSignal.timeout(20_000),
        })
        const text = await answer.text()
        if (answer.status >= 500) continue
        acknowledged += 1
        if (answer.ok) return JSON.parse(text)
        refusals.push({ path, status: answer.status, body: text })
        return undefined
      } catch {
        // Nobody there, or the line was cut before the answer: the client does not know what happened.
      }
    }
  }

  async function visit(client: number, n: number): Promise<void> {
    const one: Sent = { visitId: newId(), done: [], number: '' }
    sent.push(one)
    const answer = await command('/visits', {
      id: one.visitId,
      visitorName: `来客${client}-${n}`,
      organisation: '某某公司',
      phone: '',
      purpose: '洽谈',
      kind: 'customer',
      hostId: hosts[(client * 31 + n) % hosts.length],
      document: { kind: 'id-card', number: '' },
      issuePass: true,
    })
    if (answer === undefined) return
    one.done.push('register')
    if (typeof answer === 'object' && answer !== null && 'number' in answer)
      one.number = String(answer.number)
    // Every fourth is left waiting for the host's word, every fourth stays inside.
    if (n % 4 === 1) return
    if ((await command(`/visits/${one.visitId}/answer`, { answer: 'receive', how: 'phone' })) === undefined)
      return
    one.done.push('answer')
    if (n % 4 === 2) return
    if (
      (await command(`/visits/${one.visitId}/release`, { hostConfirmed: { byName: '员工' } })) === undefined
    )
      return
    one.done.push('release')
  }

  const running = Array.from({ length: clients }, async (_, client) => {
    for (let n = 0; going; n += 1) await visit(client, n)
  })
  return {
    sent,
    refusals,
    retried: () => retried,
    acknowledged: () => acknowledged,
    async finish() {
      going = false
      await Promise.all(running)
    },
  }
}
