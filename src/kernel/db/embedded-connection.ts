import { Client, DatabaseError } from 'pg'
import { messageOf, PostgresUnavailable } from './embedded-binaries.ts'
import { superuser } from './embedded-cluster.ts'

export interface Running {
  readonly url: string
  readonly pid: number
}

/** A server that recovers from a crash may take long; one that has not got anywhere by then is stuck. */
export const patience = 600_000

const database = 'foyer'

/**
 * @returns the address of Foyer's database, created if it is not there yet
 * @throws PostgresUnavailable if it can never work, anything else if it may a moment later
 */
export async function openDatabase(port: number, secret: string): Promise<string> {
  const address = (name: string) => `postgresql://${superuser}:${secret}@127.0.0.1:${port}/${name}`
  try {
    await query(address(database), 'SELECT 1')
  } catch (error) {
    if (!(error instanceof DatabaseError) || error.code !== '3D000') throw error
    await query(address('postgres'), `CREATE DATABASE ${database}`)
  }
  return address(database)
}

async function query(connectionString: string, sql: string): Promise<void> {
  const client = new Client({ connectionString, connectionTimeoutMillis: 5_000 })
  // A server that ends meanwhile reports it twice; the promise below is enough.
  client.on('error', () => undefined)
  try {
    await client.connect()
    await client.query(sql)
  } finally {
    await client.end().catch(() => undefined)
  }
}

/** Why a connection failed, if waiting may help; a wrong password never becomes right. */
export function refusal(error: unknown): string {
  if (error instanceof DatabaseError && error.code === '28P01') {
    throw new PostgresUnavailable(
      'postgres.secret does not hold the password of this database; restore both together.',
    )
  }
  return messageOf(error)
}
