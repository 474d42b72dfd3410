/** What every benchmark stands on: a home of its own with PostgreSQL (fsync on), the server in its own process, an end. */
import { type ChildProcess, fork } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { openDatabase } from '../src/apps/server/database.ts'
import { type Config, readConfig } from '../src/kernel/config.ts'
import { say } from './output.ts'
import type { House } from './server.ts'

export interface Stage {
  readonly home: string
  readonly config: Config
  readonly databaseUrl: string
  /** For seeding and looking, beside the server. */
  readonly db: pg.Client
  readonly port: number
  readonly house: House
  readonly pid: number
}

const stops: Array<() => Promise<unknown> | unknown> = []
let stopping: Promise<void> | undefined

/** Undone in reverse order at the end, after a fault, and after Ctrl-C. */
export function atEnd(stop: () => Promise<unknown> | unknown): void {
  stops.push(stop)
}

export function cleanUp(): Promise<void> {
  stopping ??= (async () => {
    for (const stop of stops.reverse()) {
      try {
        await stop()
      } catch (error) {
        say(`cleaning up: ${error instanceof Error ? error.message : String(error)}`)
      }
    }
  })()
  return stopping
}

export async function temporaryHome(): Promise<string> {
  const home = await mkdtemp(join(tmpdir(), 'foyer-bench-'))
  atEnd(() => rm(home, { recursive: true, force: true, maxRetries: 5 }))
  return home
}

/** Nothing of the caller's environment but what a benchmark wants: the same figures on every machine. */
export function environment(home: string, more: Readonly<Record<string, string>> = {}): Record<string, string> {
  const { PATH = '/usr/bin:/bin', NODE_OPTIONS } = process.env
  return {
    PATH,
    ...(NODE_OPTIONS === undefined ? {} : { NODE_OPTIONS }),
    FOYER_HOME: home,
    PORT: '0',
    RATE_LIMIT: '0',
    LOG_LEVEL: 'error',
    ...more,
  }
}

export interface StageOptions {
  readonly passes?: number
  /** Node options of the server process, for profiles. */
  readonly serverOptions?: readonly string[]
}

export async function openStage(options: StageOptions = {}): Promise<Stage> {
  const home = await temporaryHome()
  const config = readConfig(environment(home))
  say(`PostgreSQL in ${home}`)
  const database = await openDatabase(config, () => undefined)
  atEnd(() => database.stop())
  const db = new pg.Client({ connectionString: database.url })
  await db.connect()
  atEnd(() => db.end())
  const { fsync } = (await db.query<{ fsync: string }>('show fsync')).rows[0] ?? {}
  if (fsync !== 'on') throw new Error('fsync is off: the figures would mean nothing')
  const { port, house, pid } = await startServer(home, database.url, options)
  return { home, config, databaseUrl: database.url, db, port, house, pid }
}

async function startServer(home: string, databaseUrl: string, { passes = 0, serverOptions = [] }: StageOptions) {
  const child = fork(fileURLToPath(new URL('server.ts', import.meta.url)), [String(passes)], {
    env: environment(home, { DATABASE_URL: databaseUrl }),
    execArgv: [...serverOptions],
    // Ctrl-C in the terminal must reach the benchmark alone, which then ends the server.
    detached: true,
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  atEnd(() => endChild(child))
  return await new Promise<{ port: number; house: House; pid: number }>((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`the server ended with ${code}`)))
    child.once('message', (message) => {
      const { port, house } = message as { port: number; house: House }
      resolve({ port, house, pid: child.pid ?? 0 })
    })
  })
}

/** Politely, then not. */
export async function endChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGTERM')
  const timer = setTimeout(() => child.kill('SIGKILL'), 15_000)
  await gone
  clearTimeout(timer)
}
