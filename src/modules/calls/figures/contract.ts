import { z } from 'zod'
import { day, route, uuid } from '../../../kernel/contract.ts'

const share = z
  .object({ kept: z.int(), of: z.int() })
  .describe('share = kept / of; `of` 0: nothing to measure')

const query = z.object({ from: day, to: day, handlerId: uuid.optional() })

export const figures = {
  calls: route({
    method: 'GET',
    path: '/calls/figures',
    id: 'calls.figures',
    tag: 'calls',
    summary:
      'Answered within three rings, cascade outcomes, callbacks kept, by hour and person; private calls (G8, C1, C12)',
    action: 'call.figures',
    query,
    response: z.object({
      total: z.object({ in: z.int(), out: z.int(), internal: z.int(), answered: z.int(), missed: z.int() }),
      threeRings: share,
      callbacksKept: share,
      messagesSeen: share.describe('seen within the site’s minutes'),
      messagesReported: share,
      outcomes: z.array(z.object({ outcome: z.string(), count: z.int() })),
      /** Result of every hop of the cascade, by place in the route. */
      hops: z.array(z.object({ step: z.int(), result: z.string(), count: z.int() })),
      routes: z.array(z.object({ route: z.string(), count: z.int(), putThrough: z.int() })),
      /** weekday 1 Monday … 7, hour of the site. */
      hours: z.array(
        z.object({ weekday: z.int(), hour: z.int(), in: z.int(), missed: z.int(), lateShare: share }),
      ),
      people: z.array(
        z.object({
          id: uuid,
          name: z.string(),
          calls: z.int(),
          threeRings: share,
          talkSeconds: z.number(),
          callbacksKept: share,
          privateCalls: z.int(),
        }),
      ),
      ring: z.array(z.object({ rings: z.int().describe('10 stands for ten and more'), count: z.int() })),
      days: z.array(z.object({ day, in: z.int(), threeRings: share, callbacksKept: share })),
      satisfaction: z.array(z.object({ score: z.int(), count: z.int() })),
      privateLong: z.int().describe('private calls over the site’s minutes (C12)'),
    }),
  }),
  export: route({
    method: 'GET',
    path: '/calls/figures/export',
    id: 'calls.exportFigures',
    tag: 'calls',
    summary: 'The same figures as Excel, one sheet each (G8); the export is on record',
    action: 'call.figures',
    query: query.extend({ language: z.enum(['zh', 'en']).default('zh') }),
    response: z.string(),
    raw: 'file',
  }),
  private: route({
    method: 'GET',
    path: '/calls/private',
    id: 'calls.private',
    tag: 'calls',
    summary:
      'Private calls over three minutes: the person’s own; of everybody for who reads the quality report (C12)',
    action: 'call.see',
    query: z.object({ from: day, to: day, whose: z.enum(['mine', 'all']).default('mine') }),
    response: z.object({
      minutes: z.int(),
      items: z.array(
        z.object({
          id: uuid,
          number: z.string(),
          at: z.string(),
          name: z.string(),
          talkSeconds: z.number(),
          direction: z.string(),
        }),
      ),
    }),
  }),
}
