import { describe, expect, test } from 'vitest'
import { Story } from '../test-story.ts'

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

  test('handed on while nobody listened: the new phone joins the record, by whom it was sent is not made up', () => {
    const story = new Story()
    const line = story.incoming()
    const phone = story.dials(line, 'PJSIP/8000')
    story.pass(3).answers(line, phone, 'b').pass(10)
    const since = story.tracker.mark
    const next = story.party('PJSIP/8171', { linked: line.id, state: 6 })
    story.pass(40).lists(
      [
        [line, { BridgeId: 'c', Duration: '00:00:53', Application: 'Dial' }],
        [next, { BridgeId: 'c', Duration: '00:00:20', Application: 'AppDial' }],
      ],
      since,
    )
    story.pass(5).asks(next, '16').leaves('c', next, line).hangUp('16', next, line)
    expect(story.legs()).toEqual(['8000 dial: answered', '8171 dial: answered'])
    expect(story.records()).toMatchObject([
      {
        id: line.id,
        outcome: 'answered',
        answeredBy: '8000',
        endedBy: 'callee',
        rebuilt: true,
        legs: [{ ringSeconds: 3 }, { ringSeconds: null, talkSeconds: 5 }],
      },
    ])
  })

  test('a call that began meanwhile and rings at two phones; one takes it', () => {
    const story = new Story()
    const line = story.party('PJSIP/trunk', { state: 4, exten: '8000', number: '13912345678' })
    const phones = ['8000', '8171'].map((who) => story.party(`PJSIP/${who}`, { linked: line.id, state: 5 }))
    story.lists([
      ...phones.map((one): [typeof one, Record<string, string>] => [
        one,
        { Application: 'AppDial', Duration: '00:00:06' },
      ]),
      [line, { Application: 'Dial', Duration: '00:00:07' }],
    ])
    const [one, two] = phones as [typeof line, typeof line]
    story.pass(2).dialEnd(line, one, 'CANCEL').answers(line, two, 'b').hangUp('26', one).pass(4)
    story.asks(line, '16').leaves('b', line, two).hangUp('16', two, line)
    expect(story.legs()).toEqual(['8000 dial: elsewhere', '8171 dial: answered'])
    expect(story.records()).toMatchObject([
      {
        id: line.id,
        direction: 'in',
        outcome: 'answered',
        answeredBy: '8171',
        legs: [{ rings: null }, { talkSeconds: 4 }],
      },
    ])
  })

  test('the consultation’s own call ended meanwhile, the customer’s goes on', () => {
    const story = new Story()
    const line = story.incoming()
    const phone = story.dials(line, 'PJSIP/8000')
    story.answers(line, phone, 'b').pass(3)
    const own = story.lifts('8000', '2222')
    story.dials(own, 'PJSIP/2222')
    const since = story.tracker.mark
    story.pass(30).lists(
      [
        [line, { BridgeId: 'b', Duration: '00:00:33' }],
        [phone, { BridgeId: 'b', Duration: '00:00:33', Application: 'AppDial' }],
      ],
      since,
    )
    expect(story.records().map(({ callerNumber, outcome }) => `${callerNumber} ${outcome}`)).toEqual([
      '13912345678 open',
      '8000 lost',
    ])
  })

  test('a list older than what was told since does not end a talk', () => {
    const story = new Story()
    const line = story.incoming()
    const phone = story.dials(line, 'PJSIP/8000')
    const since = story.tracker.mark
    story.answers(line, phone, 'b').pass(1)
    story.lists(
      [
        [{ ...line, state: 4 }, { Duration: '00:00:03' }],
        [
          { ...phone, state: 5 },
          { Duration: '00:00:03', Application: 'AppDial' },
        ],
      ],
      since,
    )
    story.pass(9).asks(line, '16').leaves('b', line, phone).hangUp('16', phone, line)
    expect(story.records()).toMatchObject([{ legs: [{ result: 'answered', talkSeconds: 10 }] }])
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
