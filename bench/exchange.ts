/**
 * A busy exchange: two hundred calls at once, over and over, from the simulated exchange through the link into records and
 * out to a console. How long from the telephone's first sound to the screen, and what share of a processor it takes.
 */
import { readFile } from 'node:fs/promises'
import { loadMasterSecret, secretsFrom } from '../src/kernel/secrets.ts'
import { type Simulator, startSimulator } from '../src/modules/calls/exchange/simulator/simulator.ts'
import { openConsole } from './console.ts'
import { figures, percentile, say } from './output.ts'
import type { Options } from './run.ts'
import { atEnd, openStage, type Stage } from './stage.ts'

const atOnce = 200
const answeredAfter = 3
const talksFor = 12
const secret = 'bench-exchange'
const ticksPerSecond = 100

export async function run(options: Options): Promise<void> {
  const figure = figures('exchange')
  const stage = await openStage(options)
  const simulator = await startSimulator({
    port: 0,
    username: 'bench',
    secret,
    // Telephones of the bench's two hundred employees.
    extensions: Array.from({ length: atOnce }, (_, n) => ({
      number: String(8200 + n),
      name: `工程师${n + 1}`,
    })),
  })
  atEnd(() => simulator.stop())
  const rang = new Map<string, number>()
  const console_ = await openConsole(stage, { entity: 'call', action: 'call.rang' }, (id, at) => {
    if (!rang.has(id)) rang.set(id, at)
  })
  atEnd(() => console_.destroy())
  await connectLink(stage, simulator.port)
  const before = await processorSeconds(stage.pid)
  const began = performance.now()
  const started = await keepBusy(simulator, options.seconds)
  const share = ((await processorSeconds(stage.pid)) - before) / ((performance.now() - began) / 1000)
  say('waiting until every call has ended')
  await everyoneDone(stage)
  const { rows } = await stage.db.query<{ id: string; exchange_id: string; talk: number }>(
    'select id, exchange_id, talk_seconds::float as talk from call where exchange_id is not null',
  )
  const delays = rows.flatMap(({ id, exchange_id }) => {
    const [from, to] = [started.get(exchange_id), rang.get(id)]
    return from === undefined || to === undefined ? [] : [to - from]
  })
  const of = { calls: started.size, atOnce }
  figure('ring-to-screen-p50', percentile(delays, 0.5), 'ms', of)
  figure('ring-to-screen-p95', percentile(delays, 0.95), 'ms', {
    ...of,
    aim: 1000,
    ok: percentile(delays, 0.95) < 1000,
  })
  figure('ring-to-screen-p99', percentile(delays, 0.99), 'ms', of)
  figure('cpu-share', share * 100, '% of one core', { ...of, of: 'server process' })
  const whole = rows.filter(({ talk }) => talk > 0).length
  figure('records', rows.length, 'calls', {
    expected: started.size,
    heard: delays.length,
    ok: rows.length === started.size && whole === started.size && delays.length === started.size,
  })
}

/** As an administrator sets it up; the server finds the row within a second. */
async function connectLink({ db, home, house }: Stage, port: number): Promise<void> {
  const secrets = secretsFrom(await loadMasterSecret(home, undefined))
  const address = {
    host: '127.0.0.1',
    port,
    username: 'bench',
    login: 'md5',
    tls: false,
    context: 'internal',
    technology: 'PJSIP',
    trunks: ['PJSIP/trunk'],
    outsidePrefix: '',
    ringCadenceSeconds: 5,
    keepAliveSeconds: 30,
  }
  await db.query(
    `insert into exchange (site_id, address, secret_sealed, changed_at, changed_by_name) values ($1, $2, $3, now(), 'bench')`,
    [house.siteId, JSON.stringify(address), await secrets.encrypt(secret)],
  )
  await until(async () => (await db.query(`select 1 from exchange where state = 'up'`)).rowCount === 1)
}

/** Each telephone has its next caller as soon as the last one has hung up. @returns call of the exchange → its first sound */
async function keepBusy(simulator: Simulator, seconds: number): Promise<Map<string, number>> {
  const started = new Map<string, number>()
  const end = performance.now() + seconds * 1000
  const telephone = async (n: number) => {
    // Spread over a whole call, as callers are.
    await pause((n / atOnce) * (answeredAfter + talksFor) * 1000)
    while (performance.now() < end) {
      const from = `139${String(10_000_000 + started.size)}`
      const at = performance.now()
      const call = simulator.call({ from, to: String(8200 + n), answeredAfter, talksFor })
      started.set(call.id, at)
      while (!call.over) await pause(100)
    }
  }
  await Promise.all(Array.from({ length: atOnce }, (_, n) => telephone(n)))
  return started
}

async function everyoneDone({ db }: Stage): Promise<void> {
  await until(
    async () =>
      (await db.query('select 1 from call where exchange_id is not null and ended_at is null limit 1'))
        .rowCount === 0,
  )
  // The last entries are still on their way to the console.
  await pause(2000)
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  const end = performance.now() + 60_000
  while (!(await holds())) {
    if (performance.now() > end) throw new Error('it never came to that')
    await pause(100)
  }
}

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))

/** User and system time of the process so far. */
async function processorSeconds(pid: number): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8')
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond
}
