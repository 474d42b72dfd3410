import { json, type RawStatement, raw, type Sql } from '../db/sql.ts'
import { DomainError } from '../errors.ts'
import type { SettingDefinition } from '../module.ts'
import type { Work } from '../work/command.ts'

export interface StoredSetting {
  readonly version: number
  readonly value: unknown
  readonly note: string | null
  readonly at: Date
  readonly actorName: string
}

/** Site settings with a cache per node; a journal listener clears it, so other nodes follow within ~0.1 s. */
export interface Settings {
  get<T>(siteId: string, definition: SettingDefinition<T>): Promise<T>
  /** Version 0 is the fallback that nobody has stored yet. */
  read<T>(siteId: string, definition: SettingDefinition<T>): Promise<{ version: number; value: T }>
  forget(siteId: string | null): void
}

/** A listener that missed an entry (restart of the database) is caught up by this at the latest. */
const freshMs = 30_000

export function siteSettings(sql: Sql): Settings {
  const cache = new Map<string, { version: number; value: unknown; at: number }>()

  async function read<T>(siteId: string, definition: SettingDefinition<T>) {
    const key = `${siteId} ${definition.key}`
    const known = cache.get(key)
    if (known !== undefined && Date.now() - known.at < freshMs) {
      return { version: known.version, value: known.value as T }
    }
    const stored = await sql.maybe(latest(siteId, definition.key))
    const current =
      stored === undefined
        ? { version: 0, value: definition.fallback }
        : { version: stored.version, value: definition.schema.parse(stored.value) }
    cache.set(key, { ...current, at: Date.now() })
    return current
  }

  return {
    read,
    get: async (siteId, definition) => (await read(siteId, definition)).value,
    forget(siteId) {
      for (const key of cache.keys()) if (siteId === null || key.startsWith(`${siteId} `)) cache.delete(key)
    },
  }
}

export function latest(siteId: string, key: string): RawStatement<StoredSetting> {
  return raw(
    `select version, value, note, at, actor_name as "actorName" from setting
     where site_id = $1 and key = $2 order by version desc limit 1`,
    [siteId, key],
  )
}

export function history(siteId: string, key: string): RawStatement<StoredSetting> {
  return raw(
    `select version, value, note, at, actor_name as "actorName" from setting
     where site_id = $1 and key = $2 order by version desc limit 100`,
    [siteId, key],
  )
}

/**
 * Stores a new version; the old ones stay (G4). The primary key refuses a second writer of the same version.
 * @throws DomainError `input.invalid` naming the fields; `edit.stale` when `basedOn` is not the current version
 */
export async function storeSetting<T>(
  work: Work,
  definition: SettingDefinition<T>,
  value: unknown,
  basedOn: number,
  note: string | null,
): Promise<{ version: number; value: T }> {
  const { siteId, actor, kernel } = work.ctx
  const parsed = definition.schema.safeParse(value)
  if (!parsed.success) {
    throw new DomainError(
      'input.invalid',
      {},
      parsed.error.issues.map((issue) => ({
        path: ['value', ...issue.path].join('.'),
        code: issue.code,
        data: { message: issue.message },
      })),
    )
  }
  const before = await work.maybe(latest(siteId, definition.key))
  if ((before?.version ?? 0) !== basedOn) throw new DomainError('edit.stale', { stored: before?.version ?? 0, sent: basedOn })
  const version = basedOn + 1
  work.write(
    raw(
      `insert into setting (site_id, key, version, value, note, at, actor_id, actor_name)
       values ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [siteId, definition.key, version, json(parsed.data), note, work.now, actor.id, actor.name],
    ),
  )
  work.journal({
    entity: 'setting',
    entityId: definition.key,
    action: 'setting.changed',
    version,
    before: { value: before?.value ?? definition.fallback },
    after: { value: parsed.data },
    data: { note },
  })
  kernel.settings.forget(siteId)
  return { version, value: parsed.data }
}
