/** For tests: what happened in each recording, written by hand from its description (seconds as it tells them). */
import { expect } from 'vitest'
import type { ExchangeCall, ExchangeLeg, ExchangeTransfer, LegResult } from './link.ts'

export interface LegFacts {
  readonly who: string
  readonly cause: ExchangeLeg['cause']
  readonly sentBy?: string
  readonly result: LegResult
  /** Seconds from the first sound; none when it never rang. */
  readonly ring?: number
  readonly talk?: number
  readonly held?: number
}

export interface CallFacts {
  readonly direction?: ExchangeCall['direction']
  readonly from: string | null
  readonly name?: string
  readonly dialled: string | null
  readonly queue?: string
  readonly answeredBy?: string
  readonly endedBy: ExchangeCall['endedBy']
  readonly outcome: ExchangeCall['outcome']
  readonly legs: readonly LegFacts[]
  readonly transfers?: readonly Omit<ExchangeTransfer, 'at'>[]
}

const customer = '13912345678'

const simple = (ring: number, talk: number, more: Partial<CallFacts> = {}): CallFacts => ({
  from: customer,
  dialled: '66668000',
  answeredBy: '8000',
  endedBy: 'caller',
  outcome: 'answered',
  legs: [{ who: '8000', cause: 'dial', result: 'answered', ring, talk }],
  ...more,
})

const unanswered = (
  result: LegResult,
  ring: number,
  endedBy: CallFacts['endedBy'],
  outcome: CallFacts['outcome'],
): CallFacts => ({
  from: customer,
  dialled: '66668000',
  endedBy,
  outcome,
  legs: [{ who: '8000', cause: 'dial', result, ring }],
})

const click = (
  result: LegResult,
  ring: number | undefined,
  endedBy: CallFacts['endedBy'],
  outcome: CallFacts['outcome'],
): CallFacts => ({
  direction: 'internal',
  from: '8000',
  name: 'Front Desk',
  dialled: null,
  endedBy,
  outcome,
  legs: [{ who: '8000', cause: 'originate', result, ...(ring === undefined ? {} : { ring }) }],
})

