/** Turns the targets of a route into people and posts with telephones, as directory, customers and the day have them (V6). */
import type { Sql } from '../../../kernel/db/sql.ts'
import { peopleOfOwner } from '../../../kernel/notifications/notice.ts'
import type { Ctx } from '../../../kernel/work/command.ts'
import { ownerOfVisitor } from '../../customers/public.ts'
import { consentChain, type EmployeeCard, type PlaceAsked, placesNamed } from '../../directory/public.ts'
import type { VisitTarget } from './contract.ts'
import { visitorBehind } from './store.ts'

/** One to ask. The id tells those asked already: a person's, `department:<id>`, or `extension:<number>`. */
export interface Askee {
  readonly id: string
  readonly kind: 'person' | 'post'
  /** Kind of the target it comes from; `deputy`: stands in for the host (V5); `hand`: chosen by the desk. */
  readonly target: VisitTarget['kind'] | 'deputy' | 'hand'
  readonly name: string
  readonly nameEn: string
  readonly department: string
  readonly extension: string
}

export interface Whom {
  readonly hostId: string | null
  /** The known person; null: a stranger. */
  readonly visitorId: string | null
  readonly organisation: string
}

export function askeeOf(
  target: Askee['target'],
  card: Pick<EmployeeCard, 'id' | 'name' | 'departmentName' | 'extension'>,
): Askee {
  return {
    id: card.id,
    kind: 'person',
    target,
    name: card.name,
    nameEn: card.name,
    department: card.departmentName ?? '',
    extension: card.extension ?? '',
  }
}

/** Whoever is on duty at the post today; nobody when the desk would have to answer for it. */
async function onDuty(ctx: Ctx, sql: Sql, post: string): Promise<string | undefined> {
  // The roster belongs to an operations module; the kernel asks whichever has it (docs/decisions/009).
  const staff = (id: string) => peopleOfOwner(ctx.kernel, sql, ctx.siteId, { kind: 'post', id })
  const [people, desk] = await Promise.all([staff(`duty:${post}`), staff('desk')])
  const deskStandsIn = people.length === desk.length && people.every((id) => desk.includes(id))
  return deskStandsIn ? undefined : people[0]
}

async function ownerOf(ctx: Ctx, sql: Sql, whom: Whom): Promise<string | undefined> {
  const behind =
    whom.visitorId === null ? undefined : await sql.maybe(visitorBehind(ctx.siteId, whom.visitorId))
  const found = await sql.maybe(ownerOfVisitor(ctx.siteId, behind?.contactId ?? null, whom.organisation))
  return found?.ownerId
}

const departmentIn = (post: string) => post.replace(/^department:/, '')

interface Place {
  readonly to: VisitTarget
  readonly target: Askee['target']
  readonly asked: Omit<PlaceAsked, 'step'>
}

/**
 * In the order of the row, nobody twice; targets nobody is found for are left out. The host brings along whoever stands
 * in for them: deputy, department's deputy, head, department (V5).
 */
export async function resolveTargets(
  ctx: Ctx,
  sql: Sql,
  targets: readonly VisitTarget[],
  whom: Whom,
): Promise<Askee[]> {
  const wants = (...kinds: VisitTarget['kind'][]) => targets.some(({ kind }) => kinds.includes(kind))
  const posts = [...new Set(targets.flatMap((to) => (to.kind === 'duty' ? [to.post] : [])))]
  const [chain, ownerId, duty] = await Promise.all([
    whom.hostId !== null && wants('host') ? consentChain(sql, ctx.siteId, whom.hostId) : [],
    wants('owner', 'owner-head') ? ownerOf(ctx, sql, whom) : undefined,
    Promise.all(posts.map(async (post) => [post, await onDuty(ctx, sql, post)] as const)),
  ])
  const today = new Map(duty)
  const places: Place[] = []
  const employee = (
    to: VisitTarget,
    id: string | null | undefined,
    kind: 'employee' | 'head',
    target = to.kind as Askee['target'],
  ) => {
    if (id !== null && id !== undefined) places.push({ to, target, asked: { kind, id } })
  }
  for (const to of targets) {
    switch (to.kind) {
      case 'host':
        employee(to, whom.hostId, 'employee')
        for (const one of chain) {
          if (one.kind === 'person') employee(to, one.id, 'employee', 'deputy')
          else
            places.push({ to, target: 'deputy', asked: { kind: 'department-id', id: departmentIn(one.id) } })
        }
        break
      case 'host-head':
        employee(to, whom.hostId, 'head')
        break
      case 'owner':
        employee(to, ownerId, 'employee')
        break
      case 'owner-head':
        employee(to, ownerId, 'head')
        break
      case 'duty':
        employee(to, today.get(to.post), 'employee')
        break
      case 'person':
        places.push({ to, target: to.kind, asked: { kind: 'staff-number', text: to.staffNumber } })
        break
      case 'extension':
        places.push({ to, target: to.kind, asked: { kind: 'extension', text: to.extension } })
        break
      case 'department':
      case 'department-head':
        places.push({ to, target: to.kind, asked: { kind: to.kind, text: to.department } })
        break
    }
  }
  return distinct(await located(ctx, sql, places))
}

async function located(ctx: Ctx, sql: Sql, places: readonly Place[]): Promise<Askee[]> {
  if (places.length === 0) return []
  const found = await sql.all(
    placesNamed(
      ctx.siteId,
      places.map(({ asked }, step) => ({ ...asked, step })),
    ),
  )
  return places.flatMap(({ to, target }, step): Askee[] => {
    const place = found.find((one) => one.step === step)
    // A telephone goes by the table's name for it, whoever sits there, and may be nobody's in the directory.
    const named = to.kind === 'extension' ? to.name : undefined
    if (place === undefined) return to.kind === 'extension' ? [telephone(to)] : []
    return [
      {
        id: place.employeeId ?? `department:${place.departmentId}`,
        kind: place.employeeId === null ? 'post' : 'person',
        target,
        name: both(named?.zh, place.name),
        nameEn: both(named?.en, place.name),
        department: place.department,
        extension: place.extension,
      },
    ]
  })
}

/** The table's name for a telephone, and who sits there. */
const both = (named: string | undefined, name: string) =>
  named === undefined || named === name ? name : `${named} · ${name}`

/** Nobody's line in the directory: the desk phones it and writes down the answer. */
function telephone(to: Extract<VisitTarget, { kind: 'extension' }>): Askee {
  return {
    id: `extension:${to.extension}`,
    kind: 'post',
    target: 'extension',
    name: to.name.zh,
    nameEn: to.name.en,
    department: '',
    extension: to.extension,
  }
}

function distinct(askees: readonly Askee[]): Askee[] {
  const seen = new Set<string>()
  return askees.filter(({ id }) => !seen.has(id) && seen.add(id))
}
