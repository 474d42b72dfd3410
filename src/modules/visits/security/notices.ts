/** Who hears of an alarm by the channels, besides every console (V16). */
import type { Notice, NoticeMaker } from '../../../kernel/notifications/notice.ts'
import { peopleOfOwner } from '../../../kernel/notifications/notice.ts'
import { staffNumbered } from '../../directory/public.ts'
import { incidentNumber } from './present.ts'
import { securitySetting } from './settings.ts'
import { incidentToTell } from './store.ts'

const raised: NoticeMaker = async (sql, entry, kernel) => {
  const { siteId } = entry
  if (siteId === null) return []
  const incident = await sql.maybe(incidentToTell(siteId, entry.entityId))
  if (incident === undefined || incident.status !== 'open') return []
  const { posts, people } = await kernel.settings.get(siteId, securitySetting)
  const named = people.length === 0 ? [] : await sql.all(staffNumbered(siteId, people))
  const staffed = await Promise.all(
    posts.map(async (post) => ({
      post,
      ids: await peopleOfOwner(kernel, sql, siteId, { kind: 'post', id: post }),
    })),
  )
  const told = new Map<string, string | undefined>(named.map((one) => [one.id, undefined]))
  for (const { post, ids } of staffed) for (const id of ids) if (!told.has(id)) told.set(id, post)
  told.delete(incident.raised_by)
  return [...told].map(
    ([personId, post]): Notice => ({
      personId,
      siteId,
      template: 'incident-raised',
      facts: {
        number: incidentNumber(incident.number),
        place: incident.place,
        byName: incident.raised_by_name,
      },
      link: `/incidents?incident=${entry.entityId}`,
      ...(post === undefined ? {} : { post }),
    }),
  )
}

export const incidentNotices: Readonly<Record<string, NoticeMaker>> = { 'incident.raised': raised }
