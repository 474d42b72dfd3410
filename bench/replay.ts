/**
 * Real arrivals in time order, compressed: nights are left out and every minute of the book in which something happened
 * lasts the same. Each visitor is registered at the minute of arrival and released at the minute of departure.
 */
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { parse } from 'csv-parse/sync'
import { newId } from '../src/kernel/ids.ts'
import { Connection } from './connection.ts'
import { figures, percentile, say } from './output.ts'
import type { Options } from './run.ts'
import { atEnd, openStage, type Stage } from './stage.ts'
import { pick } from './walk-in.ts'

const real = fileURLToPath(new URL('../../shared/data/waves-visitors.csv', import.meta.url))
const invented = fileURLToPath(new URL('data/day-book.csv', import.meta.url))
/** Most lines of the book have no departure. */
const usualStayMinutes = 95

interface Guest {
  readonly id: string
  readonly name: string
  readonly group: string
  readonly arrival: number
  readonly departure: number
}

interface Act {
  readonly minute: number
  readonly guest: Guest
  readonly kind: 'register' | 'release'
}

export async function run(options: Options): Promise<void> {
  const figure = figures('replay')
  const { guests, source, left } = await readBook()
  const acts = inOrder(guests)
  const minutes = new Set(acts.map((act) => act.minute)).size
  const minuteMs = (options.over * 1000) / minutes
  const of = { source, visitors: guests.length, minutes, leftOut: left }
  const stage = await openStage({ ...options, passes: guests.length + 1000 })
  say(
    `${guests.length} visitors in ${minutes} minutes with something to do, ${Math.round(60_000 / minuteMs)} times faster than life`,
  )
  const { took, lags, seconds } = await replay(stage, acts, minuteMs, options.clients)
  figure('rate', acts.length / seconds, 'commands/s', { ...of, commands: acts.length })
  figure('register-p95', percentile(took.register, 0.95), 'ms', of)
  figure('release-p95', percentile(took.release, 0.95), 'ms', of)
  figure('lag-p95', percentile(lags, 0.95), 'ms', of)
  figure('lag-max', percentile(lags, 1), 'ms', of)
  const { rows } = await stage.db.query<{
    visits: number
    gone: number
    stock: number
  }>(`select count(*)::int as visits,
    (count(*) filter (where status = 'left'))::int as gone,
    (select count(*)::int from pass where status <> 'in_stock') as stock from visit`)
  const { visits = 0, gone = 0, stock = 0 } = rows[0] ?? {}
  const match = visits === guests.length && gone === guests.length && stock === 0
  figure('counts-match', match ? 1 : 0, 'yes', {
    visitors: guests.length,
    visits,
    gone,
    passesOut: stock,
    ok: match,
  })
  if (!match) throw new Error('the register does not agree with the book')
}

/** Acts of one minute start together; nobody leaves before they came. */
async function replay(stage: Stage, acts: readonly Act[], minuteMs: number, clients: number) {
  const headers = { authorization: `Bearer ${stage.house.key.secret}`, 'foyer-site': stage.house.siteId }
  const took: Record<Act['kind'], number[]> = { register: [], release: [] }
  const lags: number[] = []
  const registered = new Map<string, Promise<void>>()
  const began = performance.now()
  let next = 0
  let tick = -1
  let minute = -1
  const due = acts.map((act) => {
    if (act.minute !== minute) tick += 1
    minute = act.minute
    return began + tick * minuteMs
  })
  const lane = async (connection: Connection) => {
    for (let index = next++; index < acts.length; index = next++) {
      const act = acts[index]
      const at = due[index]
      if (act === undefined || at === undefined) return
      const early = at - performance.now()
      if (early > 0) await new Promise((resolve) => setTimeout(resolve, early))
      if (act.kind === 'release') await registered.get(act.guest.id)
      const start = performance.now()
      const done = perform(stage, connection, act)
      if (act.kind === 'register') registered.set(act.guest.id, done)
      await done
      const end = performance.now()
      took[act.kind].push(end - start)
      lags.push(end - at)
    }
  }
  const open = await Promise.all(Array.from({ length: clients }, () => Connection.open(stage.port, headers)))
  atEnd(() => {
    for (const one of open) one.close()
  })
  await Promise.all(open.map(lane))
  return { took, lags, seconds: (performance.now() - began) / 1000 }
}

