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

export const privacyErrors = { 'privacy.still-needed': 409 } as const satisfies Record<string, ErrorStatus>

const tag = 'privacy'
const params = z.object({ id: uuid })
const kind = z.enum(['export', 'erase'])

const stored = z.object({
  visits: z.int(),
  documents: z.int(),
  files: z.int(),
  signatures: z.int(),
  invitations: z.int(),
  firstAt: instant.nullable(),
  lastAt: instant.nullable(),
  parts: z
    .array(z.object({ title: z.object({ zh: z.string(), en: z.string() }), rows: z.int() }))
    .describe('tables of the copy, those of other modules among them'),
  hindrances: z.array(z.enum(['inside', 'expected', 'watched', 'permit'])),
})

export const privacy = {
  overview: route({
    method: 'GET',
    path: '/privacy',
    id: 'privacy.overview',
    tag,
    summary: 'How long what is kept, what is due, what the last nights took away (G5)',
    action: 'privacy.read',
    response: z.object({
      terms: z.array(
        z.object({
          category: z.string(),
          name: z.object({ zh: z.string(), en: z.string() }),
          days: z.int(),
          erase: z.enum(['person', 'all']),
          kept: z.int(),
          due: z.int(),
          oldest: instant.nullable(),
        }),
      ),
      documentDays: z.int(),
      lookDays: z.int(),
      photoDays: z.int(),
      importDays: z.int(),
      runs: z.array(
        z.object({
          day: z.string(),
          category: z.string(),
          visits: z.int(),
          documents: z.int(),
          files: z.int(),
        }),
      ),
    }),
  }),
  requests: route({
    method: 'GET',
    path: '/privacy/requests',
    id: 'privacy.requests',
    tag,
    summary: 'Requests of people about their own data, newest first',
    action: 'privacy.read',
    query: pageQuery,
    response: pageOf(
      z.object({
        id: uuid,
        number: z.string(),
        kind,
        reason: z.string(),
        visits: z.int(),
        at: instant,
        byName: z.string(),
      }),
    ),
  }),
  people: route({
    method: 'GET',
    path: '/privacy/people',
    id: 'privacy.people',
    tag,
    summary: 'Whose data: by name, pinyin or telephone tail; each look is journalled (G5)',
    action: 'privacy.manage',
    query: z.object({ q: z.string().trim().min(2).max(60) }),
    response: z.object({
      items: z.array(
        z.object({
          id: uuid,
          name: z.string(),
          organisation: z.string(),
          phoneMasked: z.string(),
          visits: z.int(),
          lastVisitAt: instant,
        }),
      ),
    }),
  }),
  person: route({
    method: 'GET',
    path: '/privacy/people/:id',
    id: 'privacy.person',
    tag,
    summary: 'What is stored about one person, and whether it may go',
    action: 'privacy.manage',
    params,
    response: stored,
    errors: ['entity.not-found'],
  }),
  export: route({
    method: 'POST',
    path: '/privacy/people/:id/export',
    id: 'privacy.export',
    tag,
    summary: 'A copy of a person’s data for that person: Excel, PDF or JSON; on record (G5)',
    action: 'privacy.manage',
    params,
    body: z.object({
      reason: shortText.min(1),
      format: z.enum(['xlsx', 'pdf', 'json']).default('xlsx'),
      language: z.enum(['zh', 'en']).default('zh'),
    }),
    response: z.string(),
    raw: 'file',
    errors: ['entity.not-found'],
  }),
  erase: route({
    method: 'POST',
    path: '/privacy/people/:id/erase',
    id: 'privacy.erase',
    tag,
    summary: 'Erase a person on request; visits stay as counts (G5). Cannot be undone.',
    action: 'privacy.manage',
    params,
    body: z.object({
      reason: shortText.min(1),
      name: z.string().trim().max(80).describe('typed again: nobody erases the wrong person by one key'),
    }),
    response: z.object({ visits: z.int(), files: z.int() }),
    errors: ['entity.not-found', 'privacy.still-needed'],
  }),
}
