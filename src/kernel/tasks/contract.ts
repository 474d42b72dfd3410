import { z } from 'zod'
import {
  type ErrorStatus,
  instant,
  longText,
  pageOf,
  pageQuery,
  route,
  shortText,
  uuid,
} from '../contract.ts'

export const taskErrors = {
  'task.owner-changed': 409,
  'task.not-yours': 409,
  'task.settled-by-subject': 409,
  'task.reopen-late': 409,
  'task.owner-unknown': 422,
  'task.due-past': 422,
} as const satisfies Record<string, ErrorStatus>

const owner = z
  .object({
    kind: z.enum(['person', 'post']),
    id: shortText
      .min(1)
      .describe('employee id; or `desk`, `gate`, `duty_manager`, `office_admin`, `department:<id>`'),
  })
  .meta({ id: 'TaskOwner' })

const namedOwner = z.object({
  kind: z.enum(['person', 'post']),
  id: z.string(),
  name: z
    .string()
    .nullable()
    .describe('of a person or a department; null: a post the interface has a word for, or someone who left'),
})

export const task = z
  .object({
    id: uuid,
    kind: z.string().describe('its text is `task.<kind>` with `facts` as placeholders'),
    facts: z.record(z.string(), z.unknown()),
    subject: z.object({ entity: z.string(), id: z.string() }),
    link: z.string().nullable().describe('where the interface opens the subject'),
    owner: namedOwner,
    mine: z.boolean().describe('owned by the caller or a post they staff'),
    status: z.enum(['open', 'done', 'cancelled']),
    dueAt: instant,
    remindAt: instant.nullable(),
    escalations: z.int().describe('steps of the ladder that were taken'),
    note: z
      .object({ text: z.string(), by: z.string(), at: instant })
      .nullable()
      .describe('said when it was handed on or postponed'),
    outcome: z.string().nullable(),
    settledAt: instant.nullable(),
    settledBy: z.string().nullable(),
    createdAt: instant,
    createdBy: z.string(),
    version: z.int(),
    can: z.object({
      settle: z.boolean(),
      takeOver: z.boolean(),
      handOn: z.boolean(),
      postpone: z.boolean(),
      reopen: z.boolean(),
    }),
  })
  .meta({ id: 'Task' })

const one = z.object({ id: uuid })
const seen = owner.describe('the owner the caller saw; somebody else meanwhile: `task.owner-changed`')
const commandErrors = [
  'entity.not-found',
  'transition.refused',
  'task.owner-changed',
  'task.not-yours',
] as const

export const tasks = {
  list: route({
    method: 'GET',
    path: '/tasks',
    id: 'tasks.list',
    tag: 'tasks',
    summary: 'The to-do list',
    description:
      "Rules G1, G2. Open tasks by due time, settled ones newest first. `whose=all` is the whole site, for those who may read it; otherwise one's own and those of the posts one staffs.",
    action: 'task.use',
    query: pageQuery.extend({
      whose: z.enum(['mine', 'all']).default('mine'),
      status: z.enum(['open', 'settled']).default('open'),
      kind: z.string().max(100).optional(),
      entity: z.string().max(100).optional().describe('entity of the subject'),
      subject: z.string().max(200).optional().describe('id of the subject'),
    }),
    response: pageOf(task),
    errors: ['auth.forbidden'],
  }),
  summary: route({
    method: 'GET',
    path: '/tasks/summary',
    id: 'tasks.summary',
    tag: 'tasks',
    summary: 'How many are open, overdue, due soon',
    description: 'Rule G2. Soon: within 15 minutes.',
    action: 'task.use',
    query: z.object({ whose: z.enum(['mine', 'all']).default('mine') }),
    response: z.object({ open: z.int(), overdue: z.int(), dueSoon: z.int() }),
  }),
  owners: route({
    method: 'GET',
    path: '/tasks/owners',
    id: 'tasks.owners',
    tag: 'tasks',
    summary: 'Whom a task may be handed to',
    action: 'task.use',
    query: z.object({ q: z.string().trim().max(100).default('') }),
    response: z.object({ items: z.array(namedOwner.extend({ detail: z.string() })) }),
  }),
  read: route({
    method: 'GET',
    path: '/tasks/:id',
    id: 'tasks.read',
    tag: 'tasks',
    summary: 'One task',
    action: 'task.use',
    params: one,
    response: task,
    errors: ['entity.not-found'],
  }),
  open: route({
    method: 'POST',
    path: '/tasks',
    id: 'tasks.open',
    tag: 'tasks',
    summary: 'Promise something',
    description: 'Rule G2. A free task: reminded before, escalated to the duty manager after its due time.',
    action: 'task.use',
    body: z.object({
      id: uuid.optional().describe('made by the caller'),
      title: shortText.min(1),
      note: longText.optional(),
      owner: owner.optional().describe('without it the caller'),
      dueAt: instant,
    }),
    response: task,
    errors: ['task.owner-unknown', 'task.due-past', 'entity.exists'],
  }),
  takeOver: route({
    method: 'POST',
    path: '/tasks/:id/take-over',
    id: 'tasks.takeOver',
    tag: 'tasks',
    summary: 'Make it mine',
    description: 'Rule G1. Of several at once one gets it, the others learn who.',
    action: 'task.use',
    params: one,
    body: z.object({ from: seen }),
    response: task,
    errors: commandErrors,
  }),
  handOn: route({
    method: 'POST',
    path: '/tasks/:id/hand-on',
    id: 'tasks.handOn',
    tag: 'tasks',
    summary: 'Hand it to a person or a post',
    description: 'Rules G1, G3. There is always exactly one owner.',
    action: 'task.use',
    params: one,
    body: z.object({ from: seen, to: owner, note: shortText.optional() }),
    response: task,
    errors: [...commandErrors, 'task.owner-unknown'],
  }),
  settle: route({
    method: 'POST',
    path: '/tasks/:id/settle',
    id: 'tasks.settle',
    tag: 'tasks',
    summary: 'Done, with its outcome in words',
    description: 'Rule G2.',
    action: 'task.use',
    params: one,
    body: z.object({ outcome: shortText.min(1) }),
    response: task,
    errors: [...commandErrors, 'task.settled-by-subject'],
  }),
  reopen: route({
    method: 'POST',
    path: '/tasks/:id/reopen',
    id: 'tasks.reopen',
    tag: 'tasks',
    summary: 'Take it up again',
    description: 'Within 10 minutes of settling it. The journal keeps both (G4).',
    action: 'task.use',
    params: one,
    response: task,
    errors: [...commandErrors, 'task.reopen-late', 'task.settled-by-subject'],
  }),
  postpone: route({
    method: 'POST',
    path: '/tasks/:id/postpone',
    id: 'tasks.postpone',
    tag: 'tasks',
    summary: 'Another due time, with the reason',
    description: 'Rule G2. Reminder and escalation count from the new time.',
    action: 'task.use',
    params: one,
    body: z.object({ dueAt: instant, reason: shortText.min(1) }),
    response: task,
    errors: [...commandErrors, 'task.due-past', 'task.settled-by-subject'],
  }),
}
