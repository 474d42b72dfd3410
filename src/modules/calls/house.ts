/** The site's own regulation as this module uses it, and the caller of a command as its policy sees them. */
import { may } from '../../kernel/authorize.ts'
import type { Ctx } from '../../kernel/work/command.ts'
import type { Viewer } from './policy.ts'
import {
  type CallRules,
  type Route,
  routesSetting,
  rulesSetting,
  type Script,
  wordingSetting,
} from './settings.ts'

export interface House {
  readonly routes: readonly Route[]
  readonly rules: CallRules
  readonly scripts: readonly Script[]
}

/** Cached per node by the settings; costs no trip on the hot path. */
export async function houseOf(ctx: Ctx): Promise<House> {
  const { settings } = ctx.kernel
  const [routes, rules, scripts] = await Promise.all([
    settings.get(ctx.siteId, routesSetting),
    settings.get(ctx.siteId, rulesSetting),
    settings.get(ctx.siteId, wordingSetting),
  ])
  return { routes, rules, scripts }
}

export function viewerOf(ctx: Ctx): Viewer {
  return {
    handles: may(ctx, 'call.handle'),
    reads: may(ctx, 'call.read'),
    measures: may(ctx, 'call.figures'),
    reveals: may(ctx, 'call.reveal'),
    dials: may(ctx, 'call.dial'),
    employeeId: ctx.actor.employeeId,
    id: ctx.actor.employeeId ?? ctx.actor.id,
  }
}

/** What an answer is seen through. */
export interface Lens {
  readonly viewer: Viewer
  readonly now: Date
  readonly rules: CallRules
}

export function lensOf(ctx: Ctx, house: House, now: Date): Lens {
  return { viewer: viewerOf(ctx), now, rules: house.rules }
}
