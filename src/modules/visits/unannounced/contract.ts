import { z } from 'zod'
import { type ErrorStatus, instant, route, shortText, uuid } from '../../../kernel/contract.ts'
import { visitCard } from '../card/contract.ts'

export const unannouncedErrors = {
  'visit.instruction-missing': 409,
  'visit.not-unannounced': 409,
} as const satisfies Record<string, ErrorStatus>

const instructions = ['receive', 'wait', 'decline', 'other'] as const

export const unannouncedVisit = z
  .object({
    visit: visitCard,
    claim: z.string(),
    charge: z.object({
      kind: z.enum(['person', 'post']),
      id: z.string(),
      name: z.string(),
      extension: z.string(),
    }),
    next: z
      .object({ name: z.string(), extension: z.string() })
      .nullable()
      .describe('asked when whoever is in charge is not reached: next in the house’s table (V6)'),
    contacts: z
      .array(z.object({ at: instant, name: z.string(), result: z.string(), byName: z.string() }))
      .describe('who was tried, and what came of it'),
    instruction: z.enum(instructions).nullable(),
    words: z.string(),
    instructedByName: z.string(),
    instructedAt: instant.nullable(),
    say: z.object({ zh: z.string(), en: z.string() }).describe('the calm wording, to be read out'),
  })
  .meta({ id: 'UnannouncedVisit' })
export type UnannouncedVisit = z.infer<typeof unannouncedVisit>

const tag = 'unannounced'
const params = z.object({ id: uuid })
const errors = ['entity.not-found', 'transition.refused', 'visit.not-unannounced'] as const

export const unannounced = {
  begin: route({
    method: 'POST',
    path: '/unannounced',
    id: 'unannounced.begin',
    tag,
    summary: 'Somebody unannounced says to be important (V15)',
    description:
      'The visit stands still (`held`) until whoever is in charge has said what to do; nothing else lets them in.',
    action: 'visit.register',
    body: z.object({
      id: uuid.optional().describe('UUIDv7 made by the caller'),
      visitorName: z.string().trim().min(1).max(80),
      organisation: shortText.default(''),
      claim: shortText.min(1).describe('what they say: whose customer, whom they want, why'),
      partySize: z.int().min(1).max(500).default(1),
      chargeId: uuid
        .nullable()
        .default(null)
        .describe('employee in charge; default: the first of the house’s table, then of the setting'),
    }),
    response: unannouncedVisit,
    errors: ['visit.host-unknown', 'entity.exists'],
  }),
  get: route({
    method: 'GET',
    path: '/unannounced/:id',
    id: 'unannounced.get',
    tag,
    summary: 'Contact, instruction and course (V15)',
    action: 'visit.read',
    params,
    response: unannouncedVisit,
    errors: ['entity.not-found'],
  }),
  contact: route({
    method: 'POST',
    path: '/unannounced/:id/contact',
    id: 'unannounced.contact',
    tag,
    summary: 'Tried to reach somebody (V15)',
    action: 'visit.register',
    params,
    body: z.object({
      result: z.enum(['reached', 'no-answer', 'busy', 'absent']),
      nextId: uuid.optional().describe('employee who is asked from now on; default: the next of the table'),
    }),
    response: unannouncedVisit,
    errors: [...errors, 'visit.host-unknown'],
  }),
  instruct: route({
    method: 'POST',
    path: '/unannounced/:id/instruction',
    id: 'unannounced.instruct',
    tag,
    summary: 'The explicit instruction: who said what (V15)',
    description:
      '`receive` lets in, `decline` refuses courteously, `wait` keeps waiting, `other` with `comesTo`.',
    action: 'visit.register',
    params,
    body: z.object({
      instruction: z.enum(instructions),
      byId: uuid.optional().describe('who gave it; default: whoever is in charge'),
      byName: shortText.default('').describe('when it is nobody of the directory'),
      how: z.enum(['phone', 'in-person', 'chat']).default('phone'),
      words: shortText.default(''),
      minutes: z.int().min(1).max(240).optional().describe('with `wait`'),
      comesTo: z.enum(['admit', 'refuse', 'wait']).optional().describe('with `other`: what it comes to'),
    }),
    response: unannouncedVisit,
    errors: [...errors, 'visit.host-unknown'],
  }),
} as const
