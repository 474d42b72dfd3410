import { randomBytes } from 'node:crypto'
import {
  chmod,
  chown,
  lchown,
  mkdir,
  mkdtemp,
  open,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises'
import { userInfo } from 'node:os'
import { dirname, join } from 'node:path'
import { type Account, type Postgres, PostgresUnavailable, run } from './embedded-binaries.ts'

export const superuser = 'foyer'

/** The files of one server; everything beside the data directory, nothing inside it that PostgreSQL did not write. */
export function clusterPaths(home: string) {
  return {
    home,
    dataDir: join(home, 'postgres'),
    secret: join(home, 'postgres.secret'),
    log: join(home, 'postgres.log'),
    /** Held while somebody starts or stops the server. */
    startLock: join(home, 'postgres.lock'),
    /** Held shared by every process that uses the server; the last one to leave stops it. */
    userLock: join(home, 'postgres.users'),
  }
}
export type ClusterPaths = ReturnType<typeof clusterPaths>

export async function clusterExists(paths: ClusterPaths): Promise<boolean> {
  return (await readFile(join(paths.dataDir, 'PG_VERSION'), 'utf8').catch(() => undefined)) !== undefined
}

/**
 * The directory for `-D`. As another user than root the server may be unable to walk to it (a 0700 FOYER_HOME, /root);
 * it is started inside it instead, and Linux lets it address its own folder without walking there.
 */
export function dataArgument(postgres: Postgres, dataDir: string): string {
  return postgres.account.kind === 'drop' && process.platform === 'linux' ? '/proc/self/cwd' : dataDir
}

/** The password of the superuser; made on the first start and never changed. */
export async function readSecret(paths: ClusterPaths): Promise<string> {
  const known = await readFile(paths.secret, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw new PostgresUnavailable(
      `${paths.secret} cannot be read (${error.code ?? error.message}): run this as the user who started Foyer.`,
    )
  })
  if (known !== undefined && known.trim() !== '') return known.trim()
  if (await clusterExists(paths)) {
    throw new PostgresUnavailable(
      `${paths.secret} is missing: it is the password of the data in ${paths.dataDir} and belongs into every backup of it.`,
    )
  }
  const secret = randomBytes(24).toString('hex')
  const draft = `${paths.secret}.new`
  const file = await open(draft, 'w', 0o600)
  await file.writeFile(`${secret}\n`)
  await file.sync()
  await file.close()
  await rename(draft, paths.secret)
  return secret
}

/**
 * Makes the data directory beside its place and moves it there when it is complete, so that a process killed half way
 * leaves nothing that looks like a database. Call it with the start lock held.
 */
export async function createCluster(postgres: Postgres, paths: ClusterPaths, secret: string, fsync: boolean) {
  for (const name of await readdir(paths.home)) {
    if (!name.startsWith('postgres.init-')) continue
    await rm(join(paths.home, name), { recursive: true, force: true, maxRetries: 5 }).catch(() => undefined)
  }
  const draft = await mkdtemp(join(paths.home, 'postgres.init-'))
  try {
    const data = join(draft, 'data')
    const password = join(draft, 'password')
    await mkdir(data, { mode: 0o700 })
    await writeFile(password, `${secret}\n`, { mode: 0o600 })
    const { account } = postgres
    if (account.kind === 'drop') {
      for (const path of [draft, data, password]) await chown(path, account.uid, account.gid)
    }
    // Text sorts and folds by Unicode code point, the same on every machine; the operating system's locales have no say.
    const { code, output } = await run(
      { native: postgres.native, account: namedAccount(account) },
      'initdb',
      [
        `--pgdata=${dataArgument(postgres, data)}`,
        `--username=${superuser}`,
        '--pwfile=../password',
        '--auth=scram-sha-256',
        '--encoding=UTF8',
        '--locale-provider=builtin',
        '--builtin-locale=C.UTF-8',
        '--locale=C',
        '--text-search-config=simple',
        '--no-instructions',
        ...(fsync ? [] : ['--no-sync']),
      ],
      data,
    )
    if (code !== 0) {
      throw new PostgresUnavailable(
        `The database could not be created in ${paths.home}:\n${lastLines(output, 15)}`,
      )
    }
    await rename(data, paths.dataDir).catch((error: NodeJS.ErrnoException) => {
      throw new PostgresUnavailable(
        `${paths.dataDir} is in the way of a new database (${error.code ?? error.message}): it has no PG_VERSION, so it ` +
          'is not one. Move it away, or set FOYER_HOME to another folder.',
      )
    })
    if (fsync) await syncFolder(dirname(paths.dataDir))
  } finally {
    await rm(draft, { recursive: true, force: true })
  }
}

/** initdb, unlike the server, insists that its user has a name; in a container with an arbitrary uid ours has none. */
function namedAccount(account: Account): Account {
  if (account.kind !== 'self') return account
  try {
    userInfo()
    return account
  } catch {
    return { kind: 'namespace', uid: 65_534, gid: 65_534 }
  }
}

/** Refuses what PostgreSQL would refuse, in words that say what to do, and gives restored data to the right user. */
export async function checkCluster(postgres: Postgres, paths: ClusterPaths): Promise<void> {
  const version = (await readFile(join(paths.dataDir, 'PG_VERSION'), 'utf8')).trim()
  if (version !== postgres.major) {
    throw new PostgresUnavailable(
      `${paths.dataDir} was written by PostgreSQL ${version}; this Foyer brings ${postgres.major}. ` +
        'Export with the Foyer that wrote it and import here, or run pg_upgrade.',
    )
  }
  const { uid, mode } = await stat(paths.dataDir)
  const { account } = postgres
  if (account.kind === 'drop') {
    if (uid !== account.uid) await giveTo(paths.dataDir, account.uid, account.gid)
  } else if (uid !== process.getuid?.()) {
    throw new PostgresUnavailable(
      `${paths.dataDir} belongs to another user (uid ${uid}): run Foyer as that user, or set FOYER_HOME to another folder.`,
    )
  }
  // PostgreSQL wants its directory closed to others; a restored backup often is not.
  if ((mode & 0o077) !== 0) await chmod(paths.dataDir, 0o700)
}

async function giveTo(folder: string, uid: number, gid: number): Promise<void> {
  for (const entry of await readdir(folder, { recursive: true })) await lchown(join(folder, entry), uid, gid)
  // Last, so that an interrupted run is done again.
  await chown(folder, uid, gid)
}

async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r')
  await folder.sync().catch(() => undefined)
  await folder.close()
}

export function lastLines(text: string, count: number): string {
  return text.trimEnd().split('\n').slice(-count).join('\n')
}
