/** What customers said: suggestions that want an answer, market research, plain notes (S10, T5). */
import { z } from 'zod'
import { instant, longText, pageOf, pageQuery, route, uuid } from '../../../kernel/contract.ts'
import { params, tag } from '../contract.ts'
import { remarkKinds } from '../rules.ts'

export const remarkShape = z
  .object({
    id: uuid,
    kind: z.enum(remarkKinds),
    text: z.string(),
    status: z.enum(['open', 'answered', 'kept']),
    customerId: uuid.nullable(),
    customerName: z.string(),
    contactId: uuid.nullable(),
    contactName: z.string(),
    answer: z.string(),
    answeredAt: instant.nullable(),
    answeredBy: z.string(),
    at: instant,
    by: z.string(),
    version: z.int(),
    can: z.object({ answer: z.boolean(), reopen: z.boolean() }),
  })
  .meta({ id: 'CustomerRemark' })

export const remarks = {
  list: route({
    method: 'GET',
    path: '/customer-remarks',
    id: 'remarks.list',
    tag,
    summary: 'Remarks, newest first; of one company, one contact, or all the caller may see',
    action: 'customer.read',
    query: pageQuery.extend({
      customerId: uuid.optional().describe('with its people'),
      contactId: uuid.optional(),
      kind: z.enum(remarkKinds).optional(),
      status: z.enum(['open', 'answered', 'kept']).optional(),
    }),
    response: pageOf(remarkShape),
  }),
  add: route({
    method: 'POST',
    path: '/customer-remarks',
    id: 'remarks.add',
    tag,
    summary: 'Write down what a customer said',
    description:
      'A suggestion opens a task for the customer’s owner, or the office, with the due time of the setting (G2).',
    action: 'customer.write',
    body: z
      .object({
        customerId: uuid.optional(),
        contactId: uuid.optional(),
        kind: z.enum(remarkKinds),
        text: longText.min(1),
      })
      .refine(({ customerId, contactId }) => customerId !== undefined || contactId !== undefined, {
        path: ['customerId'],
      }),
    response: remarkShape,
    errors: ['customer.unknown'],
  }),
  answer: route({
    method: 'POST',
    path: '/customer-remarks/:id/answer',
    id: 'remarks.answer',
    tag,
    summary: 'What was answered to a suggestion; settles its task',
    action: 'customer.write',
    params,
    body: z.object({ answer: longText.min(1) }),
    response: remarkShape,
    errors: ['customer.remark-settled'],
  }),
  reopen: route({
    method: 'POST',
    path: '/customer-remarks/:id/reopen',
    id: 'remarks.reopen',
    tag,
    summary: 'Take an answer back within minutes; the promise stands again',
    action: 'customer.write',
    params,
    response: remarkShape,
    errors: ['customer.remark-settled', 'customer.undo-late'],
  }),
}
