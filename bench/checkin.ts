/**
 * A complete walk-in over HTTP (visitor, visit, pass, two tasks, journal, idempotency key; followers and notifications
 * at work) against the same SQL sent straight by `pg`. The two take turns, so that both meet the same noise.
 */
import { buildApp } from '../src/apps/server/app.ts'
import { openPool } from '../src/kernel/db/pool.ts'
import { makeLog } from '../src/kernel/log.ts'
import { Connection } from './connection.ts'
import { type Figure, figures, percentile, say } from './output.ts'
import { perform, record, type Script } from './recording.ts'
import type { Options } from './run.ts'
import { atEnd, openStage, type Stage } from './stage.ts'
import { walkIn } from './walk-in.ts'

const sliceSeconds = 2.5
const warmSeconds = 4
/** Different people and companies for the straight side; more would only cost time. */
const recordings = 24

interface Side {
  readonly one: (client: number) => Promise<void>
  seconds: number
  readonly latencies: number[]
}

export async function run(options: Options): Promise<void> {
  const figure = figures('checkin')
  const slices = Math.max(4, Math.ceil(options.seconds / sliceSeconds))
  // Generous: a pass never comes back in this benchmark.
  const stage = await openStage({
    passes: 60_000 + slices * 25_000,
    serverOptions: options.serverOptions,
    nice: options.nice,
  })
  const http: Side = { one: await overHttp(stage, options.clients), seconds: 0, latencies: [] }
  const straight: Side = { one: await straightly(stage), seconds: 0, latencies: [] }
  say('warming up')
  for (const side of [http, straight, http, straight]) await slice(side, options.clients, warmSeconds / 2)
  for (const side of [http, straight]) reset(side)
  say(`${slices} turns of ${sliceSeconds} s each`)
  const ratios: number[] = []
  for (let turn = 0; turn < slices; turn++) {
    const order = turn % 2 === 0 ? [http, straight] : [straight, http]
    const rates = new Map<Side, number>()
    for (const side of order) rates.set(side, await slice(side, options.clients, sliceSeconds))
    ratios.push((rates.get(http) ?? 0) / (rates.get(straight) ?? 1))
    say(
      `turn ${turn + 1}: HTTP ${Math.round(rates.get(http) ?? 0)}/s, straight ${Math.round(rates.get(straight) ?? 0)}/s`,
    )
  }
  report(figure, http, straight, ratios, options.clients)
  await check(stage, http, straight)
}

function report(
  figure: Figure,
  http: Side,
  straight: Side,
  ratios: readonly number[],
  clients: number,
): void {
  const rate = (side: Side) => side.latencies.length / side.seconds
  const scale = { clients, walkIns: http.latencies.length }
  figure('http', rate(http), 'walk-ins/s', scale)
  figure('straight', rate(straight), 'walk-ins/s', { clients, walkIns: straight.latencies.length })
  figure('ratio', rate(http) / rate(straight), 'of straight', {
    aim: 0.6,
    ok: rate(http) / rate(straight) >= 0.6,
  })
  figure('ratio-median-turn', percentile(ratios, 0.5), 'of straight', { turns: ratios.length })
  for (const [name, part] of [
    ['p50', 0.5],
    ['p95', 0.95],
    ['p99', 0.99],
  ] as const) {
    const value = percentile(http.latencies, part)
    figure(`http-${name}`, value, 'ms', name === 'p99' ? { ...scale, aim: 40, ok: value < 40 } : scale)
    figure(`straight-${name}`, percentile(straight.latencies, part), 'ms')
  }
}

function reset(side: Side): void {
  side.seconds = 0
  side.latencies.length = 0
}

/** @returns walk-ins a second in this slice */
async function slice(side: Side, clients: number, seconds: number): Promise<number> {
  const began = performance.now()
  const until = began + seconds * 1000
  let done = 0
  const lane = async (client: number) => {
    for (let now = performance.now(); now < until; ) {
      await side.one(client)
      const after = performance.now()
      side.latencies.push(after - now)
      done += 1
      now = after
    }
  }
  await Promise.all(Array.from({ length: clients }, (_, client) => lane(client)))
  const took = (performance.now() - began) / 1000
  side.seconds += took
  return done / took
}

async function overHttp(stage: Stage, clients: number): Promise<Side['one']> {
  const headers = { authorization: `Bearer ${stage.house.key.secret}`, 'foyer-site': stage.house.siteId }
  const connections = await Promise.all(
    Array.from({ length: clients }, () => Connection.open(stage.port, headers)),
  )
  atEnd(() => {
    for (const connection of connections) connection.close()
  })
  return async (client) => {
    const { key, body } = walkIn(stage.house)
    const answer = await connections[client]?.post(
      '/api/v1/visits',
      JSON.stringify(body),
      `idempotency-key: ${key}\r\n`,
    )
    if (answer?.status !== 200) throw new Error(`${answer?.status}: ${answer?.body}`)
  }
}

async function straightly(stage: Stage): Promise<Side['one']> {
  const app = await buildApp({ config: stage.config, databaseUrl: stage.databaseUrl, log: makeLog('error') })
  // The first fills the caches of settings and zone, which are not part of a walk-in.
  await record(app, stage.house)
  const scripts: Script[] = []
  while (scripts.length < recordings) scripts.push(await record(app, stage.house))
  await app.stop()
  const [first] = scripts
  say(
    `a walk-in is ${first?.trips.map((trip) => trip.length).join(' + ')} statements in ${first?.trips.length} trips`,
  )
  const pool = openPool(stage.databaseUrl, stage.config.poolSize)
  atEnd(() => pool.end())
  let next = 0
  return async () => {
    const script = scripts[next++ % scripts.length]
    if (script !== undefined) await perform(pool, script)
  }
}

/** Fast and wrong would be worth nothing: both sides must have left the same rows behind. */
async function check(stage: Stage, http: Side, straight: Side): Promise<void> {
  const { rows } = await stage.db.query<Record<string, number>>(`select
    (select count(*)::int from visit) as visits, (select count(*)::int from visitor) as visitors,
    (select count(*)::int from pass where status = 'issued') as passes, (select count(*)::int from task) as tasks,
    (select count(*)::int from journal where action = 'visit.registered') as entries`)
  const { visits = 0, visitors = 0, passes = 0, tasks = 0, entries = 0 } = rows[0] ?? {}
  const whole = passes === visits && visitors === visits && tasks === 2 * visits && entries === visits
  figures('checkin')('rows-agree', whole ? 1 : 0, 'yes', {
    visits,
    visitors,
    passes,
    tasks,
    entries,
    ok: whole,
  })
  if (!whole || visits < http.latencies.length + straight.latencies.length)
    throw new Error('the rows do not agree')
}
