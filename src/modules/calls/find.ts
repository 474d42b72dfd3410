/** The calls' part of the single window (C5): numbers of calls, messages and promises, and callers nobody knows yet. */
import { may } from '../../kernel/authorize.ts'
import type { Finder, Found } from '../../kernel/find/finder.ts'
import { backwards } from '../../kernel/find/range.ts'
import type { Wanted } from '../../kernel/find/wanted.ts'
import { maskNumber } from '../../kernel/telephone/mask.ts'
import { type Ctx, query } from '../../kernel/work/command.ts'
import { callbackNumber } from './callbacks/present.ts'
import { messageNumber } from './messages/present.ts'
import { callNumber } from './row.ts'
import * as store from './window/store.ts'

const joined = (...parts: readonly (string | null)[]) => parts.filter(Boolean).join(' · ')

function callFound(row: store.FoundCall, score: number): Found {
  const other = row.other === '' ? '' : maskNumber(row.other)
  return {
    entity: 'call',
    id: row.id,
    label: row.name || row.organisation || other || callNumber(row.number),
    detail: joined(callNumber(row.number), row.name === '' ? null : row.organisation, other),
    marks: [markOf(row)],
    link: `/calls?call=${row.id}`,
    score,
    seenAt: row.at,
    extension: null,
  }
}

/** "Message" is an outcome and a record of its own. */
function markOf({ status, outcome }: store.FoundCall): string {
  if (outcome === null) return `calls.find.${status}`
  return outcome === 'message' || outcome === 'callback'
    ? `calls.find.outcome.${outcome}`
    : `calls.find.${outcome}`
}

function paperFound(entity: 'message' | 'callback', row: store.FoundPaper): Found {
  const number = entity === 'message' ? messageNumber(row.number) : callbackNumber(row.number)
  return {
    entity,
    id: row.id,
    label: row.name || row.organisation || number,
    detail: joined(number, row.name === '' ? null : row.organisation, row.owner),
    marks: [`calls.find.${entity}.${row.status}`],
    link: entity === 'message' ? `/messages?message=${row.id}` : `/callbacks?callback=${row.id}`,
    score: 1,
    seenAt: row.at,
    extension: null,
  }
}

/** G5: a mask shows four digits; more of them are for those who may look at the number. */
function mayAskFor(ctx: Ctx, digits: string): boolean {
  return digits.length <= 4 || may(ctx, 'call.handle')
}

async function find(ctx: Ctx, wanted: Wanted, limit: number): Promise<readonly Found[]> {
  const sql = query(ctx)
  const { siteId } = ctx
  const { recordNumber: number, recordPrefix: prefix, digits } = wanted
  const { employeeId } = ctx.actor
  /** null: everybody's; undefined: nobody's, for a key without a person that may not read. */
  const whose = (action: string) => (may(ctx, action) ? null : (employeeId ?? undefined))
  const [calls, messages, callbacks] = ['call.read', 'message.read', 'callback.read'].map(whose)
  const said = prefix !== '' || wanted.text.startsWith('#')
  const asked = (letter: string) => number !== null && (prefix === letter || (said && prefix === ''))
  const [numbered, tails, papers, promises] = await Promise.all([
    number !== null && calls !== undefined && ['', 'C'].includes(prefix)
      ? sql.all(store.callNumbered(siteId, number, calls))
      : [],
    digits !== null && calls === null && mayAskFor(ctx, digits)
      ? sql.all(store.callsByTail(siteId, backwards(digits), limit))
      : [],
    number !== null && messages !== undefined && asked('M')
      ? sql.all(store.messageNumbered(siteId, number, messages))
      : [],
    number !== null && callbacks !== undefined && asked('B')
      ? sql.all(store.callbackNumbered(siteId, number, callbacks))
      : [],
  ])
  return [
    // Digits alone are rather a telephone number than the number of a call.
    ...numbered.map((row) => callFound(row, said ? 1 : 0.6)),
    ...tails.map((row) =>
      callFound(row, row.other.endsWith(digits ?? '') && (digits?.length ?? 0) >= 7 ? 1 : 0.7),
    ),
    ...papers.map((row) => paperFound('message', row)),
    ...promises.map((row) => paperFound('callback', row)),
  ]
}

export const callsFinder: Finder = { entities: ['call', 'message', 'callback'], action: 'call.see', find }
