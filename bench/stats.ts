/** Figures of visits (V23) over millions: rebuild, full check, the weekly report through HTTP, the follower's lag. */
import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type pg from 'pg'
import { tallies } from '../src/modules/visits/figures/tallies.ts'
import { ask, openDesks, timed } from './ask.ts'
import { Connection } from './connection.ts'
import { figures, percentile, say } from './output.ts'
import type { Options } from './run.ts'
import { atEnd, endChild, environment, openStage, prefer, type Stage } from './stage.ts'
import { walkIn } from './walk-in.ts'

const chunk = 250_000
const years = 3
/** A lobby as no lobby is: how far do the figures fall behind? */
const checkIns = { perSecond: 50, seconds: 20 }
const kept = [
  'visit_counted',
  'visit_person',
  'visit_organisation',
  'visit_tally_people',
  ...tallies.map(({ table }) => table),
]

export async function run(options: Options): Promise<void> {
  const figure = figures('stats')
  const size = options.sizes.at(-1) ?? 1_000_000
  const stage = await openStage({ ...options, passes: 2 * checkIns.perSecond * checkIns.seconds })
  const began = performance.now()
  await seed(stage.db, stage, size)
  figure('seed', (performance.now() - began) / 1000, 's', { rows: size })
  const rebuilt = await timedCommand(stage, options, ['figures', 'rebuild'])
  figure('rebuild', rebuilt, 's', { rows: size, perSecond: Math.round(size / rebuilt) })
  for (const table of kept) await stage.db.query(`vacuum analyze ${table}`)
  await sizes(stage.db, figure)
  await reports(stage, figure, size)
  await lag(stage, figure, size)
  await busy(stage, figure, size)
  figure('check', await timedCommand(stage, options, ['figures', 'check']), 's', { rows: size })
}

/**
 * Three years of working days, busy at ten and at two, of eight kinds and twenty departments; a million people. Indexes
 * and triggers stand aside meanwhile; `visit` stays a logged table.
 */
async function seed(db: pg.Client, { house }: Pick<Stage, 'house'>, size: number): Promise<void> {
  await db.query('set synchronous_commit = off')
  await db.query("set maintenance_work_mem = '512MB'")
  await db.query(`create function seed_id(text) returns uuid language sql immutable parallel safe
    return overlay(overlay(md5($1) placing '4' from 13) placing '8' from 17)::uuid`)
  // In the order of time, as the program's own are.
  await db.query(`create function seed_visit(bigint) returns uuid language sql immutable parallel safe
    return (lpad(to_hex($1), 12, '0') || '70008' || substr(md5($1::text), 1, 15))::uuid`)
  await db.query(
    `insert into department (id, site_id, name, created_at)
     select seed_id('d' || n), $1, '部门' || n, now() from generate_series(0, 19) n`,
    [house.siteId],
  )
  const { rows: indexes } = await db.query<{ name: string; text: string }>(
    `select i.indexrelid::regclass::text as name, pg_get_indexdef(i.indexrelid) as text from pg_index i
     where i.indrelid = 'visit'::regclass and not i.indisunique`,
  )
  for (const { name } of indexes) await db.query(`drop index ${name}`)
  await db.query('alter table visit disable trigger user')
  for (let from = 0; from < size; from += chunk) {
    await db.query(seedVisits, [house.siteId, from, Math.min(from + chunk, size) - 1, house.hostIds, size])
    say(`${Math.min(from + chunk, size)} visits`)
  }
  await db.query('alter table visit enable trigger user')
  for (const { text } of indexes) await db.query(text)
  await db.query('vacuum analyze visit')
}

