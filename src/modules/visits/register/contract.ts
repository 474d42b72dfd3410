import { z } from 'zod'
import { day, pageOf, pageQuery, route } from '../../../kernel/contract.ts'
import { visitCard } from '../card/contract.ts'
import { sliceQuery } from '../figures/contract.ts'
import { statuses } from '../rules.ts'

const registerFilter = z.object({
  from: day.optional(),
  to: day.optional().describe('included'),
  status: z.enum([...statuses, 'inside', 'late_signature']).optional(),
  category: z.string().max(40).optional(),
  kind: z.string().max(40).optional(),
  hostId: z.uuid().optional(),
  departmentId: z.uuid().optional(),
  q: z
    .string()
    .trim()
    .max(60)
    .optional()
    .describe('name, pinyin, initials, organisation, phone tail, number, plate'),
  ...sliceQuery.shape,
})

const tag = 'register'

export const register = {
  list: route({
    method: 'GET',
    path: '/visits',
    id: 'register.list',
    tag,
    summary: 'The register: every visit, newest first (来访人员登记表)',
    action: 'visit.read',
    query: registerFilter
      .extend(pageQuery.shape)
      .extend({ order: z.enum(['newest', 'oldest']).default('newest') }),
    response: pageOf(visitCard),
  }),
  export: route({
    method: 'GET',
    path: '/visits/export',
    id: 'register.export',
    tag,
    summary: 'The register as Excel with the columns of the paper forms',
    description:
      '`registration` 来访人员登记表, `in-out` 来访人员出入登记表. Phones are complete only with the right to reveal them; the export is journalled (G5). At most 100 000 rows.',
    action: 'visit.export',
    query: registerFilter.extend({
      form: z.enum(['registration', 'in-out']),
      language: z.enum(['zh', 'en']).default('zh'),
    }),
    response: z.string(),
    raw: 'file',
    errors: ['visit.too-many-rows'],
  }),
  paper: route({
    method: 'GET',
    path: '/visits/register.pdf',
    id: 'register.paper',
    tag,
    summary: 'The register as PDF, A4 landscape with page numbers and lines to sign on',
    description: 'As `register.export`; at most 5 000 rows.',
    action: 'visit.export',
    query: registerFilter.extend({
      form: z.enum(['registration', 'in-out']),
      language: z.enum(['zh', 'en']).default('zh'),
    }),
    response: z.string(),
    raw: 'file',
    errors: ['visit.too-many-rows'],
  }),
}
