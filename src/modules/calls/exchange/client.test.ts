import { createHash } from 'node:crypto'
import type { Socket } from 'node:net'
import { describe, expect, test } from 'vitest'
import { Framer, type Message } from './framing.ts'
import { address, type Heard, listen, player, quickPace, recording, replay, tcpServer } from './testing.ts'

const banner = 'Asterisk Call Manager/11.0.0\r\n'
const block = (...lines: string[]) => `${lines.join('\r\n')}\r\n\r\n`
const accepted = (id: string) =>
  block('Response: Success', `ActionID: ${id}`, 'Message: Authentication accepted')

/** A server whose behaviour is one function of the action received. */
const answering =
  (answer: (action: string, message: Message, connection: number) => string | null, greeting = banner) =>
  (socket: Socket, connection: number) => {
    const framer = new Framer(undefined, false)
    socket.write(greeting)
    socket.on('data', (chunk) => {
      for (const message of framer.push(chunk)) {
        const text = answer(message.get('Action') ?? '', message, connection)
        if (text === null) socket.destroy()
        else socket.write(text)
      }
    })
  }

const idOf = (message: Message) => message.get('ActionID') ?? ''
const list = (message: Message, complete: string, ...items: string[][]) =>
  [
    block('Response: Success', `ActionID: ${idOf(message)}`, 'EventList: start', 'Message: follows'),
    ...items.map(([event, ...rest]) => block(event ?? '', `ActionID: ${idOf(message)}`, ...rest)),
    block(
      `Event: ${complete}`,
      `ActionID: ${idOf(message)}`,
      'EventList: Complete',
      `ListItems: ${items.length}`,
    ),
  ].join('')
const error = (message: Message, text: string) =>
  block('Response: Error', `ActionID: ${idOf(message)}`, `Message: ${text}`)

const up = (heard: Heard) => heard.until(() => heard.link.state === 'up', 'up')

describe('C15: login', () => {
  test('the secret itself never travels with MD5', async () => {
    await using server = await tcpServer(
      answering((action, message) => {
        if (action === 'Challenge')
          return block('Response: Success', `ActionID: ${idOf(message)}`, 'Challenge: 840415273')
        const key = createHash('md5').update('840415273cti-secret').digest('hex')
        return message.get('Key') === key ? accepted(idOf(message)) : error(message, 'Authentication failed')
      }),
    )
    await using heard = listen(address(server.port, { login: 'md5' }))
    heard.link.start()
    await up(heard)
    expect(server.sent()).not.toContain('cti-secret')
  })

  test('only events that are needed are subscribed to', async () => {
    await using server = await tcpServer(answering((_, message) => accepted(idOf(message))))
    await using heard = listen(address(server.port))
    heard.link.start()
    await up(heard)
    expect(server.sent()).toContain('Events: system,call,agent\r\n')
  })

  test('a wrong secret is refused, told, and tried again only slowly', async () => {
    const heard = await replay([recording('17-login-variants-bad-secret').bytes])
    expect(heard.states).toEqual([
      { state: 'connecting', reason: null },
      { state: 'refused', reason: 'login-refused' },
      { state: 'stopped', reason: null },
    ])
  })

  test('nobody there, somebody else there, nothing said', async () => {
    const heard = async (port: number) => {
      const news = listen(address(port), { pace: { ...quickPace, answerMs: 60, firstRetryMs: 60_000 } })
      news.link.start()
      await news.until(() => news.states.some(({ state }) => state === 'down'))
      await news.link.stop()
      return news.states.find(({ state }) => state === 'down')?.reason
    }
    const closed = await tcpServer(() => undefined)
    await closed[Symbol.asyncDispose]()
    expect(await heard(closed.port)).toBe('connection-refused')
    await using web = await tcpServer(answering(() => '', 'HTTP/1.1 400 Bad Request\r\n'))
    expect(await heard(web.port)).toBe('not-an-exchange')
    await using silent = await tcpServer(() => undefined)
    expect(await heard(silent.port)).toBe('timeout')
    await using mute = await tcpServer(answering(() => ''))
    expect(await heard(mute.port)).toBe('timeout')
    await using endless = await tcpServer((socket) => socket.write(Buffer.alloc(200_000, 65)))
    expect(await heard(endless.port)).toBe('garbage')
    expect(await heard(99_999)).toBe('failed')
  })

  test('a secret with a line break is never sent', async () => {
    await using server = await tcpServer(answering((_, message) => accepted(idOf(message))))
    await using heard = listen(address(server.port, { secret: 'x\r\nAction: Originate' }))
    heard.link.start()
    await heard.until(() => heard.link.state === 'refused')
    expect(server.sent()).toBe('')
  })
})

