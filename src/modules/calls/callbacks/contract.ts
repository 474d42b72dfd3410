import { z } from 'zod'
import { instant, longText, pageOf, pageQuery, route, shortText, uuid } from '../../../kernel/contract.ts'
import { callbackFields, phone } from '../card/contract.ts'
import { attemptResults, callbackCommands, callbackKinds, callbackStatuses } from './rules.ts'

export const callbackCard = z
  .object({
    id: uuid,
    number: z.string().describe('B-1024'),
    version: z.int(),
    status: z.enum(callbackStatuses),
    kind: z.enum(callbackKinds),
    callId: uuid.nullable(),
    messageId: uuid.nullable(),
    contactId: uuid.nullable(),
    customerId: uuid.nullable(),
    callerName: z.string(),
    organisation: z.string(),
    phoneMasked: z.string(),
    matter: z.string(),
    ownerKind: z.enum(['person', 'post']),
    ownerId: z.string(),
    ownerName: z.string(),
    takenBy: uuid.nullable(),
    takenByName: z.string(),
    dueAt: instant,
    attempts: z.int(),
    promisedAt: instant,
    promisedByName: z.string(),
    endedAt: instant.nullable(),
    endedByName: z.string(),
    resultNote: z.string(),
    inTime: z.boolean().nullable(),
    satisfaction: z.int().nullable(),
    can: z.partialRecord(z.enum([...callbackCommands, 'reveal', 'dial']), z.boolean()),
  })
  .meta({ id: 'CallbackCard' })
export type CallbackCard = z.infer<typeof callbackCard>

export const callbackDetail = callbackCard.extend({
  tries: z.array(
    z.object({ at: instant, result: z.enum(attemptResults), note: z.string(), byName: z.string() }),
  ),
  /** After a try that did not reach the customer: when it is worth trying again. */
  retryAt: instant.nullable(),
  answers: z.array(
    z.object({ key: z.string(), question: z.object({ zh: z.string(), en: z.string() }), answer: z.string() }),
  ),
  /** C14: questions of the script; empty unless a return visit. */
  questions: z.array(
    z.object({
      key: z.string(),
      text: z.object({ zh: z.string(), en: z.string() }),
      answer: z.enum(['text', 'yes-no', 'score']),
    }),
  ),
  words: z.array(
    z.object({
      key: z.string(),
      zh: z.string(),
      en: z.string(),
      note: z.object({ zh: z.string(), en: z.string() }),
    }),
  ),
  timeline: z.array(
    z.object({
      at: instant,
      action: z.string(),
      actorName: z.string(),
      data: z.record(z.string(), z.unknown()),
    }),
  ),
})
export type CallbackDetail = z.infer<typeof callbackDetail>

const owner = z.object({ kind: z.enum(['person', 'post']), id: z.string().min(1).max(80) })
const tag = 'callbacks'
const params = z.object({ id: uuid })
const common = ['transition.refused', 'entity.not-found'] as const

