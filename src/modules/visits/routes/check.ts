/** V6: are the places a table names still there? People leave, departments are renamed, telephones move. */
import type { RouteAnswer, RouteInput } from '../../../kernel/contract.ts'
import { type Ctx, query } from '../../../kernel/work/command.ts'
import { type PlaceAsked, placesNamed } from '../../directory/public.ts'
import type { VisitTarget, visitRoutes } from './contract.ts'

type Check = typeof visitRoutes.check

function placeOf(to: VisitTarget): Omit<PlaceAsked, 'step'> | undefined {
  switch (to.kind) {
    case 'extension':
      return { kind: 'extension', text: to.extension }
    case 'person':
      return { kind: 'staff-number', text: to.staffNumber }
    case 'department':
    case 'department-head':
      return { kind: to.kind, text: to.department }
    default:
      return undefined
  }
}

export async function checkTable(
  ctx: Ctx,
  { body }: Pick<RouteInput<Check>, 'body'>,
): Promise<RouteAnswer<Check>> {
  const named = body.rows.flatMap((row) =>
    row.targets.map((to, index) => ({ row: row.key, index, to, asked: placeOf(to) })),
  )
  const asked = named.flatMap((one, step) => (one.asked === undefined ? [] : [{ ...one.asked, step }]))
  const [found, posts] = await Promise.all([
    asked.length === 0 ? [] : query(ctx).all(placesNamed(ctx.siteId, asked)),
    dutyPosts(ctx),
  ])
  const places = named.flatMap(({ row, index, to, asked: place }, step) => {
    if (to.kind === 'duty') {
      const post = posts.find(({ key }) => key === to.post)
      return [{ row, index, found: post ? { name: post.name, department: post.today, extension: '' } : null }]
    }
    if (place === undefined) return []
    const one = found.find((row_) => row_.step === step)
    const { name = '', department = '', extension = '' } = one ?? {}
    return [{ row, index, found: one === undefined ? null : { name, department, extension } }]
  })
  return { places, posts: [...posts] }
}

/** Whichever module keeps the roster names its posts to the kernel (docs/decisions/009). */
async function dutyPosts(ctx: Ctx): Promise<RouteAnswer<Check>['posts']> {
  const found = await Promise.all(ctx.kernel.modules.list.map((module) => module.findOwners?.(ctx, '') ?? []))
  return found
    .flat()
    .filter(({ kind, id }) => kind === 'post' && id.startsWith('duty:'))
    .map(({ id, name, detail }) => ({ key: id.slice('duty:'.length), name, today: detail }))
}
