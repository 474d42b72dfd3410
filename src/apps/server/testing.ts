/** Real application on real PostgreSQL for `*.pg.test.ts`: every call gets a database of its own. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { expect, inject } from 'vitest'
import type { Actor } from '../../kernel/actor.ts'
import { manualClock } from '../../kernel/clock.ts'
import { readConfig } from '../../kernel/config.ts'
import type { RouteAnswer, RouteCall, RouteSpec } from '../../kernel/contract.ts'
import { migrate } from '../../kernel/db/migrate.ts'
import { raw } from '../../kernel/db/sql.ts'
import { newId } from '../../kernel/ids.ts'
import { prepareJobs } from '../../kernel/jobs/worker.ts'
import { systemCtx } from '../../kernel/kernel.ts'
import { makeLog } from '../../kernel/log.ts'
import type { FoyerModule } from '../../kernel/module.ts'
import type { Ctx } from '../../kernel/work/command.ts'
import { buildApp } from './app.ts'

const templateName = 'foyer_template'

function urlFor(base: string, database: string): string {
  const url = new URL(base)
  url.pathname = `/${database}`
  return url.toString()
}

/** The migrated template is made once per server; test files running at once wait for each other here. */
async function freshDatabase(): Promise<string> {
  const base = inject('postgresUrl')
  const client = new pg.Client({ connectionString: base })
  await client.connect()
  try {
    await client.query('select pg_advisory_lock(4711)')
    const found = await client.query('select 1 from pg_database where datname = $1', [templateName])
    if (found.rowCount === 0) {
      await client.query(`create database ${templateName}_making`)
      await migrate(urlFor(base, `${templateName}_making`))
      await prepareTemplateJobs(urlFor(base, `${templateName}_making`))
      await client.query(`alter database ${templateName}_making rename to ${templateName}`)
    }
    const name = `t_${newId().replaceAll('-', '')}`
    await client.query(`create database ${name} template ${templateName}`)
    return urlFor(base, name)
  } finally {
    await client.end()
  }
}

async function prepareTemplateJobs(url: string): Promise<void> {
  const pool = new pg.Pool({ connectionString: url, max: 2 })
  await prepareJobs({ plainPool: pool, log: makeLog('silent') } as never)
  await pool.end()
}

export interface TestOptions {
  readonly now?: Date
  readonly modules?: readonly FoyerModule[]
  /** Environment variables as the operator would set them. */
  readonly env?: Readonly<Record<string, string>>
}

/** Monday morning at a Chinese site. */
export const testNow = new Date('2026-03-09T09:00:00+08:00')

export async function testApp(options: TestOptions = {}) {
  const databaseUrl = await freshDatabase()
  const home = await mkdtemp(join(tmpdir(), 'foyer-test-'))
  const clock = manualClock(options.now ?? testNow)
  const config = {
    ...readConfig({ LOG_LEVEL: process.env.TEST_LOG ?? 'silent', RATE_LIMIT: '0', ...options.env }),
    home,
  }
  const app = await buildApp({
    config,
    databaseUrl,
    log: makeLog(config.logLevel),
    clock,
    ...(options.modules === undefined ? {} : { modules: options.modules }),
  })
  return {
    ...app,
    clock,
    databaseUrl,
    /** A context for calling services directly. */
    ctx(actor: Actor, siteId: string, idempotencyKey?: string): Ctx {
      const base = systemCtx(app.kernel, siteId, actor)
      return idempotencyKey === undefined
        ? base
        : { ...base, idempotency: { key: idempotencyKey, requestHash: idempotencyKey } }
    },
    /** Sends a contract's call through the whole HTTP stack without a socket. */
    async call<S extends RouteSpec>(
      spec: S,
      parts: RouteCall<S>,
      headers: Record<string, string> = {},
    ): Promise<{ status: number; body: RouteAnswer<S>; headers: Record<string, unknown> }> {
      const url = urlOf(spec, parts)
      const answer = await app.http.inject({
        method: spec.method,
        url,
        headers,
        ...(parts.body === undefined ? {} : { payload: parts.body as object }),
      })
      const body = String(answer.headers['content-type'] ?? '').includes('json') ? answer.json() : answer.body
      return { status: answer.statusCode, body, headers: answer.headers }
    },
    /**
     * Until every journal entry may be followed: a transaction of any database of this server holds the horizon, and
     * other test files are making theirs at the same time.
     */
    async settled(): Promise<void> {
      await expect
        .poll(
          async () =>
            (await app.kernel.sql.maybe(
              raw('select 1 from journal where xid >= journal_horizon() limit 1'),
            )) === undefined,
          { timeout: 60_000, interval: 50 },
        )
        .toBe(true)
    },
    /** Until this many callers wait for a row that somebody has locked. */
    async waiting(callers: number): Promise<void> {
      await expect
        .poll(
          async () =>
            (
              await app.kernel.sql.one<{ n: number }>(
                raw(`select count(*)::int as n from pg_stat_activity
                     where datname = current_database() and wait_event_type = 'Lock'`),
              )
            ).n,
          { timeout: 60_000, interval: 20 },
        )
        .toBe(callers)
    },
    async close(): Promise<void> {
      await app.stop()
      await rm(home, { recursive: true, force: true })
    },
  }
}

export function urlOf(spec: RouteSpec, parts: { params?: unknown; query?: unknown }): string {
  const params = (parts.params ?? {}) as Record<string, string>
  const path = spec.path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(params[name] ?? ''))
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(parts.query ?? {})) {
    if (value !== undefined && value !== null) query.set(name, String(value))
  }
  const text = query.toString()
  return `/api/v1${path}${text === '' ? '' : `?${text}`}`
}

export type TestApp = Awaited<ReturnType<typeof testApp>>

/** Someone with the given roles at a site. */
export function testActor(
  siteId: string,
  roles: readonly string[],
  employeeId: string | null = newId(),
): Actor {
  return {
    kind: 'user',
    id: newId(),
    name: roles.join('+') || 'nobody',
    employeeId,
    roles: new Map([[siteId, roles]]),
    link: null,
  }
}
