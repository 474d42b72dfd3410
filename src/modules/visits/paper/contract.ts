import { z } from 'zod'
import { route, uuid } from '../../../kernel/contract.ts'

/** What is kept or sent as a file; what is printed once uses the browser (`passes.print`). */
export const papers = {
  file: route({
    method: 'GET',
    path: '/visits/:id/paper.pdf',
    id: 'visits.paperFile',
    tag: 'visits',
    summary: 'Slip (来访人员来访登记表, stub and copy) or pass (访客证) as PDF',
    description:
      '`slip` A4, `card` 86 × 54 mm, `label` 62 mm roll. The phone is complete: the slip is carried by its owner.',
    action: 'visit.register',
    params: z.object({ id: uuid }),
    query: z.object({ form: z.enum(['slip', 'card', 'label']) }),
    response: z.string(),
    raw: 'file',
    errors: ['entity.not-found'],
  }),
}
