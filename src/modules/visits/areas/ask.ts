/** The question to the responsible head: asked, withdrawn, run out (V9). Within the caller's unit of work. */
import { newId } from '../../../kernel/ids.ts'
import type { Owner } from '../../../kernel/tasks/rules.ts'
import type { Work } from '../../../kernel/work/command.ts'
import { consentChain, employeeCard } from '../../directory/public.ts'
import { texts, visitNumber } from '../present.ts'
import type { VisitRow } from '../store.ts'
import { type ApprovalStatus, answerDueAt } from './rules.ts'
import * as store from './store.ts'

const dutyManager: Owner = { kind: 'post', id: 'duty_manager' }
export const approvalTask = 'area.approval'
export const subjectOfApproval = (id: string) => ({ entity: 'area-approval', id })

const openVisit = new Set(['expected', 'held', 'asking', 'admitted', 'with_host', 'signed_off'])
export const isOpen = (visit: Pick<VisitRow, 'status'>) => openVisit.has(visit.status)

/** Of a department its head and deputy; of a person their head or deputy comes next; then the duty manager. */
async function asked(work: Work, area: store.AreaRow): Promise<{ owner: Owner; next: Owner[] }> {
  const { responsible_kind: kind, responsible_id: id } = area
  if (kind === null || id === null) return { owner: dutyManager, next: [] }
  if (kind === 'department') {
    return { owner: { kind: 'post', id: `department:${id}` }, next: [dutyManager] }
  }
  if (kind === 'post') {
    return { owner: { kind: 'post', id }, next: id === dutyManager.id ? [] : [dutyManager] }
  }
  // V5's order: own deputy, the department's deputy, its head. Whoever has left the house is not waited for.
  const [card, steps] = await Promise.all([
    work.maybe(employeeCard(work.ctx.siteId, id)),
    consentChain(work, work.ctx.siteId, id),
  ])
  const others = steps.map((step): Owner => ({ kind: step.kind, id: step.id }))
  const [first = dutyManager, ...rest] =
    card?.active === false ? others : [{ kind: 'person' as const, id }, ...others]
  return { owner: first, next: first === dutyManager ? rest : [...rest, dutyManager] }
}

const facts = (visit: VisitRow, area: store.AreaRow) => ({
  number: visitNumber(visit.number),
  visitorName: visit.visitor_name,
  organisation: visit.organisation,
  area: area.name_zh,
})

export async function openQuestion(
  work: Work,
  visit: VisitRow,
  area: store.AreaRow,
  id: string,
): Promise<void> {
  const { owner, next } = await asked(work, area)
  work.openTask({
    kind: approvalTask,
    subject: subjectOfApproval(id),
    facts: facts(visit, area),
    owner,
    dueAt: answerDueAt(work.now, visit.expected_at, visit.arrived_at !== null),
    ladder: next.map((one, step) => ({ afterMinutes: step * 5, owner: one })),
  })
}

export async function ask(
  work: Work,
  visit: VisitRow,
  area: store.AreaRow,
  by: { readonly id: string; readonly name: string },
): Promise<void> {
  const { owner } = await asked(work, area)
  const id = newId()
  work.write(
    store.insertApproval({
      id,
      siteId: visit.site_id,
      visitId: visit.id,
      areaId: area.id,
      askedKind: owner.kind,
      askedId: owner.id,
      askedName: area.responsible_name,
      askedByName: by.name,
      by: by.id,
      at: work.now,
    }),
  )
  journal(work, visit, area.name_zh, 'asked', { askedName: area.responsible_name }, owner)
  await openQuestion(work, visit, area, id)
}

/** On the visit's own course; whoever is asked sees it live. */
export function journal(
  work: Work,
  visit: Pick<VisitRow, 'id' | 'version' | 'host_id' | 'receiver_id'>,
  area: string,
  what: ApprovalStatus | 'undone',
  data: Readonly<Record<string, unknown>>,
  owner?: Owner,
): void {
  const people = [visit.host_id, visit.receiver_id, owner?.kind === 'person' ? owner.id : null]
  work.journal({
    entity: 'visit',
    entityId: visit.id,
    action: `area.${what}`,
    version: visit.version,
    data: { area, ...data, people: people.filter((id): id is string => typeof id === 'string') },
  })
}

/** The restricted areas among the names of a visit. */
export function restrictedOf(names: readonly string[], tree: readonly store.AreaRow[]): store.AreaRow[] {
  const named = new Set(names)
  return tree.filter(
    (area) =>
      area.restricted &&
      !area.archived &&
      (named.has(area.name_zh) || (area.name_en !== '' && named.has(area.name_en))),
  )
}

/**
 * Looks at the visit as it is: asks what nobody has been asked, ends what nobody needs. Twice or late changes nothing.
 * The visit is locked.
 */
export async function settleApprovals(work: Work, visit: VisitRow): Promise<void> {
  const [tree, approvals] = await Promise.all([
    work.all(store.areaRows(visit.site_id, false)),
    work.all(store.approvalsOf(visit.id)),
  ])
  const wanted = isOpen(visit) ? restrictedOf(texts(visit.areas), tree) : []
  const running = approvals.filter(({ status }) => status === 'asked' || status === 'approved')
  for (const area of wanted) {
    if (running.some((one) => one.area_id === area.id)) continue
    await ask(work, visit, area, { id: visit.created_by, name: visit.created_by_name })
  }
  const names = texts(visit.areas)
  for (const one of running) {
    if (wanted.some(({ id }) => id === one.area_id)) continue
    // A yes to an area they no longer go to is no yes for a later day's change of mind.
    const named = names.includes(one.name_zh) || names.includes(one.name_en)
    if (one.status === 'approved' && (!isOpen(visit) || named)) continue
    end(work, visit, one, isOpen(visit) ? 'withdrawn' : 'expired')
  }
}

export function end(
  work: Work,
  visit: VisitRow,
  row: store.ApprovalRow,
  status: 'withdrawn' | 'expired',
): void {
  const { actor } = work.ctx
  work.cancelTasks(subjectOfApproval(row.id), [approvalTask], status)
  work.write(
    store.setApproval(row, {
      status,
      by: actor.employeeId ?? actor.id,
      byName: actor.name,
      at: work.now,
      how: null,
      until: row.until,
      note: row.note,
    }),
  )
  journal(work, visit, row.name_zh, status, {})
}
