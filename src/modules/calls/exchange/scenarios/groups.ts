/** For tests: ring groups, queues, menus, voicemail: after app_dial.c and app_queue.c. */
import type { Line, Pbx } from '../test-pbx.ts'
import type { Scenario } from './record.ts'

const joins = (pbx: Pbx, line: Line) => {
  pbx.answerByPbx(line).newexten(line, 'Queue', 'service')
  pbx.queue(line, 'QueueCallerJoin')
}

const called = (pbx: Pbx, line: Line, device: string): Line => {
  const phone = pbx.request(line, device)
  pbx.agent('AgentCalled', line, phone).dialBegin(line, phone, device).rings(line, phone)
  return phone
}

/** A phone reached through `Local/…@internal`, dialled by the second half. */
const behindLocal = (pbx: Pbx, line: Line, exten: string, early = false) => {
  const [near, far] = pbx.local(exten, line)
  pbx.joined(near, far)
  const begun = () => pbx.dialBegin(line, near, `${exten}@internal`)
  if (!early) begun()
  pbx.newexten(far, 'Dial', `PJSIP/${exten}`)
  const phone = pbx.dial(far, `PJSIP/${exten}`, { rings: false })
  if (early) begun()
  pbx.rings(far, phone).state(near, 5).dialState(line, near, 'RINGING')
  return { near, far, phone }
}

