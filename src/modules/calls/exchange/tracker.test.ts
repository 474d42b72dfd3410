import { describe, expect, test } from 'vitest'
import { Story } from './test-story.ts'

/** Kinds of calls that the descriptions of the recordings mention but of which no bytes are at hand. */
describe('C1 C15: phones that do not answer', () => {
  test('an unregistered phone: no DialBegin at all', () => {
    const story = new Story()
    const line = story.incoming()
    story.hangUp('20', line)
    expect(story.records()).toMatchObject([{ outcome: 'failed', endedBy: 'exchange', legs: [] }])
  })

  test('a caller who hears an announcement and hangs up', () => {
    const story = new Story()
    const line = story.incoming()
    line.state = 6
    story.event('Newstate', {}, ['', line]).pass(8).asks(line, '16').hangUp('16', line)
    expect(story.records()).toMatchObject([{ outcome: 'abandoned', answeredAt: null, endedBy: 'caller' }])
  })

  test('busy, busy tone, the caller hangs up: still busy, though his own cause says so too', () => {
    const story = new Story()
    const line = story.incoming()
    const phone = story.dials(line, 'PJSIP/8000', { rings: false })
    story.asks(phone, '17').dialEnd(line, phone, 'BUSY').hangUp('17', phone)
    story.pass(5).asks(line, '17').hangUp('17', line)
    expect(story.records()).toMatchObject([{ outcome: 'busy', endedBy: 'caller' }])
    expect(story.legs()).toEqual(['8000 dial: busy'])
  })

  test('a phone forwards by itself (302): the new one was sent there by it', () => {
    const story = new Story()
    const line = story.incoming()
    const phone = story.dials(line, 'PJSIP/8000')
    story.pass(2).dialEnd(line, phone, 'CANCEL', { Forward: 'Local/8133@internal' })
    const near = story.dials(line, 'Local/8133@internal', { rings: false })
    const far = story.party('Local/x', { name: near.name.replace(/$/, ';2'), linked: line.id, state: 4 })
    Object.assign(near, { name: `${near.name};1` })
    story.event('LocalBridge', {}, ['LocalOne', near], ['LocalTwo', far])
    const other = story.dials(far, 'PJSIP/8133')
    story.hangUp('23', phone).pass(3).dialEnd(far, other, 'ANSWER').dialEnd(line, near, 'ANSWER')
    expect(story.legs()).toEqual(['8000 dial: forwarded', '8133 dial by 8000: answered'])
    expect(story.records()[0]?.legs[1]?.ringSeconds).toBe(3)
  })

  test('a ring group: answered elsewhere, whichever DialEnd comes first', () => {
    for (const early of [true, false]) {
      const story = new Story()
      const line = story.incoming()
      const [one, two] = [story.dials(line, 'PJSIP/8000'), story.dials(line, 'PJSIP/8171')]
      story.pass(4)
      if (early) story.dialEnd(line, two, 'CANCEL').answers(line, one, 'b')
      else story.answers(line, one, 'b').dialEnd(line, two, 'CANCEL')
      story.hangUp('26', two)
      expect(story.legs()).toEqual(['8000 dial: answered', '8171 dial: elsewhere'])
      expect(story.records()).toHaveLength(1)
    }
  })

  test('the hang-up before the DialEnd', () => {
    const story = new Story()
    const line = story.incoming()
    const phone = story.dials(line, 'PJSIP/8000')
    story.pass(12).hangUp('0', phone)
    expect(story.legs()).toEqual(['8000 dial: cancelled'])
    story.dialEnd(line, phone, 'NOANSWER').hangUp('16', line)
    expect(story.legs()).toEqual(['8000 dial: no-answer'])
    expect(story.records()).toMatchObject([{ outcome: 'no-answer', legs: [{ ringSeconds: 12, rings: 3 }] }])
  })

  test('a DialEnd after everything is over corrects the finished record', () => {
    const story = new Story()
    const line = story.incoming()
    const phone = story.dials(line, 'PJSIP/8000')
    story.pass(1).hangUp('0', phone).hangUp('16', line)
    story.dialEnd(line, phone, 'NOANSWER')
    expect(story.records()).toMatchObject([{ outcome: 'no-answer', legs: [{ result: 'no-answer' }] }])
    expect(story.calls.at(-1)?.revision).toBeGreaterThan(story.calls.at(-2)?.revision ?? 0)
  })

  test.each([
    [0.5, 1],
    [4.999, 1],
    [5, 2],
    [14.9, 3],
    [15, 4],
  ])('%d seconds are %d rings of one second on, four off', (seconds, rings) => {
    const story = new Story()
    const line = story.incoming()
    const phone = story.dials(line, 'PJSIP/8000')
    story.pass(seconds).answers(line, phone, 'b')
    expect(story.records()[0]?.legs[0]).toMatchObject({ ringSeconds: seconds, rings })
  })
})

