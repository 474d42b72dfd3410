import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import { httpSender, isPublic, SendFault } from './sender.ts'

const closing: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

async function play(listener: RequestListener) {
  const server = createServer(listener)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closing.push(async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  })
  const { port } = server.address() as AddressInfo
  return `http://127.0.0.1:${port}`
}

const outgoing = { url: 'https://hooks.example.com/x?k=1', headers: { 'x-a': 'b' }, body: '{"a":"来访"}' }
const fault = async (sent: () => Promise<unknown>) => {
  try {
    await sent()
  } catch (error) {
    return error instanceof SendFault ? error.fault : String(error)
  }
  return 'sent'
}

describe('G5 where a request may lead', () => {
  test.each([
    'https://127.0.0.1/x',
    'https://[::1]/x',
    'https://10.1.2.3/x',
    'https://169.254.169.254/latest',
  ])('%s is not asked', async (url) => {
    expect(await fault(async () => httpSender()({ ...outgoing, url }))).toBe('address')
  })

  test('numbers in disguise and plain http are not asked either', async () => {
    for (const url of [
      'https://2130706433/x',
      'https://0x7f.1/x',
      'https://[::ffff:127.0.0.1]/x',
      'http://example.com/x',
    ])
      expect(await fault(async () => httpSender()({ ...outgoing, url }))).toBe('address')
  })

  test('a name that resolves into the house is refused when it connects, whatever else it resolves to', async () => {
    const lookup = ((_name: string, _options: unknown, done: (error: null, found: unknown) => void) =>
      done(null, [
        { address: '93.184.216.34', family: 4 },
        { address: '192.168.1.10', family: 4 },
      ])) as never
    expect(await fault(() => httpSender({ lookup })(outgoing))).toBe('address')
    expect(await fault(() => httpSender()({ ...outgoing, url: 'https://localhost/x' }))).toBe('address')
  })

  test.each([
    ['93.184.216.34', true],
    ['100.64.0.1', false],
    ['172.31.255.255', false],
    ['172.32.0.1', true],
    ['0.0.0.0', false],
    ['224.0.0.1', false],
    ['2606:2800:220:1::1', true],
    ['fe80::1', false],
    ['fd00::1', false],
    ['::ffff:10.0.0.1', false],
    ['64:ff9b::7f00:1', false],
    ['2002:7f00:1::', false],
    ['nonsense', false],
  ])('%s public: %s', (address, is) => {
    expect(isPublic(address)).toBe(is)
  })
})

describe('C10 one request', () => {
  test('body, headers and path arrive; the answer comes back', async () => {
    const seen: unknown[] = []
    const base = await play((request, response) => {
      const parts: Buffer[] = []
      request.on('data', (part: Buffer) => parts.push(part))
      request.on('end', () => {
        seen.push(request.method, request.url, request.headers['x-a'], Buffer.concat(parts).toString())
        response.writeHead(201).end('好')
      })
    })
    const send = httpSender({ base: { 'https://hooks.example.com': base } })
    expect(await send(outgoing)).toEqual({ status: 201, body: '好' })
    expect(seen).toEqual(['POST', '/x?k=1', 'b', '{"a":"来访"}'])
  })

  test('a redirect is an answer and is not followed', async () => {
    let asked = 0
    const base = await play((_, response) => {
      asked += 1
      response.writeHead(302, { location: '/elsewhere' }).end()
    })
    const send = httpSender({ base: { 'https://hooks.example.com': base } })
    expect(await send(outgoing)).toMatchObject({ status: 302 })
    expect(asked).toBe(1)
  })

  test('hanging, endless, closed and speaking something else', async () => {
    const hanging = await play(() => undefined)
    const slow = httpSender({ base: { 'https://hooks.example.com': hanging }, timeoutMs: 50 })
    expect(await fault(() => slow(outgoing))).toBe('timeout')
    const endless = await play((_, response) => {
      const more = () => {
        while (!response.destroyed && response.write('x'.repeat(16_384)));
        if (!response.destroyed) response.once('drain', more)
      }
      more()
    })
    expect(await fault(() => httpSender({ base: { 'https://hooks.example.com': endless } })(outgoing))).toBe(
      'garbage',
    )
    const base = await play((request) => request.socket.end('not http at all\r\n\r\n'))
    expect(await fault(() => httpSender({ base: { 'https://hooks.example.com': base } })(outgoing))).toBe(
      'garbage',
    )
    const closed = { 'https://hooks.example.com': 'http://127.0.0.1:1' }
    expect(await fault(() => httpSender({ base: closed })(outgoing))).toBe('unreachable')
  })
})
