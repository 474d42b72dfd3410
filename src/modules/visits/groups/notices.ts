/** The host is told once that the group is here, whoever comes first (V5); not two hundred times. */
import type { NoticeMaker } from '../../../kernel/notifications/notice.ts'
import { findGroup } from './store.ts'

const arrived: NoticeMaker = async (sql, entry) => {
  if (entry.siteId === null || entry.data?.first !== true) return []
  const group = await sql.maybe(findGroup(entry.siteId, entry.entityId))
  if (group === undefined || group.host_id === null || group.host_id === entry.actorId) return []
  // The question to the host is a task and tells itself.
  if (entry.data.asks === true) return []
  return [
    {
      personId: group.host_id,
      siteId: entry.siteId,
      template: 'group-arrived',
      facts: { title: group.title, size: group.size, place: group.place },
      link: `/host/groups/${group.id}`,
    },
  ]
}

export const groupNotices: Readonly<Record<string, NoticeMaker>> = { 'visit-group.checked-in': arrived }