describe('C3 C4 C15: calls handed on', () => {
  test('Redirect tells no transfer event', () => {
    const story = new Story()
    const line = story.incoming()
    const first = story.dials(line, 'PJSIP/8000')
    story.pass(3).answers(line, first, 'b').pass(4).leaves('b', line, first).hangUp('16', first)
    const second = story.dials(line, 'PJSIP/8171')
    story
      .pass(2)
      .answers(line, second, 'c')
      .pass(5)
      .asks(line, '16')
      .leaves('c', line, second)
      .hangUp('16', second, line)
    expect(story.legs()).toEqual(['8000 dial: answered', '8171 redirect by 8000: answered'])
    expect(story.records()[0]).toMatchObject({
      endedBy: 'caller',
      transfers: [{ kind: 'blind', by: '8000', to: '8171', result: 'answered' }],
      legs: [{ talkSeconds: 4 }, { talkSeconds: 5 }],
    })
  })

  test('a dial plan that goes on after the colleague hung up is no redirect', () => {
    const story = new Story()
    const line = story.incoming()
    const first = story.dials(line, 'PJSIP/8000')
    story.answers(line, first, 'b').pass(4).asks(first, '16').leaves('b', first, line).hangUp('16', first)
    story.dials(line, 'PJSIP/8171')
    expect(story.legs()).toEqual(['8000 dial: answered', '8171 dial: ringing'])
    expect(story.records()[0]?.transfers).toEqual([])
  })

  test('a transfer that fails, and one to a number nobody has', () => {
    const story = new Story()
    const line = story.incoming()
    const phone = story.dials(line, 'PJSIP/8000')
    story.answers(line, phone, 'b')
    const transfer = (Result: string) =>
      story.event('BlindTransfer', { Result, Extension: '7777' }, ['Transferer', phone], ['Transferee', line])
    transfer('Not Permitted')
    expect(story.records()[0]?.transfers).toMatchObject([{ result: 'failed' }])
    transfer('Success').leaves('b', line, phone).hangUp('16', phone)
    expect(story.records()[0]?.transfers).toMatchObject([
      { result: 'failed' },
      { to: '7777', result: 'ringing' },
    ])
    story.hangUp('1', line)
    expect(story.records()[0]).toMatchObject({ outcome: 'answered', transfers: [{}, { result: 'failed' }] })
  })

  test('Atxfer: the consultation shares the Linkedid, runs through a Local pair, and the target is not named', () => {
    const story = new Story()
    const line = story.incoming()
    const phone = story.dials(line, 'PJSIP/8000')
    story.answers(line, phone, 'b').pass(3).leaves('b', phone)
    const near = story.party('Local/2222@internal', { linked: line.id })
    const far = { ...story.party('x', { linked: line.id, state: 4 }), name: `${near.name};2` }
    Object.assign(near, { name: `${near.name};1` })
    story.event('Newchannel', {}, ['', near]).event('Newchannel', {}, ['', far])
    story.event('LocalBridge', {}, ['LocalOne', near], ['LocalTwo', far])
    const target = story.dials(far, 'PJSIP/2222')
    story.pass(2).dialEnd(far, target, 'ANSWER').dialEnd(phone, near, 'ANSWER')
    story.bridge('c', target, far).bridge('d', near, phone).pass(3)
    expect(story.records()[0]?.transfers).toEqual([])
    story.event(
      'AttendedTransfer',
      { Result: 'Success', DestType: 'Bridge', DestBridgeUniqueid: 'c' },
      ['OrigTransferer', phone],
      ['SecondTransferer', phone],
      ['Transferee', line],
    )
    story.leaves('d', phone).hangUp('16', phone, near).leaves('b', line).bridge('c', line).leaves('c', far)
    story.hangUp('16', far).pass(5).asks(line, '16').leaves('c', line, target).hangUp('16', target, line)
    expect(story.legs()).toEqual(['8000 dial: answered', '2222 consultation by 8000: answered'])
    expect(story.records()).toMatchObject([
      {
        answeredBy: '8000',
        endedBy: 'caller',
        transfers: [{ kind: 'attended', by: '8000', to: '2222', result: 'answered' }],
        legs: [{ talkSeconds: 6 }, { ringSeconds: 2, talkSeconds: 8 }],
      },
    ])
  })

  test('a consultation begun before the customer called still ends up in the customer’s record', () => {
    const story = new Story()
    const first = story.lifts('8000', '2222')
    const colleague = story.dials(first, 'PJSIP/2222')
    story.answers(first, colleague, 'a').pass(10)
    const line = story.incoming()
    const second = story.dials(line, 'PJSIP/8000')
    story.pass(2).answers(line, second, 'b').pass(3)
    story.event(
      'AttendedTransfer',
      { Result: 'Success', DestBridgeUniqueid: 'a' },
      ['OrigTransferer', second],
      ['SecondTransferer', first],
      ['Transferee', line],
      ['TransferTarget', colleague],
    )
    // The older Linkedid wins: here it is the colleagues' own.
    line.linked = first.id
    story.leaves('b', line, second).leaves('a', first).bridge('a', line).hangUp('16', second, first)
    story.pass(4).asks(line, '16').leaves('a', line, colleague).hangUp('16', line, colleague)
    expect(story.records()).toMatchObject([
      {
        id: line.id,
        direction: 'in',
        callerNumber: '13912345678',
        answeredBy: '8000',
        transfers: [{ kind: 'attended', by: '8000', to: '2222' }],
      },
    ])
    expect(story.calls.find(({ mergedInto }) => mergedInto)).toMatchObject({
      id: first.id,
      mergedInto: line.id,
    })
  })

  test('a call picked up by another phone: no DialEnd for the one, no DialBegin for the other', () => {
    for (const told of [true, false]) {
      const story = new Story()
      const line = story.incoming()
      const ringing = story.dials(line, 'PJSIP/8000')
      story.pass(4)
      const picker = story.lifts('8171', '*8')
      if (told) story.event('Pickup', {}, ['', picker], ['Target', ringing])
      // From here on the Linkedid is another, and no event said so.
      picker.linked = line.id
      story.dialEnd(line, picker, 'ANSWER').hangUp('26', ringing).bridge('b', picker, line).pass(6)
      story.asks(picker).leaves('b', picker, line).hangUp('16', picker, line)
      expect(story.legs()).toEqual(['8000 dial: elsewhere', '8171 pickup: answered'])
      expect(story.records()).toMatchObject([
        {
          id: line.id,
          answeredBy: '8171',
          endedBy: 'callee',
          legs: [{ ringSeconds: 4 }, { ringSeconds: null, talkSeconds: 6 }],
        },
      ])
    }
  })

  test('handed on to the outside world', () => {
    const story = new Story()
    const line = story.incoming()
    const phone = story.dials(line, 'PJSIP/8000')
    story.answers(line, phone, 'b')
    story.event(
      'BlindTransfer',
      { Result: 'Success', Extension: '13800138000' },
      ['Transferer', phone],
      ['Transferee', line],
    )
    story.leaves('b', phone, line).hangUp('16', phone)
    const mobile = story.dials(line, 'PJSIP/trunk', { dialString: '13800138000@trunk' })
    story.pass(5).answers(line, mobile, 'c')
    expect(story.legs()).toEqual(['8000 dial: answered', '13800138000 blind-transfer by 8000: answered'])
    expect(story.records()[0]?.direction).toBe('in')
  })
})

