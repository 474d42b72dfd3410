import { z } from 'zod'
import { instant, pageOf, pageQuery, route } from '../../../kernel/contract.ts'

const fields = z.record(z.string(), z.unknown()).nullable()
const text = z.string().max(200).optional()

const entry = z
  .object({
    id: z.string(),
    at: instant,
    actorKind: z.enum(['user', 'apikey', 'link', 'system', 'device', 'guest']),
    actorId: z.string(),
    actorName: z.string(),
    requestId: z.string(),
    entity: z.string(),
    entityId: z.string(),
    action: z.string(),
    before: fields,
    after: fields,
  })
  .meta({ id: 'JournalEntry' })

export const auditRoutes = {
  journal: route({
    method: 'GET',
    path: '/journal',
    id: 'journal.list',
    tag: 'journal',
    summary: 'Who did what, when, before and after; newest first',
    description: 'Rules G4, K3. Entries of the current site and those of the whole installation.',
    action: 'journal.read',
    query: pageQuery.extend({
      entity: text,
      entityId: text,
      actor: text.describe('id or exact name'),
      action: text,
      from: instant.optional(),
      to: instant.optional().describe('exclusive'),
    }),
    response: pageOf(entry),
  }),
}
