import { z } from 'zod'
import { route } from '../contract.ts'

export const live = {
  stream: route({
    method: 'GET',
    path: '/live',
    id: 'live.stream',
    tag: 'live',
    summary: 'Changes as server-sent events',
    description:
      'Events: `hello` (start), `change` with `{entity, id, action, version?, at, tasks?}`, `reset` (too much was missed: fetch everything again). The event id is a place in the journal; sent back as `Last-Event-ID` the stream goes on from there. Only what the caller may see is sent (G5).',
    action: 'known',
    query: z.object({ site: z.uuid().optional(), link: z.string().max(3000).optional() }),
    response: z.string(),
    raw: 'stream',
  }),
}
