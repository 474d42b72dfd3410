/** Doors, and what their controllers are told and tell (V11, V18, G4). */
import { z } from 'zod'
import {
  type ErrorStatus,
  instant,
  pageOf,
  pageQuery,
  route,
  shortText,
  uuid,
} from '../../../kernel/contract.ts'
import { doorDirections, scanVerdicts } from './rules.ts'

export const deviceErrors = {
  'door.external-taken': 409,
  'access.cursor-unknown': 422,
} as const satisfies Record<string, ErrorStatus>

const tag = 'doors and controllers'
const params = z.object({ id: uuid })
const externalId = z.string().trim().min(1).max(120)
const verdict = z.enum(scanVerdicts)
const direction = z.enum(['in', 'out'])

const door = z
  .object({
    id: uuid,
    version: z.int(),
    name: z.string(),
    area: z.string().describe('a pass has to name it; empty: every pass opens it'),
    direction: z.enum(doorDirections),
    externalId: z.string().describe('the name the controller has for this door'),
    controller: z.string(),
    archived: z.boolean(),
    lastSeenAt: instant.nullable(),
  })
  .meta({ id: 'Door' })
export type Door = z.infer<typeof door>

const writing = z.object({
  name: shortText.min(1).max(80),
  area: z.string().trim().max(80).default(''),
  direction: z.enum(doorDirections),
  externalId,
  controller: z.string().trim().max(80).default(''),
})

const scanned = {
  doorExternalId: externalId,
  code: z.string().trim().max(3000).default('').describe('what the QR code says'),
  passNumber: z.string().trim().max(20).default(''),
  card: z.string().trim().max(120).default('').describe('a card of the staff'),
  direction: direction.optional().describe('only a door for both directions has to say it'),
}

/** Read loosely: an event with a fault is answered with it, the rest of the batch is kept. */
const scan = z.object({
  id: uuid.describe('the controller’s own, the same at every attempt'),
  at: instant,
  ...scanned,
  result: z.enum(['granted', 'denied', 'unknown']).default('unknown').describe('what the door did'),
})
export type Scan = z.infer<typeof scan>
export const scanSchema = scan

const accessPass = z
  .object({
    number: z.string(),
    revision: z.int().describe('rises with each change of this number: a lower one is old news'),
    active: z.boolean(),
    visitId: uuid,
    areas: z.array(z.string()),
    validFrom: instant,
    validUntil: instant.nullable(),
    suspended: z.boolean().describe('a person has to decide first; no door opens'),
  })
  .meta({ id: 'AccessPass' })
export type AccessPass = z.infer<typeof accessPass>

const accessActions = [
  'pass.issued',
  'pass.returned',
  'pass.voided',
  'pass.extended',
  'pass.areas-changed',
  'pass.suspended',
  'pass.resumed',
] as const

export const doors = {
  list: route({
    method: 'GET',
    path: '/doors',
    id: 'doors.list',
    tag,
    summary: 'Doors of the site, with when each was last heard of',
    action: 'door.manage',
    query: z.object({ archived: z.enum(['true', 'false']).default('false') }),
    response: z.object({ items: z.array(door), areas: z.array(z.string()) }),
  }),
  create: route({
    method: 'POST',
    path: '/doors',
    id: 'doors.create',
    tag,
    summary: 'Register a door of a controller',
    action: 'door.manage',
    body: writing,
    response: door,
    errors: ['door.external-taken'],
  }),
  edit: route({
    method: 'POST',
    path: '/doors/:id',
    id: 'doors.edit',
    tag,
    summary: 'Correct a door',
    action: 'door.manage',
    params,
    body: writing.extend({ version: z.int() }),
    response: door,
    errors: ['entity.not-found', 'edit.stale', 'door.external-taken'],
  }),
  archive: route({
    method: 'POST',
    path: '/doors/:id/archive',
    id: 'doors.archive',
    tag,
    summary: 'Out of use, or in use again; its events stay',
    action: 'door.manage',
    params,
    body: z.object({ version: z.int(), archived: z.boolean() }),
    response: door,
    errors: ['entity.not-found', 'edit.stale', 'door.external-taken'],
  }),
  events: route({
    method: 'GET',
    path: '/doors/:id/events',
    id: 'doors.events',
    tag,
    summary: 'What came from a door, newest first',
    action: 'door.manage',
    params,
    query: pageQuery,
    response: pageOf(
      z.object({
        id: uuid,
        at: instant,
        receivedAt: instant,
        direction,
        result: z.enum(['granted', 'denied', 'unknown']),
        verdict,
        passNumber: z.string(),
        visitId: uuid.nullable(),
      }),
    ),
    errors: ['entity.not-found'],
  }),
  test: route({
    method: 'POST',
    path: '/doors/:id/test',
    id: 'doors.test',
    tag,
    summary: 'Whether a pass would open this door now; nothing moves, it is on record',
    action: 'door.manage',
    params,
    body: z.object({ passNumber: z.string().trim().min(1).max(20), direction }),
    response: z.object({ opens: z.boolean(), verdict }),
    errors: ['entity.not-found'],
  }),
}

