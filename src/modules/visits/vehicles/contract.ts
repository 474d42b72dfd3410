import { z } from 'zod'
import {
  day,
  type ErrorStatus,
  instant,
  pageOf,
  pageQuery,
  route,
  shortText,
  uuid,
} from '../../../kernel/contract.ts'
import { statuses } from '../rules.ts'
import { plateKinds } from './rules.ts'

export const vehicleErrors = {
  'vehicle.exists': 409,
  'vehicle.not-inside': 409,
  'vehicle.inside': 409,
  'parking.taken': 409,
  'parking.unknown': 422,
  'parking.full': 409,
} as const satisfies Record<string, ErrorStatus>

export const plateText = z.string().trim().min(1).max(30)
export const driverPhone = z
  .string()
  .trim()
  .max(30)
  .regex(/^[+()\-\s\d]*$/)

export const vehicle = z
  .object({
    id: uuid,
    visitId: uuid,
    visitNumber: z.string(),
    visitStatus: z.enum(statuses),
    visitorName: z.string(),
    organisation: z.string(),
    hostName: z.string(),
    plate: z.string().describe('as shown, grouped: 粤B·12345'),
    kind: z.enum(plateKinds).nullable().describe('by GA 36; null: foreign or other'),
    driverName: z.string(),
    driverPhone: z.string().describe('complete for those who register; masked elsewhere (G5)'),
    place: z.string(),
    inAt: instant.nullable(),
    outAt: instant.nullable(),
    driverToldAt: instant.nullable().describe('told that the guest is leaving (V7)'),
    can: z.object({
      edit: z.boolean(),
      in: z.boolean(),
      out: z.boolean(),
      place: z.boolean(),
      tell: z.boolean(),
    }),
  })
  .meta({ id: 'Vehicle' })
export type Vehicle = z.infer<typeof vehicle>

const filter = z.object({
  state: z.enum(['inside', 'expected', 'all']).default('inside'),
  plate: z.string().trim().max(20).optional().describe('any two characters and more of the plate'),
  tail: z.string().trim().min(1).max(8).optional().describe('how the plate ends: what a guard reads first'),
  visitId: uuid.optional().describe('the cars of one visit'),
  from: day.optional(),
  to: day.optional().describe('included'),
})

const tag = 'vehicles'
const params = z.object({ id: uuid })
const common = ['entity.not-found', 'transition.refused'] as const

export const vehicles = {
  list: route({
    method: 'GET',
    path: '/vehicles',
    id: 'vehicles.list',
    tag,
    summary: 'Vehicles of visitors: inside, expected, all (V19)',
    action: 'vehicle.read',
    query: filter.extend(pageQuery.shape),
    response: pageOf(vehicle),
  }),
  export: route({
    method: 'GET',
    path: '/vehicles/export',
    id: 'vehicles.export',
    tag,
    summary: 'The list as Excel (V19); journalled',
    action: 'visit.export',
    query: filter.extend({ language: z.enum(['zh', 'en']).default('zh') }),
    response: z.string(),
    raw: 'file',
    errors: ['visit.too-many-rows'],
  }),
  places: route({
    method: 'GET',
    path: '/parking',
    id: 'vehicles.places',
    tag,
    summary: 'Parking places of the house and who stands there (V7, V19)',
    action: 'vehicle.read',
    response: z.object({
      lots: z.array(
        z.object({
          key: z.string(),
          name: z.object({ zh: z.string(), en: z.string() }),
          places: z.array(
            z.object({
              number: z.string(),
              reserved: z.boolean(),
              plate: z.string(),
              visitId: uuid.nullable(),
            }),
          ),
        }),
      ),
    }),
  }),
  known: route({
    method: 'GET',
    path: '/vehicles/known',
    id: 'vehicles.known',
    tag,
    summary: 'The car at the barrier: expected today, inside, or who came with it last (V19)',
    action: 'visit.register',
    query: z.object({ plate: plateText }),
    response: z.object({
      plate: z.string(),
      valid: z.boolean(),
      kind: z.enum(plateKinds).nullable(),
      items: z.array(vehicle),
      visitor: z
        .object({
          id: uuid,
          name: z.string(),
          organisation: z.string(),
          phoneMasked: z.string(),
          visits: z.int(),
          lastKind: z.string(),
          lastHostId: uuid.nullable(),
          lastHostName: z.string(),
          lastPurpose: z.string(),
        })
        .nullable()
        .describe('who fills themselves in'),
    }),
  }),
  add: route({
    method: 'POST',
    path: '/visits/:id/vehicles',
    id: 'vehicles.add',
    tag,
    summary: 'A car of this visit (V19)',
    action: 'visit.register',
    params,
    body: z.object({
      plate: plateText,
      foreign: z.boolean().default(false).describe('another country’s plate, or one GA 36 does not know'),
      driverName: shortText.default(''),
      driverPhone: driverPhone.default(''),
    }),
    response: vehicle,
    errors: [...common, 'vehicle.exists'],
  }),
  edit: route({
    method: 'PATCH',
    path: '/vehicles/:id',
    id: 'vehicles.edit',
    tag,
    summary: 'Correct plate or driver (V19, G4)',
    action: 'visit.register',
    params,
    body: z.object({
      plate: plateText.optional(),
      foreign: z.boolean().optional(),
      driverName: shortText.optional(),
      driverPhone: driverPhone.optional(),
    }),
    response: vehicle,
    errors: [...common, 'vehicle.exists'],
  }),
  place: route({
    method: 'POST',
    path: '/vehicles/:id/place',
    id: 'vehicles.place',
    tag,
    summary: 'Give it a parking place, or take it away (V7, V19)',
    description:
      'Without `place` the next free one. Of many at once for one place exactly one gets it: `parking.taken`.',
    action: 'visit.register',
    params,
    body: z.object({
      place: z.string().trim().max(20).nullable().optional().describe('null: none any more'),
    }),
    response: vehicle,
    errors: [...common, 'parking.taken', 'parking.unknown', 'parking.full', 'vehicle.not-inside'],
  }),
  in: route({
    method: 'POST',
    path: '/vehicles/:id/in',
    id: 'vehicles.in',
    tag,
    summary: 'The car is in, or back in by mistake (V19)',
    action: 'visit.register',
    params,
    response: vehicle,
    errors: [...common, 'vehicle.inside'],
  }),
  told: route({
    method: 'POST',
    path: '/vehicles/:id/told',
    id: 'vehicles.told',
    tag,
    summary: 'This driver has been told (V7, V19)',
    description: 'The last of an important guest’s drivers is the step of the departure, too.',
    action: 'visit.register',
    params,
    response: vehicle,
    errors: [...common, 'vehicle.not-inside'],
  }),
  out: route({
    method: 'POST',
    path: '/vehicles/:id/out',
    id: 'vehicles.out',
    tag,
    summary: 'The car is out; its place is free (V19)',
    action: 'visit.release',
    params,
    response: vehicle,
    errors: [...common, 'vehicle.not-inside'],
  }),
} as const
