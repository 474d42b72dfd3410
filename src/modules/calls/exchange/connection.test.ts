import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { accepted, answering, block, error, idOf, list, up } from './test-server.ts'
import { address, listen, quickPace, recording, replay, tcpServer } from './testing.ts'

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
