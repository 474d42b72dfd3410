import { z } from 'zod'
import { instant, route, shortText, uuid } from '../../../kernel/contract.ts'
import { role } from '../sessions/contract.ts'

const key = z
  .object({
    id: z.string(),
    name: z.string(),
    start: z.string().describe('first characters, to recognise it by'),
    siteId: uuid,
    role,
    createdAt: instant,
    createdByName: z.string().nullable(),
    expiresAt: instant.nullable(),
  })
  .meta({ id: 'ApiKey' })

const tag = 'api-keys'

export const keyRoutes = {
  keys: route({
    method: 'GET',
    path: '/api-keys',
    id: 'apiKeys.list',
    tag,
    summary: 'Keys of the current site',
    action: 'apikey.manage',
    response: z.object({ items: z.array(key) }),
  }),
  createKey: route({
    method: 'POST',
    path: '/api-keys',
    id: 'apiKeys.create',
    tag,
    summary: 'New key acting in one role at the current site',
    description:
      'Rule K3. `secret` is shown this once and kept only as a hash, so an `Idempotency-Key` is not honoured here: a repeat makes another key. Send it as `Authorization: Bearer …` or `X-Api-Key`.',
    action: 'apikey.manage',
    body: z.object({ name: shortText.min(1), role, expiresAt: instant.nullable().default(null) }),
    response: z.object({ key, secret: z.string() }),
  }),
  deleteKey: route({
    method: 'DELETE',
    path: '/api-keys/:key',
    id: 'apiKeys.delete',
    tag,
    summary: 'Revoke a key at once',
    action: 'apikey.manage',
    params: z.object({ key: z.string().max(100) }),
    response: z.object({ done: z.literal(true) }),
  }),
}
