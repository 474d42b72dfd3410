/**
 * E1, G5: several companies may work in one house. Who works for one of them finds the house's own people and their own
 * colleagues; another company's people are nobody's business there. Those who run the house see everybody.
 */
import { rolesAt } from '../../kernel/actor.ts'
import { may } from '../../kernel/authorize.ts'
import type { Sql } from '../../kernel/db/sql.ts'
import { type Ctx, query } from '../../kernel/work/command.ts'
import { foreignDepartments } from './departments/store.ts'

const ofTenants = ['tenant_admin', 'tenant_member']

/** @returns ids of the departments whose people the caller may not find; mostly none */
export async function hiddenDepartments(ctx: Ctx, sql: Sql = query(ctx)): Promise<readonly string[]> {
  if (may(ctx, 'directory.whole')) return []
  // A tenant's account or key without a person behind it belongs to no company known here.
  const outsider = rolesAt(ctx.actor, ctx.siteId).some((role) => ofTenants.includes(role))
  const rows = await sql.all(foreignDepartments(ctx.siteId, ctx.actor.employeeId, outsider))
  return rows.map(({ id }) => id)
}

/** People of no department are the house's own. */
export function isHidden(hidden: readonly string[], departmentId: string | null): boolean {
  return departmentId !== null && hidden.includes(departmentId)
}
