import { constants } from 'node:fs'
import { access, mkdir, realpath } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { messageOf, PostgresUnavailable } from './embedded-binaries.ts'
import { type ClusterPaths, clusterPaths, readSecret } from './embedded-cluster.ts'
import { openDatabase, patience, type Running, refusal } from './embedded-connection.ts'
import { launch } from './embedded-launch.ts'
import { runningPostmaster, stopPostmaster } from './embedded-postmaster.ts'
import { lock, tryLock } from './process-lock.ts'

export interface PostgresServer {
  readonly url: string
  readonly dataDir: string
  readonly pid: number
  /** Ends this process's use of the server; the last process that uses it stops it. */
  stop(): Promise<void>
}

export interface PostgresOptions {
  /** FOYER_HOME; the data lies in `${home}/postgres`. */
  readonly home: string
  /** Without it a free one is taken. An already running server keeps the one it has. */
  readonly port?: number
  /** Off only for tests: a power cut then destroys the data. */
  readonly fsync?: boolean
  readonly log?: (line: string) => void
  /** PostgreSQL settings beside and above the ones here. */
  readonly settings?: Readonly<Record<string, string>>
}

/**
 * Starts the embedded PostgreSQL of a home, or joins the one already running there: the command line works beside the
 * server, two starters at once end up with one server, and a server whose Foyer was killed is taken over.
 */
export async function startPostgres(options: PostgresOptions): Promise<PostgresServer> {
  await prepareHome(options.home)
  // One name for the home however it was given: it is compared with the running server's.
  const paths = clusterPaths(await realpath(options.home))
  const log = options.log ?? (() => undefined)
  const starting = await lock(paths.startLock, 'exclusive', () =>
    log('waiting for another start of PostgreSQL'),
  )
  try {
    const secret = await readSecret(paths)
    let server: Running | undefined
    while (server === undefined) {
      server = (await join(paths, secret, log)) ?? (await launch(paths, secret, options, log))
    }
    const use = await lock(paths.userLock, 'shared')
    let stopping: Promise<void> | undefined
    const { url, pid } = server
    return {
      url,
      pid,
      dataDir: paths.dataDir,
      stop: () => {
        stopping ??= leave(paths, pid, use.release)
        return stopping
      },
    }
  } finally {
    starting.release()
  }
}

async function prepareHome(home: string): Promise<void> {
  try {
    await mkdir(home, { recursive: true, mode: 0o700 })
    await access(home, constants.R_OK | constants.W_OK | constants.X_OK)
  } catch (error) {
    throw new PostgresUnavailable(
      `${home} cannot be used (${messageOf(error)}): run this as the user who started Foyer, or set FOYER_HOME to a ` +
        'folder of your own.',
    )
  }
}

async function leave(paths: ClusterPaths, pid: number, release: () => void): Promise<void> {
  const stopping = await lock(paths.startLock, 'exclusive')
  try {
    release()
    const alone = tryLock(paths.userLock, 'exclusive')
    if (alone === undefined) return
    alone.release()
    // Not always the one of our start: another process may have started it anew after a crash.
    await stopPostmaster((await runningPostmaster(paths.dataDir))?.pid ?? pid, paths.dataDir)
  } finally {
    stopping.release()
  }
}

/** The server already running on this data, once it answers; undefined if none runs (or the last one just ended). */
async function join(
  paths: ClusterPaths,
  secret: string,
  log: (line: string) => void,
): Promise<Running | undefined> {
  const until = performance.now() + patience
  let failure = 'it has not opened its port'
  while (performance.now() < until) {
    const found = await runningPostmaster(paths.dataDir)
    if (found === undefined) return undefined
    if (found.port !== undefined && !found.status.startsWith('starting')) {
      try {
        const url = await openDatabase(found.port, secret)
        log(`PostgreSQL already runs on port ${found.port} (process ${found.pid})`)
        return { url, pid: found.pid }
      } catch (error) {
        failure = refusal(error)
      }
    }
    await sleep(25)
  }
  throw new PostgresUnavailable(`The PostgreSQL running on ${paths.dataDir} does not answer: ${failure}`)
}
