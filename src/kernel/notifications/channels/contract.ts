import { z } from 'zod'
import { type ErrorStatus, instant, pageOf, pageQuery, route, shortText, uuid } from '../../contract.ts'
import { channelKinds } from './rules.ts'

export const channelErrors = {
  'channel.name-taken': 409,
  'channel.too-many': 409,
  'channel.erased': 410,
  'channel.off': 409,
  'channel.own-only': 403,
  'channel-delivery.not-failed': 409,
  'channel-delivery.too-many': 422,
  'channel.no-replay': 409,
} as const satisfies Record<string, ErrorStatus>

const kind = z.enum(channelKinds)
const version = z.int().min(1)
const language = z.enum(['zh', 'en'])
/** A robot's address is at most this long; a webhook's may be. */
export const url = z
  .string()
  .trim()
  .min(1)
  .max(2000)
  .describe('stored encrypted and never answered again; leave out to keep the stored one')
export const secret = z
  .string()
  .trim()
  .max(300)
  .nullable()
  .describe('signing secret, stored encrypted; null: none (chat), made by the server (webhook)')
export const topic = z.string().regex(/^[\w:.-]{1,100}$/)
const topics = z
  .array(topic)
  .max(200)
  .nullable()
  .describe('which notices: template, or `task:` and the kind of task; null: all')
const post = z.string().regex(/^[\w:-]{1,80}$/)
const posts = z
  .array(post)
  .max(50)
  .describe('for whom: posts such as `desk` or `department:<id>`; empty: everybody')
const event = z.string().regex(/^[a-z][a-z-]*(\.[a-z-]+)?$/)
const events = z
  .array(event)
  .max(100)
  .describe('webhooks: changes told, an entity (`visit`) or one action (`visit.checked-in`)')
const details = z
  .boolean()
  .describe(
    'false: only what kind of thing happened, its id and a link; true: its words, and before and after',
  )

export const channel = z
  .object({
    id: uuid,
    kind,
    name: z.string(),
    address: z.string().describe('host and end of the key; nobody can send with it'),
    signed: z.boolean(),
    oldSecretUntil: instant.nullable().describe('until then the secret before signs, too'),
    enabled: z.boolean(),
    language,
    topics,
    posts: z.array(z.object({ id: post, name: z.string().nullable() })),
    events,
    details: z.boolean(),
    mention: z.boolean().describe('call colleagues by their mobile number where the vendor can'),
    version,
    state: z.enum(['working', 'failing', 'off', 'resting']),
    failingSince: instant.nullable(),
    restingUntil: instant.nullable(),
    waiting: z.int(),
    failed: z.int(),
    lastSentAt: instant.nullable(),
  })
  .meta({
    id: 'Channel',
    description: 'A robot or webhook notices go to; address and secret are never answered',
  })

const status = z.enum(['waiting', 'sending', 'retrying', 'sent', 'failed'])
const fact = z.union([
  z.string(),
  z.number(),
  z.object({ zh: z.string(), en: z.string() }),
  z.object({ key: z.string() }),
])

export const channelDelivery = z
  .object({
    id: uuid,
    channel: z.object({ id: uuid, name: z.string(), kind }),
    kind: z.enum(['notice', 'event', 'test']),
    template: z.string().describe('of a notice; the action of an event'),
    facts: z.record(z.string(), fact),
    subject: z.string().nullable().describe('of an event: entity and id'),
    status,
    attempts: z.int(),
    nextAt: instant.nullable().describe('of the next attempt'),
    digest: z.boolean().describe('sent together with others'),
    error: z.string().nullable().describe('text `channels.fault.<error>`'),
    errorWords: z.string().nullable().describe('what the vendor said'),
    at: instant,
    sentAt: instant.nullable(),
    can: z.object({ retry: z.boolean() }),
  })
  .meta({ id: 'ChannelDelivery' })

export const common = {
  name: shortText.min(1).max(80),
  enabled: z.boolean().default(true),
  language: language.default('zh'),
  topics: topics.default(null),
}
const wanted = {
  ...common,
  posts: posts.default([]),
  events: events.default([]),
  details: details.default(false),
  mention: z.boolean().default(true),
}
export const changed = {
  version,
  name: shortText.min(1).max(80).optional(),
  url: url.optional(),
  secret: secret.optional(),
  enabled: z.boolean().optional(),
  language: language.optional(),
  topics: topics.optional(),
}

export const params = z.object({ id: uuid })
export const withSecret = z.object({
  channel,
  secret: z.string().nullable().describe("a webhook's, this once"),
})
export const tag = 'channels'
export const once =
  'The secret made for a webhook is answered this once, so an `Idempotency-Key` is not honoured here; a repeat with the same `id` answers `entity.exists`.'

export const listing = pageQuery.extend({
  channel: uuid.optional(),
  status: z.enum(['open', 'sent', 'failed']).optional().describe('`open`: waiting, sending, retrying'),
  from: instant.optional().describe('of the event or notice'),
  until: instant.optional().describe('before this moment'),
  about: z.string().trim().max(60).optional().describe('part of the template or action, or of the subject'),
})

/** A stretch of the log, in the order in which things happened. */
const stretch = { from: instant, until: instant.optional().describe('default: up to now') }

