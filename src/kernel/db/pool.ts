import { Socket } from 'node:net'
import pg from 'pg'

const { builtins } = pg.types

/** int8 as number (ids and counts stay far below 2^53), date as text: a day has no time zone. */
const parsers = new Map<number, (value: string) => unknown>([
  [builtins.INT8, Number],
  [builtins.NUMERIC, Number],
  [builtins.DATE, (value) => value],
  [builtins.TIMESTAMPTZ, instant],
])

/**
 * `2026-03-09 01:00:00.123456+00`, which is what a session in UTC writes. Cut at fixed places: a board of 900 visits has
 * 7 000 of them, and the general parser of pg took a tenth of the whole answer.
 */
function instant(value: string): unknown {
  const length = value.length
  if (
    value[0] === '0' ||
    value[4] !== '-' ||
    value[10] !== ' ' ||
    value[length - 3] !== '+' ||
    !value.endsWith('00')
  ) {
    return pg.types.getTypeParser(builtins.TIMESTAMPTZ)(value)
  }
  const millisecond =
    value[19] === '.'
      ? Number(
          value
            .slice(20, length - 3)
            .padEnd(3, '0')
            .slice(0, 3),
        )
      : 0
  const at = (from: number) => (value.charCodeAt(from) - 48) * 10 + value.charCodeAt(from + 1) - 48
  return new Date(Date.UTC(at(0) * 100 + at(2), at(5) - 1, at(8), at(11), at(14), at(17), millisecond))
}

const types = {
  getTypeParser(oid: number, format?: 'text' | 'binary') {
    const own = format === 'binary' ? undefined : parsers.get(oid)
    return own ?? pg.types.getTypeParser(oid, format)
  },
}

/**
 * The pool of the hot path. `pipeline` lets the statements of a commit travel together (design §5); whatever needs a
 * quiet connection (LISTEN, cursors, libraries) takes `openPlainPool`.
 */
export function openPool(url: string, max: number): pg.Pool {
  const pool = open({ connectionString: url, max, pipeline: true })
  pool.on('connect', packTrips)
  return pool
}

/**
 * Statements sent in one turn of the program leave in one packet: `pipeline` alone writes each by itself, and a commit of
 * seven statements then costs seven system calls here and as many wake-ups of PostgreSQL.
 */
function packTrips(client: pg.PoolClient): void {
  const stream = streamOf(client)
  if (stream === undefined) return
  const query = client.query
  let held = false
  const letGo = () => {
    held = false
    stream.uncork()
  }
  client.query = function packed(this: unknown, ...args: never[]) {
    if (!held) {
      held = true
      stream.cork()
      // Runs when the promises that are ready now have run, so everything they send travels together.
      process.nextTick(letGo)
    }
    return Reflect.apply(query, client, args)
  } as typeof client.query
}

function streamOf(client: object): Socket | undefined {
  const connection: unknown = 'connection' in client ? client.connection : undefined
  if (typeof connection !== 'object' || connection === null || !('stream' in connection)) return undefined
  return connection.stream instanceof Socket ? connection.stream : undefined
}

export function openPlainPool(url: string, max: number): pg.Pool {
  return open({ connectionString: url, max })
}

function open(options: pg.PoolConfig & { pipeline?: boolean }): pg.Pool {
  const pool = new pg.Pool({
    ...options,
    types: types as pg.CustomTypesConfig,
    application_name: 'foyer',
    idleTimeoutMillis: 60_000,
    connectionTimeoutMillis: 10_000,
  })
  // Without a listener an idle connection cut by a server restart would end the process.
  pool.on('error', () => undefined)
  // The same for one in a library's hands (the worker asks for it).
  pool.on('connect', (client) => client.on('error', () => undefined))
  return pool
}
