import type pg from 'pg'
import type { Logger } from 'pino'
import type { Actor } from './actor.ts'
import type { Clock } from './clock.ts'
import type { Config } from './config.ts'
import type { Sql } from './db/sql.ts'
import type { FileStore } from './files/disk.ts'
import { newId } from './ids.ts'
import type { Tail } from './journal/tail.ts'
import type { ModuleRegistry } from './module.ts'
import type { Secrets } from './secrets.ts'
import type { Settings } from './settings/settings.ts'
import type { Signer } from './signing.ts'
import type { Ctx } from './work/command.ts'

/** What every use case can reach; one per process, made in `apps/server`. */
export interface Kernel {
  readonly config: Config
  readonly log: Logger
  readonly clock: Clock
  /** Pipelined connections of the hot path. */
  readonly pool: pg.Pool
  /** Plain connections for libraries (worker, sign-in). */
  readonly plainPool: pg.Pool
  readonly sql: Sql
  readonly modules: ModuleRegistry
  readonly settings: Settings
  readonly secrets: Secrets
  /** Signs what opens without sign-in: one subject for one person (`links.ts`). */
  readonly links: Signer
  readonly files: FileStore
  readonly tail: Tail
}

/** A context for work the product does by itself (dispatcher, cron, import from the command line). */
export function systemCtx(kernel: Kernel, siteId: string, actor: Actor, requestId: string = newId()): Ctx {
  return { kernel, actor, siteId, requestId, idempotency: null }
}
