import { z } from 'zod'
import { type ErrorStatus, instant, pageOf, pageQuery, route, uuid } from '../contract.ts'

export const notificationErrors = {
  'delivery.not-failed': 409,
  'delivery.no-email': 409,
} as const satisfies Record<string, ErrorStatus>

const fact = z.union([
  z.string(),
  z.number(),
  z.object({ zh: z.string(), en: z.string() }),
  z.object({ key: z.string() }),
])

const notification = z
  .object({
    id: uuid,
    template: z.string().describe('texts `notice.<template>.subject` and `.text`'),
    facts: z.record(z.string(), fact).describe('placeholders of the texts; RFC 3339 instants in site time'),
    link: z.string().nullable().describe('path in the product'),
    at: instant,
    readAt: instant.nullable(),
  })
  .meta({ id: 'Notification' })

const deliveryStatus = z.enum(['queued', 'sent', 'failed'])

export const delivery = z
  .object({
    id: uuid,
    status: deliveryStatus,
    channel: z.string(),
    person: z.string().nullable().describe('name, when the directory knows the person'),
    address: z.string(),
    template: z.string(),
    facts: z.record(z.string(), fact),
    messageId: z.string(),
    attempts: z.int(),
    lastError: z.string().nullable(),
    at: instant,
    sentAt: instant.nullable(),
    can: z.object({ retry: z.boolean() }),
  })
  .meta({ id: 'Delivery' })

const unread = z.object({ unread: z.int().describe('of the caller at this site') })

export const notificationRoutes = {
  list: route({
    method: 'GET',
    path: '/notifications',
    id: 'notifications.list',
    tag: 'notifications',
    summary: 'Notifications of the caller, unread ones first',
    action: 'signed-in',
    query: pageQuery,
    response: pageOf(notification).extend(unread.shape),
  }),
  count: route({
    method: 'GET',
    path: '/notifications/unread',
    id: 'notifications.count',
    tag: 'notifications',
    summary: 'How many the caller has not read',
    action: 'signed-in',
    response: unread,
  }),
  read: route({
    method: 'POST',
    path: '/notifications/:id/read',
    id: 'notifications.read',
    tag: 'notifications',
    summary: 'Mark one as read',
    action: 'signed-in',
    params: z.object({ id: uuid }),
    response: unread,
  }),
  readAll: route({
    method: 'POST',
    path: '/notifications/read-all',
    id: 'notifications.readAll',
    tag: 'notifications',
    summary: 'Mark all of the caller as read',
    action: 'signed-in',
    response: unread,
  }),
} as const

export const deliveryRoutes = {
  list: route({
    method: 'GET',
    path: '/deliveries',
    id: 'deliveries.list',
    tag: 'notifications',
    summary: 'What left the house, and what could not',
    description:
      'Rule G2. `email: false`: no mail server is configured, people are told on the console only.',
    action: 'delivery.manage',
    query: pageQuery.extend({ status: deliveryStatus.optional() }),
    response: pageOf(delivery).extend({ email: z.boolean(), failed: z.int() }),
  }),
  retry: route({
    method: 'POST',
    path: '/deliveries/:id/retry',
    id: 'deliveries.retry',
    tag: 'notifications',
    summary: 'Try a failed delivery again',
    description: 'Rule G2. With the same Message-ID, so that a receiver can tell a repetition.',
    action: 'delivery.manage',
    params: z.object({ id: uuid }),
    response: delivery,
    errors: ['delivery.not-failed', 'delivery.no-email'],
  }),
} as const
