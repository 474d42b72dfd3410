/** The house's rules of the staff register, and the caller as its policy sees them. */
import { may } from '../../../kernel/authorize.ts'
import type { Sql } from '../../../kernel/db/sql.ts'
import { DomainError } from '../../../kernel/errors.ts'
import type { Ctx } from '../../../kernel/work/command.ts'
import { departmentsLedBy } from '../../directory/public.ts'
import type { OutingLens } from './present.ts'
import { type StaffRegisterRules, staffRegisterSetting } from './settings.ts'

export function rulesOf(ctx: Ctx): Promise<StaffRegisterRules> {
  return ctx.kernel.settings.get(ctx.siteId, staffRegisterSetting)
}

/** @throws DomainError `outing.reason-unknown`, `outing.destination-missing` naming the field */
export function reasonOf(
  rules: StaffRegisterRules,
  asked: { readonly reason: string; readonly destination: string },
): StaffRegisterRules['reasons'][number] {
  const reason = rules.reasons.find(({ key }) => key === asked.reason)
  if (reason === undefined)
    throw new DomainError('outing.reason-unknown', {}, [{ path: 'reason', code: 'unknown' }])
  if (reason.destination && asked.destination === '')
    throw new DomainError('outing.destination-missing', {}, [{ path: 'destination', code: 'required' }])
  return reason
}

export async function outingLens(ctx: Ctx, sql: Sql, now: Date): Promise<OutingLens> {
  const { actor, siteId } = ctx
  const roles = actor.roles.get(siteId) ?? []
  const { employeeId } = actor
  return {
    now,
    viewer: {
      registers: may(ctx, 'outing.register'),
      reads: may(ctx, 'outing.read'),
      dutyManager: roles.includes('duty_manager'),
      employeeId,
      id: employeeId ?? actor.id,
      leads: employeeId === null ? [] : await departmentsLedBy(sql, employeeId),
    },
  }
}
