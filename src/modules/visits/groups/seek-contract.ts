/** Members looked for across the day's groups (V22). */
import { z } from 'zod'
import { route, uuid } from '../../../kernel/contract.ts'
import { statuses } from '../rules.ts'

export const groupSearch = {
  seek: route({
    method: 'GET',
    path: '/visit-groups/members',
    id: 'groups.seek',
    tag: 'groups',
    summary: 'Members of the day’s groups by name, pinyin, initials, organisation (V22)',
    action: 'visit.read',
    query: z.object({ q: z.string().trim().min(1).max(60) }),
    response: z.object({
      items: z.array(
        z.object({
          id: uuid.describe('of the visit'),
          groupId: uuid,
          groupTitle: z.string(),
          visitorName: z.string(),
          organisation: z.string(),
          status: z.enum(statuses),
        }),
      ),
    }),
  }),
}
