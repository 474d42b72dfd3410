/** The caller as the policy sees them, the site's rules, its day: what every answer of this module needs. */
import { DateTime } from 'luxon'
import { may } from '../../kernel/authorize.ts'
import { loadCalendar, readStamp } from '../../kernel/calendar/load.ts'
import { addWorkingMinutes } from '../../kernel/calendar/rules.ts'
import type { Sql } from '../../kernel/db/sql.ts'
import { DomainError } from '../../kernel/errors.ts'
import type { Ctx, Work } from '../../kernel/work/command.ts'
import { departmentsLedBy } from '../directory/public.ts'
import type { Viewer } from './policy.ts'
import { type CustomerRules, customerRulesSetting } from './settings.ts'

export interface Lens {
  readonly viewer: Viewer
  readonly rules: CustomerRules
  readonly now: Date
  /** The site's calendar day. */
  readonly today: string
}

export function selfOf(ctx: Ctx): string {
  return ctx.actor.employeeId ?? ctx.actor.id
}

export function dayIn(zone: string, at: Date): string {
  return DateTime.fromJSDate(at, { zone }).toISODate() ?? ''
}

export function daysAfter(day: string, days: number): string {
  return DateTime.fromISO(day, { zone: 'utc' }).plus({ days }).toISODate() ?? day
}

export async function lensOf(ctx: Ctx, sql: Sql): Promise<Lens> {
  const now = ctx.kernel.clock.now()
  const { employeeId } = ctx.actor
  const [rules, { zone }, leads] = await Promise.all([
    ctx.kernel.settings.get(ctx.siteId, customerRulesSetting),
    readStamp(sql, ctx.siteId),
    employeeId === null ? [] : departmentsLedBy(sql, employeeId),
  ])
  return {
    rules,
    now,
    today: dayIn(zone, now),
    viewer: {
      employeeId,
      self: selfOf(ctx),
      readsAll: may(ctx, 'customer.read-all'),
      writes: may(ctx, 'customer.write'),
      assigns: may(ctx, 'customer.assign'),
      merges: may(ctx, 'customer.merge'),
      reveals: may(ctx, 'customer.reveal'),
      leads,
    },
  }
}

/**
 * Working hours from now (G6). A year without published holidays must not lose a promise: then wall time counts, and the
 * calendar reports the missing year.
 */
export async function dueAfter(work: Work, hours: number): Promise<{ dueAt: Date; remindAt: Date }> {
  try {
    const calendar = await loadCalendar(work, work.ctx.siteId)
    return {
      dueAt: addWorkingMinutes(calendar, work.now, hours * 60),
      remindAt: addWorkingMinutes(calendar, work.now, hours * 45),
    }
  } catch (error) {
    if (!(error instanceof DomainError) || !error.code.startsWith('calendar.')) throw error
    const after = (share: number) => new Date(work.now.getTime() + share * hours * 3 * 3_600_000)
    return { dueAt: after(1), remindAt: after(0.75) }
  }
}