const seedVisits = `insert into visit (id, site_id, status, previous_status, status_at, status_by, category, kind, announced,
   visitor_id, visitor_name, organisation, party_size, host_id, host_name, host_department_id, asked_ids, consent_at, expected_at,
   arrived_at, admitted_at, met_at, signed_at, left_at, late_signature, pass_number, pass_returned, sort_at, created_at,
   created_by, created_by_name, updated_at)
 select seed_visit(i), $1, s.status, null, t.at, 'bench', (array['general', 'important', 'other'])[1 + i % 3],
   'kind' || i % 8, i % 5 < 2, seed_id('p' || (i * 7919) % ($5::bigint / 5)), '来宾', '单位' || (i * 31) % 40000, 1 + (i % 4)::int,
   ($4::uuid[])[1 + i % cardinality($4::uuid[])], '工程师', seed_id('d' || i % 20),
   case when i % 5 < 2 then '[]'::jsonb when i % 10 = 7 then '["a", "b"]'::jsonb else '["a"]'::jsonb end,
   case when i % 5 >= 2 then t.at + interval '2 min' end, case when i % 5 < 2 then t.at end, s.came,
   s.came + make_interval(mins => (i % 7)::int), s.came + make_interval(mins => (i % 7 + i % 13)::int),
   s.came + interval '50 min', case when s.status = 'left' then s.came + interval '1 hour' end, false,
   case when s.status = 'left' then 'A' || i % 500 end, case when s.status = 'left' then i % 97 > 0 end, t.at, t.at, 'bench', 'bench', t.at
 from generate_series($2::bigint, $3::bigint) i
   cross join lateral (select (date_trunc('day', now() at time zone 'Asia/Shanghai') - make_interval(days => d.n)
     + make_interval(hours => (array[8, 9, 9, 10, 10, 10, 11, 13, 14, 14, 14, 15, 15, 16, 17, 19])[1 + (i * 48271) % 16],
         mins => ((i * 16807) % 60)::int)) at time zone 'Asia/Shanghai' as at
     from (select (${years * 365} - i * ${years * 365} / $5::bigint)::int as n) d) t
   cross join lateral (select status, case when status = 'left' then t.at end as came from (select case when i % 33 = 0 then 'no_show'
     when i % 50 = 1 then 'declined' when i % 100 = 3 then 'refused' when i % 40 = 5 then 'cancelled' else 'left' end as status) x) s`

/** The command as an operator calls it, its start included. */
async function timedCommand(stage: Stage, options: Options, words: readonly string[]): Promise<number> {
  const began = performance.now()
  const child = spawn(
    process.execPath,
    [fileURLToPath(new URL('../src/apps/server/cli.ts', import.meta.url)), ...words],
    {
      env: environment(stage.home, { DATABASE_URL: stage.databaseUrl }),
      stdio: ['ignore', 'inherit', 'inherit'],
    },
  )
  atEnd(() => endChild(child))
  if (child.pid !== undefined) await prefer(child.pid, options.nice)
  const code = await new Promise((resolve) => child.once('exit', resolve))
  if (code !== 0) throw new Error(`${words.join(' ')} ended with ${code}`)
  return (performance.now() - began) / 1000
}

async function sizes(db: pg.Client, figure: ReturnType<typeof figures>): Promise<void> {
  for (const table of ['visit', ...kept]) {
    const { rows } = await db.query<{ bytes: string; n: string }>(
      `select pg_total_relation_size($1::regclass) as bytes, reltuples::bigint as n from pg_class where oid = $1::regclass`,
      [table],
    )
    figure(`size-${table}`, Number(rows[0]?.bytes) / 2 ** 20, 'MB', { rows: Number(rows[0]?.n) })
  }
}

const dayText = (back: number) => new Date(Date.now() - back * 86_400_000).toISOString().slice(0, 10)
const back = (most: number) => 2 + Math.floor(Math.random() * most)

async function reports(stage: Stage, figure: ReturnType<typeof figures>, size: number): Promise<void> {
  const span = (days: number) => {
    const end = back(years * 365 - 2 * days)
    return `from=${dayText(end + days - 1)}&to=${dayText(end)}`
  }
  const asked: Readonly<Record<string, { readonly path: () => string; readonly aim?: number }>> = {
    week: { path: () => `/api/v1/visits/figures?${span(7)}`, aim: 1000 },
    'week-people': { path: () => `/api/v1/visits/figures/people?${span(7)}`, aim: 1000 },
    'week-of-a-kind': { path: () => `/api/v1/visits/figures?${span(7)}&kind=kind3`, aim: 1000 },
    'week-misses': { path: () => `/api/v1/visits?${span(7)}&slice=answerMissed` },
    month: { path: () => `/api/v1/visits/figures?${span(30)}` },
    year: { path: () => `/api/v1/visits/figures?${span(365)}&grain=month` },
    'year-people': { path: () => `/api/v1/visits/figures/people?${span(365)}`, aim: 1000 },
    'year-people-of-a-kind': {
      path: () => `/api/v1/visits/figures/people?${span(365)}&kind=kind3`,
      aim: 1000,
    },
    'year-passes-missing': { path: () => `/api/v1/visits?${span(365)}&slice=passMissing` },
  }
  for (const [name, { path, aim }] of Object.entries(asked)) {
    const open = await openDesks(stage)
    // Planned and read once before anything counts.
    await ask(open[0], path())
    const took = await timed(open.slice(0, 1), 5, path)
    const of = { rows: size, answers: took.length }
    const p95 = percentile(took, 0.95)
    figure(`${name}-p50`, percentile(took, 0.5), 'ms', of)
    figure(`${name}-p95`, p95, 'ms', aim === undefined ? of : { ...of, aim, ok: p95 < aim })
    for (const one of open) one.close()
  }
}

