/** For tests: what the console does, as calls of the services with requests parsed like those that come in. */
import type { Actor } from '../../kernel/actor.ts'
import type { Ctx } from '../../kernel/work/command.ts'
import type { CallDetail } from './card/contract.ts'
import { choose, hopResult, situation, tryTarget } from './cascade.ts'
import { calls } from './contract.ts'
import { close, hangUp, undo } from './ending.ts'
import { answer, edit, start } from './record.ts'

const query = undefined
type Body = Readonly<Record<string, unknown>>
type Result = Parameters<typeof hopResult>[1]['body']['result']

/** @param on the context of somebody; without one, of the desk's first */
export function testConsole(on: (by: Actor | undefined) => Ctx) {
  const params = ({ id }: CallDetail) => ({ id })
  const attempt = (call: CallDetail, body: Body, by?: Actor) =>
    tryTarget(on(by), { params: params(call), query, body: calls.tryTarget.body.parse(body) })
  const result = (call: CallDetail, what: Result, by?: Actor) =>
    hopResult(on(by), {
      params: { id: call.id, hopId: call.hops.at(-1)?.id ?? '' },
      query,
      body: { result: what, note: '' },
    })
  return {
    attempt,
    result,
    /** The step proposed, and what became of it. */
    tried: async (call: CallDetail, what: Result) => {
      if (call.next.act !== 'try') throw new Error(`nobody to try: ${call.next.act}`)
      return await result(await attempt(call, { step: call.next.target?.step }), what)
    },
    ring: (more: Body = {}, by?: Actor) =>
      start(on(by), { body: calls.start.body.parse({ number: '13912345678', ...more }) }),
    change: (call: CallDetail, body: Body, by?: Actor) =>
      edit(on(by), {
        params: params(call),
        query,
        body: calls.edit.body.parse({ version: call.version, ...body }),
      }),
    route: (call: CallDetail, key: string, askAnyway = false) =>
      choose(on(undefined), { params: params(call), query, body: { route: key, askAnyway } }),
    say: (call: CallDetail, body: Body) =>
      situation(on(undefined), { params: params(call), query, body: calls.situation.body.parse(body) }),
    end: (call: CallDetail, body: Body, by?: Actor) =>
      close(on(by), { params: params(call), query, body: calls.close.body.parse(body) }),
    take: (call: CallDetail, takeOver = false, by?: Actor) =>
      answer(on(by), { params: params(call), query, body: { takeOver } }),
    hang: (call: CallDetail, by?: Actor) =>
      hangUp(on(by), { params: params(call), query, body: { order: false } }),
    back: (call: CallDetail, by?: Actor) => undo(on(by), { params: params(call), query, body: {} }),
  }
}
