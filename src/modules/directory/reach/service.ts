/** What the kernel's notifications ask: how to reach people, and who stands behind a department's post. */
import type { Sql } from '../../../kernel/db/sql.ts'
import type { Contact } from '../../../kernel/notifications/notice.ts'
import * as store from './store.ts'

/** Nobody who has left the house is written to (G5). */
export async function contacts(sql: Sql, ids: readonly string[]): Promise<ReadonlyMap<string, Contact>> {
  const cards = await sql.all(store.employeeCards(ids))
  return new Map(
    cards
      .filter((card) => card.active)
      .map(({ id, name, email, language, mobile, departmentId }) => [
        id,
        {
          ...{ name, email: email === '' ? null : email, language, mobile },
          posts: departmentId === null ? [] : [`department:${departmentId}`],
        },
      ]),
  )
}

/** `department:<id>`: its head and deputy. Other posts are staffed by roles, which are not the directory's. */
export async function staff(sql: Sql, siteId: string, post: string): Promise<readonly string[]> {
  const department = /^department:([0-9a-f-]{36})$/.exec(post)?.[1]
  if (department === undefined) return []
  return (await sql.all(store.departmentStaff(siteId, department))).map((row) => row.id)
}
