/** The site's own rules as this module uses them, and the caller as its policy sees them. */
import { may } from '../../kernel/authorize.ts'
import type { Sql } from '../../kernel/db/sql.ts'
import { DomainError } from '../../kernel/errors.ts'
import type { Ctx } from '../../kernel/work/command.ts'
import { departmentsLedBy, tenantDepartments } from '../directory/public.ts'
import type { Viewer } from './policy.ts'
import type { Lens } from './present.ts'
import type { VisitRoute } from './routes/contract.ts'
import { visitRoutesSetting } from './routes/settings.ts'
import {
  type Category,
  categoriesSetting,
  type Kind,
  kindsSetting,
  type Timings,
  timingsSetting,
} from './settings.ts'

export interface House {
  readonly categories: ReadonlyMap<string, Category>
  readonly kinds: ReadonlyMap<string, Kind>
  readonly timings: Timings
  /** V6: read from the top. */
  readonly routes: readonly VisitRoute[]
}

/** Cached per node by the settings; costs no trip on the hot path. */
export async function houseOf(ctx: Ctx): Promise<House> {
  const { settings } = ctx.kernel
  const [categories, kinds, timings, routes] = await Promise.all([
    settings.get(ctx.siteId, categoriesSetting),
    settings.get(ctx.siteId, kindsSetting),
    settings.get(ctx.siteId, timingsSetting),
    settings.get(ctx.siteId, visitRoutesSetting),
  ])
  return {
    categories: new Map(categories.map((one) => [one.key, one])),
    kinds: new Map(kinds.map((one) => [one.key, one])),
    timings,
    routes,
  }
}

/** @throws DomainError `visit.kind-unknown`, `visit.category-unknown` naming the field */
export function categoryOf(house: House, kindKey: string, categoryKey: string | undefined): Category {
  const kind = house.kinds.get(kindKey)
  if (kind === undefined) throw new DomainError('visit.kind-unknown', {}, [{ path: 'kind', code: 'unknown' }])
  const found = house.categories.get(categoryKey ?? kind.category)
  if (found === undefined)
    throw new DomainError('visit.category-unknown', {}, [{ path: 'category', code: 'unknown' }])
  return found
}

/** Posts cost a read, so only those who lead a department pay for it. */
async function viewerOf(ctx: Ctx, sql: Sql): Promise<Viewer> {
  const { actor } = ctx
  const leads = actor.employeeId !== null && (actor.roles.get(ctx.siteId) ?? []).includes('department_head')
  const departments = leads && actor.employeeId !== null ? await departmentsLedBy(sql, actor.employeeId) : []
  const leadsTenant =
    actor.employeeId !== null && (actor.roles.get(ctx.siteId) ?? []).includes('tenant_admin')
  const tenant =
    leadsTenant && actor.employeeId !== null
      ? await sql.all(tenantDepartments(ctx.siteId, actor.employeeId))
      : []
  return {
    atDesk: may(ctx, 'visit.register'),
    reads: may(ctx, 'visit.read'),
    releases: may(ctx, 'visit.release'),
    decides: may(ctx, 'watch-list.decide'),
    employeeId: actor.employeeId,
    id: actor.employeeId ?? actor.id,
    tenant: tenant.map(({ id }) => id),
    posts: departments.map((id) => `department:${id}`),
  }
}

export async function lensOf(ctx: Ctx, sql: Sql, house: House, now: Date): Promise<Lens> {
  return {
    viewer: await viewerOf(ctx, sql),
    now,
    undoMinutes: house.timings.undoMinutes,
    categories: house.categories,
    turnsAway: new Map(
      house.routes.flatMap(({ key, decision, say }) =>
        decision === 'decline' && (say.zh !== '' || say.en !== '') ? [[key, say] as const] : [],
      ),
    ),
  }
}
