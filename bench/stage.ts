/** What every benchmark stands on: a home of its own with PostgreSQL (fsync on), the server in its own process, an end. */
import { type ChildProcess, fork } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { setPriority, tmpdir } from 'node:os'
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
export function environment(
  home: string,
  more: Readonly<Record<string, string>> = {},
): Record<string, string> {
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
  readonly serverOptions: readonly string[]
  readonly nice: number | undefined
}

/**
 * On a machine that others use meanwhile: benchmark, server and PostgreSQL go before them. Each is a session of its own
 * (so is every connection's process), and Linux shares the processor between sessions first (autogroup): nice alone
 * would change nothing.
 */
export async function prefer(pid: number, nice: number | undefined): Promise<void> {
  if (nice === undefined) return
  try {
    setPriority(pid, nice)
    await writeFile(`/proc/${pid}/autogroup`, String(nice))
  } catch {
    // No right to it, or already gone.
  }
}

function preferChildren(pid: number, nice: number | undefined): void {
  if (nice === undefined) return
  const known = new Set<string>()
  const timer = setInterval(async () => {
    const children = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8').catch(() => '')
    for (const child of children.split(' ').filter((text) => text !== '' && !known.has(text))) {
      known.add(child)
      await prefer(Number(child), nice)
    }
  }, 250)
  atEnd(() => clearInterval(timer))
}

export async function openStage(options: StageOptions): Promise<Stage> {
  await prefer(process.pid, options.nice)
  const home = await temporaryHome()
  const config = readConfig(environment(home))
  say(`PostgreSQL in ${home}`)
  const database = await openDatabase(config, () => undefined)
  atEnd(() => database.stop())
  const postmaster = await readFile(join(home, 'postgres', 'postmaster.pid'), 'utf8')
  await prefer(Number.parseInt(postmaster, 10), options.nice)
  preferChildren(Number.parseInt(postmaster, 10), options.nice)
  const db = new pg.Client({ connectionString: database.url })
  await db.connect()
  atEnd(() => db.end())
  const { fsync } = (await db.query<{ fsync: string }>('show fsync')).rows[0] ?? {}
  if (fsync !== 'on') throw new Error('fsync is off: the figures would mean nothing')
  const { port, house, pid } = await startServer(home, database.url, options)
  return { home, config, databaseUrl: database.url, db, port, house, pid }
}

async function startServer(
  home: string,
  databaseUrl: string,
  { passes = 0, serverOptions, nice }: StageOptions,
) {
  const child = fork(fileURLToPath(new URL('server.ts', import.meta.url)), [String(passes)], {
    env: environment(home, { DATABASE_URL: databaseUrl }),
    execArgv: [...serverOptions],
    // Ctrl-C in the terminal must reach the benchmark alone, which then ends the server.
    detached: true,
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  atEnd(() => endChild(child))
  if (child.pid !== undefined) await prefer(child.pid, nice)
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
