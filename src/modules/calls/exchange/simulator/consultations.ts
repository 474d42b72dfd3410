/** Attended transfer by order (Atxfer): the exchange asks through a Local pair. PURE but for random names. */
import type { Calls } from './calls.ts'
import { channelHeaders, type SimulatedChannel } from './wire.ts'

interface Consultation {
  readonly colleague: SimulatedChannel
  readonly waiting: SimulatedChannel
  readonly near: SimulatedChannel
  readonly far: SimulatedChannel
  target: SimulatedChannel | null
}

export class Consultations {
  readonly #calls: Calls
  readonly #open = new Map<SimulatedChannel, Consultation>()

  constructor(calls: Calls) {
    this.#calls = calls
  }

  /** The colleague leaves the caller to ask somebody else; ended by hanging up, which joins the two. */
  begin(colleague: SimulatedChannel, to: string): boolean {
    const { board } = this.#calls
    const waiting = board.peer(colleague)
    const phone = board.phones.get(to)
    if (waiting === null || !phone?.registered) return false
    board.leave(colleague)
    board.tell('MusicOnHoldStart', [...channelHeaders(waiting), ['Class', 'default']])
    const pair = `Local/${to}@${board.context}-${crypto.randomUUID().slice(0, 8)}`
    const half = (side: 1 | 2) =>
      board.open(`${pair};${side}`, {
        extension: null,
        state: side === 1 ? 0 : 4,
        linkedId: colleague.linkedId,
        exten: to,
      })
    const [near, far] = [half(1), half(2)]
    board.tell('LocalBridge', [...channelHeaders(near, 'LocalOne'), ...channelHeaders(far, 'LocalTwo')])
    const consultation: Consultation = { colleague, waiting, near, far, target: null }
    this.#open.set(colleague, consultation)
    const target = this.#calls.leg(phone, far)
    this.#calls.dial(far, target, to, this.#calls.rules.ringFor, {
      answered: () => {
        consultation.target = target
        board.setState(far, 6)
        board.setState(near, 6)
        board.tellDial('DialEnd', colleague, near, ['DialStatus', 'ANSWER'])
        board.join(target, far)
        board.join(near, colleague)
      },
      failed: () => this.#returnToCaller(consultation),
    })
    return true
  }

  #returnToCaller({ colleague, waiting, near, far }: Consultation): void {
    const { board } = this.#calls
    this.#open.delete(colleague)
    board.hangUp(far, '16')
    board.hangUp(near, '16')
    if (waiting.gone || colleague.gone) return
    board.tell('MusicOnHoldStop', channelHeaders(waiting))
    board.leave(waiting)
    board.join(waiting, colleague)
  }

  /** The one who was asked hangs up: the colleague is back with the caller. False when nobody was asked there. */
  targetLeaves(target: SimulatedChannel): boolean {
    for (const consultation of this.#open.values())
      if (consultation.target === target) {
        this.#calls.board.hangUp(target, '16')
        this.#returnToCaller(consultation)
        return true
      }
    return false
  }

  /** The colleague hangs up: the caller and the one asked are joined. False when it asked nobody. */
  leave(colleague: SimulatedChannel): boolean {
    const consultation = this.#open.get(colleague)
    if (consultation === undefined) return false
    const { waiting, near, far, target } = consultation
    const { board } = this.#calls
    this.#open.delete(colleague)
    if (target === null || target.gone || waiting.gone) {
      this.#calls.stopDialling(far)
      board.hangUp(far, '16')
      board.hangUp(near, '16')
      board.hangUp(colleague, '16')
      this.#calls.end(waiting, 'order')
      return true
    }
    board.tell('AttendedTransfer', [
      ['Result', 'Success'],
      ...channelHeaders(colleague, 'OrigTransferer'),
      ...channelHeaders(colleague, 'SecondTransferer'),
      ...channelHeaders(waiting, 'Transferee'),
      ['IsExternal', 'No'],
      ['DestType', 'Bridge'],
      ['DestBridgeUniqueid', target.bridge ?? ''],
    ])
    board.leave(colleague)
    board.hangUp(near, '16')
    board.leave(waiting)
    if (target.bridge !== null) board.enter(waiting, target.bridge)
    board.hangUp(far, '16')
    board.hangUp(colleague, '16')
    return true
  }
}
