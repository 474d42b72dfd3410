/** V4, V6: what becomes of somebody who stands here: the questions first, then the table says whom to ask. */

import { loadCalendar } from '../../../kernel/calendar/load.ts'
import { isWorkingTime } from '../../../kernel/calendar/rules.ts'
import type { Sql } from '../../../kernel/db/sql.ts'
import { DomainError } from '../../../kernel/errors.ts'
import type { Work } from '../../../kernel/work/command.ts'
import type { EmployeeCard } from '../../directory/public.ts'
import { type Asked, ask, askDesk, writeHop } from '../consent.ts'
import type { House } from '../house.ts'
import { arrivalStatus } from '../rules.ts'
import type { Category } from '../settings.ts'
import type { TaskSubject } from '../tasks.ts'
import type { VisitRoute } from './contract.ts'
import { type Askee, askeeOf, resolveTargets, type Whom } from './resolve.ts'
import { type Decided, decide, type Facts, nextToAsk, openQuestions } from './rules.ts'
import { usualRoute } from './table.ts'

export interface Arriving {
  readonly category: Category
  readonly kind: string
  readonly topic: string
  readonly announced: boolean
  readonly known: boolean
  readonly matter: string
  readonly whom: Whom
  readonly host: EmployeeCard | undefined
  /** Somebody has agreed already (V5): by whom and how. */
  readonly consent: { readonly by: EmployeeCard; readonly how: string } | undefined
}

export interface Led {
  readonly status: 'asking' | 'admitted' | 'declined'
  readonly asked: Asked | null
  readonly route: string
  readonly receiver: { readonly id: string; readonly name: string } | null
  readonly declineReason: string
}

/** A calendar that does not know the day counts as open. */
export async function workingNow(sql: Sql, siteId: string, at: Date): Promise<boolean> {
  try {
    return isWorkingTime(await loadCalendar(sql, siteId), at)
  } catch (error) {
    if (error instanceof DomainError && error.code.startsWith('calendar.')) return true
    throw error
  }
}

export function decideOn(
  rows: readonly VisitRoute[],
  arriving: Pick<Arriving, 'category' | 'announced'>,
  facts: Facts,
): Decided<VisitRoute> & { readonly consentDue: boolean } {
  const { category, announced } = arriving
  const consentDue = arrivalStatus(category, { announced, consentGiven: false }) === 'asking'
  return { ...decide(rows, { ...facts, consentDue }), consentDue }
}

/**
 * The one way from the counter to somebody's telephone. No trip of its own where the host is asked first: the usual
 * walk-in costs what it did before there was a table.
 */
export async function lead(work: Work, house: House, subject: TaskSubject, arriving: Arriving): Promise<Led> {
  const { kind, topic, announced, known, matter, host, consent } = arriving
  // Read only where a row of the table asks for it.
  const timed = house.routes.some(({ when }) => when.hours !== 'any')
  const working = !timed || (await workingNow(work, work.ctx.siteId, work.now))
  const facts = { kind, topic, appointment: announced, known, working, matter }
  const { row, decision, last } = decideOn(house.routes, arriving, facts)
  const led = { asked: null, route: row?.key ?? '', receiver: null, declineReason: '' }
  if (consent !== undefined) {
    writeHop(work, subject.id, askeeOf('hand', consent.by), { result: 'agreed', how: consent.how })
    return { ...led, status: 'admitted' }
  }
  const turnedAway = {
    ...led,
    status: 'declined',
    declineReason: row === null ? '' : row.note.zh || row.name.zh,
  } as const
  if (decision === 'decline') return turnedAway
  if (decision === 'admit') return { ...led, status: 'admitted' }
  const targets = row?.targets ?? usualRoute.targets
  const people = await firstOf(work, targets, arriving)
  if (decision === 'notify') {
    const told = people.find((one) => one.kind === 'person')
    if (told !== undefined) writeHop(work, subject.id, told, { result: 'told', how: 'console' })
    const receiver = told === undefined || host !== undefined ? null : { id: told.id, name: told.name }
    return { ...led, status: 'admitted', receiver }
  }
  const next = nextToAsk(people, [], last)
  if (next.act === 'decline') return turnedAway
  const asked = next.act === 'ask' ? ask(work, house, subject, next.target, []) : askDesk(work, subject, [])
  return { ...led, status: 'asking', asked }
}

/** Only the first is needed now: a host who was read already costs no trip. */
async function firstOf(
  work: Work,
  targets: VisitRoute['targets'],
  { host, whom }: Pick<Arriving, 'host' | 'whom'>,
): Promise<Askee[]> {
  if (targets[0]?.kind === 'host' && host !== undefined) return [askeeOf('host', host)]
  const rest = host === undefined ? targets.filter(({ kind }) => kind !== 'host') : targets
  return rest.length === 0 ? [] : resolveTargets(work.ctx, work, rest, whom)
}

/**
 * V4: nobody is disturbed before a stranger has said from where, what name, what matter. An important guest is asked
 * nothing (V7).
 * @throws DomainError `visit.questions-missing` naming the fields
 */
export function mustHaveAnswered(
  house: House,
  category: Category,
  kind: string,
  known: boolean,
  said: { readonly organisation: string; readonly visitorName: string; readonly purpose: string },
): void {
  if (known || category.important || house.kinds.get(kind)?.questions !== true) return
  const open = openQuestions(said)
  if (open.length === 0) return
  const fields = open.map((path) => ({ path, code: 'required' }))
  throw new DomainError('visit.questions-missing', {}, fields)
}

/** @throws DomainError `visit.topic-unknown` for one the kind does not have */
export function mustKnowTopic(house: House, kind: string, topic: string): void {
  if (topic === '' || house.kinds.get(kind)?.topics.some(({ key }) => key === topic)) return
  throw new DomainError('visit.topic-unknown', {}, [{ path: 'topic', code: 'unknown' }])
}