export const facts: Readonly<Record<string, readonly CallFacts[]>> = {
  '01-inbound-answered': [simple(4, 5)],
  '02-inbound-caller-gives-up': [unanswered('cancelled', 20, 'caller', 'abandoned')],
  '02b-inbound-noanswer-timeout': [unanswered('no-answer', 10.05, 'exchange', 'no-answer')],
  '02c-inbound-rejected-by-phone': [unanswered('rejected', 3, 'callee', 'rejected')],
  '03-blind-transfer-answered': [
    simple(3, 4, {
      legs: [
        { who: '8000', cause: 'dial', result: 'answered', ring: 3, talk: 4 },
        { who: '8171', cause: 'blind-transfer', sentBy: '8000', result: 'answered', ring: 3, talk: 4 },
      ],
      transfers: [{ kind: 'blind', by: '8000', to: '8171', result: 'answered' }],
    }),
  ],
  '04-attended-transfer': [
    simple(3, 10, {
      legs: [
        { who: '8000', cause: 'dial', result: 'answered', ring: 3, talk: 10, held: 7 },
        // Three seconds with the colleague, five with the caller.
        { who: '2222', cause: 'consultation', sentBy: '8000', result: 'answered', ring: 3, talk: 8 },
      ],
      transfers: [{ kind: 'attended', by: '8000', to: '2222', result: 'answered' }],
    }),
  ],
  '05-blind-transfer-busy-to-manager': [
    simple(3, 3, {
      legs: [
        { who: '8000', cause: 'dial', result: 'answered', ring: 3, talk: 3 },
        { who: '8133', cause: 'blind-transfer', sentBy: '8000', result: 'busy' },
        { who: '8130', cause: 'dial', sentBy: '8133', result: 'answered', ring: 4, talk: 4 },
      ],
      transfers: [{ kind: 'blind', by: '8000', to: '8133', result: 'busy' }],
    }),
  ],
  '05c-blind-transfer-noanswer-to-manager': [
    simple(2, 2, {
      legs: [
        { who: '8000', cause: 'dial', result: 'answered', ring: 2, talk: 2 },
        { who: '8133', cause: 'blind-transfer', sentBy: '8000', result: 'no-answer', ring: 20 },
        { who: '8130', cause: 'dial', sentBy: '8133', result: 'answered', ring: 2, talk: 2 },
      ],
      transfers: [{ kind: 'blind', by: '8000', to: '8133', result: 'no-answer' }],
    }),
  ],
  '06-sales-busy-to-front-desk': [
    simple(3, 7.5, {
      dialled: '66660601',
      endedBy: 'callee',
      legs: [
        { who: '601', cause: 'dial', result: 'busy' },
        { who: '8000', cause: 'dial', sentBy: '601', result: 'answered', ring: 3, talk: 7.5, held: 1.5 },
      ],
    }),
    {
      direction: 'internal',
      from: '8000',
      name: 'Front Desk',
      dialled: '610',
      endedBy: 'callee',
      outcome: 'busy',
      // It stays a call of its own: nothing came of it for the caller.
      legs: [{ who: '610', cause: 'dial', result: 'busy' }],
    },
  ],
  '07-hotline-all-busy': [
    {
      from: customer,
      dialled: '66668111',
      endedBy: 'caller',
      outcome: 'busy',
      legs: [
        { who: '8000', cause: 'dial', result: 'busy' },
        { who: '8300', cause: 'dial', sentBy: '8000', result: 'busy' },
      ],
    },
  ],
  '08-two-simultaneous': [
    simple(3, 4, {
      from: '13911111111',
      endedBy: 'callee',
      legs: [
        { who: '8000', cause: 'dial', result: 'answered', ring: 3, talk: 4 },
        { who: '8171', cause: 'blind-transfer', sentBy: '8000', result: 'answered', ring: 3, talk: 2 },
      ],
      transfers: [{ kind: 'blind', by: '8000', to: '8171', result: 'answered' }],
    }),
    simple(3.5, 3, {
      from: '13922222222',
      dialled: '66660601',
      answeredBy: '601',
      legs: [{ who: '601', cause: 'dial', result: 'answered', ring: 3.5, talk: 3 }],
    }),
  ],
  '09-device-states': [
    simple(3, 5.52, {
      dialled: '66660601',
      answeredBy: '601',
      legs: [{ who: '601', cause: 'dial', result: 'answered', ring: 3, talk: 5.52 }],
    }),
    {
      direction: 'internal',
      from: '8000',
      name: 'Front Desk',
      dialled: '8171',
      answeredBy: '8171',
      endedBy: 'caller',
      outcome: 'answered',
      legs: [{ who: '8171', cause: 'dial', result: 'answered', ring: 2, talk: 3, held: 1 }],
    },
  ],
  '10-queue-answered': [
    simple(4, 5, {
      dialled: '66668500',
      queue: 'service',
      answeredBy: '2222',
      legs: [
        { who: '8171', cause: 'queue', result: 'elsewhere', ring: 4 },
        { who: '2222', cause: 'queue', result: 'answered', ring: 4, talk: 5 },
      ],
    }),
  ],
  '11-outbound': [
    {
      direction: 'out',
      from: '8000',
      name: 'Front Desk',
      dialled: '13800138000',
      answeredBy: '13800138000',
      endedBy: 'caller',
      outcome: 'answered',
      legs: [{ who: '13800138000', cause: 'dial', result: 'answered', ring: 4, talk: 5 }],
    },
  ],
  '12-originate-success': [
    {
      direction: 'internal',
      from: '8000',
      name: 'Front Desk',
      dialled: '8171',
      answeredBy: '8171',
      endedBy: 'caller',
      outcome: 'answered',
      legs: [
        { who: '8000', cause: 'originate', result: 'answered', ring: 2, talk: 4 },
        { who: '8171', cause: 'dial', result: 'answered', ring: 3, talk: 4 },
      ],
    },
  ],
  '12b-originate-failures': [
    click('busy', undefined, 'callee', 'busy'),
    click('no-answer', 5, 'exchange', 'no-answer'),
    click('rejected', 1, 'callee', 'rejected'),
    {
      ...click('answered', 1, 'callee', 'busy'),
      dialled: '8171',
      legs: [
        { who: '8000', cause: 'originate', result: 'answered', ring: 1 },
        { who: '8171', cause: 'dial', result: 'busy' },
      ],
    },
    click('busy', undefined, 'callee', 'busy'),
    // To an application: nobody else was dialled, so that whoever answered is who answered.
    { ...click('answered', 0, 'exchange', 'answered'), answeredBy: '8000' },
  ],
  '13-chinese-caller-name': [
    simple(3, 3, {
      name: '贵宾-王小明',
      dialled: '66668888',
      answeredBy: '8888',
      legs: [{ who: '8888', cause: 'dial', result: 'answered', ring: 3, talk: 3 }],
    }),
  ],
  '14-stop-in-the-middle-of-a-call-part1': [simple(2, 3, { endedBy: 'exchange' })],
  '14-stop-in-the-middle-of-a-call-part2': [simple(2, 2)],
  '16-actions-and-lists': [simple(1, 2.52, { endedBy: 'exchange' })],
  '17-login-variants-bad-secret': [],
  '17-login-variants-readonly': [simple(1, 1)],
  '18-same-as-01-default-settings': [simple(4, 5)],
}

