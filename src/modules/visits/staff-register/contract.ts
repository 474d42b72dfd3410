/** Staff out and in (V20), and who of the staff is on site (V18). */
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
import { outingStatuses } from './rules.ts'

export const staffRegisterErrors = {
  'outing.not-yours': 403,
  'outing.already-out': 409,
  'outing.reason-unknown': 422,
  'outing.employee-unknown': 422,
  'outing.destination-missing': 422,
  'outing.not-approved': 409,
  'outing.undo-too-late': 409,
  'outing.too-many-rows': 422,
  'presence.nobody-known': 422,
} as const satisfies Record<string, ErrorStatus>

const bilingual = z.object({ zh: z.string(), en: z.string() })
const yes = z.literal(true).optional()

export const outingCard = z
  .object({
    id: uuid,
    version: z.int(),
    status: z.enum(outingStatuses),
    employeeId: uuid,
    employeeName: z.string(),
    employeeNumber: z.string(),
    departmentId: uuid.nullable(),
    department: z.string(),
    reason: z.string(),
    destination: z.string(),
    note: z.string(),
    leaveAt: instant,
    returnBy: instant.nullable().describe('null: does not come back today'),
    approval: z.boolean().describe('the head of the department agrees first'),
    decidedByName: z.string(),
    decidedAt: instant.nullable(),
    declineReason: z.string(),
    outAt: instant.nullable(),
    outByName: z.string(),
    backAt: instant.nullable(),
    backByName: z.string(),
    late: z.boolean(),
    createdByName: z.string(),
    createdAt: instant,
    can: z.object({ approve: yes, decline: yes, cancel: yes, leave: yes, return: yes, undo: yes }),
  })
  .meta({ id: 'Outing' })
export type OutingCard = z.infer<typeof outingCard>

const staffState = z
  .object({
    id: uuid,
    name: z.string(),
    number: z.string(),
    title: z.string(),
    department: z.string(),
    inside: z.boolean().nullable().describe('null: never signed in'),
    zone: z.string(),
    since: instant.nullable(),
    outing: outingCard.nullable().describe('approved or out now'),
  })
  .meta({ id: 'StaffState' })
export type StaffState = z.infer<typeof staffState>

const filter = z.object({
  from: day.optional(),
  to: day.optional().describe('included'),
  status: z.enum([...outingStatuses, 'late']).optional(),
  reason: z.string().max(40).optional(),
  employeeId: uuid.optional(),
  departmentId: uuid.optional(),
  q: z.string().trim().max(60).optional().describe('name, staff number, destination'),
})

const asked = z.object({
  id: uuid.optional().describe('made by the caller, so that a retry makes no second one'),
  employeeId: uuid.optional().describe('absent: the caller'),
  reason: z.string().min(1).max(40),
  destination: shortText.default(''),
  note: shortText.default(''),
  leaveAt: instant.optional().describe('absent: now'),
  returnBy: instant.nullable().default(null),
})
const tag = 'staff register'
const params = z.object({ id: uuid })
const direction = z.enum(['in', 'out'])

