import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  displayName,
  encodeAction,
  isChannelId,
  isDestination,
  isDialable,
  isExtension,
  UnsafeValue,
} from './action.ts'
import { Framer, FramingError, framingLimits, Message } from './framing.ts'
import { cut, recording } from './testing.ts'

const read = (text: string | Uint8Array, framer = new Framer()) =>
  framer.push(typeof text === 'string' ? Buffer.from(`Asterisk Call Manager/11.0.0\r\n${text}`) : text)

describe('C15: framing', () => {
  test('the banner ends with one line break, messages with an empty line', () => {
    const framer = new Framer()
    expect(framer.push(Buffer.from('Asterisk Call Mana'))).toEqual([])
    expect(framer.banner).toBeNull()
    const [message] = framer.push(
      Buffer.from('ger/11.0.0\r\nEvent: A\r\nEmpty: \r\nNone:\r\nWide:   x: y\r\n\r\n'),
    )
    expect(framer.banner).toBe('Asterisk Call Manager/11.0.0')
    expect(message?.event).toBe('A')
    expect(message?.get('Empty')).toBe('')
    expect(message?.get('None')).toBe('')
    expect(message?.get('Wide')).toBe('  x: y')
    expect(message?.get('Missing')).toBeUndefined()
  })

  test('a second line in a value cannot change what the message is', () => {
    const [message] = read(
      'Event: Newexten\r\nUniqueid: 1.1\r\nAppData: hello\r\nEvent: Hangup\r\nUniqueid: 2.2\r\nloose end\r\n\r\n',
    )
    expect(message?.event).toBe('Newexten')
    expect(message?.get('Uniqueid')).toBe('1.1')
    expect(message?.get('AppData')).toBe('hello')
  })

  test('a lone line feed belongs to its value', () => {
    const messages = read('Event: Newexten\r\nAppData: a\n\nEvent: Hangup\n\nb\r\n\r\nEvent: B\r\n\r\n')
    expect(messages.map(({ event }) => event)).toEqual(['Newexten', 'B'])
  })

  test('headers that repeat are lists', () => {
    const [message] = read(
      'Response: Success\r\nOutput: one\r\nOutput: \r\nChanVariable: A=1\r\nChanVariable(PJSIP/8000-1): B=2\r\nDestChanVariable: C=3\r\n\r\n',
    )
    expect(message?.response).toBe('Success')
    expect(message?.event).toBeUndefined()
    expect(message?.all('Output')).toEqual(['one', ''])
    expect(message?.all('ChanVariable')).toEqual(['A=1', 'B=2'])
    expect(message?.all('DestChanVariable')).toEqual(['C=3'])
    expect(message?.all('Nothing')).toEqual([])
  })

  test('OriginateResponse is an event although it has a header Response', () => {
    const message = new Message(['Event: OriginateResponse', 'Response: Failure'])
    expect(message.event).toBe('OriginateResponse')
    expect(message.response).toBeUndefined()
  })

  test('characters cut in two by a read are whole again, whatever the borders', () => {
    const { bytes } = recording('13-chinese-caller-name')
    const names = (chunks: readonly Buffer[]) => {
      const framer = new Framer()
      return chunks.flatMap((chunk) => framer.push(chunk)).map((message) => message.get('CallerIDName') ?? '')
    }
    const whole = names([bytes])
    expect(whole).toContain('贵宾-王小明')
    expect(names([...bytes].map((byte) => Buffer.of(byte)))).toEqual(whole)
    fc.assert(
      fc.property(fc.array(fc.nat({ max: bytes.length }), { maxLength: 200 }), (borders) => {
        expect(names(cut(bytes, borders))).toEqual(whole)
      }),
      { numRuns: 50, seed: 15 },
    )
  })

  test('bytes that are no UTF-8 do no harm', () => {
    const gbk = Buffer.concat([
      Buffer.from('A\r\nEvent: Newchannel\r\nCallerIDName: '),
      Buffer.of(0xcd, 0xf5, 0xd0, 0xa1),
      Buffer.from('\r\nUniqueid: 1.1\r\n\r\n'),
    ])
    expect(read(gbk)[0]?.get('Uniqueid')).toBe('1.1')
  })

  test('no line and no message grows without end', () => {
    const line = new Framer()
    expect(() => {
      for (let sent = 0; sent <= framingLimits.lineBytes * 2; sent += 1000) line.push(Buffer.alloc(1000, 65))
    }).toThrow(FramingError)
    const message = new Framer()
    message.push(Buffer.from('banner\r\n'))
    expect(() => {
      for (let sent = 0; sent <= framingLimits.messageBytes * 2; sent += 1000)
        message.push(Buffer.from(`Key: ${'x'.repeat(993)}\r\n`))
    }).toThrow(FramingError)
  })

  test('any bytes at all either frame or fail', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 300 })), (chunks) => {
        const framer = new Framer()
        for (const chunk of chunks) framer.push(chunk)
      }),
      { numRuns: 200, seed: 15 },
    )
  })
})

describe('C15: actions', () => {
  test('no value can end its line', () => {
    const text = fc.string({ unit: fc.nat({ max: 0x2100 }).map((code) => String.fromCodePoint(code)) })
    expect(encodeAction('Ping', 'a1', {})).toBe('Action: Ping\r\nActionID: a1\r\n\r\n')
    fc.assert(
      fc.property(text, text, (id, value) => {
        let sent: string
        try {
          sent = encodeAction('Originate', id, { Exten: value })
        } catch (error) {
          expect(error).toBeInstanceOf(UnsafeValue)
          return
        }
        expect(sent.split('\r\n')).toHaveLength(5)
        expect(sent.split(/[\r\n]+/)).toHaveLength(4)
      }),
      { seed: 15 },
    )
    expect(() => encodeAction('Ping', 'a1', { 'X: 1\r\nAction': 'Originate' })).toThrow(UnsafeValue)
  })

  test.each([
    [
      isDialable,
      ['13912345678', '+8613912345678', '*8', '#1', '8000'],
      ['', '8000 ', '1,2', 'a', '1&2', '١', '8000\n'],
    ],
    [
      isExtension,
      ['8000', 'front_desk', 'a.b-c'],
      ['', '-8000', '80/00', '8000@x', '8000\r\n', 'x'.repeat(41)],
    ],
    [isDestination, ['8171', '+861391', 'sales'], ['', 'a b', '81\r\n71', '$(EXTEN)']],
    [isChannelId, ['0192f0c2-7a3e-7000-8000-000000000001'], ['', 'a b', 'a\r\nb', 'x'.repeat(101)]],
  ])('%o', (check, good, bad) => {
    for (const value of good) expect(check(value), value).toBe(true)
    for (const value of bad) expect(check(value), value).toBe(false)
  })

  test('a display name stays between its quotes', () => {
    expect(displayName('王小明 "vip" <1>\r\nAction: x\\')).toBe('王小明 vip 1  Action: x')
    expect(displayName('字'.repeat(100))).toHaveLength(60)
  })
})