describe('C15: queues', () => {
  const queue = (story: Story, line: ReturnType<Story['incoming']>) =>
    story.event('QueueCallerJoin', { Queue: 'service', Position: '1' }, ['', line])

  test('an agent does not answer, is told twice, rings again; the caller gives up', () => {
    const story = new Story()
    const line = story.incoming('66668500')
    queue(story, line)
    const first = story.dials(line, 'PJSIP/8171')
    story.pass(8).dialEnd(line, first, 'NOANSWER').dialEnd(line, first, 'CANCEL').hangUp('0', first)
    const again = story.dials(line, 'PJSIP/8171')
    story.pass(3).asks(line).dialEnd(line, again, 'CANCEL').dialEnd(line, again, 'CANCEL')
    story
      .event('QueueCallerAbandon', { HoldTime: '11' }, ['', line])
      .event('QueueCallerLeave', {}, ['', line])
    story.hangUp('127', again, line)
    expect(story.legs()).toEqual(['8171 queue: no-answer', '8171 queue: cancelled'])
    expect(story.records()).toMatchObject([
      {
        queue: 'service',
        outcome: 'abandoned',
        endedBy: 'caller',
        legs: [{ ringSeconds: 8 }, { ringSeconds: 3 }],
      },
    ])
  })

  test('an agent behind a Local channel', () => {
    const story = new Story()
    const line = story.incoming('66668500')
    queue(story, line)
    const near = story.party('Local/8171@internal', { linked: line.id })
    const pair = near.name
    Object.assign(near, { name: `${pair};1` })
    story.event('Newchannel', {}, ['', near])
    const far = { ...story.party('x', { linked: line.id, state: 4 }), name: `${pair};2` }
    story.event('Newchannel', {}, ['', far])
    story.event('DialBegin', { DialString: 'Local/8171@internal/n' }, ['', line], ['Dest', near])
    const agent = story.dials(far, 'PJSIP/8171')
    story.pass(3).dialEnd(far, agent, 'ANSWER').dialEnd(line, near, 'ANSWER')
    story.event('QueueCallerLeave', {}, ['', line]).bridge('a', agent, far).bridge('b', near, line).pass(4)
    story
      .asks(line, '16')
      .leaves('b', line, near)
      .leaves('a', far, agent)
      .hangUp('16', near, far, agent, line)
    expect(story.legs()).toEqual(['8171 queue: answered'])
    expect(story.records()).toMatchObject([
      { answeredBy: '8171', legs: [{ ringSeconds: 3, talkSeconds: 4 }] },
    ])
  })

  test('nobody is free until the exchange gives up', () => {
    const story = new Story()
    const line = story.incoming('66668500')
    line.state = 6
    queue(story, line).pass(60).event('QueueCallerLeave', {}, ['', line]).hangUp('16', line)
    expect(story.records()).toMatchObject([{ outcome: 'no-answer', endedBy: 'exchange' }])
  })
})