export const outings = {
  list: route({
    method: 'GET',
    path: '/outings',
    id: 'outings.list',
    tag,
    summary: 'The staff register, newest first (员工出入登记表)',
    description: 'Rule V20.',
    action: 'outing.read',
    query: filter.extend(pageQuery.shape).extend({ order: z.enum(['newest', 'oldest']).default('newest') }),
    response: pageOf(outingCard),
  }),
  export: route({
    method: 'GET',
    path: '/outings/export',
    id: 'outings.export',
    tag,
    summary: 'The staff register as Excel with the columns of the paper form',
    description: 'Rule V20. Journalled; at most 100 000 rows.',
    action: 'outing.export',
    query: filter.extend({ language: z.enum(['zh', 'en']).default('zh') }),
    response: z.string(),
    raw: 'file',
    errors: ['outing.too-many-rows'],
  }),
  mine: route({
    method: 'GET',
    path: '/outings/mine',
    id: 'outings.mine',
    tag,
    summary: 'My own outings of the last days, and those I am asked to approve',
    action: 'outing.request',
    response: z.object({
      own: z.array(outingCard),
      toDecide: z.array(outingCard),
      inside: z.boolean().nullable(),
    }),
  }),
  options: route({
    method: 'GET',
    path: '/outings/options',
    id: 'outings.options',
    tag,
    summary: 'Reasons and zones of the house',
    action: 'outing.request',
    response: z.object({
      reasons: z.array(
        z.object({ key: z.string(), name: bilingual, approval: z.boolean(), destination: z.boolean() }),
      ),
      zones: z.array(z.string()),
    }),
  }),
  request: route({
    method: 'POST',
    path: '/outings',
    id: 'outings.request',
    tag,
    summary: 'Ask to go out',
    description:
      'Rule V20. In working hours a reason that wants it becomes a task of the head of the department; otherwise the outing is approved at once. For somebody else only with `outing.register`.',
    action: 'outing.request',
    body: asked,
    response: outingCard,
    errors: [
      'outing.not-yours',
      'outing.reason-unknown',
      'outing.employee-unknown',
      'outing.destination-missing',
    ],
  }),
  leaveNow: route({
    method: 'POST',
    path: '/outings/leave',
    id: 'outings.leaveNow',
    tag,
    summary: 'At the gate without a request before it: written down and out in one tap',
    description:
      'Rule V20. A reason that wants approval needs `approvedById`: who agreed on the telephone; it is recorded.',
    action: 'outing.register',
    body: asked
      .omit({ leaveAt: true, employeeId: true })
      .extend({ employeeId: uuid, approvedById: uuid.optional() }),
    response: outingCard,
    errors: [
      'outing.already-out',
      'outing.not-approved',
      'outing.reason-unknown',
      'outing.employee-unknown',
      'outing.destination-missing',
    ],
  }),
  decide: route({
    method: 'POST',
    path: '/outings/:id/decide',
    id: 'outings.decide',
    tag,
    summary: 'The head of the department agrees or declines',
    action: 'outing.request',
    params,
    body: z.discriminatedUnion('answer', [
      z.object({ answer: z.literal('approve') }),
      z.object({ answer: z.literal('decline'), reason: shortText.min(1) }),
    ]),
    response: outingCard,
    errors: ['outing.not-yours', 'transition.refused'],
  }),
  cancel: route({
    method: 'POST',
    path: '/outings/:id/cancel',
    id: 'outings.cancel',
    tag,
    summary: 'Does not go out after all',
    action: 'outing.request',
    params,
    response: outingCard,
    errors: ['outing.not-yours', 'transition.refused'],
  }),
  leave: route({
    method: 'POST',
    path: '/outings/:id/leave',
    id: 'outings.leave',
    tag,
    summary: 'Out at the gate',
    action: 'outing.register',
    params,
    response: outingCard,
    errors: ['outing.already-out', 'transition.refused'],
  }),
  return: route({
    method: 'POST',
    path: '/outings/:id/return',
    id: 'outings.return',
    tag,
    summary: 'Back at the gate',
    action: 'outing.register',
    params,
    response: outingCard,
    errors: ['transition.refused'],
  }),
  undo: route({
    method: 'POST',
    path: '/outings/:id/undo',
    id: 'outings.undo',
    tag,
    summary: 'One step back, by whoever made it, within two minutes',
    action: 'outing.request',
    params,
    response: outingCard,
    errors: ['outing.not-yours', 'outing.undo-too-late', 'transition.refused'],
  }),
} as const

export const staffPresence = {
  find: route({
    method: 'GET',
    path: '/staff-on-site/find',
    id: 'staffOnSite.find',
    tag,
    summary: 'Staff by name, initials, staff number or card, with what may be done at the gate',
    action: 'outing.register',
    query: z.object({ q: z.string().trim().min(1).max(60) }),
    response: z.object({
      items: z.array(staffState),
      byCard: z.boolean().describe('the text is a card or staff number: exactly this person'),
    }),
  }),
  list: route({
    method: 'GET',
    path: '/staff-on-site',
    id: 'staffOnSite.list',
    tag,
    summary: 'Staff signed in, and staff out on an errand',
    description: 'Rule V18: staff count as inside where they are signed in.',
    action: 'outing.register',
    response: z.object({ items: z.array(staffState), inside: z.int(), out: z.int() }),
  }),
  sign: route({
    method: 'POST',
    path: '/staff-on-site/sign',
    id: 'staffOnSite.sign',
    tag,
    summary: 'Arrived or left, told by a tap or a card at the gate',
    action: 'outing.register',
    body: z.object({
      employeeId: uuid,
      direction,
      zone: z.string().trim().max(60).default(''),
      via: z.enum(['gate', 'card']).default('gate'),
    }),
    response: staffState,
    errors: ['outing.employee-unknown'],
  }),
  report: route({
    method: 'POST',
    path: '/staff-on-site/events',
    id: 'staffOnSite.report',
    tag,
    summary: 'Arrivals and departures from the door system, up to 500 at once',
    description:
      'Rule V18. A person is named by `number` (staff number) or `card`. Late and repeated events are harmless: what is not newer than the newest known changes nothing.',
    action: 'presence.report',
    body: z.object({
      via: z.enum(['door', 'import']).default('door'),
      events: z
        .array(
          z.object({
            number: z.string().trim().max(60).optional(),
            card: z.string().trim().max(120).optional(),
            direction,
            zone: z.string().trim().max(60).default(''),
            at: instant,
          }),
        )
        .min(1)
        .max(500),
    }),
    response: z.object({
      applied: z.int(),
      old: z.int().describe('not newer than what is known'),
      unknown: z.array(z.int()).describe('places of events that name nobody'),
    }),
    errors: ['presence.nobody-known'],
  }),
  giveCard: route({
    method: 'POST',
    path: '/staff-on-site/cards',
    id: 'staffOnSite.giveCard',
    tag,
    summary: 'Whose card this is; a card that was somebody else’s becomes theirs',
    action: 'outing.register',
    body: z.object({ code: z.string().trim().min(3).max(120), employeeId: uuid }),
    response: staffState,
    errors: ['outing.employee-unknown'],
  }),
} as const
