import { describe, expect, it } from 'vitest'
import { mustAllow, targets } from '../../../kernel/transitions.ts'
import {
  type EntryCommand,
  type EntryStatus,
  entryCommands,
  entryStatuses,
  entryTransitions,
  isDismissed,
  isSecondPerson,
} from './rules.ts'

/** Written out a second time, by hand: state, command, where it leads; everything else is refused. */
const allowed: readonly (readonly [EntryStatus, EntryCommand, EntryStatus])[] = [
  ['draft', 'edit', 'draft'],
  ['draft', 'activate', 'active'],
  ['draft', 'withdraw', 'withdrawn'],
  ['active', 'edit', 'active'],
  ['active', 'withdraw', 'withdrawn'],
  ['active', 'expire', 'expired'],
  ['expired', 'edit', 'expired'],
  ['expired', 'activate', 'active'],
  ['expired', 'withdraw', 'withdrawn'],
  ['withdrawn', 'activate', 'active'],
]
const every = entryStatuses.flatMap((from) => entryCommands.map((order) => [from, order] as const))

describe('V12 life of an entry: every state × command × end', () => {
  it.each(every)('%s %s', (from, order) => {
    const to = allowed.filter(([state, name]) => state === from && name === order).map(([, , end]) => end)
    expect([...targets(entryTransitions, from, order)]).toEqual(to)
    if (to.length === 0) expect(() => mustAllow(entryTransitions, from, order)).toThrow('transition.refused')
    for (const end of entryStatuses) {
      const step = () => mustAllow(entryTransitions, from, order, end)
      if (to.includes(end)) expect(step).not.toThrow()
      else expect(step).toThrow('transition.refused')
    }
  })
})

describe('V12 who decides, and what was decided before', () => {
  const visit = {
    created_by: 'desk',
    status: 'held',
    status_by: 'gate',
    document_checked_by: 'guard',
    host_id: 'host',
    consent_by: 'deputy',
  }

  it('nobody who registered, held or looked at the document, nor whose guest it is', () => {
    for (const one of ['desk', 'gate', 'guard', 'host', 'deputy'])
      expect(isSecondPerson(one, visit)).toBe(false)
    expect(isSecondPerson('duty', visit)).toBe(true)
    // Who changed it later, when it stood still no more, did not hold it.
    expect(isSecondPerson('gate', { ...visit, status: 'asking' })).toBe(true)
  })

  it('a pair once judged is told again only when something new agrees', () => {
    expect(isDismissed(['name'], [])).toBe(false)
    expect(isDismissed(['name'], [['company', 'name']])).toBe(true)
    expect(isDismissed(['name', 'phone'], [['company', 'name']])).toBe(false)
    expect(isDismissed(['name', 'phone'], [['name'], ['phone', 'name']])).toBe(true)
  })
})