describe('C15: calls to the outside', () => {
  test('a trunk that never says RINGING: the first sound counts', () => {
    const story = new Story()
    const phone = story.lifts('8000', '13800138000')
    const line = story.dials(phone, 'PJSIP/trunk', { rings: false, dialString: '13800138000@trunk' })
    story.pass(1).event('DialState', { DialStatus: 'PROGRESS' }, ['', phone], ['Dest', line])
    story.pass(6).answers(phone, line, 'b')
    expect(story.records()).toMatchObject([
      {
        direction: 'out',
        dialled: '13800138000',
        legs: [{ number: '13800138000', extension: null, ringSeconds: 6 }],
      },
    ])
  })

  test('congestion on one trunk, then the next', () => {
    const story = new Story()
    const phone = story.lifts('8000', '13800138000')
    const first = story.dials(phone, 'PJSIP/trunk', { rings: false, dialString: '13800138000@trunk' })
    story.dialEnd(phone, first, 'CONGESTION').hangUp('34', first)
    story.dials(phone, 'PJSIP/trunk', { dialString: '13800138000@trunk' })
    expect(story.legs()).toEqual(['13800138000 dial: failed', '13800138000 dial by 13800138000: ringing'])
  })

  test('numbers: masked ones stay, withheld and unknown ones are none', () => {
    for (const [sent, shown] of [
      ['139****5678', '139****5678'],
      ['anonymous', null],
      ['', null],
      ['+8613912345678', '+8613912345678'],
    ] as const) {
      const story = new Story()
      story.incoming('66668000', sent)
      expect(story.records()[0]?.callerNumber).toBe(shown)
    }
  })

  test('the caller’s name as the dial plan corrects it, line breaks and backslashes unescaped', () => {
    const story = new Story()
    const line = story.incoming()
    story.event('NewCallerid', { CallerIDName: 'x' }, ['', line])
    expect(story.records()[0]?.callerName).toBeNull()
    const name = '贵宾\\r\\nA\\\\B'
    const headers = {
      Channel: line.name,
      CallerIDNum: '0139',
      CallerIDName: name,
      Uniqueid: line.id,
      Linkedid: line.id,
    }
    story.event('NewCallerid', headers)
    expect(story.records()[0]).toMatchObject({ callerName: '贵宾  A\\B', callerNumber: '0139' })
  })

  test('a name in an encoding the exchange replaced is none', () => {
    const story = new Story()
    const line = story.incoming()
    const headers = {
      Channel: line.name,
      CallerIDName: '\uFFFD\uFFFD\uFFFD',
      Uniqueid: line.id,
      Linkedid: line.id,
    }
    story.event('NewCallerid', headers)
    expect(story.records()[0]?.callerName).toBeNull()
  })

  test('click-to-dial through a Local channel: the phone behind it is the caller', () => {
    const story = new Story()
    const near = story.party('Local/8000@internal')
    const pair = near.name
    Object.assign(near, { name: `${pair};1` })
    const far = { ...story.party('x', { linked: near.id, state: 4 }), name: `${pair};2` }
    story.event('Newchannel', {}, ['', near]).event('Newchannel', {}, ['', far])
    story.event('LocalBridge', {}, ['LocalOne', near], ['LocalTwo', far])
    story.event('DialBegin', { DialString: '8000@internal' }, ['Dest', near])
    const own = story.dials(far, 'PJSIP/8000')
    story.pass(2).dialEnd(far, own, 'ANSWER').dialEnd(null, near, 'ANSWER')
    near.exten = '8171'
    const other = story.dials(near, 'PJSIP/8171')
    story.pass(3).dialEnd(near, other, 'ANSWER')
    expect(story.legs()).toEqual(['8000 originate: answered', '8171 dial: answered'])
    expect(story.records()).toMatchObject([{ callerExtension: '8000', dialled: '8171', answeredBy: '8171' }])
  })
})

