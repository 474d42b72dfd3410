/** `npm start` until /readyz says yes: in an empty home (the database is created), and once more in the same home. */
import { type ChildProcess, spawn } from 'node:child_process'
import { access } from 'node:fs/promises'
import { createServer } from 'node:net'
import { fileURLToPath } from 'node:url'
import { figures, percentile, say } from './output.ts'
import type { Options } from './run.ts'
import { atEnd, endChild, environment, prefer, temporaryHome } from './stage.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const patienceMs = 90_000

export async function run(options: Options): Promise<void> {
  const figure = figures('start')
  const built = await access(`${root}/dist`).then(
    () => true,
    () => false,
  )
  await prefer(process.pid, options.nice)
  if (!built) say('the screens are not built: the first start builds them, which is not counted')
  const cold: number[] = []
  const warm: number[] = []
  // The files of the program are in the page cache after the first; a machine just switched on is slower.
  await once(await temporaryHome(), options)
  for (let time = 0; time < options.times; time++) {
    const home = await temporaryHome()
    cold.push(await once(home, options))
    warm.push(await once(home, options))
    say(`cold ${cold.at(-1)?.toFixed(2)} s, warm ${warm.at(-1)?.toFixed(2)} s`)
  }
  const middle = (seconds: readonly number[]) => percentile(seconds, 0.5)
  figure('cold', middle(cold), 's', {
    times: cold.length,
    best: Math.min(...cold),
    aim: 8,
    ok: middle(cold) < 8,
  })
  figure('warm', middle(warm), 's', {
    times: warm.length,
    best: Math.min(...warm),
    aim: 2,
    ok: middle(warm) < 2,
  })
}

async function once(home: string, options: Options): Promise<number> {
  const port = await freePort()
  const began = performance.now()
  const child = spawn(process.execPath, [...options.serverOptions, 'src/apps/server/main.ts'], {
    cwd: root,
    env: environment(home, { PORT: String(port) }),
    detached: true,
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  atEnd(() => endChild(child))
  if (child.pid !== undefined) await prefer(child.pid, options.nice)
  await ready(port, child)
  const seconds = (performance.now() - began) / 1000
  await endChild(child)
  return seconds
}

async function ready(port: number, child: ChildProcess): Promise<void> {
  const until = performance.now() + patienceMs
  while (performance.now() < until) {
    if (child.exitCode !== null) throw new Error(`the server ended with ${child.exitCode}`)
    const answer = await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => undefined)
    if (answer?.status === 200) return
    await answer?.body?.cancel()
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  throw new Error('the server did not get ready')
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0))
    })
  })
}
