import type pg from 'pg'

/**
 * After a logical restore the old entries stand above everything the new cluster will write for years: followers and
 * live updates would stall. Raises the shift of all positions to come above the highest old one (0006_journal.sql);
 * cursors, seals and entries stay as they are. In a healthy database nothing is ever found: a visible entry's
 * transaction has ended, so it is below the snapshot's end. Runs with every migration, before the product writes.
 * @returns how far positions were moved, 0 when there was nothing to do
 */
export async function rebase(client: pg.ClientBase): Promise<number> {
  const gap = async () => {
    const found = await client.query<{ gap: string | null }>(
      `select (max(top) - pg_snapshot_xmax(pg_current_snapshot())::text::numeric - journal_shift() + 1)::text as gap
       from (
         (select xid::text::numeric as top from journal order by xid desc, id desc limit 1)
         union all (select xid::text::numeric from journal_cursor)
         union all (select upto_xid::text::numeric from journal_seal order by no desc limit 1)
       ) as tops`,
    )
    return BigInt(found.rows[0]?.gap ?? 0)
  }
  if ((await gap()) <= 0n) return 0
  await client.query('begin')
  try {
    await client.query('lock table journal in share row exclusive mode')
    const by = await gap()
    if (by > 0n) {
      const { rows } = await client.query<{ shift: string }>('select journal_shift()::text as shift')
      const shift = BigInt(rows[0]?.shift ?? 0) + by
      // A utility statement takes no parameters; the value is a number computed here.
      await client.query(
        `create or replace function journal_shift() returns bigint language sql stable parallel safe return ${shift}::bigint`,
      )
    }
    await client.query('commit')
    return Number(by > 0n ? by : 0n)
  } catch (error) {
    await client.query('rollback').catch(() => undefined)
    throw error
  }
}
