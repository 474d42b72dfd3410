import { spawn } from 'node:child_process'
import { open, readFile, rename, stat } from 'node:fs/promises'
import { createServer } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { findPostgres, invocation, type Postgres, PostgresUnavailable } from './embedded-binaries.ts'
import {
  type ClusterPaths,
  checkCluster,
  clusterExists,
  createCluster,
  dataArgument,
  lastLines,
} from './embedded-cluster.ts'
import { openDatabase, patience, type Running, refusal } from './embedded-connection.ts'
import {
  childrenGone,
  markSetting,
  processExists,
  readPostmasterFile,
  stopPostmaster,
} from './embedded-postmaster.ts'

const logLimit = 5_000_000

interface LaunchOptions {
  readonly port?: number
  readonly fsync?: boolean
  readonly settings?: Readonly<Record<string, string>>
}

/**
 * Starts the server of this home, with its database made first if there is none. Call it with the start lock held.
 * @returns undefined if a server appeared meanwhile: one whose starter was killed before it had shown itself
 */
export async function launch(
  paths: ClusterPaths,
  secret: string,
  options: LaunchOptions,
  log: (line: string) => void,
): Promise<Running | undefined> {
  const fsync = options.fsync ?? true
  const owner = await stat(paths.dataDir).catch(() => undefined)
  const postgres = await findPostgres(owner)
  if (await clusterExists(paths)) {
    await checkCluster(postgres, paths)
    await clearAfterCrash(paths)
  } else {
    log(`creating the database in ${paths.dataDir}`)
    await createCluster(postgres, paths, secret, fsync)
  }
  for (let attempt = 1; ; attempt += 1) {
    const port = options.port ?? (await freePort())
    const outcome = await launchOn(port, postgres, paths, secret, options)
    if ('pid' in outcome) {
      log(`PostgreSQL ${postgres.major} runs on port ${port} (process ${outcome.pid})`)
      return outcome
    }
    if (outcome.output.includes('lock file "postmaster.pid" already exists')) return undefined
    // Somebody took the free port meanwhile, or processes of a killed server are about to end.
    const passing =
      (outcome.output.includes('Address already in use') && options.port === undefined) ||
      outcome.output.includes('pre-existing shared memory block')
    if (!passing || attempt === 40) {
      throw new PostgresUnavailable(`PostgreSQL did not start; the end of ${paths.log}:\n${outcome.output}`)
    }
    await sleep(200)
  }
}

/**
 * A postmaster.pid whose process is gone is PostgreSQL's own business. One whose number now belongs to something else
 * would stop it for ever, so that file goes, but only when no child of the dead server is left to write to the data.
 */
async function clearAfterCrash(paths: ClusterPaths): Promise<void> {
  const left = await readPostmasterFile(paths.dataDir)
  if (left === undefined) return
  // Its process is no longer this server, or we would have joined it.
  if (!processExists(left.pid)) return
  if (!(await childrenGone(left, 15_000))) {
    throw new PostgresUnavailable(
      `Processes of a killed PostgreSQL still work on ${paths.dataDir}; try again later.`,
    )
  }
  await rename(`${paths.dataDir}/postmaster.pid`, `${paths.home}/postgres.pid.stale`)
}

async function launchOn(
  port: number,
  postgres: Postgres,
  paths: ClusterPaths,
  secret: string,
  options: LaunchOptions,
): Promise<Running | { readonly output: string }> {
  const settings = {
    ...defaultSettings(port, options.fsync ?? true),
    ...options.settings,
    [markSetting]: paths.dataDir,
  }
  const args = ['-D', dataArgument(postgres, paths.dataDir)]
  for (const [name, value] of Object.entries(settings)) args.push('-c', `${name}=${value}`)

  const logSize = (await stat(paths.log).catch(() => undefined))?.size ?? 0
  if (logSize > logLimit) await rename(paths.log, `${paths.log}.1`)
  // Opened here and handed over: the server's own user need not be able to reach the file.
  const logFile = await open(paths.log, 'a', 0o600)
  const logStart = (await logFile.stat()).size
  const call = invocation(postgres, 'postgres', args)
  const child = spawn(call.command, call.args, {
    ...call.options,
    cwd: paths.dataDir,
    // A session of its own: Ctrl-C in the terminal must reach Foyer alone, which then ends its work and stops the server.
    detached: true,
    stdio: ['ignore', logFile.fd, logFile.fd],
  })
  let ended: string | undefined
  child.once('error', (error) => {
    ended = error.message
  })
  child.once('exit', (code, signal) => {
    ended = `ended with ${signal ?? code}`
  })
  child.unref()
  await logFile.close()

  const until = performance.now() + patience
  let failure = 'it has not opened its port'
  while (ended === undefined) {
    const file = await readPostmasterFile(paths.dataDir)
    if (file?.pid === child.pid && file?.status === 'ready') {
      try {
        return { url: await openDatabase(port, secret), pid: file.pid }
      } catch (error) {
        try {
          failure = refusal(error)
        } catch (hopeless) {
          await stopPostmaster(file.pid, paths.dataDir)
          throw hopeless
        }
      }
    }
    if (performance.now() > until) {
      if (child.pid !== undefined) await stopPostmaster(child.pid, paths.dataDir)
      ended = failure
    }
    await sleep(5)
  }
  const written = (await readFile(paths.log)).subarray(logStart).toString()
  return { output: lastLines(`${written}${ended}`, 15) }
}

/** Passed on the command line, so that a new release changes them without touching the data directory. */
function defaultSettings(port: number, fsync: boolean): Record<string, string> {
  return {
    // TCP on the loopback only: a Unix socket's path may be at most 107 bytes long, which a home can exceed.
    listen_addresses: '127.0.0.1',
    port: String(port),
    unix_socket_directories: '',
    max_connections: '200',
    shared_buffers: '256MB',
    wal_level: 'replica',
    fsync: fsync ? 'on' : 'off',
    timezone: 'UTC',
    lc_messages: 'C',
    // Refused statements carry personal data in their text and details; Foyer logs its own errors, redacted.
    log_min_messages: 'log',
    log_min_error_statement: 'panic',
    log_error_verbosity: 'terse',
    log_checkpoints: 'off',
    log_line_prefix: '%m [%p] ',
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0))
    })
  })
}
