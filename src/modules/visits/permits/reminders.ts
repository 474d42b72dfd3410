/** Before a paper runs out its host is reminded, then the office; a permit past its last day ends by itself (G2). */
import { systemActor } from '../../../kernel/actor.ts'
import { dayAt, startOfNextDay } from '../../../kernel/calendar/site-day.ts'
import { type Kernel, systemCtx } from '../../../kernel/kernel.ts'
import { command, type Work } from '../../../kernel/work/command.ts'
import { sites } from '../../identity/public.ts'
import { permitNumber } from './present.ts'
import { moveTo } from './service.ts'
import { permitsSetting } from './settings.ts'
import * as store from './store.ts'

export async function remindOfPermits(kernel: Kernel): Promise<void> {
  for (const site of await kernel.sql.all(sites())) {
    const ctx = systemCtx(kernel, site.id, systemActor)
    const { remindDays } = await kernel.settings.get(site.id, permitsSetting)
    await command(ctx, (work) => remind(work, site.zone, remindDays))
    await command(ctx, (work) => endThoseOver(work, site.zone))
  }
}

async function remind(work: Work, zone: string, days: number): Promise<void> {
  const until = dayAt(zone, new Date(work.now.getTime() + days * 86_400_000)).day
  const due = await work.all(store.toRemind(work.ctx.siteId, until))
  const byPermit = new Map<string, typeof due>()
  for (const one of due) byPermit.set(one.permit_id, [...(byPermit.get(one.permit_id) ?? []), one])
  for (const [permitId, papers] of byPermit) {
    const permit = await work.maybe(store.findPermit(work.ctx.siteId, permitId))
    if (permit === undefined) continue
    const first = papers.map((one) => one.on).sort()[0] ?? until
    const lastDay = startOfNextDay(zone, first)
    const office = { kind: 'post', id: 'office_admin' } as const
    work.openTask({
      kind: 'permit.expiring',
      subject: { entity: 'permit', id: permitId },
      facts: {
        number: permitNumber(permit.number),
        holderName: permit.holder_name,
        organisation: permit.organisation,
        day: first,
      },
      owner: permit.host_id === null ? office : { kind: 'person', id: permit.host_id },
      dueAt: new Date(Math.max(lastDay.getTime(), work.now.getTime())),
      ladder: permit.host_id === null ? [] : [{ afterMinutes: 0, owner: office }],
    })
    work.write(store.markReminded(papers.map((one) => one.paper_id)))
    work.journal({
      entity: 'permit',
      entityId: permitId,
      action: 'permit.expiry-reminded',
      version: permit.version,
      data: { on: first, people: permit.host_id === null ? [] : [permit.host_id] },
    })
  }
}

async function endThoseOver(work: Work, zone: string): Promise<void> {
  const over = await work.all(store.endOver(work.ctx.siteId, dayAt(zone, work.now).day))
  for (const { id } of over) {
    const permit = await work.maybe(store.findPermit(work.ctx.siteId, id))
    if (permit !== undefined) moveTo(work, permit, 'ended', 'permit.ended', 'over', work.ctx.actor.name)
  }
}
