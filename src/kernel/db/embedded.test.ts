import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, cp, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { Client } from 'pg'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type PostgresServer, startPostgres } from './embedded.ts'
import { findPostgres, reachableCopy, run } from './embedded-binaries.ts'
import { lastLines } from './embedded-cluster.ts'
import { isServerOf, parsePostmasterFile, processExists } from './embedded-postmaster.ts'
import { tryLock } from './process-lock.ts'

let home = ''
const started: PostgresServer[] = []
const children: number[] = []

beforeEach(async () => {
  home = join(await mkdtemp(join(tmpdir(), 'foyer-embedded-')), 'a home with spaces', '门厅')
})

afterEach(async () => {
  for (const pid of children.splice(0)) if (processExists(pid)) process.kill(pid, 'SIGKILL')
  for (const server of started.splice(0)) await server.stop()
  await rm(dirname(dirname(home)), { recursive: true, force: true })
})

async function start(options: Partial<Parameters<typeof startPostgres>[0]> = {}) {
  const server = await startPostgres({ home, fsync: false, ...options })
  started.push(server)
  return server
}

async function ask(url: string, sql: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url })
  client.on('error', () => undefined)
  await client.connect()
  try {
    const { rows } = await client.query({ text: sql, rowMode: 'array' })
    return rows.flat()
  } finally {
    await client.end()
  }
}

/** A Foyer of its own that starts the server, says so, and stops it when told to. */
async function starter(): Promise<{
  pid: number
  server: number
  end(): Promise<void>
  kill(): Promise<void>
}> {
  const script = `
    const { startPostgres } = await import(${JSON.stringify(join(import.meta.dirname, 'embedded.ts'))})
    const server = await startPostgres({ home: ${JSON.stringify(home)}, fsync: false })
    process.stdout.write(server.pid + '\\n')
    process.stdin.once('data', async () => { await server.stop(); process.exit(0) })`
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  if (child.pid === undefined) throw new Error('not started')
  children.push(child.pid)
  const [line] = await once(child.stdout, 'data')
  return {
    pid: child.pid,
    server: Number(String(line)),
    end: async () => {
      child.stdin.write('end\n')
      await once(child, 'exit')
    },
    kill: async () => {
      child.kill('SIGKILL')
      await once(child, 'exit')
    },
  }
}

describe('startPostgres', () => {
  it('makes a UTF-8 database that understands Chinese and keeps it over a restart', async () => {
    const first = await start({ fsync: true })
    expect(await ask(first.url, 'SHOW fsync')).toEqual(['on'])
    expect(
      await ask(
        first.url,
        `SELECT datname, pg_encoding_to_char(encoding), datlocprovider, datlocale
        FROM pg_database WHERE datname = current_database()`,
      ),
    ).toEqual(['foyer', 'UTF8', 'b', 'C.UTF-8'])
    expect(await ask(first.url, `SELECT '门厅' ~ '^\\w+$', upper('é')`)).toEqual([true, 'É'])
    await ask(first.url, `CREATE TABLE kept AS SELECT '访客' AS word`)
    await first.stop()
    await first.stop()
    expect(await isServerOf(first.pid, first.dataDir)).toBe(false)

    const second = await start()
    expect(await ask(second.url, 'SELECT word FROM kept')).toEqual(['访客'])
    expect((await readdir(home)).filter((name) => name.includes('init'))).toEqual([])
  })

  it('lets in nobody without the password, which only its owner can read', async () => {
    const server = await start()
    const wrong = new URL(server.url)
    wrong.password = 'guess'
    await expect(ask(wrong.href, 'SELECT 1')).rejects.toMatchObject({ code: '28P01' })
    expect((await stat(join(home, 'postgres.secret'))).mode & 0o777).toBe(0o600)
    expect((await stat(server.dataDir)).mode & 0o777).toBe(0o700)
    if (process.platform === 'linux') {
      expect(await readFile(`/proc/${server.pid}/cmdline`, 'utf8')).not.toContain(
        new URL(server.url).password,
      )
      const status = await readFile(`/proc/${server.pid}/status`, 'utf8')
      if (process.getuid?.() === 0) expect(status).toMatch(/^CapEff:\t0+$/m)
    }
  })

  it('ends up with one server when several start at once, and the last user stops it', async () => {
    const [a, b, c] = await Promise.all([starter(), starter(), start()])
    expect(new Set([a.server, b.server, c.pid]).size).toBe(1)
    await a.end()
    await c.stop()
    expect(await isServerOf(b.server, c.dataDir)).toBe(true)
    await b.end()
    expect(await isServerOf(b.server, c.dataDir)).toBe(false)
  })

  it('takes over the server of a Foyer that was killed', async () => {
    const killed = await starter()
    await killed.kill()
    const server = await start()
    expect(server.pid).toBe(killed.server)
    expect(await ask(server.url, 'SELECT 1')).toEqual([1])
    await server.stop()
    expect(await isServerOf(server.pid, server.dataDir)).toBe(false)
  })

  it('recovers after the server was killed, with the number of its process taken by another', async () => {
    const before = await start()
    await ask(before.url, `CREATE TABLE kept AS SELECT 1 AS one`)
    process.kill(before.pid, 'SIGKILL')
    const at = join(before.dataDir, 'postmaster.pid')
    const again = await start()
    expect(again.pid).not.toBe(before.pid)
    expect(await ask(again.url, 'SELECT one FROM kept')).toEqual([1])
    const text = await readFile(at, 'utf8')
    process.kill(again.pid, 'SIGKILL')
    while (await isServerOf(again.pid, again.dataDir)) await new Promise((done) => setTimeout(done, 5))
    await writeFile(at, text.replace(/^\d+/, String(process.pid)))
    const third = await start()
    expect(await ask(third.url, 'SELECT one FROM kept')).toEqual([1])
  })

  it('starts over when it was killed while the database was being made', async () => {
    await mkdir(join(home, 'postgres.init-dead', 'data', 'base'), { recursive: true })
    const server = await start()
    expect(await ask(server.url, 'SELECT 1')).toEqual([1])
    expect((await readdir(home)).filter((name) => name.includes('init'))).toEqual([])
  })

  it('says what is wrong', async () => {
    await expect(start({ settings: { shared_buffers: 'plenty' } })).rejects.toThrow(
      /postgres\.log:\n[\s\S]*invalid value for parameter "shared_buffers"/,
    )
    const used = await start()
    const port = Number(new URL(used.url).port)
    await expect(startPostgres({ home: join(home, 'other'), fsync: false, port })).rejects.toThrow(
      /Address already in use/,
    )
    await used.stop()
    const secret = join(home, 'postgres.secret')
    await rm(secret)
    await expect(start()).rejects.toThrow(/postgres\.secret is missing/)
    await writeFile(secret, 'other\n', { mode: 0o600 })
    await expect(start()).rejects.toThrow(/does not hold the password/)
    await writeFile(join(home, 'postgres', 'PG_VERSION'), '12\n')
    await expect(start()).rejects.toThrow(/written by PostgreSQL 12/)
    await rm(join(home, 'postgres', 'PG_VERSION'))
    await expect(start()).rejects.toThrow(/in the way of a new database/)
  })
})