describe('C15: the state after login', () => {
  const channel = (name: string, id: string, application: string, state: string, more: string[] = []) => [
    `Channel: ${name}`,
    `ChannelState: ${state}`,
    'CallerIDNum: 13912345678',
    'CallerIDName: <unknown>',
    'Exten: 8000',
    `Uniqueid: ${id}`,
    'Linkedid: 1795283099.75',
    `Application: ${application}`,
    ...more,
  ]

  test('a user without privileges for lists is content with Status; FullyBooted never comes', async () => {
    await using server = await tcpServer(
      answering((action, message) => {
        if (action === 'Login') return accepted(idOf(message))
        if (action !== 'Status') return error(message, 'Permission denied')
        return list(
          message,
          'StatusComplete',
          [
            'Event: Status',
            ...channel('PJSIP/8000-2', '1795283099.76', 'AppDial', '6', ['Seconds: 9', 'BridgeID: b']),
          ],
          [
            'Event: Status',
            ...channel('PJSIP/trunk-1', '1795283099.75', 'Dial', '6', [
              'Seconds: 10',
              'DNID: 66668000',
              'BridgeID: b',
            ]),
          ],
        )
      }),
    )
    await using heard = listen(address(server.port), { pace: { ...quickPace, bootMs: 5 } })
    heard.link.start()
    await heard.until(() => heard.calls.length > 0)
    expect(heard.records()).toMatchObject([
      {
        id: '1795283099.75',
        rebuilt: true,
        direction: 'in',
        callerNumber: '13912345678',
        dialled: '66668000',
        answeredBy: '8000',
        outcome: 'open',
        legs: [{ extension: '8000', result: 'answered', ringSeconds: null, rings: null }],
      },
    ])
    // Above every revision that the call can have had before the house was restarted.
    expect(heard.records()[0]?.revision).toBeGreaterThan(1000)
  })

  test('an answer that is not a list says nothing about calls', async () => {
    let asked = 0
    await using server = await tcpServer(
      answering((action, message, connection) => {
        if (action === 'Login')
          return (
            accepted(idOf(message)) +
            block('Event: FullyBooted', 'Status: Fully Booted') +
            (connection === 0
              ? block('Event: Newchannel', ...channel('PJSIP/trunk-1', '1795283099.75', 'Dial', '4'))
              : '')
          )
        if (action === 'Status') asked += 1
        return connection === 0 && action === 'Status'
          ? null
          : block('Response: Success', `ActionID: ${idOf(message)}`)
      }),
    )
    await using heard = listen(address(server.port))
    heard.link.start()
    await heard.until(() => heard.states.filter(({ state }) => state === 'up').length === 2)
    await heard.link.hangUp({ callId: '1795283099.75', extension: 'nobody' })
    expect(asked).toBeGreaterThan(0)
    expect(heard.records()).toMatchObject([{ outcome: 'open' }])
  })
})

