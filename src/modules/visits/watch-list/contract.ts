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
import { visitCard } from '../card/contract.ts'
import { storedKinds } from '../identity/kinds.ts'
import { decisions, entryCommands, entryStatuses, levels, moments } from './rules.ts'

export const watchListErrors = {
  'watch-list.second-person': 409,
  'watch-list.decided': 409,
  'watch-list.names-nobody': 422,
  'watch-list.document-invalid': 422,
  'watch-list.too-many-rows': 422,
} as const satisfies Record<string, ErrorStatus>

const name = z.string().trim().max(80)
const phone = z
  .string()
  .trim()
  .max(30)
  .regex(/^[+()\-\s\d]*$/)
const plate = z.string().trim().toUpperCase().max(30)
const platesForeign = z
  .boolean()
  .optional()
  .describe('stated: plates GA 36 does not know are among them (V19)')

const entry = z
  .object({
    id: uuid,
    version: z.int(),
    status: z.enum(entryStatuses),
    level: z.enum(levels),
    name: z.string(),
    aliases: z.array(z.string()),
    organisation: z.string(),
    phonesMasked: z.array(z.string()),
    plates: z.array(z.string()),
    documentKind: z.enum(storedKinds).nullable(),
    documentMasked: z.string(),
    reason: z.string(),
    validFrom: instant,
    validUntil: instant.nullable(),
    withdrawnWhy: z.string(),
    visitId: uuid.nullable(),
    createdAt: instant,
    createdByName: z.string(),
    can: z.partialRecord(z.enum([...entryCommands, 'reveal']), z.boolean()),
  })
  .meta({ id: 'WatchEntry' })
export type WatchEntry = z.infer<typeof entry>

const particulars = z.object({
  level: z.enum(levels),
  name: name.default(''),
  aliases: z.array(name.min(1)).max(20).default([]),
  organisation: shortText.default(''),
  phones: z.array(phone.min(1)).max(10).default([]),
  plates: z.array(plate.min(1)).max(10).default([]),
  platesForeign,
  document: z
    .object({ kind: z.enum(storedKinds), number: z.string().trim().max(40) })
    .nullable()
    .default(null),
  reason: shortText.min(1),
  validFrom: day.optional().describe('default: today'),
  validUntil: day.nullable().default(null).describe('the last day on which it holds'),
})

const agreed = z.array(z.object({ attribute: z.string(), how: z.string(), weight: z.number() }))

const hit = z
  .object({
    id: uuid,
    visitId: uuid,
    visitNumber: z.string(),
    visitStatus: z.string(),
    moment: z.enum(moments),
    at: instant,
    byName: z.string(),
    level: z.enum(levels),
    score: z.number().describe('0–1'),
    agreed,
    differed: z.array(z.string()),
    effect: z.enum(['held', 'alert']),
    person: z.object({
      name: z.string(),
      organisation: z.string(),
      phoneMasked: z.string(),
      plate: z.string(),
      documentMasked: z.string(),
    }),
    entry: z.object({
      id: uuid,
      name: z.string(),
      aliases: z.array(z.string()),
      organisation: z.string(),
      phonesMasked: z.array(z.string()),
      plates: z.array(z.string()),
      documentMasked: z.string(),
      reason: z.string(),
      validUntil: instant.nullable(),
    }),
    decision: z.enum(decisions).nullable(),
    decidedAt: instant.nullable(),
    decidedByName: z.string(),
    note: z.string(),
    canDecide: z.boolean(),
    whyNot: z.enum(['', 'second-person', 'no-right']),
  })
  .meta({ id: 'WatchHit' })
export type WatchHit = z.infer<typeof hit>

const listFilter = z.object({
  q: z.string().trim().max(60).optional(),
  status: z.enum(entryStatuses).optional(),
  level: z.enum(levels).optional(),
})

const tag = 'watch-list'
const params = z.object({ id: uuid })
const common = ['entity.not-found', 'edit.stale', 'transition.refused'] as const
const faults = ['watch-list.names-nobody', 'watch-list.document-invalid'] as const

