/** A register that has been kept for years: people, visits, today's board. Made by SQL, with the product's own spelling. */
import type pg from 'pg'
import { fragmentsOf, pinyinOf } from '../src/kernel/find/spelling.ts'
import { say } from './output.ts'
import type { House } from './server.ts'
import { cities, firms, given, surnames, trades } from './walk-in.ts'

const syllables = (characters: readonly string[]) => characters.map((one) => pinyinOf(one).pinyin)

/** The parts names and companies are made of, with pinyin and search pieces that only the product knows. */
export async function prepareSeed(db: pg.Client): Promise<void> {
  await db.query(`create function seed_id(text) returns uuid language sql immutable parallel safe
    return overlay(overlay(md5($1) placing '4' from 13) placing '8' from 17)::uuid`)
  await db.query('create unlogged table seed_surname (n int, c text, p text)')
  await db.query('create unlogged table seed_given (n int, c text, p text)')
  await db.query('create unlogged table seed_firm (n int, name text, grams text[])')
  const fill = async (table: string, characters: readonly string[]) =>
    await db.query(
      `insert into ${table} select ord - 1, c, p from unnest($1::text[], $2::text[]) with ordinality as t (c, p, ord)`,
      [characters, syllables(characters)],
    )
  await fill('seed_surname', surnames)
  await fill('seed_given', given)
  const names = cities.flatMap((city) =>
    firms.flatMap((firm) => trades.map((trade) => `${city}${firm}${trade}有限公司`)),
  )
  await db.query(
    `insert into seed_firm select ord - 1, name, array(select jsonb_array_elements_text(g))
     from unnest($1::text[], $2::jsonb[]) with ordinality as t (name, g, ord)`,
    [names, names.map((name) => JSON.stringify(fragmentsOf(name)))],
  )
}

/** Adds past visits until there are `total`; one person comes about twice. Common surnames are common here, too. */
export async function seedVisits(db: pg.Client, house: House, from: number, total: number): Promise<void> {
  const began = performance.now()
  const people = Math.ceil(total / 2)
  await db.query(
    `insert into visitor (id, site_id, name, name_pinyin, name_initials, organisation, phone, grams, visits, last_visit_at, created_at)
     select seed_id('p' || i), $1, s.c || a.c || b.c, s.p || a.p || b.p, left(s.p, 1) || left(a.p, 1) || left(b.p, 1),
       f.name, '+861' || lpad((3000000000 + i * 7919::bigint % 6999999999)::text, 10, '3'),
       array[s.c || a.c, a.c || b.c] || f.grams, 2, now() - make_interval(mins => (i % 1500000)), now()
     from generate_series($2::int, $3::int) i
       join seed_surname s on s.n = floor($4 * power(((i * 48271::bigint) % 99991) / 99991.0, 2))::int
       join seed_given a on a.n = (i * 69621::bigint / 7) % $5
       join seed_given b on b.n = (i * 16807::bigint / 11) % $5
       join seed_firm f on f.n = (i * 39373::bigint / 13) % $6`,
    [
      house.siteId,
      Math.ceil(from / 2) + 1,
      people,
      surnames.length,
      given.length,
      cities.length * firms.length * trades.length,
    ],
  )
  await db.query(
    `insert into visit (id, site_id, status, previous_status, status_at, status_by, category, kind, announced, visitor_id,
       visitor_name, organisation, phone, party_size, purpose, plate, host_id, host_name, expected_at, arrived_at, admitted_at,
       met_at, signed_at, left_at, valid_until, sort_at, created_at, created_by, created_by_name, updated_at)
     select seed_id('v' || i), $1, 'left', 'signed_off', t.at + interval '1 hour', 'bench', 'general', 'visitor', false, p.id,
       p.name, p.organisation, p.phone, 1 + i % 3, '商务洽谈', case when i % 5 = 0 then '沪A' || lpad((i % 100000)::text, 5, '0') else '' end,
       ($4::uuid[])[1 + i % cardinality($4::uuid[])], '工程师' || (1 + i % cardinality($4::uuid[])), null, t.at, t.at, t.at, t.at + interval '50 min',
       t.at + interval '1 hour', t.at + interval '2 hours', t.at, t.at, 'bench', 'bench', t.at
     from generate_series($2::int, $3::int) i
       join visitor p on p.id = seed_id('p' || (1 + (i * 7919::bigint) % $5))
       cross join lateral (select now() - interval '2 days' - make_interval(secs => (i * 104729::bigint) % 94000000) as at) t`,
    [house.siteId, from + 1, total, house.hostIds, people],
  )
  await db.query(
    'update visitor p set last_visit_id = v.id from visit v where v.visitor_id = p.id and p.last_visit_id is null',
  )
  await db.query('vacuum analyze visitor')
  await db.query('vacuum analyze visit')
  say(`${total} visits of ${people} people (${((performance.now() - began) / 1000).toFixed(1)} s)`)
}

/** Today: 500 inside, 200 expected, 300 gone. */
export async function seedToday(db: pg.Client, house: House): Promise<void> {
  await db.query(
    `insert into visit (id, site_id, status, previous_status, status_at, status_by, category, kind, announced, visitor_id,
       visitor_name, organisation, phone, party_size, purpose, host_id, host_name, expected_at, arrived_at, admitted_at, met_at,
       signed_at, left_at, valid_until, sort_at, created_at, created_by, created_by_name, updated_at, asked_kind, asked_id, asked_name)
     select seed_id('today' || i), $1, s.status, null, now() - make_interval(mins => i % 180), 'bench', 'general', 'visitor',
       s.status = 'expected', gen_random_uuid(), '来宾' || i, '上海华星电子有限公司', '+8613800' || lpad(i::text, 6, '0'), 1 + i % 2, '技术交流',
       ($2::uuid[])[1 + i % cardinality($2::uuid[])], '工程师', case when s.status = 'expected' then d.noon end,
       case when s.status <> 'expected' then d.noon end, case when s.status not in ('expected', 'asking') then d.noon end, null, null,
       case when s.status = 'left' then d.noon end, d.noon + interval '2 hours', d.noon, now(), 'bench', 'bench', now(),
       case when s.status = 'asking' then 'post' end, case when s.status = 'asking' then 'desk' end, ''
     from generate_series(1, 1000) i
       cross join lateral (select (date_trunc('day', now() at time zone 'Asia/Shanghai') + interval '12 hours')
         at time zone 'Asia/Shanghai' as noon) d
       cross join lateral (select case when i <= 40 then 'asking' when i <= 200 then 'admitted' when i <= 420 then 'with_host'
         when i <= 500 then 'signed_off' when i <= 700 then 'expected' else 'left' end as status) s`,
    [house.siteId, house.hostIds],
  )
  await db.query('vacuum analyze visit')
}