export const callbacks = {
  list: route({
    method: 'GET',
    path: '/callbacks',
    id: 'callbacks.list',
    tag,
    summary: 'Promises to call back: mine, my posts’, or all of the site; open ones by due time',
    action: 'callback.see',
    query: pageQuery.extend({
      whose: z.enum(['mine', 'posts', 'all']).default('mine'),
      status: z.enum([...callbackStatuses, 'open', 'any']).default('open'),
      kind: z.enum(callbackKinds).optional(),
      late: z.enum(['true', 'false']).optional(),
      contactId: uuid.optional(),
      customerId: uuid.optional(),
      from: instant.optional(),
      to: instant.optional(),
      text: z.string().trim().max(60).optional(),
    }),
    response: pageOf(callbackCard).extend({ overdue: z.int() }),
  }),
  get: route({
    method: 'GET',
    path: '/callbacks/:id',
    id: 'callbacks.get',
    tag,
    summary: 'One promise with its attempts, script and course',
    action: 'callback.see',
    params,
    response: callbackDetail,
    errors: ['entity.not-found'],
  }),
  promise: route({
    method: 'POST',
    path: '/callbacks',
    id: 'callbacks.promise',
    tag,
    summary: 'Promise a call without a call before it; also a return visit (C14)',
    action: 'callback.promise',
    body: callbackFields.extend({
      kind: z.enum(callbackKinds).default('other'),
      callerName: shortText,
      organisation: shortText.default(''),
      contactId: uuid.nullable().default(null),
      customerId: uuid.nullable().default(null),
      phone,
    }),
    response: callbackCard,
    errors: ['callback.owner-unknown', 'call.number-invalid', 'call.details-missing'],
  }),
  take: route({
    method: 'POST',
    path: '/callbacks/:id/take',
    id: 'callbacks.take',
    tag,
    summary: 'I make this call; a second taker is told who has it',
    action: 'callback.use',
    params,
    body: z.object({}),
    response: callbackDetail,
    errors: [...common, 'callback.taken'],
  }),
  release: route({
    method: 'POST',
    path: '/callbacks/:id/release',
    id: 'callbacks.release',
    tag,
    summary: 'Put back; the post owes it again (G1)',
    action: 'callback.use',
    params,
    body: z.object({ note: longText.default('') }),
    response: callbackCard,
    errors: [...common, 'callback.not-yours'],
  }),
  handOver: route({
    method: 'POST',
    path: '/callbacks/:id/hand-over',
    id: 'callbacks.handOver',
    tag,
    summary: 'To another person or post, formally (G1)',
    action: 'callback.use',
    params,
    body: z.object({ owner, note: longText.default('') }),
    response: callbackCard,
    errors: [...common, 'callback.owner-unknown'],
  }),
  attempt: route({
    method: 'POST',
    path: '/callbacks/:id/attempts',
    id: 'callbacks.attempt',
    tag,
    summary: 'A try that did not end it: busy, no answer, later',
    action: 'callback.use',
    params,
    body: z.object({
      id: uuid.optional(),
      result: z.enum(['busy', 'no-answer', 'wrong-number', 'later']),
      note: longText.default(''),
      /** The caller asked for another time. */
      dueAt: instant.optional(),
    }),
    response: callbackDetail,
    errors: [...common, 'callback.not-yours'],
  }),
  keep: route({
    method: 'POST',
    path: '/callbacks/:id/keep',
    id: 'callbacks.keep',
    tag,
    summary:
      'The promise is kept: the customer was reached; a return visit ends in a satisfaction record (C14)',
    action: 'callback.use',
    params,
    body: z.object({
      note: longText.default(''),
      satisfaction: z.int().min(1).max(5).optional(),
      answers: z
        .array(z.object({ key: z.string().max(40), answer: longText }))
        .max(20)
        .default([]),
    }),
    response: callbackDetail,
    errors: [...common, 'callback.satisfaction-missing', 'callback.not-yours'],
  }),
  giveUp: route({
    method: 'POST',
    path: '/callbacks/:id/give-up',
    id: 'callbacks.giveUp',
    tag,
    summary: 'Not to be reached after honest tries; with the reason',
    action: 'callback.use',
    params,
    body: z.object({ note: longText.min(1) }),
    response: callbackCard,
    errors: [...common, 'callback.not-yours', 'callback.not-tried'],
  }),
  withdraw: route({
    method: 'POST',
    path: '/callbacks/:id/withdraw',
    id: 'callbacks.withdraw',
    tag,
    summary: 'The customer does not need it any more, or it was a mistake',
    action: 'callback.use',
    params,
    body: z.object({ note: longText.min(1) }),
    response: callbackCard,
    errors: [...common],
  }),
  undo: route({
    method: 'POST',
    path: '/callbacks/:id/undo',
    id: 'callbacks.undo',
    tag,
    summary: 'One step back within the site’s minutes',
    action: 'callback.use',
    params,
    body: z.object({}),
    response: callbackCard,
    errors: [...common, 'call.undo-too-late'],
  }),
  reveal: route({
    method: 'POST',
    path: '/callbacks/:id/reveal',
    id: 'callbacks.reveal',
    tag,
    summary: 'The full number; the look is journalled (G5)',
    action: 'callback.use',
    params,
    body: z.object({}),
    response: z.object({ phone: z.string() }),
    errors: ['entity.not-found', 'auth.forbidden'],
  }),
}