export const watchList = {
  hits: route({
    method: 'GET',
    path: '/watch-list/hits',
    id: 'watchList.hits',
    tag,
    summary: 'Every likeness found, with what agreed and who decided (V12)',
    action: 'watch-list.read',
    query: z
      .object({ open: z.enum(['yes', 'no']).optional(), entryId: uuid.optional() })
      .extend(pageQuery.shape),
    response: pageOf(hit),
  }),
  ofVisit: route({
    method: 'GET',
    path: '/visits/:id/watch-hits',
    id: 'watchList.ofVisit',
    tag,
    summary: 'Why a visit stands still: visitor and entry side by side (V12)',
    action: 'watch-list.read',
    params,
    response: z.object({ items: z.array(hit) }),
    errors: ['entity.not-found'],
  }),
  clear: route({
    method: 'POST',
    path: '/visits/:id/clear',
    id: 'watchList.clear',
    tag,
    summary: 'Decide a held check-in: another person, never the one who registered (V12)',
    description:
      '`not-same-person` lets in and remembers the pair, `let-in` lets in this once, `confirmed` refuses.',
    action: 'watch-list.decide',
    params,
    body: z.object({ decision: z.enum(decisions), note: shortText.min(1) }),
    response: visitCard,
    errors: ['entity.not-found', 'transition.refused', 'watch-list.second-person'],
  }),
  decide: route({
    method: 'POST',
    path: '/watch-list/hits/:id/decide',
    id: 'watchList.decide',
    tag,
    summary: 'Judge a silent alert: is it the person, or somebody else (V12)',
    action: 'watch-list.decide',
    params,
    body: z.object({ decision: z.enum(['not-same-person', 'confirmed']), note: shortText.min(1) }),
    response: z.object({ decided: z.literal(true) }),
    errors: ['entity.not-found', 'watch-list.decided', 'watch-list.second-person'],
  }),
  list: route({
    method: 'GET',
    path: '/watch-list',
    id: 'watchList.list',
    tag,
    summary: 'The watch list, newest first (V12)',
    action: 'watch-list.read',
    query: listFilter.extend(pageQuery.shape),
    response: pageOf(entry),
  }),
  export: route({
    method: 'GET',
    path: '/watch-list/export',
    id: 'watchList.export',
    tag,
    summary: 'The list as Excel; numbers masked, the export is journalled (G5)',
    action: 'watch-list.manage',
    query: listFilter.extend({ language: z.enum(['zh', 'en']).default('zh') }),
    response: z.string(),
    raw: 'file',
    errors: ['watch-list.too-many-rows'],
  }),
  get: route({
    method: 'GET',
    path: '/watch-list/:id',
    id: 'watchList.get',
    tag,
    summary: 'One entry with its history',
    action: 'watch-list.read',
    params,
    response: entry.extend({
      history: z.array(
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
  add: route({
    method: 'POST',
    path: '/watch-list',
    id: 'watchList.add',
    tag,
    summary: 'Put somebody on the list',
    description: 'With `visitId` telephone and document of that visitor are taken over where none is given.',
    action: 'watch-list.manage',
    body: particulars.extend({
      id: uuid.optional(),
      visitId: uuid.optional(),
      draft: z.boolean().default(false),
    }),
    response: entry,
    errors: ['entity.not-found', ...faults],
  }),
  edit: route({
    method: 'PATCH',
    path: '/watch-list/:id',
    id: 'watchList.edit',
    tag,
    summary: 'Change an entry; what was before stays in the journal (G4)',
    description: 'Left out, a part stays; `document: null` takes the document off.',
    action: 'watch-list.manage',
    params,
    body: particulars.partial().extend({
      version: z.int(),
      aliases: z.array(name.min(1)).max(20).optional(),
      phones: z.array(phone.min(1)).max(10).optional(),
      plates: z.array(plate.min(1)).max(10).optional(),
      platesForeign,
      name: name.optional(),
      organisation: shortText.optional(),
      document: z
        .object({ kind: z.enum(storedKinds), number: z.string().trim().max(40) })
        .nullable()
        .optional(),
      validUntil: day.nullable().optional(),
    }),
    response: entry,
    errors: [...common, ...faults],
  }),
  activate: route({
    method: 'POST',
    path: '/watch-list/:id/activate',
    id: 'watchList.activate',
    tag,
    summary: 'A draft comes into force, or an ended entry again',
    action: 'watch-list.manage',
    params,
    body: z.object({ version: z.int(), validUntil: day.nullable().default(null) }),
    response: entry,
    errors: common,
  }),
  withdraw: route({
    method: 'POST',
    path: '/watch-list/:id/withdraw',
    id: 'watchList.withdraw',
    tag,
    summary: 'Off the list, with the reason',
    action: 'watch-list.manage',
    params,
    body: z.object({ version: z.int(), reason: shortText.min(1) }),
    response: entry,
    errors: common,
  }),
  reveal: route({
    method: 'POST',
    path: '/watch-list/:id/reveal',
    id: 'watchList.reveal',
    tag,
    summary: 'Complete telephones or document number; each look is journalled (G5)',
    action: 'watch-list.manage',
    params,
    body: z.object({ field: z.enum(['phones', 'document']) }),
    response: z.object({ value: z.string() }),
    errors: ['entity.not-found'],
  }),
}

export const refusals = {
  list: route({
    method: 'GET',
    path: '/refusals',
    id: 'refusals.list',
    tag,
    summary: 'Who was refused, when, by whom and why (V12)',
    action: 'refusal.read',
    query: z
      .object({
        from: day.optional(),
        to: day.optional(),
        q: z.string().trim().max(60).optional(),
        suspicious: z.enum(['yes']).optional(),
      })
      .extend(pageQuery.shape),
    response: pageOf(
      z.object({
        id: uuid,
        visitId: uuid,
        number: z.string(),
        at: instant,
        visitorName: z.string(),
        organisation: z.string(),
        phoneMasked: z.string(),
        documentMasked: z.string(),
        hostName: z.string(),
        purpose: longText,
        reason: z.string(),
        suspicious: z.boolean(),
        told: z.array(z.string()),
        byName: z.string(),
        undoneAt: instant.nullable(),
      }),
    ),
  }),
  export: route({
    method: 'GET',
    path: '/refusals/export',
    id: 'refusals.export',
    tag,
    summary: 'Refusals as Excel, masked; the export is journalled (G5)',
    action: 'refusal.read',
    query: z.object({
      from: day.optional(),
      to: day.optional(),
      q: z.string().trim().max(60).optional(),
      suspicious: z.enum(['yes']).optional(),
      language: z.enum(['zh', 'en']).default('zh'),
    }),
    response: z.string(),
    raw: 'file',
    errors: ['watch-list.too-many-rows'],
  }),
}
