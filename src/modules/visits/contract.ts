import { z } from 'zod'
import { changesOf, instant, longText, route, shortText, uuid } from '../../kernel/contract.ts'
import { documentCheck, visitCard, visitDetail } from './card/contract.ts'
import { invited } from './invitations/contract.ts'
import { statuses } from './rules.ts'
import { stay } from './stay/contract.ts'

const name = z.string().trim().min(1).max(80)
/** As written down: normalised to E.164 where it is a public number, short codes and extensions are kept. */
const phone = z
  .string()
  .trim()
  .max(30)
  .regex(/^[+()\-\s\d]*$/)
const partySize = z.int().min(1).max(2000)

const plateForeign = z
  .boolean()
  .optional()
  .describe('stated: a plate GA 36 does not know, of another country or kind')

/** What is known of a visit before or at the gate (V1). */
const details = z.object({
  visitorName: name,
  organisation: shortText.default(''),
  phone: phone.default(''),
  partySize: partySize.default(1),
  companions: z.array(name).max(200).default([]),
  purpose: shortText.default(''),
  kind: z.string().max(40),
  topic: z
    .string()
    .max(40)
    .default('')
    .describe('what exactly within the kind: post applied for, goods (V6)'),
  category: z.string().max(40).optional().describe('default: the category of the kind'),
  hostId: uuid.nullable().default(null),
  hostName: shortText.default('').describe('only when the host is nobody in the directory'),
  plate: z
    .string()
    .trim()
    .toUpperCase()
    .max(15)
    .default('')
    .describe('as GA 36 has it, with or without the dot (V19)'),
  plateForeign,
  note: longText.default(''),
  visitorId: uuid.optional().describe('the known person this visitor is'),
  areaIds: z
    .array(uuid)
    .max(30)
    .optional()
    .describe('areas of the tree they may go to (V9); of a restricted one its head is asked'),
})

const consentGiven = z.object({
  /** How the host's word came when it was not tapped: the guard phoned (V5). */
  how: z.enum(['phone', 'in-person', 'chat']),
  byId: uuid.describe('who said yes'),
})

const tag = 'visits'
const params = z.object({ id: uuid })
const common = ['transition.refused', 'entity.not-found'] as const

