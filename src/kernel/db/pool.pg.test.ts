import pg from 'pg'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { openPool } from './pool.ts'

let pool: pg.Pool

beforeAll(() => {
  pool = openPool(inject('postgresUrl'), 2)
})
afterAll(() => pool.end())

test.each([
  '2026-03-09 01:00:00.123456+00',
  '2026-03-09 01:00:00+00',
  '2026-12-31 23:59:59.999999+00',
  '2024-02-29 12:30:01.5+00',
  '1969-12-31 23:59:59.05+00',
  '0099-01-01 00:00:00+00',
  '12026-03-09 01:00:00+00',
  '0044-03-15 00:00:00+00 BC',
  'infinity',
  '-infinity',
])('a moment is read as pg itself reads it: %s', async (text) => {
  const plain = new pg.Client({ connectionString: inject('postgresUrl') })
  await plain.connect()
  try {
    for (const zone of ['UTC', 'Asia/Shanghai', 'Asia/Kolkata']) {
      const ask = async (runner: { query: pg.Client['query'] }) =>
        (await runner.query({ text: `select $1::timestamptz as at`, values: [text] })).rows
      const own = await pool.connect()
      await own.query(`set timezone = '${zone}'`)
      await plain.query(`set timezone = '${zone}'`)
      expect(await ask(own)).toEqual(await ask(plain))
      own.release(true)
    }
  } finally {
    await plain.end()
  }
})

test('statements sent together are answered one by one, a fault only for its own transaction', async () => {
  const client = await pool.connect()
  const number = (n: number) => client.query({ name: 'n', text: 'select $1::int as n', values: [n] })
  const answers = await Promise.all([client.query('begin'), number(1), number(2), client.query('commit')])
  expect(answers.map(({ rows }) => rows)).toEqual([[], [{ n: 1 }], [{ n: 2 }], []])
  const settled = await Promise.allSettled([number(3), client.query('select 1 / 0'), number(4)])
  expect(settled.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
  client.release()
})
