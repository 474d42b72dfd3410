import { z } from 'zod'
import { instant, route } from '../contract.ts'

const checked = z.object({ at: instant, ok: z.boolean(), head: z.string().nullable() })

export const journalRoutes = {
  sealStatus: route({
    method: 'GET',
    path: '/journal/seal-status',
    id: 'journal.sealStatus',
    tag: 'journal',
    summary: 'How far the journal is sealed, and whether it was found untouched',
    description:
      'Rule G4. Entries are sealed every minute into a SHA-256 chain and checked every night; `foyer journal verify` checks at once. Write the head down outside the database: with it a cut-off end shows, too.',
    action: 'journal.read',
    response: z.object({
      head: z.object({ no: z.int(), hash: z.string(), sealedAt: instant }).nullable(),
      sealed: z.int().describe('entries under seals'),
      waiting: z.int().describe('entries not sealed yet'),
      waitingSince: instant.nullable(),
      checked: checked.nullable().describe('the last nightly check'),
    }),
  }),
}
