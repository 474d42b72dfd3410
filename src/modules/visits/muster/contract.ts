/** Evacuation (V18): everyone inside, frozen into a list, marked safe on every device. */
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

export const musterErrors = {
  'muster.already-running': 409,
  'muster.not-allowed': 403,
  'muster.ended': 409,
  'muster.still-running': 409,
  'muster.over': 409,
} as const satisfies Record<string, ErrorStatus>

export const musterKinds = ['alarm', 'drill'] as const
export const outcomes = ['found-safe', 'had-left', 'injured', 'not-there', 'other'] as const

const bilingual = z.object({ zh: z.string(), en: z.string() })

const musterCard = z
  .object({
    id: uuid,
    kind: z.enum(musterKinds),
    status: z.enum(['running', 'ended']),
    note: z.string(),
    startedAt: instant,
    startedByName: z.string(),
    endedAt: instant.nullable(),
    endedByName: z.string(),
    endNote: z.string(),
    revision: z.int(),
    total: z.int(),
    safe: z.int(),
    missingAtEnd: z.int().nullable().describe('null while it runs'),
  })
  .meta({ id: 'Muster' })
export type MusterCard = z.infer<typeof musterCard>

const musterPerson = z
  .object({
    id: uuid,
    kind: z.enum(['visitor', 'staff', 'other']),
    name: z.string(),
    organisation: z.string(),
    hostName: z.string(),
    detail: z.string().describe('pass or staff number'),
    zone: bilingual,
    addedHow: z.enum(['frozen', 'arrived', 'found']),
    addedAt: instant,
    addedByName: z.string(),
    safe: z.boolean(),
    markedAt: instant.nullable(),
    markedByName: z.string(),
    point: z.string(),
    missingAt: instant.nullable().describe('when a mark was last taken back'),
    outcome: z.enum(outcomes).nullable().describe('what became of somebody missing at the end'),
    outcomeNote: z.string(),
    outcomeByName: z.string(),
    outcomeAt: instant.nullable(),
  })
  .meta({ id: 'MusterPerson' })
export type MusterPersonCard = z.infer<typeof musterPerson>

const rights = z.object({ start: z.boolean(), mark: z.boolean(), end: z.boolean(), read: z.boolean() })

const insidePerson = z.object({
  kind: z.enum(['visitor', 'staff']),
  name: z.string(),
  organisation: z.string(),
  hostName: z.string(),
  detail: z.string(),
  zone: bilingual,
})

const tag = 'muster'
const params = z.object({ id: uuid })
const changed = z.object({ revision: z.int(), items: z.array(musterPerson) })

export const musters = {
  current: route({
    method: 'GET',
    path: '/muster',
    id: 'musters.current',
    tag,
    summary: 'The evacuation running now, and what the caller may do',
    action: 'muster.see',
    response: z.object({
      muster: musterCard.nullable(),
      me: z.object({ personId: uuid, safe: z.boolean() }).nullable().describe('the caller on its list'),
      points: z.array(bilingual),
      rights,
    }),
  }),
  inside: route({
    method: 'GET',
    path: '/muster/inside',
    id: 'musters.inside',
    tag,
    summary: 'Who would be on the list if it started now: visitors, companions, staff',
    action: 'muster.see',
    response: z.object({ at: instant, items: z.array(insidePerson) }),
    errors: ['muster.not-allowed'],
  }),
  start: route({
    method: 'POST',
    path: '/musters',
    id: 'musters.start',
    tag,
    summary: 'Start an evacuation: everyone inside is frozen into its list',
    description: 'Rule V18. One runs at a time and site: twenty who start at once start one.',
    action: 'muster.see',
    body: z.object({ id: uuid.optional(), kind: z.enum(musterKinds), note: shortText.default('') }),
    response: musterCard,
    errors: ['muster.already-running', 'muster.not-allowed'],
  }),
  list: route({
    method: 'GET',
    path: '/musters',
    id: 'musters.list',
    tag,
    summary: 'Past musters, newest first; drills apart from alarms',
    action: 'muster.read',
    query: pageQuery.extend({
      kind: z.enum(musterKinds).optional(),
      from: day.optional(),
      to: day.optional(),
    }),
    response: pageOf(musterCard),
  }),
  report: route({
    method: 'GET',
    path: '/musters/:id',
    id: 'musters.report',
    tag,
    summary: 'Report: who was marked when and by whom, minutes to 50, 90 and 100 %',
    action: 'muster.read',
    params,
    response: musterCard.extend({
      minutes: z.object({
        half: z.number().nullable(),
        most: z.number().nullable(),
        all: z.number().nullable(),
      }),
      people: z.array(musterPerson),
      can: z.object({ outcome: z.literal(true).optional() }),
    }),
  }),
  people: route({
    method: 'GET',
    path: '/musters/:id/people',
    id: 'musters.people',
    tag,
    summary: 'The list, or what changed in it after a revision',
    action: 'muster.see',
    params,
    query: z.object({ after: z.coerce.number().int().min(0).default(0) }),
    response: changed.extend({ muster: musterCard }),
    errors: ['muster.not-allowed'],
  }),
  mark: route({
    method: 'POST',
    path: '/musters/:id/marks',
    id: 'musters.mark',
    tag,
    summary: 'Mark people safe, or take it back; up to 500 at once',
    description:
      'Rule V18. `at` is when it was seen, also hours later from a device that had no network: marks are merged by their times, “safe” wins over a “missing” of the same moment or before. The same `id` twice is one mark.',
    action: 'muster.see',
    params,
    body: z.object({
      marks: z
        .array(
          z.object({
            id: uuid,
            personId: uuid,
            safe: z.boolean(),
            at: instant,
            point: z.string().trim().max(60).default(''),
          }),
        )
        .min(1)
        .max(500),
    }),
    response: changed,
    errors: ['muster.not-allowed', 'muster.over'],
  }),
  add: route({
    method: 'POST',
    path: '/musters/:id/people',
    id: 'musters.add',
    tag,
    summary: 'Somebody at the assembly point who is not on the list',
    action: 'muster.see',
    params,
    body: z.object({
      id: uuid.optional(),
      name: shortText.min(1),
      organisation: shortText.default(''),
      zone: z.string().trim().max(60).default(''),
      point: z.string().trim().max(60).default(''),
      at: instant,
    }),
    response: changed,
    errors: ['muster.not-allowed', 'muster.over'],
  }),
  end: route({
    method: 'POST',
    path: '/musters/:id/end',
    id: 'musters.end',
    tag,
    summary: 'End the evacuation; whoever is not safe stands as missing in the report',
    action: 'muster.see',
    params,
    body: z.object({ note: shortText.default('') }),
    response: musterCard,
    errors: ['muster.not-allowed', 'muster.ended'],
  }),
  outcome: route({
    method: 'POST',
    path: '/musters/:id/people/:person/outcome',
    id: 'musters.outcome',
    tag,
    summary: 'What became of somebody missing at the end',
    action: 'muster.see',
    params: params.extend({ person: uuid }),
    body: z.object({ outcome: z.enum(outcomes), note: shortText.default('') }),
    response: musterPerson,
    errors: ['muster.not-allowed', 'muster.still-running'],
  }),
  export: route({
    method: 'GET',
    path: '/musters/:id/export',
    id: 'musters.export',
    tag,
    summary: 'The report as Excel or PDF',
    description: 'Journalled (G5).',
    action: 'muster.read',
    params,
    query: z.object({
      language: z.enum(['zh', 'en']).default('zh'),
      form: z.enum(['excel', 'pdf']).default('excel'),
    }),
    response: z.string(),
    raw: 'file',
  }),
} as const
