import pg from 'pg'

const { builtins } = pg.types

/** int8 as number (ids and counts stay far below 2^53), date as text: a day has no time zone. */
const parsers = new Map<number, (value: string) => unknown>([
  [builtins.INT8, Number],
  [builtins.NUMERIC, Number],
  [builtins.DATE, (value) => value],
])

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
  return open({ connectionString: url, max, pipeline: true })
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
