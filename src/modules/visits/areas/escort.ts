/** Who walks along for the whole stay: named, told, handed over (V13). */
import type { RouteInput } from '../../../kernel/contract.ts'
import { DomainError } from '../../../kernel/errors.ts'
import type { Ctx, Work } from '../../../kernel/work/command.ts'
import { employeeCard } from '../../directory/public.ts'
import { visitNumber } from '../present.ts'
import { stepAnswering, subjectOf } from '../step.ts'
import type { VisitRow } from '../store.ts'
import { isOpen } from './ask.ts'
import type { areas, VisitAreas } from './contract.ts'
import { ofVisit } from './service.ts'

export const escortTask = 'visit.escort'

/** Told by the task's own notice; the one before is released. Nothing happens when it stays the same person. */
export function tellEscort(
  work: Work,
  visit: VisitRow,
  escort: { readonly id: string; readonly name: string } | null,
): void {
  if ((escort?.id ?? null) === visit.escort_id) return
  const subject = { entity: 'visit', id: visit.id }
  work.cancelTasks(subject, [escortTask], escort === null ? 'nobody' : 'handed-over')
  if (escort !== null && isOpen(visit)) openEscort(work, visit, escort.id)
}

export function openEscort(work: Work, visit: VisitRow, escortId: string): void {
  const { visitorName, organisation } = subjectOf(visit)
  work.openTask({
    kind: escortTask,
    subject: { entity: 'visit', id: visit.id },
    facts: { number: visitNumber(visit.number), visitorName, organisation },
    owner: { kind: 'person', id: escortId },
    // Ends with the exit; past the validity the duty manager hears that somebody is still walked around.
    dueAt: visit.valid_until ?? work.now,
    ladder: [{ afterMinutes: 30, owner: { kind: 'post', id: 'duty_manager' } }],
  })
}

export async function nameEscort(
  ctx: Ctx,
  { params, body }: Pick<RouteInput<typeof areas.escort>, 'params' | 'body'>,
): Promise<VisitAreas> {
  await stepAnswering(
    ctx,
    params.id,
    'edit',
    async ({ work, visit }) => {
      if (!isOpen(visit))
        throw new DomainError('transition.refused', { from: visit.status, command: 'escort' })
      const escort = await work.maybe(employeeCard(ctx.siteId, body.escortId))
      if (escort === undefined)
        throw new DomainError('visit.host-unknown', {}, [{ path: 'escortId', code: 'unknown' }])
      tellEscort(work, visit, escort)
      return {
        action: visit.escort_id === null ? 'visit.escort-named' : 'visit.escort-handed-over',
        patch: { escort_id: escort.id, escort_name: escort.name },
        data: { toName: escort.name, fromName: visit.escort_name },
      }
    },
    () => ({ done: true }),
    'meet',
  )
  return ofVisit(ctx, { params, query: undefined, body: undefined } as RouteInput<typeof areas.ofVisit>)
}
