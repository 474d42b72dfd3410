/** For tests: parked, picked up, conferences, and the calls of other channel drivers: res_parking.c, pickup.c. */
import type { Line, Pbx } from '../test-pbx.ts'
import { head, type Room } from '../test-pbx.ts'
import type { Scenario } from './record.ts'

const talking = (pbx: Pbx): [line: Line, phone: Line] => {
  const line = pbx.incoming()
  const phone = pbx.dial(line, 'PJSIP/8000')
  pbx.wait(3).answer(line, phone)
  pbx.wait(5)
  return [line, phone]
}

const parked = (pbx: Pbx, event: string, line: Line, more: readonly string[] = []) =>
  pbx.event(event, [
    ...head('Parkee', line),
    'ParkerDialString: PJSIP/8000',
    'Parkinglot: default',
    'ParkingSpace: 701',
    'ParkingTimeout: 45',
    'ParkingDuration: 0',
    ...more,
  ])

/** All who are parked stand in one bridge that lets nobody speak. */
const lot = (pbx: Pbx): Room => {
  const room = pbx.room('parking', 'holding_bridge')
  const stranger = pbx.line('PJSIP/trunk', { state: 6, exten: '66668000', num: '13700000000' })
  pbx.enter(room, stranger)
  return room
}

const park = (pbx: Pbx, line: Line, phone: Line, room: Room, feature = false) => {
  if (!feature) pbx.blindTransfer(phone, line, '700')
  pbx.leave(line).enter(room, line)
  parked(pbx, 'ParkedCall', line).leave(phone).hangup(phone)
}

const stranger = 'in 13700000000 > 66668000: open, end null'

const takes = (pbx: Pbx, line: Line, who: string) => {
  const taker = pbx.lifts(who, '701')
  pbx.answerByPbx(taker).newexten(taker, 'ParkedCall', 'default,701')
  parked(pbx, 'UnParkedCall', line, head('Retriever', taker))
  const room = pbx.room()
  pbx.leave(line).enter(room, line).enter(room, taker)
  return taker
}

