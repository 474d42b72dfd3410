import { describe, expect, test } from 'vitest'
import { accepted, answering, block, error, idOf, list, up } from './test-server.ts'
import { address, listen, player, quickPace, recording, tcpServer } from './testing.ts'

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
