/**
 * `npm start`, `npm run demo`: one process with API, screens, live updates and background work. Several of them may
 * run on one DATABASE_URL. `--demo` loads preset and demo day once.
 */
import { parseArgs } from 'node:util'
import type { Logger } from 'pino'
import packageJson from '../../../package.json' with { type: 'json' }
import { type Config, readConfig } from '../../kernel/config.ts'
import { makeLog } from '../../kernel/log.ts'
import type { App } from './app.ts'
import { type Database, openDatabase } from './database.ts'
import { type Running, stopOnSignals } from './signals.ts'
import { humanLines } from './terminal.ts'
import { ensureWeb } from './web-build.ts'

const usage = `Foyer — the front desk in one system

  npm start             serve; on the first run the browser asks for an administrator and a preset
  npm run demo          serve an invented company and its day
  npm run demo -- --preset switchboard    another of the presets' companies

Environment: HOST, PORT, FOYER_HOME, DATABASE_URL, PUBLIC_URL, SMTP_URL, LOG_LEVEL (see the README)`

const terminal = process.stdout.isTTY === true
const print = (text: string) => process.stdout.write(`${text}\n`)

function readArguments(): { demo: string | null } {
  try {
    const { values } = parseArgs({
      options: {
        demo: { type: 'boolean' },
        preset: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    })
    if (values.help === true) {
      print(usage)
      process.exit(0)
    }
    if (values.preset !== undefined && values.demo !== true) throw new Error('--preset goes with --demo')
    return { demo: values.demo === true ? (values.preset ?? 'group') : null }
  } catch (error) {
    process.stderr.write(`${messageOf(error)}\n\n${usage}\n`)
    process.exit(2)
  }
}

/** A person at a terminal reads sentences and only what needs them; anything else gets every JSON line. */
function openLog(config: Config): Logger {
  if (!terminal) return makeLog(config.logLevel)
  const level = process.env.LOG_LEVEL === undefined ? 'warn' : config.logLevel
  return makeLog(
    level,
    humanLines((text) => process.stdout.write(text)),
  )
}

async function main(): Promise<void> {
  const { demo } = readArguments()
  const config = readConfig()
  const log = openLog(config)
  const say = (line: string) => (terminal ? print(line) : log.info(line))
  const running = stopOnSignals(log, say)
  try {
    await serve({ config, demo, log, say, running })
  } catch (error) {
    if (running.stopping()) return
    process.stderr.write(`${reasonOf(error)}\n`)
    await running.stop(1)
  }
}

interface Start {
  readonly config: Config
  /** Preset whose company is loaded. */
  readonly demo: string | null
  readonly log: Logger
  readonly say: (line: string) => void
  readonly running: Running
}

async function serve({ config, demo, log, say, running }: Start): Promise<void> {
  // The slow parts do not wait for each other: PostgreSQL, the build of the screens, loading the program itself.
  const opening = openDatabase(config, (line) => log.info(line))
  running.onStop(async () => (await opening.catch(() => undefined))?.stop())
  const [database, web, { buildApp }] = await Promise.all([opening, ensureWeb(say), import('./app.ts')])
  if (web.kind === 'missing' || web.kind === 'stale') log.warn(web.reason)
  const app = await buildApp({ config, databaseUrl: database.url, log })
  running.onStop(() => stopServing(app))

  const { loadDemo, demoLines, firstRunLines } = await import('./demo.ts')
  if (demo !== null) await loadDemo(app.kernel, demo, say)
  await listen(app, config)
  await app.startBackground()
  if (running.stopping()) return
  if (demo !== null && config.demoCalls) {
    const { startDemoExchange } = await import('./demo-exchange.ts')
    const telephones = await startDemoExchange(app.kernel)
    running.onStop(async () => telephones?.stop())
  }
  const address = addressOf(app, config)
  const lines = demo !== null ? await demoLines(app.kernel) : await firstRunLines(app.kernel, address)
  if (terminal || demo !== null) print(banner(address, database, lines))
  else for (const line of lines) log.info(line)
  log.info({ address, ms: Math.round(process.uptime() * 1000), database: database.description }, 'serving')
}

/** Requests in flight get their answers; a connection is closed as soon as it has none, and after ten seconds anyway. */
async function stopServing(app: App): Promise<void> {
  const { server } = app.http
  const idle = setInterval(() => server.closeIdleConnections(), 50)
  const late = setTimeout(() => server.closeAllConnections(), 10_000)
  await app.stop()
  clearInterval(idle)
  clearTimeout(late)
}

async function listen(app: App, config: Config): Promise<void> {
  try {
    await app.http.listen({ host: config.host, port: config.port, listenTextResolver: () => 'listening' })
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    if (code === 'EADDRINUSE') {
      throw new Error(
        `Port ${config.port} on ${config.host} is in use: another Foyer or another program has it. ` +
          `Stop that one, or choose another port: PORT=${config.port + 1} npm start`,
        { cause: error },
      )
    }
    if (code === 'EACCES')
      throw new Error(`Port ${config.port} needs more rights; take one above 1023: PORT=8080`, {
        cause: error,
      })
    if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') {
      throw new Error(`HOST=${config.host} is no address of this machine; 127.0.0.1 or 0.0.0.0 always is`, {
        cause: error,
      })
    }
    throw error
  }
}

/** Where a browser on this machine finds it. */
function addressOf(app: App, config: Config): string {
  if (config.publicUrl !== undefined) return config.publicUrl
  const bound = app.http.server.address()
  const port = typeof bound === 'object' && bound !== null ? bound.port : config.port
  const host = config.host === '0.0.0.0' || config.host === '::' ? 'localhost' : config.host
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`
}

function banner(address: string, database: Database, lines: readonly string[]): string {
  const seconds = process.uptime().toFixed(1)
  return [
    '',
    `  Foyer 门厅 ${packageJson.version}  ${address}`,
    '',
    ...lines.map((line) => `  ${line}`),
    `  Ready in ${seconds} s · ${database.description} · Ctrl-C stops`,
    '',
  ].join('\n')
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

/** What the operator can mend stands in the message, and a stack would only bury it; a fault of ours shows its place. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const plain = error.constructor === Error || error.name === 'PostgresUnavailable'
  return plain ? error.message : (error.stack ?? error.message)
}

await main().catch((error: unknown) => {
  process.stderr.write(`${reasonOf(error)}\n`)
  process.exit(1)
})
