import { describe, expect, test } from 'vitest'
import { Story } from '../test-story.ts'

/** Events told after the protocol: no bytes of these are at hand. */
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

  test.each([true, false])(
    'the transfer is told after the phone began to ring (left the bridge: %s)',
    (left) => {
      const story = new Story()
      const line = story.incoming()
      const phone = story.dials(line, 'PJSIP/8000')
      story.answers(line, phone, 'b').pass(4)
      if (left) story.leaves('b', line, phone)
      const next = story.dials(line, 'PJSIP/8171')
      story.event(
        'BlindTransfer',
        { Result: 'Success', Extension: '8171' },
        ['Transferer', phone],
        ['Transferee', line],
      )
      if (!left) story.leaves('b', line, phone)
      story.hangUp('16', phone).pass(2).answers(line, next, 'c')
      expect(story.legs()).toEqual(['8000 dial: answered', '8171 blind-transfer by 8000: answered'])
      expect(story.records()[0]?.transfers).toMatchObject([
        { kind: 'blind', by: '8000', to: '8171', result: 'answered' },
      ])
    },
  )

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
