/** V14: the registration that is owed for an emergency visit; its due time moves when the visitors leave. */
import type { Owner } from '../../../kernel/tasks/rules.ts'
import type { Work } from '../../../kernel/work/command.ts'
import { visitNumber } from '../present.ts'
import type { VisitRow } from '../store.ts'
import { registrationDue } from './rules.ts'
import { emergencySetting } from './settings.ts'
import * as store from './store.ts'

const person = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

export interface OwedBy {
  readonly visit: Pick<VisitRow, 'id' | 'number' | 'visitor_name'>
  readonly place: string
  /** Employee id of whoever let them in; an account without a person: the gate owes it. */
  readonly letInBy: string | null
  readonly dueAt: Date
}

export function openRegistration(work: Work, { visit, place, letInBy, dueAt }: OwedBy): void {
  const owner: Owner = letInBy === null ? { kind: 'post', id: 'gate' } : { kind: 'person', id: letInBy }
  work.openTask({
    kind: 'visit.emergency-registration',
    subject: { entity: 'visit', id: visit.id },
    facts: { number: visitNumber(visit.number), visitorName: visit.visitor_name, place },
    owner,
    dueAt,
    remindAt: new Date(Math.max(work.now.getTime(), dueAt.getTime() - 10 * 60_000)),
    ladder: [{ afterMinutes: 15, owner: { kind: 'post', id: 'duty_manager' } }],
  })
}

async function renew(work: Work, visit: VisitRow, leftAt: Date | null): Promise<void> {
  const row = await work.maybe(store.emergencyOf(visit.site_id, visit.id))
  if (row === undefined || row.registered_at !== null) return
  const times = await work.ctx.kernel.settings.get(visit.site_id, emergencySetting)
  const dueAt = registrationDue(visit.arrived_at ?? work.now, leftAt, times)
  work.write(store.setDue(visit.id, dueAt))
  work.cancelTasks({ entity: 'visit', id: visit.id }, ['visit.emergency-registration'], 'due anew')
  // Accounts without a person stand in the row by their own id; a task belongs to people.
  const letInBy = person.test(row.let_in_by) ? row.let_in_by : null
  openRegistration(work, { visit, place: row.place, letInBy, dueAt })
}

/** The visitors are gone: half an hour from now at the latest. */
export async function emergencyLeft(work: Work, visit: VisitRow): Promise<void> {
  if (visit.emergency) await renew(work, visit, work.now)
}

/** The exit was taken back. */
export function reopenRegistration(work: Work, visit: VisitRow): Promise<void> {
  return renew(work, visit, null)
}