export const access = {
  events: route({
    method: 'GET',
    path: '/access/events',
    id: 'access.events',
    tag,
    summary: 'Changes of passes in the order of the journal, from a cursor on (V11, G4)',
    description:
      'The same facts as the webhooks `pass.*`. At least once: keep the highest `revision` of each number, drop lower ones. Without `after` from the beginning; `next` is always given and is asked for again later.',
    action: 'access.read',
    query: z.object({
      after: z.string().max(40).optional(),
      limit: z.coerce.number().int().min(1).max(500).default(200),
    }),
    response: z.object({
      items: z.array(
        z.object({ cursor: z.string(), at: instant, type: z.enum(accessActions), pass: accessPass }),
      ),
      next: z.string(),
      more: z.boolean(),
    }),
    errors: ['access.cursor-unknown'],
  }),
  passes: route({
    method: 'GET',
    path: '/access/passes',
    id: 'access.passes',
    tag,
    summary: 'All passes that are out now, for a controller that starts anew (V11)',
    description:
      'Taken at one moment; `cursor` is where `GET /access/events` goes on. Given the `version` it has, a controller is told `unchanged` and no items.',
    action: 'access.read',
    query: z.object({ version: z.string().max(80).optional() }),
    response: z.object({
      version: z.string(),
      cursor: z.string(),
      unchanged: z.boolean(),
      items: z.array(accessPass),
    }),
  }),
  scans: route({
    method: 'POST',
    path: '/access/scans',
    id: 'access.scans',
    tag,
    summary: 'Events of doors, up to 500 at once, late ones too (V11, V18, G4)',
    description:
      'An `id` counts once, however often and in whatever order it comes, up to seven days late. Each is answered with its verdict or with what is wrong with it; good ones of a batch are kept. A staff card moves the presence of staff.',
    action: 'access.scan',
    body: z.object({ scans: z.array(z.record(z.string(), z.unknown())).min(1).max(500) }),
    response: z.object({
      items: z.array(
        z.discriminatedUnion('kept', [
          z.object({
            kept: z.literal(true),
            id: uuid,
            repeated: z.boolean(),
            verdict,
            opens: z.boolean(),
          }),
          z.object({
            kept: z.literal(false),
            id: z.string().nullable(),
            faults: z.array(z.object({ path: z.string(), code: z.string() })),
          }),
        ]),
      ),
    }),
  }),
  verify: route({
    method: 'POST',
    path: '/access/verify',
    id: 'access.verify',
    tag,
    summary: 'May this door open now? One check for a controller that is connected',
    description: 'Moves nothing: what happened at the door is reported by `POST /access/scans`.',
    action: 'access.scan',
    body: z.object(scanned),
    response: z.object({
      opens: z.boolean(),
      verdict,
      passNumber: z.string(),
      visitId: uuid.nullable(),
      validUntil: instant.nullable(),
    }),
    errors: ['input.invalid'],
  }),
}
