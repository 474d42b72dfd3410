/** Who is called to count when an evacuation starts (V18): wardens by their staff number, and whoever staffs the house's posts. */
import type { NoticeMaker } from '../../../kernel/notifications/notice.ts'
import { type Notice, peopleOfOwner } from '../../../kernel/notifications/notice.ts'
import { staffNumbered } from '../../directory/public.ts'
import { musterSetting } from './settings.ts'
import { findMuster } from './store.ts'

const started: NoticeMaker = async (sql, entry, kernel) => {
  const { siteId } = entry
  if (siteId === null) return []
  const muster = await sql.maybe(findMuster(siteId, entry.entityId))
  // Over before anybody could be told: nobody is sent out for it.
  if (muster === undefined || muster.status !== 'running') return []
  const { wardens, told: posts } = await kernel.settings.get(siteId, musterSetting)
  const named = wardens.length === 0 ? [] : await sql.all(staffNumbered(siteId, wardens))
  const staffed = await Promise.all(
    posts.map(async (post) => ({
      post,
      ids: await peopleOfOwner(kernel, sql, siteId, { kind: 'post', id: post }),
    })),
  )
  const whom = new Map<string, string | undefined>(named.map((one) => [one.id, undefined]))
  for (const { post, ids } of staffed) for (const id of ids) if (!whom.has(id)) whom.set(id, post)
  whom.delete(entry.actorId)
  return [...whom].map(
    ([personId, post]): Notice => ({
      personId,
      siteId,
      template: `muster-${muster.kind}`,
      facts: { count: muster.total, byName: muster.started_by_name, note: muster.note },
      link: '/host/muster',
      ...(post === undefined ? {} : { post }),
    }),
  )
}

export const musterNotices: Readonly<Record<string, NoticeMaker>> = { 'muster.started': started }
