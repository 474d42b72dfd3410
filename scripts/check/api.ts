/**
 * docs/openapi.json is the public API as committed, so that a change of it shows in review; it must equal what the
 * server makes of the contracts. `--write` renews it.
 */
import { buildApp } from '../../src/apps/server/app.ts'
import { readConfig } from '../../src/kernel/config.ts'
import { makeLog } from '../../src/kernel/log.ts'
import { compareOrWrite } from './committed.ts'
import { withDatabase } from './database.ts'

await withDatabase(async (databaseUrl, home) => {
  const config = { ...readConfig({ LOG_LEVEL: 'warn' }), home }
  const app = await buildApp({ config, databaseUrl, log: makeLog('warn') })
  try {
    await app.http.ready()
    await compareOrWrite('docs/openapi.json', `${JSON.stringify(app.http.swagger(), sortPaths, 2)}\n`)
  } finally {
    await app.stop()
  }
})

/** Paths and schemas by name: the order in which modules register says nothing about the API. */
function sortPaths(key: string, value: unknown): unknown {
  if (key !== 'paths' && key !== 'schemas') return value
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
}
