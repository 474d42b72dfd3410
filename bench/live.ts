/** Hundreds of open consoles: from the commit of a change to the moment its event has arrived at each. */
import type { Socket } from 'node:net'
import { Connection } from './connection.ts'
import { openConsole } from './console.ts'
import { figures, percentile, say } from './output.ts'
import type { Options } from './run.ts'
import { atEnd, openStage } from './stage.ts'
import { walkIn } from './walk-in.ts'

const changes = 60
const pauseMs = 120

export async function run(options: Options): Promise<void> {
  const figure = figures('live')
  const stage = await openStage({ ...options, passes: 1000 })
  const arrived = new Map<string, { at: number; delays: number[] }>()
  const early = new Map<string, number[]>()
  const heard = (id: string) => {
    const change = arrived.get(id)
    if (change !== undefined) change.delays.push(performance.now() - change.at)
    else early.set(id, [...(early.get(id) ?? []), performance.now()])
  }
  const consoles: Socket[] = []
  atEnd(() => {
    for (const one of consoles) one.destroy()
  })
  const what = { entity: 'visit', action: 'visit.registered' }
  while (consoles.length < options.consoles) consoles.push(await openConsole(stage, what, heard))
  say(`${consoles.length} consoles open`)
  const desk = await Connection.open(stage.port, {
    authorization: `Bearer ${stage.house.key.secret}`,
    'foyer-site': stage.house.siteId,
  })
  atEnd(() => desk.close())
  for (let n = 0; n < changes; n++) {
    const { id, key, body } = walkIn(stage.house)
    const answer = await desk.post('/api/v1/visits', JSON.stringify(body), `idempotency-key: ${key}\r\n`)
    if (answer.status !== 200) throw new Error(answer.body)
    // The answer comes right after the commit; an event may even be quicker than it.
    const at = performance.now()
    arrived.set(id, { at, delays: (early.get(id) ?? []).map((early) => Math.min(0, early - at)) })
    await new Promise((resolve) => setTimeout(resolve, pauseMs))
  }
  await new Promise((resolve) => setTimeout(resolve, 2000))
  const delays = [...arrived.values()].flatMap((change) => change.delays)
  const expected = changes * consoles.length
  const of = { consoles: consoles.length, changes }
  figure('delay-p50', percentile(delays, 0.5), 'ms', of)
  figure('delay-p95', percentile(delays, 0.95), 'ms', { ...of, aim: 250, ok: percentile(delays, 0.95) < 250 })
  figure('delay-max', percentile(delays, 1), 'ms', of)
  figure('events', delays.length, 'events', { expected, ok: delays.length === expected })
}
