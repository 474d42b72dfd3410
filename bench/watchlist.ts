/** The watch list (V12): one visitor held against 100 000 entries, and a whole walk-in over HTTP with and without them. */
import { loadavg } from 'node:os'
import { buildApp } from '../src/apps/server/app.ts'
import type { Actor } from '../src/kernel/actor.ts'
import { newId } from '../src/kernel/ids.ts'
import { makeLog } from '../src/kernel/log.ts'
import { type Ctx, query } from '../src/kernel/work/command.ts'
import { derive, sealWritten } from '../src/modules/visits/watch-list/entry.ts'
import { screen } from '../src/modules/visits/watch-list/screen.ts'
import { Connection } from './connection.ts'
import { type Figure, figures, percentile, say } from './output.ts'
import type { Options } from './run.ts'
import { atEnd, openStage, type Stage } from './stage.ts'
import { anyName, nextPhone, pick, walkIn } from './walk-in.ts'

const entries = 100_000
const chunk = 2_000
const screenings = 2_000
const walkIns = 600

export async function run(options: Options): Promise<void> {
  const figure = figures('watchlist')
  const stage = await openStage({
    passes: 4 * walkIns,
    serverOptions: options.serverOptions,
    nice: options.nice,
  })
  const app = await buildApp({
    config: stage.config,
    databaseUrl: stage.databaseUrl,
    log: makeLog('error'),
  })
  atEnd(() => app.stop())
  const actor: Actor = {
    kind: 'apikey',
    id: stage.house.key.id,
    name: 'bench',
    employeeId: null,
    roles: new Map([[stage.house.siteId, ['receptionist']]]),
    link: null,
  }
  const ctx: Ctx = {
    kernel: app.kernel,
    actor,
    siteId: stage.house.siteId,
    requestId: newId(),
    idempotency: null,
  }
  await overHttp(stage, figure, 'register-empty', 0)
  const began = performance.now()
  await seed(stage, ctx)
  figure('seed', (performance.now() - began) / 1000, 's', { entries })
  await screened(ctx, stage, figure)
  await overHttp(stage, figure, 'register', entries)
}

/** Names, companies and telephones as the desk meets them, every third with a document, every fourth with a plate. */
async function seed({ db, house }: Stage, ctx: Ctx): Promise<void> {
  const at = new Date().toISOString()
  for (let from = 0; from < entries; from += chunk) {
    const rows = []
    for (let n = from; n < from + chunk; n++) {
      const { body } = walkIn(house)
      const document =
        n % 3 === 0 ? { kind: 'passport' as const, number: `E${String(n).padStart(8, '0')}` } : null
      const written = {
        level: n % 2 === 0 ? ('block' as const) : ('alert' as const),
        name: anyName(),
        aliases: n % 10 === 0 ? [anyName()] : [],
        organisation: n % 2 === 0 ? String(body.organisation) : '',
        phones: [nextPhone()],
        plates: n % 4 === 0 ? [`粤B${String(n).padStart(5, '0')}`] : [],
        reason: '闹事',
      }
      rows.push({
        ...derive(written, await sealWritten(ctx.kernel.secrets, document, at.slice(0, 10))),
        id: newId(),
        site_id: house.siteId,
        version: 1,
        status: 'active',
        valid_from: at,
        withdrawn_why: '',
        created_at: at,
        created_by: 'bench',
        created_by_name: 'bench',
        updated_at: at,
      })
    }
    await db.query('insert into watch_entry select * from jsonb_populate_recordset(null::watch_entry, $1)', [
      JSON.stringify(rows),
    ])
    if ((from / chunk) % 10 === 9) say(`${from + chunk} entries`)
  }
  await db.query('vacuum analyze watch_entry')
}

async function screened(ctx: Ctx, { house, db }: Stage, figure: Figure): Promise<void> {
  const { rows } = await db.query<{ phones: string[] }>(
    'select phones from watch_entry order by id limit 2000',
  )
  const took: number[] = []
  let hit = 0
  for (let n = -100; n < screenings; n++) {
    const { body } = walkIn(house)
    const person = {
      name: anyName(),
      organisation: String(body.organisation),
      // Every tenth is somebody on the list.
      phone: n % 10 === 0 ? (pick(rows).phones[0] ?? '') : `+86${nextPhone()}`,
      documentIndex: null,
      plate: '',
      visitorId: newId(),
    }
    const since = performance.now()
    const hits = await screen(ctx, query(ctx), person)
    if (n < 0) continue
    took.push(performance.now() - since)
    if (hits.length > 0) hit += 1
  }
  told(figure, 'screen', took, { entries, hit, aim: 20, ok: percentile(took, 0.95) < 20 })
}

async function overHttp(stage: Stage, figure: Figure, name: string, listed: number): Promise<void> {
  const { house, port } = stage
  const headers = { authorization: `Bearer ${house.key.secret}`, 'foyer-site': house.siteId }
  const connection = await Connection.open(port, headers)
  const took: number[] = []
  for (let n = -50; n < walkIns; n++) {
    const { body, key } = walkIn(house)
    const since = performance.now()
    const answer = await connection.post(
      '/api/v1/visits',
      JSON.stringify(body),
      `idempotency-key: ${key}\r\n`,
    )
    if (answer.status !== 200) throw new Error(`POST /visits: ${answer.status} ${answer.body}`)
    if (n >= 0) took.push(performance.now() - since)
  }
  connection.close()
  told(figure, name, took, { entries: listed })
}

function told(
  figure: Figure,
  name: string,
  took: readonly number[],
  of: Readonly<Record<string, string | number | boolean>>,
): void {
  const load = Math.round(loadavg()[0] ?? 0)
  figure(`${name}-p50`, percentile(took, 0.5), 'ms', { ...of, n: took.length, load })
  figure(`${name}-p95`, percentile(took, 0.95), 'ms', { ...of, n: took.length, load })
}
