/** The database of a server or command: the one of `DATABASE_URL`, or the embedded one of FOYER_HOME. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Config } from '../../kernel/config.ts'
import { type PostgresServer, startPostgres } from '../../kernel/db/embedded.ts'
import { migrate } from '../../kernel/db/migrate.ts'

export interface Database {
  readonly url: string
  /** What an operator may read: never a password. */
  readonly description: string
  stop(): Promise<void>
}

/** The server of compose or of a cloud may need this long after us. */
const patienceMs = 20_000
const refused = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'ETIMEDOUT', 'ECONNRESET', '57P03'])

/**
 * Starts or joins the database and brings its schema up to date.
 * @param prepare what is done to a database that answers; tried again while it does not
 */
export async function openDatabase(
  config: Config,
  say: (line: string) => void,
  prepare: (url: string) => Promise<unknown> = migrate,
): Promise<Database> {
  if (config.databaseUrl === undefined) return await openEmbedded(config, say, prepare)
  const url = config.databaseUrl
  const description = `PostgreSQL at ${hostOf(url)}`
  await whenItAnswers(() => prepare(url), description, say)
  return { url, description, stop: async () => undefined }
}

async function openEmbedded(
  config: Config,
  say: (line: string) => void,
  prepare: (url: string) => Promise<unknown>,
): Promise<Database> {
  let server = await startPostgres({ home: config.home, log: say })
  const { url } = server
  const port = Number(new URL(url).port)
  try {
    await prepare(url)
  } catch (error) {
    await server.stop()
    throw error
  }
  let stopped = false
  let watching: Promise<void> = Promise.resolve()
  // Somebody may kill PostgreSQL alone; it comes back on its port and the pools connect again.
  const watch = setInterval(() => {
    if (stopped || alive(server.pid)) return
    say('PostgreSQL ended; starting it again')
    watching = watching
      .then(async () => {
        if (stopped || alive(server.pid)) return
        const next = await startPostgres({ home: config.home, port, log: say })
        const before: PostgresServer = server
        server = next
        await before.stop()
      })
      .catch((error: unknown) => say(`PostgreSQL could not be started again: ${messageOf(error)}`))
  }, 2000)
  watch.unref()
  return {
    url,
    description: `PostgreSQL in ${config.home}`,
    async stop() {
      stopped = true
      clearInterval(watch)
      await watching
      await server.stop()
    },
  }
}

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

async function whenItAnswers(
  prepare: () => Promise<unknown>,
  description: string,
  say: (line: string) => void,
): Promise<void> {
  const until = performance.now() + patienceMs
  let told = false
  for (;;) {
    try {
      await prepare()
      return
    } catch (error) {
      const code = codeOf(error)
      if (code === undefined || !refused.has(code)) throw error
      if (performance.now() > until) {
        throw new Error(
          `${description} does not answer (${messageOf(error) || code}); DATABASE_URL names it`,
          { cause: error },
        )
      }
      if (!told) say(`waiting for ${description}`)
      told = true
      await sleep(500)
    }
  }
}

function hostOf(url: string): string {
  const { host, pathname } = new URL(url)
  return `${host}${pathname}`
}

function codeOf(error: unknown): string | undefined {
  if (error instanceof AggregateError) return codeOf(error.errors[0])
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
