/** Design §1.1: whatever a program error tries, the database refuses what the tables refuse, and nothing else. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type TestApp, testApp } from '../../apps/server/testing.ts'
import { raw } from '../../kernel/db/sql.ts'
import { newId } from '../../kernel/ids.ts'
import { callbackStatuses, callbackTransitions } from './callbacks/rules.ts'
import { messageStatuses, messageTransitions } from './messages/rules.ts'
import { statuses, transitions } from './rules.ts'

let app: TestApp
const site = newId()
const at = new Date('2026-03-09T01:00:00Z')

beforeAll(async () => {
  app = await testApp()
})
afterAll(() => app.close())

const run = (text: string, values: readonly unknown[]) => app.kernel.sql.run(raw(text, values))

/** Outcome and instants as the other constraints want them, so that only the transition is asked. */
const outcome = "case when $2::text in ('closed', 'missed') then 'missed' end"
const tables = [
  {
    name: 'call',
    statuses,
    table: transitions as Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>,
    insert: `insert into call (id, site_id, status, status_at, status_by, direction, source, started_at, answered_at, ended_at,
      created_at, created_by, updated_at, outcome) values ($1, $3, $2, $4, 't', 'in', 'hand', $4, $4, $4, $4, 't', $4, ${outcome})`,
    update: `update call set status = $2, outcome = ${outcome} where id = $1`,
  },
  {
    name: 'message',
    statuses: messageStatuses,
    table: messageTransitions as Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>,
    insert: `insert into message (id, site_id, status, status_at, status_by, caller_name, matter, to_kind, to_id, to_name,
      taken_at, taken_by, taken_by_name) values ($1, $3, $2, $4, 't', '王', '事', 'post', 'desk', '前台', $4, 't', 't')`,
    update: 'update message set status = $2 where id = $1',
  },
  {
    name: 'callback',
    statuses: callbackStatuses,
    table: callbackTransitions as Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>,
    insert: `insert into callback (id, site_id, status, status_at, status_by, kind, phone, owner_kind, owner_id, owner_name,
      taken_by, due_at, promised_at, promised_by, promised_by_name)
      values ($1, $3, $2, $4, 't', 'other', '8888', 'post', 'desk', '前台', $3, $4, $4, 't', 't')`,
    update: 'update callback set status = $2 where id = $1',
  },
] as const

describe.each(tables)('C4 G2 the trigger of $name', ({ name, statuses: all, table, insert, update }) => {
  const pairs = all.flatMap((from) => all.map((to) => ({ from, to })))
  test.each(pairs)(`${name}: $from → $to`, async ({ from, to }) => {
    const allowed = from === to || Object.values(table[from] ?? {}).some((targets) => targets.includes(to))
    const id = newId()
    await run(insert, [id, from, site, at])
    const step = run(update, [id, to])
    if (allowed) await expect(step).resolves.toBe(1)
    else await expect(step).rejects.toMatchObject({ constraint: `${name}_transition` })
  })
})
