import type { FastifyInstance } from 'fastify'
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import { raw } from '../db/sql.ts'
import type { Kernel } from '../kernel.ts'
import type { LiveHub } from '../live/hub.ts'

/** `/healthz` (process), `/readyz` (database, journal tail), `/metrics` (Prometheus). No personal data in any. */
export function operations(app: FastifyInstance, kernel: Kernel, hub: LiveHub): void {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const duration = new Histogram({
    name: 'foyer_http_request_seconds',
    help: 'Duration of HTTP requests',
    labelNames: ['route', 'method', 'status'],
    buckets: [0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 5],
    registers: [registry],
  })
  const faults = new Counter({ name: 'foyer_faults_total', help: 'Answers with 5xx', registers: [registry] })
  new Gauge({
    name: 'foyer_live_consoles',
    help: 'Open event streams',
    registers: [registry],
    collect() {
      this.set(hub.count())
    },
  })
  new Gauge({
    name: 'foyer_tasks_overdue',
    help: 'Open tasks past their due time',
    registers: [registry],
    async collect() {
      const row = await kernel.sql.one<{ n: number }>(
        raw("select count(*)::int as n from task where status = 'open' and due_at < now()"),
      )
      this.set(row.n)
    },
  })
  new Gauge({
    name: 'foyer_follower_failures',
    help: 'Failures in a row of a journal follower',
    labelNames: ['follower'],
    registers: [registry],
    async collect() {
      const rows = await kernel.sql.all<{ follower: string; failures: number }>(
        raw('select follower, failures from journal_cursor'),
      )
      for (const row of rows) this.set({ follower: row.follower }, row.failures)
    },
  })
  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'unknown'
    duration.observe(
      { route, method: request.method, status: String(reply.statusCode) },
      reply.elapsedTime / 1000,
    )
    if (reply.statusCode >= 500) faults.inc()
  })
  app.get('/healthz', { schema: { hide: true }, logLevel: 'silent' }, () => ({ ok: true }))
  app.get('/readyz', { schema: { hide: true }, logLevel: 'silent' }, async (_request, reply) => {
    const database = await kernel.sql.maybe(raw('select 1 as ok')).then(
      () => true,
      () => false,
    )
    const journal = kernel.tail.position() !== undefined
    return reply.code(database && journal ? 200 : 503).send({ ok: database && journal, database, journal })
  })
  app.get('/metrics', { schema: { hide: true }, logLevel: 'silent' }, async (_request, reply) =>
    reply.type(registry.contentType).send(await registry.metrics()),
  )
}
