/** For tests: calls that are not a customer's call to one phone: from inside, over an application, out of a conference. */
import type { Line } from '../test-pbx.ts'
import type { Scenario } from './record.ts'

export const houses: readonly Scenario[] = [
  {
    name: 'a colleague called a customer and hands them on after asking',
    play(pbx) {
      const own = pbx.lifts('8000', '13800138000')
      const mobile = pbx.dial(own, 'PJSIP/trunk', { dialString: '13800138000@trunk' })
      pbx.wait(5).answer(own, mobile)
      pbx.wait(4).prefixed('Hold', [['', own]], ['MusicClass: default'])
      const second = pbx.lifts('8000', '2222')
      const target = pbx.dial(second, 'PJSIP/2222')
      pbx.wait(3)
      const room = pbx.answer(second, target)
      pbx.wait(6).leave(mobile).enter(room, mobile, second)
      pbx.attendedTransfer(
        [
          ['OrigTransferer', own],
          ['SecondTransferer', second],
          ['Transferee', mobile],
          ['TransferTarget', target],
        ],
        ['DestType: Bridge', `DestBridgeUniqueid: ${room.id}`],
      )
      pbx.leave(own).hangup(own).hangup(second).wait(8).ends(mobile, target)
    },
    records: [
      'out 8000 > 13800138000: answered by 13800138000, end callee | 13800138000 dial answered r5 t21 h9 | 2222 consultation<8000 answered r3 t14 | attended 8000 > 2222 answered',
    ],
  },
  {
    name: 'a colleague asked first and is called afterwards: whom they hand over is the caller of the record',
    play(pbx) {
      const own = pbx.lifts('8000', '2222')
      const target = pbx.dial(own, 'PJSIP/2222')
      pbx.wait(1)
      const room = pbx.answer(own, target)
      pbx.wait(9)
      const caller = pbx.lifts('8171', '8000')
      const phone = pbx.dial(caller, 'PJSIP/8000')
      pbx.wait(2).answer(caller, phone)
      pbx.wait(3).leave(caller).enter(room, caller, own)
      pbx.attendedTransfer(
        [
          ['OrigTransferer', phone],
          ['SecondTransferer', own],
          ['Transferee', caller],
          ['TransferTarget', target],
        ],
        ['DestType: Bridge', `DestBridgeUniqueid: ${room.id}`],
      )
      pbx.leave(phone).hangup(phone).hangup(own).wait(6).ends(caller, target)
    },
    records: [
      'internal 8171 > 8000: answered by 8000, end caller | 2222 consultation<8000 answered r1 t20 | 8000 dial answered r2 t3 | attended 8000 > 2222 answered',
    ],
  },
  {
    name: 'two calls of one colleague joined by merging their bridges',
    play(pbx) {
      const line = pbx.incoming()
      const phone = pbx.dial(line, 'PJSIP/8000')
      pbx.wait(3)
      const first = pbx.answer(line, phone)
      pbx.wait(4)
      const own = pbx.lifts('8000', '2222')
      const target = pbx.dial(own, 'PJSIP/2222')
      pbx.wait(2)
      const second = pbx.answer(own, target)
      pbx.wait(5).event('BridgeMerge', [`ToBridgeUniqueid: ${first.id}`, `FromBridgeUniqueid: ${second.id}`])
      pbx.leave(own).enter(first, own).leave(target).enter(first, target)
      pbx.attendedTransfer(
        [
          ['OrigTransferer', phone],
          ['SecondTransferer', own],
        ],
        ['DestType: Bridge', `DestBridgeUniqueid: ${first.id}`],
      )
      pbx.leave(own).leave(phone).hangup(own).hangup(phone).wait(6).ends(target, line)
    },
    records: [
      'in 13912345678 > 66668000: answered by 8000, end callee | 8000 dial answered r3 t11 | 2222 consultation<8000 answered r2 t11 | attended 8000 > 2222 answered',
    ],
  },
  {
    name: 'an application takes the call and rings a phone for it (ARI)',
    play(pbx) {
      const line = pbx.incoming()
      pbx.answerByPbx(line).newexten(line, 'Stasis', 'desk')
      const room = pbx.room('stasis', 'softmix')
      pbx.enter(room, line).wait(2)
      const phone = pbx.dial(null, 'PJSIP/8000')
      pbx.wait(4).pickUp(null, phone).enter(room, phone).wait(7).ends(line, phone)
    },
    records: ['in 13912345678 > 66668000: answered by 8000, end caller | 8000 redirect answered r4 t7'],
  },
  {
    name: 'a ring group with the own mobile in it: the mobile takes it',
    play(pbx) {
      const line = pbx.incoming()
      const phone = pbx.dial(line, 'PJSIP/8000')
      const mobile = pbx.dial(line, 'PJSIP/trunk', { dialString: '13800138000@trunk' })
      pbx.wait(9).dialEnd(line, phone, 'CANCEL').answer(line, mobile)
      pbx.hangup(phone, 26).wait(5).ends(mobile, line)
    },
    records: [
      'in 13912345678 > 66668000: answered by 13800138000, end callee | 8000 dial elsewhere r9 t0 | 13800138000 dial answered r9 t5',
    ],
  },
  {
    name: 'one extension with two devices',
    play(pbx) {
      const line = pbx.incoming()
      const [desk, soft] = [
        pbx.dial(line, 'PJSIP/8000', { dialString: '8000/sip:8000@10.0.0.5:5060' }),
        pbx.dial(line, 'PJSIP/8000', { dialString: '8000/sip:8000@10.0.0.6:5060' }),
      ] as [Line, Line]
      pbx.wait(3).dialEnd(line, desk, 'CANCEL').answer(line, soft)
      pbx.hangup(desk, 26).wait(4).ends(line, soft)
    },
    records: [
      'in 13912345678 > 66668000: answered by 8000, end caller | 8000 dial elsewhere r3 t0 | 8000 dial answered r3 t4',
    ],
  },
  {
    name: 'put back to the desk: a redirect while it rings',
    play(pbx) {
      const line = pbx.incoming()
      const phone = pbx.dial(line, 'PJSIP/8000')
      pbx.wait(4).dialEnd(line, phone, 'CANCEL').hangup(phone, 0).set(line, { exten: '8171' })
      const next = pbx.dial(line, 'PJSIP/8171')
      pbx.wait(3).answer(line, next)
      pbx.wait(4).ends(line, next)
    },
    records: [
      'in 13912345678 > 66668000: answered by 8171, end caller | 8000 dial cancelled r4 t0 | 8171 dial answered r3 t4',
    ],
  },
  {
    name: 'a call listened to by a supervisor: a call of its own, no talk',
    play(pbx) {
      const line = pbx.incoming()
      const phone = pbx.dial(line, 'PJSIP/8000')
      pbx.wait(3).answer(line, phone)
      const chief = pbx.lifts('8300', '*558000')
      pbx.answerByPbx(chief).newexten(chief, 'ChanSpy', phone.name)
      pbx.prefixed(
        'ChanSpyStart',
        [
          ['Spyer', chief],
          ['Spyee', phone],
        ],
        [],
      )
      pbx.wait(5).requests(chief, 16).hangup(chief).wait(2).ends(line, phone)
    },
    records: [
      'in 13912345678 > 66668000: answered by 8000, end caller | 8000 dial answered r3 t7',
      'internal 8300 > *558000: abandoned, end caller',
    ],
  },
  {
    name: 'first into a conference, which a voice announces: waiting alone is no talk',
    play(pbx) {
      const room = pbx.room('base', 'softmix')
      const line = pbx.incoming('66668600')
      pbx.answerByPbx(line).enter(room, line)
      const voice = pbx.line('CBAnn/600', { state: 6 })
      pbx.enter(room, voice).wait(20).requests(line, 16).hangup(line).hangup(voice)
    },
    records: ['in 13912345678 > 66668600: abandoned, end caller'],
  },
  {
    name: 'handed over out of a conference of three while the target rings',
    play(pbx) {
      const line = pbx.incoming()
      const phone = pbx.dial(line, 'PJSIP/8000')
      pbx.wait(3)
      const room = pbx.answer(line, phone)
      const own = pbx.lifts('8000', '2222')
      const target = pbx.dial(own, 'PJSIP/2222')
      const [near, far] = pbx.local('_attended@transfer/m', line)
      pbx.joined(near, far).enter(room, near, phone)
      pbx.attendedTransfer(
        [
          ['OrigTransferer', phone],
          ['SecondTransferer', own],
        ],
        ['DestType: App', 'DestApp: Dial'],
      )
      pbx.masquerade(own, far).hangup(phone).hangup(own).wait(4).answer(far, target)
      pbx.wait(6).requests(line, 16).leave(line).leave(near).leave(far).leave(target)
      pbx.hangup(near).hangup(far).hangup(target).hangup(line)
    },
    records: [
      'in 13912345678 > 66668000: answered by 8000, end caller | 8000 dial answered r3 t0 | 2222 consultation<8000 answered r4 t6 | attended 8000 > 2222 answered',
    ],
  },
]
