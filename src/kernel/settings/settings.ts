import type { Logger } from 'pino'
import type { Sql } from '../db/sql.ts'
import { DomainError, type FieldProblem } from '../errors.ts'
import type { SettingDefinition } from '../module.ts'
import type { Work } from '../work/command.ts'
import { insertVersion, latest } from './store.ts'

/** Site settings with a cache per node; a journal listener clears it, so other nodes follow within ~0.1 s. */
export interface Settings {
  get<T>(siteId: string, definition: SettingDefinition<T>): Promise<T>
  /** Version 0 is the fallback that nobody has stored yet. */
  read<T>(siteId: string, definition: SettingDefinition<T>): Promise<{ version: number; value: T }>
  forget(siteId: string | null): void
}

/** A listener that missed an entry (restart of the database) is caught up by this at the latest. */
const freshMs = 30_000

export function siteSettings(sql: Sql, log?: Logger): Settings {
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
        : { version: stored.version, value: fitting(definition, stored.value, siteId) }
    cache.set(key, { ...current, at: Date.now() })
    return current
  }

  /** A value stored before an upgrade may not fit any more: the house goes on, and the settings list says so. */
  function fitting<T>(definition: SettingDefinition<T>, value: unknown, siteId: string): T {
    const parsed = definition.schema.safeParse(value)
    if (parsed.success) return parsed.data
    log?.error(
      { setting: definition.key, site: siteId },
      'a stored setting does not fit its schema; its default is in force',
    )
    return definition.fallback
  }

  return {
    read,
    get: async (siteId, definition) => (await read(siteId, definition)).value,
    forget(siteId) {
      for (const key of cache.keys()) if (siteId === null || key.startsWith(`${siteId} `)) cache.delete(key)
    },
  }
}

/** What a schema refuses, as the caller's fields; `data.message` is the schema's own word for its own checks. */
function problemsOf(error: {
  readonly issues: readonly { code: string; path: readonly PropertyKey[]; message: string }[]
}): FieldProblem[] {
  return error.issues.map((issue) => ({
    path: ['value', ...issue.path.map(String)].join('.'),
    code: issue.code,
    data: {
      message: issue.message,
      ...('minimum' in issue ? { min: issue.minimum } : {}),
      ...('maximum' in issue ? { max: issue.maximum } : {}),
    },
  }))
}

/**
 * Stores a new version; the old ones stay (G4). The primary key refuses a second writer of the same version. Other
 * nodes, and readers that were quicker than the commit, follow within ~0.1 s through the journal.
 * @throws DomainError `input.invalid` naming the fields; `edit.stale` when `basedOn` is not the current version
 */
export async function storeSetting<T>(
  work: Work,
  definition: SettingDefinition<T>,
  value: unknown,
  basedOn: number,
  note: string | null,
): Promise<{ version: number; value: T }> {
  const { siteId, kernel } = work.ctx
  const parsed = definition.schema.safeParse(value)
  if (!parsed.success) throw new DomainError('input.invalid', {}, problemsOf(parsed.error))
  const before = await work.maybe(latest(siteId, definition.key))
  if ((before?.version ?? 0) !== basedOn)
    throw new DomainError('edit.stale', { stored: before?.version ?? 0, sent: basedOn })
  const version = basedOn + 1
  work.write(insertVersion(work, definition.key, version, parsed.data, note))
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

/**
 * First values of a site, from a preset. What the house has stored already stays.
 * @throws Error for a key no module knows; DomainError `input.invalid` for a value that does not fit
 */
export async function seedSettings(
  work: Work,
  values: Readonly<Record<string, unknown>>,
  note: string,
): Promise<void> {
  for (const [key, value] of Object.entries(values)) {
    const definition = work.ctx.kernel.modules.settings.get(key)
    if (definition === undefined) throw new Error(`"${key}" is a setting no module knows`)
    if ((await work.maybe(latest(work.ctx.siteId, key))) !== undefined) continue
    await storeSetting(work, definition, value, 0, note)
  }
}
