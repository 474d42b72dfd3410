/** Phones that ring for a call, and what came of it. PURE. */
import type { Message } from '../framing.ts'
import type { ExchangeLeg, LegResult } from '../link.ts'
import type { Book, Call, Channel, Leg } from './book.ts'
import { known, numberOfDialString } from './names.ts'

/** A queue may ring its agents for an hour; beyond this the oldest unanswered leg makes room. */
const legsKept = 200

export interface NewLeg {
  readonly cause: ExchangeLeg['cause']
  readonly sentBy: string | null
  readonly origin: Channel | null
  readonly number: string | null
}

export function addLeg(
  book: Book,
  channel: Channel,
  at: number,
  { cause, sentBy, origin, number }: NewLeg,
): Leg {
  const call = channel.call
  const leg: Leg = {
    channel,
    id: channel.id,
    extension: channel.extension,
    number,
    cause,
    sentBy,
    origin,
    beganAt: at,
    // Newstate may tell of ringing before DialBegin does.
    ringingAt: channel.ringingAt,
    progressAt: null,
    answeredAt: null,
    endedAt: null,
    settledAt: null,
    dialEnded: false,
    result: 'ringing',
    measured: true,
    talkMs: 0,
    talkingSince: null,
    heldMs: 0,
    heldSince: null,
    heldBy: null,
  }
  call.legs.push(leg)
  if (call.legs.length > legsKept) {
    const spare = call.legs.findIndex(
      ({ settledAt, answeredAt }) => settledAt !== null && answeredAt === null,
    )
    if (spare >= 0) call.legs.splice(spare, 1)
  }
  call.visible = true
  // It may have asked to end before its DialBegin was told.
  call.request = channel.requested === null ? null : channel
  book.touch(call)
  return leg
}

/** What a DialBegin or DialEnd says was dialled on an outside line. */
export function dialledOn(message: Message, channel: Channel): string | null {
  if (!channel.outside) return null
  const dialString = numberOfDialString(message.get('DialString'))
  const device = channel.name.slice(channel.name.indexOf('/') + 1).replace(/-[^-]*$/, '')
  if (dialString !== null && dialString !== device) return dialString
  const exten = known(message.get('DestExten'))
  return exten !== null && exten !== 's' ? exten : known(message.get('DestCallerIDNum'))
}

export function ring(book: Book, channel: Channel, at: number): void {
  channel.ringingAt ??= at
  const leg = book.legOf(channel)
  if (leg === null || leg.ringingAt !== null || leg.settledAt !== null) return
  leg.ringingAt = at
  book.touch(channel.call)
}

/** Some trunks never say RINGING, only that sound comes. */
export function progress(book: Book, channel: Channel, at: number): void {
  const leg = book.legOf(channel)
  if (leg === null || leg.progressAt !== null || leg.settledAt !== null) return
  leg.progressAt = at
  book.touch(channel.call)
}

export function answer(book: Book, leg: Leg, at: number): void {
  if (leg.answeredAt !== null) return
  leg.answeredAt = at
  leg.settledAt ??= at
  leg.endedAt = null
  leg.result = 'answered'
  book.touch(leg.channel.call)
}

export function settle(book: Book, leg: Leg, result: LegResult, at: number): void {
  if (leg.settledAt !== null) return
  leg.settledAt = at
  leg.endedAt = at
  leg.result = result
  book.touch(leg.channel.call)
}

/** The first DialEnd of a leg counts; queues send more. */
export function dialEnd(book: Book, leg: Leg, message: Message, at: number): void {
  if (leg.dialEnded) return
  leg.dialEnded = true
  const status = message.get('DialStatus') ?? ''
  const forward = known(message.get('Forward'))
  if (status === 'ANSWER') {
    answer(book, leg, at)
    return
  }
  const result = forward === null ? resultOfStatus(leg, status) : 'forwarded'
  if (result === 'forwarded') leg.channel.call.forward = leg.extension ?? leg.number
  // The hang-up may have come first; what Dial() says is more exact than its cause.
  if (leg.answeredAt === null && leg.settledAt !== null && leg.result !== result) {
    leg.result = refined(leg, result, leg.result)
    book.touch(leg.channel.call)
  }
  settle(book, leg, result, at)
}

function resultOfStatus(leg: Leg, status: string): LegResult {
  const asked = leg.channel.requested ? resultOfCause(leg, leg.channel.requested) : null
  switch (status) {
    case 'BUSY':
      return asked === 'rejected' ? asked : 'busy'
    case 'NOANSWER':
      // Dial() says so of every cause it has no word for, also of a number that nobody has.
      return asked === 'rejected' || asked === 'failed' ? asked : 'no-answer'
    case 'CANCEL':
      return takenByOther(leg) ? 'elsewhere' : 'cancelled'
    default:
      // CHANUNAVAIL, CONGESTION; GOTO, CONTINUE and ABORT send the caller somewhere else.
      return /^(GOTO|CONTINUE|ABORT)$/.test(status) ? 'cancelled' : 'failed'
  }
}

const takenByOther = (leg: Leg): boolean =>
  leg.channel.call.legs.some(
    (other) =>
      other !== leg &&
      other.answeredAt !== null &&
      other.cause !== 'originate' &&
      other.answeredAt >= leg.beganAt,
  )

/** NOANSWER also stands for a refusal and for a number nobody has, CANCEL also for "answered elsewhere": the hang-up's cause told which. */
const refined = (leg: Leg, status: LegResult, cause: LegResult): LegResult =>
  ((status === 'no-answer' || status === 'busy') && cause === 'rejected') ||
  (status === 'no-answer' && cause === 'failed' && leg.ringingAt === null && leg.progressAt === null) ||
  (status === 'cancelled' && (cause === 'elsewhere' || cause === 'forwarded'))
    ? cause
    : status

/** A leg's channel is gone: the end of a talk, or of ringing that no DialEnd ended, or the reason behind one. */
export function legGone(book: Book, leg: Leg, cause: string, at: number): void {
  if (leg.answeredAt !== null) {
    leg.endedAt ??= at
    book.touch(leg.channel.call)
  } else if (leg.settledAt === null) settle(book, leg, resultOfCause(leg, cause), at)
  else {
    const better = resultOfCause(leg, cause)
    const now = refined(leg, leg.result, better)
    if (now !== leg.result) {
      leg.result = now
      book.touch(leg.channel.call)
    }
  }
}

function resultOfCause(leg: Leg, cause: string): LegResult {
  switch (cause) {
    case '17':
      return 'busy'
    case '18':
    case '19':
      return 'no-answer'
    case '21':
      return 'rejected'
    case '23':
      return 'forwarded'
    case '26':
      return 'elsewhere'
    case '0':
    case '16':
    case '31':
    case '127':
    case '':
      return takenByOther(leg) ? 'elsewhere' : 'cancelled'
    default:
      return 'failed'
  }
}

export const isOpen = (leg: Leg): boolean => leg.settledAt === null

/** Legs this channel dialled and that nobody picked up, when none of them still rings: the dial plan goes on. */
export function failedBefore(call: Call, origin: Channel): Leg | null {
  const mine = call.legs.filter((leg) => leg.origin === origin)
  const last = mine.at(-1)
  if (last === undefined || mine.some(isOpen) || last.answeredAt !== null) return null
  return ['busy', 'no-answer', 'rejected', 'failed'].includes(last.result) ? last : null
}
