/** V5: the host is asked once for the whole group; the answer is everybody's. */
import type { RouteInput } from '../../../kernel/contract.ts'
import { type Ctx, command, query } from '../../../kernel/work/command.ts'
import { categoryOf, houseOf } from '../house.ts'
import { apply } from '../step.ts'
import { asking } from '../tasks.ts'
import { detailOf, type Opened, openGroup } from './access.ts'
import { type groups, mostMembers } from './contract.ts'
import { note } from './members.ts'
import { withPasses } from './service.ts'
import type { GroupDetail } from './shapes.ts'
import * as store from './store.ts'
import { groupConsentTask } from './tasks.ts'

export async function ask(ctx: Ctx, { params }: RouteInput<typeof groups.ask>): Promise<GroupDetail> {
  const house = await houseOf(ctx)
  await command(ctx, async (work) => {
    const opened = await openGroup(ctx, work, house, params.id, 'ask')
    const { group, subject } = opened
    // Asked again it is the same question with new time, not a second one.
    work.cancelTasks(subject, ['group.consent'], 'asked again')
    work.openTask(groupConsentTask(group, group.size, work.now, house.timings))
    note(opened, 'visit-group.asked', { asked_at: work.now })
    return { id: group.id }
  })
  return detailOf(ctx, query(ctx), house, params.id)
}

export async function answer(
  ctx: Ctx,
  { params, body }: RouteInput<typeof groups.answer>,
): Promise<GroupDetail> {
  const house = await houseOf(ctx)
  await command(ctx, async (work) => {
    const opened = await openGroup(ctx, work, house, params.id, 'answer')
    const { group, lens, subject } = opened
    work.settleTasks(subject, ['group.consent'], body.answer)
    // The desk passes on what the host said; the host speaks for themselves.
    const byHost = lens.viewer.employeeId !== null && lens.viewer.employeeId === group.host_id
    const by = {
      id: byHost ? lens.viewer.id : (group.host_id ?? lens.viewer.id),
      name: byHost ? ctx.actor.name : group.host_name || ctx.actor.name,
      how: byHost ? 'tapped' : (body.how ?? 'phone'),
    }
    if (body.answer === 'receive') {
      const consent = {
        consent_by: by.id,
        consent_by_name: by.name,
        consent_how: by.how,
        consent_at: work.now,
      }
      const passNumber = await admitWaiting(ctx, opened, consent)
      note(opened, 'visit-group.answered', { ...consent, ...passNumber }, { answer: body.answer })
    } else {
      await declineAll(ctx, opened, body.reason)
      note(
        opened,
        'visit-group.answered',
        { declined_at: work.now, decline_reason: body.reason, consent_by_name: by.name },
        { answer: body.answer },
      )
    }
    return { id: group.id }
  })
  return detailOf(ctx, query(ctx), house, params.id)
}

interface Consent {
  readonly consent_by: string
  readonly consent_by_name: string
  readonly consent_how: string
  readonly consent_at: Date
}

async function admitWaiting(ctx: Ctx, opened: Opened, consent: Consent): Promise<store.GroupPatch> {
  const { work, house, lens, group } = opened
  const rows = await work.all(store.lockMembers(ctx.siteId, group.id, null, ['asking'], mostMembers + 1))
  const arrivals = await withPasses(
    ctx,
    opened,
    rows.map((visit) => ({
      visit,
      category: categoryOf(house, visit.kind, visit.category),
      to: 'admitted' as const,
      holdReason: '',
      passNumber: null,
    })),
  )
  for (const { visit, passNumber } of arrivals) {
    work.settleTasks({ entity: 'visit', id: visit.id }, asking, 'received')
    await apply(work, house, lens.viewer, visit, 'receive', async () => ({
      to: 'admitted',
      action: 'visit.answered',
      patch: {
        ...consent,
        admitted_at: work.now,
        ask_due_at: null,
        ...(passNumber === null ? {} : { pass_number: passNumber, pass_returned: null }),
      },
      data: { groupId: group.id, answer: 'receive' },
    }))
  }
  const shared = group.pass_mode === 'group' ? arrivals.find((one) => one.passNumber !== null) : undefined
  return shared?.passNumber != null ? { pass_number: shared.passNumber } : {}
}

async function declineAll(ctx: Ctx, { work, house, lens, group }: Opened, reason: string): Promise<void> {
  const rows = await work.all(
    store.lockMembers(ctx.siteId, group.id, null, ['asking', 'expected'], mostMembers + 1),
  )
  for (const visit of rows) {
    const here = visit.status === 'asking'
    if (here) work.settleTasks({ entity: 'visit', id: visit.id }, asking, 'declined')
    await apply(work, house, lens.viewer, visit, here ? 'decline' : 'cancel', async () => ({
      to: here ? 'declined' : 'cancelled',
      action: here ? 'visit.declined' : 'visit.cancelled',
      patch: { decline_reason: reason, ask_due_at: null },
      data: { groupId: group.id },
    }))
  }
}
