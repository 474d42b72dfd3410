import type { ZodType } from 'zod'
import type { Actor } from './actor.ts'
import type { ErrorStatus } from './contract.ts'
import type { Sql } from './db/sql.ts'
import type { FieldProblem } from './errors.ts'
import type { AttachmentRule } from './files/attachment.ts'
import type { Finder } from './find/finder.ts'
import type { HistorySource } from './history/source.ts'
import type { Bind, ResolveActor } from './http/bind.ts'
import type { Importer } from './imports/importer.ts'
import type { JobHandler } from './jobs/worker.ts'
import type { JournalEntry } from './journal/entry.ts'
import type { Follower } from './journal/followers.ts'
import type { Kernel } from './kernel.ts'
import type { Contact, NoticeMaker } from './notifications/notice.ts'
import type { PersonalSource } from './personal/source.ts'
import type { OwnerFound, TaskKind } from './tasks/kind.ts'
import type { Ctx } from './work/command.ts'

/** A site setting: validated by schema, versioned, edited in the product, seeded by a preset (design §1.4). */
export interface SettingDefinition<T = unknown> {
  readonly key: string
  readonly schema: ZodType<T>
  /** In force while a site has not stored its own. */
  readonly fallback: T
  /** Action needed to change it. */
  readonly action: string
}

/**
 * What only the house itself knows of a new value, e.g. whether somebody named in it works here: field problems by their
 * path below the value. Not asked of presets, which are read before the house has its people. `before` is in force now.
 */
type SettingCheck<T> = (ctx: Ctx, sql: Sql, value: T, before: T) => Promise<readonly FieldProblem[]>

/** A check beside its setting; settings are pure files, and checks ask the database. */
interface CheckedSetting {
  readonly key: string
  readonly check: (ctx: Ctx, sql: Sql, value: unknown, before: unknown) => Promise<readonly FieldProblem[]>
}

export function checked<T>(definition: SettingDefinition<T>, check: SettingCheck<T>): CheckedSetting {
  return {
    key: definition.key,
    check: (ctx, sql, value, before) =>
      check(ctx, sql, definition.schema.parse(value), definition.schema.parse(before)),
  }
}

export function setting<T>(definition: SettingDefinition<T>): SettingDefinition<T> {
  return definition
}

/** Which live events of an entity a person may see: with the action all of the site's, without it only their own. */
export interface LiveRule {
  readonly action: string
  /** Where the interface opens one, for those who are told of it elsewhere. */
  readonly link?: (id: string) => string
}

export interface CronItem {
  readonly name: string
  /** crontab in UTC; per-site times are checked inside the job. */
  readonly schedule: string
  readonly run: (kernel: Kernel) => Promise<void>
}

/** Something a module keeps running on every node for as long as the node lives: a link to another system. */
export interface Service {
  start(): void
  /** Ends cleanly: what it holds is free for another node when the promise resolves. */
  stop(): Promise<void>
}

