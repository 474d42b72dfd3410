/** Start and stop as an operator sees them: real processes, real signals. */
import { mkdtemp, rm } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startPostgres } from '../src/kernel/db/embedded.ts'
import { foyer, postmasterOf, type ServerProcess, startServer } from './support/server-process.ts'

let home: string
let server: ServerProcess

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'foyer-life-'))
  server = await startServer({ home, args: ['--demo'], patienceMs: 170_000 })
})
afterAll(async () => {
  await server?.kill()
  const left = await postmasterOf(home)
  if (left !== undefined) process.kill(left, 'SIGINT')
  await sleep(500)
  await rm(home, { recursive: true, force: true, maxRetries: 5 })
})

async function signIn(address: string): Promise<number> {
  const answer = await fetch(`${address}/api/v1/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username: 'desk', password: 'hengchuan-2026' }),
  })
  return answer.status
}

describe('the server process', () => {
  test('--demo prints address and an account for every role', async () => {
    const said = server.log().join('\n')
    expect(said).toContain(server.address)
    for (const word of ['receptionist', 'guard', 'host', 'system_admin', 'hengchuan-2026'])
      expect(said).toContain(word)
    expect(await signIn(server.address)).toBe(200)
    expect((await fetch(`${server.address}/readyz`)).status).toBe(200)
  })

  test('the command line works beside it', async () => {
    const made = await foyer(home, ['apikey', 'add', '--role', 'receptionist'])
    expect(made.code, made.err).toBe(0)
    const board = await fetch(`${server.address}/api/v1/visits/board`, {
      headers: { authorization: `Bearer ${made.out}` },
    })
    expect(board.status).toBe(200)
    expect((await foyer(home, ['journal', 'verify'])).code).toBe(0)
    expect((await foyer(home, ['user', 'add', 'x'])).code).toBe(2)
    expect((await foyer(home, ['apikey', 'add', '--role', 'king'])).code).toBe(1)
  })

  test('a port in use is said in words, and the running server stays', async () => {
    await expect(startServer({ home, port: server.port })).rejects.toThrow(
      /Port \d+ on 127\.0\.0\.1 is in use/,
    )
    expect(await signIn(server.address)).toBe(200)
  })

  test('a second node on the same database serves the same house; the demo is not loaded twice', async () => {
    const postgres = await startPostgres({ home })
    const other = await mkdtemp(join(tmpdir(), 'foyer-node-'))
    try {
      const second = await startServer({
        home: other,
        args: ['--demo'],
        env: { DATABASE_URL: postgres.url, FOYER_SECRET: 's'.repeat(40) },
      })
      expect(await signIn(second.address)).toBe(200)
      expect(await second.stop()).toBe(0)
      expect(await signIn(server.address)).toBe(200)
    } finally {
      await postgres.stop()
      await rm(other, { recursive: true, force: true })
    }
  })

  test('SIGTERM: a request in flight is answered, PostgreSQL is stopped, exit code 0', async () => {
    const body = JSON.stringify({ username: 'desk', password: 'hengchuan-2026' })
    const socket = connect(server.port, '127.0.0.1')
    let answer = ''
    socket.on('data', (chunk) => {
      answer += chunk.toString()
    })
    const closed = new Promise((resolve) => socket.once('close', resolve))
    socket.write(
      `POST /api/v1/sign-in HTTP/1.1\r\nhost: 127.0.0.1:${server.port}\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body.slice(0, 9)}`,
    )
    await sleep(500)
    const ended = server.stop()
    await sleep(500)
    expect(server.running()).toBe(true)
    socket.write(body.slice(9))
    await closed
    expect(answer).toContain('HTTP/1.1 200')
    expect(await ended).toBe(0)
    expect(await postmasterOf(home)).toBeUndefined()
  })

  test('started again it goes on where it was', async () => {
    server = await startServer({ home })
    expect(await signIn(server.address)).toBe(200)
    expect(await server.stop()).toBe(0)
  })
})