export const visits = {
  board: route({
    method: 'GET',
    path: '/visits/board',
    id: 'visits.board',
    tag,
    summary: "Today's board: expected, asking, waiting, with host, signed, left",
    description: 'Everyone inside regardless of the day, today’s expected, the last who left (V3, V18).',
    action: 'visit.read',
    response: z.object({
      now: instant,
      items: z.array(visitCard),
      counts: z.record(z.enum(statuses), z.int()),
      inside: z.int().describe('people, companions included'),
      expectedMore: z.int().describe('today’s expected beyond those listed'),
    }),
  }),
  mine: route({
    method: 'GET',
    path: '/visits/mine',
    id: 'visits.mine',
    tag,
    summary: 'The host’s own visits: who waits for an answer, today, coming, owed signatures',
    action: 'known',
    response: z.object({ now: instant, items: z.array(visitCard) }),
  }),
  get: route({
    method: 'GET',
    path: '/visits/:id',
    id: 'visits.get',
    tag,
    summary: 'One visit with its course',
    action: 'visit.see',
    params,
    response: visitDetail,
    errors: ['entity.not-found'],
  }),
  known: route({
    method: 'GET',
    path: '/visitors/known',
    id: 'visits.known',
    tag,
    summary: 'Known visitors by name, pinyin, initials, phone tail or organisation',
    description: 'A returning visitor fills itself in; at most 8, most recent first.',
    action: 'visit.register',
    query: z.object({ q: z.string().trim().min(1).max(60) }),
    response: z.object({
      items: z.array(
        z.object({
          id: uuid,
          name: z.string(),
          organisation: z.string(),
          phoneMasked: z.string(),
          lastVisitAt: instant,
          visits: z.int(),
          lastKind: z.string(),
          lastHostId: uuid.nullable(),
          lastHostName: z.string(),
          lastPurpose: z.string(),
          plate: z.string(),
        }),
      ),
    }),
  }),
  announce: route({
    method: 'POST',
    path: '/visits/announce',
    id: 'visits.announce',
    tag,
    summary: 'Announce a visitor (V3)',
    description: 'By the host for themselves, by the desk or an assistant for others.',
    action: 'visit.announce',
    body: details.extend({
      id: uuid.optional(),
      expectedAt: instant,
      validUntil: instant.optional(),
      ...invited,
    }),
    response: visitCard,
    errors: [
      'visit.host-unknown',
      'visit.category-unknown',
      'visit.kind-unknown',
      'visit.topic-unknown',
      'area.unknown',
    ],
  }),
  register: route({
    method: 'POST',
    path: '/visits',
    id: 'visits.register',
    tag,
    summary: 'Register a visitor who stands here without appointment (V1, V8)',
    description:
      'The site’s decision table says whom to ask (V6), a stranger answers the three questions first (V4). Without `consent` the visit waits in `asking`; with it (the guard phoned) the visitor is admitted at once. `issuePass` takes the lowest free number. A category refused by default is registered and refused in one step unless `despiteDefault` is given (V12).',
    action: 'visit.register',
    body: details.extend({
      id: uuid.optional().describe('UUIDv7 made by the caller'),
      consent: consentGiven.optional(),
      document: documentCheck.optional(),
      issuePass: z.boolean().default(false),
      passNumber: z.string().trim().max(20).optional(),
      despiteDefault: shortText
        .optional()
        .describe('who allowed a category that is refused by default, and why'),
    }),
    response: visitCard,
    errors: [
      'visit.host-unknown',
      'visit.category-unknown',
      'visit.kind-unknown',
      'visit.topic-unknown',
      'visit.questions-missing',
      'visit.refused-by-default',
      'visit.document-invalid',
      'pass.none-left',
      'pass.not-free',
      'area.unknown',
    ],
  }),
  edit: route({
    method: 'PATCH',
    path: '/visits/:id',
    id: 'visits.edit',
    tag,
    summary: 'Correct a visit; the original stays in the journal (G4)',
    action: 'visit.register',
    params,
    body: changesOf(details).extend({
      version: z.int(),
      expectedAt: instant.optional(),
      validUntil: instant.optional(),
      areas: z
        .array(shortText.min(1))
        .max(30)
        .optional()
        .describe('by name, plain places too; beside `areaIds` the plain places only'),
      escortId: uuid.nullable().optional(),
    }),
    response: visitCard,
    errors: [
      ...common,
      'edit.stale',
      'visit.host-unknown',
      'visit.category-unknown',
      'visit.kind-unknown',
      'area.unknown',
    ],
  }),
  checkIn: route({
    method: 'POST',
    path: '/visits/:id/check-in',
    id: 'visits.checkIn',
    tag,
    summary: 'An announced visitor has arrived (V3)',
    action: 'visit.register',
    params,
    body: z.object({
      consent: consentGiven.optional(),
      document: documentCheck.optional(),
      issuePass: z.boolean().default(false),
      passNumber: z.string().trim().max(20).optional(),
      partySize: partySize.optional(),
      plate: z.string().trim().toUpperCase().max(15).optional(),
      plateForeign,
      topic: z.string().max(40).optional(),
      organisation: shortText.optional(),
      purpose: shortText.optional(),
    }),
    response: visitCard,
    errors: [
      ...common,
      'visit.questions-missing',
      'visit.topic-unknown',
      'visit.document-invalid',
      'pass.none-left',
      'pass.not-free',
    ],
  }),
  ...stay,
  inside: route({
    method: 'GET',
    path: '/visits/inside',
    id: 'visits.inside',
    tag,
    summary: 'Who is still inside (V18)',
    action: 'visit.read',
    response: z.object({ now: instant, people: z.int(), items: z.array(visitCard) }),
  }),
  options: route({
    method: 'GET',
    path: '/visits/options',
    id: 'visits.options',
    tag,
    summary: 'Categories, kinds, wording and timings of the site, as the forms need them',
    action: 'known',
    response: z.object({
      categories: z.array(z.unknown()),
      kinds: z.array(z.unknown()),
      wording: z.record(z.string(), z.object({ zh: z.string(), en: z.string() })),
      timings: z.record(z.string(), z.int()),
    }),
  }),
}
