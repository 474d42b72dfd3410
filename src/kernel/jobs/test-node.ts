/** One node in a process of its own, for tests that kill it: `node test-node.ts DATABASE_URL HOME`. */
import { buildApp } from '../../apps/server/app.ts'
import { readConfig } from '../config.ts'
import { makeLog } from '../log.ts'
import { slowJobs } from './testing.ts'

const [databaseUrl = '', home = ''] = process.argv.slice(2)
const app = await buildApp({
  config: { ...readConfig({}), home },
  databaseUrl,
  log: makeLog('warn'),
  modules: [slowJobs],
})
process.once('SIGTERM', () => void app.stop())
await app.startBackground()
