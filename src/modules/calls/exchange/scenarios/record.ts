/** For tests: a call record in one line, so that a scenario says beside its events what must come of them. */
import { Framer } from '../framing.ts'
import type { ExchangeCall, ExchangeLeg } from '../link.ts'
import type { Pbx } from '../test-pbx.ts'
import { lastOfEach } from '../testing.ts'
import { Tracker } from '../tracker.ts'

export interface Scenario {
  readonly name: string
  readonly play: (pbx: Pbx) => void
  /** One line for each call, first the caller. */
  readonly records: readonly string[]
}

const round = (seconds: number | null): string => (seconds === null ? '–' : String(Math.round(seconds)))

function legText({
  extension,
  number,
  cause,
  sentBy,
  result,
  ringSeconds,
  talkSeconds,
  heldSeconds,
}: ExchangeLeg) {
  const from = sentBy === null ? '' : `<${sentBy}`
  const held = heldSeconds === 0 ? '' : ` h${round(heldSeconds)}`
  return `${extension ?? number} ${cause}${from} ${result} r${round(ringSeconds)} t${round(talkSeconds)}${held}`
}

export function recordText(call: ExchangeCall): string {
  const { direction, callerNumber, dialled, queue, outcome, answeredBy, endedBy, legs, transfers } = call
  const waited = queue === null ? '' : ` queue ${queue}`
  const by = answeredBy === null ? '' : ` by ${answeredBy}`
  return [
    `${direction} ${callerNumber} > ${dialled}${waited}: ${outcome}${by}, end ${endedBy}`,
    ...legs.map(legText),
    ...transfers.map(({ kind, by: from, to, result }) => `${kind} ${from} > ${to} ${result}`),
  ].join(' | ')
}

export function heardFrom(
  bytes: Buffer,
  trunks: readonly string[] = ['PJSIP/trunk', 'DAHDI/i1'],
): ExchangeCall[] {
  const framer = new Framer(undefined, false)
  const tracker = new Tracker({ trunks, ringCadenceSeconds: 5 })
  const calls = framer.push(bytes).flatMap((message) => tracker.handle(message, 0).calls)
  return lastOfEach(calls)
}
