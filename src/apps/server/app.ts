import type { FastifyInstance } from 'fastify'
import type { Logger } from 'pino'
import packageJson from '../../../package.json' with { type: 'json' }
import { type Clock, systemClock } from '../../kernel/clock.ts'
import type { Config } from '../../kernel/config.ts'
import { openPlainPool, openPool } from '../../kernel/db/pool.ts'
import { sqlOn } from '../../kernel/db/sql.ts'
import { diskFiles } from '../../kernel/files/disk.ts'
import { type BoundRoute, binder, type ResolveActor } from '../../kernel/http/bind.ts'
import { operations } from '../../kernel/http/operations.ts'
import { httpServer } from '../../kernel/http/server.ts'
import { prepareJobs, startWorker } from '../../kernel/jobs/worker.ts'
import { followerRunner } from '../../kernel/journal/followers.ts'
import { journalTail } from '../../kernel/journal/tail.ts'
import type { Kernel } from '../../kernel/kernel.ts'
import { linkActor } from '../../kernel/links.ts'
import { live } from '../../kernel/live/contract.ts'
import { liveHub } from '../../kernel/live/hub.ts'
import { type FoyerModule, registry } from '../../kernel/module.ts'
import { loadMasterSecret, secretsFrom } from '../../kernel/secrets.ts'
import { siteSettings } from '../../kernel/settings/settings.ts'
import { signer } from '../../kernel/signing.ts'
import { taskDispatcher } from '../../kernel/tasks/dispatcher.ts'
import { modules as house } from './modules.ts'
import { serveWeb } from './web.ts'

export interface AppOptions {
  readonly config: Config
  readonly databaseUrl: string
  readonly log: Logger
  readonly clock?: Clock
  readonly modules?: readonly FoyerModule[]
}

export interface App {
  readonly http: FastifyInstance
  readonly kernel: Kernel
  /** Every route bound, for the permission walk and the drift check. */
  readonly routes: readonly BoundRoute[]
  /** Tail, followers, dispatcher, worker. An app that is only asked (tests, OpenAPI) leaves it out. */
  startBackground(): Promise<void>
  stop(): Promise<void>
}

/** Puts kernel and modules together. Needs a migrated database. */
export async function buildApp(options: AppOptions): Promise<App> {
  const kernel = await makeKernel(options)
  const hub = liveHub(kernel)
  const http = await httpServer(kernel, packageJson.version)
  operations(http, kernel, hub)
  const routes: BoundRoute[] = []
  const bind = binder(http, kernel, actorResolver(kernel), routes)
  for (const module of kernel.modules.list) module.routes?.(bind)
  bind(live.stream, async (ctx, _input, { request, reply }) => {
    const last = request.headers['last-event-id']
    await hub.open(reply, ctx.actor, ctx.siteId, typeof last === 'string' ? last : undefined)
    return ''
  })
  await serveWeb(http)
  const listening = kernel.modules.list.flatMap((module) =>
    module.onEntry === undefined ? [] : [module.onEntry],
  )
  kernel.tail.listen((entry) => {
    for (const listener of listening) listener(kernel, entry)
  })

  const stops: Array<() => Promise<void>> = []
  return {
    http,
    kernel,
    routes,
    async startBackground() {
      await prepareJobs(kernel)
      await kernel.tail.start()
      const followers = followerRunner(
        kernel,
        kernel.modules.list.flatMap((module) => module.followers ?? []),
      )
      followers.start()
      const dispatcher = taskDispatcher(kernel)
      dispatcher.start()
      const worker = await startWorker(kernel)
      const services = kernel.modules.list.flatMap((module) => module.services?.(kernel) ?? [])
      for (const service of services) service.start()
      stops.push(
        async () => {
          await Promise.all(services.map((service) => service.stop()))
        },
        () => worker.stop(),
        () => dispatcher.stop(),
        () => followers.stop(),
        () => kernel.tail.stop(),
      )
    },
    async stop() {
      hub.close()
      await http.close()
      for (const stop of stops) await stop()
      await Promise.all([kernel.pool.end(), kernel.plainPool.end()])
    },
  }
}

async function makeKernel(options: AppOptions): Promise<Kernel> {
  const { config, databaseUrl, log } = options
  const pool = openPool(databaseUrl, config.poolSize)
  const plainPool = openPlainPool(databaseUrl, 10)
  const sql = sqlOn(pool)
  const secrets = secretsFrom(await loadMasterSecret(config.home, config.secret))
  return {
    config,
    log,
    clock: options.clock ?? systemClock,
    pool,
    plainPool,
    sql,
    modules: registry(options.modules ?? house),
    settings: siteSettings(sql, log),
    secrets,
    links: signer(sql, secrets, 'link'),
    files: diskFiles(config.home),
    tail: journalTail(sql, log),
  }
}

/** A signed link wins over a cookie: the page opened from a notification acts as the person it was sent to. */
function actorResolver(kernel: Kernel): ResolveActor {
  const devices = kernel.modules.list.flatMap((module) => module.devices?.(kernel) ?? [])
  const signedIn = [
    ...devices,
    ...kernel.modules.list.flatMap((module) => (module.actors === undefined ? [] : [module.actors(kernel)])),
  ]
  return async (request) => {
    const header = request.headers['foyer-link']
    const query = request.query
    const token =
      typeof header === 'string'
        ? header
        : typeof query === 'object' && query !== null && 'link' in query && typeof query.link === 'string'
          ? query.link
          : undefined
    if (token !== undefined) return await linkActor(kernel.links, token, kernel.clock.now())
    for (const resolve of signedIn) {
      const actor = await resolve(request)
      if (actor !== null) return actor
    }
    return null
  }
}
