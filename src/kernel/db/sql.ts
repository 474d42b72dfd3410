import { createHash } from 'node:crypto'
import {
  type Compilable,
  DummyDriver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
} from 'kysely'
import type pg from 'pg'
import type { DB } from '../../../db/types.ts'

/**
 * Builds statements, never runs them: a store writes `q.selectFrom(…)` and hands it to the `Sql` it was given, so
 * that the same function serves inside a transaction and outside, and several statements can travel in one trip.
 */
export const q = new Kysely<DB>({
  dialect: {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  },
})

/** A hand-written statement; `text` must be constant (it becomes a prepared statement), values go in `values`. */
export interface RawStatement<R> {
  readonly text: string
  readonly values: readonly unknown[]
  /** Never set: carries the row type. */
  readonly row?: R
}

export type Statement<R> = Compilable<R> | RawStatement<R>

export function raw<R = unknown>(text: string, values: readonly unknown[] = []): RawStatement<R> {
  return { text, values }
}

/** Runs statements: on the pool, or on one transaction's connection. Calls made without awaiting are pipelined. */
export interface Sql {
  all<R>(statement: Statement<R>): Promise<R[]>
  maybe<R>(statement: Statement<R>): Promise<R | undefined>
  /** @throws Error when there is not exactly one row: a programming fault, not a user's. */
  one<R>(statement: Statement<R>): Promise<R>
  /** Number of rows touched. */
  run(statement: Statement<unknown>): Promise<number>
}

const names = new Map<string, string>()
/** Beyond this many shapes a statement is sent unnamed: lists of varying length must not fill the server's memory. */
const mostNames = 2000

function nameOf(text: string): string | undefined {
  const known = names.get(text)
  if (known !== undefined) return known
  if (names.size >= mostNames || text.length > 20_000) return undefined
  const name = `f_${createHash('sha256').update(text).digest('hex').slice(0, 16)}`
  names.set(text, name)
  return name
}

/** jsonb parameters go as text: pg would turn a JavaScript array into a PostgreSQL array. */
export function json(value: unknown): string {
  return JSON.stringify(value ?? null)
}

function toQuery(statement: Statement<unknown>): pg.QueryConfig {
  let text: string
  let values: readonly unknown[]
  if ('compile' in statement) {
    const compiled = statement.compile()
    text = compiled.sql
    values = compiled.parameters
  } else {
    text = statement.text
    values = statement.values
  }
  const name = nameOf(text)
  return name === undefined ? { text, values: [...values] } : { name, text, values: [...values] }
}

interface Runner {
  query(config: pg.QueryConfig): Promise<pg.QueryResult>
}

export function sqlOn(runner: Runner): Sql {
  const rows = async (statement: Statement<unknown>) => (await runner.query(toQuery(statement))).rows
  return {
    all: <R>(statement: Statement<R>) => rows(statement) as Promise<R[]>,
    maybe: async <R>(statement: Statement<R>) => (await rows(statement))[0] as R | undefined,
    one: async <R>(statement: Statement<R>) => {
      const found = (await rows(statement)) as R[]
      const [first] = found
      if (first === undefined || found.length !== 1)
        throw new Error(`expected one row, found ${found.length}`)
      return first
    },
    run: async (statement) => (await runner.query(toQuery(statement))).rowCount ?? 0,
  }
}