describe('C15: the line breaks', () => {
  test('silence is answered by Ping, silence after it by a new connection', async () => {
    await using server = await tcpServer(
      answering((action, message) => (action === 'Login' ? accepted(idOf(message)) : '')),
    )
    await using heard = listen(address(server.port, { keepAliveSeconds: 0.03 }), {
      pace: { ...quickPace, answerMs: 100 },
    })
    heard.link.start()
    await heard.until(() => heard.states.filter(({ state }) => state === 'up').length === 2)
    expect(heard.states.slice(0, 4)).toEqual([
      { state: 'connecting', reason: null },
      { state: 'up', reason: null },
      { state: 'down', reason: 'timeout' },
      { state: 'connecting', reason: null },
    ])
    expect(server.sent()).toContain('Action: Ping\r\n')
  })

  test('an answered Ping keeps the line', async () => {
    let pings = 0
    await using server = await tcpServer(
      answering((action, message) => {
        if (action === 'Ping') pings += 1
        return action === 'Ping'
          ? block('Response: Success', `ActionID: ${idOf(message)}`, 'Ping: Pong')
          : accepted(idOf(message))
      }),
    )
    await using heard = listen(address(server.port, { keepAliveSeconds: 0.02 }))
    heard.link.start()
    await expect.poll(() => pings, { interval: 5 }).toBeGreaterThan(4)
    expect(heard.states.map(({ state }) => state)).toEqual(['connecting', 'up'])
  })

  test('pauses grow, with a limit, and begin anew after a login', async () => {
    let connections = 0
    await using server = await tcpServer((socket) => {
      connections += 1
      socket.destroy()
    })
    await using heard = listen(address(server.port), {
      pace: { ...quickPace, firstRetryMs: 1, longestRetryMs: 4 },
    })
    heard.link.start()
    await heard.until(() => heard.states.filter(({ state }) => state === 'down').length >= 6)
    expect(connections).toBeGreaterThanOrEqual(6)
    expect(heard.link.state).not.toBe('stopped')
  })

  test('an exchange stopped in the middle of a call, and started again', async () => {
    const parts = ['part1', 'part2'].map((part) => recording(`14-stop-in-the-middle-of-a-call-${part}`))
    await using server = await tcpServer((socket, connection) => {
      const part = parts[connection]
      if (part) player(part.chunks.map(({ bytes }) => bytes))(socket)
      else socket.destroy()
    })
    await using heard = listen(address(server.port))
    heard.link.start()
    await heard.until(() => heard.states.filter(({ state }) => state === 'down').length >= 2)
    expect(heard.states).toContainEqual({ state: 'down', reason: 'shutdown' })
    // Names of channels repeat after the restart; these are two calls all the same.
    expect(heard.records()).toMatchObject([
      { id: '1795283154.84', outcome: 'answered', endedBy: 'exchange', answeredBy: '8000' },
      { id: '1795283201.0', outcome: 'answered', endedBy: 'caller', answeredBy: '8000' },
    ])
  })

  test('an exchange killed in the middle of a call: closed as lost once it is asked again', async () => {
    const begun = recording('14-stop-in-the-middle-of-a-call-part1').chunks.filter(({ at }) => at < 4)
    await using server = await tcpServer((socket, connection) => {
      if (connection === 0) player(begun.map(({ bytes }) => bytes))(socket)
      else
        answering((action, message) => {
          if (action === 'Login')
            return accepted(idOf(message)) + block('Event: FullyBooted', 'Status: Fully Booted')
          return action === 'CoreShowChannels'
            ? list(message, 'CoreShowChannelsComplete')
            : error(message, 'Invalid/unknown command')
        })(socket, connection)
    })
    await using heard = listen(address(server.port))
    heard.link.start()
    await heard.until(() => heard.records()[0]?.outcome === 'lost')
    expect(heard.records()).toHaveLength(1)
    expect(heard.records()[0]).toMatchObject({
      endedBy: null,
      answeredBy: '8000',
      legs: [{ result: 'answered' }],
    })
    expect(heard.records()[0]?.endedAt).not.toBeNull()
  })

  test('orders without a line fail at once, those under way when it breaks fail then', async () => {
    await using server = await tcpServer(
      answering((action, message) => (action === 'Originate' ? null : accepted(idOf(message)))),
    )
    await using heard = listen(address(server.port), { pace: { ...quickPace, firstRetryMs: 60_000 } })
    const order = { orderId: 'o1', extension: '8000', number: '8171', showAs: null }
    expect(await heard.link.dial(order)).toEqual({ ok: false, reason: 'not-connected' })
    heard.link.start()
    await up(heard)
    expect(await heard.link.dial(order)).toEqual({ ok: false, reason: 'not-connected' })
    expect(await heard.link.hangUp({ callId: 'x', extension: '8000' })).toEqual({
      ok: false,
      reason: 'not-connected',
    })
  })

  test('stop says goodbye, and a listener that fails stops nothing', async () => {
    await using server = await tcpServer(
      answering((action, message) =>
        action === 'Logoff'
          ? block('Response: Goodbye', `ActionID: ${idOf(message)}`)
          : accepted(idOf(message)),
      ),
    )
    const heard = listen(address(server.port))
    heard.link.start()
    heard.link.start()
    await up(heard)
    await heard.link.stop()
    await heard.link.stop()
    expect(server.sent()).toContain('Action: Logoff\r\n')
    expect(heard.states.map(({ state }) => state)).toEqual(['connecting', 'up', 'stopped'])
  })

  test('an originate without the privilege is not allowed', async () => {
    await using server = await tcpServer(
      answering((action, message) =>
        action === 'Originate' ? error(message, 'Permission denied') : accepted(idOf(message)),
      ),
    )
    await using heard = listen(address(server.port))
    heard.link.start()
    await up(heard)
    expect(await heard.link.dial({ orderId: 'o2', extension: '8000', number: '8171', showAs: null })).toEqual(
      {
        ok: false,
        reason: 'not-allowed',
      },
    )
  })
})