export const others: readonly Scenario[] = [
  {
    name: 'parked by transfer, fetched by a colleague',
    play(pbx) {
      const room = lot(pbx)
      const [line, phone] = talking(pbx)
      park(pbx, line, phone, room)
      pbx.wait(20)
      const taker = takes(pbx, line, '8171')
      pbx.wait(9).ends(line, taker)
    },
    records: [
      stranger,
      'in 13912345678 > 66668000: answered by 8000, end caller | 8000 dial answered r3 t5 | 8171 pickup<8000 answered r– t9 | blind 8000 > 700 answered',
    ],
  },
  {
    name: 'parked by feature code, fetched by who parked it',
    play(pbx) {
      const [line, phone] = talking(pbx)
      park(pbx, line, phone, pbx.room('parking', 'holding_bridge'), true)
      pbx.wait(20)
      const taker = takes(pbx, line, '8000')
      pbx.wait(9).ends(taker, line)
    },
    records: [
      'in 13912345678 > 66668000: answered by 8000, end callee | 8000 dial answered r3 t5 | 8000 pickup<8000 answered r– t9',
    ],
  },
  {
    name: 'parked by feature code, nobody comes: rings again where it was',
    play(pbx) {
      const [line, phone] = talking(pbx)
      park(pbx, line, phone, pbx.room('parking', 'holding_bridge'), true)
      pbx.wait(45)
      parked(pbx, 'ParkedCallTimeOut', line).leave(line)
      pbx.set(line, { exten: 'PJSIP_8000', context: 'park-dial' }).newexten(line, 'Dial', 'PJSIP/8000')
      const again = pbx.dial(line, 'PJSIP/8000')
      pbx.wait(2).answer(line, again)
      pbx.wait(9).ends(line, again)
    },
    records: [
      'in 13912345678 > 66668000: answered by 8000, end caller | 8000 dial answered r3 t5 | 8000 dial answered r2 t9',
    ],
  },
  {
    name: 'parked by transfer, nobody comes: rings again where it was',
    play(pbx) {
      const [line, phone] = talking(pbx)
      park(pbx, line, phone, pbx.room('parking', 'holding_bridge'))
      pbx.wait(45)
      parked(pbx, 'ParkedCallTimeOut', line).leave(line)
      pbx.set(line, { exten: 'PJSIP_8000', context: 'park-dial' }).newexten(line, 'Dial', 'PJSIP/8000')
      const again = pbx.dial(line, 'PJSIP/8000')
      pbx.wait(2).answer(line, again)
      pbx.wait(9).ends(line, again)
    },
    records: [
      'in 13912345678 > 66668000: answered by 8000, end caller | 8000 dial answered r3 t5 | 8000 dial answered r2 t9 | blind 8000 > 700 no-answer',
    ],
  },
  {
    name: 'parked, the caller gives up',
    play(pbx) {
      const [line, phone] = talking(pbx)
      park(pbx, line, phone, pbx.room('parking', 'holding_bridge'))
      pbx.wait(10).requests(line, 16)
      parked(pbx, 'ParkedCallGiveUp', line).hangup(line)
    },
    records: [
      'in 13912345678 > 66668000: answered by 8000, end caller | 8000 dial answered r3 t5 | blind 8000 > 700 cancelled',
    ],
  },
  {
    name: 'picked up by *8: identities change places',
    play(pbx) {
      const line = pbx.incoming()
      const phone = pbx.dial(line, 'PJSIP/8000')
      pbx.wait(6)
      const taker = pbx.lifts('8171', '*8')
      pbx
        .prefixed(
          'Pickup',
          [
            ['', taker],
            ['Target', phone],
          ],
          [],
        )
        .answerByPbx(taker)
      pbx.masquerade(phone, taker).hangup(phone, 26).dialEnd(line, taker, 'ANSWER').state(line, 6)
      const room = pbx.room()
      pbx
        .enter(room, taker)
        .enter(room, line)
        .wait(7)
        .requests(taker)
        .leave(taker)
        .leave(line)
        .hangup(line)
        .hangup(taker)
    },
    records: [
      'in 13912345678 > 66668000: answered by 8171, end callee | 8000 dial elsewhere r6 t0 | 8171 pickup answered r– t7',
    ],
  },
  {
    name: 'picked up out of a ring group',
    play(pbx) {
      const line = pbx.incoming()
      const [a, b] = [pbx.dial(line, 'PJSIP/8000'), pbx.dial(line, 'PJSIP/2222')]
      pbx.wait(6)
      const taker = pbx.lifts('8171', '*8')
      pbx.answerByPbx(taker).prefixed(
        'Pickup',
        [
          ['', taker],
          ['Target', a],
        ],
        [],
      )
      pbx.masquerade(a, taker).hangup(a, 26).dialEnd(line, b, 'CANCEL').dialEnd(line, taker, 'ANSWER')
      pbx.hangup(b, 26).state(line, 6)
      const room = pbx.room()
      pbx.enter(room, taker).enter(room, line).wait(7).ends(line, taker)
    },
    records: [
      'in 13912345678 > 66668000: answered by 8171, end caller | 8000 dial elsewhere r6 t0 | 2222 dial elsewhere r6 t0 | 8171 pickup answered r– t7',
    ],
  },
  {
    name: 'a conference of three: each a call of its own, and nobody abandoned it',
    play(pbx) {
      const room = pbx.room('base', 'softmix')
      const all = [pbx.incoming('66668600'), pbx.lifts('8000', '8600'), pbx.lifts('2222', '8600')]
      for (const one of all) pbx.answerByPbx(one).newexten(one, 'ConfBridge', '8600').enter(room, one).wait(5)
      for (const one of all) pbx.requests(one, 16).hangup(one)
    },
    records: [
      'in 13912345678 > 66668600: answered by 8000, end caller',
      'internal 8000 > 8600: answered by 13912345678, end caller',
      'internal 2222 > 8600: answered by 13912345678, end caller',
    ],
  },
  {
    name: 'one caller number, two calls to one extension at the same time (call waiting)',
    play(pbx) {
      const one = pbx.incoming()
      const first = pbx.dial(one, 'PJSIP/8000')
      pbx.wait(3).answer(one, first)
      const two = pbx.incoming()
      const second = pbx.dial(two, 'PJSIP/8000')
      pbx
        .wait(4)
        .prefixed('Hold', [['', first]], ['MusicClass: default'])
        .answer(two, second)
      pbx
        .wait(6)
        .ends(two, second)
        .prefixed('Unhold', [['', first]], [])
        .wait(2)
        .ends(first, one)
    },
    records: [
      'in 13912345678 > 66668000: answered by 8000, end callee | 8000 dial answered r3 t12 h6',
      'in 13912345678 > 66668000: answered by 8000, end caller | 8000 dial answered r4 t6',
    ],
  },
  {
    name: 'to the outside over lines of other drivers',
    play(pbx) {
      const own = pbx.line('SIP/8000', { state: 4, exten: '013800138000', num: '8000' })
      const out = pbx.dial(own, 'DAHDI/i1/013800138000', { dialString: 'g0/013800138000', rings: false })
      pbx.wait(1).dialState(own, out, 'PROGRESS').wait(4).answer(own, out)
      pbx.wait(6).ends(own, out)
    },
    records: [
      'out 8000 > 013800138000: answered by 013800138000, end caller | 013800138000 dial answered r4 t6',
    ],
  },
  {
    name: 'a trunk that refuses: no such number',
    play(pbx) {
      const own = pbx.lifts('8000', '13800138000')
      const out = pbx.dial(own, 'PJSIP/trunk', {
        dialString: 'trunk/sip:13800138000@10.0.0.9:5060',
        rings: false,
      })
      pbx.wait(1).refuse(own, out, 'NOANSWER', 1).hangup(own, 1)
    },
    records: ['out 8000 > 13800138000: failed, end callee | 13800138000 dial failed r– t0'],
  },
  {
    name: 'one trunk is out of order, the next takes it; the mobile is busy',
    play(pbx) {
      const own = pbx.lifts('8000', '13800138000')
      const first = pbx.dial(own, 'PJSIP/trunk', { dialString: '13800138000@trunk', rings: false })
      pbx.wait(1).refuse(own, first, 'NOANSWER', 38)
      const second = pbx.dial(own, 'PJSIP/trunk', { dialString: '13800138000@trunk' })
      pbx.wait(3).refuse(own, second, 'BUSY', 17).wait(2).requests(own, 17).hangup(own, 17)
    },
    records: [
      'out 8000 > 13800138000: busy, end caller | 13800138000 dial failed r– t0 | 13800138000 dial<13800138000 busy r3 t0',
    ],
  },
  {
    name: 'a refusal that an older driver calls busy',
    play(pbx) {
      const line = pbx.incoming()
      const phone = pbx.dial(line, 'SIP/8000')
      pbx.wait(3).refuse(line, phone, 'BUSY', 21).hangup(line, 21)
    },
    records: ['in 13912345678 > 66668000: rejected, end callee | 8000 dial rejected r3 t0'],
  },
  {
    name: 'a phone that is not to be disturbed, or not registered',
    play(pbx) {
      const line = pbx.incoming()
      const phone = pbx.dial(line, 'PJSIP/8000', { rings: false })
      pbx.refuse(line, phone, 'NOANSWER', 19)
      const other = pbx.dial(line, 'PJSIP/8171', { rings: false })
      pbx.refuse(line, other, 'CHANUNAVAIL', 20).hangup(line, 20)
    },
    records: [
      'in 13912345678 > 66668000: failed, end callee | 8000 dial no-answer r– t0 | 8171 dial<8000 failed r– t0',
    ],
  },
  {
    name: 'a caller from an address, not over a known trunk',
    play(pbx) {
      const line = pbx.line('SIP/203.0.113.9', { state: 4, exten: '66668000', num: 'anonymous' })
      const phone = pbx.dial(line, 'PJSIP/8000')
      pbx.wait(1).answer(line, phone)
      pbx.wait(1).ends(line, phone)
    },
    records: ['in null > 66668000: answered by 8000, end caller | 8000 dial answered r1 t1'],
  },
  {
    name: 'an analogue phone: off the hook first, then it dials',
    play(pbx) {
      const own = pbx.line('DAHDI/5', { state: 1, exten: '', num: '8005' })
      pbx.wait(4).set(own, { exten: '8171' }).state(own, 4).newexten(own, 'Dial')
      const phone = pbx.dial(own, 'PJSIP/8171')
      pbx.wait(2).answer(own, phone)
      pbx.wait(3).ends(own, phone)
    },
    records: ['internal 5 > 8171: answered by 8171, end caller | 8171 dial answered r2 t3'],
  },
  {
    name: 'click-to-dial through a Local channel',
    play(pbx) {
      const [near, far] = pbx.local('8000', null)
      pbx.joined(near, far).dialBegin(null, near, '8000@internal').newexten(far, 'Dial')
      const own = pbx.dial(far, 'PJSIP/8000')
      pbx.wait(2).answer(far, own)
      pbx.pickUp(null, near).set(near, { exten: '8171' }).newexten(near, 'Dial')
      const other = pbx.dial(near, 'PJSIP/8171')
      pbx.wait(3).answer(near, other)
      pbx.optimise(near, far, own).wait(6).ends(own, other)
    },
    records: [
      'internal 8000 > 8171: answered by 8171, end caller | 8000 originate answered r2 t6 | 8171 dial answered r3 t6',
    ],
  },
]
