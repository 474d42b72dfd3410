/** Who owes a message or a promise (G1), who comes after them (G2), and who is looking. */
import { may } from '../../../kernel/authorize.ts'
import type { Sql } from '../../../kernel/db/sql.ts'
import { fixedPosts } from '../../../kernel/tasks/policy.ts'
import { namesOf, viewerOf as taskViewer } from '../../../kernel/tasks/present.ts'
import type { LadderStep, Owner } from '../../../kernel/tasks/rules.ts'
import { serverTexts } from '../../../kernel/texts.ts'
import type { Ctx } from '../../../kernel/work/command.ts'
import { consentChain, departmentOf, employeeCard, standsInFor } from '../../directory/public.ts'
import type { Viewer } from './policy.ts'

export interface OwnerFound {
  readonly owner: Owner
  readonly name: string
  /** Of a person with a telephone; '' otherwise. */
  readonly extension: string
}

export const desk: Owner = { kind: 'post', id: 'desk' }
export const dutyManager: Owner = { kind: 'post', id: 'duty_manager' }

/** Routes and presets name the role; the post has a name of its own. */
export const postOfRole: ReadonlyMap<string, string> = new Map([
  ['receptionist', 'desk'],
  ['guard', 'gate'],
])

/**
 * Whom a message goes to or a promise rests with. Somebody who has left is followed by their department, so that
 * nothing is ever without an owner (G1).
 * @returns undefined for a person or post the house does not know
 */
export async function ownerFound(ctx: Ctx, sql: Sql, wanted: Owner): Promise<OwnerFound | undefined> {
  if (wanted.kind === 'person') {
    const card = uuidLike.test(wanted.id) ? await sql.maybe(employeeCard(ctx.siteId, wanted.id)) : undefined
    if (card === undefined) return undefined
    if (card.active) return { owner: wanted, name: card.name, extension: card.extension ?? '' }
    return await successorOf(ctx, sql, wanted.id)
  }
  const id = postOfRole.get(wanted.id) ?? wanted.id
  const owner: Owner = { kind: 'post', id }
  if (fixedPosts.includes(id)) return { owner, name: await postName(id), extension: '' }
  const name = (await namesOf(ctx, sql, [owner])).get(id)
  return name === undefined ? undefined : { owner, name, extension: '' }
}

const uuidLike = /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/i

/** G1: the department of somebody who has left, else the desk. */
export async function successorOf(ctx: Ctx, sql: Sql, employeeId: string): Promise<OwnerFound> {
  const department = await departmentOf(sql, ctx.siteId, employeeId)
  const led = department !== undefined && (department.headId !== null || department.deputyId !== null)
  if (!led) return { owner: desk, name: await postName(desk.id), extension: '' }
  const owner: Owner = { kind: 'post', id: `department:${department.id}` }
  return { owner, name: department.name, extension: '' }
}

/** The record keeps the house's own word; screens have theirs for each language (`todo.post.*`). */
async function postName(id: string): Promise<string> {
  return (await serverTexts()).zh.get(`todo.post.${id}`) ?? id
}

/**
 * Who is told after the owner, one level after the other (G2): deputy, head, department of a person; the duty manager
 * stands behind every post.
 */
export async function levelsAbove(ctx: Ctx, sql: Sql, owner: Owner): Promise<Owner[]> {
  if (owner.kind === 'person') {
    const chain = await consentChain(sql, ctx.siteId, owner.id)
    const people = chain.filter((one) => one.kind === 'person')
    const above = people.length > 0 ? people : chain
    return [...above.map(({ kind, id }): Owner => ({ kind, id })), dutyManager]
  }
  return owner.id === dutyManager.id ? [{ kind: 'post', id: 'office_admin' }] : [dutyManager]
}

/** One step every so many minutes after the due time; an owner named twice is told once. */
export function ladderOf(owner: Owner, levels: readonly Owner[], everyMinutes: number): LadderStep[] {
  const seen = new Set([`${owner.kind}:${owner.id}`])
  const steps: LadderStep[] = []
  for (const level of levels) {
    const key = `${level.kind}:${level.id}`
    if (seen.has(key)) continue
    seen.add(key)
    steps.push({ afterMinutes: everyMinutes * (steps.length + 1), owner: level })
  }
  return steps
}

export async function viewerOf(ctx: Ctx, sql: Sql): Promise<Viewer> {
  const { employeeId } = ctx.actor
  const [{ posts }, stands] = await Promise.all([
    taskViewer(ctx, sql),
    employeeId === null || ctx.actor.link !== null ? [] : sql.all(standsInFor(ctx.siteId, employeeId)),
  ])
  return {
    employeeId,
    id: employeeId ?? ctx.actor.id,
    posts,
    standsFor: stands.map((one) => one.id),
    atDesk: may(ctx, 'call.handle'),
    readsMessages: may(ctx, 'message.read'),
    readsCallbacks: may(ctx, 'callback.read'),
    dials: may(ctx, 'call.dial'),
  }
}
