/** Areas of the house, who agrees that a visitor goes there, and who walks along (V9, V13, V21). */
import { z } from 'zod'
import { type ErrorStatus, instant, route, shortText, uuid } from '../../../kernel/contract.ts'
import { approvalStatuses } from './rules.ts'

export const areaErrors = {
  'area.unknown': 422,
  'area.exists': 409,
  'area.circle': 422,
  'area.has-children': 409,
  'area.responsible-unknown': 422,
  'area.not-yours': 403,
  'area.undo-too-late': 409,
  'area.visit-over': 409,
  'visit.escort-missing': 409,
} as const satisfies Record<string, ErrorStatus>

const bilingual = z.object({ zh: z.string(), en: z.string() })
const yes = z.literal(true).optional()

const area = z
  .object({
    id: uuid,
    version: z.int(),
    parentId: uuid.nullable(),
    name: bilingual,
    restricted: z.boolean(),
    responsible: z
      .object({ kind: z.enum(['person', 'department', 'post']), id: z.string(), name: z.string() })
      .nullable()
      .describe('null: the duty manager'),
    way: bilingual.describe('floor, room, lift (V21)'),
    note: z.string(),
    order: z.int(),
    archived: z.boolean(),
  })
  .meta({ id: 'Area' })
export type Area = z.infer<typeof area>

const approval = z
  .object({
    id: uuid,
    visitId: uuid,
    visitNumber: z.string(),
    visitorName: z.string(),
    organisation: z.string(),
    purpose: z.string(),
    hostName: z.string(),
    expectedAt: instant.nullable(),
    arrivedAt: instant.nullable(),
    areaId: uuid,
    area: bilingual,
    status: z.enum(approvalStatuses),
    askedId: z.string().describe('person or post'),
    askedName: z.string().describe('empty: a post that comes with a role'),
    askedAt: instant,
    askedByName: z.string(),
    decidedByName: z.string(),
    decidedAt: instant.nullable(),
    until: instant.nullable().describe('null: for the whole visit'),
    note: z.string(),
    can: z.object({ decide: yes, withdraw: yes, undo: yes }),
  })
  .meta({ id: 'AreaApproval' })
export type Approval = z.infer<typeof approval>

const visitAreas = z
  .object({
    items: z.array(
      z.object({
        areaId: uuid.nullable().describe('null: a plain place that is not in the tree'),
        name: bilingual,
        restricted: z.boolean(),
        way: bilingual,
        approval: approval.nullable(),
      }),
    ),
    declined: z.array(approval).describe('asked and not granted; no longer among the visit’s areas'),
    escort: z.object({ id: uuid, name: z.string() }).nullable(),
    escortDue: z.boolean(),
    seen: z.object({ area: z.string(), at: instant }).nullable().describe('the last door passed'),
    can: z.object({ request: yes, escort: yes }),
  })
  .meta({ id: 'VisitAreas' })
export type VisitAreas = z.infer<typeof visitAreas>

const fields = z.object({
  name: z.object({ zh: z.string().trim().min(1).max(60), en: z.string().trim().max(60).default('') }),
  parentId: uuid.nullable().default(null),
  restricted: z.boolean().default(false),
  responsible: z
    .object({ kind: z.enum(['person', 'department', 'post']), id: z.string().min(1).max(80) })
    .nullable()
    .default(null),
  way: z
    .object({ zh: z.string().trim().max(120), en: z.string().trim().max(120) })
    .default({ zh: '', en: '' }),
  note: shortText.default(''),
  order: z.int().min(0).max(9999).default(0),
})
export type AreaFields = z.infer<typeof fields>

const tag = 'areas'
const params = z.object({ id: uuid })
const deciding = ['area.not-yours', 'transition.refused', 'entity.not-found'] as const
const saving = ['area.exists', 'area.circle', 'area.unknown', 'area.responsible-unknown'] as const

