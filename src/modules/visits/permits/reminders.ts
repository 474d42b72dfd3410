/** Before a paper or the permit runs out its host is reminded, then the office; past its last day it ends by itself (G2). */
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
  const today = dayAt(zone, work.now).day
  const until = dayAt(zone, new Date(work.now.getTime() + days * 86_400_000)).day
  const papers = await work.all(store.papersToRemind(work.ctx.siteId, until))
  const byPermit = new Map<string, typeof papers>()
  for (const one of papers) byPermit.set(one.permit_id, [...(byPermit.get(one.permit_id) ?? []), one])
  for (const [permitId, due] of byPermit) {
    const permit = await work.maybe(store.findPermit(work.ctx.siteId, permitId))
    const [first] = due
    if (permit === undefined || first === undefined) continue
    const what = due.map((one) => one.kind).join('、')
    tell(work, zone, permit, { kind: 'permit.expiring', on: first.on, facts: { papers: what } })
    work.write(store.markReminded(due.map((one) => one.paper_id)))
  }
  for (const permit of await work.all(store.permitsToRemind(work.ctx.siteId, today, until)))
    tell(work, zone, permit, { kind: 'permit.ending', on: permit.valid_to, facts: {} })
}

interface Due {
  readonly kind: 'permit.expiring' | 'permit.ending'
  readonly on: string
  readonly facts: Readonly<Record<string, string>>
}

/** The host first; when the day is over and nothing was done, the office. */
function tell(work: Work, zone: string, permit: store.PermitRow, { kind, on, facts }: Due): void {
  const office = { kind: 'post', id: 'office_admin' } as const
  const dayOver = startOfNextDay(zone, on)
  work.openTask({
    kind,
    subject: { entity: 'permit', id: permit.id },
    facts: {
      ...facts,
      number: permitNumber(permit.number),
      holderName: permit.holder_name,
      organisation: permit.organisation,
      day: on,
    },
    owner: permit.host_id === null ? office : { kind: 'person', id: permit.host_id },
    dueAt: new Date(Math.max(dayOver.getTime(), work.now.getTime())),
    ladder: permit.host_id === null ? [] : [{ afterMinutes: 0, owner: office }],
  })
  work.journal({
    entity: 'permit',
    entityId: permit.id,
    action: 'permit.expiry-reminded',
    version: permit.version,
    data: {
      on,
      ...facts,
      ...(kind === 'permit.ending' ? { lastDay: on } : {}),
      people: permit.host_id === null ? [] : [permit.host_id],
    },
  })
}

async function endThoseOver(work: Work, zone: string): Promise<void> {
  const over = await work.all(store.endOver(work.ctx.siteId, dayAt(zone, work.now).day))
  for (const { id } of over) {
    const permit = await work.maybe(store.findPermit(work.ctx.siteId, id))
    if (permit !== undefined) moveTo(work, permit, 'ended', 'permit.ended', 'over', work.ctx.actor.name)
  }
}
