/** A house known for years: contacts, companies, numbers, visits. Spelled by the product, written in bulk. */
import { randomUUID } from 'node:crypto'
import type pg from 'pg'
import { spellingOf } from '../src/kernel/find/spelling.ts'
import { companyKey } from '../src/modules/customers/rules.ts'
import { nameKeys } from '../src/modules/directory/names.ts'
import { say } from './output.ts'
import type { House } from './server.ts'
import { cities, given, surnames, trades } from './walk-in.ts'

const batch = 10_000

/** The same people and companies in every run: their order is a walk through all combinations, not a throw of dice. */
function mixed(n: number, salt: number): number {
  let x = (n * 2654435761 + salt * 40503) >>> 0
  x = Math.imul(x ^ (x >>> 15), 2246822519) >>> 0
  x = Math.imul(x ^ (x >>> 13), 3266489917) >>> 0
  return ((x ^ (x >>> 16)) >>> 0) / 2 ** 32
}

const at = <T>(from: readonly T[], part: number): T => from[Math.floor(part * from.length)] as T

/** Common surnames are common here, too: 王 has eight in a hundred. A fifth of the given names is one character. */
export function personName(n: number): string {
  const surname = at(surnames, mixed(n, 1) ** 2)
  const first = at(given, mixed(n, 2))
  return mixed(n, 3) < 0.2 ? `${surname}${first}` : `${surname}${first}${at(given, mixed(n, 4))}`
}

const kinds = ['科技', '实业', '贸易', '集团', '工程', '信息']

export function companyName(n: number): string {
  const own = `${at(given, mixed(n, 11))}${at(given, mixed(n, 12))}`
  return `${at(cities, mixed(n, 13))}${own}${at(trades, mixed(n, 14))}${at(kinds, mixed(n, 15))}有限公司`
}

/** Eleven digits, each person's own. */
export function mobileOf(n: number): string {
  return `1${['38', '39', '50', '86', '99'][n % 5]}${String((n * 7919) % 100_000_000).padStart(8, '0')}`
}

const spelled = new Map<string, ReturnType<typeof spellingOf>>()
function spellingKept(name: string) {
  const known = spelled.get(name) ?? spellingOf(name)
  spelled.set(name, known)
  return known
}

/** Rows as one array of JSON, so that lists of terms travel as they are. */
async function insertRows(db: pg.Client, from: number, to: number, text: string, row: (n: number) => object) {
  for (let start = from; start < to; start += batch) {
    const rows = Array.from({ length: Math.min(batch, to - start) }, (_, n) => row(start + n))
    await db.query(text, [JSON.stringify(rows)])
  }
}

/** Indexes and own triggers stand aside while a table is filled, and are made anew from what it holds. */
async function inBulk(db: pg.Client, table: string, fill: () => Promise<void>): Promise<void> {
  const { rows } = await db.query<{ name: string; text: string }>(
    `select i.indexrelid::regclass::text as name, pg_get_indexdef(i.indexrelid) as text from pg_index i
     where i.indrelid = $1::regclass and not i.indisunique`,
    [table],
  )
  for (const { name } of rows) await db.query(`drop index ${name}`)
  await db.query(`alter table ${table} disable trigger user`)
  await fill()
  await db.query(`alter table ${table} enable trigger user`)
  for (const { text } of rows) await db.query(text)
  await db.query(`vacuum analyze ${table}`)
}

/** @param from people there are already; ten people per company, five visits per person */
export async function seedWindow(db: pg.Client, house: House, from: number, to: number): Promise<void> {
  const began = performance.now()
  const told = (what: string) => say(`${what} (${((performance.now() - began) / 1000).toFixed(0)} s)`)
  await db.query("set maintenance_work_mem = '512MB'")
  await db.query('set synchronous_commit = off')
  const { siteId } = house
  if (from === 0) await seedColleagues(db, siteId)
  await inBulk(db, 'customer', () =>
    insertRows(
      db,
      from / 10,
      to / 10,
      `insert into customer (id, site_id, name, name_pinyin, name_initials, name_key, terms, created_at, created_by, updated_at)
       select seed_id('k' || n), '${siteId}', name, pinyin, initials, key, terms, now(), 'bench', now()
       from jsonb_to_recordset($1::jsonb) as t (n int, name text, pinyin text, initials text, key text, terms text[])`,
      (n) => {
        const name = companyName(n)
        return { n, name, key: companyKey(name), ...spellingOf(name) }
      },
    ),
  )
  told(`${to / 10} companies`)
  await inBulk(db, 'contact', () =>
    insertRows(
      db,
      from,
      to,
      `insert into contact (id, site_id, customer_id, name, name_pinyin, name_initials, terms, organisation, origin,
         last_seen_at, created_at, created_by, updated_at)
       select seed_id('c' || n), '${siteId}', case when n % 10 < 6 then seed_id('k' || (n / 10)) end, name, pinyin, initials,
         terms, organisation, 'visit', now() - make_interval(mins => (n * 48271::bigint % 1500000)::int), now(), 'bench', now()
       from jsonb_to_recordset($1::jsonb)
         as t (n int, name text, pinyin text, initials text, terms text[], organisation text)`,
      (n) => {
        const name = personName(n)
        // Three in ten told an organisation that nobody keeps a record of.
        const organisation = n % 10 >= 6 && n % 10 < 9 ? companyName(10_000_000 + Math.floor(n / 30)) : ''
        const { pinyin, initials, terms } =
          organisation === '' ? spellingKept(name) : spellingOf(name, organisation)
        return { n, name, organisation, pinyin, initials, terms }
      },
    ),
  )
  told(`${to} contacts`)
  await fillWords(db)
  told('words')
  await inBulk(db, 'customer_phone', () =>
    insertRows(
      db,
      from,
      to,
      `insert into customer_phone (id, site_id, contact_id, customer_id, number, kind)
       select gen_random_uuid(), '${siteId}'::uuid, seed_id('c' || n), null::uuid, number, 'mobile'
       from jsonb_to_recordset($1::jsonb) as t (n int, number text)
       union all
       select gen_random_uuid(), '${siteId}'::uuid, null::uuid, seed_id('k' || n / 10), '+86755' || 60000000 + n, 'landline'
       from jsonb_to_recordset($1::jsonb) as t (n int, number text) where n % 10 = 0`,
      (n) => ({ n, number: `+86${mobileOf(n)}` }),
    ),
  )
  await inBulk(db, 'contact_concern', async () => {
    await db.query(
      `insert into contact_concern (contact_id, employee_id, site_id, at)
       select seed_id('c' || n), ($4::uuid[])[1 + n % cardinality($4::uuid[])], $1, now() from generate_series($2::int, $3::int) n`,
      [siteId, from, to - 1, house.hostIds],
    )
  })
  told('telephone numbers')
  await inBulk(db, 'visitor', async () => {
    await db.query(
      `insert into visitor (id, site_id, name, name_pinyin, name_initials, organisation, phone, grams, visits, last_visit_at,
         created_at, contact_id)
       select c.id, c.site_id, c.name, c.name_pinyin, c.name_initials, c.organisation, p.number,
         array(select t from unnest(c.terms) t where t ~ '[\\u3400-\\u9fff]'), 5, c.last_seen_at, c.created_at, c.id
       from generate_series($1::int, $2::int) n join contact c on c.id = seed_id('c' || n)
         join customer_phone p on p.contact_id = c.id`,
      [from, to - 1],
    )
  })
  told('visitors')
  await seedVisits(db, house, from, to)
  told(`${to * 5} visits`)
}

