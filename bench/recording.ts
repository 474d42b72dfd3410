/**
 * What a walk-in costs PostgreSQL, taken from the product itself: its own `register` runs once on a watched connection,
 * and the statements it sent (texts, names, order, trips) become a script for a bare `pg` client. So the comparison
 * cannot drift away from the product.
 */
import type pg from 'pg'
import type { App } from '../src/apps/server/app.ts'
import type { Actor } from '../src/kernel/actor.ts'
import { newId } from '../src/kernel/ids.ts'
import { register } from '../src/modules/visits/arrival/register.ts'
import { visits } from '../src/modules/visits/contract.ts'
import type { House } from './server.ts'
import { nextPhone, walkIn } from './walk-in.ts'

type Maker = (tx: Transaction) => unknown

interface Recorded {
  readonly text: string
  readonly name?: string
  readonly values: readonly unknown[]
}

interface Step {
  readonly text: string
  readonly name: string | undefined
  readonly values: readonly unknown[]
  /** What differs from one transaction to the next, by position. */
  readonly fresh: ReadonlyArray<readonly [number, Maker]>
}

export interface Script {
  readonly trips: ReadonlyArray<readonly Step[]>
  /** Ids made by the caller. */
  readonly ids: number
}

interface Transaction {
  readonly ids: readonly string[]
  readonly phone: string
  readonly now: Date
  readonly rows: ReadonlyArray<Readonly<Record<string, unknown>> | undefined>
}

interface Call {
  readonly trip: number
  readonly sent: Recorded
  row: Readonly<Record<string, unknown>> | undefined
}

const uuidPattern = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

export async function record(app: App, house: House): Promise<Script> {
  const actor: Actor = {
    kind: 'apikey',
    id: house.key.id,
    name: 'bench',
    employeeId: null,
    roles: new Map([[house.siteId, ['receptionist']]]),
    link: null,
  }
  const { body, key } = walkIn(house)
  const ctx = {
    kernel: app.kernel,
    actor,
    siteId: house.siteId,
    requestId: newId(),
    idempotency: { key, requestHash: newId().replaceAll('-', '').padEnd(43, 'x') },
  }
  const input = { params: undefined, query: undefined, body: visits.register.body.parse(body) }
  const calls = await watched(app.kernel.pool, () => register(ctx, input))
  return scriptOf(calls, new Set([house.siteId, house.key.id, ...house.hostIds]))
}

/** Every query of the one connection taken meanwhile; a query sent while none is under way begins a new trip. */
async function watched(pool: pg.Pool, use: () => Promise<unknown>): Promise<Call[]> {
  const calls: Call[] = []
  let trip = -1
  let underWay = 0
  const client = await pool.connect()
  const query = client.query.bind(client) as (config: unknown) => Promise<pg.QueryResult>
  const own = Object.assign(Object.create(client), {
    async query(config: string | Recorded) {
      if (underWay === 0) trip += 1
      underWay += 1
      const sent =
        typeof config === 'string' ? { text: config, values: [] } : { ...config, values: [...config.values] }
      const call: Call = { trip, sent, row: undefined }
      calls.push(call)
      try {
        const result = await query(config)
        call.row = result.rows?.[0]
        return result
      } finally {
        underWay -= 1
      }
    },
    release: () => undefined,
  })
  const connect = pool.connect
  // `pool.query` takes its connection with a callback: only units of work are watched.
  const watching = (...args: [never]) => (args.length > 0 ? connect.apply(pool, args) : Promise.resolve(own))
  pool.connect = watching as typeof pool.connect
  try {
    await use()
  } finally {
    pool.connect = connect
    client.release()
  }
  return calls
}

function scriptOf(calls: readonly Call[], fixed: ReadonlySet<string>): Script {
  const ids: string[] = []
  // Rows read before that a later statement writes back: the visit's number, the pass taken.
  const read = new Map<unknown, Maker>()
  calls.forEach((call, index) => {
    for (const [column, value] of Object.entries(call.row ?? {})) {
      if (['number'].includes(column)) read.set(value, (tx) => tx.rows[index]?.[column])
    }
  })
  const maker = (value: unknown): Maker | undefined => {
    if (value instanceof Date) {
      // Deadlines keep their distance from now.
      const distance = value.getTime() - now
      return (tx) => new Date(tx.now.getTime() + distance)
    }
    if (typeof value === 'number' && !read.has(value)) return undefined
    if (read.has(value)) return read.get(value)
    if (typeof value !== 'string') return undefined
    if (/^\+861\d{10}$/.test(value)) return (tx) => tx.phone
    if (!uuidPattern.test(value) || fixed.has(value)) return undefined
    if (!ids.includes(value)) ids.push(value)
    const place = ids.indexOf(value)
    return (tx) => tx.ids[place]
  }
  const now = Math.min(
    ...calls.flatMap(({ sent }) => sent.values.filter((value) => value instanceof Date).map(Number)),
  )
  const step = ({ sent }: Call): Step => ({
    text: sent.text,
    name: sent.name,
    values: sent.values,
    fresh: sent.values.flatMap((value, index) => {
      const made = maker(value)
      return made === undefined ? [] : [[index, made] as const]
    }),
  })
  const trips = [...Map.groupBy(calls, (call) => call.trip).values()].map((trip) => trip.map(step))
  return { trips, ids: ids.length }
}

/** One walk-in as a program would do it that has nothing but `pg` and the statements. */
export async function perform(pool: pg.Pool, script: Script): Promise<void> {
  const rows: Array<Readonly<Record<string, unknown>> | undefined> = []
  const tx = {
    ids: Array.from({ length: script.ids }, newId),
    phone: `+86${nextPhone()}`,
    now: new Date(),
    rows,
  }
  const client = await pool.connect()
  let broken = true
  try {
    for (const trip of script.trips) {
      const results = await Promise.all(
        trip.map(({ text, name, values, fresh }) => {
          if (name === undefined) return client.query(text)
          const own = [...values]
          for (const [index, make] of fresh) own[index] = make(tx)
          return client.query({ text, name, values: own })
        }),
      )
      for (const result of results) rows.push(result.rows[0])
    }
    broken = false
  } finally {
    client.release(broken)
  }
}