describe('C15: what is on record of a broken line', () => {
  test('a call known before is carried on, its ringing no longer measured', () => {
    const story = new Story()
    const line = story.incoming()
    const phone = story.dials(line, 'PJSIP/8000')
    const since = story.tracker.mark
    story.pass(60)
    Object.assign(phone, { state: 6 })
    story.lists(
      [
        [line, { BridgeId: 'b', Duration: '00:01:00' }],
        [phone, { BridgeId: 'b', Application: 'AppDial' }],
      ],
      since,
    )
    story.pass(30).asks(line, '16').leaves('b', line, phone).hangUp('16', line, phone)
    expect(story.records()).toMatchObject([
      {
        outcome: 'answered',
        endedBy: 'caller',
        legs: [{ result: 'answered', ringSeconds: null, rings: null, talkSeconds: 30 }],
      },
    ])
  })

  test('a channel heard of after the list was asked for is not closed by it, nor one revived that hung up', () => {
    const story = new Story()
    const gone = story.incoming('1')
    const since = story.tracker.mark
    story.hangUp('16', gone)
    story.incoming('2')
    story.lists([[gone, { Duration: '00:00:05' }]], since)
    expect(story.records().map(({ dialled, outcome }) => [dialled, outcome])).toEqual([
      ['1', 'failed'],
      ['2', 'open'],
    ])
  })

  test('messages without a time stamp stand in the time of the exchange', () => {
    const story = new Story()
    const line = story.incoming()
    story.pass(10).lists([])
    expect(story.records()[0]).toMatchObject({
      id: line.id,
      outcome: 'lost',
      endedAt: '2027-01-15T08:00:10.000Z',
    })
  })
})

