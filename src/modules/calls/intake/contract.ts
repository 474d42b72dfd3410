import { z } from 'zod'
import { instant, route, uuid } from '../../../kernel/contract.ts'
import { phone } from '../card/contract.ts'
import { reasons } from './rules.ts'

const address = z.object({
  host: z.string().trim().min(1).max(200),
  port: z.int().min(1).max(65535),
  username: z
    .string()
    .trim()
    .min(1)
    .max(80)
    .regex(/^[^\r\n]+$/),
  login: z.enum(['md5', 'plain']),
  tls: z.boolean(),
  context: z
    .string()
    .trim()
    .min(1)
    .max(80)
    .regex(/^[\w.-]+$/),
  technology: z
    .string()
    .trim()
    .regex(/^[A-Za-z0-9_]{1,20}$/)
    .default('PJSIP'),
  trunks: z.array(z.string().trim().min(1).max(80)).max(20),
  /** Dialled before a number outside the house; left off again where the exchange shows it before a caller's number. */
  outsidePrefix: z
    .string()
    .regex(/^[0-9*#]{0,6}$/)
    .default(''),
  ringCadenceSeconds: z.number().min(2).max(10).default(5),
  keepAliveSeconds: z.int().min(5).max(300).default(30),
})

const order = z.object({
  id: uuid,
  status: z.enum(['asked', 'sent', 'done', 'failed']),
  result: z.string().nullable(),
  callId: uuid.nullable(),
})
const tag = 'exchange'

export const exchange = {
  state: route({
    method: 'GET',
    path: '/exchange',
    id: 'exchange.state',
    tag,
    summary: 'Is the exchange connected; null when the house has none (C15)',
    action: 'line.read',
    response: z.object({
      exchange: z
        .object({
          enabled: z.boolean(),
          state: z.enum(['connecting', 'up', 'down', 'refused', 'stopped']),
          reason: z.enum(reasons).nullable(),
          stateAt: instant.nullable(),
          version: z.int(),
          /** Only for who may set it up; never the secret. */
          address: address.nullable(),
        })
        .nullable(),
      can: z.object({ configure: z.boolean(), dial: z.boolean() }),
    }),
  }),
  set: route({
    method: 'PUT',
    path: '/exchange',
    id: 'exchange.set',
    tag,
    summary: 'Set up the connection',
    action: 'exchange.configure',
    body: z.object({
      enabled: z.boolean(),
      address,
      /** Absent: the stored one stays, as long as it goes to the same exchange. */
      secret: z
        .string()
        .min(1)
        .max(200)
        .regex(/^[^\r\n]+$/)
        .optional(),
      version: z.int().optional(),
    }),
    response: z.object({ version: z.int() }),
    errors: ['edit.stale', 'exchange.secret-needed'],
  }),
  test: route({
    method: 'POST',
    path: '/exchange/test',
    id: 'exchange.test',
    tag,
    summary: 'Log in once with these and say what happened',
    action: 'exchange.configure',
    body: z.object({
      address,
      secret: z
        .string()
        .max(200)
        .regex(/^[^\r\n]*$/)
        .optional(),
    }),
    response: z.object({ ok: z.boolean(), reason: z.enum(reasons), seconds: z.number() }),
    errors: ['exchange.secret-needed'],
  }),
  dial: route({
    method: 'POST',
    path: '/exchange/dial',
    id: 'exchange.dial',
    tag,
    summary: 'Click-to-dial: rings one’s own phone, then dials (C15)',
    action: 'call.dial',
    body: z.object({
      id: uuid.optional(),
      /** Exactly one; the server knows the number behind a masked one. */
      number: phone.optional(),
      contactId: uuid.optional(),
      employeeId: uuid.optional(),
      callbackId: uuid.optional(),
      messageId: uuid.optional(),
      callId: uuid.optional(),
    }),
    response: order,
    errors: ['exchange.not-connected', 'line.no-extension', 'call.number-invalid', 'entity.not-found'],
  }),
  order: route({
    method: 'GET',
    path: '/exchange/orders/:id',
    id: 'exchange.order',
    tag,
    summary: 'What became of an order',
    action: 'call.dial',
    params: z.object({ id: uuid }),
    response: order,
    errors: ['entity.not-found'],
  }),
}
