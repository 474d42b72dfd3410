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

  test('a number that nobody has: the trunk refuses without any event', () => {
    const story = new Story()
    const phone = story.lifts('8000', '13800138000')
    story.pass(1).hangUp('1', phone)
    expect(story.records()).toMatchObject([
      { direction: 'out', outcome: 'failed', endedBy: 'exchange', legs: [] },
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
