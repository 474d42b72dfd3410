/** Whose customer (C5): claim, assign, team, transfer with approval. */
import { z } from 'zod'
import { day, pageOf, pageQuery, route, shortText, uuid } from '../../../kernel/contract.ts'
import { customerCard, params, tag, transferShape, version } from '../contract.ts'
import { transferStatuses } from '../rules.ts'

export const ownership = {
  claim: route({
    method: 'POST',
    path: '/customers/:id/claim',
    id: 'ownership.claim',
    tag,
    summary: 'Make an unowned customer mine',
    description:
      'Rule C5. Of several at once one gets it. Where a lock has run out the setting decides whether it is open.',
    action: 'customer.write',
    params,
    response: customerCard,
    errors: ['customer.owned', 'customer.yours-already', 'customer.inactive', 'customer.owner-unknown'],
  }),
  assign: route({
    method: 'POST',
    path: '/customers/:id/assign',
    id: 'ownership.assign',
    tag,
    summary: 'Say whose customer it is, and until when it is protected',
    action: 'customer.assign',
    params,
    body: z.object({
      version,
      ownerId: uuid.nullable().describe('null: nobody’s'),
      lockedUntil: day.nullable().optional().describe('left out: the days of the setting from today'),
      reason: shortText.default(''),
    }),
    response: customerCard,
    errors: ['customer.owner-unknown', 'customer.transfer-open'],
  }),
  team: route({
    method: 'PUT',
    path: '/customers/:id/team',
    id: 'ownership.team',
    tag,
    summary: 'The service team of a key account, in order (S10)',
    action: 'customer.assign',
    params,
    body: z.object({
      version,
      members: z.array(z.object({ employeeId: uuid, duty: z.string().trim().max(40).default('') })).max(20),
    }),
    response: customerCard,
    errors: ['customer.owner-unknown'],
  }),
}

const decisionErrors = ['transition.refused', 'customer.transfer-outdated', 'customer.undo-late'] as const

export const transfers = {
  list: route({
    method: 'GET',
    path: '/customer-transfers',
    id: 'transfers.list',
    tag,
    summary: 'Transfers: those the caller may decide or has a part in, newest first',
    action: 'customer.read',
    query: pageQuery.extend({ status: z.enum([...transferStatuses, 'all']).default('asked') }),
    response: pageOf(transferShape),
  }),
  ask: route({
    method: 'POST',
    path: '/customers/:id/transfers',
    id: 'transfers.ask',
    tag,
    summary: 'Ask for a transfer; the head of the owner’s department decides',
    description: 'Rule C5. At most one is open per customer.',
    action: 'customer.write',
    params,
    body: z.object({
      toId: uuid.optional().describe('left out: the caller'),
      reason: shortText.min(1),
      lockUntil: day.optional(),
    }),
    response: transferShape,
    errors: [
      'customer.not-owned',
      'customer.yours-already',
      'customer.transfer-open',
      'customer.owner-unknown',
      'customer.inactive',
    ],
  }),
  approve: route({
    method: 'POST',
    path: '/customer-transfers/:id/approve',
    id: 'transfers.approve',
    tag,
    summary: 'Approve: the customer changes hands and is protected anew',
    action: 'customer.read',
    params,
    body: z.object({ answer: shortText.default('') }),
    response: transferShape,
    errors: decisionErrors,
  }),
  refuse: route({
    method: 'POST',
    path: '/customer-transfers/:id/refuse',
    id: 'transfers.refuse',
    tag,
    summary: 'Refuse, with the reason',
    action: 'customer.read',
    params,
    body: z.object({ answer: shortText.min(1) }),
    response: transferShape,
    errors: decisionErrors,
  }),
  withdraw: route({
    method: 'POST',
    path: '/customer-transfers/:id/withdraw',
    id: 'transfers.withdraw',
    tag,
    summary: 'Withdraw one’s own request',
    action: 'customer.read',
    params,
    response: transferShape,
    errors: decisionErrors,
  }),
  undo: route({
    method: 'POST',
    path: '/customer-transfers/:id/undo',
    id: 'transfers.undo',
    tag,
    summary: 'Take back one’s own decision within minutes, while nothing was built on it',
    action: 'customer.read',
    params,
    response: transferShape,
    errors: [...decisionErrors, 'customer.transfer-open'],
  }),
}
