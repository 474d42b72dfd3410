/** Every command on a call: sent, put on the screen, told; a closing is told with an undo. */
import { useQueryClient } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { RouteCall, RouteSpec } from '../../../kernel/contract.ts'
import { call } from '../../../ui-kit/client.ts'
import { ApiProblem } from '../../../ui-kit/problem.ts'
import { useProblemText } from '../../../ui-kit/problem-text.ts'
import { showToast } from '../../../ui-kit/toast.tsx'
import type { CallCard, CallDetail } from '../card/contract.ts'
import { calls } from '../contract.ts'
import { callerName } from './call-flow.ts'
import { callKeys, callQuery, placeCall } from './queries.ts'

type Body<S extends RouteSpec> = RouteCall<S>['body']
export type CallOutcome = { ok: true; call: CallDetail } | { ok: false; fault: unknown }
type Subject = Pick<CallCard, 'id'>
export type CallCommands = ReturnType<typeof useCallCommands>

/** Somebody was quicker: the record has moved on, and the screen shows where to. */
const overtaken = ['transition.refused', 'call.taken', 'call.hop-not-open', 'call.hop-open', 'edit.stale']

export function useCallCommands() {
  const client = useQueryClient()
  const { t } = useTranslation()
  const { problemText } = useProblemText()

  return useMemo(() => {
    async function run(
      send: () => Promise<CallDetail>,
      { id, explains = [] }: { id?: string; explains?: readonly string[] | 'all' } = {},
    ): Promise<CallOutcome> {
      try {
        const answer = await send()
        placeCall(client, answer)
        return { ok: true, call: answer }
      } catch (fault) {
        const code = fault instanceof ApiProblem ? fault.code : ''
        const fresh =
          id && overtaken.includes(code)
            ? await client.fetchQuery({ ...callQuery(id), staleTime: 0 }).catch(() => undefined)
            : undefined
        if (explains !== 'all' && !explains.includes(code)) {
          // Who has it now says more than that it was refused.
          const text =
            code === 'transition.refused' && fresh?.handlerName
              ? t('call.taken', { name: fresh.handlerName, state: t(`call.status.${fresh.status}`) })
              : problemText(fault)
          showToast({ text, tone: 'alarm', seconds: 8 })
        }
        return { ok: false, fault }
      } finally {
        void client.invalidateQueries({ queryKey: callKeys.now })
      }
    }

    const commands = {
      start: (body: Body<typeof calls.start>) => run(() => call(calls.start, { body }), { explains: 'all' }),
      /** @param takeOver from the colleague who has it, expressly (G1) */
      answer: ({ id }: Subject, takeOver = false) =>
        run(() => call(calls.answer, { params: { id }, body: { takeOver } }), { id }),
      edit: ({ id }: Subject, body: Body<typeof calls.edit>) =>
        run(() => call(calls.edit, { params: { id }, body }), { id, explains: 'all' }),
      choose: ({ id }: Subject, route: string, askAnyway = false) =>
        run(() => call(calls.choose, { params: { id }, body: { route, askAnyway } }), { id }),
      tryTarget: ({ id }: Subject, body: Body<typeof calls.tryTarget>) =>
        run(() => call(calls.tryTarget, { params: { id }, body }), { id }),
      hopResult: ({ id }: Subject, hopId: string, body: Body<typeof calls.hopResult>) =>
        run(() => call(calls.hopResult, { params: { id, hopId }, body }), { id }),
      hangUp: ({ id }: Subject, order: boolean) =>
        run(() => call(calls.hangUp, { params: { id }, body: { order } }), { id }),
      undo: ({ id }: Subject): Promise<CallOutcome> =>
        run(() => call(calls.undo, { params: { id }, body: {} }), { id }),
      async close(subject: CallCard, body: Body<typeof calls.close>): Promise<CallOutcome> {
        const { id } = subject
        const done = await run(() => call(calls.close, { params: { id }, body }), {
          id,
          explains: ['call.details-missing', 'input.invalid', 'call.number-invalid'],
        })
        if (done.ok) {
          showToast({
            text: t('call.closedAs', {
              who: callerName(done.call) || done.call.number,
              outcome: t(`call.outcome.${body.outcome}`),
            }),
            undo: done.call.can.undo ? () => void commands.undo(subject) : undefined,
          })
        }
        return done
      },
    }
    return commands
  }, [client, t, problemText])
}

/** The full numbers; the server records the look (G5). */
export async function revealCall(id: string, which: 'caller' | 'phone') {
  const found = await call(calls.reveal, { params: { id }, body: {} })
  return found[which] || found.caller
}
