/** The real server in a process of its own, with a home of its own; for crash tests, hostile input and benchmarks. */
import { type ChildProcess, spawn } from 'node:child_process'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { isServerOf, readPostmasterFile } from '../../src/kernel/db/embedded-postmaster.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))

export interface ServerOptions {
  readonly home: string
  /** A free one is taken when left out. */
  readonly port?: number
  readonly env?: Readonly<Record<string, string>>
  readonly args?: readonly string[]
  readonly patienceMs?: number
}

export interface ServerProcess {
  readonly pid: number
  readonly address: string
  readonly port: number
  /** From spawn to the line that says it serves. */
  readonly startMs: number
  readonly running: () => boolean
  /** Lines of the log so far. */
  readonly log: () => readonly string[]
  /** SIGKILL: no goodbye. */
  kill(): Promise<void>
  /** SIGTERM, as an operator stops it. @returns exit code */
  stop(): Promise<number | null>
}

/** Environment of a program that must not see ours: settings of the machine would change what is tested. */
function cleanEnvironment(home: string, more: Readonly<Record<string, string>> = {}): Record<string, string> {
  return { PATH: process.env.PATH ?? '/usr/bin:/bin', FOYER_HOME: home, RATE_LIMIT: '0', ...more }
}

export async function startServer(options: ServerOptions): Promise<ServerProcess> {
  const port = options.port ?? (await freePort())
  const before = performance.now()
  const child = spawn(process.execPath, [join(root, 'src/apps/server/main.ts'), ...(options.args ?? [])], {
    cwd: root,
    env: cleanEnvironment(options.home, {
      HOST: '127.0.0.1',
      PORT: String(port),
      LOG_LEVEL: 'info',
      ...options.env,
    }),
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const lines: string[] = []
  const ended = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)))
  await serving(child, lines, options.patienceMs ?? 120_000)
  return {
    pid: child.pid ?? 0,
    address: `http://127.0.0.1:${port}`,
    port,
    startMs: performance.now() - before,
    running: () => child.exitCode === null && child.signalCode === null,
    log: () => lines,
    async kill() {
      child.kill('SIGKILL')
      await ended
    },
    async stop() {
      child.kill('SIGTERM')
      return await ended
    },
  }
}

function serving(child: ChildProcess, lines: string[], patienceMs: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => fail(`did not serve within ${patienceMs} ms`), patienceMs)
    const fail = (why: string) => {
      clearTimeout(late)
      child.kill('SIGKILL')
      reject(new Error(`the server ${why}:\n${lines.slice(-20).join('\n')}`))
    }
    for (const stream of [child.stdout, child.stderr]) {
      let rest = ''
      stream?.on('data', (chunk: Buffer) => {
        const parts = (rest + chunk.toString()).split('\n')
        rest = parts.pop() ?? ''
        for (const line of parts) {
          lines.push(line)
          if (lines.length > 5000) lines.shift()
          if (!line.includes('"msg":"serving"')) continue
          clearTimeout(late)
          resolve()
        }
      })
    }
    child.once('exit', (code, signal) => fail(`ended with ${signal ?? code}`))
  })
}

/** The PostgreSQL of this home, if it runs. */
export async function postmasterOf(home: string): Promise<number | undefined> {
  const dataDir = join(home, 'postgres')
  const file = await readPostmasterFile(dataDir)
  return file !== undefined && (await isServerOf(file.pid, dataDir)) ? file.pid : undefined
}

/** Runs the command line of this product. */
export function foyer(
  home: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<{ code: number | null; out: string; err: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(root, 'src/apps/server/cli.ts'), ...args], {
      cwd: root,
      env: cleanEnvironment(home, env),
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let [out, err] = ['', '']
    child.stdout.on('data', (chunk: Buffer) => {
      out += chunk.toString()
    })
    child.stderr.on('data', (chunk: Buffer) => {
      err += chunk.toString()
    })
    child.once('error', reject)
    child.once('close', (code) => resolve({ code, out: out.trim(), err: err.trim() }))
  })
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0))
    })
  })
}
