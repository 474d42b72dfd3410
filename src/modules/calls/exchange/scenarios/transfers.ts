/** For tests: calls handed on: after bridge.c, bridge_basic.c and pickup.c. */
import type { Line, Pbx } from '../test-pbx.ts'
import type { Scenario } from './record.ts'

/** The customer and 8000 speak. */
const talking = (pbx: Pbx, ring = 3, talk = 5): [line: Line, phone: Line] => {
  const line = pbx.incoming()
  const phone = pbx.dial(line, 'PJSIP/8000')
  pbx.wait(ring).answer(line, phone)
  pbx.wait(talk)
  return [line, phone]
}

const hold = (pbx: Pbx, line: Line) => pbx.prefixed('Hold', [['', line]], ['MusicClass: default'])
const unhold = (pbx: Pbx, line: Line) => pbx.prefixed('Unhold', [['', line]], [])

/** SIP: the second call of 8000; it has a Linkedid of its own. */
const consults = (
  pbx: Pbx,
  phone: Line,
  to: readonly string[],
  dialled = to[0] ?? '',
): [own: Line, targets: Line[]] => {
  hold(pbx, phone).wait(1)
  const own = pbx.lifts('8000', dialled)
  pbx.newexten(own, 'Dial')
  return [own, to.map((who) => pbx.dial(own, `PJSIP/${who}`))]
}

/**
 * REFER with Replaces while the second call of the colleague is in no bridge: the customer is moved into the channel
 * that dials (or queues), what is left of that is hung up.
 */
const handOver = (pbx: Pbx, line: Line, phone: Line, own: Line, app: string) => {
  unhold(pbx, phone)
  pbx.leave(phone).attendedTransfer(
    [
      ['OrigTransferer', phone],
      ['SecondTransferer', own],
      ['Transferee', line],
    ],
    ['DestType: App', `DestApp: ${app}`],
  )
  pbx.masquerade(own, line).hangup(phone).hangup(own)
}

/** *2 or an order Atxfer: the colleague waits with the first half of a Local channel in a bridge of their own. */
const featureConsults = (pbx: Pbx, line: Line, phone: Line, to: string, rings = true) => {
  const home = line.bridge
  pbx.event('DTMFEnd', [
    `Channel: ${phone.name}`,
    `Uniqueid: ${phone.id}`,
    `Linkedid: ${phone.linked}`,
    'Digit: 2',
  ])
  const room = pbx.room()
  const [near, far] = pbx.local(to, phone)
  pbx.joined(near, far).enter(room, near).leave(phone).enter(room, phone)
  pbx.newexten(far, 'Dial', `PJSIP/${to}`)
  const target = pbx.dial(far, `PJSIP/${to}`, { rings })
  return { home, room, near, far, target }
}