describe('findPostgres', () => {
  it.runIf(process.getuid?.() === 0)(
    'runs a copy when the programs lie where only root may look',
    async () => {
      const closed = await mkdtemp(join(tmpdir(), 'foyer-closed-'))
      const open = await mkdtemp('/var/tmp/foyer-open-')
      try {
        const { native, account } = await findPostgres(undefined)
        await cp(dirname(native), join(closed, 'package'), { recursive: true, verbatimSymlinks: true })
        const hidden = join(closed, 'package', 'native')
        expect((await run({ native: hidden, account }, 'postgres', ['--version'], '/')).code).not.toBe(0)

        await writeFile(`${open}-file`, '')
        const copy = await reachableCopy(hidden, [`${open}-file`, open])
        expect(await reachableCopy(hidden, [open])).toBe(copy)
        await rm(`${open}-file`)
        await chmod(open, 0o755)
        expect(await run({ native: copy, account }, 'postgres', ['--version'], '/')).toMatchObject({
          code: 0,
        })
      } finally {
        await rm(closed, { recursive: true, force: true })
        await rm(open, { recursive: true, force: true })
      }
    },
  )
})

describe('small parts', () => {
  it('reads postmaster.pid at every stage of its writing', () => {
    const whole = '4711\n/data\n1790000000\n5433\n\n127.0.0.1\n  5461520    32769\nready   \n'
    expect(parsePostmasterFile(whole)).toEqual({
      pid: 4711,
      port: 5433,
      memory: { key: '5461520', id: '32769' },
      status: 'ready',
    })
    expect(parsePostmasterFile('4711\n/data\n')).toEqual({
      pid: 4711,
      port: undefined,
      memory: undefined,
      status: '',
    })
    for (const text of ['', 'x\n', '-3\n', '1\n']) expect(parsePostmasterFile(text)).toBeUndefined()
  })

  it('does not take another process for a server', async () => {
    expect(await isServerOf(process.pid, home)).toBe(false)
  })

  it('shares and excludes', async () => {
    await mkdir(home, { recursive: true })
    const path = join(home, 'lock')
    const [one, two] = [tryLock(path, 'shared'), tryLock(path, 'shared')]
    one?.release()
    expect(tryLock(path, 'exclusive')).toBeUndefined()
    two?.release()
    const alone = tryLock(path, 'exclusive')
    expect(alone).toBeDefined()
    expect(tryLock(path, 'shared')).toBeUndefined()
    alone?.release()
  })

  it('keeps the end of a log', () => {
    expect(lastLines('a\nb\nc\n', 2)).toBe('b\nc')
  })
})
