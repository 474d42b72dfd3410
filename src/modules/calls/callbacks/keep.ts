/** The promise is kept; a return visit ends in a satisfaction record (C14). */
import type { RouteInput } from '../../../kernel/contract.ts'
import { DomainError, fail } from '../../../kernel/errors.ts'
import type { Ctx } from '../../../kernel/work/command.ts'
import { returnVisitSetting } from '../settings.ts'
import type { CallbackDetail, callbacks } from './contract.ts'
import { detailOf } from './reading.ts'
import { type Answer, answered } from './rules.ts'
import { attemptRow, ended } from './service.ts'
import { step } from './step.ts'
import * as store from './store.ts'
import { openKinds, oweDissatisfied, subjectOf } from './tasks.ts'

export async function keep(
  ctx: Ctx,
  { params, body }: RouteInput<typeof callbacks.keep>,
): Promise<CallbackDetail> {
  const script = await ctx.kernel.settings.get(ctx.siteId, returnVisitSetting)
  return step(
    ctx,
    params.id,
    'keep',
    async ({ work, callback }) => {
      const satisfaction = body.satisfaction ?? null
      const asks = callback.kind === 'return-visit'
      if (asks && satisfaction === null)
        throw new DomainError('callback.satisfaction-missing', {}, [
          { path: 'satisfaction', code: 'invalid_type' },
        ])
      // At once: the answer reads the tries.
      await work.run(
        store.insertAttempt(attemptRow(ctx, callback, work.now, { result: 'reached', note: body.note })),
      )
      work.settleTasks(subjectOf(callback.id), openKinds, body.note || ctx.actor.name)
      const inTime = work.now <= callback.due_at
      return {
        to: 'kept',
        action: 'callback.kept',
        data: { note: body.note, inTime, satisfaction, attempts: callback.attempts + 1 },
        patch: {
          ...ended(ctx, work.now, body.note, inTime),
          attempts: callback.attempts + 1,
          satisfaction,
          answers: asks ? answersOf(script.questions, body.answers) : [],
        },
        owes: async (after) => {
          if (satisfaction !== null && satisfaction <= script.dissatisfiedAt)
            oweDissatisfied(work, after, satisfaction)
        },
      }
    },
    detailOf,
  )
}

type Question = Parameters<typeof answered>[0][number]

/** Kept with the words that were asked: the script may read otherwise tomorrow (G4). */
function answersOf(
  questions: readonly Question[],
  given: readonly { key: string; answer: string }[],
): Answer[] {
  const result = answered(questions, given)
  if (result.wrong !== null)
    return fail('input.invalid', {}, [{ path: `answers.${result.wrong}.answer`, code: 'custom' }])
  return [...result.answers]
}