describe('C15: busy lamps', () => {
  const lamp = (story: Story, Status: string, Hint = 'PJSIP/8000') =>
    story.event('ExtensionStatus', { Exten: '8000', Context: 'internal', Hint, Status })
  const device = (story: Story, State: string, Device = 'PJSIP/8000') =>
    story.event('DeviceStateChange', { Device, State })

  test.each([
    ['0', 'idle'],
    ['1', 'in-use'],
    ['2', 'in-use'],
    ['4', 'unavailable'],
    ['8', 'ringing'],
    ['9', 'in-use'],
    ['16', 'on-hold'],
    ['17', 'in-use'],
    ['-1', 'unknown'],
    ['x', 'unknown'],
  ] as const)('ExtensionStatus %s is %s', (status, state) => {
    expect(lamp(new Story(), status).lamps.get('8000')).toBe(state)
  })

  test('where there is a hint it alone is believed', () => {
    const story = new Story()
    device(story, 'RINGING')
    expect(story.lamps.get('8000')).toBe('ringing')
    lamp(story, '1')
    device(story, 'RINGING')
    expect(story.lamps.get('8000')).toBe('in-use')
  })

  test('queues, trunks, Local channels and hints of other things are no lamps', () => {
    const story = new Story()
    for (const name of [
      'Queue:service_avail',
      'PJSIP/trunk',
      'Local/8171@internal',
      'Custom:DND8000',
      'confbridge:1',
    ])
      device(story, 'INUSE', name)
    story.event('ExtensionStatus', { Exten: '*8', Hint: 'Custom:DND8000', Status: '1' })
    expect([...story.lamps]).toEqual([])
  })

  test('while the exchange starts, a hint it has not read yet claims nothing over what is known', () => {
    const story = new Story()
    device(story, 'INUSE')
    lamp(story, '0', '')
    expect(story.lamps.get('8000')).toBe('in-use')
  })
})

describe('C15: the tracker’s memory', () => {
  test('finished calls are forgotten, late words about them are ignored', () => {
    const story = new Story()
    const early = story.incoming()
    story.hangUp('16', early)
    for (let count = 0; count < 1_000; count++) {
      const line = story.incoming()
      const phone = story.dials(line, 'PJSIP/8000')
      story.answers(line, phone, `b${count}`).leaves(`b${count}`, line, phone).hangUp('16', phone, line)
    }
    expect(story.tracker.size.calls).toBeLessThanOrEqual(200)
    expect(story.tracker.size.channels).toBeLessThanOrEqual(400)
    const before = story.calls.length
    story.event('HangupRequest', {}, ['', early]).event('BridgeLeave', { BridgeUniqueid: 'b' }, ['', early])
    story.hangUp('16', early).event('AgentComplete', {}, ['', early])
    expect(story.calls).toHaveLength(before)
  })

  test('a queue that rings for hours', () => {
    const story = new Story()
    const line = story.incoming()
    story.event('QueueCallerJoin', { Queue: 'service' }, ['', line])
    for (let round = 0; round < 400; round++) {
      const agent = story.dials(line, 'PJSIP/8171')
      story.pass(8).dialEnd(line, agent, 'NOANSWER').hangUp('0', agent)
    }
    expect(story.records()[0]?.legs.length).toBeLessThanOrEqual(200)
  })
})