export const channelRoutes = {
  list: route({
    method: 'GET',
    path: '/channels',
    id: 'channels.list',
    tag,
    summary: "The site's robots and webhooks",
    description: 'Rule C10.',
    action: 'channel.manage',
    response: z.object({ items: z.array(channel) }),
  }),
  options: route({
    method: 'GET',
    path: '/channels/options',
    id: 'channels.options',
    tag,
    summary: 'What channels can be asked to carry',
    action: 'signed-in',
    response: z.object({
      topics: z.array(z.object({ topic, name: z.object({ zh: z.string(), en: z.string() }) })),
      entities: z.array(z.string()).describe('whose changes a webhook may carry'),
    }),
  }),
  create: route({
    method: 'POST',
    path: '/channels',
    id: 'channels.create',
    tag,
    summary: 'Add a robot or webhook',
    description: `Rules C10, G5. ${once}`,
    action: 'channel.manage',
    body: z.object({ id: uuid, kind, url, secret: secret.default(null), ...wanted }),
    response: withSecret,
    errors: ['channel.name-taken', 'channel.too-many', 'entity.exists'],
  }),
  edit: route({
    method: 'PATCH',
    path: '/channels/:id',
    id: 'channels.edit',
    tag,
    summary: 'Change, switch on or off',
    description: 'Rules C10, G4. What is left out stays as it is.',
    action: 'channel.manage',
    params,
    body: z.object({
      ...changed,
      posts: posts.optional(),
      events: events.optional(),
      details: details.optional(),
      mention: z.boolean().optional(),
    }),
    response: channel,
    errors: ['edit.stale', 'channel.name-taken', 'channel.erased'],
  }),
  remove: route({
    method: 'DELETE',
    path: '/channels/:id',
    id: 'channels.remove',
    tag,
    summary: 'Delete; its address and secret are erased after a day',
    action: 'channel.manage',
    params,
    response: z.object({ done: z.literal(true) }),
  }),
  restore: route({
    method: 'POST',
    path: '/channels/:id/restore',
    id: 'channels.restore',
    tag,
    summary: 'Bring back what was deleted within a day',
    action: 'channel.manage',
    params,
    response: channel,
    errors: ['channel.erased', 'channel.name-taken'],
  }),
  rotate: route({
    method: 'POST',
    path: '/channels/:id/rotate',
    id: 'channels.rotate',
    tag,
    summary: 'New signing secret of a webhook',
    description: `Rule G5. For a day both secrets sign. ${once}`,
    action: 'channel.manage',
    params,
    response: withSecret,
    errors: ['channel.erased'],
  }),
  test: route({
    method: 'POST',
    path: '/channels/:id/test',
    id: 'channels.test',
    tag,
    summary: 'Send a test message',
    description: 'Goes the way of every message; read the delivery for what the vendor answered.',
    action: 'channel.manage',
    params,
    response: channelDelivery,
    errors: ['channel.off'],
  }),
  retryFailed: route({
    method: 'POST',
    path: '/channels/:id/retry-failed',
    id: 'channels.retryFailed',
    tag,
    summary: 'Send again whatever failed',
    action: 'channel.manage',
    params,
    response: z.object({ count: z.int() }),
    errors: ['channel.off'],
  }),
  replayable: route({
    method: 'GET',
    path: '/channels/:id/replay',
    id: 'channels.replayable',
    tag,
    summary: 'How many messages of a webhook a replay would send again',
    action: 'channel.manage',
    params,
    query: z.object(stretch),
    response: z.object({ count: z.int(), most: z.int() }),
    errors: ['channel.no-replay'],
  }),
  replay: route({
    method: 'POST',
    path: '/channels/:id/replay',
    id: 'channels.replay',
    tag,
    summary: 'Send a webhook again what it was sent from a moment on, in order',
    description:
      'Rules G2, G4. Sent and failed ones alike, each with its own `webhook-id`; what still waits is in its turn anyway. `expected` is the count that was shown: another one is refused.',
    action: 'channel.manage',
    params,
    body: z.object({ ...stretch, expected: z.int().min(0) }),
    response: z.object({ count: z.int() }),
    errors: ['channel.off', 'channel.no-replay', 'channel-delivery.too-many', 'edit.stale'],
  }),
  deliveries: route({
    method: 'GET',
    path: '/channel-deliveries',
    id: 'channels.deliveries',
    tag,
    summary: 'What went through channels, and what could not',
    description: 'Rules C10, G2. Not those of people’s own robots.',
    action: 'channel.manage',
    query: listing,
    response: pageOf(channelDelivery).extend({ failed: z.int() }),
  }),
  delivery: route({
    method: 'GET',
    path: '/channel-deliveries/:id',
    id: 'channels.delivery',
    tag,
    summary: 'One message and what became of it',
    action: 'channel.manage',
    params,
    response: channelDelivery,
  }),
  retry: route({
    method: 'POST',
    path: '/channel-deliveries/:id/retry',
    id: 'channels.retry',
    tag,
    summary: 'Send a failed message again; a webhook’s also when it was accepted',
    description: 'Rule G2. A webhook repeats its `webhook-id`, so that the receiver can tell.',
    action: 'channel.manage',
    params,
    response: channelDelivery,
    errors: ['channel-delivery.not-failed', 'channel.off'],
  }),
} as const

export type Channel = z.infer<typeof channel>
export type ChannelDelivery = z.infer<typeof channelDelivery>
