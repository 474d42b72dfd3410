import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { mustAllow, targets } from '../../kernel/transitions.ts'
import {
  arrivalStatus,
  commands,
  idCardIsValid,
  mayUndo,
  outstanding,
  passOutcome,
  releaseDecision,
  statuses,
  transitions,
  type VisitCommand,
  type VisitStatus,
} from './rules.ts'

/** Written out by hand, independently of the table: what must be possible, everything else must not. */
const expected: Record<VisitStatus, Partial<Record<VisitCommand, VisitStatus[]>>> = {
  expected: {
    edit: ['expected'],
    checkIn: ['asking', 'admitted', 'held'],
    refuse: ['refused'],
    cancel: ['cancelled'],
    noShow: ['no_show'],
  },
  held: {
    edit: ['held'],
    checkDocument: ['held'],
    clear: ['asking', 'admitted', 'with_host'],
    refuse: ['refused'],
    release: ['left'],
  },
  asking: {
    edit: ['asking', 'held'],
    receive: ['admitted'],
    wait: ['admitted'],
    delegate: ['admitted'],
    checkDocument: ['asking', 'held'],
    redirect: ['asking', 'declined'],
    decline: ['declined'],
    refuse: ['refused'],
    cancel: ['cancelled'],
    undo: ['expected'],
  },
  admitted: {
    edit: ['admitted', 'held'],
    wait: ['admitted'],
    delegate: ['admitted'],
    checkDocument: ['admitted', 'held'],
    issuePass: ['admitted'],
    meet: ['with_host'],
    sign: ['signed_off'],
    release: ['left'],
    refuse: ['refused'],
    cancel: ['cancelled'],
    undo: ['expected', 'asking'],
  },
  with_host: {
    edit: ['with_host', 'held'],
    delegate: ['with_host'],
    checkDocument: ['with_host', 'held'],
    issuePass: ['with_host'],
    sign: ['signed_off'],
    release: ['left'],
    undo: ['admitted'],
  },
  signed_off: { edit: ['signed_off'], release: ['left'], undo: ['admitted', 'with_host'] },
  left: { edit: ['left'], signLate: ['left'], undo: ['admitted', 'with_host', 'signed_off'] },
  declined: { undo: ['asking'] },
  refused: { undo: ['expected', 'held', 'asking', 'admitted'] },
  cancelled: { undo: ['expected', 'asking', 'admitted'] },
  no_show: { checkIn: ['asking', 'admitted', 'held'], undo: ['expected'] },
}

describe('G4 V1 the life of a visit, every state × command', () => {
  const all = statuses.flatMap((from) => commands.map((command) => [from, command] as const))

  test.each(all)('%s × %s', (from, command) => {
    const allowed = expected[from][command] ?? []
    expect([...targets(transitions, from, command)]).toEqual(allowed)
    if (allowed.length === 0) {
      expect(() => mustAllow(transitions, from, command)).toThrow('transition.refused')
    }
    for (const to of statuses) {
      const step = () => mustAllow(transitions, from, command, to)
      if (allowed.includes(to)) expect(step).not.toThrow()
      else expect(step).toThrow('transition.refused')
    }
  })

  test('the database trigger knows the same steps', () => {
    const sql = readFileSync(new URL('../../../db/migrations/0013_visits_whole.sql', import.meta.url), 'utf8')
    const list = /\) in \(([\s\S]*?)\n\s*\) then/.exec(sql)?.[1] ?? ''
    const inDatabase = new Set(
      [...list.matchAll(/\('(\w+)', '(\w+)'\)/g)].map(([, from, to]) => `${from}>${to}`),
    )
    const inTable = new Set(
      all.flatMap(([from, command]) =>
        targets(transitions, from, command)
          .filter((to) => to !== from)
          .map((to) => `${from}>${to}`),
      ),
    )
    expect([...inDatabase].sort()).toEqual([...inTable].sort())
  })
})

