import { z } from 'zod'
import { type ErrorStatus, instant, longText, route, shortText, uuid } from '../../../kernel/contract.ts'
import { visitCard } from '../card/contract.ts'
import { plateText } from '../vehicles/contract.ts'

export const emergencyErrors = {
  'emergency.kind-unknown': 422,
  'emergency.registered': 409,
} as const satisfies Record<string, ErrorStatus>

const bilingual = z.object({ zh: z.string(), en: z.string() })
const toldOne = z.object({ name: z.string(), phone: z.string(), told: z.boolean() })

export const emergencyVisit = z
  .object({
    visit: visitCard,
    kind: z.string(),
    kindName: bilingual,
    place: z.string(),
    told: z.array(toldOne).describe('`told`: by the product; the others are to be telephoned'),
    letInByName: z.string(),
    dueAt: instant,
    registeredAt: instant.nullable(),
    registeredByName: z.string(),
    can: z.object({ register: z.boolean() }),
  })
  .meta({ id: 'EmergencyVisit' })
export type EmergencyVisit = z.infer<typeof emergencyVisit>

const tag = 'emergency'
const params = z.object({ id: uuid })

export const emergencies = {
  kinds: route({
    method: 'GET',
    path: '/emergencies/kinds',
    id: 'emergencies.kinds',
    tag,
    summary: 'Kinds of emergency visit (V14)',
    action: 'visit.register',
    response: z.object({ items: z.array(z.object({ key: z.string(), name: bilingual })) }),
  }),
  list: route({
    method: 'GET',
    path: '/emergencies',
    id: 'emergencies.list',
    tag,
    summary: 'Emergency visits: registrations owed, and the last day’s (V14)',
    action: 'visit.read',
    response: z.object({ now: instant, items: z.array(emergencyVisit) }),
  }),
  letIn: route({
    method: 'POST',
    path: '/emergencies',
    id: 'emergencies.letIn',
    tag,
    summary: 'Let in at once (V14): kind and place, nothing else',
    description:
      'Emergency contacts are told at once; the registration is owed, at the latest two hours later.',
    action: 'visit.register',
    body: z.object({
      id: uuid.optional().describe('UUIDv7 made by the caller'),
      kind: z.string().max(40),
      place: shortText.default(''),
      partySize: z.int().min(1).max(500).default(1),
      plate: z
        .string()
        .trim()
        .max(30)
        .default('')
        .describe('whatever could be read; checked when it is registered'),
    }),
    response: emergencyVisit,
    errors: ['emergency.kind-unknown', 'entity.exists'],
  }),
  register: route({
    method: 'POST',
    path: '/emergencies/:id/register',
    id: 'emergencies.register',
    tag,
    summary: 'The registration owed (V14)',
    action: 'visit.register',
    params,
    body: z.object({
      visitorName: z.string().trim().min(1).max(80),
      organisation: shortText.min(1),
      phone: z
        .string()
        .trim()
        .max(30)
        .regex(/^[+()\-\s\d]*$/)
        .default(''),
      partySize: z.int().min(1).max(500).default(1),
      purpose: shortText.min(1),
      plate: z.union([plateText, z.literal('')]).default(''),
      foreign: z.boolean().default(false),
      hostId: uuid.nullable().default(null),
      note: longText.default(''),
    }),
    response: emergencyVisit,
    errors: ['entity.not-found', 'transition.refused', 'emergency.registered', 'visit.host-unknown'],
  }),
} as const