/** Without time stamps (18) the seconds are those of the receipt, which a fast replay does not have. */
export interface Exactness {
  readonly timed: boolean
}

export function expectCalls(
  calls: readonly ExchangeCall[],
  expected: readonly CallFacts[],
  { timed }: Exactness = { timed: true },
): void {
  expect(calls.map(({ callerNumber, dialled }) => `${callerNumber} → ${dialled}`)).toEqual(
    expected.map(({ from, dialled }) => `${from} → ${dialled}`),
  )
  for (const [index, fact] of expected.entries()) {
    const call = calls[index]
    if (call) expectCall(call, fact, timed)
  }
}

function expectCall(call: ExchangeCall, fact: CallFacts, timed: boolean): void {
  const inside = fact.direction === 'internal' || fact.direction === 'out'
  expect(call).toMatchObject({
    direction: fact.direction ?? 'in',
    callerName: fact.name ?? null,
    callerExtension: inside ? fact.from : null,
    queue: fact.queue ?? null,
    answeredBy: fact.answeredBy ?? null,
    endedBy: fact.endedBy,
    outcome: fact.outcome,
    mergedInto: null,
  })
  expect(call.endedAt).not.toBeNull()
  expect(call.answeredAt === null).toBe(fact.answeredBy === undefined)
  expect(call.transfers.map(({ at: _, ...rest }) => rest)).toEqual(fact.transfers ?? [])
  expect(
    call.legs.map(({ extension, number, cause, sentBy, result }) => ({
      who: extension ?? number,
      cause,
      sentBy,
      result,
    })),
  ).toEqual(
    fact.legs.map(({ who, cause, sentBy, result }) => ({ who, cause, sentBy: sentBy ?? null, result })),
  )
  for (const [index, leg] of fact.legs.entries()) {
    const heard = call.legs[index]
    if (heard && timed) expectSeconds(heard, leg)
  }
}

function expectSeconds(leg: ExchangeLeg, fact: LegFacts): void {
  const near = (heard: number | null, told: number, what: string) =>
    expect(Math.abs((heard ?? Number.NaN) - told), `${what} of ${fact.who}: ${heard}`).toBeLessThan(0.1)
  if (fact.ring === undefined) {
    expect([leg.ringingAt, leg.ringSeconds, leg.rings]).toEqual([null, null, null])
  } else {
    near(leg.ringSeconds, fact.ring, 'ring')
    expect(leg.rings).toBe(Math.floor(fact.ring / 5 + 1e-9) + 1)
  }
  near(leg.talkSeconds, fact.talk ?? 0, 'talk')
  near(leg.heldSeconds, fact.held ?? 0, 'hold')
}