/** So many walk-ins a second through HTTP; how old the oldest change is that the figures do not hold yet. */
async function busy(stage: Stage, figure: ReturnType<typeof figures>, size: number): Promise<void> {
  const { db, house } = stage
  const headers = { authorization: `Bearer ${house.key.secret}`, 'foyer-site': house.siteId }
  const all = checkIns.perSecond * checkIns.seconds
  const open = await Promise.all(Array.from({ length: 8 }, () => Connection.open(stage.port, headers)))
  const began = performance.now()
  let next = 0
  const work = open.map(async (connection) => {
    for (let n = next++; n < all; n = next++) {
      const wait = began + (n * 1000) / checkIns.perSecond - performance.now()
      if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait))
      const { key, body } = walkIn(house)
      const answer = await connection.post(
        '/api/v1/visits',
        JSON.stringify(body),
        `idempotency-key: ${key}\r\n`,
      )
      if (answer.status !== 201 && answer.status !== 200) throw new Error(`${answer.status} ${answer.body}`)
    }
  })
  let done = false
  const finished = Promise.all(work).then(() => {
    done = true
  })
  const behind: number[] = []
  while (!done) {
    const { rows } = await db.query<{ age: string }>(
      `select coalesce(extract(epoch from clock_timestamp() - min(at)) * 1000, 0) as age from journal
       where (xid, id) > (select xid, id from journal_cursor where follower = 'visits-figures') and entity = 'visit'`,
    )
    behind.push(Number(rows[0]?.age ?? 0))
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  await finished
  const of = { rows: size, perSecond: Math.round(all / ((performance.now() - began) / 1000)) }
  figure('behind-p50', percentile(behind, 0.5), 'ms', of)
  figure('behind-p95', percentile(behind, 0.95), 'ms', of)
  figure('behind-most', Math.max(...behind), 'ms', of)
  for (const one of open) one.close()
}

/** From an edit's commit to the figures that hold it; and a thousand changes at once. */
async function lag(stage: Stage, figure: ReturnType<typeof figures>, size: number): Promise<void> {
  const { db, house } = stage
  const change = (n: number) =>
    db.query(
      `with changed as (
         update visit set party_size = party_size % 9 + 1, version = version + 1 where id in (
           select id from visit where site_id = $1 and arrived_at is not null order by sort_at desc limit $2) returning id, version)
       insert into journal (site_id, at, actor_kind, actor_id, actor_name, request_id, entity, entity_id, action, version)
       select $1, now(), 'system', 'bench', 'bench', 'bench', 'visit', id::text, 'visit.edited', version from changed`,
      [house.siteId, n],
    )
  const followed = async () => {
    for (;;) {
      const { rows } = await db.query(
        `select 1 from journal where (xid, id) > (select xid, id from journal_cursor where follower = 'visits-figures') limit 1`,
      )
      if (rows.length === 0) return
      await new Promise((resolve) => setTimeout(resolve, 5))
    }
  }
  await followed()
  const took: number[] = []
  for (let n = 0; n < 40; n++) {
    await change(1)
    const began = performance.now()
    await followed()
    took.push(performance.now() - began)
  }
  figure('lag-p50', percentile(took, 0.5), 'ms', { rows: size })
  figure('lag-p95', percentile(took, 0.95), 'ms', { rows: size })
  await change(1000)
  const began = performance.now()
  await followed()
  const seconds = (performance.now() - began) / 1000
  figure('lag-of-1000', seconds, 's', { rows: size, perSecond: Math.round(1000 / seconds) })
}
