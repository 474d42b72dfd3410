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