/** Everything a module gives to the house; `apps/server/modules.ts` is the one list of them. */
export interface FoyerModule {
  readonly name: string
  readonly routes?: (bind: Bind) => void
  /** Exactly one module says who a request comes from. */
  readonly actors?: (kernel: Kernel) => ResolveActor
  /** Devices that are no account; asked before the session, so that nobody signs in over a kiosk. */
  readonly devices?: (kernel: Kernel) => ResolveActor
  /** Rows of the one matrix: action → roles that may. `signed-in` and `public` need no row. */
  readonly grants?: Readonly<Record<string, readonly string[]>>
  readonly errors?: Readonly<Record<string, ErrorStatus>>
  /** Database constraint → error code. */
  readonly constraints?: Readonly<Record<string, string>>
  // biome-ignore lint/suspicious/noExplicitAny: a list of settings of different types; each is used through its own definition
  readonly settings?: readonly SettingDefinition<any>[]
  readonly settingChecks?: readonly CheckedSetting[]
  readonly taskKinds?: Readonly<Record<string, TaskKind>>
  readonly live?: Readonly<Record<string, LiveRule>>
  readonly followers?: readonly Follower[]
  readonly jobs?: Readonly<Record<string, JobHandler>>
  readonly cron?: readonly CronItem[]
  /** Started with the background work of the node, stopped before it. */
  readonly services?: (kernel: Kernel) => readonly Service[]
  /** Journal action → notifications it causes. */
  readonly notices?: Readonly<Record<string, NoticeMaker>>
  /** How to reach people; ids the module does not know are left out. The kernel knows no directory. */
  readonly contacts?: (sql: Sql, personIds: readonly string[]) => Promise<ReadonlyMap<string, Contact>>
  /** Person ids of those who staff a post and are told of its tasks; the answers of all modules are joined. */
  readonly staff?: (sql: Sql, siteId: string, post: string, kernel: Kernel) => Promise<readonly string[]>
  /** Posts the actor staffs besides those of their roles: `department:<id>`. */
  readonly posts?: (sql: Sql, actor: Actor, siteId: string, kernel: Kernel) => Promise<readonly string[]>
  /** Names of posts that are no role's: `department:<id>` → 销售部. */
  readonly postNames?: (
    sql: Sql,
    siteId: string,
    posts: readonly string[],
    kernel: Kernel,
  ) => Promise<ReadonlyMap<string, string>>
  /** People and posts a task may be handed to, by what somebody typed. */
  readonly findOwners?: (ctx: Ctx, text: string) => Promise<readonly OwnerFound[]>
  /** Entities that files may be attached to, and who may. */
  readonly attachments?: Readonly<Record<string, AttachmentRule>>
  readonly importers?: readonly Importer[]
  /** The module's part of the single window (C5). */
  readonly finder?: Finder
  /** The module's part of the one timeline of a card (C5). */
  readonly history?: HistorySource
  /** What the module keeps about somebody from outside: for their copy, and to erase (G5). */
  readonly personal?: PersonalSource
  /** Called on every node for every settled journal entry; for caches only, must not throw. */
  readonly onEntry?: (kernel: Kernel, entry: JournalEntry) => void
}

export interface ModuleRegistry {
  readonly list: readonly FoyerModule[]
  readonly grants: ReadonlyMap<string, ReadonlySet<string>>
  readonly errors: ReadonlyMap<string, ErrorStatus>
  readonly constraints: ReadonlyMap<string, string>
  readonly settings: ReadonlyMap<string, SettingDefinition>
  readonly taskKinds: ReadonlyMap<string, TaskKind>
  readonly live: ReadonlyMap<string, LiveRule>
  readonly jobs: ReadonlyMap<string, JobHandler>
  readonly notices: ReadonlyMap<string, NoticeMaker>
  readonly attachments: ReadonlyMap<string, AttachmentRule>
  readonly importers: ReadonlyMap<string, Importer>
}

function collect<V>(
  list: readonly FoyerModule[],
  what: string,
  part: (m: FoyerModule) => Readonly<Record<string, V>> | undefined,
) {
  const all = new Map<string, V>()
  for (const module of list) {
    for (const [key, value] of Object.entries(part(module) ?? {})) {
      if (all.has(key)) throw new Error(`${what} "${key}" is declared twice (second time by ${module.name})`)
      all.set(key, value)
    }
  }
  return all
}

/** @throws Error when two modules declare the same action, error code, setting, task kind or job. */
export function registry(list: readonly FoyerModule[]): ModuleRegistry {
  const grants = collect(list, 'action', (m) => m.grants)
  return {
    list,
    grants: new Map([...grants].map(([action, roles]) => [action, new Set(roles)])),
    errors: collect(list, 'error code', (m) => m.errors),
    constraints: collect(list, 'constraint', (m) => m.constraints),
    settings: collect(list, 'setting', (m) => Object.fromEntries((m.settings ?? []).map((s) => [s.key, s]))),
    taskKinds: collect(list, 'task kind', (m) => m.taskKinds),
    live: collect(list, 'live entity', (m) => m.live),
    jobs: collect(list, 'job', (m) => m.jobs),
    notices: collect(list, 'notice', (m) => m.notices),
    attachments: collect(list, 'attachments of', (m) => m.attachments),
    importers: collect(list, 'importer', (m) =>
      Object.fromEntries((m.importers ?? []).map((i) => [i.kind, i])),
    ),
  }
}
