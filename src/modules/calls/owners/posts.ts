/** `duty:<key>`: the post of whoever stands in today (C5, C13); the kernel's to-do list and notices ask here. */
import { type Actor, rolesAt } from '../../../kernel/actor.ts'
import type { Sql } from '../../../kernel/db/sql.ts'
import type { Kernel } from '../../../kernel/kernel.ts'
import { peopleOfOwner } from '../../../kernel/notifications/notice.ts'
import type { OwnerFound } from '../../../kernel/tasks/kind.ts'
import { type Ctx, query } from '../../../kernel/work/command.ts'
import { leadersOfNamed } from '../../directory/public.ts'
import { type CallRules, rulesSetting } from '../settings.ts'
import { dutyToday } from './store.ts'

type DutyPost = CallRules['dutyPosts'][number]

const prefix = 'duty:'
const keyOf = (post: string) => (post.startsWith(prefix) ? post.slice(prefix.length) : undefined)

async function dutyPosts(kernel: Kernel, siteId: string): Promise<readonly DutyPost[]> {
  return (await kernel.settings.get(siteId, rulesSetting)).dutyPosts
}

/** People behind each duty post now; empty: nobody is set and the department has no head, so the desk answers for it. */
async function peopleOnDuty(
  sql: Sql,
  siteId: string,
  posts: readonly DutyPost[],
  now: Date,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const set = await sql.all(
    dutyToday(
      siteId,
      posts.map((post) => post.key),
      now,
    ),
  )
  const found = await Promise.all(
    posts.map(async ({ key, department }): Promise<readonly [string, readonly string[]]> => {
      const today = set.find((row) => row.post === key)
      if (today !== undefined) return [key, [today.employeeId]]
      const leaders = department === '' ? [] : await sql.all(leadersOfNamed(siteId, department))
      return [key, leaders.flatMap(({ employeeId }) => employeeId ?? [])]
    }),
  )
  return new Map(found)
}

/** G1: today's person, else who leads the post's department, else the desk. */
export async function dutyStaff(
  sql: Sql,
  siteId: string,
  post: string,
  kernel: Kernel,
): Promise<readonly string[]> {
  const key = keyOf(post)
  const wanted = key === undefined ? [] : await dutyPosts(kernel, siteId)
  const known = wanted.filter((one) => one.key === key)
  if (known.length === 0 || key === undefined) return []
  const people = (await peopleOnDuty(sql, siteId, known, kernel.clock.now())).get(key) ?? []
  return people.length > 0 ? people : await peopleOfOwner(kernel, sql, siteId, { kind: 'post', id: 'desk' })
}

/** The duty posts the actor staffs at this moment. */
export async function dutyPostsOf(
  sql: Sql,
  actor: Actor,
  siteId: string,
  kernel: Kernel,
): Promise<readonly string[]> {
  const { employeeId } = actor
  if (actor.link !== null || siteId === '') return []
  const posts = await dutyPosts(kernel, siteId)
  if (posts.length === 0) return []
  const atDesk = rolesAt(actor, siteId).includes('receptionist')
  if (employeeId === null && !atDesk) return []
  const people = await peopleOnDuty(sql, siteId, posts, kernel.clock.now())
  return posts
    .filter(({ key }) => {
      const staff = people.get(key) ?? []
      return staff.length === 0 ? atDesk : employeeId !== null && staff.includes(employeeId)
    })
    .map(({ key }) => `${prefix}${key}`)
}

/** The house's own name of the post; there is one text for both languages here, as for departments. */
export async function dutyPostNames(
  _sql: Sql,
  siteId: string,
  posts: readonly string[],
  kernel: Kernel,
): Promise<ReadonlyMap<string, string>> {
  if (!posts.some((post) => post.startsWith(prefix))) return new Map()
  const known = await dutyPosts(kernel, siteId)
  return new Map(known.map(({ key, name }) => [`${prefix}${key}`, name.zh]))
}

export async function findDutyPosts(ctx: Ctx, text: string): Promise<readonly OwnerFound[]> {
  const wanted = text.trim().toLowerCase()
  const posts = (await dutyPosts(ctx.kernel, ctx.siteId)).filter(
    ({ key, name }) =>
      wanted === '' || [key, name.zh, name.en].some((one) => one.toLowerCase().includes(wanted)),
  )
  if (posts.length === 0) return []
  const keys = posts.map(({ key }) => key)
  const today = await query(ctx).all(dutyToday(ctx.siteId, keys, ctx.kernel.clock.now()))
  return posts.map(({ key, name }) => ({
    kind: 'post',
    id: `${prefix}${key}`,
    name: name.zh,
    detail: today.find((row) => row.post === key)?.employeeName ?? '',
  }))
}