describe('V3 V5 who must be asked at the door', () => {
  test.each([
    ['never', false, false, 'admitted'],
    ['never', true, false, 'admitted'],
    ['always', true, false, 'asking'],
    ['always', false, false, 'asking'],
    ['always', true, true, 'admitted'],
    ['unless-announced', true, false, 'admitted'],
    ['unless-announced', false, false, 'asking'],
    ['unless-announced', false, true, 'admitted'],
  ] as const)('consent %s, announced %s, word given %s → %s', (consent, announced, consentGiven, status) => {
    expect(arrivalStatus({ consent }, { announced, consentGiven })).toBe(status)
  })
})

test('V2 V8 V9 V11 V13 what the category still wants', () => {
  fc.assert(
    fc.property(
      fc.record({ idCheck: fc.boolean(), pass: fc.boolean(), escort: fc.boolean() }),
      fc.boolean(),
      fc.boolean(),
      fc.boolean(),
      fc.nat({ max: 3 }),
      fc.nat({ max: 3 }),
      fc.boolean(),
      (policy, documentChecked, hasPass, hasEscort, agreementsDue, approvalsDue, escortDue) => {
        const missing = outstanding(policy, {
          documentChecked,
          passNumber: hasPass ? 'A001' : null,
          escortId: hasEscort ? 'someone' : null,
          agreementsDue,
          approvalsDue,
          escortDue,
        })
        expect(missing.includes('approval')).toBe(approvalsDue > 0)
        expect(missing.includes('agreement')).toBe(agreementsDue > 0)
        expect(missing.includes('document')).toBe(policy.idCheck && !documentChecked)
        expect(missing.includes('pass')).toBe(policy.pass && !hasPass)
        expect(missing.includes('escort')).toBe((policy.escort || escortDue) && !hasEscort)
      },
    ),
  )
})

describe('V10 the exit', () => {
  test.each(statuses)('signed or not needed goes, unsigned needs the host: %s', (status) => {
    expect(releaseDecision({ signOff: false }, { status, hostConfirmed: false })).toEqual({
      kind: 'release',
      lateSignature: false,
    })
    const unsigned = releaseDecision({ signOff: true }, { status, hostConfirmed: false })
    expect(unsigned.kind).toBe(status === 'signed_off' ? 'release' : 'ask-host')
    expect(releaseDecision({ signOff: true }, { status, hostConfirmed: true })).toEqual({
      kind: 'release',
      lateSignature: status !== 'signed_off',
    })
  })

  test('V11 a pass that is not handed in is missing', () => {
    expect(passOutcome(null, false)).toBe('none')
    expect(passOutcome('A001', true)).toBe('returned')
    expect(passOutcome('A001', false)).toBe('missing')
  })
})

describe('G4 one step back', () => {
  const at = new Date('2026-03-09T09:00:00Z')
  const later = (minutes: number) => new Date(at.getTime() + minutes * 60_000)
  const base = { status: 'left', previousStatus: 'signed_off', statusAt: at, statusBy: 'anna' } as const

  test('only by whoever made it, only while it is fresh, only where the table allows', () => {
    expect(mayUndo(base, 'anna', later(2), 2)).toBe(true)
    expect(mayUndo(base, 'berta', later(1), 2)).toBe(false)
    expect(mayUndo(base, 'anna', later(2.01), 2)).toBe(false)
    expect(mayUndo({ ...base, previousStatus: null }, 'anna', later(1), 2)).toBe(false)
    expect(mayUndo({ ...base, previousStatus: 'expected' }, 'anna', later(1), 2)).toBe(false)
  })
})

describe('V12 identity card numbers (GB 11643)', () => {
  test.each(['11010519491231002X', '440524188001010014'])('%s is right', (number) => {
    expect(idCardIsValid(number)).toBe(true)
  })

  test('any single wrong digit is noticed', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 16 }), fc.integer({ min: 1, max: 9 }), (place, shift) => {
        const right = '440524188001010014'
        const wrong = right.slice(0, place) + ((Number(right[place]) + shift) % 10) + right.slice(place + 1)
        expect(idCardIsValid(wrong)).toBe(false)
      }),
    )
  })

  test.each(['', '44052418800101001', '440524188013010014', '440524199902300011', 'abc'])(
    '%s is wrong',
    (number) => {
      expect(idCardIsValid(number)).toBe(false)
    },
  )
})
