/** A real house for the journeys: built screens, server in this process on the real clock, a database of its own, a mail peer. */
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { inject } from 'vitest'
import { type App, buildApp } from '../../src/apps/server/app.ts'
import { loadDemo } from '../../src/apps/server/demo.ts'
import { ensureWeb } from '../../src/apps/server/web-build.ts'
import { readConfig } from '../../src/kernel/config.ts'
import { migrate } from '../../src/kernel/db/migrate.ts'
import { newId } from '../../src/kernel/ids.ts'
import { makeLog } from '../../src/kernel/log.ts'
import type { FoyerModule } from '../../src/kernel/module.ts'
import { type MailPeer, mailPeer } from '../../src/kernel/notifications/testing.ts'
import { letterText } from './mail.ts'
import { until } from './until.ts'

export interface House {
  readonly url: string
  readonly app: App
  /** Facts for a test that no screen shows, and time that has to pass. */
  rows<T extends object>(text: string, values?: readonly unknown[]): Promise<T[]>
  /** The signed link of the newest letter to this address that speaks of `about`. */
  linkFor(address: string, about: string): Promise<string>
  stop(): Promise<void>
}

export interface HouseOptions {
  /** Instead of the whole house's own, where a journey plays the world outside. */
  readonly modules?: readonly FoyerModule[]
}

/** `demo` is the group, the preset most journeys are about. */
export type Preset = 'corporate' | 'switchboard' | 'group' | 'property' | 'coworking'

export async function openHouse(
  content: 'demo' | 'empty' | Preset,
  options: HouseOptions = {},
): Promise<House> {
  const web = await ensureWeb(() => undefined)
  if (web.kind === 'missing') throw new Error(web.reason)
  const databaseUrl = await newDatabase()
  const home = await mkdtemp(join(tmpdir(), 'foyer-e2e-'))
  const mail = await mailPeer()
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const env = {
    LOG_LEVEL: process.env.TEST_LOG ?? 'silent',
    RATE_LIMIT: '0',
    PUBLIC_URL: url,
    SMTP_URL: mail.url,
  }
  const config = { ...readConfig({ ...env, PORT: String(port) }), home }
  const app = await buildApp({ config, databaseUrl, log: makeLog(config.logLevel), ...options })
  if (content !== 'empty') await loadDemo(app.kernel, content === 'demo' ? 'group' : content, () => undefined)
  await app.http.listen({ host: config.host, port })
  await app.startBackground()
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 2 })
  return {
    url,
    app,
    async rows<T extends object>(text: string, values: readonly unknown[] = []) {
      return (await pool.query<T>(text, [...values])).rows
    },
    linkFor: (address, about) => linkFor(mail, address, about),
    async stop() {
      await pool.end()
      await app.stop()
      await mail.close()
      await rm(home, { recursive: true, force: true })
    },
  }
}

async function linkFor(mail: MailPeer, address: string, about: string): Promise<string> {
  return await until(`a letter to ${address} about ${about}`, async () => {
    const letters = mail.received.filter(({ to }) => to.includes(address)).map(({ raw }) => letterText(raw))
    return letters
      .filter((text) => text.includes(about))
      .map((text) => /https?:\/\/\S+#link=\S+/.exec(text)?.[0])
      .findLast((link) => link !== undefined)
  })
}

async function newDatabase(): Promise<string> {
  const base = inject('postgresUrl')
  const client = new pg.Client({ connectionString: base })
  await client.connect()
  const name = `e2e_${newId().replaceAll('-', '')}`
  await client.query(`create database ${name}`)
  await client.end()
  const url = new URL(base)
  url.pathname = `/${name}`
  await migrate(url.toString())
  return url.toString()
}

/** Taken before the server listens, because its letters carry its address. */
async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}