async function seedColleagues(db: pg.Client, siteId: string): Promise<void> {
  await db.query(`create function seed_id(text) returns uuid language sql immutable parallel safe
    return overlay(overlay(md5($1) placing '4' from 13) placing '8' from 17)::uuid`)
  await insertRows(
    db,
    0,
    2000,
    `insert into employee (id, site_id, name, name_pinyin, name_initials, terms, extension, created_at)
     select id, '${siteId}', name, pinyin, initials, terms, extension, now()
     from jsonb_to_recordset($1::jsonb) as t (id uuid, name text, pinyin text, initials text, terms text[], extension text)`,
    (n) => {
      const name = personName(50_000_000 + n)
      return { id: randomUUID(), name, ...nameKeys(name), extension: String(3000 + n) }
    },
  )
  await db.query('vacuum analyze employee')
}

/** What the triggers write row by row. */
async function fillWords(db: pg.Client): Promise<void> {
  await db.query('truncate find_word')
  await db.query('alter table find_word drop constraint find_word_pkey')
  await db.query(
    `insert into contact_organisation (site_id, name) select distinct site_id, organisation from contact
     where organisation <> '' on conflict do nothing`,
  )
  await db.query(
    `insert into find_word (site_id, entity, word, subject_id)
     select site_id, 'contact', word, id from contact, unnest(find_words(name, terms)) word
     union all select site_id, 'customer', word, id from customer, unnest(find_words(name, terms)) word
     union all select site_id, 'organisation', word, id from contact_organisation, unnest(find_words(name, '{}')) word`,
  )
  await db.query(
    'alter table find_word add constraint find_word_pkey primary key (site_id, entity, word, subject_id)',
  )
  await db.query('vacuum analyze find_word')
  await db.query('vacuum analyze contact_organisation')
}

async function seedVisits(db: pg.Client, house: House, from: number, to: number): Promise<void> {
  await db.query(
    `insert into visit_group (id, site_id, source, source_key, title, size, host_name, expected_at, created_at)
     select seed_id('g' || n), $1, 'bench', n::text, '第' || n || '批参观团', 20, '工程师1', now(), now()
     from generate_series($2::int, $3::int) n`,
    [house.siteId, from / 100, to / 100 - 1],
  )
  await inBulk(db, 'visit', async () => {
    for (let start = from * 5; start < to * 5; start += 500_000) {
      await db.query(
        `insert into visit (id, site_id, status, previous_status, status_at, status_by, category, kind, announced, visitor_id,
           visitor_name, organisation, phone, party_size, purpose, plate, host_id, host_name, arrived_at, admitted_at,
           met_at, signed_at, left_at, valid_until, sort_at, created_at, created_by, created_by_name, updated_at)
         select seed_id('v' || i), $1, 'left', 'signed_off', t.at + interval '1 hour', 'bench', 'general', 'visitor', false,
           p.id, p.name, p.organisation, p.phone, 1 + i % 3, '商务洽谈',
           case when i % 5 = 0 then '沪A' || lpad((i * 31 % 100000)::text, 5, '0') else '' end,
           ($4::uuid[])[1 + i % cardinality($4::uuid[])], '工程师' || (1 + i % cardinality($4::uuid[])), t.at, t.at,
           t.at, t.at + interval '50 min', t.at + interval '1 hour', t.at + interval '2 hours', t.at, t.at, 'bench', 'bench', t.at
         from generate_series($2::bigint, $3::bigint) i
           join visitor p on p.id = seed_id('c' || ($5::bigint + i % ($6::bigint - $5::bigint)))
           cross join lateral (select now() - interval '2 days' - make_interval(secs => (i * 104729) % 94000000) as at) t`,
        [house.siteId, start, Math.min(start + 500_000, to * 5) - 1, house.hostIds, from, to],
      )
    }
  })
}
