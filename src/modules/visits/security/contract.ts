import { z } from 'zod'
import {
  day,
  type ErrorStatus,
  instant,
  longText,
  pageOf,
  pageQuery,
  route,
  shortText,
  uuid,
} from '../../../kernel/contract.ts'
import { incidentCommands, incidentStatuses } from './rules.ts'

export const incidentErrors = {
  'incident.report-missing': 422,
  'incident.undo-too-late': 409,
  'incident.not-yours': 403,
} as const satisfies Record<string, ErrorStatus>

const byAt = z.object({ at: instant, byName: z.string() }).nullable()

export const incident = z
  .object({
    id: uuid,
    number: z.string(),
    version: z.int(),
    status: z.enum(incidentStatuses),
    place: z.string(),
    visit: z.object({ id: uuid, number: z.string(), visitorName: z.string() }).nullable(),
    surface: z.enum(['desk', 'gate', 'phone']),
    persons: z.string(),
    course: z.string(),
    measures: z.string(),
    report: z.string(),
    policeCalled: z.boolean(),
    raised: z.object({ at: instant, byName: z.string() }),
    acknowledged: byAt,
    escalatedAt: instant.nullable(),
    onSite: byAt,
    closed: byAt,
    falseReason: z.string(),
    can: z.record(z.enum(incidentCommands), z.boolean()),
  })
  .meta({ id: 'Incident' })
export type Incident = z.infer<typeof incident>

const filter = z.object({
  status: z.enum([...incidentStatuses, 'live']).optional(),
  from: day.optional(),
  to: day.optional().describe('included'),
  q: z.string().trim().max(60).optional().describe('number, place, persons, course'),
})

const tag = 'incidents'
const params = z.object({ id: uuid })
const common = ['entity.not-found', 'transition.refused', 'incident.not-yours'] as const

export const incidents = {
  raise: route({
    method: 'POST',
    path: '/incidents',
    id: 'incidents.raise',
    tag,
    summary: 'Call security (V16): one key, the rest afterwards',
    description:
      'Every console of desk and gate shows it at once, posts and people of the setting are told; unacknowledged it goes to the supervisor.',
    action: 'incident.raise',
    body: z.object({
      id: uuid.optional().describe('UUIDv7 made by the caller'),
      place: shortText.default(''),
      visitId: uuid.optional(),
      surface: z.enum(['desk', 'gate', 'phone']),
    }),
    response: incident,
    errors: ['entity.not-found', 'entity.exists'],
  }),
  live: route({
    method: 'GET',
    path: '/incidents/live',
    id: 'incidents.live',
    tag,
    summary: 'Alarms of this minute (V16)',
    action: 'incident.read',
    response: z.object({ items: z.array(incident) }),
  }),
  options: route({
    method: 'GET',
    path: '/incidents/options',
    id: 'incidents.options',
    tag,
    summary: 'Places to choose from (V16)',
    action: 'incident.raise',
    response: z.object({ places: z.array(z.object({ zh: z.string(), en: z.string() })) }),
  }),
  list: route({
    method: 'GET',
    path: '/incidents',
    id: 'incidents.list',
    tag,
    summary: 'The incident record, newest first (V16)',
    action: 'incident.read',
    query: filter.extend(pageQuery.shape),
    response: pageOf(incident),
  }),
  export: route({
    method: 'GET',
    path: '/incidents/export',
    id: 'incidents.export',
    tag,
    summary: 'The incident record as Excel (V16); journalled',
    action: 'incident.export',
    query: filter.extend({ language: z.enum(['zh', 'en']).default('zh') }),
    response: z.string(),
    raw: 'file',
    errors: ['visit.too-many-rows'],
  }),
  get: route({
    method: 'GET',
    path: '/incidents/:id',
    id: 'incidents.get',
    tag,
    summary: 'One incident with its course (V16)',
    action: 'incident.read',
    params,
    response: incident.extend({
      timeline: z.array(
        z.object({
          at: instant,
          action: z.string(),
          actorName: z.string(),
          data: z.record(z.string(), z.unknown()),
        }),
      ),
    }),
    errors: ['entity.not-found'],
  }),
  acknowledge: route({
    method: 'POST',
    path: '/incidents/:id/acknowledge',
    id: 'incidents.acknowledge',
    tag,
    summary: 'Heard it, on the way (V16)',
    action: 'incident.act',
    params,
    response: incident,
    errors: common,
  }),
  arrive: route({
    method: 'POST',
    path: '/incidents/:id/arrive',
    id: 'incidents.arrive',
    tag,
    summary: 'On the spot (V16)',
    action: 'incident.act',
    params,
    response: incident,
    errors: common,
  }),
  edit: route({
    method: 'PATCH',
    path: '/incidents/:id',
    id: 'incidents.edit',
    tag,
    summary:
      'Place, persons, course, measures, police, report; what stood there before stays in the journal (V16, G4)',
    action: 'incident.raise',
    params,
    body: z.object({
      version: z.int(),
      place: shortText.optional(),
      persons: longText.optional(),
      course: longText.optional(),
      measures: longText.optional(),
      report: longText.optional(),
      policeCalled: z.boolean().optional(),
    }),
    response: incident,
    errors: [...common, 'edit.stale'],
  }),
  close: route({
    method: 'POST',
    path: '/incidents/:id/close',
    id: 'incidents.close',
    tag,
    summary: 'Closed, with course and measures written down (V16)',
    action: 'incident.act',
    params,
    response: incident,
    errors: [...common, 'incident.report-missing'],
  }),
  falseAlarm: route({
    method: 'POST',
    path: '/incidents/:id/false-alarm',
    id: 'incidents.falseAlarm',
    tag,
    summary: 'A false alarm, with the reason (V16)',
    action: 'incident.raise',
    params,
    body: z.object({ reason: shortText.min(1) }),
    response: incident,
    errors: common,
  }),
  undo: route({
    method: 'POST',
    path: '/incidents/:id/undo',
    id: 'incidents.undo',
    tag,
    summary: 'Take the last step back, by whoever made it, within minutes (V16)',
    action: 'incident.raise',
    params,
    response: incident,
    errors: [...common, 'incident.undo-too-late'],
  }),
} as const
