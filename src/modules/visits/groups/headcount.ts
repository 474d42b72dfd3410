/** People counted without names; one visit stands for those inside, so that every list of people inside has them (V18, V22). */

import type { RouteInput } from '../../../kernel/contract.ts'
import { newId } from '../../../kernel/ids.ts'
import { type Ctx, command, query } from '../../../kernel/work/command.ts'
import { employeeCard } from '../../directory/public.ts'
import { begin } from '../arrival/begin.ts'
import { categoryOf, houseOf } from '../house.ts'
import { insideStatuses } from '../rules.ts'
import { apply } from '../step.ts'
import { lockVisit, nextNumber } from '../store.ts'
import { asking, plus, staying } from '../tasks.ts'
import { detailOf, headcountOf, type Opened, openGroup, refuse, stateFor } from './access.ts'
import { type groups, mostMembers } from './contract.ts'
import { note } from './members.ts'
import { countedIn, countedOut } from './rules.ts'
import { groupsSetting } from './settings.ts'
import type { GroupDetail } from './shapes.ts'
import * as store from './store.ts'
import { groupOverstayTask } from './tasks.ts'

/** @throws DomainError `group.counted-too-many`: nobody goes out who has not come in */
export async function count(
  ctx: Ctx,
  { params, body }: RouteInput<typeof groups.count>,
): Promise<GroupDetail> {
  const [house, { headcount: allowed }] = await Promise.all([
    houseOf(ctx),
    ctx.kernel.settings.get(ctx.siteId, groupsSetting),
  ])
  if (!allowed) refuse('group.no-headcount')
  await command(ctx, async (work) => {
    const opened = await openGroup(ctx, work, house, params.id, 'checkIn')
    const before = headcountOf(opened.group)
    const after =
      body.direction === 'in' ? countedIn(before, body.people, mostMembers) : countedOut(before, body.people)
    if (after === undefined) return refuse('group.counted-too-many')
    const inside = after.in - after.out
    const crowdId =
      body.direction === 'in' ? await comeIn(ctx, opened, inside) : await goOut(ctx, opened, inside)
    if (body.direction === 'in' && before.in === 0 && stateFor(opened.group, opened.tallies) === 'planned')
      work.openTask(overstay(opened, after.in))
    if (inside === 0) work.settleTasks(opened.subject, ['group.overstay'], 'left')
    note(
      opened,
      body.direction === 'in' ? 'visit-group.counted-in' : 'visit-group.counted-out',
      { counted_in: after.in, counted_out: after.out, crowd_visit_id: crowdId },
      { people: body.people },
    )
    return { id: params.id }
  })
  return detailOf(ctx, query(ctx), house, params.id)
}

function overstay({ group, house, work }: Opened, people: number) {
  const category = categoryOf(house, group.kind, group.category)
  const usual = plus(work.now, category.stayMinutes)
  const until = group.valid_until !== null && group.valid_until > usual ? group.valid_until : usual
  return groupOverstayTask(group, people, until, house.timings)
}

async function comeIn(ctx: Ctx, opened: Opened, inside: number): Promise<string> {
  const { work, house, lens, group } = opened
  const there =
    group.crowd_visit_id === null ? undefined : await work.maybe(lockVisit(ctx.siteId, group.crowd_visit_id))
  if (there !== undefined && insideStatuses.includes(there.status)) {
    await apply(work, house, lens.viewer, there, 'edit', async () => ({
      action: 'visit.edited',
      patch: { party_size: inside },
      data: { groupId: group.id },
    }))
    return there.id
  }
  const category = categoryOf(house, group.kind, group.category)
  const [{ number }, host] = await Promise.all([
    work.one(nextNumber),
    group.host_id === null ? undefined : work.maybe(employeeCard(ctx.siteId, group.host_id)),
  ])
  const id = newId()
  const details = {
    id,
    visitorName: (group.leader_name || group.title).slice(0, 80),
    organisation: group.organiser,
    phone: group.leader_phone,
    partySize: inside,
    companions: [],
    purpose: group.purpose || group.title,
    kind: group.kind,
    hostName: group.host_name,
    plate: '',
    note: '',
  }
  await begin(ctx, work, house, category, details, {
    host,
    number,
    // A headcount is a decision of the house for this group: it stands under the group's one consent.
    status: 'admitted',
    action: 'visit.registered',
    expectedAt: null,
    validUntil: plus(work.now, category.stayMinutes),
    group: { id: group.id, title: group.title },
    consent: null,
    asked: null,
  })
  // The group's own tasks speak for them; those of this visit would say the same once more.
  work.withdrawTasks({ entity: 'visit', id }, [...asking, ...staying])
  work.write(store.markCrowd(id, `${group.id}:${id}`))
  return id
}

async function goOut(ctx: Ctx, { work, house, lens, group }: Opened, inside: number): Promise<string | null> {
  if (group.crowd_visit_id === null) return refuse('group.counted-too-many')
  const there = await work.maybe(lockVisit(ctx.siteId, group.crowd_visit_id))
  if (there === undefined || !insideStatuses.includes(there.status)) return refuse('group.counted-too-many')
  if (inside > 0) {
    await apply(work, house, lens.viewer, there, 'edit', async () => ({
      action: 'visit.edited',
      patch: { party_size: inside },
      data: { groupId: group.id },
    }))
    return there.id
  }
  const gone = (await work.one(store.crowdsGone(group.id))).people
  work.settleTasks({ entity: 'visit', id: there.id }, [...asking, ...staying], 'left')
  await apply(work, house, lens.viewer, there, 'release', async () => ({
    to: 'left',
    action: 'visit.released',
    patch: {
      left_at: work.now,
      slip_returned: true,
      party_size: Math.min(mostMembers, Math.max(1, group.counted_in - gone)),
    },
    data: { groupId: group.id },
  }))
  return null
}