export const areas = {
  list: route({
    method: 'GET',
    path: '/areas',
    id: 'areas.list',
    tag,
    summary: 'The tree of areas (V9)',
    action: 'area.read',
    query: z.object({ archived: z.enum(['true', 'false']).optional() }),
    response: z.object({ items: z.array(area) }),
  }),
  add: route({
    method: 'POST',
    path: '/areas',
    id: 'areas.add',
    tag,
    summary: 'Add an area',
    action: 'area.manage',
    body: fields.extend({ id: uuid.optional() }),
    response: area,
    errors: saving,
  }),
  edit: route({
    method: 'PATCH',
    path: '/areas/:id',
    id: 'areas.edit',
    tag,
    summary: 'Rename, move, restrict, name the responsible, archive',
    description:
      'Rule V9. Newly restricted: for every visitor still to go there the responsible head is asked.',
    action: 'area.manage',
    params,
    body: z.object({
      version: z.int(),
      name: fields.shape.name.optional(),
      parentId: uuid.nullable().optional(),
      restricted: z.boolean().optional(),
      responsible: fields.shape.responsible.unwrap().optional(),
      way: fields.shape.way.unwrap().optional(),
      note: shortText.optional(),
      order: z.int().min(0).max(9999).optional(),
      archived: z.boolean().optional(),
    }),
    response: area,
    errors: [...saving, 'area.has-children', 'edit.stale', 'entity.not-found'],
  }),
  ofVisit: route({
    method: 'GET',
    path: '/visits/:id/areas',
    id: 'areas.ofVisit',
    tag,
    summary: 'Where this visitor may go, what is still to be agreed, who walks along',
    action: 'visit.see',
    params,
    response: visitAreas,
    errors: ['entity.not-found'],
  }),
  request: route({
    method: 'POST',
    path: '/visits/:id/area-requests',
    id: 'areas.request',
    tag,
    summary: 'Ask that the visitor may go to an area',
    description:
      'Rule V9. A restricted area becomes a task of the responsible head; another is added at once.',
    action: 'visit.meet',
    params,
    body: z.object({ areaId: uuid }),
    response: visitAreas,
    errors: [
      'entity.not-found',
      'area.unknown',
      'area.visit-over',
      'transition.refused',
      'visit.host-not-asked',
    ],
  }),
  mine: route({
    method: 'GET',
    path: '/area-approvals/mine',
    id: 'areas.mine',
    tag,
    summary: 'What I am asked to agree, and what I decided lately',
    action: 'area.decide',
    response: z.object({ asked: z.array(approval), decided: z.array(approval) }),
  }),
  decide: route({
    method: 'POST',
    path: '/area-approvals/:id/decide',
    id: 'areas.decide',
    tag,
    summary: 'The responsible head agrees or declines (V9)',
    description: 'At desk and gate after a call with `how`: the head’s word, taken down.',
    action: 'area.decide',
    params,
    body: z.discriminatedUnion('answer', [
      z.object({
        answer: z.literal('approve'),
        until: instant.optional(),
        note: shortText.default(''),
        how: z.enum(['phone', 'in-person', 'chat']).optional(),
      }),
      z.object({
        answer: z.literal('decline'),
        note: shortText.min(1),
        how: z.enum(['phone', 'in-person', 'chat']).optional(),
      }),
    ]),
    response: approval,
    errors: deciding,
  }),
  withdraw: route({
    method: 'POST',
    path: '/area-approvals/:id/withdraw',
    id: 'areas.withdraw',
    tag,
    summary: 'Not needed after all, or the word is taken back; the area leaves the visit',
    action: 'area.decide',
    params,
    response: approval,
    errors: deciding,
  }),
  undo: route({
    method: 'POST',
    path: '/area-approvals/:id/undo',
    id: 'areas.undo',
    tag,
    summary: 'The last decision, by whoever made it, within two minutes',
    action: 'area.decide',
    params,
    response: approval,
    errors: [...deciding, 'area.undo-too-late'],
  }),
  escort: route({
    method: 'POST',
    path: '/visits/:id/escort',
    id: 'areas.escort',
    tag,
    summary: 'Name who walks along, or hand over to somebody else (V13)',
    action: 'visit.meet',
    params,
    body: z.object({ escortId: uuid }),
    response: visitAreas,
    errors: ['entity.not-found', 'visit.host-unknown', 'transition.refused', 'visit.host-not-asked'],
  }),
} as const
