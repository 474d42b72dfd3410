/** `npm run bench -- NAME [options]` */
import { parseArgs } from 'node:util'
import { say } from './output.ts'
import { cleanUp } from './stage.ts'

const usage = `Benchmarks. Each prints one JSON line per figure on stdout and what it is doing on stderr; everything runs on the
loopback in a temporary FOYER_HOME with its own PostgreSQL (fsync on), which is removed at the end.

  npm run bench -- NAME [options]

  checkin   complete walk-in over HTTP against the same SQL sent straight by pg, in turns
              --seconds 20   measured time of each of the two     --clients 16
  replay    a day book in time order, compressed: register and release at their minute
              --over 60      seconds the whole book takes         --clients 16
  search    known visitors and register as the tables grow        --sizes 10000,100000,1000000
  window    the single window: people with five visits each, at the last two sizes   --sizes 100000,1000000
  board     today's board, 500 on site, as the tables grow        --sizes 10000,100000,1000000
  live      500 consoles: from commit to event received           --consoles 500
  exchange  200 calls at once at a simulated exchange: ring to screen, share of a core   --seconds 20
  stats     figures over millions of visits: rebuild, check, weekly report, follower; the last size counts   --sizes 5000000
  watchlist one visitor against 100 000 entries, and a whole walk-in with them
  group     240 people of one group: one by one, and all at once  --times 3
  start     seconds until the server answers, cold and warm       --times 3
  all       every one, one after the other

  --profile DIR  the server writes a CPU profile there
  --nice -15     priority over what else runs on this machine (needs the right to; Linux)
`

export interface Options {
  readonly seconds: number
  readonly clients: number
  readonly over: number
  readonly sizes: readonly number[]
  readonly consoles: number
  readonly times: number
  readonly serverOptions: readonly string[]
  readonly nice: number | undefined
}

const benchmarks: Readonly<
  Record<string, () => Promise<{ readonly run: (options: Options) => Promise<void> }>>
> = {
  checkin: () => import('./checkin.ts'),
  replay: () => import('./replay.ts'),
  search: () => import('./search.ts'),
  window: () => import('./window.ts'),
  board: () => import('./board.ts'),
  live: () => import('./live.ts'),
  exchange: () => import('./exchange.ts'),
  stats: () => import('./stats.ts'),
  watchlist: () => import('./watchlist.ts'),
  group: () => import('./group.ts'),
  start: () => import('./start.ts'),
}

function readOptions() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      help: { type: 'boolean', short: 'h' },
      seconds: { type: 'string', default: '20' },
      clients: { type: 'string', default: '16' },
      over: { type: 'string', default: '60' },
      sizes: { type: 'string', default: '10000,100000,1000000' },
      consoles: { type: 'string', default: '500' },
      times: { type: 'string', default: '3' },
      profile: { type: 'string' },
      nice: { type: 'string' },
    },
  })
  const number = (name: 'seconds' | 'clients' | 'over' | 'consoles' | 'times') => {
    const value = Number(values[name])
    if (!Number.isFinite(value) || value < 0) throw new Error(`--${name} wants a number`)
    return value
  }
  const sizes = values.sizes.split(',').map(Number)
  if (sizes.some((size) => !Number.isInteger(size) || size < 1000))
    throw new Error('--sizes wants numbers from 1000 up')
  const options: Options = {
    seconds: number('seconds'),
    clients: number('clients'),
    over: number('over'),
    consoles: number('consoles'),
    times: number('times'),
    sizes: sizes.sort((a, b) => a - b),
    nice: values.nice === undefined ? undefined : Number(values.nice),
    serverOptions: values.profile === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${values.profile}`],
  }
  return { help: values.help === true || positionals.length === 0, names: positionals, options }
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    void cleanUp().finally(() => process.exit(130))
  })
}

/** One process each for `all`: what one leaves behind in memory must not be another's. */
async function main(): Promise<void> {
  const { help, names, options } = readOptions()
  if (help) {
    process.stdout.write(usage)
    return
  }
  const [name = ''] = names
  if (name === 'all') {
    const { spawnSync } = await import('node:child_process')
    const rest = process.argv.slice(2).filter((word) => word !== 'all')
    for (const one of Object.keys(benchmarks)) {
      const { status } = spawnSync(process.execPath, [import.meta.filename, one, ...rest], {
        stdio: 'inherit',
      })
      if (status !== 0) process.exitCode = status ?? 1
    }
    return
  }
  const load = benchmarks[name]
  if (load === undefined) throw new Error(`there is no benchmark "${name}"`)
  await (await load()).run(options)
}

try {
  await main()
} catch (error) {
  say(error instanceof Error ? (error.stack ?? error.message) : String(error))
  process.exitCode = 1
} finally {
  await cleanUp()
}
process.exit(process.exitCode ?? 0)
