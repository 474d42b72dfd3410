/** Calls, messages and promises on the one timeline of a contact or a company (C5). */
import { may } from '../../kernel/authorize.ts'
import type { HistoryItem, HistorySource } from '../../kernel/history/source.ts'
import { type Ctx, query } from '../../kernel/work/command.ts'
import { callbackNumber } from './callbacks/present.ts'
import { messageNumber } from './messages/present.ts'
import { callNumber } from './row.ts'
import * as store from './window/store.ts'

type Tone = HistoryItem['tone']

function toneOfCall({ status, outcome }: store.TimelineCall): Tone {
  if (outcome === 'missed') return 'alarm'
  if (outcome === null) return 'waiting'
  return outcome === 'put-through' || outcome === 'resolved'
    ? 'good'
    : status === 'closed'
      ? 'neutral'
      : 'waiting'
}

const toneOfMessage: Readonly<Record<store.TimelineMessage['status'], Tone>> = {
  new: 'waiting',
  seen: 'waiting',
  done: 'good',
  reported: 'good',
  withdrawn: 'neutral',
}

/** What was promised and is late is what somebody opening the card must see first. */
function toneOfCallback({ status, dueAt }: store.TimelineCallback, now: Date): Tone {
  if (status === 'promised' || status === 'taken') return dueAt < now ? 'alarm' : 'waiting'
  if (status === 'kept') return 'good'
  return status === 'unreachable' ? 'alarm' : 'neutral'
}

async function read(
  ctx: Ctx,
  subjects: Parameters<HistorySource['read']>[1],
  before: Date | null,
  limit: number,
): Promise<HistoryItem[]> {
  const idsOf = (entity: string) => subjects.filter((one) => one.entity === entity).map(({ id }) => id)
  const about = {
    siteId: ctx.siteId,
    contacts: idsOf('contact'),
    customers: idsOf('customer'),
    before,
    limit,
  }
  if (about.contacts.length + about.customers.length === 0) return []
  const sql = query(ctx)
  const now = ctx.kernel.clock.now()
  const { employeeId } = ctx.actor
  const readOf = async <R>(action: string, use: (own: string | null) => Promise<R[]>) =>
    may(ctx, action) ? await use(null) : employeeId === null ? [] : await use(employeeId)
  const [calls, messages, callbacks] = await Promise.all([
    readOf('call.read', (own) => sql.all(store.callsAbout(about, own))),
    readOf('message.read', (own) => sql.all(store.messagesAbout(about, own))),
    readOf('callback.read', (own) => sql.all(store.callbacksAbout(about, own))),
  ])
  return [
    ...calls.map(
      (row): HistoryItem => ({
        entity: 'call',
        id: row.id,
        at: row.at,
        textKey: `calls.history.call.${row.outcome ?? 'open'}`,
        facts: { number: callNumber(row.number), by: row.handler, wanted: row.wanted },
        matter: row.reason,
        tone: toneOfCall(row),
        link: `/calls?call=${row.id}`,
      }),
    ),
    ...messages.map(
      (row): HistoryItem => ({
        entity: 'message',
        id: row.id,
        at: row.at,
        textKey: `calls.history.message.${row.status}`,
        facts: { number: messageNumber(row.number), to: row.toName },
        matter: row.matter,
        tone: toneOfMessage[row.status],
        link: `/messages?message=${row.id}`,
      }),
    ),
    ...callbacks.map(
      (row): HistoryItem => ({
        entity: 'callback',
        id: row.id,
        at: row.at,
        textKey: `calls.history.callback.${row.status}`,
        facts: { number: callbackNumber(row.number), owner: row.owner, due: row.dueAt.toISOString() },
        matter: row.matter,
        tone: toneOfCallback(row, now),
        link: `/callbacks?callback=${row.id}`,
      }),
    ),
  ]
}

export const callsHistory: HistorySource = { entity: 'call', action: 'call.see', read }
