import { z } from 'zod'
import { instant, route } from '../contract.ts'

const historyItem = z
  .object({
    entity: z.string(),
    id: z.string(),
    at: instant,
    textKey: z.string().describe('text of the interface, with `facts` as placeholders'),
    facts: z.record(z.string(), z.union([z.string(), z.number()])),
    matter: z.string().describe('in somebody’s own words'),
    tone: z.enum(['neutral', 'good', 'waiting', 'alarm']),
    link: z.string().nullable(),
  })
  .meta({ id: 'HistoryItem' })

export const history = {
  read: route({
    method: 'GET',
    path: '/history',
    id: 'history.read',
    tag: 'history',
    summary: 'The one timeline of a card: calls, visits, complaints, remarks, newest first (C5)',
    description: 'Only what the caller may see. `next` goes back as `before`; null: that was all.',
    action: 'signed-in',
    query: z.object({
      entity: z.string().max(40),
      id: z.string().max(80),
      before: instant.optional(),
      limit: z.coerce.number().int().min(1).max(100).default(20),
    }),
    response: z.object({ items: z.array(historyItem), next: instant.nullable() }),
  }),
}
