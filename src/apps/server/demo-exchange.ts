/**
 * The demo's telephones: a small simulated exchange on the loopback, connected as a real one would be, and a gentle day of
 * calls, so that a newcomer sees phones ring. Enter in the console lifts the receiver; colleagues answer, are busy or away.
 */
import { randomBytes } from 'node:crypto'
import { systemActor } from '../../kernel/actor.ts'
import type { JournalEntry } from '../../kernel/journal/entry.ts'
import { type Kernel, systemCtx } from '../../kernel/kernel.ts'
import {
  type CallScript,
  type Simulator,
  startSimulator,
} from '../../modules/calls/exchange/simulator/simulator.ts'
import { set } from '../../modules/calls/intake/setup.ts'
import { linkOf, phoneOnCall } from '../../modules/calls/intake/store.ts'
import { rulesSetting } from '../../modules/calls/settings.ts'
import { sites } from '../../modules/identity/public.ts'
import { demoMarker } from './demo-company.ts'
import { type Demo, readDemo, readPreset } from './preset-files.ts'

const username = 'foyer-demo'

export interface DemoPace {
  readonly firstSeconds: number
  readonly everySeconds: number
  /** Seconds of the script in one second of the clock. */
  readonly speed: number
}

const usualPace: DemoPace = { firstSeconds: 20, everySeconds: 80, speed: 1 }
/** Nobody sits there: the telephones are quiet until somebody does something again. */
const mostUnanswered = 2

export interface DemoExchange {
  readonly simulator: Simulator
  stop(): Promise<void>
}

/** @returns undefined in a house that is no demo, or that has an exchange of its own */
export async function startDemoExchange(
  kernel: Kernel,
  pace: Partial<DemoPace> = {},
): Promise<DemoExchange | undefined> {
  const found = await demoSite(kernel)
  if (found === undefined) return undefined
  const { siteId, demo } = found
  const link = await kernel.sql.maybe(linkOf(siteId))
  if (link !== undefined && link.address.username !== username) return undefined
  const { deskExtensions } = await kernel.settings.get(siteId, rulesSetting)
  const desk = deskExtensions[0]
  if (desk === undefined) return undefined
  const speeds = { ...usualPace, ...pace }
  const secret = randomBytes(24).toString('base64url')
  const simulator = await startSimulator({
    port: 0,
    username,
    secret,
    speed: speeds.speed,
    extensions: phonesOf(demo, new Set(deskExtensions)),
    numbers: { '66668000': desk },
  })
  await connect(kernel, siteId, simulator.port, secret, true)
  const day = playDay(kernel, siteId, simulator, { desk, scripts: scriptsOf(demo), pace: speeds })
  return {
    simulator,
    async stop() {
      day()
      // A house started without the demo's telephones must not go on looking for them.
      await connect(kernel, siteId, simulator.port, secret, false)
      await simulator.stop()
    },
  }
}

async function demoSite(kernel: Kernel): Promise<{ siteId: string; demo: Demo } | undefined> {
  for (const site of await kernel.sql.all(sites())) {
    const { version, value } = await kernel.settings.read(site.id, demoMarker)
    if (version > 0 && value.state === 'loaded')
      return { siteId: site.id, demo: readDemo(readPreset(value.preset)) }
  }
  return undefined
}

async function connect(
  kernel: Kernel,
  siteId: string,
  port: number,
  secret: string,
  enabled: boolean,
): Promise<void> {
  const before = await kernel.sql.maybe(linkOf(siteId))
  const address = {
    host: '127.0.0.1',
    port,
    username,
    login: 'md5' as const,
    tls: false,
    context: 'internal',
    technology: 'PJSIP',
    trunks: ['PJSIP/trunk'],
    outsidePrefix: '',
    ringCadenceSeconds: 5,
    keepAliveSeconds: 30,
  }
  await set(systemCtx(kernel, siteId, systemActor), {
    body: { enabled, address, secret, ...(before === undefined ? {} : { version: before.version }) },
  })
}

/** Every telephone of the extension list; most colleagues answer by themselves, every fifth is not at the desk. */
function phonesOf(demo: Demo, desk: ReadonlySet<string>) {
  const { departments, employees } = demo.organisation
  const names = new Map<string, string>()
  for (const { name, extension } of [...employees, ...departments])
    if (extension !== undefined && !names.has(extension)) names.set(extension, name)
  for (const extension of desk) names.set(extension, '总机 Desk')
  return [...names].map(([number, name], n) => ({
    number,
    name,
    ...(desk.has(number) || n % 5 === 3 ? {} : { answersAfter: 5 + (n % 4) }),
  }))
}

/** The preset's own customers, and two nobody knows: one with a complaint, one who sells something. */
function scriptsOf(demo: Demo): Omit<CallScript, 'to'>[] {
  const known = demo.customers
    .flatMap(({ contacts }) => contacts.flatMap(({ phones }) => phones.slice(0, 1)))
    .map((from) => ({ from: from.replace(/\D/g, ''), talksFor: 150, givesUpAfter: 45 }))
  const complaint = { from: '13588880001', name: '投诉 Complaint', talksFor: 180, givesUpAfter: 60 }
  const solicitor = { from: '17090001234', name: '推销 Sales', talksFor: 90, givesUpAfter: 30 }
  return [...known.slice(0, 2), complaint, ...known.slice(2, 4), solicitor, ...known.slice(4)]
}

interface Day {
  readonly desk: string
  readonly scripts: readonly Omit<CallScript, 'to'>[]
  readonly pace: DemoPace
}

/** @returns what ends it */
function playDay(kernel: Kernel, siteId: string, simulator: Simulator, day: Day): () => void {
  const { desk, scripts, pace } = day
  let count = 0
  let unanswered = 0
  let timer = setTimeout(ring, (pace.firstSeconds * 1000) / pace.speed)

  function ring(): void {
    timer = setTimeout(ring, (pace.everySeconds * 1000) / pace.speed)
    const script = scripts[count % scripts.length]
    if (script === undefined || unanswered >= mostUnanswered) return
    unanswered += 1
    count += 1
    simulator.call({ ...script, to: '66668000', ringFor: script.givesUpAfter ?? 45 })
  }

  const unlisten = kernel.tail.listen((entry: JournalEntry) => {
    if (entry.siteId !== siteId || entry.actorKind !== 'user') return
    unanswered = 0
    if (entry.entity === 'call' && entry.action === 'call.answered')
      void lift(kernel, simulator, siteId, entry.entityId, desk)
  })
  return () => {
    clearTimeout(timer)
    unlisten()
  }
}

/** The console's Enter: the telephone that rings for this call is picked up. */
async function lift(
  kernel: Kernel,
  simulator: Simulator,
  siteId: string,
  callId: string,
  desk: string,
): Promise<void> {
  try {
    const phone = await kernel.sql.maybe(phoneOnCall(siteId, callId, null))
    if (phone !== undefined) simulator.answer(phone.extension || desk)
  } catch (error) {
    kernel.log.warn({ err: error }, 'a telephone of the demo was not picked up')
  }
}
