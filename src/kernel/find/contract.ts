import { z } from 'zod'
import { instant, route } from '../contract.ts'

/** Places of a text, [from, to) in UTF-16 units, that what was typed stands for. */
const lit = z.array(z.tuple([z.int(), z.int()]))

const found = z
  .object({
    entity: z.string().describe('its word is `find.kind.<entity>`'),
    id: z.string(),
    label: z.string(),
    labelLit: lit.describe('parts of `label` to show in bold'),
    detail: z.string().describe('company, department, masked number, date'),
    detailLit: lit,
    marks: z.array(z.string()).describe('keys of small words beside it'),
    link: z.string().describe('path in the product that opens its card'),
    score: z.number().describe('0…1: exact number or name 1, beginning 0.8, part 0.5'),
    seenAt: instant.nullable(),
    extension: z.string().nullable(),
  })
  .meta({ id: 'Found' })

export const find = {
  search: route({
    method: 'GET',
    path: '/find',
    id: 'find.search',
    tag: 'find',
    summary: 'The single window (单窗口): people, companies, visits, calls by whatever is known of them',
    description:
      'Rule C5. Name, pinyin, initials, part of a Chinese name, tail of a telephone number, company, extension, staff number, dialect, plate, pass number, number of a visit, call or message; the number of a document for those at the desk, which is journalled (G5). Only what the caller may see. Groups come best first; `incomplete` says that a part of the house could not be asked.',
    action: 'find.use',
    query: z.object({
      q: z.string().max(1000),
      limit: z.coerce.number().int().min(1).max(20).default(6).describe('most per group'),
    }),
    response: z.object({
      groups: z.array(z.object({ entity: z.string(), items: z.array(found) })),
      incomplete: z.boolean(),
    }),
  }),
}