async function perform(stage: Stage, connection: Connection, { kind, guest }: Act): Promise<void> {
  const hostId = pick(stage.house.hostIds)
  const [path, body] =
    kind === 'register'
      ? [
          '/api/v1/visits',
          {
            id: guest.id,
            visitorName: guest.name,
            organisation: guest.group,
            purpose: guest.group,
            kind: 'visitor',
            hostId,
            consent: { how: 'phone', byId: hostId },
            issuePass: true,
          },
        ]
      : [`/api/v1/visits/${guest.id}/release`, { hostConfirmed: { byName: '工程师' } }]
  const answer = await connection.post(path, JSON.stringify(body), `idempotency-key: ${newId()}\r\n`)
  if (answer.status !== 200) throw new Error(`${kind}: ${answer.status} ${answer.body}`)
}

function inOrder(guests: readonly Guest[]): Act[] {
  const acts = guests.flatMap((guest): Act[] => [
    { minute: guest.arrival, guest, kind: 'register' },
    { minute: guest.departure, guest, kind: 'release' },
  ])
  return acts.sort((a, b) => a.minute - b.minute)
}

async function readBook(): Promise<{ guests: Guest[]; source: string; left: number }> {
  const text = await readFile(real, 'utf8').catch(() => undefined)
  if (text === undefined)
    say(`${real} is not there: the real arrivals are left out, a small invented book is replayed instead`)
  const rows: Record<string, string>[] = parse(text ?? (await readFile(invented, 'utf8')), {
    columns: true,
    relax_column_count: true,
    skip_empty_lines: true,
    trim: true,
  })
  const guests = rows.flatMap((row): Guest[] => {
    const arrival = minuteOf(row.TOA)
    const name = [row.NAMEFIRST, row.NAMEMID, row.NAMELAST]
      .filter((part) => part !== undefined && part !== '')
      .join(' ')
    // Who never came cannot be replayed, nor can a line without a name.
    if (arrival === undefined || name === '') return []
    const departure = minuteOf(row.TOD)
    const stayed = departure !== undefined && departure > arrival && departure - arrival < 24 * 60
    return [
      {
        id: newId(),
        name: name.slice(0, 80),
        group: `${row.GROUP ?? ''} ${row.Event ?? ''}`.trim() || '-',
        arrival,
        departure: stayed ? departure : arrival + usualStayMinutes,
      },
    ]
  })
  return {
    guests,
    source: text === undefined ? 'invented' : 'waves-visitors.csv',
    left: rows.length - guests.length,
  }
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** `Jan 28 2023  9:30AM` and `2023-01-28 09:30` stand side by side in one file. */
function minuteOf(text: string | undefined): number | undefined {
  const words = /^(\w{3})\s+(\d{1,2})\s+(\d{4})\s+(\d{1,2}):(\d{2})\s*([AP])M$/i.exec(text ?? '')
  if (words !== null) {
    const [, month = '', day, year, hour, minute, half = ''] = words
    const hours = (Number(hour) % 12) + (half.toUpperCase() === 'P' ? 12 : 0)
    return valid(Date.UTC(Number(year), months.indexOf(month), Number(day), hours, Number(minute)))
  }
  const figures = /^(\d{4})-(\d{2})-(\d{2})[ T](\d{2}):(\d{2})/.exec(text ?? '')
  if (figures === null) return undefined
  const [, year, month, day, hour, minute] = figures.map(Number)
  return valid(Date.UTC(year ?? 0, (month ?? 1) - 1, day, hour, minute))
}

function valid(at: number): number | undefined {
  return Number.isNaN(at) ? undefined : Math.floor(at / 60_000)
}
