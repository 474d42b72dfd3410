import { z } from 'zod'
import { day, instant, route, uuid } from '../../../kernel/contract.ts'

export const lineStates = ['free', 'ringing', 'busy', 'away', 'unavailable', 'unknown'] as const

/** One lamp: the device, overruled by what the colleague says of themselves. */
export const lamp = z
  .object({
    extension: z.string(),
    employeeId: uuid.nullable(),
    name: z.string(),
    departmentName: z.string(),
    state: z.enum(lineStates),
    device: z.string(),
    said: z.enum(['free', 'busy', 'away']).nullable(),
    saidUntil: instant.nullable(),
    at: instant.nullable(),
    waitingMessages: z.int(),
  })
  .meta({ id: 'Lamp' })
export type Lamp = z.infer<typeof lamp>

const tag = 'lines'

export const lines = {
  list: route({
    method: 'GET',
    path: '/lines',
    id: 'lines.list',
    tag,
    summary: 'Busy lamps of all extensions (C13, C15)',
    action: 'line.read',
    response: z.object({ now: instant, items: z.array(lamp), exchange: z.string().nullable() }),
  }),
  mine: route({
    method: 'GET',
    path: '/lines/mine',
    id: 'lines.mine',
    tag,
    summary: 'One’s own line and the messages waiting for it (C6)',
    action: 'line.say',
    response: z.object({ lamp: lamp.nullable() }),
  }),
  say: route({
    method: 'PUT',
    path: '/lines/mine',
    id: 'lines.say',
    tag,
    summary: '"I am free" / busy / away until: free puts waiting messages before the colleague (C6)',
    action: 'line.say',
    body: z.object({
      said: z.enum(['free', 'busy', 'away']).nullable(),
      until: instant.nullable().default(null),
    }),
    response: z.object({ lamp: lamp.nullable(), presented: z.int() }),
    errors: ['line.no-extension'],
  }),
  sayFor: route({
    method: 'PUT',
    path: '/lines/:extension',
    id: 'lines.sayFor',
    tag,
    summary: 'The desk notes that a colleague is busy, away or free again',
    action: 'line.note',
    params: z.object({ extension: z.string().max(20) }),
    body: z.object({
      said: z.enum(['free', 'busy', 'away']).nullable(),
      until: instant.nullable().default(null),
    }),
    response: z.object({ lamp, presented: z.int() }),
    errors: ['line.unknown'],
  }),
  duty: route({
    method: 'GET',
    path: '/duty-days',
    id: 'lines.duty',
    tag,
    summary: 'Who stands in for each post, day by day (C5, C13)',
    action: 'line.read',
    query: z.object({ from: day, to: day }),
    response: z.object({
      posts: z.array(z.object({ key: z.string(), name: z.object({ zh: z.string(), en: z.string() }) })),
      items: z.array(
        z.object({
          day,
          post: z.string(),
          employeeId: uuid,
          employeeName: z.string(),
          extension: z.string(),
        }),
      ),
      can: z.object({ set: z.boolean() }),
    }),
  }),
  setDuty: route({
    method: 'PUT',
    path: '/duty-days',
    id: 'lines.setDuty',
    tag,
    summary: 'Set or clear who stands in; several days at once',
    action: 'duty.set',
    body: z.object({
      items: z
        .array(z.object({ day, post: z.string().max(40), employeeId: uuid.nullable() }))
        .min(1)
        .max(62),
    }),
    response: z.object({ changed: z.int() }),
    errors: ['duty.employee-unknown'],
  }),
}
