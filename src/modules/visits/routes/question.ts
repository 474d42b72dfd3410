/** No question stays open behind its visit (V5, V6). */
import type { Work } from '../../../kernel/work/command.ts'
import type { VisitCommand } from '../rules.ts'
import type { HopResult } from './rules.ts'
import { endHop } from './store.ts'

/** How a question ended when the visit left `asking` by this command. */
const resultOf: Partial<Record<VisitCommand, HopResult>> = {
  receive: 'agreed',
  wait: 'wait',
  delegate: 'delegated',
  decline: 'declined',
}

/** Called for every change of a visit somebody is being asked about: no question stays open behind its visit. */
export function endQuestion(
  work: Work,
  visitId: string,
  order: VisitCommand,
  change: {
    readonly data?: Readonly<Record<string, unknown>>
    readonly patch?: { readonly decline_reason?: unknown }
  },
): void {
  const how = change.data?.['how']
  const note = change.patch?.decline_reason
  work.write(
    endHop(visitId, {
      result: resultOf[order] ?? 'passed',
      at: work.now,
      byName: work.ctx.actor.name,
      how: typeof how === 'string' ? how : null,
      note: typeof note === 'string' ? note : '',
    }),
  )
}