export const transfers: readonly Scenario[] = [
  {
    name: 'consultation is refused, back to the customer',
    play(pbx) {
      const [line, phone] = talking(pbx)
      const [own, [target]] = consults(pbx, phone, ['2222']) as [Line, [Line]]
      pbx.wait(2).refuse(own, target, 'NOANSWER', 21).hangup(own, 21)
      unhold(pbx, phone).wait(4).ends(line, phone)
    },
    records: [
      'in 13912345678 > 66668000: answered by 8000, end caller | 8000 dial answered r3 t12 h3',
      'internal 8000 > 2222: rejected, end callee | 2222 dial rejected r2 t0',
    ],
  },
  {
    name: 'consultation speaks and declines, back to the customer',
    play(pbx) {
      const [line, phone] = talking(pbx)
      const [own, [target]] = consults(pbx, phone, ['2222']) as [Line, [Line]]
      pbx.wait(3).answer(own, target)
      pbx.wait(6).ends(target, own)
      unhold(pbx, phone).wait(4).ends(phone, line)
    },
    records: [
      'in 13912345678 > 66668000: answered by 8000, end callee | 8000 dial answered r3 t19 h10',
      'internal 8000 > 2222: answered by 2222, end callee | 2222 dial answered r3 t6',
    ],
  },
  {
    name: 'handed over while the colleague still rings, who answers',
    play(pbx) {
      const [line, phone] = talking(pbx)
      const [own, [target]] = consults(pbx, phone, ['2222']) as [Line, [Line]]
      pbx.wait(2)
      handOver(pbx, line, phone, own, 'Dial')
      pbx.wait(4).answer(line, target)
      pbx.wait(7).ends(line, target)
    },
    records: [
      'in 13912345678 > 66668000: answered by 8000, end caller | 8000 dial answered r3 t8 h3 | 2222 consultation<8000 answered r6 t7 | attended 8000 > 2222 answered',
    ],
  },
  {
    name: 'handed over while a group rings: the first of it answers',
    play(pbx) {
      const [line, phone] = talking(pbx)
      const [own, [a, b]] = consults(pbx, phone, ['2222', '8171'], '600') as [Line, [Line, Line]]
      pbx.wait(2)
      handOver(pbx, line, phone, own, 'Dial')
      pbx.wait(4).dialEnd(line, b, 'CANCEL').answer(line, a)
      pbx.hangup(b, 26).wait(7).ends(line, a)
    },
    records: [
      'in 13912345678 > 66668000: answered by 8000, end caller | 8000 dial answered r3 t8 h3 | 2222 consultation<8000 answered r6 t7 | 8171 consultation<8000 elsewhere r6 t0 | attended 8000 > 600 answered',
    ],
  },
  {
    name: 'handed over while the colleague still rings, who never answers',
    play(pbx) {
      const [line, phone] = talking(pbx)
      const [own, [target]] = consults(pbx, phone, ['2222']) as [Line, [Line]]
      pbx.wait(2)
      handOver(pbx, line, phone, own, 'Dial')
      pbx.wait(18).dialEnd(line, target, 'NOANSWER').hangup(target, 0).hangup(line, 16)
    },
    records: [
      'in 13912345678 > 66668000: answered by 8000, end exchange | 8000 dial answered r3 t8 h3 | 2222 consultation<8000 no-answer r20 t0 | attended 8000 > 2222 no-answer',
    ],
  },
  {
    name: 'handed over into a queue',
    play(pbx) {
      const [line, phone] = talking(pbx)
      const [own] = consults(pbx, phone, [], '8500')
      pbx.answerByPbx(own).queue(own, 'QueueCallerJoin').wait(3)
      handOver(pbx, line, phone, own, 'Queue')
      const agent = pbx.request(line, 'PJSIP/8171')
      pbx.agent('AgentCalled', line, agent).dialBegin(line, agent, 'PJSIP/8171').rings(line, agent)
      pbx.wait(5).pickUp(line, agent).queue(line, 'QueueCallerLeave')
      const room = pbx.room()
      pbx.enter(room, agent).enter(room, line).wait(6).ends(line, agent)
    },
    records: [
      'in 13912345678 > 66668000 queue service: answered by 8000, end caller | 8000 dial answered r3 t9 h4 | 8171 queue<8000 answered r5 t6 | attended 8000 > 8500 answered',
    ],
  },
  {
    name: '*2: the colleague answers, the transfer is completed',
    play(pbx) {
      const [line, phone] = talking(pbx)
      const { home, room, near, far, target } = featureConsults(pbx, line, phone, '2222')
      pbx.wait(4).answer(far, target)
      pbx.state(near, 6).wait(6).leave(phone)
      pbx.event('BridgeMerge', [`ToBridgeUniqueid: ${home?.id}`, `FromBridgeUniqueid: ${room.id}`])
      if (home) pbx.leave(near).enter(home, near)
      pbx.attendedTransfer(
        [
          ['OrigTransferer', phone],
          ['SecondTransferer', phone],
          ['Transferee', line],
        ],
        ['DestType: Bridge', `DestBridgeUniqueid: ${home?.id}`],
      )
      pbx.hangup(phone).optimise(near, far, target)
      pbx.wait(9).ends(line, target)
    },
    records: [
      'in 13912345678 > 66668000: answered by 8000, end caller | 8000 dial answered r3 t11 | 2222 consultation<8000 answered r4 t15 | attended 8000 > 2222 answered',
    ],
  },
  {
    name: '*2: the colleague is busy, back to the customer',
    play(pbx) {
      const [line, phone] = talking(pbx)
      const { home, near, far, target } = featureConsults(pbx, line, phone, '2222', false)
      pbx.refuse(far, target, 'BUSY', 17).hangup(far, 17).hangup(near, 17).leave(phone)
      if (home) pbx.enter(home, phone)
      pbx.wait(4).ends(line, phone)
    },
    records: [
      'in 13912345678 > 66668000: answered by 8000, end caller | 8000 dial answered r3 t9 | 2222 consultation<8000 busy r– t0',
    ],
  },
  {
    name: '*2, hung up while the colleague rings, who does not answer: the exchange calls the first one back',
    play(pbx) {
      const [line, phone] = talking(pbx)
      const { home, room, near, far, target } = featureConsults(pbx, line, phone, '2222')
      pbx.wait(3).requests(phone, 16).leave(phone)
      pbx.event('BridgeMerge', [`ToBridgeUniqueid: ${home?.id}`, `FromBridgeUniqueid: ${room.id}`])
      if (home) pbx.leave(near).enter(home, near)
      pbx.attendedTransfer(
        [
          ['OrigTransferer', phone],
          ['SecondTransferer', phone],
          ['Transferee', line],
        ],
        ['DestType: Bridge', `DestBridgeUniqueid: ${home?.id}`],
      )
      pbx
        .hangup(phone)
        .wait(12)
        .dialEnd(far, target, 'NOANSWER')
        .hangup(target, 0)
        .hangup(far, 19)
        .hangup(near, 19)
      const back = pbx.dial(null, 'PJSIP/8000')
      pbx.wait(4).pickUp(null, back)
      if (home) pbx.enter(home, back)
      pbx.wait(6).ends(line, back)
    },
    records: [
      'in 13912345678 > 66668000: answered by 8000, end caller | 8000 dial answered r3 t5 | 2222 consultation<8000 no-answer r15 t0 | 8000 redirect answered r4 t6 | attended 8000 > 2222 no-answer',
    ],
  },
  {
    name: 'the caller hands on whom they called',
    play(pbx) {
      const own = pbx.lifts('8000', '8171')
      const other = pbx.dial(own, 'PJSIP/8171')
      pbx.wait(2).answer(own, other)
      pbx
        .wait(3)
        .blindTransfer(own, other, '2222')
        .leave(own)
        .leave(other)
        .hangup(own)
        .set(other, { exten: '2222' })
      const target = pbx.dial(other, 'PJSIP/2222')
      pbx.wait(4).answer(other, target)
      pbx.wait(5).ends(target, other)
    },
    records: [
      'internal 8000 > 8171: answered by 8171, end callee | 8171 dial answered r2 t8 | 2222 blind-transfer<8000 answered r4 t5 | blind 8000 > 2222 answered',
    ],
  },
  {
    name: 'handed on to a ring group: one answers',
    play(pbx) {
      const [line, phone] = talking(pbx)
      pbx.blindTransfer(phone, line, '600').leave(phone).leave(line).hangup(phone).set(line, { exten: '600' })
      const [a, b] = [pbx.dial(line, 'PJSIP/8171'), pbx.dial(line, 'PJSIP/2222')]
      pbx.wait(6).dialEnd(line, b, 'CANCEL').answer(line, a)
      pbx.hangup(b, 26).wait(5).ends(line, a)
    },
    records: [
      'in 13912345678 > 66668000: answered by 8000, end caller | 8000 dial answered r3 t5 | 8171 blind-transfer<8000 answered r6 t5 | 2222 blind-transfer<8000 elsewhere r6 t0 | blind 8000 > 600 answered',
    ],
  },
  {
    name: 'handed on twice',
    play(pbx) {
      const [line, phone] = talking(pbx)
      pbx.blindTransfer(phone, line, '8171').leave(phone).leave(line).hangup(phone)
      const second = pbx.dial(line, 'PJSIP/8171')
      pbx.wait(2).answer(line, second)
      pbx.wait(4).blindTransfer(second, line, '2222').leave(second).leave(line).hangup(second)
      const third = pbx.dial(line, 'PJSIP/2222')
      pbx.wait(9).requests(line, 16).dialEnd(line, third, 'CANCEL').hangup(third, 127).hangup(line)
    },
    records: [
      'in 13912345678 > 66668000: answered by 8000, end caller | 8000 dial answered r3 t5 | 8171 blind-transfer<8000 answered r2 t4 | 2222 blind-transfer<8171 cancelled r9 t0 | blind 8000 > 8171 answered | blind 8171 > 2222 cancelled',
    ],
  },
  {
    name: 'an order Redirect takes both into a conference',
    play(pbx) {
      const [line, phone] = talking(pbx)
      pbx.leave(line).leave(phone)
      const room = pbx.room('base', 'softmix')
      pbx.newexten(line, 'ConfBridge', '600').enter(room, line)
      // The called phone runs no plan of its own: a helper channel is made for it, and dies as a zombie.
      const helper = pbx.line(`AsyncGoto/${phone.name}`, { state: 6, linked: phone.linked })
      pbx.masquerade(helper, phone).hangup(helper).newexten(phone, 'ConfBridge', '600').enter(room, phone)
      const third = pbx.lifts('2222', '600')
      pbx.answerByPbx(third).enter(room, third).wait(10).requests(third, 16).hangup(third)
      pbx.wait(5).requests(line, 16).hangup(line).requests(phone, 16).hangup(phone)
    },
    records: [
      'in 13912345678 > 66668000: answered by 8000, end callee | 8000 dial answered r3 t20',
      'internal 2222 > 600: answered by 13912345678, end caller',
    ],
  },
]
