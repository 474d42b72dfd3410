import { z } from 'zod'
import { type ErrorStatus, instant, longText, route, shortText, uuid } from '../../../kernel/contract.ts'
import { visitCard } from '../card/contract.ts'
import { driverPhone, plateText, vehicle } from '../vehicles/contract.ts'
import { receptionSteps } from './rules.ts'

export const importantErrors = {
  'visit.not-executive': 403,
  'visit.step-order': 409,
  'visit.step-too-late': 409,
} as const satisfies Record<string, ErrorStatus>

export const reception = z
  .object({
    visit: visitCard,
    warned: z.object({ at: instant, byName: z.string() }).nullable(),
    parkingWish: z.string(),
    parkingPlace: z.string(),
    vehicles: z.array(vehicle),
    acknowledged: z.object({ at: instant, byName: z.string() }).nullable(),
    ledIn: z.object({ at: instant, byName: z.string() }).nullable(),
    leaving: z.object({ at: instant, byName: z.string() }).nullable(),
    gateTold: z.object({ at: instant, byName: z.string() }).nullable(),
    driverTold: z.object({ at: instant, byName: z.string() }).nullable(),
    note: z.string(),
    steps: z.array(z.enum(receptionSteps)).describe('what may be done now, in order'),
    undo: z.enum(receptionSteps).nullable().describe('the step the caller may take back'),
  })
  .meta({ id: 'Reception' })
export type Reception = z.infer<typeof reception>

const tag = 'important'
const params = z.object({ id: uuid })

export const important = {
  list: route({
    method: 'GET',
    path: '/important-visits',
    id: 'important.list',
    tag,
    summary: 'Important guests of today: announced, here, leaving (V7)',
    action: 'visit.read',
    response: z.object({ now: instant, items: z.array(reception) }),
  }),
  get: route({
    method: 'GET',
    path: '/visits/:id/reception',
    id: 'important.get',
    tag,
    summary: 'The steps around one guest, and the cars (V7, V19)',
    action: 'visit.read',
    params,
    response: reception,
    errors: ['entity.not-found'],
  }),
  executives: route({
    method: 'GET',
    path: '/important-visits/executives',
    id: 'important.executives',
    tag,
    summary: 'For whom the caller may warn the gate (V7)',
    action: 'visit.warn',
    response: z.object({
      items: z.array(z.object({ id: uuid, name: z.string(), department: z.string(), mine: z.boolean() })),
    }),
  }),
  warn: route({
    method: 'POST',
    path: '/important-visits',
    id: 'important.warn',
    tag,
    summary: 'An executive warns the gate of an important guest (V7)',
    description:
      'By the executive, the secretary or the desk. The guest’s name may be missing: it then says whose guest it is. Gate and desk see it at once; the gate acknowledges.',
    action: 'visit.warn',
    body: z.object({
      id: uuid.optional().describe('UUIDv7 made by the caller'),
      hostId: uuid.optional().describe('default: the caller'),
      guestName: z.string().trim().max(80).default(''),
      organisation: shortText.default(''),
      expectedAt: instant.optional().describe('default: now'),
      partySize: z.int().min(1).max(2000).default(1),
      plates: z.array(plateText).max(20).default([]),
      foreign: z.boolean().default(false).describe('plates GA 36 does not know'),
      driverName: shortText.default(''),
      driverPhone: driverPhone.default(''),
      parkingWish: shortText.default(''),
      note: longText.default(''),
    }),
    response: reception,
    errors: ['visit.not-executive', 'visit.host-unknown', 'entity.exists'],
  }),
  step: route({
    method: 'POST',
    path: '/visits/:id/reception',
    id: 'important.step',
    tag,
    summary: 'One step: acknowledged, led in, leaving, gate told, driver told (V7)',
    description: 'Each in its order; arrival and exit are the visit’s own check-in and release.',
    action: 'visit.register',
    params,
    body: z.object({ done: z.enum(receptionSteps) }),
    response: reception,
    errors: ['entity.not-found', 'transition.refused', 'visit.step-order'],
  }),
  takeBack: route({
    method: 'POST',
    path: '/visits/:id/reception/undo',
    id: 'important.takeBack',
    tag,
    summary: 'Take the last step back, by whoever made it, within minutes (V7)',
    action: 'visit.register',
    params,
    response: reception,
    errors: ['entity.not-found', 'transition.refused', 'visit.step-too-late'],
  }),
} as const
