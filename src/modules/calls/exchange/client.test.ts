import { describe, expect, test } from 'vitest'
import { accepted, answering, block, error, idOf, list, up } from './test-server.ts'
import { address, listen, player, quickPace, recording, tcpServer } from './testing.ts'

const newCall = block(
  'Event: Newchannel',
  'Channel: PJSIP/trunk-00000001',
  'ChannelState: 4',
  'CallerIDNum: 13912345678',
  'Exten: 66668000',
  'Uniqueid: 1.1',
  'Linkedid: 1.1',
)

describe('C15: the line breaks', () => {
  test('silence is answered by Ping, silence after it by a new connection', async () => {
    await using server = await tcpServer(
      answering((action, message) => (action === 'Login' ? accepted(idOf(message)) : '')),
    )
    await using heard = listen(address(server.port, { keepAliveSeconds: 0.03 }))
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

  test('killed and started again: who runs for a shorter time than it was silent has no call from before', async () => {
    const begun = recording('14-stop-in-the-middle-of-a-call-part1').chunks.filter(({ at }) => at < 4)
    await using server = await tcpServer((socket, connection) => {
      if (connection === 0) player(begun.map(({ bytes }) => bytes))(socket)
      else
        answering((action, message) =>
          // It answers nothing else: the list of channels never comes.
          action === 'Login'
            ? accepted(idOf(message)) + block('Event: FullyBooted', 'Status: Fully Booted', 'Uptime: 0')
            : '',
        )(socket, connection)
    })
    await using heard = listen(address(server.port))
    heard.link.start()
    await heard.until(() => heard.records().some(({ outcome }) => outcome === 'lost'))
    expect(heard.records()).toMatchObject([{ id: '1795283154.84', outcome: 'lost', endedBy: null }])
  })

  test('the end of another list says nothing about calls', async () => {
    await using server = await tcpServer(
      answering((action, message, connection) => {
        if (action === 'Login')
          return accepted(idOf(message)) + block('Event: FullyBooted', 'Status: Fully Booted', 'Uptime: 900')
        if (connection === 0)
          return action === 'CoreShowChannels' ? newCall + list(message, 'QueueStatusComplete') : ''
        return action === 'CoreShowChannels' || action === 'Status'
          ? list(message, 'QueueStatusComplete')
          : ''
      }),
    )
    await using heard = listen(address(server.port))
    heard.link.start()
    await heard.until(() => heard.calls.length > 0)
    for (const socket of server.sockets) socket.destroy()
    await heard.until(() => heard.states.filter(({ state }) => state === 'up').length === 2)
    await heard.link.hangUp({ callId: '1.1', extension: 'nobody' })
    expect(heard.records()).toMatchObject([{ outcome: 'open' }])
  })

  test('ten thousand events at once, half of them unknown, and an exchange that reads nothing', async () => {
    const calls = Array.from({ length: 2_000 }, (_, index) => {
      const id = `7.${index}`
      const head = ['Channel: PJSIP/trunk-9', 'ChannelState: 4', `Uniqueid: ${id}`, `Linkedid: ${id}`]
      return [
        block('Event: Newchannel', ...head, 'CallerIDNum: 13912345678', 'Exten: 66668000'),
        block('Event: MessageWaiting', 'Mailbox: 8000@default', 'Waiting: 1'),
        block('Event: UserEvent', 'UserEvent: x', 'Body: Event: Hangup'),
        block('Event: QuiteNew', ...head),
        block('Event: Hangup', ...head, 'Cause: 16'),
      ].join('')
    })
    await using server = await tcpServer((socket) => {
      socket.write('Asterisk Call Manager/11.0.0\r\n')
      socket.once('data', () => {
        socket.pause()
        socket.write(accepted('a1') + calls.join(''))
      })
    })
    await using heard = listen(address(server.port))
    heard.link.start()
    await heard.until(() => heard.records().filter(({ outcome }) => outcome === 'failed').length === 2_000)
    expect(heard.link.state).toBe('up')
  })

  test('the secret stands in no log and no state, whatever goes wrong', async () => {
    const secret = 'k9-never-written'
    const logged: string[] = []
    await using server = await tcpServer(
      answering((action, message, connection) => {
        if (connection === 0) return null
        return action === 'Challenge'
          ? error(message, 'Unknown command')
          : error(message, 'Authentication failed')
      }),
    )
    await using heard = listen(address(server.port, { secret, login: 'md5' }), {
      log: (text) => logged.push(text),
    })
    heard.link.start()
    await heard.until(() => heard.link.state === 'refused')
    expect(logged.length).toBeGreaterThan(1)
    expect(JSON.stringify([logged, heard.states])).not.toContain(secret)
    expect(server.sent()).not.toContain(secret)
  })

  test('an order with a line break in it never leaves', async () => {
    await using server = await tcpServer(
      answering((action, message) =>
        action === 'Login' ? accepted(idOf(message)) : error(message, 'Permission denied'),
      ),
    )
    await using heard = listen(address(server.port))
    heard.link.start()
    await up(heard)
    const evil = '8000\r\nAction: Originate'
    const dial = { orderId: 'o1', extension: '8000', number: '8171', showAs: null }
    const orders = [
      heard.link.dial({ ...dial, number: evil }),
      heard.link.dial({ ...dial, extension: evil }),
      heard.link.dial({ ...dial, orderId: evil }),
      heard.link.transfer({ callId: '1.1', extension: '8000', to: evil, kind: 'blind' }),
      heard.link.transfer({ callId: '1.1', extension: evil, to: '8171', kind: 'attended' }),
    ]
    for (const order of orders) expect(await order).toEqual({ ok: false, reason: 'not-allowed' })
    await heard.link.dial({ ...dial, showAs: 'A\r\nAction: Originate\r\n"B"' })
    expect(server.sent().match(/^Action: Originate/gm)).toHaveLength(1)
    expect(server.sent()).toContain('CallerID: "A  Action: Originate  B" <8000>\r\n')
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
