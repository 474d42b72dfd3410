import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { mustAllow, targets } from '../../kernel/transitions.ts'
import {
  isOthers,
  mayCommand,
  mayReveal,
  maySee,
  maySeeParty,
  permitted,
  type Subject,
  type Viewer,
} from './policy.ts'
import {
  answeredLate,
  type CallCommand,
  type CallStatus,
  commands,
  mayUndo,
  missingFor,
  openStatuses,
  outcomes,
  ringsIn,
  statuses,
  transitions,
} from './rules.ts'

/** Written out by hand, independently of the table: what must be possible, everything else must not. */
const expected: Record<CallStatus, Partial<Record<CallCommand, CallStatus[]>>> = {
  ringing: {
    edit: ['ringing'],
    answer: ['open'],
    miss: ['missed'],
    choose: ['ringing'],
    situation: ['ringing'],
    hangUp: ['missed', 'after'],
    close: ['closed'],
  },
  open: {
    edit: ['open'],
    answer: ['open'],
    takeOver: ['open'],
    choose: ['open'],
    situation: ['open'],
    hop: ['open'],
    hopResult: ['open'],
    hangUp: ['after'],
    close: ['closed'],
    undo: ['ringing'],
  },
  after: {
    edit: ['after'],
    answer: ['after'],
    takeOver: ['after'],
    choose: ['after'],
    situation: ['after'],
    hopResult: ['after'],
    close: ['closed'],
    undo: ['open', 'ringing'],
  },
  missed: {
    edit: ['missed'],
    answer: ['open', 'after'],
    choose: ['missed'],
    close: ['closed'],
    undo: ['ringing'],
  },
  closed: { edit: ['closed'], undo: ['ringing', 'open', 'after', 'missed'] },
}

const pairs = statuses.flatMap((from) => commands.map((command) => ({ from, command })))

describe('C4 the life of a call', () => {
  test.each(pairs)('$from × $command', ({ from, command }) => {
    const allowed = expected[from][command] ?? []
    expect(targets(transitions, from, command)).toEqual(allowed)
    for (const to of statuses) {
      const step = () => mustAllow(transitions, from, command, to)
      if (allowed.includes(to)) expect(step).not.toThrow()
      else expect(step).toThrow(expect.objectContaining({ code: 'transition.refused' }))
    }
  })

  test('C4 no state without a way out: from every one an outcome is one command away', () => {
    for (const status of [...openStatuses, 'missed'] as const)
      expect(targets(transitions, status, 'close')).toEqual(['closed'])
  })

  test('C4 whatever is done, in whatever order, a call that is closed is closed with one command from anywhere', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom(...commands), fc.nat())), (orders) => {
        let at: CallStatus = 'ringing'
        for (const [command, n] of orders) {
          const to: readonly CallStatus[] = targets(transitions, at, command)
          at = to[n % Math.max(to.length, 1)] ?? at
        }
        return at === 'closed' || targets(transitions, at, 'close').includes('closed')
      }),
    )
  })
})

describe('C1 rings and seconds', () => {
  test.each([
    [0, 1],
    [4.999, 1],
    [5, 2],
    [10, 3],
    [14.999, 3],
    [15, 4],
  ])('%s seconds are %s rings of five seconds', (seconds, rings) => {
    expect(ringsIn(seconds, 5)).toBe(rings)
  })
  test('C1 late is more rings than the site allows; unheard is not late', () => {
    expect([answeredLate(3, 3), answeredLate(4, 3), answeredLate(null, 3)]).toEqual([false, true, false])
  })
})

