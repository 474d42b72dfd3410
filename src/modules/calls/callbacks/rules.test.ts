import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Subject as MessageSubject, permitted as messagePermitted } from '../messages/policy.ts'
import { messageCommands, messageStatuses, messageTransitions } from '../messages/rules.ts'
import type { Viewer } from '../owners/policy.ts'
import { permitted, type Subject } from './policy.ts'
import {
  answered,
  attemptResults,
  callbackCommands,
  callbackStatuses,
  callbackTransitions,
  type Question,
  retryMinutes,
} from './rules.ts'

const now = new Date('2026-03-09T01:00:00Z')
const person = '11111111-1111-4111-8111-111111111111'
const other = '22222222-2222-4222-8222-222222222222'

const viewer: fc.Arbitrary<Viewer> = fc.record({
  employeeId: fc.constantFrom(person, other, null),
  id: fc.constantFrom(person, other, 'key'),
  posts: fc.subarray(['desk', 'duty:sales']),
  standsFor: fc.subarray([person, other]),
  atDesk: fc.boolean(),
  readsMessages: fc.boolean(),
  readsCallbacks: fc.boolean(),
  dials: fc.boolean(),
})
const whom = fc.constantFrom(
  ['person', person] as const,
  ['person', other] as const,
  ['post', 'desk'] as const,
  ['post', 'duty:sales'] as const,
)

describe('C4 C14 the life of a promise', () => {
  test('every state × command: what the table gives can be done by somebody, what it does not by nobody', () => {
    const offered = new Set<string>()
    fc.assert(
      fc.property(
        viewer,
        whom,
        fc.constantFrom(...callbackStatuses),
        fc.nat(3),
        (who, [kind, id], status, tries) => {
          const callback: Subject = {
            status,
            previous_status: 'promised',
            status_at: now,
            status_by: person,
            owner_kind: kind,
            owner_id: id,
            taken_by: status === 'taken' ? other : null,
            promised_by: person,
            attempts: tries,
          }
          const can = permitted(who, callback, now, 2)
          for (const command of callbackCommands) {
            const possible = callbackTransitions[status][command] !== undefined
            if (can[command] !== undefined) {
              expect(possible, `${status} ${command}`).toBe(true)
              offered.add(`${status} ${command}`)
            }
          }
          // G1: nobody makes a call that somebody else has.
          if (status === 'taken' && who.employeeId !== other) expect(can.keep).toBeUndefined()
          if (tries === 0) expect(can.giveUp).toBeUndefined()
        },
      ),
      { numRuns: 5000 },
    )
    const table = callbackStatuses.flatMap((status) =>
      Object.keys(callbackTransitions[status]).map((command) => `${status} ${command}`),
    )
    expect([...offered].sort()).toEqual(table.sort())
  })

  test('every way ends, and every end can be taken back to where it was open', () => {
    for (const status of callbackStatuses) {
      const commands = callbackTransitions[status]
      if (status === 'promised' || status === 'taken')
        for (const end of ['keep', 'giveUp', 'withdraw'] as const) expect(commands[end]).toHaveLength(1)
      else expect(commands).toEqual({ undo: ['promised', 'taken'] })
    }
  })

  test('a try that did not reach the customer proposes another, unless a number or a time is needed first', () => {
    const proposed = attemptResults.filter((result) => retryMinutes(result) !== null)
    expect(proposed).toEqual(['busy', 'no-answer', 'later'])
  })
})

describe('C10 the life of a message', () => {
  test('every state × command: what the table gives can be done by somebody, what it does not by nobody', () => {
    const offered = new Set<string>()
    fc.assert(
      fc.property(
        viewer,
        whom,
        fc.constantFrom(...messageStatuses),
        fc.boolean(),
        (who, [kind, id], status, back) => {
          const message: MessageSubject = {
            status,
            previous_status: 'new',
            status_at: now,
            status_by: person,
            to_kind: kind,
            to_id: id,
            taken_by: other,
            report_back: back,
            phone: '+8613912345678',
          }
          const can = messagePermitted(who, message, now, 2)
          for (const command of messageCommands)
            if (can[command] !== undefined) {
              expect(messageTransitions[status][command], `${status} ${command}`).toBeDefined()
              offered.add(`${status} ${command}`)
            }
          if (!back) expect(can.report).toBeUndefined()
        },
      ),
      { numRuns: 5000 },
    )
    const table = messageStatuses.flatMap((status) =>
      Object.keys(messageTransitions[status])
        // By the product alone, when the line is free (C6).
        .filter((command) => command !== 'present')
        .map((command) => `${status} ${command}`),
    )
    expect([...offered].sort()).toEqual(table.sort())
  })

  test('a message that was neither done nor withdrawn can always still be', () => {
    for (const status of ['new', 'seen'] as const)
      for (const command of ['done', 'forward', 'withdraw'] as const)
        expect(messageTransitions[status][command]).toHaveLength(1)
    expect(messageTransitions.done.report).toEqual(['reported'])
  })
})

describe('C14 answers of a return visit', () => {
  const questions: Question[] = [
    { key: 'solved', text: { zh: '解决了吗', en: 'Settled?' }, answer: 'yes-no' },
    { key: 'manner', text: { zh: '满意吗', en: 'Content?' }, answer: 'score' },
    { key: 'wish', text: { zh: '建议', en: 'Wishes' }, answer: 'text' },
  ]

  test('only what the script asks, in its order, each question once, of its kind', () => {
    const given = fc.array(
      fc.record({
        key: fc.constantFrom('solved', 'manner', 'wish', 'other'),
        answer: fc.constantFrom('', 'yes', 'no', '1', '5', '6', '好'),
      }),
      { maxLength: 6 },
    )
    fc.assert(
      fc.property(given, (answers) => {
        const result = answered(questions, answers)
        const keys = result.answers.map((one) => one.key)
        expect(keys).toEqual(questions.map((one) => one.key).filter((key) => keys.includes(key)))
        if (result.wrong === null)
          for (const { key, answer } of result.answers) {
            if (key === 'solved') expect(['yes', 'no']).toContain(answer)
            if (key === 'manner') expect(answer).toMatch(/^[1-5]$/)
          }
        else expect(answers[result.wrong]).toBeDefined()
      }),
    )
  })
})