export const groups: readonly Scenario[] = [
  {
    name: 'ring group of three: one answers, two are cancelled',
    play(pbx) {
      const line = pbx.incoming()
      const [a, b, c] = ['8000', '8171', '2222'].map((who) => pbx.dial(line, `PJSIP/${who}`)) as [
        Line,
        Line,
        Line,
      ]
      pbx.wait(4).state(b, 6).set(b, { exten: '' })
      // Dial() drops the others before it tells of the one that answered.
      pbx.dialEnd(line, a, 'CANCEL').dialEnd(line, c, 'CANCEL').dialEnd(line, b, 'ANSWER')
      pbx.hangup(a, 26).hangup(c, 26).state(line, 6)
      pbx
        .enter(pbx.room(), b)
        .enter(b.bridge ?? pbx.room(), line)
        .wait(6)
        .ends(line, b)
    },
    records: [
      'in 13912345678 > 66668000: answered by 8171, end caller | 8000 dial elsewhere r4 t0 | 8171 dial answered r4 t6 | 2222 dial elsewhere r4 t0',
    ],
  },
  {
    name: 'ring group: one busy, one refuses, the caller gives up on the third',
    play(pbx) {
      const line = pbx.incoming()
      const a = pbx.dial(line, 'PJSIP/8000', { rings: false })
      const b = pbx.dial(line, 'PJSIP/8171')
      const c = pbx.dial(line, 'PJSIP/2222')
      pbx.refuse(line, a, 'BUSY', 17).wait(2).refuse(line, b, 'NOANSWER', 21).wait(7).requests(line, 127)
      pbx.dialEnd(line, c, 'CANCEL').hangup(c, 127).hangup(line, 127)
    },
    records: [
      'in 13912345678 > 66668000: abandoned, end caller | 8000 dial busy r– t0 | 8171 dial rejected r2 t0 | 2222 dial cancelled r9 t0',
    ],
  },
  {
    name: 'ring group times out, then voicemail; the caller leaves a message',
    play(pbx) {
      const line = pbx.incoming()
      const both = [pbx.dial(line, 'PJSIP/8000'), pbx.dial(line, 'PJSIP/8171')]
      pbx.wait(20)
      for (const phone of both) pbx.dialEnd(line, phone, 'NOANSWER')
      for (const phone of both) pbx.hangup(phone, 0)
      pbx.newexten(line, 'VoiceMail', '8000').answerByPbx(line).wait(15).requests(line, 16).hangup(line, 16)
    },
    records: [
      'in 13912345678 > 66668000: no-answer, end caller | 8000 dial no-answer r20 t0 | 8171 dial no-answer r20 t0',
    ],
  },
  {
    name: 'ring group behind Local channels, optimised away',
    play(pbx) {
      const line = pbx.incoming()
      const one = behindLocal(pbx, line, '8000')
      const two = behindLocal(pbx, line, '8171')
      pbx.wait(3)
      const inner = pbx.answer(two.far, two.phone)
      pbx.dialEnd(line, one.near, 'CANCEL').pickUp(line, two.near)
      pbx.hangup(one.near, 26).dialEnd(one.far, one.phone, 'CANCEL').hangup(one.far, 26).hangup(one.phone, 26)
      const outer = pbx.room()
      pbx.enter(outer, two.near).state(line, 6).enter(outer, line)
      pbx.optimise(two.near, two.far, two.phone)
      pbx
        .event('BridgeDestroy', [`BridgeUniqueid: ${inner.id}`])
        .wait(8)
        .ends(two.phone, line)
    },
    records: [
      'in 13912345678 > 66668000: answered by 8171, end callee | 8000 dial elsewhere r3 t0 | 8171 dial answered r3 t8',
    ],
  },
  {
    name: 'the plan behind a Local channel is faster than the Dial before it',
    play(pbx) {
      const line = pbx.incoming()
      const { near, far, phone } = behindLocal(pbx, line, '8171', true)
      pbx.wait(5).answer(far, phone)
      pbx.answer(line, near)
      pbx.wait(5).requests(line, 16).leave(line).leave(near).hangup(near).leave(far).leave(phone)
      pbx.hangup(far).hangup(phone).hangup(line)
    },
    records: ['in 13912345678 > 66668000: answered by 8171, end caller | 8171 dial answered r5 t5'],
  },
  {
    name: 'a phone forwards by itself (302): dialled again through a Local channel',
    play(pbx) {
      const line = pbx.incoming()
      const phone = pbx.dial(line, 'PJSIP/8000')
      pbx.wait(2)
      const [near, far] = pbx.local('8133', line)
      pbx.joined(near, far).dialEnd(line, phone, 'CANCEL', ['Forward: 8133@internal'])
      pbx.dialBegin(line, near, '8133@internal').hangup(phone, 23)
      const other = pbx.dial(far, 'PJSIP/8133')
      pbx.wait(6).answer(far, other)
      pbx.answer(line, near)
      pbx.optimise(near, far, other)
      pbx.wait(10).ends(line, other)
    },
    records: [
      'in 13912345678 > 66668000: answered by 8133, end caller | 8000 dial forwarded r2 t0 | 8133 dial<8000 answered r6 t10',
    ],
  },
  {
    name: 'menu first, half a minute, then the phone: it rings from its own dial on',
    play(pbx) {
      const line = pbx.incoming()
      pbx.answerByPbx(line).newexten(line, 'BackGround', 'welcome').wait(30)
      pbx.event(
        'DTMFEnd',
        [
          'Direction: Received',
          'Digit: 1',
          'DurationMs: 100',
          `Channel: ${line.name}`,
          `Uniqueid: ${line.id}`,
          `Linkedid: ${line.linked}`,
        ],
        'dtmf,all',
      )
      pbx.set(line, { exten: '8171' })
      const phone = pbx.dial(line, 'PJSIP/8171')
      pbx.wait(7).answer(line, phone)
      pbx.wait(11).ends(phone, line)
    },
    records: ['in 13912345678 > 66668000: answered by 8171, end callee | 8171 dial answered r7 t11'],
  },
  {
    name: 'the caller hangs up in the menu',
    play(pbx) {
      const line = pbx.incoming()
      pbx.answerByPbx(line).newexten(line, 'BackGround', 'welcome').wait(9).requests(line, 16).hangup(line)
    },
    records: ['in 13912345678 > 66668000: abandoned, end caller'],
  },
  {
    name: 'a call of no seconds',
    play(pbx) {
      const line = pbx.incoming()
      pbx.requests(line, 127).hangup(line, 127)
    },
    records: ['in 13912345678 > 66668000: abandoned, end caller'],
  },
  {
    name: 'queue: the longest idle first, who does not answer, then the next',
    play(pbx) {
      const line = pbx.incoming('66668500')
      joins(pbx, line)
      const a = called(pbx, line, 'PJSIP/8171')
      pbx.wait(15).agent('AgentRingNoAnswer', line, a, ['RingTime: 15000'])
      pbx.dialEnd(line, a, 'NOANSWER').dialEnd(line, a, 'CANCEL').hangup(a, 0).wait(1)
      const b = called(pbx, line, 'PJSIP/2222')
      pbx.wait(3).pickUp(line, b).queue(line, 'QueueCallerLeave')
      pbx.agent('AgentConnect', line, b, ['HoldTime: 19', 'RingTime: 3'])
      const room = pbx.room()
      pbx.enter(room, b).enter(room, line).wait(20)
      pbx.agent('AgentComplete', line, b, ['HoldTime: 19', 'TalkTime: 20', 'Reason: agent']).ends(b, line)
    },
    records: [
      'in 13912345678 > 66668500 queue service: answered by 2222, end callee | 8171 queue no-answer r15 t0 | 2222 queue answered r3 t20',
    ],
  },
  {
    name: 'queue: nobody, out of it to voicemail',
    play(pbx) {
      const line = pbx.incoming('66668500')
      joins(pbx, line)
      const a = called(pbx, line, 'PJSIP/8171')
      pbx.wait(30).agent('AgentRingNoAnswer', line, a, ['RingTime: 30000'])
      pbx.dialEnd(line, a, 'NOANSWER').dialEnd(line, a, 'CANCEL').hangup(a, 0).queue(line, 'QueueCallerLeave')
      pbx.newexten(line, 'VoiceMail', '8500').wait(12).requests(line, 16).hangup(line)
    },
    records: ['in 13912345678 > 66668500 queue service: no-answer, end caller | 8171 queue no-answer r30 t0'],
  },
  {
    name: 'queue: given up while two ring',
    play(pbx) {
      const line = pbx.incoming('66668500')
      joins(pbx, line)
      const both = [called(pbx, line, 'PJSIP/8171'), called(pbx, line, 'PJSIP/2222')]
      pbx.wait(11).requests(line)
      for (const one of both) pbx.dialEnd(line, one, 'CANCEL').hangup(one, 127)
      pbx.queue(line, 'QueueCallerAbandon').queue(line, 'QueueCallerLeave').hangup(line, 127)
    },
    records: [
      'in 13912345678 > 66668500 queue service: abandoned, end caller | 8171 queue cancelled r11 t0 | 2222 queue cancelled r11 t0',
    ],
  },
  {
    name: 'queue with an agent behind a Local channel that stays',
    play(pbx) {
      const line = pbx.incoming('66668500')
      joins(pbx, line)
      const [near, far] = pbx.local('8171', line)
      pbx.joined(near, far).agent('AgentCalled', line, near).dialBegin(line, near, 'Local/8171@internal/n')
      const agent = pbx.dial(far, 'PJSIP/8171')
      pbx.wait(4).answer(far, agent)
      pbx
        .pickUp(line, near)
        .queue(line, 'QueueCallerLeave')
        .agent('AgentConnect', line, near, ['HoldTime: 4', 'RingTime: 4'])
      const room = pbx.room()
      pbx.enter(room, near).enter(room, line).wait(9)
      pbx.agent('AgentComplete', line, near, ['HoldTime: 4', 'TalkTime: 9', 'Reason: caller'])
      pbx
        .requests(line)
        .leave(line)
        .leave(near)
        .hangup(near)
        .leave(far)
        .leave(agent)
        .hangup(far)
        .hangup(agent)
        .hangup(line)
    },
    records: [
      'in 13912345678 > 66668500 queue service: answered by 8171, end caller | 8171 queue answered r4 t9',
    ],
  },
  {
    name: 'follow-me: the mobile answers but does not take the call, the next does',
    play(pbx) {
      const line = pbx.incoming()
      pbx.newexten(line, 'FollowMe', '8000')
      const [near, far] = pbx.local('13800138000', line)
      pbx.joined(near, far).dialBegin(line, near, '13800138000@internal')
      const mobile = pbx.dial(far, 'PJSIP/trunk', { dialString: '13800138000@trunk' })
      pbx.wait(6).answer(far, mobile)
      pbx.pickUp(line, near)
      // "Press 1 to take the call": it does not.
      pbx.wait(8).hangup(near).leave(far).leave(mobile).hangup(far).hangup(mobile)
      const phone = pbx.dial(line, 'PJSIP/8171')
      pbx.wait(3).answer(line, phone)
      pbx.wait(4).ends(line, phone)
    },
    records: [
      'in 13912345678 > 66668000: answered by 8171, end caller | 13800138000 dial answered r6 t0 | 8171 dial answered r3 t4',
    ],
  },
]
