/** Who is told besides the host: secretaries of an important guest's host (V7), contacts of an emergency (V14). */
import { z } from 'zod'
import { type Notice, type NoticeMaker, peopleOfOwner } from '../../../kernel/notifications/notice.ts'
import { emergencyOf } from '../emergency/store.ts'
import { bilingual, visitNumber } from '../present.ts'
import { categoriesSetting } from '../settings.ts'
import { findVisit } from '../store.ts'
import { attendanceOf } from './attendance.ts'

/** V7: host and secretary at once; the host is told by the visit's own notice. */
export const secretariesTold: NoticeMaker = async (sql, entry, kernel) => {
  const { siteId } = entry
  if (siteId === null) return []
  const visit = await sql.maybe(findVisit(siteId, entry.entityId))
  if (visit === undefined || visit.status !== 'admitted' || visit.emergency) return []
  const categories = await kernel.settings.get(siteId, categoriesSetting)
  if (!categories.some((one) => one.key === visit.category && one.important)) return []
  const { secretaries, office } = await attendanceOf(kernel, sql, siteId, visit.receiver_id ?? visit.host_id)
  const told = secretaries.length > 0 ? secretaries : office === null ? [] : [office]
  return told
    .filter((id) => id !== entry.actorId)
    .map(
      (personId): Notice => ({
        personId,
        siteId,
        template: 'important-arrived',
        facts: {
          number: visitNumber(visit.number),
          visitorName: visit.visitor_name,
          organisation: visit.organisation,
          hostName: visit.receiver_name || visit.host_name,
        },
        link: `/host?visit=${visit.id}`,
      }),
    )
}

const toldList = z.array(z.object({ personId: z.string().nullable(), post: z.string().nullable() }))

const emergencyTold: NoticeMaker = async (sql, entry, kernel) => {
  const { siteId } = entry
  if (siteId === null) return []
  const [visit, row] = await Promise.all([
    sql.maybe(findVisit(siteId, entry.entityId)),
    sql.maybe(emergencyOf(siteId, entry.entityId)),
  ])
  if (visit === undefined || row === undefined) return []
  const told = new Map<string, string | undefined>()
  for (const one of toldList.parse(row.told)) {
    if (one.personId !== null) told.set(one.personId, undefined)
    if (one.post === null) continue
    for (const id of await peopleOfOwner(kernel, sql, siteId, { kind: 'post', id: one.post }))
      if (!told.has(id)) told.set(id, one.post)
  }
  told.delete(row.let_in_by)
  return [...told].map(
    ([personId, post]): Notice => ({
      personId,
      siteId,
      template: 'emergency-let-in',
      facts: {
        number: visitNumber(visit.number),
        kind: bilingual(row.kind_name),
        place: row.place === '' ? '—' : row.place,
        byName: row.let_in_by_name,
      },
      link: '/emergencies',
      ...(post === undefined ? {} : { post }),
    }),
  )
}

export const importantNotices: Readonly<Record<string, NoticeMaker>> = {
  'visit.emergency-let-in': emergencyTold,
}
