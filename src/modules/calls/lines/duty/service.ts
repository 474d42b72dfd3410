/** Who stands in for each post, day by day (C5, C13): today's duty salesperson. */
import { may } from '../../../../kernel/authorize.ts'
import { dayAt, zoneOf } from '../../../../kernel/calendar/site-day.ts'
import type { RouteAnswer, RouteInput } from '../../../../kernel/contract.ts'
import { DomainError } from '../../../../kernel/errors.ts'
import { type Ctx, command, query, type Work } from '../../../../kernel/work/command.ts'
import { employeeCard, extensionLines } from '../../../directory/public.ts'
import { rulesSetting } from '../../settings.ts'
import type { lines } from '../contract.ts'
import * as store from './store.ts'

/** A plan of a month and a half; longer asks are cut short by the caller's mistake, not ours. */
const mostDays = 62

export async function duty(
  ctx: Ctx,
  input: RouteInput<typeof lines.duty>,
): Promise<RouteAnswer<typeof lines.duty>> {
  const { from, to } = input.query
  if (daysBetween(from, to) > mostDays)
    throw new DomainError('input.invalid', {}, [{ path: 'to', code: 'too_big' }])
  const sql = query(ctx)
  const [rules, days, numbers] = await Promise.all([
    ctx.kernel.settings.get(ctx.siteId, rulesSetting),
    sql.all(store.dutyDays(ctx.siteId, from, to)),
    sql.all(extensionLines(ctx.siteId)),
  ])
  const extensions = new Map(numbers.map((one) => [one.employeeId, one.extension]))
  return {
    posts: rules.dutyPosts.map(({ key, name }) => ({ key, name })),
    items: days.map((one) => ({ ...one, extension: extensions.get(one.employeeId) ?? '' })),
    can: { set: may(ctx, 'duty.set') },
  }
}

function daysBetween(from: string, to: string): number {
  return (Date.parse(to) - Date.parse(from)) / 86_400_000 + 1
}

/** Of several words on one day and post the last counts; what is as it was changes nothing. */
export async function setDuty(
  ctx: Ctx,
  { body }: RouteInput<typeof lines.setDuty>,
): Promise<{ changed: number }> {
  const { dutyPosts } = await ctx.kernel.settings.get(ctx.siteId, rulesSetting)
  for (const [place, item] of body.items.entries()) {
    if (!dutyPosts.some((post) => post.key === item.post))
      throw new DomainError('input.invalid', {}, [{ path: `items.${place}.post`, code: 'invalid_value' }])
  }
  const wanted = [...new Map(body.items.map((item) => [`${item.day} ${item.post}`, item])).values()]
  const days = wanted.map((item) => item.day).sort()
  return command(ctx, async (work) => {
    await work.run(store.lockDuty(ctx.siteId))
    const people = [...new Set(wanted.flatMap((item) => item.employeeId ?? []))]
    const [stored, ...cards] = await Promise.all([
      work.all(store.dutyDays(ctx.siteId, days[0] ?? '', days.at(-1) ?? '')),
      ...people.map((id) => work.maybe(employeeCard(ctx.siteId, id))),
    ])
    const names = new Map(
      cards.flatMap((card) => (card?.active === true ? [[card.id, card.name] as const] : [])),
    )
    let changed = 0
    for (const item of wanted) {
      const before = stored.find((one) => one.day === item.day && one.post === item.post)
      if ((before?.employeeId ?? null) === item.employeeId) continue
      changed += 1
      const { day, post, employeeId } = item
      const employeeName =
        employeeId === null ? null : (names.get(employeeId) ?? unknown(body.items, employeeId))
      if (employeeId === null || employeeName === null) work.write(store.clearDuty(ctx.siteId, day, post))
      else
        work.write(
          store.setDuty(ctx.siteId, { day, post, employeeId, employeeName }, work.now, ctx.actor.name),
        )
      work.journal({
        entity: 'line',
        entityId: `${day}:${post}`,
        action: 'duty.set',
        before: before === undefined ? null : { employeeId: before.employeeId, name: before.employeeName },
        after: employeeId === null ? null : { employeeId, name: employeeName },
        data: { day, post, people: [before?.employeeId, employeeId].filter((id) => typeof id === 'string') },
      })
    }
    return { changed }
  })
}

function unknown(items: readonly { employeeId: string | null }[], employeeId: string): never {
  const place = items.findIndex((item) => item.employeeId === employeeId)
  throw new DomainError('duty.employee-unknown', {}, [{ path: `items.${place}.employeeId`, code: 'unknown' }])
}

/** Somebody has left: the department's head answers for the post until another is set (G1). */
export async function clearFrom(work: Work, employeeId: string): Promise<void> {
  const { siteId } = work.ctx
  const { day } = dayAt(await zoneOf(work, siteId), work.now)
  for (const one of await work.all(store.clearPerson(siteId, employeeId, day))) {
    work.journal({
      entity: 'line',
      entityId: `${one.day}:${one.post}`,
      action: 'duty.set',
      before: { employeeId, name: one.employeeName },
      after: null,
      data: { day: one.day, post: one.post, people: [] },
    })
  }
}
