/**
 * A group of 240 over HTTP, with a pass each (V22): checked in one by one as the counter does it, over one connection, and
 * all at once in one command. A round is one group of either kind.
 */
import { loadavg } from 'node:os'
import { newId } from '../src/kernel/ids.ts'
import { Connection } from './connection.ts'
import { figures, percentile, say } from './output.ts'
import type { Options } from './run.ts'
import { atEnd, openStage } from './stage.ts'
import { anyName, pick } from './walk-in.ts'

const people = 240

interface Group {
  readonly id: string
  readonly members: readonly { readonly id: string }[]
}

export async function run(options: Options): Promise<void> {
  const figure = figures('group')
  const rounds = Math.max(1, options.times)
  const stage = await openStage({
    passes: (rounds + 1) * 2 * people,
    serverOptions: options.serverOptions,
    nice: options.nice,
  })
  const connection = await Connection.open(stage.port, {
    authorization: `Bearer ${stage.house.key.secret}`,
    'foyer-site': stage.house.siteId,
  })
  atEnd(() => connection.close())

  async function post<T>(path: string, body: unknown): Promise<T> {
    const answer = await connection.post(
      `/api/v1/visit-groups${path}`,
      JSON.stringify(body),
      `idempotency-key: ${newId()}\r\n`,
    )
    if (answer.status !== 200) throw new Error(`${path}: ${answer.status} ${answer.body.slice(0, 300)}`)
    return JSON.parse(answer.body) as T
  }

  async function announced(): Promise<Group> {
    const group = await post<Group>('', {
      title: '参观团',
      kind: 'visitor',
      hostId: pick(stage.house.hostIds),
      organiser: '第一中学',
      expectedAt: new Date().toISOString(),
      // A list with the same name twice would be somebody twice; the number keeps them apart.
      members: Array.from({ length: people }, (_, i) => ({
        visitorName: anyName(),
        organisation: `第一中学 ${i}`,
      })),
    })
    // Asked once and answered, so that every check-in also hands out a pass.
    await post(`/${group.id}/answer`, { answer: 'receive', how: 'phone' })
    return group
  }

  const single: number[] = []
  const singleTotals: number[] = []
  const atOnce: number[] = []
  for (let round = 0; round <= rounds; round++) {
    const [one, all] = [await announced(), await announced()]
    const began = performance.now()
    for (const member of one.members) {
      const sent = performance.now()
      await post(`/${one.id}/members/${member.id}/check-in`, {})
      if (round > 0) single.push(performance.now() - sent)
    }
    const between = performance.now()
    const done = await post<{ done: number; passes: readonly unknown[] }>(`/${all.id}/check-in`, {})
    if (done.done !== people || done.passes.length !== people)
      throw new Error(`${done.done} in, ${done.passes.length} passes`)
    say(
      `round ${round}: ${Math.round(between - began)} ms one by one, ${Math.round(performance.now() - between)} ms at once`,
    )
    // The first round fills caches and prepares statements.
    if (round === 0) continue
    singleTotals.push(between - began)
    atOnce.push(performance.now() - between)
  }
  const scale = { people, rounds, load: Number((loadavg()[0] ?? 0).toFixed(1)) }
  figure('one-p50', percentile(single, 0.5), 'ms', scale)
  figure('one-p95', percentile(single, 0.95), 'ms', scale)
  // What the machine takes of the ten minutes a desk has for 240 people.
  const total = percentile(singleTotals, 0.5) / 1000
  figure('one-by-one', total, 's', { ...scale, aim: 600, ok: total < 600 })
  figure('all-at-once', percentile(atOnce, 0.5) / 1000, 's', scale)
  await check(stage.db, (rounds + 1) * 2 * people)
}

async function check(db: { query: (text: string) => Promise<{ rows: unknown[] }> }, expected: number) {
  const { rows } = await db.query(`select
    (select count(*)::int from visit where status = 'admitted') as inside,
    (select count(*)::int from pass where status = 'issued') as passes,
    (select count(*)::int from journal where action = 'visit.checked-in') as entries`)
  const { inside, passes, entries } = (rows[0] ?? {}) as Record<string, number>
  const agree = inside === expected && passes === expected && entries === expected
  figures('group')('rows-agree', agree ? 1 : 0, 'yes', { expected, ok: agree })
  if (!agree) throw new Error(`expected ${expected}: ${inside} inside, ${passes} passes, ${entries} entries`)
}
