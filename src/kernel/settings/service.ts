import { z } from 'zod'
import { may, must } from '../authorize.ts'
import type { RouteInput } from '../contract.ts'
import type { Sql } from '../db/sql.ts'
import { fail, failWith } from '../errors.ts'
import type { SettingDefinition } from '../module.ts'
import { type Ctx, command, query } from '../work/command.ts'
import { type settingDetail, settingErrors, type settingRoutes, type settingSummary } from './contract.ts'
import { storeSetting } from './settings.ts'
import * as store from './store.ts'

const refuse = failWith(settingErrors)
type Routes = typeof settingRoutes
type Detail = z.input<typeof settingDetail>

interface Owned {
  readonly module: string
  readonly definition: SettingDefinition
}

function all(ctx: Ctx): Owned[] {
  return ctx.kernel.modules.list.flatMap((module) =>
    (module.settings ?? []).map((definition) => ({ module: module.name, definition })),
  )
}

/** Whoever may change it, and whoever may look at the house's rules at all. */
function sees(ctx: Ctx, definition: SettingDefinition): boolean {
  return may(ctx, definition.action) || may(ctx, 'setting.read')
}

export async function list(ctx: Ctx): Promise<{ items: z.input<typeof settingSummary>[] }> {
  const stored = new Map((await query(ctx).all(store.latestOfAll(ctx.siteId))).map((row) => [row.key, row]))
  return {
    items: all(ctx)
      .filter(({ definition }) => sees(ctx, definition))
      .map(({ module, definition }) => {
        const row = stored.get(definition.key)
        return {
          key: definition.key,
          module,
          action: definition.action,
          version: row?.version ?? 0,
          at: row?.at.toISOString() ?? null,
          by: row?.actorName ?? null,
          fits: row === undefined || definition.schema.safeParse(row.value).success,
          can: { edit: may(ctx, definition.action) },
        }
      }),
  }
}

export async function read(ctx: Ctx, input: { params: { key: string } }): Promise<Detail> {
  return detail(ctx, query(ctx), find(ctx, input.params.key))
}

/** @throws DomainError `input.invalid` with the fields, `edit.stale` */
export async function change(ctx: Ctx, input: RouteInput<Routes['change']>): Promise<Detail> {
  const { value, version, note } = input.body
  return put(ctx, input.params.key, version, async () => ({ value, note: note === '' ? null : note }))
}

/** @throws DomainError `setting.version-unknown`; `input.invalid` when the old value does not fit today's schema */
export async function restore(ctx: Ctx, input: RouteInput<Routes['restore']>): Promise<Detail> {
  const { restore: wanted, version, note } = input.body
  return put(ctx, input.params.key, version, async (sql, definition) => {
    const old =
      wanted === 0
        ? { value: definition.fallback }
        : await sql.maybe(store.versionOf(ctx.siteId, definition.key, wanted))
    if (old === undefined) return refuse('setting.version-unknown', { version: wanted })
    return { value: old.value, note: note === null || note === '' ? `↶ ${wanted}` : note }
  })
}

async function put(
  ctx: Ctx,
  key: string,
  basedOn: number,
  make: (sql: Sql, definition: SettingDefinition) => Promise<{ value: unknown; note: string | null }>,
): Promise<Detail> {
  const own = find(ctx, key)
  must(ctx, own.definition.action)
  const answer = await command(ctx, async (work) => {
    const { value, note } = await make(work, own.definition)
    const inForce = await ctx.kernel.settings.get(ctx.siteId, own.definition)
    const stored = await storeSetting(work, own.definition, value, basedOn, note)
    await mustFitTheHouse(ctx, work, key, stored.value, inForce)
    const before = await detail(ctx, work, own)
    const entry = { ...stored, note, at: work.now.toISOString(), by: ctx.actor.name }
    return { ...before, ...stored, fits: true, history: [entry, ...before.history] }
  })
  // Again, because a reader may have put the old value back between the change and its commit.
  ctx.kernel.settings.forget(ctx.siteId)
  return answer
}

/** @throws DomainError `input.invalid` naming the fields */
async function mustFitTheHouse(ctx: Ctx, sql: Sql, key: string, value: unknown, inForce: unknown) {
  const checks = ctx.kernel.modules.list.flatMap(({ settingChecks = [] }) =>
    settingChecks.filter((one) => one.key === key),
  )
  const wrong = (await Promise.all(checks.map(({ check }) => check(ctx, sql, value, inForce)))).flat()
  if (wrong.length > 0)
    fail(
      'input.invalid',
      {},
      wrong.map((one) => ({ ...one, path: `value.${one.path}` })),
    )
}

function find(ctx: Ctx, key: string): Owned {
  const found = all(ctx).find(({ definition }) => definition.key === key)
  if (found === undefined) return fail('entity.not-found')
  if (!sees(ctx, found.definition)) return fail('auth.forbidden', { action: found.definition.action })
  return found
}

async function detail(ctx: Ctx, sql: Sql, { module, definition }: Owned): Promise<Detail> {
  const history = await sql.all(store.history(ctx.siteId, definition.key))
  const [current] = history
  return {
    key: definition.key,
    module,
    // Shown as stored even when it does not fit any more: it is what has to be mended.
    value: current === undefined ? definition.fallback : current.value,
    shipped: definition.fallback,
    schema: schemaOf(definition),
    version: current?.version ?? 0,
    fits: current === undefined || definition.schema.safeParse(current.value).success,
    history: history.map(({ version, value, note, at, actorName }) => ({
      ...{ version, value, note, at: at.toISOString(), by: actorName },
    })),
    can: { edit: may(ctx, definition.action) },
  }
}

function schemaOf(definition: SettingDefinition): Record<string, unknown> {
  const { $schema: _, ...schema } = z.toJSONSchema(definition.schema, { io: 'input', unrepresentable: 'any' })
  return schema
}