describe('C4 undo', () => {
  const at = new Date('2026-03-09T09:00:00Z')
  const closed = { status: 'closed', previousStatus: 'open', statusAt: at, statusBy: 'me' } as const
  const later = (minutes: number) => new Date(at.getTime() + minutes * 60_000)
  test('C4 by whoever did it, while it is fresh, one step', () => {
    expect(mayUndo(closed, 'me', later(2), 2)).toBe(true)
    expect(mayUndo(closed, 'me', later(2.01), 2)).toBe(false)
    expect(mayUndo(closed, 'you', at, 2)).toBe(false)
    expect(mayUndo({ ...closed, previousStatus: null }, 'me', at, 2)).toBe(false)
    // What was undone is not redone by undoing again.
    expect(mayUndo({ ...closed, status: 'open', previousStatus: 'closed' }, 'me', at, 2)).toBe(false)
  })
})

describe('C2 C4 what an outcome wants on the record', () => {
  const full = {
    name: '王芳',
    organisation: '华信',
    reason: '续费',
    phone: '+8613912345678',
    message: true,
    owner: true,
    note: '',
  }
  const none = { name: '', organisation: '', reason: '', phone: '', message: false, owner: false, note: '' }
  test('C4 a full record may end with anything', () => {
    for (const outcome of outcomes) expect(missingFor(outcome, full), outcome).toEqual([])
  })
  test.each([
    ['callback', none, ['owner', 'phone', 'name']],
    ['callback', { ...none, owner: true, phone: '1', organisation: '华信' }, []],
    ['message', none, ['message', 'name', 'phone']],
    ['message', { ...none, message: true, phone: '1' }, []],
    ['declined', none, ['reason']],
    ['declined', { ...none, note: '推销' }, []],
    ['resolved', none, ['reason']],
    ['put-through', none, []],
    ['wrong-number', none, []],
    ['private', none, []],
  ] as const)('%s of %o: %o', (outcome, record, missing) => {
    expect(missingFor(outcome, record)).toEqual(missing)
  })
})

describe('G1 G5 C12 who may', () => {
  const at = new Date('2026-03-09T09:00:00Z')
  const call: Subject = {
    status: 'open',
    handler_id: 'first',
    wanted_id: 'wanted',
    created_by: 'first',
    private: false,
    previous_status: 'ringing',
    status_at: at,
    status_by: 'first',
  }
  const viewer = (employeeId: string | null, more: Partial<Viewer> = {}): Viewer => ({
    handles: true,
    reads: true,
    measures: false,
    reveals: true,
    dials: true,
    employeeId,
    id: employeeId ?? 'key',
    ...more,
  })
  const host = (id: string) => viewer(id, { handles: false, reads: false })

  test('G1 another’s call is taken over first; correcting the record is everybody’s at the desk', () => {
    const other = viewer('second')
    expect(isOthers(other, call)).toBe(true)
    for (const command of ['choose', 'situation', 'hop', 'hopResult', 'hangUp', 'close'] as const) {
      expect(mayCommand(other, call, command), command).toBe(false)
      expect(mayCommand(viewer('first'), call, command), command).toBe(true)
      expect(mayCommand(other, { ...call, handler_id: null }, command), command).toBe(true)
    }
    expect(permitted(other, call, at, 2)).toEqual({ edit: true, takeOver: true })
    expect(permitted(viewer('first'), call, at, 2).undo).toBe(true)
  })

  test('G5 who handles nothing may nothing, and sees only their own', () => {
    expect(permitted(host('wanted'), call, at, 2)).toEqual({})
    expect([maySee(host('wanted'), call), maySee(host('stranger'), call)]).toEqual([true, false])
    expect(maySee(host('stranger'), call, true)).toBe(true)
    expect([mayReveal(host('wanted'), call), mayReveal(host('stranger'), call)]).toEqual([true, false])
    expect(mayReveal(viewer('wanted', { reveals: false }), call)).toBe(false)
  })

  test('C12 with whom a colleague speaks privately is theirs', () => {
    const own = { ...call, private: true, handler_id: 'wanted', created_by: 'exchange' }
    expect([maySeeParty(host('wanted'), own), maySeeParty(viewer('second'), own)]).toEqual([true, false])
    expect(mayReveal(viewer('second'), own)).toBe(false)
  })
})
